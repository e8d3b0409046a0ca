//! What each column of a file is used for, and why.
//!
//! A column is judged by its name first: protected, named by the layout, named by a skill. What a caller maps holds
//! against both of the latter. Only then is guessed what is left: by a name that is nearly known, and by content. A guess
//! takes no field that a name gave away, and says that it is one.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stackscout_profile::Field;
use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::years::read_years;
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::written::is_note;

use crate::bounds::bound_of;
use crate::consent::{hides_refusal, is_beside_consent, of_contact, refuses, says};
use crate::content::{Cells, Content, is_academic, is_work_mode, language_named};
use crate::error::near;
use crate::header::{Header, NAMES_LOOKED_AT};
use crate::key::{header_key, header_words};
use crate::layout::{Layout, layouts, plain};
use crate::near::{self, Near};
use crate::protected::is_protected;
use crate::sense::{Guess, below_bracket, bracket, guessable};
use crate::ticks::{Kind, Sample, Tick, read_skill_years};
use crate::{ImportError, ImportOptions};

/// What a column is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "use", content = "of")]
pub enum Usage {
    /// Its cells are read as this field.
    Field(Field),
    /// A tick in it, or a level in percent, stands for the skill of this name.
    Tick(String),
    /// Its cells are years with the skill of this name, or with the skill that the column of this name holds.
    SkillYears(String),
    /// A protected attribute: no field, and kept apart from all that is searched or scored.
    Protected,
    /// Not read.
    Ignored,
}

/// A column of the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnUse {
    /// Its name, unique in the file.
    pub column: String,
    /// What it is used for.
    #[serde(flatten)]
    pub usage: Usage,
    /// Why, as a fragment.
    pub why: String,
    /// Whether it is a guess: by a name that is nearly known, or by content.
    pub guess: bool,
}

impl ColumnUse {
    /// Whether values are made of its cells.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        matches!(self.usage, Usage::Field(_) | Usage::Tick(_) | Usage::SkillYears(_))
    }
}

/// Skill columns from which on a table is one of skills: two may be chance.
const SKILL_COLUMNS_MIN: usize = 3;

/// Columns that are unknown by name and still guessed at: of more than a thousand most are no fields of people, and
/// guessing at sixteen thousand takes half a minute.
const GUESSED_MAX: usize = 1_000;

/// Share of cells in percent from which on the content of a column says that its name means something else.
const OTHERWISE_MIN: usize = 60;

/// Cells from which on a column of figures below a word says that the word is its name.
const FIGURES_MIN: usize = 3;

/// Why a column is what it is where a map says so.
pub(crate) const BY_MAP: &str = "as asked for by a map";

/// Why a column is not read whose name is about somebody else.
const OF_OTHERS: &str = "its name says that it is about somebody else";

/// Keys of names for an id that may be the vacancy's as well.
const REFERENCES: [&str; 8] = [
    "ref",
    "reference",
    "referencenumber",
    "externalref",
    "externalreference",
    "referencia",
    "referentie",
    "kenmerk",
];

/// Keys of names for how people work, which is where they work in some files.
const WORK_MODES: [&str; 9] = [
    "modalidad",
    "modalidaddetrabajo",
    "mododetrabajo",
    "workmode",
    "workmodel",
    "arbeitsmodell",
    "modedetravail",
    "modalitedetravail",
    "trybpracy",
];

/// Keys of names that speak of deletion or of a block and of nothing else.
const REMOVALS: [&str; 25] = [
    "delete",
    "remove",
    "erase",
    "loschen",
    "loschung",
    "supprimer",
    "eliminar",
    "verwijderen",
    "usunac",
    "blocked",
    "wantstobedeleted",
    "wantsdeletion",
    "wantstoberemoved",
    "gesperrt",
    "mochtegeloschtwerden",
    "listenoire",
    "veutetresupprime",
    "bloqueado",
    "listanegra",
    "quieresereliminado",
    "geblokkeerd",
    "wilverwijderdworden",
    "zablokowany",
    "czarnalista",
    "chcezostacusuniety",
];

/// Share of cells in percent from which on a column named by a law alone holds consents.
const CONSENTS_MIN: usize = 50;

/// All that columns are judged by.
pub(crate) struct Evidence<'a> {
    pub file: &'a str,
    pub header: &'a Header,
    pub sample: &'a Sample,
    pub taxonomy: &'a Taxonomy,
}

