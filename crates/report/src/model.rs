//! The one model of a ranking: what JSON holds and every other form prints.

use std::collections::BTreeMap;

use serde::Serialize;
use stackscout_engine::{Manifest, RankedRole, Ranking};
use stackscout_matcher::assess::{Earned, Relation};
use stackscout_matcher::compiled::CompiledRequirement;
use stackscout_matcher::{Assessment, CompiledRole, Entry, Gate, LeftOut, Outcome};
use stackscout_profile::candidate::Place;
use stackscout_profile::{Candidate, Date, Decided, EvidenceSource, Subject};
use stackscout_store::ImportInfo;
use stackscout_taxonomy::written::LastUsed;
use stackscout_taxonomy::{Taxonomy, TraitIx};

use crate::sentence;

/// Rankings of several roles.
#[derive(Debug, Serialize)]
pub struct RankingModel {
    /// What they were made of.
    pub manifest: Manifest,
    /// Each role.
    pub shortlists: Vec<ShortlistModel>,
}

/// A ranked role.
#[derive(Debug, Serialize)]
pub struct ShortlistModel {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// What it asks for, in the order of the role.
    pub asks: Vec<AskModel>,
    /// Where and limits, in words; empty where the role sets none.
    pub knockouts: Vec<String>,
    /// People listed in each tier, in the whole pool.
    pub listed: BTreeMap<&'static str, u64>,
    /// The best.
    pub entries: Vec<EntryModel>,
    /// People left out, by their first reason.
    pub left_out: BTreeMap<&'static str, u64>,
}

/// A requirement as it was asked.
#[derive(Debug, Clone, Serialize)]
pub struct AskModel {
    /// Its place in the role, from 0.
    pub id: String,
    /// Name of skill or trait, or names joined by "or".
    pub asked: String,
    /// `must` or `nice`.
    pub need: &'static str,
    /// 1 to 100.
    pub weight: u8,
    /// Years for full credit.
    pub years: Option<String>,
    /// The hard line.
    pub min_years: Option<String>,
    /// Years in which credit halves.
    pub half_life: Option<u8>,
    /// Why it is asked for.
    pub because: Option<String>,
}

/// A person on a shortlist.
#[derive(Debug, Serialize)]
pub struct EntryModel {
    /// Place, from 1; 0 where the person is not listed.
    pub rank: u64,
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Years of experience in all.
    pub years: Option<String>,
    /// `A` to `D`.
    pub tier: &'static str,
    /// 0 to 10,000.
    pub score: u16,
    /// The least that it can be.
    pub low: u16,
    /// The most that it can be.
    pub high: u16,
    /// Sum of the requirements' points.
    pub points: u32,
    /// Sum of weights.
    pub weight: u32,
    /// How many share the place, in the whole pool.
    pub tied: u64,
    /// Answers to the knock-outs.
    pub knockouts: Vec<KnockoutModel>,
    /// Each requirement.
    pub requirements: Vec<RequirementModel>,
    /// What is missing or only near, in words.
    pub missing: Vec<String>,
    /// What a reader should look at twice, in words.
    pub flags: Vec<String>,
}

/// An answer to a knock-out.
#[derive(Debug, Serialize)]
pub struct KnockoutModel {
    /// `where` or the key under `[limits]`.
    pub kind: &'static str,
    /// `met`, `unknown` or `not_met`.
    pub outcome: &'static str,
}

/// A requirement of a person.
#[derive(Debug, Serialize)]
pub struct RequirementModel {
    /// Its place in the role, from 0.
    pub id: String,
    /// Name of skill or trait, or names joined by "or".
    pub asked: String,
    /// `must` or `nice`.
    pub need: &'static str,
    /// The gate; null for a nice.
    pub gate: Option<&'static str>,
    /// `met`, `partial`, `unknown` or `not_met`.
    pub outcome: &'static str,
    /// 1 to 100.
    pub weight: u8,
    /// 0 to 10,000.
    pub credit: u16,
    /// The least that it can be.
    pub low: u16,
    /// The most that it can be.
    pub high: u16,
    /// Weight times credit.
    pub points: u32,
    /// Id of the skill that earned it.
    pub skill: Option<String>,
    /// How that skill is related to what is asked.
    pub relation: Option<String>,
    /// What it rests on.
    pub evidence: Option<EvidenceModel>,
    /// All of it in words.
    pub sentence: String,
}

