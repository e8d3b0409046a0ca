//! The loaded taxonomy: every row checked against every other, ready to be asked.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxBuildHasher;

use crate::id::is_slug;
use crate::mention::{MentionFinder, check_tables};
use crate::relation::Relations;
use crate::spelling::{exact_key, last_bracket, loose_key};
use crate::tables::{self, Tables};
use crate::{SkillIx, TaxonomyError, TraitIx};

/// A skill: a node that people hold and roles ask for.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Slug that stands in JSON, such as `rails`.
    pub id: String,
    /// Name as it is printed, such as `Ruby on Rails`.
    pub name: String,
    /// Kind, such as `backend-framework`.
    pub kind: String,
    /// The one language that it is used from, where there is one.
    pub language: Option<SkillIx>,
    /// Token shared by near neighbours of the same kind; empty where none.
    pub paradigm: String,
    /// Key of `data/taxonomy/SOURCES.md`.
    pub source: String,
    /// Traits that the skill brings, with the source of each, in the order of trait ids.
    pub traits: Vec<(TraitIx, String)>,
    /// Other spellings, as written in `spellings.csv`.
    pub spellings: Vec<String>,
}

/// What a skill brings or a role needs: a philosophy, an architecture, a feature, a criterion, a trend.
#[derive(Debug, Clone)]
pub struct Trait {
    /// Slug that stands in JSON and role files, such as `high-traffic`.
    pub id: String,
    /// Name as it is printed.
    pub name: String,
    /// `philosophy`, `architecture`, `feature`, `criterion` or `trend`.
    pub kind: String,
    /// Key of `data/taxonomy/SOURCES.md`.
    pub source: String,
    /// Other wordings.
    pub also: Vec<String>,
}

/// What a spelling means, and whether it does so in running text too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    pub skill: SkillIx,
    /// Whether the spelling is the skill's own name.
    pub is_name: bool,
    /// Whether it is an everyday word too, which means the skill where skills are listed alone.
    pub is_everyday: bool,
}

/// Values by the key of a spelling. The keys are our own files', so that nobody can choose colliding ones.
pub(crate) type BySpelling<V> = HashMap<String, V, FxBuildHasher>;

/// A checked taxonomy.
#[derive(Debug)]
pub struct Taxonomy {
    skills: Vec<Skill>,
    by_id: HashMap<String, SkillIx>,
    traits: Vec<Trait>,
    trait_by_id: HashMap<String, TraitIx>,
    trait_by_key: HashMap<String, TraitIx>,
    pub(crate) exact: BySpelling<Meaning>,
    pub(crate) loose: BySpelling<SkillIx>,
    /// What stands in the brackets that spellings end with, as [`last_bracket`] has it.
    pub(crate) brackets: HashSet<String>,
    pub(crate) relations: Relations,
    tables: Tables,
    fingerprint: String,
    instance: u64,
    mentions: OnceLock<MentionFinder>,
}

/// Taxonomies made so far in this process.
static INSTANCES: AtomicU64 = AtomicU64::new(0);

static EMBEDDED_TAXONOMY: LazyLock<Result<Arc<Taxonomy>, TaxonomyError>> =
    LazyLock::new(|| Taxonomy::of_embedded().map(Arc::new));

impl Taxonomy {
    /// The taxonomy that ships in the binary, loaded once.
    ///
    /// # Panics
    /// Never in a released binary: a test loads it.
    #[must_use]
    pub fn embedded() -> Arc<Self> {
        match &*EMBEDDED_TAXONOMY {
            Ok(taxonomy) => Arc::clone(taxonomy),
            Err(e) => panic!("the embedded taxonomy does not load: {e}"),
        }
    }