/// What a column's name says about it.
enum ByName {
    Is(Usage, String),
    /// Nothing, with the reason; the rest is guessed.
    Nothing(&'static str),
}

impl Evidence<'_> {
    /// The layout that was asked for, or the first that fits: those of the pool before those of the program.
    pub fn layout(&self, options: &ImportOptions) -> Result<Arc<Layout>, ImportError> {
        let all = || options.layouts.iter().chain(layouts());
        if let Some(name) = &options.layout {
            let known = || all().map(|layout| layout.name.clone());
            let asked = all().find(|layout| layout.name == *name).cloned();
            return asked.ok_or_else(|| ImportError::unknown_layout(name, known().collect()));
        }
        let keys = self.keys();
        let fitting = all().find(|layout| layout.fits(&keys, |layout| self.has_skill_columns(layout)));
        Ok(Arc::clone(fitting.unwrap_or_else(|| plain())))
    }

    /// The keys of all headers.
    pub fn keys(&self) -> HashSet<String> {
        let cells = self.header.cells.iter().map(|cell| header_key(cell));
        cells.chain(self.header.names.iter().map(|name| header_key(name))).collect()
    }

    /// Decides the use of every column.
    pub fn columns(&self, layout: &Layout, options: &ImportOptions) -> Result<Vec<ColumnUse>, ImportError> {
        let keys = self.keys();
        let many_skills = self.has_skill_columns(layout);
        let mut unknown = Vec::new();
        let mut columns = Vec::with_capacity(self.header.cells.len());
        for (at, name) in self.header.names.iter().enumerate() {
            let (usage, why) = match self.by_name(layout, options, &keys, many_skills, at) {
                ByName::Is(usage, why) => (usage, why),
                ByName::Nothing(why) => {
                    unknown.push(at);
                    (Usage::Ignored, why.to_owned())
                }
            };
            columns.push(ColumnUse { column: name.clone(), usage, why, guess: false });
        }
        let mut stated: HashSet<usize> =
            self.use_as_before(layout, options, &mut columns).into_iter().collect();
        for (name, field) in &options.map {
            for at in self.find_columns(name)? {
                if self.is_protected(layout, at) {
                    let column = columns[at].column.clone();
                    return Err(ImportError::ProtectedColumn { file: self.file.to_owned(), column });
                }
                let header = &self.header.cells[at];
                columns[at].usage = match field {
                    None => Usage::Ignored,
                    Some(Field::Skill) => Usage::Tick(header.clone()),
                    Some(field) => Usage::Field(*field),
                };
                columns[at].why = BY_MAP.to_owned();
                stated.insert(at);
            }
        }
        unknown.retain(|at| !stated.contains(at));
        if layout.is_loose() && unknown.len() <= GUESSED_MAX {
            self.guess_by_name(layout, &mut columns, &mut unknown);
            self.guess_by_content(&mut columns, &unknown);
            self.leave_references(layout, &mut columns, &stated);
        }
        settle(&mut columns, &stated);
        Ok(columns)
    }

    pub(crate) fn is_protected(&self, layout: &Layout, at: usize) -> bool {
        let cell = &self.header.cells[at];
        is_protected(cell) || layout.protects(cell)
    }

