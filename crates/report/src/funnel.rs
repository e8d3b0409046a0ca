//! A role's funnel and what asking for less would gain, in words and for programs.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use stackscout_engine::FunnelAnswer;
use stackscout_matcher::CompiledRole;
use stackscout_matcher::funnel::{Relaxation, StepKind, Tiers};
use stackscout_profile::{Role, Unknown};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use crate::inert;
use crate::model::asked;
use crate::sentence;
use crate::table::{plain, wrapped};
use crate::what_if::years_words;

/// A funnel as JSON holds it.
#[derive(Debug, Serialize)]
pub struct FunnelModel {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// The date that recency is counted from.
    pub as_of: String,
    /// Step by step, from everybody to the list.
    pub steps: Vec<StepModel>,
    /// Of the listed, who hold something towards each nice.
    pub nices: Vec<StepModel>,
    /// People listed, by tier.
    pub listed: BTreeMap<&'static str, u64>,
    /// Each relaxation, in the order of the role.
    pub relaxations: Vec<RelaxationModel>,
    /// Each pair of relaxations that can be made together.
    pub pairs: Vec<PairModel>,
    /// People who share the first place; null where nobody does.
    pub tie: Option<TieModel>,
}

/// A step with the people who are left.
#[derive(Debug, Serialize)]
pub struct StepModel {
    /// What is added.
    pub asked: String,
    /// People in each tier of a role that asks for this and all before it.
    pub listed: BTreeMap<&'static str, u64>,
}

/// A relaxation with the people listed then.
#[derive(Debug, Serialize)]
pub struct RelaxationModel {
    /// The edit, as a word: `drop_must`, `make_nice`, `lower_min_years`, `accept_near`, `allow_related`, `drop_where`,
    /// `allow_relocation`, `allow_remote`, `drop_limit`, `lower_years_min`, `raise_pay`, `keep_unknown`.
    pub kind: &'static str,
    /// The edit in words.
    pub edit: String,
    /// People listed then, by tier.
    pub listed: BTreeMap<&'static str, u64>,
    /// How many more, or fewer, are in tier A; in A or B; in A, B or C.
    pub gain: [i64; 3],
}

/// A pair of relaxations.
#[derive(Debug, Serialize)]
pub struct PairModel {
    /// Their places in `relaxations`, from 0.
    pub edits: [usize; 2],
    /// People listed then, by tier.
    pub listed: BTreeMap<&'static str, u64>,
    /// How many more, or fewer, are in tier A; in A or B; in A, B or C.
    pub gain: [i64; 3],
}

/// People who share the first place.
#[derive(Debug, Serialize)]
pub struct TieModel {
    /// How many.
    pub people: u64,
    /// Skills that would split them best, best first.
    pub splits: Vec<SplitModel>,
}

/// A skill that some of them hold.
#[derive(Debug, Serialize)]
pub struct SplitModel {
    /// Id of the skill.
    pub skill: String,
    /// Its name.
    pub name: String,
    /// How many of them hold it.
    pub held: u64,
    /// How many do not.
    pub not_held: u64,
    /// Of how many holders its years are known.
    pub years_known: u64,
}

/// The funnel as JSON holds it.
#[must_use]
pub fn model(answer: &FunnelAnswer, taxonomy: &Taxonomy) -> FunnelModel {
    let role = &answer.compiled.role;
    let funnel = &answer.funnel;
    let asks = |at: usize| asked(&role.requirements[at].subject, taxonomy);
    let steps = funnel
        .steps
        .iter()
        .map(|step| StepModel { asked: step_words(step.kind, role, taxonomy), listed: by_tier(step.tiers) })
        .collect();
    let nices = funnel
        .nices
        .iter()
        .map(|(at, tiers)| StepModel { asked: asks(*at), listed: by_tier(*tiers) })
        .collect();
    let relaxations = funnel
        .singles
        .iter()
        .map(|(relaxation, then)| RelaxationModel {
            kind: kind(relaxation),
            edit: words(relaxation, &answer.compiled, taxonomy),
            listed: by_tier(*then),
            gain: gain(funnel.listed, *then),
        })
        .collect();
    let pairs = funnel
        .pairs
        .iter()
        .map(|(a, b, then)| PairModel {
            edits: [*a, *b],
            listed: by_tier(*then),
            gain: gain(funnel.listed, *then),
        })
        .collect();
    let tie = funnel.tie.as_ref().map(|tie| {
        let people = tie.people.len() as u64;
        let split = |split: &stackscout_matcher::funnel::Split| SplitModel {
            skill: taxonomy.skill(split.skill).id.clone(),
            name: taxonomy.skill(split.skill).name.clone(),
            held: split.held,
            not_held: people - split.held,
            years_known: split.years_known,
        };
        TieModel { people, splits: tie.splits.iter().map(split).collect() }
    });
    FunnelModel {
        role: role.id.clone(),
        title: role.title.clone(),
        as_of: answer.as_of.to_string(),
        steps,
        nices,
        listed: by_tier(funnel.listed),
        relaxations,
        pairs,
        tie,
    }
}

