//! The crowd and its roles as tables that any database reads: what every peer is given before its clock starts.
//!
//! Beside the plain facts a peer gets what a good engineer would prepare for it. A **class** is a joint code of all
//! that one piece of evidence contributes apart from its skill (years, age of the last use, whether it is only
//! mentioned, and where years are unknown the person's total). For each role there is a table of **ways**: which held
//! skill counts how much towards which requirement, related credit worked out by the taxonomy. The recency table is
//! the committed one.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use stackscout_matcher::CompiledRole;
use stackscout_matcher::arithmetic::recency_factor;
use stackscout_profile::{EvidenceSource, Facts, Need, Remote, Unknown, Years};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::written::LastUsed;

use crate::generate::AS_OF_YEAR;

/// Ages beyond this do not come up: nobody of the crowd last used anything before 2010.
const AGE_MAX: u16 = 40;

/// All that a piece of evidence contributes, apart from its skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Class {
    years: Option<Years>,
    age: Option<u16>,
    mentioned: bool,
    /// The person's total years, where those of the skill are unknown: they bound what can be assumed.
    total: Option<Years>,
}

/// Writes `people.csv`, `evidence.csv` (by person, then skill) and `classes.csv`.
///
/// # Errors
/// Files that cannot be written.
pub fn write_people(folder: &Path, people: &[Facts]) -> Result<()> {
    let mut people_csv = create(folder, "people.csv")?;
    let mut evidence_csv = create(folder, "evidence.csv")?;
    writeln!(people_csv, "number,country,remote,relocation,total,status")?;
    writeln!(evidence_csv, "number,skill,years,age,mentioned,class")?;
    let mut classes: HashMap<Class, usize> = HashMap::new();
    let mut in_order = Vec::new();
    for facts in people {
        writeln!(
            people_csv,
            "{},{},{},{},{},{}",
            facts.number.0,
            facts.country.map(|country| country.to_string()).unwrap_or_default(),
            cell(facts.remote),
            cell(facts.relocation),
            cell(facts.total_years.map(Years::tenths)),
            facts.status.map(|status| status.word()).unwrap_or_default(),
        )?;
        for evidence in &facts.skills {
            let class = Class {
                years: evidence.years,
                age: evidence.last_used.map(age),
                mentioned: evidence.source == EvidenceSource::Mentioned,
                total: if evidence.years.is_none() { facts.total_years } else { None },
            };
            let next = classes.len();
            let code = *classes.entry(class).or_insert_with(|| {
                in_order.push(class);
                next
            });
            writeln!(
                evidence_csv,
                "{},{},{},{},{},{code}",
                facts.number.0,
                evidence.skill.index(),
                cell(class.years.map(Years::tenths)),
                cell(class.age),
                class.mentioned,
            )?;
        }
    }
    let mut classes_csv = create(folder, "classes.csv")?;
    writeln!(classes_csv, "class,years,age,mentioned,total")?;
    for (code, class) in in_order.iter().enumerate() {
        writeln!(
            classes_csv,
            "{code},{},{},{},{}",
            cell(class.years.map(Years::tenths)),
            cell(class.age),
            class.mentioned,
            cell(class.total.map(Years::tenths)),
        )?;
    }
    for mut file in [people_csv, evidence_csv, classes_csv] {
        file.flush()?;
    }
    Ok(())
}

