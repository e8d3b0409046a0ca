//! Held here:
//! - every text of a person, role or heading is escaped, in text and in attributes;
//! - the page neither loads nor runs anything, and its policy forbids both;
//! - the earned pieces of a bar add up to the score, and with what is open to the whole bar;
//! - the terms of a table add up to the sum beneath them;
//! - tiers, ties, gaps, what is left out and who is cut are named;
//! - every tag is closed, and a large report stays small enough to mail.

use std::collections::BTreeMap;

use stackscout_engine::Manifest;
use stackscout_engine::ranking::ManifestRole;
use stackscout_profile::Date;

use super::page;
use crate::hundredths;
use crate::model::{AskModel, EvidenceModel, KnockoutModel, PlaceModel};
use crate::{EntryModel, RankingModel, RequirementModel, ShortlistModel};

/// Skill asked for, need, weight, years.
const ASKS: [(&str, &str, u8, Option<&str>); 5] = [
    ("Django", "must", 20, Some("3")),
    ("PostgreSQL or MySQL", "must", 10, None),
    ("high traffic", "nice", 5, None),
    ("Celery", "nice", 4, Some("2")),
    ("Docker", "nice", 3, None),
];

pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"' onload='x' & <b>";

/// A person whose requirements have these credits.
fn entry(rank: u64, tier: &'static str, credits: &[u16]) -> EntryModel {
    let requirements: Vec<RequirementModel> = ASKS
        .iter()
        .zip(credits)
        .enumerate()
        .map(|(at, (ask, credit))| requirement(at, ask, *credit, tier))
        .collect();
    let points: u32 = requirements.iter().map(|r| r.points).sum();
    let weight: u32 = requirements.iter().map(|r| u32::from(r.weight)).sum();
    let mean = |sum: u32| u16::try_from((2 * sum + weight) / (2 * weight)).unwrap();
    let sum = |of: fn(&RequirementModel) -> u16| {
        mean(requirements.iter().map(|r| u32::from(r.weight) * u32::from(of(r))).sum())
    };
    EntryModel {
        rank,
        candidate: format!("C{rank:06}"),
        name: Some("Ada Example".to_owned()),
        title: Some("Back-end engineer".to_owned()),
        country: Some("DE".to_owned()),
        years: Some("7.5".to_owned()),
        tier,
        score: mean(points),
        low: sum(|r| r.low),
        high: sum(|r| r.high),
        points,
        weight,
        tied: 1,
        knockouts: vec![KnockoutModel { kind: "where", outcome: "met" }],
        missing: crate::sentence::missing(&requirements),
        requirements,
        flags: Vec::new(),
    }
}

