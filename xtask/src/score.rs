//! `cargo xtask score CASE.json OUT.json`: the engine itself on a case of the scoring model.
//!
//! A case holds a small taxonomy, people, roles and a date; the form is described in `docs/scoring.md`. The result is
//! the JSON of a ranking without manifest and evidence: keys sorted, indented by one space.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use stackscout_matcher::{CompiledRole, Cut, Entry, Shortlist, rank_all};
use stackscout_profile::facts::{EvidenceSource, Facts, SkillEvidence, Status, TraitEvidence};
use stackscout_profile::role_file::read_role;
use stackscout_profile::{CandidateNumber, Currency, Date, Pay, PayUnit, Years};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::tables::{RelationRow, SkillRow, SkillTraitRow, Tables, TraitRow};
use stackscout_taxonomy::written::LastUsed;

/// A case that was read.
pub struct Case {
    names: Names,
    /// Its taxonomy.
    pub taxonomy: Taxonomy,
    /// The date that recency is counted from.
    pub as_of: Date,
    /// Its people, in the order of the case.
    pub people: Vec<Facts>,
    /// Its roles, ready.
    pub roles: Vec<CompiledRole>,
    /// How many entries a role gets at most.
    pub top: usize,
}

/// Ranks a case; the text of the result, without a line break at its end.
///
/// # Errors
/// A case that is not in the form, naming the part.
pub fn score(case: &Value) -> Result<String> {
    let case = Case::read(case)?;
    case.text(&rank_all(&case.roles, &case.people, case.as_of, Cut::Top(case.top)))
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// A case that is not in the form, naming the part.
    pub fn read(case: &Value) -> Result<Self> {
        let names = Names::new(&case["taxonomy"], roles(case)?, people(case)?)?;
        let taxonomy = taxonomy(&case["taxonomy"], &names)?;
        let as_of: Date = text(&case["as_of"])?.parse().map_err(anyhow::Error::msg)?;
        let people: Vec<Facts> = people(case)?
            .iter()
            .map(|person| {
                facts(person, &names, &taxonomy).with_context(|| format!("candidate {}", person["number"]))
            })
            .collect::<Result<_>>()?;
        let roles: Vec<CompiledRole> = roles(case)?
            .iter()
            .map(|role| {
                let name = text(&role["id"])?;
                let toml = toml::to_string(&names.in_role(role)?).with_context(|| format!("role {name}"))?;
                let mut role =
                    read_role("case.toml", &toml, &taxonomy).with_context(|| format!("role {name}"))?;
                // A case may name its roles as it likes; a role file may not.
                role.id = name.to_owned();
                Ok(CompiledRole::new(role, &taxonomy))
            })
            .collect::<Result<_>>()?;
        let top = case["top"].as_u64().map_or(usize::MAX, |top| top as usize);
        Ok(Self { names, taxonomy, as_of, people, roles, top })
    }

    /// Shortlists of the case's roles as the text of a result.
    ///
    /// # Errors
    /// None that happens.
    pub fn text(&self, shortlists: &[Shortlist]) -> Result<String> {
        let shortlists = shortlists.iter().zip(&self.roles).map(|(list, role)| {
            let entries: Vec<Value> = list.entries.iter().map(|e| entry(e, role, &self.names)).collect();
            json!({ "role": list.role, "entries": entries, "left_out": list.left_out })
        });
        let shortlists: Vec<Value> = shortlists.collect();
        let mut out = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
        serde::Serialize::serialize(&json!({ "shortlists": shortlists }), &mut serializer)?;
        Ok(String::from_utf8(out)?)
    }
}

