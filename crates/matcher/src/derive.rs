//! Makes a role from the taxonomy: each line cites the row of `rules.csv` and the source that put it there.
//!
//! A rule says when it applies and what it adds. Conditions, joined by ` and `: `framework` (for each framework asked
//! for, by name or through a case), `no-framework` (none is), `needs` and `need:TRAIT` (asked needs, and a case's), `like` (a case is given),
//! `kind:KIND` (of the framework), `seniority:LEVEL` (`any` where none is given). What is added: `framework`,
//! `language`, `framework-traits:KIND`, `needs`, `frameworks-of-needs`, `case-skills`, `case-traits`, `skill:ID`,
//! `trait:ID`, `any_of:ID/ID`.

use std::fmt::Write as _;

use stackscout_profile::{Need, Years};
use stackscout_taxonomy::spelling::exact_key;
use stackscout_taxonomy::tables::RuleRow;
use stackscout_taxonomy::{Resolution, SkillIx, Taxonomy, TraitIx};
use thiserror::Error;

/// How much experience a role asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seniority {
    /// First years.
    Junior,
    /// Works alone.
    Mid,
    /// Leads by example.
    Senior,
    /// Leads people or the design.
    Lead,
}

impl Seniority {
    /// All levels.
    pub const ALL: [Seniority; 4] = [Self::Junior, Self::Mid, Self::Senior, Self::Lead];

    /// The word of role files and rules.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Mid => "mid",
            Self::Senior => "senior",
            Self::Lead => "lead",
        }
    }
}

/// What a role is derived from. At least one of the lists has to hold something.
#[derive(Debug, Clone, Default)]
pub struct DeriveRequest {
    /// Frameworks by any spelling.
    pub frameworks: Vec<String>,
    /// Needs by any wording of a trait.
    pub needs: Vec<String>,
    /// Products that it should be like.
    pub like: Vec<String>,
    /// Seniority.
    pub seniority: Option<Seniority>,
}

/// Why no role was derived.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeriveError {
    /// Nothing to derive from.
    #[error("nothing to derive from\nhint: give a framework, needs, or a product that it should be like")]
    Nothing,
    /// Something that the taxonomy does not know.
    #[error("unknown {what} `{written}`{}", hint.as_ref().map_or(String::new(), |h| format!("\nhint: {h}")))]
    Unknown {
        /// framework, need or product.
        what: &'static str,
        /// As written.
        written: String,
        /// Near names, or what is known.
        hint: Option<String>,
    },
    /// A rule that cannot be read.
    #[error("rules.csv: rule `{rule}`: {reason}")]
    Rule {
        /// Id of the rule.
        rule: String,
        /// What is wrong.
        reason: String,
    },
}

/// What a derived line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DerivedSubject {
    /// One skill, or several of which any will do.
    Skills(Vec<SkillIx>),
    /// A trait.
    Trait(TraitIx),
}

/// A derived line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedLine {
    /// What is asked for.
    pub subject: DerivedSubject,
    /// Must or nice.
    pub need: Need,
    /// 1 to 100.
    pub weight: u8,
    /// Years for full credit.
    pub years: Option<Years>,
    /// Rules and sources.
    pub because: Vec<String>,
}

/// A derived role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedRole {
    /// Id made of what was asked.
    pub id: String,
    /// Title made of what was asked.
    pub title: String,
    /// Seniority, where given.
    pub seniority: Option<Seniority>,
    /// Musts first, then by weight, each in the order of rules.
    pub lines: Vec<DerivedLine>,
}