fn requirement(
    at: usize,
    &(asked, need, weight, years): &(&str, &'static str, u8, Option<&str>),
    credit: u16,
    tier: &str,
) -> RequirementModel {
    let near = at == 0 && tier == "C";
    let confirm = at == 0 && tier == "B";
    let gate = match (need, near, confirm) {
        ("must", true, _) => Some("near"),
        ("must", _, true) => Some("unknown"),
        ("must", _, _) => Some("held"),
        _ => None,
    };
    let relation = if near { Some("same language and kind".to_owned()) } else { None };
    let held = if near { "Flask" } else { asked };
    let evidence = (credit > 0).then(|| EvidenceModel {
        name: Some(held.to_owned()),
        towards: None,
        through: None,
        counts: if near { 6_000 } else { 10_000 },
        years: years.map(str::to_owned),
        years_from_dates: false,
        last_used: Some("2024".to_owned()),
        source: Some("declared"),
        years_factor: years.map(|_| 10_000),
        age: Some(1),
        recency_factor: (!near && credit < 10_000).then_some(credit),
        fit: credit,
        assumed: false,
        source_factor: 10_000,
        version: None,
        level: None,
        places: vec![PlaceModel {
            file: "talent.csv".to_owned(),
            line: 812,
            column: "skills".to_owned(),
            written: format!("{held} (3 yrs)"),
            source: "declared",
        }],
    });
    RequirementModel {
        id: at.to_string(),
        asked: asked.to_owned(),
        need,
        gate,
        outcome: match (credit, confirm) {
            (_, true) => "unknown",
            (0, _) => "not_met",
            (10_000, _) => "met",
            _ => "partial",
        },
        weight,
        credit,
        low: if confirm { 0 } else { credit },
        high: if confirm { 10_000 } else { credit },
        points: u32::from(weight) * u32::from(credit),
        skill: Some(held.to_lowercase()),
        relation,
        sentence: match credit {
            0 => format!("{asked}: nothing held counts towards it"),
            _ => format!("{held} held; 4 years; last used 2024; row 812, column skills"),
        },
        evidence,
    }
}

fn shortlist(role: &str, entries: Vec<EntryModel>) -> ShortlistModel {
    let asks = ASKS.iter().enumerate().map(|(at, (asked, need, weight, years))| AskModel {
        id: at.to_string(),
        asked: (*asked).to_owned(),
        need,
        weight: *weight,
        years: years.map(str::to_owned),
        min_years: None,
        half_life: years.map(|_| 4),
        because: Some("asked for in the advertisement".to_owned()),
    });
    ShortlistModel {
        role: role.to_owned(),
        title: format!("Engineer ({role})"),
        asks: asks.collect(),
        knockouts: vec!["in Germany or Netherlands, or willing to move".to_owned()],
        listed: BTreeMap::from([("A", 12), ("B", 3), ("C", 1_240)]),
        entries,
        left_out: BTreeMap::from([("hired", 7), ("tier_d", 1_310), ("where", 120)]),
    }
}

fn ranking(shortlists: Vec<ShortlistModel>) -> RankingModel {
    RankingModel {
        manifest: Manifest {
            tool: "stackscout 0.1.0".to_owned(),
            as_of: Date::new(2026, 11, 22).unwrap(),
            taxonomy: "0f3c".repeat(16),
            pool: "91ab".repeat(16),
            change: 1,
            candidates: 2_692,
            roles: shortlists
                .iter()
                .map(|l| ManifestRole { id: l.role.clone(), fingerprint: "77de".repeat(16) })
                .collect(),
            top: Some(25),
            per_tier: None,
        },
        shortlists,
    }
}

/// The page of one role and these people.
/// Two roles with people in three tiers, some on both lists.
pub(crate) fn model() -> RankingModel {
    let people = |credits: [&[u16]; 3]| {
        let tiers = ["A", "B", "C"];
        (1..).zip(tiers).zip(credits).map(|((rank, tier), credits)| entry(rank, tier, credits)).collect()
    };
    let first =
        people([&[10_000, 10_000, 3_000, 0, 10_000], &[6_000, 7_000, 0, 0, 0], &[6_000, 10_000, 0, 0, 500]]);
    let second = people([&[9_000, 10_000, 0, 0, 0], &[5_000, 7_000, 0, 0, 0], &[4_000, 10_000, 0, 0, 500]]);
    ranking(vec![shortlist("senior-django", first), shortlist("rails", second)])
}

fn page_of(entries: Vec<EntryModel>) -> String {
    page(&ranking(vec![shortlist("django", entries)]), "Shortlists")
}

/// Lengths of the pieces of the first bar whose class is this, in thousandths of a percent.
fn lengths(html: &str, class: &str) -> Vec<u64> {
    let bar = html.split("<svg class=\"stack\"").nth(1).unwrap().split("</svg>").next().unwrap();
    let rect = format!("<rect class=\"{class}\"");
    let pieces = bar.split(&rect).skip(1);
    let width =
        |piece: &str| piece.split("width=\"").nth(1).unwrap().split("%\"").next().unwrap().replace('.', "");
    pieces.map(|piece| width(piece).parse().unwrap()).collect()
}

#[test]
fn hostile_texts_are_escaped_wherever_they_stand() {
    let mut person = entry(1, "C", &[6_000, 0, 3_000, 0, 10_000]);
    let hostile = || HOSTILE.to_owned();
    person.name = Some(hostile());
    person.title = Some(hostile());
    person.country = Some(hostile());
    person.years = Some(hostile());
    person.candidate = hostile();
    person.flags = vec![hostile()];
    for r in &mut person.requirements {
        r.asked = hostile();
        r.sentence = hostile();
        if let Some(e) = &mut r.evidence {
            e.name = Some(hostile());
            e.places = vec![PlaceModel {
                file: hostile(),
                line: 1,
                column: hostile(),
                written: hostile(),
                source: "worked",
            }];
        }
    }
    let mut list = shortlist(HOSTILE, vec![person]);
    list.title = hostile();
    list.knockouts = vec![hostile()];
    for ask in &mut list.asks {
        ask.asked = hostile();
        ask.because = Some(hostile());
    }
    let html = page(&ranking(vec![list]), HOSTILE);
    assert!(!html.contains("<script"), "a tag of a name stands in the page");
    assert!(!html.contains("<b>\"") && !html.contains("\"' onload"), "a quote of a name stands in the page");
    assert!(!html.contains("onload='"), "a quote of a name stands in the page");
    assert!(
        html.matches("&#60;script&#62;alert(1)&#60;/script&#62;").count() > 30,
        "texts are shown, not dropped"
    );
    well_formed(&html);
}

#[test]
fn characters_that_turn_text_around_are_shown_as_such() {
    let mut person = entry(1, "A", &[10_000; 5]);
    person.name = Some("Ada\u{202E}elpmaxE\u{7}".to_owned());
    let html = page_of(vec![person]);
    assert!(!html.contains(['\u{202E}', '\u{7}']));
    assert!(html.contains("Ada\u{fffd}elpmaxE\u{fffd}"));
}

#[test]
fn nothing_is_loaded_or_run() {
    let html = page_of(vec![entry(1, "A", &[10_000; 5])]);
    assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline';"));
    for forbidden in
        ["http:", "https:", "//", "<script", "<link", "<img", "<iframe", "@import", " on", "src="]
    {
        let found = html.match_indices(forbidden).find(|(at, _)| {
            // ` on` is a handler only in front of `=`.
            forbidden != " on"
                || html[at + 1..]
                    .find(|c: char| !c.is_alphanumeric())
                    .is_some_and(|n| html[at + 1 + n..].starts_with('='))
        });
        assert_eq!(found, None, "{forbidden}");
    }
    let urls: Vec<_> =
        html.match_indices("url(").filter(|(at, _)| !html[at + 4..].starts_with('#')).collect();
    assert!(urls.is_empty());
    let links: Vec<_> =
        html.match_indices("href=\"").filter(|(at, _)| !html[at + 6..].starts_with('#')).collect();
    assert!(links.is_empty());
}

#[test]
fn earned_pieces_add_up_to_the_score_and_with_what_is_open_to_the_whole() {
    for credits in
        [[10_000, 10_000, 3_000, 0, 0], [8_409, 6_667, 3_001, 1, 9_999], [10_000; 5], [1, 1, 1, 1, 1]]
    {
        let person = entry(1, "A", &credits);
        let score = u64::from(person.score);
        let html = page_of(vec![person]);
        let earned: u64 = lengths(&html, "fill").iter().sum();
        let open: u64 = lengths(&html, "left").iter().sum();
        assert!(earned.abs_diff(score * 10) <= 5, "{credits:?}: {earned} is not {score}");
        assert_eq!(earned + open, 100_000, "{credits:?}");
    }
}

#[test]
fn a_piece_is_as_long_as_its_share_of_all_weights() {
    let html = page_of(vec![entry(1, "A", &[10_000, 10_000, 3_000, 0, 0])]);
    // Weights 20, 10, 5, 4, 3 of 42: 20/42, 10/42 and 0.3 x 5/42.
    assert_eq!(lengths(&html, "fill"), [47_619, 23_810, 3_571]);
    assert_eq!(lengths(&html, "left"), [8_333, 9_524, 7_143]);
}

#[test]
fn the_terms_of_a_table_add_up_to_its_sum() {
    let person = entry(1, "A", &[8_409, 10_000, 3_000, 6_667, 0]);
    let (sum, score) = (person.points, person.score);
    let html = page_of(vec![person]);
    let body = html.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let cells: Vec<&str> =
        body.split("<td class=\"n\">").skip(1).map(|cell| cell.split("</td>").next().unwrap()).collect();
    let hundredth = |text: &str| text.replace([',', '.'], "").parse::<u32>().unwrap();
    let mut total = 0;
    for pair in cells.chunks(2) {
        let (weight, credit) = pair[0].split_once(" × ").unwrap();
        assert_eq!(weight.parse::<u32>().unwrap() * hundredth(credit), hundredth(pair[1]), "{pair:?}");
        total += hundredth(pair[1]);
    }
    assert_eq!((cells.len(), total), (10, sum));
    let foot = html.split("<tfoot>").nth(1).unwrap().split("</tfoot>").next().unwrap();
    let shown = format!("{}.{:02}", sum / 100, sum % 100);
    assert!(
        foot.replace(',', "").contains(&format!("{shown} / 42 = <b>{}</b> (rounded)", hundredths(score))),
        "{foot}"
    );
}

#[test]
fn tiers_come_as_headings_in_their_order_with_gaps_named() {
    let html = page_of(vec![
        entry(1, "A", &[10_000; 5]),
        entry(2, "B", &[7_000; 5]),
        entry(3, "C", &[6_000, 10_000, 0, 0, 0]),
        entry(4, "C", &[6_000, 9_000, 0, 0, 0]),
    ]);
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("no {text}"));
    let a = at(">Tier A: every must held <span class=\"soft\">12 people, 1 shown</span></h3>");
    let b = at(">Tier B: every must held or to be confirmed <");
    let c = at(">Tier C: close <span class=\"soft\">1,240 people, 2 shown</span></h3>");
    assert!(a < b && b < c);
    assert!(html[c..].contains("Here: Flask for Django (2 people)."));
    assert!(html[c..].contains("<p class=\"gap\">Flask for Django</p>"));
    assert!(html[b..c].contains("<p class=\"gap\">Django to be confirmed</p>"));
    assert!(!html[a..b].contains("class=\"gap\""));
}