/// The funnel in words: steps, relaxations that change something, and the first `top` pairs that gain more than either
/// of the two.
#[must_use]
pub fn text(model: &FunnelModel, top: usize, width: u16) -> String {
    let heading = format!("{} ({}), as of {}", inert(&model.title), model.role, model.as_of);
    let mut text = format!("{}\n\n", wrapped("", &heading, width));
    let mut table = plain(width);
    table.set_header(["step", "tier A", "B", "C"]);
    for (at, step) in model.steps.iter().enumerate() {
        // Steps that no role asks for are shown where they cost somebody.
        let is_asked = at == 0 || !matches!(step.asked.as_str(), STATUS | COUNTS);
        if is_asked || model.steps[at - 1].listed != step.listed {
            table.add_row(row(&step.asked, &step.listed));
        }
    }
    for nice in &model.nices {
        table.add_row(row(&format!("- of these with {}", nice.asked), &nice.listed));
    }
    align(&mut table);
    let _ = writeln!(text, "{}", table.trim_fmt());
    if let Some(sentence) = model.in_a_sentence() {
        let _ = writeln!(text, "\n{}", wrapped("", &inert(&sentence), width));
    }
    let mut changing: Vec<(usize, &RelaxationModel)> =
        model.relaxations.iter().enumerate().filter(|(_, r)| r.gain != [0; 3]).collect();
    changing
        .retain(|(at, r)| model.nice_instead(*at).is_none_or(|nice| model.relaxations[nice].gain != r.gain));
    changing.sort_by_key(|(at, r)| (Reverse(r.gain), *at));
    if model.relaxations.is_empty() {
        text.push_str("\nThe role has no must and no knock-out that could be relaxed.\n");
    } else if changing.is_empty() {
        text.push_str("\nNothing that could be asked less would bring in anybody by itself.\n");
    } else {
        text.push_str("\nWhat asking for less would bring in:\n\n");
        let rows = changing.iter().map(|(_, r)| (r.edit.clone(), &r.gain));
        let _ = writeln!(text, "{}", gains(rows, width));
    }
    let more = |pair: &&PairModel| {
        let [a, b] = pair.edits;
        pair.gain > model.relaxations[a].gain && pair.gain > model.relaxations[b].gain && !model.is_said(pair)
    };
    let mut pairs: Vec<&PairModel> = model.pairs.iter().filter(more).collect();
    pairs.sort_by_key(|pair| (Reverse(pair.gain), pair.edits));
    if !pairs.is_empty() && top > 0 {
        text.push_str("\nTwo together, where they bring in more than either:\n\n");
        let edit = |at: usize| model.relaxations[at].edit.as_str();
        let rows = pairs.iter().take(top).map(|pair| {
            let [a, b] = pair.edits;
            (format!("{}; and {}", edit(a), edit(b)), &pair.gain)
        });
        let _ = writeln!(text, "{}", gains(rows, width));
    }
    if let Some(tie) = &model.tie {
        let _ = writeln!(text, "\n{}", wrapped("", &tie_words(tie), width));
    }
    text
}

impl FunnelModel {
    /// For a must that is dropped, the relaxation that makes it a nice, which stands just before.
    fn nice_instead(&self, at: usize) -> Option<usize> {
        let nice = at.checked_sub(1)?;
        (self.relaxations[at].kind == "drop_must" && self.relaxations[nice].kind == "make_nice")
            .then_some(nice)
    }