/// Derives a role.
///
/// # Errors
/// Unknown names, with near ones; nothing to derive from; a broken rule.
pub fn derive(taxonomy: &Taxonomy, request: &DeriveRequest) -> Result<DerivedRole, DeriveError> {
    let asked = Asked::new(taxonomy, request)?;
    let mut lines: Vec<DerivedLine> = Vec::new();
    for rule in &taxonomy.tables().rules {
        for framework in asked.contexts(taxonomy, rule)? {
            for (subject, why) in asked.adds(taxonomy, rule, framework)? {
                let because = match why {
                    Some(why) => format!("rules.csv {} (source {}): {why}", rule.id, rule.source),
                    None => format!("rules.csv {} (source {})", rule.id, rule.source),
                };
                add(&mut lines, DerivedLine { because: vec![because], ..line(rule, subject)? });
            }
        }
    }
    // A stable sort: musts first, heavier first, otherwise in the order of rules.
    lines.sort_by_key(|line| (line.need != Need::Must, std::cmp::Reverse(line.weight)));
    let words = asked.words(taxonomy);
    let seniority = request.seniority.map(Seniority::word);
    let id = seniority
        .into_iter()
        .map(str::to_owned)
        .chain(words.iter().map(|w| slug(w)))
        .collect::<Vec<_>>()
        .join("-");
    let title = asked.title(taxonomy);
    let id = id.chars().take(80).collect::<String>().trim_end_matches('-').to_owned();
    Ok(DerivedRole { id, title, seniority: request.seniority, lines })
}

/// What was asked for, resolved.
struct Asked<'a> {
    request: &'a DeriveRequest,
    /// Frameworks by name, and those that the cases run on.
    frameworks: Vec<SkillIx>,
    needs: Vec<TraitIx>,
    /// Ids of cases.
    cases: Vec<String>,
}

impl<'a> Asked<'a> {
    fn new(taxonomy: &Taxonomy, request: &'a DeriveRequest) -> Result<Self, DeriveError> {
        if request.frameworks.is_empty() && request.needs.is_empty() && request.like.is_empty() {
            return Err(DeriveError::Nothing);
        }
        let mut asked = Self { request, frameworks: Vec::new(), needs: Vec::new(), cases: Vec::new() };
        for written in &request.frameworks {
            match taxonomy.resolve(written) {
                Resolution::Exact(skill) | Resolution::Alias(skill) => push_new(&mut asked.frameworks, skill),
                Resolution::Near(near) => {
                    let names: Vec<&str> = near.iter().map(|s| taxonomy.skill(*s).name.as_str()).collect();
                    let hint = Some(format!("did you mean {}?", names.join(" or ")));
                    return Err(DeriveError::Unknown { what: "framework", written: written.clone(), hint });
                }
                Resolution::Unknown => {
                    return Err(DeriveError::Unknown {
                        what: "framework",
                        written: written.clone(),
                        hint: None,
                    });
                }
            }
        }
        for written in &request.needs {
            let Some(need) = taxonomy.trait_by_wording(written) else {
                let near = taxonomy.near_traits(written);
                let hint = if near.is_empty() {
                    "`stackscout taxonomy show --traits` lists what can be needed".to_owned()
                } else {
                    format!("did you mean {}?", near.join(" or "))
                };
                return Err(DeriveError::Unknown {
                    what: "need",
                    written: written.clone(),
                    hint: Some(hint),
                });
            };
            push_new(&mut asked.needs, need);
        }
        for written in &request.like {
            let key = exact_key(written);
            let cases = &taxonomy.tables().cases;
            let of_case: Vec<_> = cases.iter().filter(|c| exact_key(&c.name) == key || c.id == key).collect();
            let Some(case) = of_case.first() else {
                let mut names: Vec<&str> = cases.iter().map(|c| c.name.as_str()).collect();
                names.dedup();
                let hint = Some(format!("known: {}", names.join(", ")));
                return Err(DeriveError::Unknown { what: "product", written: written.clone(), hint });
            };
            push_new(&mut asked.cases, case.id.clone());
            for case in &of_case {
                asked.frameworks.extend(taxonomy.skill_by_id(&case.skill));
            }
            let traits = taxonomy.tables().case_traits.iter().filter(|t| t.case == case.id);
            for need in traits.filter_map(|t| taxonomy.trait_by_id(&t.trait_id)) {
                push_new(&mut asked.needs, need);
            }
        }
        let mut seen = Vec::new();
        asked.frameworks.retain(|f| {
            !seen.contains(f) && {
                seen.push(*f);
                true
            }
        });
        Ok(asked)
    }

