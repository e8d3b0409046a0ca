//! What the templates show: the model in words, with nothing worked out again but lengths of bars.

use super::bar::{COLOURS, Segment, stack};
use super::words;
use crate::model::{AskModel, EvidenceModel};
use crate::sentence::{missing, percent};
use crate::{EntryModel, RequirementModel, ShortlistModel, hundredths, inert};

/// A role.
pub struct RoleView {
    /// Its place on the page, from 1.
    pub number: usize,
    pub id: String,
    pub title: String,
    pub musts: Vec<AskView>,
    pub nices: Vec<AskView>,
    /// Requirements that say why they are asked for.
    pub becauses: Vec<AskView>,
    pub knockouts: Vec<String>,
    /// Tier, people in it, what it means.
    pub listed: Vec<(&'static str, String, &'static str)>,
    pub left_out_total: String,
    pub left_out: Vec<String>,
    pub tiers: Vec<TierView>,
    /// Who is listed but not shown; empty where everybody is.
    pub cut: String,
    /// One line for the list of contents.
    pub summary: String,
}

/// A requirement as it was asked.
#[derive(Clone)]
pub struct AskView {
    pub number: usize,
    pub colour: usize,
    pub asked: String,
    /// `weight 20 · 3 years, at least 2`.
    pub terms: String,
    pub because: String,
}

/// The people of a tier.
pub struct TierView {
    pub letter: &'static str,
    pub heading: &'static str,
    pub means: &'static str,
    pub count: String,
    /// What stands in for what, with the number of people shown; only where musts are near.
    pub gaps: Vec<String>,
    /// Whether some stand last because a limit's answer is unknown, whatever their scores.
    pub has_unknown: bool,
    pub entries: Vec<EntryView>,
}

/// A person.
pub struct EntryView {
    pub place: String,
    /// `tied with 2 others`; empty where nobody else is.
    pub tied: String,
    pub name: String,
    pub candidate: String,
    /// Title, country and years, as far as known.
    pub about: Vec<String>,
    /// The gaps of musts: what makes the person's tier.
    pub gaps: Vec<String>,
    /// What else is missing.
    pub lacks: Vec<String>,
    pub flags: Vec<String>,
    pub score: String,
    pub low: String,
    pub high: String,
    /// Length of the interval.
    pub span: String,
    pub is_certain: bool,
    pub earned: Vec<Segment>,
    pub open: Vec<Segment>,
    /// The explaining bar in words.
    pub bar_words: String,
    pub terms: Vec<TermView>,
    pub points: String,
    pub weight: u32,
    /// Whether the division leaves a rest.
    pub is_rounded: bool,
}

/// A requirement of a person.
pub struct TermView {
    pub number: usize,
    pub colour: usize,
    pub asked: String,
    pub need: &'static str,
    pub gate: &'static str,
    pub outcome: String,
    pub is_met: bool,
    pub weight: u8,
    pub credit: String,
    pub points: String,
    /// `between 0.00 and 100.00`; empty where that is one number.
    pub range: String,
    pub sentence: String,
    /// The product that is the credit; empty where nothing takes from it.
    pub factors: String,
    /// The cell that it was read from.
    pub cell: Option<CellView>,
}

/// A cell of an imported file.
pub struct CellView {
    pub written: String,
    /// The file, and the place in it where the sentence does not name that already.
    pub origin: String,
    /// Further cells that say the same.
    pub more: usize,
}