/// What a requirement's credit rests on, factor by factor.
#[derive(Debug, Serialize)]
pub struct EvidenceModel {
    /// Name of the skill that earned it; null for text evidence of a trait.
    pub name: Option<String>,
    /// The skill asked for that the relation leads to, where several would do.
    pub towards: Option<String>,
    /// Where the relation starts, where the held skill implies that.
    pub through: Option<String>,
    /// F: what the relation counts.
    pub counts: u16,
    /// Years of the skill; null is unknown.
    pub years: Option<String>,
    /// Whether the years were worked out of dates in a text, rather than stated.
    pub years_from_dates: bool,
    /// Year of last use, or `current`; null is unknown.
    pub last_used: Option<String>,
    /// `declared`, `worked` or `mentioned`.
    pub source: Option<&'static str>,
    /// y, where years are asked for and known.
    pub years_factor: Option<u16>,
    /// Whole years since the last use.
    pub age: Option<u16>,
    /// r, where recency is asked for and known.
    pub recency_factor: Option<u16>,
    /// The fit.
    pub fit: u16,
    /// Whether something asked for is unknown, so that the fit is assumed.
    pub assumed: bool,
    /// 10,000, or 6,000 where only mentioned.
    pub source_factor: u16,
    /// Version beside the skill; never scored.
    pub version: Option<String>,
    /// Level beside the skill; never scored.
    pub level: Option<String>,
    /// The cells that it comes from.
    pub places: Vec<PlaceModel>,
}

/// A cell of an imported file.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceModel {
    /// Name of the file, without its folder.
    pub file: String,
    /// Line on which the row begins.
    pub line: u64,
    /// Header of the column.
    pub column: String,
    /// The item of a list as written; of a text, the sentence.
    pub written: String,
    /// `declared`, `worked` or `mentioned`: how this place speaks.
    pub source: &'static str,
}

impl PlaceModel {
    /// What the place says: an item of a list in marks, a sentence in quotation marks behind how it speaks.
    #[must_use]
    pub fn said(&self) -> String {
        match self.source {
            "declared" => format!("`{}`", self.written),
            source => format!("{source}: “{}”", self.written),
        }
    }
}

/// Everything that names are taken from.
pub struct Names<'a> {
    /// The taxonomy that the roles were read with.
    pub taxonomy: &'a Taxonomy,
    /// Imports, for the names of files.
    pub imports: &'a [ImportInfo],
    /// The date that recency is counted from.
    pub as_of: Date,
}

impl RankingModel {
    /// The model of a ranking.
    #[must_use]
    pub fn new(ranking: &Ranking, taxonomy: &Taxonomy) -> Self {
        let names = Names { taxonomy, imports: &ranking.imports, as_of: ranking.manifest.as_of };
        let shortlists = ranking.roles.iter().map(|role| shortlist(role, &names)).collect();
        Self { manifest: ranking.manifest.clone(), shortlists }
    }
}

/// One ranked role.
#[must_use]
pub fn shortlist(ranked: &RankedRole, names: &Names<'_>) -> ShortlistModel {
    let role = &ranked.compiled.role;
    let entries = ranked
        .shortlist
        .entries
        .iter()
        .map(|e| entry(e, &ranked.compiled, &ranked.candidates[&e.number], names))
        .collect();
    let [a, b, c] = ranked.shortlist.listed;
    ShortlistModel {
        role: role.id.clone(),
        title: role.title.clone(),
        asks: asks(&ranked.compiled, names.taxonomy),
        knockouts: sentence::knockouts(role),
        listed: BTreeMap::from([("A", a), ("B", b), ("C", c)]),
        entries,
        left_out: ranked.shortlist.left_out.clone(),
    }
}

