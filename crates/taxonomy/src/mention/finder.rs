//! The finder: from a text to its mentions.

use crate::mention::boundary::{Candidate, whole_word};
use crate::mention::columns::columns;
use crate::mention::cues::Cues;
use crate::mention::dates::tenths;
use crate::mention::duration::{Figures, figures};
use crate::mention::folded::Folded;
use crate::mention::found::{
    Basis, Known, Mention, Reasons, Source, SourceReason, StanceReason, TextContext, TextKind,
};
use crate::mention::jobs::{Dated, Heading, Nice, Place, places};
use crate::mention::meaning::{Column, Context, Hit, Letters, Setting, meanings};
use crate::mention::others::{employers, tells_of_others};
use crate::mention::overlap::best_reading;
use crate::mention::patterns::{self, Meaning, Patterns};
use crate::mention::sentence::{self, Kind, Node, Parts, Sentence, chains as chains_of};
use crate::mention::stance::{answers_no, stances};
use crate::mention::{cues::Class, sentence::Number};
use crate::{LastUsed, Stance, Taxonomy};

/// Finds skills and traits in running text. Made once for a taxonomy, then used from any number of threads.
#[derive(Debug)]
pub struct MentionFinder {
    pub(super) patterns: Patterns,
    pub(super) cues: Cues,
    contexts: Vec<Context>,
}

impl MentionFinder {
    /// Makes the tree of all spellings of a taxonomy, with its cues, contexts and look-alikes. Takes some tens of
    /// milliseconds: [`Taxonomy::mentions`] makes it once.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy) -> Self {
        let cues = Cues::new(&taxonomy.tables().cues);
        let contexts: Vec<Context> =
            taxonomy.tables().contexts.iter().filter_map(|row| Context::read(row).ok()).collect();
        let number = |name: &str| {
            contexts.iter().position(|context| context.name == name).and_then(|at| u8::try_from(at).ok())
        };
        let patterns = Patterns::new(taxonomy, &cues, number);
        Self { patterns, cues, contexts }
    }

    /// All mentions in a text, in its order; they do not overlap.
    ///
    /// Any text is accepted. Takes time in proportion to its length (apart from sorting what overlaps), and the result
    /// depends on nothing but the arguments.
    #[must_use]
    pub fn find(&self, text: &str, context: &TextContext) -> Vec<Mention> {
        let folded = Folded::new(text);
        let candidates = self.candidates(text, &folded);
        self.read(text, &folded, candidates, context)
    }

    /// Every pattern in the text that is a whole word, in the order of the text.
    fn candidates(&self, text: &str, folded: &Folded) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let whole = WholeWords::new(self, text, folded);
        let trie = &self.patterns.trie;
        for (start, byte) in folded.bytes.iter().enumerate() {
            if trie.begins(*byte) {
                trie.at(&folded.bytes, start, |end, pattern| {
                    candidates.extend(whole.check(start, end, pattern));
                });
            }
        }
        candidates.sort_unstable_by_key(|c| (c.start, c.end, c.pattern));
        candidates
    }

    /// What candidates mean, sentence by sentence.
    pub(super) fn read(
        &self,
        text: &str,
        folded: &Folded,
        mut candidates: Vec<Candidate>,
        context: &TextContext,
    ) -> Vec<Mention> {
        let mut mentions = Vec::new();
        if candidates.is_empty() {
            return mentions;
        }
        let parts = Parts::new(&folded.bytes, &self.cues);
        let places = places(&folded.bytes, &parts.lines, &self.cues, context.as_of);
        let columns = columns(&folded.bytes, &parts.lines, &candidates, self);
        let mut rest = candidates.as_mut_slice();
        for sentence in &parts.sentences {
            let before = rest.partition_point(|c| c.start < sentence.range.start);
            rest = &mut rest[before..];
            let within = rest.partition_point(|c| c.start < sentence.range.end);
            let (of_sentence, others) = std::mem::take(&mut rest).split_at_mut(within);
            rest = others;
            if !of_sentence.is_empty() {
                let part = Part {
                    finder: self,
                    text,
                    folded,
                    sentence,
                    place: places[sentence.line],
                    column: columns[sentence.line],
                    context,
                };
                part.read(of_sentence, &mut mentions);
            }
        }
        mentions
    }
}