    fn cells(&self, at: usize) -> Cells<'_> {
        Cells::new(self.sample.cells(at), self.taxonomy)
    }

    fn by_name(
        &self,
        layout: &Layout,
        options: &ImportOptions,
        keys: &HashSet<String>,
        many_skills: bool,
        at: usize,
    ) -> ByName {
        use ByName::{Is, Nothing};
        let (cell, name) = (&self.header.cells[at], &self.header.names[at]);
        if self.is_protected(layout, at) {
            return Is(Usage::Protected, "a protected attribute is never searched or scored".to_owned());
        }
        let asked = options.layout.is_some();
        if cell.is_empty() {
            return match layout.order().get(at).filter(|_| asked) {
                Some(Some(field)) => Is(Usage::Field(*field), by_place(layout)),
                _ => Nothing("has no name"),
            };
        }
        let ignored = || Is(Usage::Ignored, format!("known to layout `{}`, and not read", layout.name));
        if layout.is_own && layout.ignores(name) {
            return ignored();
        }
        if let Some((field, beside)) = layout.instead(cell, &self.header.cells) {
            let why =
                format!("by its name in layout `{}`, beside `{}`", layout.name, self.header.names[beside]);
            return Is(Usage::Field(field), why);
        }
        // The second of two columns with one name may have a meaning of its own in a layout of the pool.
        let own = layout.meaning(name).filter(|_| layout.is_own && name != cell);
        if let Some(field) = own.or_else(|| layout.meaning(cell)) {
            if let Some(other) = layout.unless(cell).iter().find(|other| keys.contains(*other)) {
                let beside = self.header.cells.iter().position(|cell| header_key(cell) == *other);
                let beside = beside.map_or(other, |at| &self.header.names[at]);
                return Is(Usage::Ignored, format!("means something else beside `{beside}`"));
            }
            if let Some(changed) = self.below_bracket(layout, field, at) {
                return changed;
            }
            return self.otherwise(field, at).unwrap_or_else(|| {
                Is(Usage::Field(field), format!("by its name in layout `{}`", layout.name))
            });
        }
        if layout.is_loose()
            && !layout.ignores(cell)
            && let Some((_, base)) = bound_of(cell)
            && let Some(field @ (Field::ExpectedPay | Field::CurrentPay)) = layout.meaning(&base)
        {
            return Is(
                Usage::Field(field),
                format!("by its name in layout `{}`, a bound of pay", layout.name),
            );
        }
        if asked && let Some(place) = layout.order().get(at) {
            return Is(place.map_or(Usage::Ignored, Usage::Field), by_place(layout));
        }
        if let Some(about_contact) = self.about_contact(layout, many_skills, at) {
            return about_contact;
        }
        if let Some(skill) = skill_asked(cell).filter(|skill| self.taxonomy.find(skill).is_some())
            && layout.is_loose()
            && self.sample.kind(at) != Kind::Other
        {
            return Is(Usage::SkillYears(skill), "asks for years with a skill".to_owned());
        }
        if layout.is_loose()
            && !layout.ignores(cell)
            && let Some(about_one) = self.about_one(layout, at)
        {
            return about_one;
        }
        let tick = |why: &str| Is(Usage::Tick(cell.clone()), why.to_owned());
        let is_skill = self.taxonomy.find(cell).is_some();
        match self.sample.kind(at) {
            Kind::Ticks if is_skill => tick("named by a skill and ticked"),
            Kind::Shares if is_skill => tick("named by a skill and filled with levels in percent"),
            Kind::Empty if is_skill && many_skills => tick("named by a skill, among columns that are ticked"),
            Kind::Years if is_skill => {
                Is(Usage::SkillYears(cell.clone()), "named by a skill and filled with years".to_owned())
            }
            _ if layout.ignores(cell) => ignored(),
            Kind::Empty if is_skill => {
                Is(Usage::Ignored, "named by a skill, but the first rows leave it empty".to_owned())
            }
            Kind::Other if is_skill => Nothing("named by a skill, but holds neither ticks nor years"),
            _ => Nothing("names neither a field nor a skill"),
        }
    }

    /// What a column is whose name means a field, and something else by the bracket behind it: `Skills (to learn)`.
    fn below_bracket(&self, layout: &Layout, field: Field, at: usize) -> Option<ByName> {
        let header = &self.header.cells[at];
        let is_named = || {
            let key = header_key(header);
            layout.named().any(|(known, _)| known == key)
        };
        if !layout.is_loose() || bracket(header).is_empty() || is_named() {
            return None;
        }
        if matches!(field, Field::Email | Field::Phone | Field::Link | Field::Name)
            && layout.is_about_others(bracket(header))
        {
            return Some(ByName::Nothing(OF_OTHERS));
        }
        match below_bracket(header, field) {
            Guess::Free => None,
            Guess::Interests => {
                let why = "by its name, and by the bracket behind it".to_owned();
                Some(ByName::Is(Usage::Field(Field::Interests), why))
            }
            Guess::Nothing(why) => Some(ByName::Nothing(why)),
        }
    }

    /// What a column is whose name is that of one skill or language beside words for how long or how well it is known.
    fn about_one(&self, layout: &Layout, at: usize) -> Option<ByName> {
        let header = &self.header.cells[at];
        let is = |usage, why: String| Some(ByName::Is(usage, why));
        let kind = self.sample.kind(at);
        // `since 2020`, `expert`: how long and how well a skill is known, without a figure.
        let is_known =
            |cell: &str| read_skill_years(cell) != Tick::Unread && !cell.ends_with('%') || is_note(cell);
        let is_noted = || {
            let cells = self.cells(at);
            cells.len() > 0 && cells.share(is_known) >= OTHERWISE_MIN
        };
        if kind != Kind::Other
            && let Some(skills) = self.numbered_like(layout, at)
        {
            let name = &self.header.names[skills];
            return is(Usage::SkillYears(name.clone()), format!("years with the skill in `{name}`"));
        }
        if let Some((skill, names_years)) = self.experienced(header)
            && (kind != Kind::Other || is_noted())
        {
            // Below `Experience with Go` ones are ticks, where nothing but ones stands there.
            return match kind {
                Kind::Ticks if !names_years => {
                    is(Usage::Tick(skill), "experience with a skill, ticked".to_owned())
                }
                _ => is(Usage::SkillYears(skill), "years of experience with a skill".to_owned()),
            };
        }
        let language = language_named(header)?;
        let cells = self.cells(at);
        if cells.len() == 0 || !cells.are_levels_of(&language) {
            return None;
        }
        is(Usage::Field(Field::Languages), "names a language, and holds how well it is spoken".to_owned())
    }

    /// The skill that a header names beside words for experience or years (`Erfahrung Go`, `Java (years)`), and whether
    /// it names years.
    fn experienced(&self, header: &str) -> Option<(String, bool)> {
        let is_sign =
            |c: char| c.is_whitespace() || matches!(c, '_' | '(' | ')' | '[' | ']' | ':' | '|' | ',' | '?');
        // `Java-Erfahrung`; a hyphen elsewhere is a skill's own.
        let parts = header.split(is_sign).flat_map(|part| match part.rsplit_once('-') {
            Some((skill, word)) if Around::of(word).is_some() || word.is_empty() => [skill, word],
            _ => [part, ""],
        });
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let around: Vec<Option<Around>> = parts.iter().map(|part| Around::of(part)).collect();
        let names = |wanted| around.contains(&Some(wanted));
        if !names(Around::Years) && !names(Around::Experience) {
            return None;
        }
        let begin = around.iter().position(Option::is_none)?;
        let end = around.iter().rposition(Option::is_none)? + 1;
        let skill = parts[begin..end].join(" ");
        let is_skill = self.taxonomy.find(&skill).is_some() && self.taxonomy.find(header).is_none();
        is_skill.then(|| (skill, names(Around::Years)))
    }

    /// The column of a skill for which this one holds the years: `Jahre 1` beside `Skill 1`.
    fn numbered_like(&self, layout: &Layout, at: usize) -> Option<usize> {
        let (words, number) = numbered_words(&self.header.cells[at])?;
        if self.header.cells.len() > GUESSED_MAX {
            return None;
        }
        let around = |word: &String| Around::of(word);
        let is_years =
            words.iter().any(|word| matches!(around(word), Some(Around::Years | Around::Experience)));
        if !is_years
            || !words.iter().all(|word| around(word).is_some() || layout.meaning(word) == Some(Field::Skills))
        {
            return None;
        }
        self.header.cells.iter().enumerate().position(|(other, cell)| {
            other != at
                && numbered_words(cell).is_some_and(|(_, n)| n == number)
                && layout.meaning(cell) == Some(Field::Skills)
        })
    }

    /// Leaves references unread that stand beside several people each: they are those of vacancies, and nobody's id.
    fn leave_references(&self, layout: &Layout, columns: &mut [ColumnUse], stated: &HashSet<usize>) {
        if layout.is_own {
            return;
        }
        let is_person = |column: &ColumnUse| {
            matches!(
                column.usage,
                Usage::Field(Field::Email | Field::Name | Field::LastName | Field::Link | Field::Phone)
            )
        };
        let people: Vec<Cells<'_>> =
            (0..columns.len()).filter(|at| is_person(&columns[*at])).map(|at| self.cells(at)).collect();
        for (at, column) in columns.iter_mut().enumerate() {
            let key = header_key(&self.header.cells[at]);
            if column.usage != Usage::Field(Field::ExternalId)
                || stated.contains(&at)
                || !REFERENCES.contains(&key.as_str())
            {
                continue;
            }
            let ids = self.cells(at);
            let is_shared = |of: &Cells<'_>| of.len() <= ids.len() && of.distinct() > ids.distinct();
            if ids.repeat() && people.iter().any(is_shared) {
                column.usage = Usage::Ignored;
                column.why = "the same ones stand beside several people, and are nobody's id".to_owned();
            }
        }
    }

    /// What a column is whose name speaks of consent or of contact in words that no layout names.
    fn about_contact(&self, layout: &Layout, many_skills: bool, at: usize) -> Option<ByName> {
        let header = &self.header.cells[at];
        if !layout.is_loose() || layout.ignores(header) {
            return None;
        }
        let contact = of_contact(header)?;
        let is = |usage, why: &str| Some(ByName::Is(usage, why.to_owned()));
        if contact.beside || layout.is_about_others(header) {
            return is(Usage::Ignored, "is about a consent, but not about being contacted");
        }
        let cells = self.cells(at);
        if contact.law_alone {
            // Among columns that are ticked a law is a skill, unless somebody says no to it.
            let says_no = |cell: &str| !matches!(cell, "0" | "0.0") && refuses(cell, contact);
            if many_skills && cells.count(says_no) == 0 {
                return None;
            }
            if cells.len() > 0 && cells.share(|cell| says(cell, contact)) < CONSENTS_MIN {
                return is(Usage::Ignored, "names a law, and holds neither yes nor no to it");
            }
        } else if cells.len() > 0 && cells.count(|cell| says(cell, contact)) == 0 {
            return None;
        }
        let why = match contact.refusal {
            true => "by the words of its name: who refused to be contacted",
            false => "by the words of its name: who consented to be contacted",
        };
        is(Usage::Field(Field::OptOut), why)
    }

    /// Whether the first line is a header for sure: something in it is known, or a word stands above nothing but figures
    /// or addresses. What may be somebody's row is shown to nobody.
    pub fn is_header_for_sure(&self, names: impl Fn(&str) -> bool) -> bool {
        let has_figure = |cell: &str| cell.contains(|c: char| c.is_ascii_digit() || c == '@');
        let is_above_figures = |at: usize| {
            let below = || self.sample.cells(at);
            below().count() >= FIGURES_MIN && below().all(has_figure)
        };
        let filled = self.header.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        filled
            .take(NAMES_LOOKED_AT)
            .any(|(at, cell)| names(cell) || (!has_figure(cell) && is_above_figures(at)))
    }

    /// What has to be said of columns that are not read: refusals of contact may be in them.
    pub fn hidden_refusals(&self, columns: &[ColumnUse]) -> Vec<String> {
        let is_unread = |column: &ColumnUse| column.usage == Usage::Ignored && column.why != BY_MAP;
        let unread = columns.iter().enumerate().filter(|(_, column)| is_unread(column));
        let note = |(at, column): (usize, &ColumnUse)| {
            let header = self.header.cells.get(at)?;
            let found = self.cells(at).count(|cell| hides_refusal(header, cell));
            let name = &column.column;
            (found > 0).then(|| {
                format!(
                    "`{name}` is not read, though its name speaks of consent or contact and {found} of its first \
                     cells refuse it; --map \"{name}=opt_out\" reads it"
                )
            })
        };
        unread.filter_map(note).collect()
    }

    /// What a column holds whose name has two meanings, by its content.
    fn otherwise(&self, field: Field, at: usize) -> Option<ByName> {
        let cells = self.cells(at);
        let read_as = |field, share: usize, what: &str| {
            let why = format!("by its name, and by content: {share}% {what}");
            (share >= OTHERWISE_MIN && cells.len() > 0).then_some(ByName::Is(Usage::Field(field), why))
        };
        match field {
            // `Experience` is a number of years in one system, and the list of jobs in another.
            Field::TotalYears => {
                let text = |cell: &str| read_years(cell).is_err() && cell.split_whitespace().count() >= 4;
                read_as(Field::WorkHistory, cells.share(text), "text")
            }
            Field::WorkHistory => {
                read_as(Field::TotalYears, cells.share(|cell| read_years(cell).is_ok()), "years")
            }
            Field::Cv => {
                let file = |cell: &str| crate::content::is_file_name(cell);
                read_as(Field::CvFile, cells.share(file), "names of files")
            }
            // `Titel` is the job in one file, and `Dr.` in another.
            Field::Title => {
                let share = cells.share(is_academic);
                let why = format!("holds academic titles, by content: {share}%");
                (share >= OTHERWISE_MIN && cells.len() > 0).then_some(ByName::Is(Usage::Ignored, why))
            }
            // `Modalidad` is also full or half time, and `Arbeitsmodell` the hours of a week.
            Field::Remote if WORK_MODES.contains(&header_key(&self.header.cells[at]).as_str()) => {
                let why = "does not say where the work is done".to_owned();
                let says = cells.share(is_work_mode) >= OTHERWISE_MIN;
                (!says && cells.len() > 0).then_some(ByName::Is(Usage::Ignored, why))
            }
            // `Delete` is a wish of the person, or a button's name, or a day on which something ends; `Blocked` may be
            // an account.
            Field::OptOut if REMOVALS.contains(&header_key(&self.header.cells[at]).as_str()) => {
                let answers = cells.share(|cell| read_yes_no(cell).is_ok());
                let why = "speaks of deletion or a block, and holds neither yes nor no".to_owned();
                (answers < OTHERWISE_MIN && cells.len() > 0).then_some(ByName::Is(Usage::Ignored, why))
            }
            Field::OptOut if is_beside_consent(&self.header.cells[at]) => {
                let why = "is about a consent, but not about being contacted".to_owned();
                Some(ByName::Is(Usage::Ignored, why))
            }
            _ => None,
        }
    }

    /// Guesses by names that are nearly known.
    fn guess_by_name(&self, layout: &Layout, columns: &mut [ColumnUse], unknown: &mut Vec<usize>) {
        unknown.retain(|&at| {
            let cell = &self.header.cells[at];
            if cell.is_empty() {
                return true;
            }
            let (usage, why) = match near::near(layout, cell) {
                Some(Near::Protected) => {
                    (Usage::Protected, "nearly the name of a protected attribute".to_owned())
                }
                // One letter turns a consent round, and makes a consent of something else.
                Some(Near::Field(Field::OptOut, known)) => {
                    columns[at].why = format!("nearly `{known}`, and who opted out is never guessed");
                    return false;
                }
                Some(Near::Field(field, known)) if self.cells(at).may_be(field) => {
                    let field = match guessable(cell, field) {
                        Guess::Free => field,
                        Guess::Interests => Field::Interests,
                        Guess::Nothing(why) => {
                            columns[at].why = why.to_owned();
                            return true;
                        }
                    };
                    if is_single(field) && holds(columns, field) {
                        columns[at].why = format!("nearly `{known}`, which another column is");
                        return false;
                    }
                    (Usage::Field(field), format!("by a near name: `{known}`"))
                }
                _ => return true,
            };
            columns[at] = ColumnUse { column: columns[at].column.clone(), usage, why, guess: true };
            false
        });
    }

    /// Guesses by content. Of two columns that hold the same the first is taken, where a person has one of it.
    fn guess_by_content(&self, columns: &mut [ColumnUse], unknown: &[usize]) {
        for &at in unknown {
            let header = &self.header.cells[at];
            let content = match self.cells(at).content() {
                Content::Field(field, why) => match guessable(header, field) {
                    Guess::Free => Content::Field(field, why),
                    Guess::Interests => Content::Field(Field::Interests, why),
                    Guess::Nothing(reason) => Content::Seen(format!("{why}, but {reason}")),
                },
                content => content,
            };
            let (usage, why) = match content {
                Content::Unknown => continue,
                Content::Seen(why) => {
                    columns[at].why = why;
                    continue;
                }
                Content::Protected(why) => (Usage::Protected, why),
                Content::Field(..) if plain().is_about_others(header) => {
                    columns[at].why = OF_OTHERS.to_owned();
                    continue;
                }
                Content::Field(Field::Name, _) if has_name(columns) => continue,
                Content::Field(field, why) if is_single(field) && holds(columns, field) => {
                    columns[at].why = format!("{why}, but another column is `{field}`");
                    continue;
                }
                Content::Field(field, why) => (Usage::Field(field), why),
            };
            columns[at] = ColumnUse { column: columns[at].column.clone(), usage, why, guess: true };
        }
    }

    /// Whether the table is one of skills: at least three columns named by skills and filled with ticks or years, and
    /// more than half of those that the layout does not name.
    fn has_skill_columns(&self, layout: &Layout) -> bool {
        let unknown =
            self.header.cells.iter().enumerate().filter(|(_, cell)| {
                !cell.is_empty() && !is_protected(cell) && layout.meaning(cell).is_none()
            });
        let (mut all, mut skills, mut filled) = (0, 0, 0);
        for (at, cell) in unknown {
            all += 1;
            let kind = self.sample.kind(at);
            if kind != Kind::Other && self.taxonomy.find(cell).is_some() {
                skills += 1;
                filled += usize::from(kind != Kind::Empty);
            }
        }
        skills >= SKILL_COLUMNS_MIN && skills * 2 > all && filled > 0
    }

    /// Columns by name, or else by key; several where duplicates share the header and its plain name is not asked for.
    pub fn find_columns(&self, name: &str) -> Result<Vec<usize>, ImportError> {
        let names = &self.header.names;
        if let Some(at) = names.iter().position(|column| column == name) {
            return Ok(vec![at]);
        }
        let key = header_key(name);
        let found: Vec<usize> =
            (0..names.len()).filter(|at| !key.is_empty() && header_key(&names[*at]) == key).collect();
        if found.is_empty() {
            return Err(ImportError::UnknownColumn {
                file: self.file.to_owned(),
                column: name.to_owned(),
                columns: names.clone(),
                near: near(name, names.iter().cloned()),
            });
        }
        Ok(found)
    }
}