    /// The names in id and title, in the order asked.
    fn words(&self, taxonomy: &Taxonomy) -> Vec<String> {
        let frameworks = self.request.frameworks.iter().filter_map(|w| taxonomy.find(w));
        let mut words: Vec<String> = frameworks.map(|f| taxonomy.skill(f.skill).name.clone()).collect();
        words.extend(
            self.request
                .needs
                .iter()
                .filter_map(|w| taxonomy.trait_by_wording(w))
                .map(|t| taxonomy.trait_(t).name.to_lowercase()),
        );
        for case in &self.cases {
            let name =
                taxonomy.tables().cases.iter().find(|c| c.id == *case).map_or(case.as_str(), |c| &c.name);
            words.push(format!("like {name}"));
        }
        words.dedup();
        words
    }

    /// `Senior Django engineer for high traffic, like Instagram`.
    fn title(&self, taxonomy: &Taxonomy) -> String {
        let names = self.request.frameworks.iter().filter_map(|w| taxonomy.find(w));
        let names: Vec<&str> = names.map(|f| taxonomy.skill(f.skill).name.as_str()).collect();
        let mut words: Vec<String> =
            self.request.seniority.map(|s| s.word().to_owned()).into_iter().collect();
        if !names.is_empty() {
            words.push(names.join(" and "));
        }
        words.push("engineer".to_owned());
        let needs = self.needs.iter().filter(|t| self.is_asked(taxonomy, **t));
        let needs: Vec<String> = needs.map(|t| taxonomy.trait_(*t).name.to_lowercase()).collect();
        if !needs.is_empty() {
            words.push(format!("for {}", needs.join(", ")));
        }
        let cases = self.cases.iter().filter_map(|id| taxonomy.tables().cases.iter().find(|c| c.id == *id));
        let cases: Vec<&str> = cases.map(|c| c.name.as_str()).collect();
        if !cases.is_empty() {
            words.push(format!("for a product like {}", cases.join(" and ")));
        }
        let title = words.join(" ");
        let mut letters = title.chars();
        letters.next().map(|c| c.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    }

    /// For which frameworks a rule applies; a single `None` for a rule that is about none.
    fn contexts(&self, taxonomy: &Taxonomy, rule: &RuleRow) -> Result<Vec<Option<SkillIx>>, DeriveError> {
        let mut contexts = vec![None];
        for condition in rule.when.split(" and ").map(str::trim) {
            let (word, value) = condition.split_once(':').unwrap_or((condition, ""));
            let holds = match word {
                // The framework itself by a case comes from the rule for cases.
                "framework" => {
                    contexts = self.frameworks.iter().map(|f| Some(*f)).collect();
                    true
                }
                "kind" => {
                    contexts.retain(|f| f.is_some_and(|f| taxonomy.skill(f).kind == value));
                    true
                }
                "seniority" => value == self.request.seniority.map_or("any", Seniority::word),
                "needs" => !self.request.needs.is_empty(),
                "no-framework" => self.frameworks.is_empty(),
                "need" => {
                    let wanted = taxonomy.trait_by_id(value).ok_or_else(|| unreadable(rule, condition))?;
                    self.needs.contains(&wanted)
                }
                "like" => !self.cases.is_empty(),
                _ => return Err(unreadable(rule, condition)),
            };
            if !holds {
                return Ok(Vec::new());
            }
        }
        Ok(contexts)
    }

    /// What a rule adds, each with the fact that it rests on.
    fn adds(
        &self,
        taxonomy: &Taxonomy,
        rule: &RuleRow,
        framework: Option<SkillIx>,
    ) -> Result<Vec<(DerivedSubject, Option<String>)>, DeriveError> {
        let (word, value) = rule.adds.split_once(':').unwrap_or((&rule.adds, ""));
        let skill = |id: &str| taxonomy.skill_by_id(id).ok_or_else(|| unreadable(rule, id));
        let of_framework = || framework.ok_or_else(|| unreadable(rule, &rule.adds));
        let name = |s: SkillIx| taxonomy.skill(s).name.as_str();
        Ok(match word {
            "framework" => {
                let framework = of_framework()?;
                let by_name = self
                    .request
                    .frameworks
                    .iter()
                    .filter_map(|w| taxonomy.find(w))
                    .any(|f| f.skill == framework);
                let why = if by_name { "asked for" } else { "what the product runs on" };
                vec![(DerivedSubject::Skills(vec![framework]), Some(why.to_owned()))]
            }
            "language" => {
                let framework = taxonomy.skill(of_framework()?);
                let why = format!("the language of {} ({})", framework.name, framework.source);
                framework.language.map(|l| (DerivedSubject::Skills(vec![l]), Some(why))).into_iter().collect()
            }
            "framework-traits" => {
                let framework = taxonomy.skill(of_framework()?);
                let traits = framework.traits.iter().filter(|(t, _)| taxonomy.trait_(*t).kind == value);
                traits
                    .map(|(t, source)| {
                        (DerivedSubject::Trait(*t), Some(format!("{} brings it ({source})", framework.name)))
                    })
                    .collect()
            }
            "needs" => self
                .needs
                .iter()
                .filter(|t| self.is_asked(taxonomy, **t))
                .map(|t| (DerivedSubject::Trait(*t), Some("asked for".to_owned())))
                .collect(),
            "frameworks-of-needs" => self.frameworks_of_needs(taxonomy).into_iter().collect(),
            "case-skills" => {
                let rows = taxonomy.tables().cases.iter().filter(|c| self.cases.contains(&c.id));
                rows.filter_map(|c| {
                    let skill = taxonomy.skill_by_id(&c.skill)?;
                    let why = format!("{} runs on {} ({})", c.name, name(skill), c.source);
                    Some((DerivedSubject::Skills(vec![skill]), Some(why)))
                })
                .collect()
            }
            "case-traits" => {
                let rows = taxonomy.tables().case_traits.iter().filter(|t| self.cases.contains(&t.case));
                rows.filter_map(|t| {
                    let case = taxonomy.tables().cases.iter().find(|c| c.id == t.case);
                    let why = format!("{} needs it ({})", case.map_or(&t.case, |c| &c.name), t.source);
                    Some((DerivedSubject::Trait(taxonomy.trait_by_id(&t.trait_id)?), Some(why)))
                })
                .collect()
            }
            "skill" => vec![(DerivedSubject::Skills(vec![skill(value)?]), None)],
            "trait" => {
                let wanted = taxonomy.trait_by_id(value).ok_or_else(|| unreadable(rule, value))?;
                vec![(DerivedSubject::Trait(wanted), None)]
            }
            "any_of" => {
                let members = value.split('/').map(skill).collect::<Result<_, _>>()?;
                vec![(DerivedSubject::Skills(members), None)]
            }
            _ => return Err(unreadable(rule, &rule.adds)),
        })
    }

    fn is_asked(&self, taxonomy: &Taxonomy, need: TraitIx) -> bool {
        self.request.needs.iter().any(|w| taxonomy.trait_by_wording(w) == Some(need))
    }

    /// Back-end frameworks that bring every asked need, or, where none does, as many of them as any framework does.
    fn frameworks_of_needs(&self, taxonomy: &Taxonomy) -> Option<(DerivedSubject, Option<String>)> {
        let asked: Vec<TraitIx> =
            self.needs.iter().copied().filter(|t| self.is_asked(taxonomy, *t)).collect();
        let frameworks = taxonomy.skills().filter(|(_, s)| s.kind == "backend-framework");
        let brings: Vec<(usize, SkillIx)> = frameworks
            .map(|(ix, _)| (asked.iter().filter(|t| taxonomy.brings_trait(ix, **t)).count(), ix))
            .collect();
        let most = brings.iter().map(|(count, _)| *count).max().filter(|most| *most > 0)?;
        let all: Vec<SkillIx> =
            brings.into_iter().filter(|(count, _)| *count == most).map(|(_, ix)| ix).collect();
        // Who holds what implies a member holds the member: naming it again would say nothing.
        let says_nothing =
            |m: SkillIx| all.iter().any(|other| *other != m && taxonomy.is_or_implies(m, *other));
        let members: Vec<SkillIx> = all.iter().copied().filter(|m| !says_nothing(*m)).collect();
        let ids = asked.iter().map(|t| taxonomy.trait_(*t).id.as_str()).collect::<Vec<_>>().join(", ");
        let mut sources: Vec<&str> = members
            .iter()
            .flat_map(|m| &taxonomy.skill(*m).traits)
            .filter(|(t, _)| asked.contains(t))
            .map(|(_, source)| source.as_str())
            .collect();
        sources.sort_unstable();
        sources.dedup();
        let how_many = if most == asked.len() { "all".to_owned() } else { format!("{most}") };
        let why =
            format!("frameworks that bring {how_many} of {ids} (skill_traits.csv: {})", sources.join(", "));
        Some((DerivedSubject::Skills(members), Some(why)))
    }
}

fn line(rule: &RuleRow, subject: DerivedSubject) -> Result<DerivedLine, DeriveError> {
    let need = match rule.need.as_str() {
        "must" => Need::Must,
        "nice" => Need::Nice,
        other => return Err(unreadable(rule, other)),
    };
    let years = match rule.years.as_str() {
        "" => None,
        years => Some(years.parse().map_err(|_| unreadable(rule, years))?),
    };
    // Years of a trait have no meaning.
    let years = years.filter(|_| matches!(subject, DerivedSubject::Skills(_)));
    Ok(DerivedLine { subject, need, weight: rule.weight, years, because: Vec::new() })
}

/// Adds a line, or joins it with one that asks for the same: the stricter need, the greater weight and years.
fn add(lines: &mut Vec<DerivedLine>, line: DerivedLine) {
    let covered = |known: &DerivedLine| match (&known.subject, &line.subject) {
        (DerivedSubject::Skills(known), DerivedSubject::Skills(new)) => {
            known == new || (known.len() == 1 && new.contains(&known[0]))
        }
        (known, new) => known == new,
    };
    match lines.iter_mut().find(|known| covered(known)) {
        Some(known) => {
            if line.need == Need::Must {
                known.need = Need::Must;
            }
            known.weight = known.weight.max(line.weight);
            known.years = known.years.max(line.years);
            known.because.extend(line.because);
        }
        None => lines.push(line),
    }
}

fn unreadable(rule: &RuleRow, part: &str) -> DeriveError {
    DeriveError::Rule { rule: rule.id.clone(), reason: format!("cannot read `{part}`") }
}

fn push_new<T: PartialEq>(items: &mut Vec<T>, item: T) {
    if !items.contains(&item) {
        items.push(item);
    }
}

fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

impl DerivedRole {
    /// The role file: reads back as the same role, and says for every line where it comes from.
    #[must_use]
    pub fn to_toml(&self, taxonomy: &Taxonomy) -> String {
        let mut text = String::new();
        let name = |s: &SkillIx| quoted(&taxonomy.skill(*s).name);
        let _ = writeln!(text, "id = {}\ntitle = {}", quoted(&self.id), quoted(&self.title));
        if let Some(seniority) = self.seniority {
            let _ = writeln!(text, "seniority = {}", quoted(seniority.word()));
        }
        for line in &self.lines {
            let _ = writeln!(text, "\n[[require]]");
            let _ = match &line.subject {
                DerivedSubject::Skills(skills) if skills.len() == 1 => {
                    writeln!(text, "skill = {}", name(&skills[0]))
                }
                DerivedSubject::Skills(skills) => {
                    writeln!(text, "any_of = [{}]", skills.iter().map(name).collect::<Vec<_>>().join(", "))
                }
                DerivedSubject::Trait(t) => writeln!(text, "trait = {}", quoted(&taxonomy.trait_(*t).id)),
            };
            let _ = writeln!(text, "need = {}", quoted(line.need.word()));
            if let Some(years) = line.years {
                let _ = writeln!(text, "years = {years}");
            }
            let _ = writeln!(text, "weight = {}", line.weight);
            let _ = writeln!(text, "because = {}", quoted(&line.because.join("; ")));
        }
        text
    }
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