fn entry(entry: &Entry, role: &CompiledRole, names: &Names) -> Value {
    let knockouts: Vec<Value> =
        entry.knockouts.iter().map(|k| json!({ "kind": k.kind, "outcome": k.answer.word() })).collect();
    let requirements: Vec<Value> = entry
        .requirements
        .iter()
        .zip(&role.requirements)
        .enumerate()
        .map(|(at, (assessed, compiled))| {
            let weight = compiled.asked.weight;
            let earned = assessed.earned.as_ref();
            json!({
                "id": at.to_string(),
                "need": compiled.asked.need.word(),
                "gate": assessed.gate.map(|g| g.word()),
                "outcome": assessed.outcome.word(),
                "weight": weight,
                "credit": assessed.credit,
                "low": assessed.low,
                "high": assessed.high,
                "points": u32::from(weight) * u32::from(assessed.credit),
                "skill": earned.map(|e| &names.skills[e.skill.index()]),
                "relation": earned.and_then(|e| e.relation.word()),
            })
        })
        .collect();
    json!({
        "rank": entry.place,
        "candidate": entry.number.to_string(),
        "tier": entry.tier.letter(),
        "score": entry.score,
        "low": entry.low,
        "high": entry.high,
        "points": entry.points,
        "weight": entry.weight,
        "tied": entry.tied,
        "knockouts": knockouts,
        "requirements": requirements,
    })
}

/// The case's own ids, in byte order. Inside, they are numbered (`s0000`, `t0000`), so that a case may call its skills
/// and traits anything; the numbers sort as the ids do, and ties fall alike.
struct Names {
    skills: Vec<String>,
    traits: Vec<String>,
}

impl Names {
    fn new(taxonomy: &Value, roles: &[Value], people: &[Value]) -> Result<Self> {
        let mut skills: Vec<String> = array(&taxonomy["skills"])?
            .iter()
            .map(|skill| text(skill).map(str::to_owned))
            .collect::<Result<_>>()?;
        skills.sort();
        let named = |list: &Value| -> Vec<String> {
            let rows = list.as_array().into_iter().flatten();
            rows.filter_map(|row| row["trait"].as_str()).map(str::to_owned).collect()
        };
        let mut traits = named(&taxonomy["skill_traits"]);
        traits.extend(roles.iter().flat_map(|role| named(&role["require"])));
        traits.extend(people.iter().flat_map(|person| named(&person["traits"])));
        traits.sort();
        traits.dedup();
        Ok(Self { skills, traits })
    }

    fn skill(&self, id: &Value) -> Result<String> {
        let id = text(id)?;
        let at = self.skills.binary_search_by(|known| known.as_str().cmp(id));
        at.map(|at| format!("s{at:05}")).map_err(|_| anyhow::anyhow!("unknown skill `{id}`"))
    }

    fn trait_(&self, id: &Value) -> Result<String> {
        let id = text(id)?;
        let at = self.traits.binary_search_by(|known| known.as_str().cmp(id));
        at.map(|at| format!("t{at:05}")).map_err(|_| anyhow::anyhow!("unknown trait `{id}`"))
    }

    /// The role as a role file would say it. TOML knows no null: an absent key says the same.
    fn in_role(&self, role: &Value) -> Result<Value> {
        let mut role = without_nulls(role);
        if let Some(role) = role.as_object_mut() {
            role.remove("id");
            role.insert("id".into(), "case".into());
        }
        for requirement in role["require"].as_array_mut().context("a role has no list `require`")? {
            for key in ["skill", "trait", "any_of", "accept"] {
                let Some(value) = requirement.get_mut(key) else { continue };
                *value = match value.as_array() {
                    Some(list) => list.iter().map(|id| self.skill(id)).collect::<Result<Vec<_>>>()?.into(),
                    None if key == "trait" => self.trait_(value)?.into(),
                    None => self.skill(value)?.into(),
                };
            }
        }
        Ok(role)
    }
}

/// A taxonomy of the case's skills; its traits are those that skills, people and roles name.
fn taxonomy(case: &Value, names: &Names) -> Result<Taxonomy> {
    let mut tables = Tables::default();
    let source = || "case".to_owned();
    for at in 0..names.skills.len() {
        let id = format!("s{at:05}");
        let name = id.clone();
        tables.skills.push(SkillRow { id, name, kind: source(), source: source(), ..SkillRow::default() });
    }
    for at in 0..names.traits.len() {
        let id = format!("t{at:05}");
        let name = id.clone();
        tables.traits.push(TraitRow { id, name, kind: source(), source: source(), also: String::new() });
    }
    for row in array(&case["relations"])? {
        tables.relations.push(RelationRow {
            from: names.skill(&row["from"])?,
            to: names.skill(&row["to"])?,
            relation: text(&row["relation"])?.to_owned(),
            credit: u16::try_from(row["credit"].as_u64().context("credit is no number")?)?,
            source: source(),
        });
    }
    for row in array(&case["skill_traits"])? {
        let (skill, trait_id) = (names.skill(&row["skill"])?, names.trait_(&row["trait"])?);
        tables.skill_traits.push(SkillTraitRow { skill, trait_id, source: source() });
    }
    Ok(Taxonomy::new(tables, source())?)
}