fn by_place(layout: &Layout) -> String {
    format!("by its place in layout `{}`", layout.name)
}

/// What words beside a skill in a header say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Years,
    Experience,
    /// Nothing: `of`, `mit`, `total`.
    Between,
}

impl Around {
    fn of(word: &str) -> Option<Self> {
        match header_key(word).as_str() {
            "years" | "year" | "yrs" | "yr" | "yoe" | "jahre" | "jahren" | "jahr" | "annees" | "annee"
            | "ans" | "anos" | "ano" | "jaar" | "jaren" | "lata" | "lat" => Some(Self::Years),
            "experience" | "exp" | "erfahrung" | "erfahrungen" | "berufserfahrung" | "experiencia"
            | "ervaring" | "werkervaring" | "doswiadczenie" | "doswiadczenia" => Some(Self::Experience),
            // Of which twelve are one ([`stackscout_profile::years::in_unit_of`]).
            "months" | "month" | "mths" | "monate" | "monaten" | "mois" | "meses" | "maanden"
            | "miesiace" | "miesiecy" => Some(Self::Years),
            "" | "of" | "in" | "with" | "total" | "number" | "mit" | "anzahl" | "avec" | "en" | "de"
            | "d" | "con" | "met" | "aantal" | "z" | "w" => Some(Self::Between),
            _ => None,
        }
    }
}

