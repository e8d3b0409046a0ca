//! Does a spelling that is also an everyday word mean the skill here?
//!
//! Most spellings mean nothing else and need no evidence. For the others `spellings.csv` names a context, and
//! `contexts.csv` says what speaks for the skill in that context. The evidence is tried in the order of [`Taken`], and the
//! first that holds is kept as the reason. A spelling for which nothing speaks is left out.

use crate::mention::boundary::Candidate;
use crate::mention::checks::Unreadable;
use crate::mention::cues::Class;
use crate::mention::dates::is_year;
use crate::mention::found::{Taken, TextKind};
use crate::mention::patterns::{Meaning, Pattern};
use crate::mention::sentence::{Kind, Node};
use crate::mention::stance::behind;
use crate::tables::{ContextRow, list};

/// A row of `contexts.csv`.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub name: String,
    alone: Alone,
    near_words_max: usize,
    cue: CueNeeds,
    refuse_before: Refuses,
    refuse_after: Refuses,
    word_after: Refuses,
    year_after: Refuses,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alone {
    /// The spelling never suffices.
    Never,
    /// A capital letter within a sentence suffices.
    Capital,
    /// Two capital letters suffice, also at the beginning of a sentence.
    AllCapitals,
}

/// Which words beside it suffice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CueNeeds {
    /// Strong ones in any case, weak ones with a capital letter.
    Any,
    /// Both with a capital letter alone; words for people (`go developer`) in any case.
    Capital,
    /// Strong ones with a capital letter, also at the beginning of a sentence; words for people in any case.
    Strong,
    /// Like `strong`, and weak ones with a capital letter within a sentence.
    Written,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refuses {
    Yes,
    No,
}

impl Context {
    /// Reads a row; where it cannot be read, names the columns and why.
    pub fn read(row: &ContextRow) -> Result<Self, Unreadable> {
        /// More words than a sentence has.
        const NEAR_WORDS_MAX: usize = 1_000;
        let mut problems = Vec::new();
        let alone = match row.alone.as_str() {
            "never" => Alone::Never,
            "capital" => Alone::Capital,
            "all-capitals" => Alone::AllCapitals,
            other => {
                problems.push(("alone", format!("`{other}` is none of never, capital, all-capitals")));
                Alone::Never
            }
        };
        let cue = match row.cue.as_str() {
            "any" => CueNeeds::Any,
            "capital" => CueNeeds::Capital,
            "strong" => CueNeeds::Strong,
            "written" => CueNeeds::Written,
            other => {
                problems.push(("cue", format!("`{other}` is none of any, capital, strong, written")));
                CueNeeds::Strong
            }
        };
        let near_words_max = row.near_words_max.parse().ok().filter(|words| *words <= NEAR_WORDS_MAX);
        if near_words_max.is_none() {
            let reason = format!("`{}` is no number from 0 to {NEAR_WORDS_MAX}", row.near_words_max);
            problems.push(("near_words_max", reason));
        }
        let mut context = Self {
            name: row.context.clone(),
            alone,
            near_words_max: near_words_max.unwrap_or(0),
            cue,
            refuse_before: Refuses::No,
            refuse_after: Refuses::No,
            word_after: Refuses::No,
            year_after: Refuses::No,
        };
        for word in list(&row.refuse) {
            match word {
                "refuse-before" => context.refuse_before = Refuses::Yes,
                "refuse-after" => context.refuse_after = Refuses::Yes,
                "word-after" => context.word_after = Refuses::Yes,
                "year" => context.year_after = Refuses::Yes,
                other => problems.push((
                    "refuse",
                    format!("`{other}` is none of refuse-before, refuse-after, word-after, year"),
                )),
            }
        }
        if problems.is_empty() { Ok(context) } else { Err(problems) }
    }
}

/// How the letters of a hit are written in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Small,
    /// The first one alone is a capital.
    First,
    /// More than one capital.
    Several,
}

/// A candidate of the reading with what is known of it.
pub(super) struct Hit<'a> {
    pub candidate: Candidate,
    pub pattern: &'a Pattern,
    pub letters: Letters,
}

/// What is known of a sentence beside its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub kind: TextKind,
    /// Whether the sentence stands under a heading for skills.
    pub under_skills: bool,
    /// Whether words begin with a capital that would not in a sentence: titles, headings.
    pub title_case: bool,
    /// Whether the line is an item of a list that has one item a line.
    pub column: Column,
}

/// Whether a line is an item of a list that has one item a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Yes,
    No,
}