#[test]
fn a_shared_place_says_so() {
    let mut people =
        vec![entry(1, "A", &[10_000; 5]), entry(1, "A", &[10_000; 5]), entry(3, "A", &[9_000; 5])];
    people[0].tied = 2;
    people[1].tied = 2;
    let html = page_of(people);
    assert_eq!(html.matches("<b>1=</b> <span class=\"soft\">tied with 1 other</span>").count(), 2);
    assert!(html.contains("<p class=\"place\"><b>3</b></p>"));
}

#[test]
fn the_interval_is_drawn_and_said_only_where_something_is_unknown() {
    let html = page_of(vec![entry(1, "A", &[10_000; 5]), entry(2, "B", &[7_000, 10_000, 0, 0, 0])]);
    assert_eq!(html.matches("class=\"band\" x=").count(), 2, "one in the guide, one of the second person");
    assert!(
        html.contains("aria-label=\"Score 57.14 of 100, between 23.81 and 71.43 once everything is known\"")
    );
    assert!(html.contains("class=\"band\" x=\"23.81%\" y=\"3\" width=\"47.62%\""));
    assert!(html.contains("aria-label=\"Score 100.00 of 100\""));
}

#[test]
fn flags_left_out_and_cut_are_in_words() {
    let mut person = entry(1, "A", &[10_000; 5]);
    person.flags = vec![
        "`pay_max` is unknown".to_owned(),
        "implausible: claims 36 web frameworks and runtimes".to_owned(),
    ];
    let html = page_of(vec![person]);
    assert!(
        html.contains("<p class=\"flag\">not known: expected pay, in the role&#39;s currency and unit</p>")
    );
    assert!(html.contains("<p class=\"flag\">implausible: claims 36 web frameworks and runtimes</p>"));
    assert!(html.contains("7 hired already, 120 not where the role is, 1,310 missing a must"));
    assert!(html.contains("1,254 more people are listed, after those shown here."));
}

#[test]
fn an_empty_list_says_so() {
    assert!(page_of(Vec::new()).contains("Nobody is listed."));
    assert!(page(&ranking(Vec::new()), "None").contains("compared with 0 roles"));
}

#[test]
fn six_roles_of_twenty_five_stay_small_and_whole() {
    let lists = (0..6).map(|role| {
        let people = (1..=25).map(|rank| {
            let tier = ["A", "B", "C"][usize::try_from(rank / 9).unwrap()];
            entry(rank, tier, &[6_000, 10_000, 3_000, 0, 8_409])
        });
        shortlist(&format!("role-{role}"), people.collect())
    });
    let html = page(&ranking(lists.collect()), "Shortlists");
    assert!(html.len() < 1_000_000, "{} bytes", html.len());
    well_formed(&html);
}

/// Every tag that is opened is closed in order, void ones aside, and no id stands twice.
fn well_formed(html: &str) {
    const VOID: [&str; 4] = ["meta", "!DOCTYPE", "br", "link"];
    let mut open: Vec<&str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap();
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "in {}", &piece[..piece.len().min(80)]);
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