/// The words of a header without the one number in it, and the number: `Skill 1`, `Jahre2`, `Skill 1 years`.
fn numbered_words(header: &str) -> Option<(Vec<String>, String)> {
    let mut number = None;
    let mut words = header_words(header);
    for word in &mut words {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if letters < word.len() && number.replace(word.split_off(letters)).is_some() {
            return None;
        }
    }
    words.retain(|word| !word.is_empty());
    number.map(|number| (words, number))
}

/// The skill of which a header asks for years: `How many years of experience with Python do you have?`.
fn skill_asked(header: &str) -> Option<String> {
    const YEARS: [&str; 14] = [
        "year", "years", "yrs", "jahre", "jahren", "ans", "annees", "anos", "jaar", "jaren", "lat", "lata",
        "long", "lange",
    ];
    const LEADS: [&str; 17] = [
        " experience with ",
        " experience in ",
        " experience using ",
        " years with ",
        " years of ",
        " years in ",
        " erfahrung mit ",
        " erfahrung in ",
        " exp\u{e9}rience avec ",
        " exp\u{e9}rience en ",
        " exp\u{e9}rience sur ",
        " experiencia con ",
        " experiencia en ",
        " ervaring met ",
        " do\u{15b}wiadczenia w ",
        " do\u{15b}wiadczenia z ",
        " used ",
    ];
    const ENDS: [&str; 8] =
        ["do you have", "have you got", "haben sie", "hast du", "avez-vous", "as-tu", "heb je", "in years"];
    if !header_words(header).iter().any(|word| YEARS.contains(&word.as_str())) {
        return None;
    }
    let bare = ENDS.iter().fold(header.to_lowercase(), |bare, end| bare.replace(*end, " "));
    let asked = format!(" {}", bare.split_whitespace().collect::<Vec<_>>().join(" "));
    let begins = LEADS.iter().filter_map(|lead| Some(asked.rfind(*lead)? + lead.len())).max()?;
    let skill =
        asked[begins..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '?' | ':' | '*' | '.' | ','));
    (!skill.is_empty()).then(|| skill.to_owned())
}