impl RoleView {
    pub fn new(at: usize, list: &ShortlistModel) -> Self {
        let asks: Vec<AskView> =
            list.asks.iter().enumerate().map(|(at, ask)| AskView::new(at, ask)).collect();
        let of = |need| -> Vec<AskView> {
            let pairs = asks.iter().zip(&list.asks);
            pairs.filter(|(_, ask)| ask.need == need).map(|(view, _)| view.clone()).collect()
        };
        let listed: Vec<(&'static str, u64)> =
            ["A", "B", "C"].map(|t| (t, list.listed.get(t).copied().unwrap_or(0))).into();
        let total: u64 = listed.iter().map(|(_, n)| n).sum();
        let left_out: u64 = list.left_out.values().sum();
        let hidden = total.saturating_sub(list.entries.len() as u64);
        let cut = match hidden {
            0 => String::new(),
            1 => "One more person is listed, after those shown here.".to_owned(),
            n => format!("{} more people are listed, after those shown here.", words::grouped(n)),
        };
        let is_only = list.left_out.len() == 1;
        let mut reasons: Vec<(usize, String)> = list
            .left_out
            .iter()
            .map(|(reason, n)| {
                let (order, words) = words::left_out(reason);
                // The total stands in front already.
                (order, if is_only { words } else { format!("{} {words}", words::grouped(*n)) })
            })
            .collect();
        reasons.sort();
        let tier_counts: Vec<String> =
            listed.iter().map(|(tier, n)| format!("{} in {tier}", words::grouped(*n))).collect();
        Self {
            number: at + 1,
            id: inert(&list.role),
            title: inert(&list.title),
            musts: of("must"),
            nices: of("nice"),
            becauses: asks.iter().filter(|a| !a.because.is_empty()).cloned().collect(),
            knockouts: list.knockouts.iter().map(|k| inert(k)).collect(),
            tiers: tiers(list),
            cut,
            summary: format!("{}, {} left out", tier_counts.join(", "), words::grouped(left_out)),
            listed: listed.into_iter().map(|(t, n)| (t, words::grouped(n), short_meaning(t))).collect(),
            left_out_total: words::grouped(left_out),
            left_out: reasons.into_iter().map(|(_, words)| words).collect(),
        }
    }
}

fn short_meaning(tier: &str) -> &'static str {
    match tier {
        "A" => "every must held",
        "B" => "a must to be confirmed",
        _ => "close to a must",
    }
}

impl AskView {
    fn new(at: usize, ask: &AskModel) -> Self {
        let mut terms = vec![format!("weight {}", ask.weight)];
        match (&ask.years, &ask.min_years) {
            (Some(years), Some(least)) => terms.push(format!("{years} years, at least {least}")),
            (Some(years), None) => terms.push(format!("{years} years")),
            (None, Some(least)) => terms.push(format!("at least {least} years")),
            (None, None) => {}
        }
        if let Some(years) = ask.half_life {
            terms.push(format!("halves per {years} years unused"));
        }
        Self {
            number: at + 1,
            colour: at % COLOURS,
            asked: inert(&ask.asked),
            terms: terms.join(" · "),
            because: ask.because.as_deref().map(inert).unwrap_or_default(),
        }
    }
}

fn tiers(list: &ShortlistModel) -> Vec<TierView> {
    let mut tiers: Vec<TierView> = Vec::new();
    for entry in &list.entries {
        if tiers.last().is_none_or(|tier| tier.letter != entry.tier) {
            let of_tier = || list.entries.iter().filter(|e| e.tier == entry.tier);
            let shown = of_tier().count() as u64;
            let listed = list.listed.get(entry.tier).copied().unwrap_or(shown);
            let people = words::count(listed, "person", "people");
            tiers.push(TierView {
                letter: entry.tier,
                heading: words::tier(entry.tier),
                means: words::tier_means(entry.tier),
                count: if listed > shown { format!("{people}, {shown} shown") } else { people },
                gaps: if entry.tier == "C" { counted_gaps(of_tier()) } else { Vec::new() },
                has_unknown: of_tier().any(|e| e.knockouts.iter().any(|k| k.outcome == "unknown")),
                entries: Vec::new(),
            });
        }
        let tier = tiers.last_mut().expect("one is pushed where there is none");
        tier.entries.push(EntryView::new(entry));
    }
    tiers
}

/// The gaps of people in their order, each once, with the number of people who share it.
fn counted_gaps<'a>(entries: impl Iterator<Item = &'a EntryModel>) -> Vec<String> {
    let mut gaps: Vec<(String, u64)> = Vec::new();
    for gap in entries.flat_map(|entry| split_missing(entry).0) {
        match gaps.iter_mut().find(|(known, _)| *known == gap) {
            Some((_, n)) => *n += 1,
            None => gaps.push((gap, 1)),
        }
    }
    gaps.into_iter().map(|(gap, n)| if n == 1 { gap } else { format!("{gap} ({n} people)") }).collect()
}

/// What is missing, in the model's words: of musts, which make the tier, and of the rest.
fn split_missing(entry: &EntryModel) -> (Vec<String>, Vec<String>) {
    let (musts, nices): (Vec<&RequirementModel>, Vec<_>) =
        entry.requirements.iter().partition(|r| r.gate.is_some_and(|gate| gate != "held"));
    let words = |requirements: Vec<&RequirementModel>| -> Vec<String> {
        requirements.into_iter().flat_map(|r| missing(std::slice::from_ref(r))).map(|m| inert(&m)).collect()
    };
    (words(musts), words(nices))
}