fn facts(person: &Value, names: &Names, taxonomy: &Taxonomy) -> Result<Facts> {
    let number = u32::try_from(person["number"].as_u64().context("number is missing")?)?;
    let mut facts = Facts::new(CandidateNumber(number));
    facts.country = opt(&person["country"], |c| text(c)?.parse().map_err(anyhow::Error::msg))?;
    facts.remote = person["remote"].as_bool();
    facts.relocation = person["relocation"].as_bool();
    facts.total_years = years(&person["total_years"])?;
    facts.status = opt(&person["status"], |s| match text(s)? {
        "hired" => Ok(Status::Hired),
        "opted_out" => Ok(Status::OptedOut),
        other => bail!("unknown status `{other}`"),
    })?;
    for skill in array(&person["skills"])? {
        let id = names.skill(&skill["skill"])?;
        facts.add_skill(SkillEvidence {
            skill: taxonomy.skill_by_id(&id).with_context(|| format!("unknown skill `{id}`"))?,
            years: years(&skill["years"])?,
            last_used: opt(&skill["last_used"], |y| {
                Ok(LastUsed::Year(u16::try_from(y.as_u64().context("last_used is no year")?)?))
            })?,
            source: source(&skill["source"])?,
        });
    }
    for row in person["traits"].as_array().into_iter().flatten() {
        let id = names.trait_(&row["trait"])?;
        let trait_ix = taxonomy.trait_by_id(&id).with_context(|| format!("unknown trait `{id}`"))?;
        facts.add_trait(TraitEvidence { trait_ix, source: source(&row["source"])? });
    }
    facts.permits = opt(&person["permits"], parsed)?;
    facts.languages = opt(&person["languages"], parsed)?;
    facts.available = opt(&person["available"], |d| text(d)?.parse().map_err(anyhow::Error::msg))?;
    facts.expected_pay = opt(&person["expected_pay"], |pay| {
        Ok(Pay {
            amount: pay["amount"].as_u64().context("amount is no whole number")?,
            currency: opt(&pay["currency"], |c| text(c)?.parse::<Currency>().map_err(anyhow::Error::msg))?,
            per: opt(&pay["per"], |p| text(p)?.parse::<PayUnit>().map_err(anyhow::Error::msg))?,
        })
    })?;
    facts.implausible = person["implausible"].as_bool().unwrap_or(false);
    Ok(facts)
}

fn source(value: &Value) -> Result<EvidenceSource> {
    match text(value)? {
        "declared" => Ok(EvidenceSource::Declared),
        "worked" => Ok(EvidenceSource::Worked),
        "mentioned" => Ok(EvidenceSource::Mentioned),
        other => bail!("unknown source `{other}`"),
    }
}

/// Years in tenths; null is unknown.
fn years(value: &Value) -> Result<Option<Years>> {
    opt(value, |tenths| {
        let tenths = u16::try_from(tenths.as_u64().context("years are no whole number of tenths")?)?;
        Years::from_tenths(tenths).with_context(|| format!("{tenths} tenths of years are above 999"))
    })
}

fn parsed<T: std::str::FromStr<Err = String>>(list: &Value) -> Result<Vec<T>> {
    array(list)?.iter().map(|item| text(item)?.parse().map_err(anyhow::Error::msg)).collect()
}

fn opt<T>(value: &Value, read: impl Fn(&Value) -> Result<T>) -> Result<Option<T>> {
    if value.is_null() { Ok(None) } else { read(value).map(Some) }
}

fn roles(case: &Value) -> Result<&Vec<Value>> {
    array(&case["roles"]).context("roles")
}

fn people(case: &Value) -> Result<&Vec<Value>> {
    array(&case["candidates"]).context("candidates")
}

fn array(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().context("a list is missing")
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().context("a text is missing")
}

/// TOML knows no null: an absent key says the same.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, v)| !v.is_null());
            Value::Object(kept.map(|(k, v)| (k.clone(), without_nulls(v))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}