/// Whether a guess may not add another column to one that is known. Addresses and links join people: a second column of
/// them may be somebody else's.
fn is_single(field: Field) -> bool {
    !matches!(
        field,
        Field::Skills | Field::Summary | Field::Notes | Field::Tags | Field::Interests | Field::Education
    )
}

fn holds(columns: &[ColumnUse], field: Field) -> bool {
    columns.iter().any(|column| column.usage == Usage::Field(field))
}

fn has_name(columns: &[ColumnUse]) -> bool {
    [Field::Name, Field::FirstName, Field::LastName].iter().any(|field| holds(columns, *field))
}

/// Settles what columns mean beside each other; those that a map states stay.
fn settle(columns: &mut [ColumnUse], stated: &HashSet<usize>) {
    let has = |columns: &[ColumnUse], field| columns.iter().any(|c| c.usage == Usage::Field(field));
    // A person has one id: the one that was asked for, or the first.
    let ids = |at: &usize| columns[*at].usage == Usage::Field(Field::ExternalId);
    let id = (0..columns.len()).filter(ids).min_by_key(|at| (!stated.contains(at), *at));
    if let Some(id) = id {
        let name = columns[id].column.clone();
        for (at, column) in columns.iter_mut().enumerate() {
            if at != id && column.usage == Usage::Field(Field::ExternalId) {
                column.usage = Usage::Ignored;
                column.why = format!("the id is in `{name}`");
            }
        }
    }
    // `Vorname, Name`: beside a first name alone, the name is the last name.
    // `Voornaam, Tussenvoegsel, Naam` as well: what stands between is a part of it.
    let is_part = |column: &ColumnUse| header_key(&column.column).contains("voegsel");
    let has_last_name = columns.iter().any(|c| c.usage == Usage::Field(Field::LastName) && !is_part(c));
    if has(columns, Field::FirstName) && !has_last_name {
        rename(columns, stated, Field::Name, Field::LastName, "a last name, beside a first name");
    }
    // One currency goes with the one pay that there is.
    if has(columns, Field::CurrentPay)
        && !has(columns, Field::ExpectedPay)
        && !has(columns, Field::CurrentPayCurrency)
    {
        let (from, to) = (Field::ExpectedPayCurrency, Field::CurrentPayCurrency);
        rename(columns, stated, from, to, "the currency of the only pay that there is");
    }
}