/// What a role asks for.
#[must_use]
pub fn asks(role: &CompiledRole, taxonomy: &Taxonomy) -> Vec<AskModel> {
    role.requirements
        .iter()
        .enumerate()
        .map(|(at, r)| AskModel {
            id: at.to_string(),
            asked: asked(&r.asked.subject, taxonomy),
            need: r.asked.need.word(),
            weight: r.asked.weight,
            years: r.asked.years.map(|y| y.to_string()),
            min_years: r.asked.min_years.map(|y| y.to_string()),
            half_life: r.asked.half_life,
            because: r.asked.because.clone(),
        })
        .collect()
}

/// A person against a role.
#[must_use]
pub fn entry(entry: &Entry, role: &CompiledRole, candidate: &Candidate, names: &Names<'_>) -> EntryModel {
    let requirements: Vec<RequirementModel> = role
        .requirements
        .iter()
        .zip(&entry.requirements)
        .enumerate()
        .map(|(at, (compiled, assessed))| requirement(at, compiled, assessed, candidate, names))
        .collect();
    let missing = sentence::missing(&requirements);
    let knockouts: Vec<KnockoutModel> =
        entry.knockouts.iter().map(|k| KnockoutModel { kind: k.kind, outcome: k.answer.word() }).collect();
    let mut flags = Vec::new();
    for unknown in knockouts.iter().filter(|k| k.outcome == "unknown") {
        flags.push(format!("`{}` is unknown", unknown.kind));
    }
    flags.extend(
        candidate.implausible.iter().map(|why| format!("implausible: {}", why.words(names.taxonomy))),
    );
    let in_future = |s: &stackscout_profile::HeldSkill| {
        s.evidence.last_used.is_some_and(|l| stackscout_profile::candidate::is_in_future(l, names.as_of))
    };
    if candidate.skills.iter().any(in_future) {
        flags.push("a last use lies in the future and counts as current".to_owned());
    }
    EntryModel {
        rank: entry.place,
        candidate: entry.number.to_string(),
        name: candidate.name.clone(),
        title: candidate.title.clone(),
        country: candidate.country.map(|c| c.to_string()),
        years: candidate.total_years.map(|y| y.to_string()),
        tier: entry.tier.letter(),
        score: entry.score,
        low: entry.low,
        high: entry.high,
        points: entry.points,
        weight: entry.weight,
        tied: entry.tied,
        knockouts,
        requirements,
        missing,
        flags,
    }
}

fn requirement(
    at: usize,
    compiled: &CompiledRequirement,
    assessed: &Assessment,
    candidate: &Candidate,
    names: &Names<'_>,
) -> RequirementModel {
    let taxonomy = names.taxonomy;
    let earned = assessed.earned.as_ref();
    let mut model = RequirementModel {
        id: at.to_string(),
        asked: asked(&compiled.asked.subject, taxonomy),
        need: compiled.asked.need.word(),
        gate: assessed.gate.map(Gate::word),
        outcome: Outcome::word(assessed.outcome),
        weight: compiled.asked.weight,
        credit: assessed.credit,
        low: assessed.low,
        high: assessed.high,
        points: u32::from(compiled.asked.weight) * u32::from(assessed.credit),
        skill: earned.map(|e| taxonomy.skill(e.skill).id.clone()),
        relation: earned.and_then(|e| e.relation.word()).map(str::to_owned),
        evidence: match (earned, &compiled.asked.subject, assessed.text) {
            (Some(earned), _, _) => Some(evidence(earned, compiled, candidate, names)),
            (None, Subject::Trait(wanted), Some(source)) => {
                Some(text_evidence(*wanted, source, assessed, candidate, names))
            }
            _ => None,
        },
        sentence: String::new(),
    };
    model.sentence = sentence::requirement(&model, compiled, assessed);
    model
}