/// Why each hit means its skill or trait; `None` where it does not.
pub(super) fn meanings(
    bytes: &[u8],
    nodes: &[Node],
    chains: &[usize],
    hits: &[Hit<'_>],
    contexts: &[Context],
    setting: Setting,
) -> Vec<Option<Taken>> {
    let view = View { bytes, nodes, hits, contexts, setting };
    let places: Vec<usize> =
        nodes.iter().enumerate().filter(|(_, node)| node.is_hit()).map(|(at, _)| at).collect();
    let context = |hit: usize| view.context(hit);
    let mut taken: Vec<Option<Taken>> = (0..hits.len())
        .map(|hit| match context(hit) {
            None => Some(Taken::Unambiguous),
            Some(_) if setting.kind == TextKind::List => Some(Taken::ListText),
            Some(context) => view.by_letters(hit, places[hit], context),
        })
        .collect();
    let sure: Vec<bool> = (0..hits.len())
        .map(|hit| taken[hit].is_some() && matches!(hits[hit].pattern.meaning, Meaning::Skill(..)))
        .collect();
    view.by_list(chains, &places, &sure, &mut taken);
    if setting.column == Column::Yes || setting.under_skills || view.labelled() {
        let why = if setting.column == Column::Yes { Taken::ListedTogether } else { Taken::Labelled };
        for hit in 0..hits.len() {
            // `m/w/d` behind a job's title is no language.
            let letter = hits[hit].candidate.end - hits[hit].candidate.start == 1;
            let written = !letter || hits[hit].letters != Letters::Small;
            let written = written && !view.describes(hit, places[hit]);
            if taken[hit].is_none() && written && view.stands_alone(places[hit]) {
                taken[hit] = Some(why);
            }
        }
    }
    for hit in 0..hits.len() {
        if taken[hit].is_none()
            && let Some(context) = context(hit)
        {
            taken[hit] = view.by_neighbours(hit, places[hit], context, &places, &sure);
        }
    }
    taken
}

struct View<'a> {
    bytes: &'a [u8],
    contexts: &'a [Context],
    nodes: &'a [Node],
    hits: &'a [Hit<'a>],
    setting: Setting,
}