fn rename(columns: &mut [ColumnUse], stated: &HashSet<usize>, from: Field, to: Field, why: &str) {
    for (at, column) in columns.iter_mut().enumerate() {
        if column.usage == Usage::Field(from) && !stated.contains(&at) {
            column.usage = Usage::Field(to);
            column.why = why.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_one_number_or_none() {
        for (header, words) in [
            ("Skill 1", Some((vec!["skill"], "1"))),
            ("Jahre2", Some((vec!["jahre"], "2"))),
            ("Skill 12 years", Some((vec!["skill", "years"], "12"))),
            ("Skill 1 of 2", None),
            ("Skill", None),
        ] {
            let found = numbered_words(header);
            let words = words
                .map(|(words, n)| (words.into_iter().map(str::to_owned).collect::<Vec<_>>(), n.to_owned()));
            assert_eq!(found, words, "{header}");
        }
    }

    #[test]
    fn a_question_for_years_with_a_skill_names_the_skill() {
        for (header, skill) in [
            ("How many years of experience with Python?", Some("python")),
            ("How many years of experience do you have in Java?", Some("java")),
            ("Years of experience in Go (Golang)", Some("go (golang)")),
            ("Wie viele Jahre Erfahrung mit Rust haben Sie?", Some("rust")),
            ("Experience with Python", None),
            ("Years of experience", Some("experience")),
        ] {
            assert_eq!(skill_asked(header).as_deref(), skill, "{header}");
        }
    }
}