    /// Whether a pair in which a must is dropped gains what the one does in which it becomes a nice.
    fn is_said(&self, pair: &PairModel) -> bool {
        let [a, b] = pair.edits;
        let others = [self.nice_instead(a).map(|nice| [nice, b]), self.nice_instead(b).map(|nice| [a, nice])];
        let is_same =
            |edits: &[usize; 2]| self.pairs.iter().any(|p| p.edits == *edits && p.gain == pair.gain);
        others.into_iter().flatten().any(|edits| is_same(&edits))
    }

    /// `528 in Germany with Django, 132 of them with Vue.js, 50 of them with FastAPI`: tier A, must by must.
    fn in_a_sentence(&self) -> Option<String> {
        let (before, musts): (Vec<&StepModel>, Vec<&StepModel>) =
            self.steps.iter().partition(|step| !step.asked.starts_with("must "));
        let before = before.iter().rev().find(|step| step.asked != COUNTS)?;
        let count = |step: &StepModel| step.listed.get("A").copied().unwrap_or(0);
        let parts: Vec<String> = musts
            .iter()
            .enumerate()
            .map(|(at, step)| {
                let of_them = if at == 0 { "" } else { " of them" };
                format!("{}{of_them} with {}", count(step), step.asked.trim_start_matches("must "))
            })
            .collect();
        let all = count(before);
        (!parts.is_empty()).then(|| format!("Tier A: {all} before any must; {}.", parts.join(", ")))
    }
}

/// The step that everybody has to pass.
const STATUS: &str = "neither hired nor opted out, no decision against";
/// The step after the last must.
const COUNTS: &str = "something held that counts";

fn row(words: &str, listed: &BTreeMap<&'static str, u64>) -> [String; 4] {
    let count = |tier: &str| listed.get(tier).map(u64::to_string).unwrap_or_default();
    [inert(words), count("A"), count("B"), count("C")]
}

fn gains<'a>(rows: impl Iterator<Item = (String, &'a [i64; 3])>, width: u16) -> String {
    let mut table = plain(width);
    table.set_header(["", "tier A", "A or B", "listed"]);
    for (edit, gain) in rows {
        let [a, b, c] = gain.map(|gain| if gain == 0 { "0".to_owned() } else { format!("{gain:+}") });
        table.add_row([inert(&edit), a, b, c]);
    }
    align(&mut table);
    table.trim_fmt()
}

/// Numbers under each other.
fn align(table: &mut comfy_table::Table) {
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
}

fn tie_words(tie: &TieModel) -> String {
    let splits: Vec<String> = tie
        .splits
        .iter()
        .map(|s| {
            let years = match s.years_known {
                0 => String::new(),
                n => format!(", {n} of them with years"),
            };
            format!("{} ({} hold it{years}, {} do not)", s.name, s.held, s.not_held)
        })
        .collect();
    match splits.is_empty() {
        true => format!("{} people share the first place, and no skill tells them apart.", tie.people),
        false => {
            format!(
                "{} people share the first place. What would split them best: {}.",
                tie.people,
                splits.join("; ")
            )
        }
    }
}

fn by_tier([a, b, c]: Tiers) -> BTreeMap<&'static str, u64> {
    BTreeMap::from([("A", a), ("B", b), ("C", c)])
}

/// More or fewer in A, in A or B, in A, B or C.
fn gain(now: Tiers, then: Tiers) -> [i64; 3] {
    let signed = |n: u64| i64::try_from(n).expect("counts of people fit 63 bits");
    let mut sum = 0;
    [0, 1, 2].map(|tier| {
        sum += signed(then[tier]) - signed(now[tier]);
        sum
    })
}

fn step_words(kind: StepKind, role: &Role, taxonomy: &Taxonomy) -> String {
    match kind {
        StepKind::Everybody => "everybody".to_owned(),
        StepKind::Status => STATUS.to_owned(),
        StepKind::Knockout(kind) => knockout_words(kind, role),
        StepKind::Must(at) => {
            let requirement = &role.requirements[at];
            let line =
                requirement.min_years.map_or(String::new(), |y| format!(", at least {}", years_words(y)));
            format!("must {}{line}", asked(&requirement.subject, taxonomy))
        }
        StepKind::Counts => COUNTS.to_owned(),
    }
}