/// Checks hits one by one.
pub(super) struct WholeWords<'a> {
    finder: &'a MentionFinder,
    text: &'a str,
    folded: &'a Folded,
}

impl<'a> WholeWords<'a> {
    pub fn new(finder: &'a MentionFinder, text: &'a str, folded: &'a Folded) -> Self {
        Self { finder, text, folded }
    }

    pub fn check(&self, start: usize, end: usize, pattern: u32) -> Option<Candidate> {
        let capital = |at: usize| self.folded.is_capital(self.text, at);
        let found = whole_word(&self.folded.bytes, start..end, pattern, &self.finder.cues, &capital)?;
        let of_pattern = &self.finder.patterns.list[pattern as usize];
        if found.plural > 0 && of_pattern.context.is_some() {
            // Everyday words have plurals of their own: passengers, basics.
            return None;
        }
        if of_pattern.meaning == Meaning::LookAlike(patterns::Letters::Small) {
            // The first letter may be a capital because a sentence begins there.
            let bytes = &self.folded.bytes;
            let begins = start == 0
                || matches!(bytes[start - 1], b'\n')
                || (start > 1 && matches!(bytes[start - 2], b'.' | b'!' | b'?'));
            if (start + usize::from(begins)..end).any(capital) {
                return None;
            }
        }
        Some(found)
    }
}

/// A sentence with candidates.
struct Part<'a> {
    finder: &'a MentionFinder,
    text: &'a str,
    folded: &'a Folded,
    sentence: &'a Sentence,
    place: Place,
    column: Column,
    context: &'a TextContext,
}