fn evidence(
    earned: &Earned,
    compiled: &CompiledRequirement,
    candidate: &Candidate,
    names: &Names<'_>,
) -> EvidenceModel {
    use stackscout_matcher::compiled::WayKind;
    let taxonomy = names.taxonomy;
    let name = |s| taxonomy.skill(s).name.clone();
    let held = candidate.held(earned.skill);
    let (towards, through) = match &earned.relation {
        Relation::Way(WayKind::Related { from, to, .. }) => {
            let several = matches!(&compiled.asked.subject, Subject::Skills(members) if members.len() > 1);
            (several.then(|| name(*to)), (*from != earned.skill).then(|| name(*from)))
        }
        _ => (None, None),
    };
    let last_used = |last: LastUsed| match last {
        LastUsed::Current => "current".to_owned(),
        LastUsed::Year(year) => year.to_string(),
    };
    EvidenceModel {
        name: Some(name(earned.skill)),
        towards,
        through,
        counts: earned.f,
        years: earned.evidence.and_then(|e| e.years).map(|y| y.to_string()),
        years_from_dates: held.is_some_and(|h| h.years_from_dates),
        last_used: earned.evidence.and_then(|e| e.last_used).map(last_used),
        source: earned.evidence.map(|e| e.source.word()),
        years_factor: earned.years_factor,
        age: earned.age,
        recency_factor: earned.recency_factor,
        fit: earned.fit,
        assumed: earned.assumed,
        source_factor: earned.source_factor,
        version: held.and_then(|h| h.version.clone()),
        level: held.and_then(|h| h.level).map(|l| l.word()),
        places: held.map(|h| h.places.iter().map(|p| place(p, names.imports)).collect()).unwrap_or_default(),
    }
}

/// What text says of a trait.
fn text_evidence(
    wanted: TraitIx,
    source: EvidenceSource,
    assessed: &Assessment,
    candidate: &Candidate,
    names: &Names<'_>,
) -> EvidenceModel {
    let held = candidate.held_trait(wanted);
    EvidenceModel {
        name: None,
        towards: None,
        through: None,
        counts: 10_000,
        years: None,
        years_from_dates: false,
        last_used: None,
        source: Some(source.word()),
        years_factor: None,
        age: None,
        recency_factor: None,
        fit: 10_000,
        assumed: false,
        source_factor: assessed.credit,
        version: None,
        level: None,
        places: held.map(|h| h.places.iter().map(|p| place(p, names.imports)).collect()).unwrap_or_default(),
    }
}

/// A cell with the name of its file.
#[must_use]
pub fn place(place: &Place, imports: &[ImportInfo]) -> PlaceModel {
    let file = imports.iter().find(|i| i.number == place.cell.import).map_or("?", ImportInfo::file_name);
    PlaceModel {
        file: file.to_owned(),
        line: place.cell.line,
        column: place.column.clone(),
        written: place.written.clone(),
        source: place.source.word(),
    }
}

/// What a requirement names, in words.
#[must_use]
pub fn asked(subject: &Subject, taxonomy: &Taxonomy) -> String {
    match subject {
        Subject::Skills(members) => {
            let names: Vec<&str> = members.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
            match names.split_last() {
                Some((last, [])) => (*last).to_owned(),
                Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
                None => String::new(),
            }
        }
        Subject::Trait(t) => taxonomy.trait_(*t).name.clone(),
    }
}

/// What somebody decided, in words.
fn decided_words(decided: Decided) -> &'static str {
    match decided {
        Decided::Hired => "hired",
        Decided::Rejected => "rejected for this role",
        Decided::Withdrawn => "withdrew from this role",
        Decided::InProcess => "in process for another role",
    }
}

/// Why somebody is left out, in words.
#[must_use]
pub fn left_out(reason: LeftOut) -> String {
    match reason {
        LeftOut::Status(stackscout_profile::Status::Hired) => "hired already".to_owned(),
        LeftOut::Status(stackscout_profile::Status::OptedOut) => "opted out of contact".to_owned(),
        LeftOut::Decided(decided) => decided_words(decided).to_owned(),
        LeftOut::Knockout(kind) => format!("`{kind}` is not met"),
        LeftOut::Unknown => "a knock-out is unknown, and the role drops unknown".to_owned(),
        LeftOut::TierD => "a must is missing".to_owned(),
    }
}