/// One knock-out in the words of the whole role's.
fn knockout_words(kind: &str, role: &Role) -> String {
    let mut one = role.clone();
    let limits = &mut one.limits;
    if kind != "where" {
        one.where_ = None;
    }
    if kind != "years_min" {
        limits.years_min = None;
    }
    if kind != "permit" {
        limits.permit.clear();
    }
    if kind != "languages" {
        limits.languages.clear();
    }
    if kind != "available_by" {
        limits.available_by = None;
    }
    if kind != "pay_max" {
        limits.pay_max = None;
    }
    limits.drop_implausible &= kind == "implausible";
    let dropped = if limits.unknown == Unknown::Drop { ", unknown left out" } else { "" };
    limits.unknown = Unknown::Keep;
    match sentence::knockouts(&one).into_iter().next() {
        Some(words) => format!("{words}{dropped}"),
        None => "anywhere".to_owned(),
    }
}

fn kind(relaxation: &Relaxation) -> &'static str {
    match relaxation {
        Relaxation::DropMust(_) => "drop_must",
        Relaxation::MakeNice(_) => "make_nice",
        Relaxation::LowerLine { .. } => "lower_min_years",
        Relaxation::AcceptNear { .. } => "accept_near",
        Relaxation::AllowRelated(_) => "allow_related",
        Relaxation::DropWhere => "drop_where",
        Relaxation::AllowRelocation => "allow_relocation",
        Relaxation::AllowRemote => "allow_remote",
        Relaxation::DropLimit(_) => "drop_limit",
        Relaxation::LowerYears(_) => "lower_years_min",
        Relaxation::RaisePay(_) => "raise_pay",
        Relaxation::KeepUnknown => "keep_unknown",
    }
}

/// Names of accepted skills that are shown; the rest is counted.
const NEAR_SHOWN: usize = 3;

/// A relaxation as people say it.
fn words(relaxation: &Relaxation, compiled: &CompiledRole, taxonomy: &Taxonomy) -> String {
    let role = &compiled.role;
    let must = |at: usize| asked(&role.requirements[at].subject, taxonomy);
    match relaxation {
        Relaxation::DropMust(at) => format!("drop {}", must(*at)),
        Relaxation::MakeNice(at) => format!("make {} a nice-to-have", must(*at)),
        Relaxation::LowerLine { requirement, to } => {
            let from = role.requirements[*requirement].min_years.map_or(String::new(), |y| y.to_string());
            match to {
                Some(to) => format!("{from} to {} of {}", years_words(*to), must(*requirement)),
                None => format!("no least years of {}, instead of {from}", must(*requirement)),
            }
        }
        Relaxation::AcceptNear { requirement, skills } => {
            let counts = |s: &SkillIx| compiled.requirements[*requirement].way(*s).map_or(0, |way| way.f);
            let mut nearest = skills.clone();
            nearest.sort_by_key(|s| (Reverse(counts(s)), *s));
            let shown = nearest.iter().take(NEAR_SHOWN).map(|s| taxonomy.skill(*s).name.clone());
            let mut names: Vec<String> = shown.collect();
            if skills.len() > NEAR_SHOWN {
                names.push(format!("{} more", skills.len() - NEAR_SHOWN));
            }
            format!("accept what is near {} ({})", must(*requirement), names.join(", "))
        }
        Relaxation::AllowRelated(at) => format!("let related skills count towards {}", must(*at)),
        Relaxation::DropWhere => "take people from anywhere".to_owned(),
        Relaxation::AllowRelocation => "take people who are willing to move".to_owned(),
        Relaxation::AllowRemote => "take people who would work remotely".to_owned(),
        Relaxation::DropLimit(kind) => format!("drop `{kind}`"),
        Relaxation::LowerYears(to) => match role.limits.years_min {
            Some(from) => format!("{from} to {} in all", years_words(*to)),
            None => format!("{} in all", years_words(*to)),
        },
        Relaxation::RaisePay(amount) => match role.limits.pay_max {
            Some(pay) => format!("pay up to {}", stackscout_profile::Pay { amount: *amount, ..pay }),
            None => format!("pay up to {amount}"),
        },
        Relaxation::KeepUnknown => "keep people of whom an answer is unknown".to_owned(),
    }
}