impl View<'_> {
    fn context(&self, hit: usize) -> Option<&Context> {
        self.hits[hit].pattern.context.map(|at| &self.contexts[usize::from(at)])
    }

    /// A capital letter where an everyday word would have none.
    fn capital(&self, hit: usize, at: usize) -> bool {
        match self.hits[hit].letters {
            Letters::Small => false,
            Letters::Several => {
                !self.setting.title_case || self.hits[hit].candidate.end - self.hits[hit].candidate.start > 1
            }
            Letters::First => !self.begins_sentence(at) && !self.setting.title_case,
        }
    }

    fn begins_sentence(&self, at: usize) -> bool {
        self.nodes[..at].iter().all(|node| matches!(node.kind, Kind::Sign(sign) if sign != b','))
    }

    fn by_letters(&self, hit: usize, at: usize, context: &Context) -> Option<Taken> {
        let refused = self.refused(hit, at, context);
        let enough = match context.alone {
            Alone::Never => false,
            Alone::Capital => self.capital(hit, at) && !refused,
            Alone::AllCapitals => self.hits[hit].letters == Letters::Several,
        };
        enough.then_some(Taken::Capitals)
    }

    /// Words beside it that make it an everyday word.
    fn refused(&self, hit: usize, at: usize, context: &Context) -> bool {
        let before = at.checked_sub(1).map(|i| &self.nodes[i]);
        let after = self.nodes.get(at + 1);
        let year =
            |node: &Node| matches!(node.kind, Kind::Number(n) if n.whole_digits == 4 && is_year(n.whole));
        if context.year_after == Refuses::Yes && after.is_some_and(year) {
            return true;
        }
        !self.capital(hit, at)
            && (context.refuse_before == Refuses::Yes && before.is_some_and(|n| n.has(Class::RefuseBefore))
                || context.refuse_after == Refuses::Yes && after.is_some_and(|n| n.has(Class::RefuseAfter)))
    }

    /// A word or name behind it without a sign between, or brackets round it alone: "basic knowledge", "solid Java",
    /// "German (basic)".
    fn describes(&self, hit: usize, at: usize) -> bool {
        let before = at.checked_sub(1).map(|i| &self.nodes[i]);
        let bracketed = before.is_some_and(|node| node.is_sign(b"(["))
            && self.nodes.get(at + 1).is_some_and(|node| node.is_sign(b")]"));
        self.context(hit).is_some_and(|context| context.word_after == Refuses::Yes)
            && (bracketed
                || self.nodes.get(at + 1).is_some_and(|node| match node.kind {
                    Kind::Hit(_) => true,
                    Kind::Word(classes, _) => !classes.has(Class::Conjunction),
                    Kind::Number(_) | Kind::Sign(_) => false,
                }))
    }

    /// Whether it is a whole item: between separators, joining words, or words that speak of technology.
    fn stands_alone(&self, at: usize) -> bool {
        let ends = |node: &Node| match node.kind {
            // "perfect room" is no pair of skills because both words are spellings.
            Kind::Hit(other) => self.hits[other].pattern.context.is_none(),
            Kind::Number(_) => true,
            Kind::Sign(sign) => sign != b'\'' && sign != b'"',
            Kind::Word(classes, _) => classes.has(Class::Conjunction),
        };
        let before = at.checked_sub(1).map(|i| &self.nodes[i]);
        let after = self.nodes.get(at + 1);
        let strong = |node: &Node| {
            ends(node)
                || node.has(Class::CueBefore)
                || node.has(Class::Listing)
                || node.has(Class::Unit)
                || node.has(Class::Use)
                || node.has(Class::CueBeforeCapital)
        };
        before.is_none_or(strong)
            && after.is_none_or(|node| ends(node) || node.has(Class::CueAfter) || node.has(Class::ScopeEnd))
    }

    /// A capital letter within a sentence, which in a language that writes nouns so tells little by itself, of a spelling
    /// that a name near it suffices for.
    fn written_as_name(&self, hit: usize, at: usize) -> bool {
        self.context(hit).is_some_and(|context| context.near_words_max > 0)
            && self.hits[hit].letters != Letters::Small
            && !self.begins_sentence(at)
    }

    fn by_list(&self, chains: &[usize], places: &[usize], sure: &[bool], taken: &mut [Option<Taken>]) {
        /// So many words in a row, all of which are spellings of skills, are a list of skills.
        const TOGETHER_MIN: usize = 3;
        /// So many are, where they have capital letters.
        const TOGETHER_CAPITAL_MIN: usize = 2;
        let mut from = 0;
        while from < chains.len() {
            let to = from + chains[from..].iter().take_while(|chain| **chain == chains[from]).count();
            let skill = |hit: &usize| matches!(self.hits[*hit].pattern.meaning, Meaning::Skill(..));
            let items: Vec<usize> = (from..to)
                .filter(|hit| !self.describes(*hit, places[*hit]))
                .filter(|hit| {
                    let beside_sure = (hit.saturating_sub(1).max(from)..to.min(hit + 2))
                        .any(|other| other != *hit && sure[other]);
                    skill(hit)
                        && (sure[*hit]
                            || self.stands_alone(places[*hit])
                            || beside_sure && self.written_as_name(*hit, places[*hit]))
                })
                .collect();
            // Names of people stand in lists too.
            let no_names = |hit: &&usize| {
                self.context(**hit).is_none_or(|c| c.near_words_max > 0 || c.cue != CueNeeds::Strong)
            };
            let together = items.iter().filter(no_names).count();
            let capitals = items
                .iter()
                .filter(no_names)
                .filter(|hit| self.hits[**hit].letters != Letters::Small)
                .count();
            let reason = if (from..to).any(|hit| sure[hit]) {
                Some(Taken::Listed)
            } else if together >= TOGETHER_MIN || (together >= TOGETHER_CAPITAL_MIN && capitals == together) {
                Some(Taken::ListedTogether)
            } else {
                None
            };
            if reason.is_some() {
                for hit in items {
                    taken[hit] = taken[hit].or(reason);
                }
            }
            from = to;
        }
    }

    /// `Skills: …`, `Tech stack - …`
    fn labelled(&self) -> bool {
        const LABEL_WORDS_MAX: usize = 5;
        let colon = self.nodes.iter().take(LABEL_WORDS_MAX + 1).position(|node| node.is_sign(b":"));
        colon.is_some_and(|colon| self.nodes[..colon].iter().any(|node| node.has(Class::Label)))
    }

    fn by_neighbours(
        &self,
        hit: usize,
        at: usize,
        context: &Context,
        places: &[usize],
        sure: &[bool],
    ) -> Option<Taken> {
        let before = at.checked_sub(1).map(|i| &self.nodes[i]);
        let after = self.nodes.get(at + 1);
        let letters = self.hits[hit].letters;
        let capital = self.capital(hit, at);
        let single = self.hits[hit].candidate.end - self.hits[hit].candidate.start == 1;
        if self.describes(hit, at) {
            return None;
        }
        if after.is_some_and(|n| n.has(Class::CueAgent)) && (!single || letters != Letters::Small) {
            return Some(Taken::CueAfter);
        }
        if self.refused(hit, at, context) {
            return None;
        }
        if !single && self.versioned(hit, at) {
            return Some(Taken::Versioned);
        }
        let noted = after.is_some_and(|n| n.is_sign(b"(:-[|")) && behind(self.nodes, at).is_some();
        if noted && !single {
            return Some(Taken::CueAfter);
        }
        if self.years_beside(at) && (!single || letters != Letters::Small) {
            return Some(Taken::Duration);
        }
        let cue_letters = match context.cue {
            CueNeeds::Any => true,
            CueNeeds::Capital => capital,
            CueNeeds::Strong | CueNeeds::Written => letters != Letters::Small,
        };
        if cue_letters && after.is_some_and(|n| n.has(Class::CueAfter)) {
            return Some(Taken::CueAfter);
        }
        // "Worked with convex hulls": a word that tells nothing makes a small one part of a phrase.
        let phrase = letters == Letters::Small
            && after.is_some_and(|n| matches!(n.kind, Kind::Word(c, _) if c.tell_nothing()));
        let strong = cue_letters && !phrase && before.is_some_and(|n| n.has(Class::CueBefore));
        let weak = context.cue != CueNeeds::Strong
            && capital
            && before.is_some_and(|n| n.has(Class::CueBeforeCapital));
        if strong || weak {
            return Some(Taken::CueBefore);
        }
        let near = |place: usize| place.abs_diff(at) <= context.near_words_max;
        let by_near = capital && places.iter().zip(sure).any(|(place, sure)| *sure && near(*place));
        by_near.then_some(Taken::Near)
    }

    /// `Swift 5`, `rails 5.2`, `Rails5`
    fn versioned(&self, hit: usize, at: usize) -> bool {
        /// Numbers up to here are versions of something; `Java 2000` is none.
        const VERSION_MAX: u32 = 40;
        if self.hits[hit].candidate.version_end > self.hits[hit].candidate.end {
            return true;
        }
        let Some(next) = self.nodes.get(at + 1) else { return false };
        let Kind::Number(number) = next.kind else {
            // `Rails v7`
            return self.bytes[next.start] == b'V'
                && self.bytes.get(next.start + 1).is_some_and(u8::is_ascii_digit);
        };
        let counts = |n: &Node| {
            n.has(Class::Unit) || n.is_sign(b"%") || matches!(n.kind, Kind::Word(c, _) if c.tell_nothing())
        };
        if self.nodes.get(at + 2).is_some_and(counts) {
            return false;
        }
        let dotted = number.fraction_digits > 0 && number.fraction_digits <= 2 && number.whole <= VERSION_MAX;
        dotted
            || (self.hits[hit].letters != Letters::Small
                && number.fraction_digits == 0
                && number.whole <= VERSION_MAX)
    }

    /// `Go (3 years)`, `Go: 3 years`, `Go (since 2015)`, `3 years Go`
    fn years_beside(&self, at: usize) -> bool {
        let node = |i: usize| self.nodes.get(i);
        let is_number =
            |i: usize| node(i).is_some_and(|n| matches!(n.kind, Kind::Number(_)) || n.has(Class::Number));
        let sign = usize::from(node(at + 1).is_some_and(|n| n.is_sign(b"(:-[")));
        let plus = |i: usize| usize::from(node(i).is_some_and(|n| n.is_sign(b"+")));
        let number = at + 1 + sign;
        let unit = number + 1 + plus(number + 1);
        let behind = sign > 0 && is_number(number) && node(unit).is_some_and(|n| n.has(Class::Unit));
        let before = at >= 2
            && self.nodes[at - 1].has(Class::Unit)
            && (is_number(at - 2) || at >= 3 && self.nodes[at - 2].is_sign(b"+") && is_number(at - 3));
        let year_at = |i: usize| {
            node(i).is_some_and(
                |node| matches!(node.kind, Kind::Number(n) if n.whole_digits == 4 && is_year(n.whole)),
            )
        };
        let since = sign > 0
            && node(number).is_some_and(|n| n.has(Class::Since))
            && (year_at(number + 1)
                || node(number + 1).is_some_and(|n| n.has(Class::Month)) && year_at(number + 2));
        behind || before || since
    }
}