impl EntryView {
    fn new(entry: &EntryModel) -> Self {
        let (earned, open) = stack(&entry.requirements);
        let (gaps, lacks) = split_missing(entry);
        let about = [
            entry.title.as_deref().map(inert),
            entry.country.as_deref().map(inert),
            entry.years.as_deref().map(|years| format!("{} years in all", inert(years))),
        ];
        let by_requirement: Vec<String> = entry
            .requirements
            .iter()
            .map(|r| format!("{} {}, weight {}", inert(&r.asked), hundredths(r.credit), r.weight))
            .collect();
        Self {
            place: if entry.tied > 1 { format!("{}=", entry.rank) } else { entry.rank.to_string() },
            tied: match entry.tied {
                0 | 1 => String::new(),
                n => format!("tied with {}", words::count(n - 1, "other", "others")),
            },
            name: entry.name.as_deref().map_or_else(|| "(no name)".to_owned(), inert),
            candidate: inert(&entry.candidate),
            about: about.into_iter().flatten().collect(),
            gaps,
            lacks,
            flags: entry.flags.iter().map(|flag| words::flag(&inert(flag))).collect(),
            score: hundredths(entry.score),
            low: hundredths(entry.low),
            high: hundredths(entry.high),
            span: hundredths(entry.high.saturating_sub(entry.low)),
            is_certain: entry.low == entry.high,
            earned,
            open,
            bar_words: by_requirement.join("; "),
            terms: entry.requirements.iter().enumerate().map(|(at, r)| TermView::new(at, r)).collect(),
            points: words::points(entry.points),
            weight: entry.weight,
            is_rounded: entry.points.checked_rem(entry.weight).is_some_and(|rest| rest > 0),
        }
    }
}

impl TermView {
    fn new(at: usize, r: &RequirementModel) -> Self {
        let range = if r.low == r.high {
            String::new()
        } else {
            format!("between {} and {}", hundredths(r.low), hundredths(r.high))
        };
        Self {
            number: at + 1,
            colour: at % COLOURS,
            asked: inert(&r.asked),
            need: r.need,
            gate: r.gate.unwrap_or_default(),
            outcome: r.outcome.replace('_', " "),
            is_met: r.outcome == "met",
            weight: r.weight,
            credit: hundredths(r.credit),
            points: words::points(r.points),
            range,
            sentence: inert(&r.sentence),
            factors: r.evidence.as_ref().map(|e| factors(r, e)).unwrap_or_default(),
            cell: r.evidence.as_ref().and_then(|e| cell(r, e)),
        }
    }
}

/// The product that is the credit, so that it can be checked by hand. A trait through a skill is no product.
fn factors(r: &RequirementModel, evidence: &EvidenceModel) -> String {
    if r.relation.as_deref() == Some("trait") || r.credit == 10_000 {
        return String::new();
    }
    let mut parts: Vec<String> = Vec::new();
    if evidence.counts != 10_000 {
        parts.push(format!("relation {}", percent(evidence.counts)));
    }
    if evidence.assumed {
        parts.push(format!("fit {}, assumed", percent(evidence.fit)));
    } else {
        parts.extend(evidence.years_factor.map(|y| format!("years {}", percent(y))));
        parts.extend(evidence.recency_factor.map(|r| format!("recency {}", percent(r))));
    }
    if evidence.source_factor != 10_000 {
        parts.push(format!("source {}", percent(evidence.source_factor)));
    }
    format!("{} = {}", hundredths(r.credit), parts.join(" × "))
}

/// Cells are shown up to here: some hold a whole text.
const CELL_CHARS: usize = 120;

fn cell(r: &RequirementModel, evidence: &EvidenceModel) -> Option<CellView> {
    let place = evidence.places.first()?;
    let written = inert(&place.written);
    let written = match written.char_indices().nth(CELL_CHARS) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written,
    };
    let written = if place.source == "declared" { written } else { format!("{}: {written}", place.source) };
    let within = format!("row {}, column {}", place.line, place.column);
    let within = if r.sentence.ends_with(&within) { String::new() } else { format!(", {within}") };
    let origin = inert(&format!("{}{within}", place.file));
    Some(CellView { written, origin, more: evidence.places.len() - 1 })
}