impl Part<'_> {
    fn read(&self, candidates: &mut [Candidate], mentions: &mut Vec<Mention>) {
        let bytes = &self.folded.bytes;
        let patterns = &self.finder.patterns;
        let end = self.sentence.range.end;
        let mut within: Vec<Candidate> =
            candidates.iter().copied().filter(|c| c.version_end <= end).collect();
        let mut reading = best_reading(&mut within);
        reading.retain(|c| patterns.list[c.pattern as usize].subject().is_some());
        if reading.is_empty() {
            return;
        }
        let cues = &self.finder.cues;
        let mut nodes = sentence::nodes(bytes, self.sentence.range.clone(), &reading, cues);
        if self.is_of_others(&nodes) {
            return;
        }
        let mut chains = chains_of(&nodes);
        let is_capital = |at: usize| self.folded.is_capital(self.text, at);
        let employers = employers(bytes, &nodes, &chains, cues, &is_capital);
        if !employers.is_empty() {
            let mut hit = 0..;
            reading.retain(|_| hit.next().is_some_and(|hit| employers.binary_search(&hit).is_err()));
            if reading.is_empty() {
                return;
            }
            nodes = sentence::nodes(bytes, self.sentence.range.clone(), &reading, cues);
            chains = chains_of(&nodes);
        }
        let hits: Vec<Hit<'_>> = reading
            .iter()
            .map(|candidate| Hit {
                candidate: *candidate,
                pattern: &patterns.list[candidate.pattern as usize],
                letters: self.letters(*candidate),
            })
            .collect();
        let setting = Setting {
            kind: self.context.kind,
            under_skills: self.place.heading == Heading::Skills,
            title_case: self.title_case(&nodes),
            column: self.column,
        };
        let taken = meanings(bytes, &nodes, &chains, &hits, &self.finder.contexts, setting);
        if taken.iter().all(Option::is_none) {
            return;
        }
        let mut stances = stances(&nodes, &chains, self.context.kind);
        if self.is_denied_question(&nodes) {
            for stance in stances.iter_mut().filter(|stance| stance.0 == Stance::Held) {
                *stance = (Stance::Negated, StanceReason::NegationAfter);
            }
        }
        let figures = figures(bytes, &nodes, &chains, self.context.as_of);
        let sentence_source = sentence_source(bytes, &nodes, &is_capital);
        let sentence = self.trimmed();
        let places = nodes.iter().enumerate().filter(|(_, node)| node.is_hit()).map(|(at, _)| at);
        for (hit, at) in places.enumerate() {
            let (Some(taken), Some((subject, also))) = (taken[hit], hits[hit].pattern.subject()) else {
                continue;
            };
            let told = Told { stance: stances[hit], figures: figures[hit], sentence_source };
            let found = self.weigh(told);
            let candidate = reading[hit];
            mentions.push(Mention {
                span: self.folded.original_range(self.text, candidate.start, candidate.end),
                sentence: sentence.clone(),
                subject,
                also,
                version: self.version(&nodes, at, candidate),
                stance: found.stance.0,
                source: if found.source == SourceReason::Passing {
                    Source::Mentioned
                } else {
                    Source::Worked
                },
                years: found.years,
                last_used: found.last_used,
                period: found.period,
                reason: Reasons { taken, stance: found.stance.1, source: found.source },
            });
        }
    }

    /// What others use is no evidence; a dated project under a heading for references is the person's own.
    fn is_of_others(&self, nodes: &[Node]) -> bool {
        self.context.kind == TextKind::Ordinary
            && self.place.job.is_none()
            && (self.place.heading == Heading::References || tells_of_others(nodes))
    }

    /// `PHP? Never touched it.`
    fn is_denied_question(&self, nodes: &[Node]) -> bool {
        /// Longer questions ask for more than skills.
        const NODES_MAX: usize = 8;
        const ANSWER_BYTES_MAX: usize = 64;
        let bytes = &self.folded.bytes;
        let end = self.sentence.range.end;
        if nodes.len() > NODES_MAX || !nodes.last().is_some_and(|node| node.is_sign(b"?")) {
            return false;
        }
        let rest = &bytes[end..bytes.len().min(end + ANSWER_BYTES_MAX)];
        let stop = rest.iter().position(|b| matches!(b, b'\n' | b'.' | b'!' | b'?'));
        let Some(stop) = stop.or_else(|| (end + rest.len() == bytes.len()).then_some(rest.len())) else {
            return false;
        };
        answers_no(&sentence::nodes(bytes, end..end + stop, &[], &self.finder.cues))
    }

    /// Puts together what the sentence, its numbers and its place tell of one hit.
    fn weigh(&self, told: Told) -> Weighed {
        let Told { stance, figures, .. } = told;
        let stated = figures.years.is_some() || figures.period.is_some();
        let stance = match stance {
            // Who has years of it holds it, whatever else is wished for: "want to use my 5 years of Java".
            (Stance::Wanted, StanceReason::Wish) if stated => (Stance::Held, StanceReason::Plain),
            (Stance::Held, _) if self.place.nice == Nice::Yes && self.context.kind == TextKind::JobAd => {
                (Stance::Wanted, StanceReason::NiceToHave)
            }
            other => other,
        };
        let mut weighed =
            Weighed { stance, source: SourceReason::Passing, years: None, last_used: None, period: None };
        let stated_years = figures.years.map(|value| Known { value, basis: Basis::Stated });
        if self.context.kind == TextKind::JobAd {
            weighed.years = stated_years;
            return weighed;
        }
        if stance.0 != Stance::Held {
            return weighed;
        }
        // The dated line's own dates are the job's.
        let own = figures.period.filter(|_| self.place.dated == Dated::No);
        weighed.period = own.or(self.place.job);
        weighed.years = stated_years.or_else(|| {
            let value = tenths(weighed.period?.months())?;
            Some(Known { value, basis: Basis::ComputedFromDates })
        });
        weighed.last_used = figures.last_used.or_else(|| {
            let period = weighed.period?;
            let value =
                if period.is_current() { LastUsed::Current } else { LastUsed::Year(period.last_year()) };
            Some(Known { value, basis: Basis::ComputedFromDates })
        });
        weighed.source = if figures.years.is_some() {
            SourceReason::Duration
        } else if own.is_some() || figures.last_used.is_some() {
            SourceReason::Dates
        } else if self.place.job.is_some() {
            SourceReason::DatedJob
        } else {
            told.sentence_source
        };
        weighed
    }

    fn letters(&self, candidate: Candidate) -> Letters {
        let written = &self.text[self.folded.original_range(self.text, candidate.start, candidate.end)];
        let mut letters = written.chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        // `jQuery`: a capital that is not the first letter is none of grammar's.
        match (first, letters.any(char::is_uppercase)) {
            (_, true) => Letters::Several,
            (true, false) => Letters::First,
            (false, false) => Letters::Small,
        }
    }

    /// Whether no word of the sentence is in small letters although there are some: then a capital tells nothing.
    fn title_case(&self, nodes: &[Node]) -> bool {
        const LETTERS_MIN: usize = 4;
        const WORDS_MIN: usize = 2;
        let words = || {
            nodes
                .iter()
                .filter(|node| matches!(node.kind, Kind::Word(..)) && node.end - node.start >= LETTERS_MIN)
        };
        words().count() >= WORDS_MIN && words().all(|node| self.folded.is_capital(self.text, node.start))
    }

    fn trimmed(&self) -> std::ops::Range<usize> {
        let std::ops::Range { mut start, end } = self.sentence.range;
        while start < end && self.folded.bytes[start] == b' ' {
            start += 1;
        }
        self.folded.original_range(self.text, start, end)
    }

    /// `Java8`, `Python 3.11`, `Angular 2+`, `Rails v7`
    fn version(&self, nodes: &[Node], at: usize, candidate: Candidate) -> Option<String> {
        let bytes = &self.folded.bytes;
        let text = |from: usize, to: usize| String::from_utf8(bytes[from..to].to_ascii_lowercase()).ok();
        if candidate.version_end > candidate.end {
            return text(candidate.end, candidate.version_end);
        }
        let next = nodes.get(at + 1)?;
        let lettered = bytes[next.start] == b'V'
            && bytes[next.start + 1..next.end].first().is_some_and(u8::is_ascii_digit)
            && matches!(next.kind, Kind::Word(..));
        if lettered {
            return text(next.start + 1, next.end);
        }
        let Kind::Number(Number { whole, whole_digits, fraction_digits, .. }) = next.kind else {
            return None;
        };
        let after = nodes.get(at + 2);
        let counted = after.is_some_and(|n| {
            n.has(Class::Unit)
                || n.has(Class::Until)
                || n.is_sign(b"%")
                || (n.is_sign(b"-+")
                    && nodes
                        .get(at + 3)
                        .is_some_and(|n| matches!(n.kind, Kind::Number(_)) || n.has(Class::Unit)))
        });
        // Four figures are a year, unless the name carries them (SQL Server 2019).
        let plausible = (whole_digits <= 2 && whole <= 60 && fraction_digits <= 4)
            || (whole_digits == 4 && after.is_none_or(|n| n.is_sign(b",)|/")));
        let plus = usize::from(bytes.get(next.end) == Some(&b'+'));
        if counted || !plausible { None } else { text(next.start, next.end + plus) }
    }
}