    /// Checks tables against each other. `fingerprint` names this taxonomy in run manifests.
    ///
    /// # Errors
    /// Refuses dangling ids, a spelling with two meanings, a cycle in implies, impossible credits, and rows without
    /// kind or source, naming file and line.
    pub fn new(mut tables: Tables, fingerprint: String) -> Result<Self, TaxonomyError> {
        if tables.skills.len() > usize::from(u16::MAX) {
            return Err(TaxonomyError::TooManySkills(usize::from(u16::MAX)));
        }
        check_ids("skills.csv", tables.skills.iter().map(|s| (&s.id, &s.kind, &s.source)))?;
        check_ids("traits.csv", tables.traits.iter().map(|t| (&t.id, &t.kind, &t.source)))?;
        tables.skills.sort_by(|a, b| a.id.cmp(&b.id));
        tables.traits.sort_by(|a, b| a.id.cmp(&b.id));
        let number = |i: usize| u16::try_from(i).expect("counted above");
        let by_id: HashMap<String, SkillIx> =
            tables.skills.iter().enumerate().map(|(i, s)| (s.id.clone(), SkillIx(number(i)))).collect();
        let trait_by_id: HashMap<String, TraitIx> =
            tables.traits.iter().enumerate().map(|(i, t)| (t.id.clone(), TraitIx(number(i)))).collect();
        let find = |file: &str, line: usize, id: &str| {
            by_id
                .get(id)
                .copied()
                .ok_or_else(|| TaxonomyError::row(file, line as u64 + 2, format!("unknown skill `{id}`")))
        };
        let find_trait = |file: &str, line: usize, id: &str| {
            trait_by_id
                .get(id)
                .copied()
                .ok_or_else(|| TaxonomyError::row(file, line as u64 + 2, format!("unknown trait `{id}`")))
        };

        let mut skills = Vec::with_capacity(tables.skills.len());
        for (line, row) in tables.skills.iter().enumerate() {
            let language =
                if row.language.is_empty() { None } else { Some(find("skills.csv", line, &row.language)?) };
            skills.push(Skill {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind.clone(),
                language,
                paradigm: row.paradigm.clone(),
                source: row.source.clone(),
                traits: Vec::new(),
                spellings: Vec::new(),
            });
        }
        for (line, row) in tables.skill_traits.iter().enumerate() {
            let skill = find("skill_traits.csv", line, &row.skill)?;
            let trait_ix = find_trait("skill_traits.csv", line, &row.trait_id)?;
            skills[skill.index()].traits.push((trait_ix, row.source.clone()));
        }
        for skill in &mut skills {
            skill.traits.sort();
            skill.traits.dedup_by_key(|(t, _)| *t);
        }
        for (line, row) in tables.cases.iter().enumerate() {
            find("cases.csv", line, &row.skill)?;
        }
        let cases: BTreeSet<&str> = tables.cases.iter().map(|c| c.id.as_str()).collect();
        for (line, row) in tables.case_traits.iter().enumerate() {
            find_trait("case_traits.csv", line, &row.trait_id)?;
            if !cases.contains(row.case.as_str()) {
                return Err(TaxonomyError::row(
                    "case_traits.csv",
                    line as u64 + 2,
                    format!("unknown case `{}`", row.case),
                ));
            }
        }
        for (line, row) in tables.assessments.iter().enumerate() {
            find("assessments.csv", line, &row.skill)?;
        }

        let mut exact: BySpelling<Meaning> = BySpelling::default();
        for (line, row) in tables.skills.iter().enumerate() {
            let meaning = Meaning { skill: by_id[&row.id], is_name: true, is_everyday: false };
            if let Some(other) = exact.insert(exact_key(&row.name), meaning) {
                let other = &skills[other.skill.index()].id;
                let reason = format!("the name `{}` is also the name of `{other}`", row.name);
                return Err(TaxonomyError::row("skills.csv", line as u64 + 2, reason));
            }
        }
        for (line, row) in tables.spellings.iter().enumerate() {
            let skill = find("spellings.csv", line, &row.skill)?;
            let is_everyday = !row.context.is_empty();
            match exact.get(&exact_key(&row.spelling)) {
                Some(meaning) if meaning.skill != skill => {
                    let other = &skills[meaning.skill.index()].id;
                    let reason = format!("`{}` means both `{}` and `{other}`", row.spelling, row.skill);
                    return Err(TaxonomyError::row("spellings.csv", line as u64 + 2, reason));
                }
                // The name itself may stand in the file to be given a context.
                Some(_) if is_everyday => {
                    exact.entry(exact_key(&row.spelling)).and_modify(|meaning| meaning.is_everyday = true);
                }
                Some(_) => {}
                None => {
                    let meaning = Meaning { skill, is_name: false, is_everyday };
                    exact.insert(exact_key(&row.spelling), meaning);
                    skills[skill.index()].spellings.push(row.spelling.clone());
                }
            }
        }
        // An id is a spelling too, unless it already means something else: what one tool prints, another may read.
        for skill in &skills {
            let ix = by_id[&skill.id];
            exact.entry(exact_key(&skill.id)).or_insert(Meaning {
                skill: ix,
                is_name: false,
                is_everyday: false,
            });
        }
        let loose = loose_spellings(&exact);
        let brackets = exact.keys().filter_map(|key| last_bracket(key)).collect();

        let mut trait_by_key = HashMap::new();
        let mut traits = Vec::with_capacity(tables.traits.len());
        for (line, row) in tables.traits.iter().enumerate() {
            let ix = trait_by_id[&row.id];
            let also: Vec<String> = tables::list(&row.also).map(str::to_owned).collect();
            let own = [row.id.as_str(), row.name.as_str()];
            for wording in own.into_iter().chain(also.iter().map(String::as_str)) {
                let exact = exact_key(wording);
                let key = loose_key(&exact).unwrap_or(exact);
                if let Some(other) = trait_by_key.insert(key, ix).filter(|other| *other != ix) {
                    let other = &tables.traits[other.index()].id;
                    let reason = format!("`{wording}` is also a wording of `{other}`");
                    return Err(TaxonomyError::row("traits.csv", line as u64 + 2, reason));
                }
            }
            traits.push(Trait {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind.clone(),
                source: row.source.clone(),
                also,
            });
        }
        check_tables(&tables)?;
        let relations = Relations::new(&skills, &by_id, &traits, &tables)?;
        Ok(Self {
            skills,
            by_id,
            traits,
            trait_by_id,
            trait_by_key,
            exact,
            loose,
            brackets,
            relations,
            tables,
            fingerprint,
            instance: INSTANCES.fetch_add(1, Ordering::Relaxed) + 1,
            mentions: OnceLock::new(),
        })
    }

