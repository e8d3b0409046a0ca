//! Shortlists as CSV: one file of entries, one of terms, for spreadsheets.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe before it, which our own import takes off again
//! ([`guarded`]).

use stackscout_profile::signs::guarded;

use crate::{RankingModel, hundredths};

/// One row for each person on each list.
#[must_use]
pub fn entries(model: &RankingModel) -> Vec<u8> {
    let header = [
        "role",
        "rank",
        "tied",
        "candidate",
        "name",
        "title",
        "country",
        "years",
        "tier",
        "score",
        "low",
        "high",
        "points",
        "weight",
        "missing",
        "flags",
        "why",
    ];
    let mut rows = Vec::new();
    for list in &model.shortlists {
        for e in &list.entries {
            let sentences: Vec<&str> = e.requirements.iter().map(|r| r.sentence.as_str()).collect();
            rows.push(vec![
                list.role.clone(),
                e.rank.to_string(),
                e.tied.to_string(),
                e.candidate.clone(),
                e.name.clone().unwrap_or_default(),
                e.title.clone().unwrap_or_default(),
                e.country.clone().unwrap_or_default(),
                e.years.clone().unwrap_or_default(),
                e.tier.to_owned(),
                hundredths(e.score),
                hundredths(e.low),
                hundredths(e.high),
                e.points.to_string(),
                e.weight.to_string(),
                e.missing.join("; "),
                e.flags.join("; "),
                sentences.join(" | "),
            ]);
        }
    }
    write(&header, rows)
}

/// One row for each requirement of each person on each list; points of a person add up to the entry's points.
#[must_use]
pub fn terms(model: &RankingModel) -> Vec<u8> {
    let header = [
        "role",
        "candidate",
        "requirement",
        "asked",
        "need",
        "gate",
        "outcome",
        "weight",
        "credit",
        "low",
        "high",
        "points",
        "skill",
        "relation",
        "sentence",
    ];
    let mut rows = Vec::new();
    for list in &model.shortlists {
        for e in &list.entries {
            for r in &e.requirements {
                rows.push(vec![
                    list.role.clone(),
                    e.candidate.clone(),
                    r.id.clone(),
                    r.asked.clone(),
                    r.need.to_owned(),
                    r.gate.unwrap_or_default().to_owned(),
                    r.outcome.to_owned(),
                    r.weight.to_string(),
                    r.credit.to_string(),
                    r.low.to_string(),
                    r.high.to_string(),
                    r.points.to_string(),
                    r.skill.clone().unwrap_or_default(),
                    r.relation.clone().unwrap_or_default(),
                    r.sentence.clone(),
                ]);
            }
        }
    }
    write(&header, rows)
}

pub(crate) fn write(header: &[&str], rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("memory takes every row");
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| guarded(cell).into_owned()))
            .expect("memory takes every row, and all have one length");
    }
    writer.into_inner().expect("memory needs no flushing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text() {
        let bytes = write(&["a", "b"], vec![vec!["=1+1".into(), "Ada, \"the\" first".into()]]);
        assert_eq!(String::from_utf8(bytes).unwrap(), "a,b\n'=1+1,\"Ada, \"\"the\"\" first\"\n");
    }
}