#[derive(Clone, Copy)]
struct Told {
    stance: (Stance, StanceReason),
    figures: Figures,
    sentence_source: SourceReason,
}

struct Weighed {
    stance: (Stance, StanceReason),
    source: SourceReason,
    years: Option<Known<u16>>,
    last_used: Option<Known<LastUsed>>,
    period: Option<crate::mention::Period>,
}

/// Whether a sentence states use or an employer.
fn sentence_source(bytes: &[u8], nodes: &[Node], original_capital: &dyn Fn(usize) -> bool) -> SourceReason {
    // "never used", "haven't worked with" state no use.
    let denied = |at: usize| {
        nodes[at].has(Class::Negation)
            || nodes[..at]
                .iter()
                .rev()
                .find(|n| !n.has(Class::NegationLink))
                .is_some_and(|n| n.has(Class::Negation))
    };
    let past = |node: &Node| node.has(Class::NotNegation);
    if nodes.iter().enumerate().any(|(at, n)| n.has(Class::Use) && (past(n) || !denied(at))) {
        return SourceReason::Use;
    }
    let employer = nodes.windows(2).any(|pair| {
        (pair[0].has(Class::Employer) || pair[0].is_sign(b"@"))
            && matches!(pair[1].kind, Kind::Word(classes, _) if !classes.has(Class::Education) && !classes.has(Class::Month))
            && bytes[pair[1].start].is_ascii_uppercase()
            && original_capital(pair[1].start)
    });
    if employer { SourceReason::Employer } else { SourceReason::Passing }
}