    /// Finds skills and traits in running text. Made when first asked for, which takes some tens of milliseconds, and kept:
    /// what reads no text does not pay for it.
    #[must_use]
    pub fn mentions(&self) -> &MentionFinder {
        self.mentions.get_or_init(|| MentionFinder::new(self))
    }

    /// A skill by its number.
    #[must_use]
    pub fn skill(&self, skill: SkillIx) -> &Skill {
        &self.skills[skill.index()]
    }

    /// All skills with their numbers, in the order of ids.
    pub fn skills(&self) -> impl ExactSizeIterator<Item = (SkillIx, &Skill)> {
        self.skills
            .iter()
            .enumerate()
            .map(|(i, s)| (SkillIx(u16::try_from(i).expect("counted when loaded")), s))
    }

    /// The skill with this id; `None` where there is none. Spellings are resolved by [`Taxonomy::resolve`].
    #[must_use]
    pub fn skill_by_id(&self, id: &str) -> Option<SkillIx> {
        self.by_id.get(id).copied()
    }

    /// A trait by its number.
    #[must_use]
    pub fn trait_(&self, trait_ix: TraitIx) -> &Trait {
        &self.traits[trait_ix.index()]
    }

    /// All traits with their numbers, in the order of ids.
    pub fn traits(&self) -> impl ExactSizeIterator<Item = (TraitIx, &Trait)> {
        self.traits
            .iter()
            .enumerate()
            .map(|(i, t)| (TraitIx(u16::try_from(i).expect("counted when loaded")), t))
    }

    /// The trait with this id.
    #[must_use]
    pub fn trait_by_id(&self, id: &str) -> Option<TraitIx> {
        self.trait_by_id.get(id).copied()
    }

    /// The trait that a wording means (id, name or another wording, separators and case aside).
    #[must_use]
    pub fn trait_by_wording(&self, wording: &str) -> Option<TraitIx> {
        let exact = exact_key(wording);
        let key = loose_key(&exact).unwrap_or(exact);
        self.trait_by_key.get(&key).copied()
    }

    /// Skills that holding `skill` implies, through any number of steps, without the skill itself; ordered by id.
    #[must_use]
    pub fn implied_by(&self, skill: SkillIx) -> &[SkillIx] {
        self.relations.implied(skill)
    }

    /// Whether holding `held` is holding `skill`: the same, or implied.
    #[must_use]
    pub fn is_or_implies(&self, held: SkillIx, skill: SkillIx) -> bool {
        held == skill || self.implied_by(held).binary_search(&skill).is_ok()
    }

    /// Whether the skill, or one that it implies, brings the trait.
    #[must_use]
    pub fn brings_trait(&self, held: SkillIx, trait_ix: TraitIx) -> bool {
        let own = |s: SkillIx| self.skills[s.index()].traits.iter().any(|(t, _)| *t == trait_ix);
        own(held) || self.implied_by(held).iter().any(|s| own(*s))
    }

    /// The rows that the taxonomy was made from, sorted by id where they have one.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Thirty-two hex digits that name this taxonomy's content.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// A number that no other taxonomy of this process has, from 1: what was worked out with one taxonomy is not taken for
    /// what another would say.
    #[must_use]
    pub fn instance(&self) -> u64 {
        self.instance
    }
}

fn check_ids<'a>(
    file: &str,
    rows: impl Iterator<Item = (&'a String, &'a String, &'a String)>,
) -> Result<(), TaxonomyError> {
    let mut seen = BTreeMap::new();
    for (line, (id, kind, source)) in rows.enumerate() {
        let line = line as u64 + 2;
        if !is_slug(id) {
            let reason = format!("`{id}` is no id: lower-case letters, digits and inner hyphens");
            return Err(TaxonomyError::row(file, line, reason));
        }
        if kind.is_empty() || source.is_empty() {
            return Err(TaxonomyError::row(file, line, format!("`{id}` has no kind or no source")));
        }
        if let Some(first) = seen.insert(id, line) {
            return Err(TaxonomyError::row(file, line, format!("`{id}` stands in line {first} already")));
        }
    }
    Ok(())
}

/// Keys without separators that mean one skill alone; those of two skills are left out.
fn loose_spellings(exact: &BySpelling<Meaning>) -> BySpelling<SkillIx> {
    let mut loose: HashMap<String, Option<SkillIx>> = HashMap::new();
    for (key, meaning) in exact {
        if let Some(key) = loose_key(key) {
            loose
                .entry(key)
                .and_modify(|known| {
                    if *known != Some(meaning.skill) {
                        *known = None;
                    }
                })
                .or_insert(Some(meaning.skill));
        }
    }
    loose.into_iter().filter_map(|(key, skill)| Some((key, skill?))).collect()
}