/// Writes `roles.csv`, `role_countries.csv`, `requirements.csv`, `ways.csv` and `recency.csv`. A role is numbered by
/// its place in the list.
///
/// # Errors
/// Files that cannot be written.
pub fn write_roles(folder: &Path, roles: &[(&str, &CompiledRole)], taxonomy: &Taxonomy) -> Result<()> {
    let mut roles_csv = create(folder, "roles.csv")?;
    let mut countries_csv = create(folder, "role_countries.csv")?;
    let mut requirements_csv = create(folder, "requirements.csv")?;
    let mut ways_csv = create(folder, "ways.csv")?;
    writeln!(
        roles_csv,
        "role,kind,id,assume,musts,countries,remote_anywhere,relocation,years_min,unknown_drop"
    )?;
    writeln!(countries_csv, "role,country")?;
    writeln!(requirements_csv, "role,req,must,weight,years,min_years,half_life")?;
    writeln!(ways_csv, "role,req,skill,f")?;
    for (number, (kind, compiled)) in roles.iter().enumerate() {
        let role = &compiled.role;
        let where_ = role.where_.clone().unwrap_or_default();
        writeln!(
            roles_csv,
            "{number},{kind},{},{},{},{},{},{},{},{}",
            role.id,
            role.assume_fit,
            role.requirements.iter().filter(|asked| asked.need == Need::Must).count(),
            where_.countries.len(),
            where_.remote == Remote::Anywhere,
            where_.relocation,
            cell(role.limits.years_min.map(Years::tenths)),
            role.limits.unknown == Unknown::Drop,
        )?;
        for country in &where_.countries {
            writeln!(countries_csv, "{number},{country}")?;
        }
        for (req, requirement) in compiled.requirements.iter().enumerate() {
            let asked = &requirement.asked;
            writeln!(
                requirements_csv,
                "{number},{req},{},{},{},{},{}",
                asked.need == Need::Must,
                asked.weight,
                cell(asked.years.map(Years::tenths)),
                cell(asked.min_years.map(Years::tenths)),
                cell(asked.half_life),
            )?;
            for (skill, _) in taxonomy.skills() {
                if let Some(way) = requirement.way(skill) {
                    writeln!(ways_csv, "{number},{req},{},{}", skill.index(), way.f)?;
                }
            }
        }
    }
    let mut recency_csv = create(folder, "recency.csv")?;
    writeln!(recency_csv, "half_life,age,factor")?;
    for half_life in 1..=30 {
        for age in 0..=AGE_MAX {
            writeln!(recency_csv, "{half_life},{age},{}", recency_factor(age, half_life))?;
        }
    }
    for mut file in [roles_csv, countries_csv, requirements_csv, ways_csv, recency_csv] {
        file.flush()?;
    }
    Ok(())
}

fn create(folder: &Path, name: &str) -> Result<BufWriter<File>> {
    let path = folder.join(name);
    let file = File::create(&path).with_context(|| path.display().to_string())?;
    Ok(BufWriter::with_capacity(1 << 20, file))
}

/// Empty where nothing is known.
fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Whole years since the year after the last use, as `docs/scoring.md` counts them.
fn age(last_used: LastUsed) -> u16 {
    match last_used {
        LastUsed::Current => 0,
        LastUsed::Year(year) => AS_OF_YEAR.saturating_sub(year).saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    //! - a row of evidence and its class say the same, and the class bounds unknown years by the person's total
    //! - the ways of a role are those that it was compiled to

    use stackscout_matcher::CompiledRole;

    use super::*;
    use crate::generate::{RoleKind, people, roles};

    fn rows(folder: &Path, name: &str) -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn evidence_and_its_class_say_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let people: Vec<Facts> = people(6, 500).collect();
        write_people(folder.path(), &people).unwrap();
        let classes = rows(folder.path(), "classes.csv");
        let evidence = rows(folder.path(), "evidence.csv");
        assert_eq!(evidence.len(), people.iter().map(|facts| facts.skills.len()).sum::<usize>());
        for row in &evidence {
            let class = &classes[row[5].parse::<usize>().unwrap()];
            assert_eq!(row[2..5], class[1..4]);
            let facts = &people[row[0].parse::<usize>().unwrap() - 1];
            let total = if row[2].is_empty() { facts.total_years } else { None };
            assert_eq!(class[4], cell(total.map(Years::tenths)));
        }
        assert!(classes.len() * 3 < evidence.len(), "{} classes", classes.len());
    }

    #[test]
    fn ways_are_those_of_the_compiled_role() {
        let folder = tempfile::tempdir().unwrap();
        let taxonomy = Taxonomy::embedded();
        let roles: Vec<_> =
            roles(6, 4, RoleKind::Filtered).map(|role| CompiledRole::new(role, &taxonomy)).collect();
        let named: Vec<_> = roles.iter().map(|role| ("filtered", role)).collect();
        write_roles(folder.path(), &named, &taxonomy).unwrap();
        let ways = rows(folder.path(), "ways.csv");
        let mut expected = 0;
        for (number, role) in roles.iter().enumerate() {
            for (req, requirement) in role.requirements.iter().enumerate() {
                for (skill, _) in taxonomy.skills() {
                    let Some(way) = requirement.way(skill) else { continue };
                    let row = [number, req, skill.index(), way.f.into()].map(|n: usize| n.to_string());
                    assert_eq!(ways[expected], row);
                    expected += 1;
                }
            }
        }
        assert_eq!(ways.len(), expected);
        assert_eq!(rows(folder.path(), "requirements.csv").len(), 32);
    }
}
