//! Years in a text: those of schools and degrees say how old somebody is, those of work speak for a skill.

use std::ops::Range;

use super::text::{Hiding, Years, is_number, is_year};
use super::words::ages::is_month;
use super::words::things::{is_beside_years, is_work_noun, is_work_verb};
use super::words::{is_campus, is_school};

const YEAR: &str = "[year]";
/// Years beside each other before which a skill is looked for.
const YEARS_MAX: usize = 4;

/// What a word says of the years beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A degree, or learning.
    Degree,
    /// A place of learning, where people work, too.
    Place,
    /// Work.
    Work,
}

/// What the comma parts of a sentence have said before one.
#[derive(Default)]
struct Said {
    /// The last that was said, if anything was.
    sign: Option<Sign>,
    /// Whether no year has stood beside it.
    is_open: bool,
}

impl Hiding<'_> {
    /// Years, in sentences about schools or everywhere.
    pub(super) fn years(&mut self, years: Years) {
        let mut found = Vec::new();
        if years == Years::All {
            (0..self.words.len()).for_each(|at| found.extend(self.year(at, years)));
        } else {
            let mut begin = 0;
            for at in 0..self.words.len() {
                if self.ends_sentence(at) {
                    self.school_years(begin..at + 1, &mut found);
                    begin = at + 1;
                }
            }
        }
        found.into_iter().for_each(|range| self.hide(range, YEAR));
    }

    fn ends_sentence(&self, at: usize) -> bool {
        if at + 1 == self.words.len() {
            return true;
        }
        let between = self.between(at, at + 1);
        if between.contains(['\n', ';', '!', '?']) {
            return true;
        }
        // `M.Sc. 2012`.
        let goes_on = || {
            let next = self.key(at + 1);
            let is_said = is_year(next) || matches!(next, "in" | "of") || is_subject(next);
            is_said && at > 0 && self.is_degree_in_short(at - 1)
        };
        between.contains(". ") && !goes_on()
    }

    /// A year in four figures, or in two behind an apostrophe or another year.
    fn year(&self, at: usize, years: Years) -> Option<Range<usize>> {
        let word = &self.words[at];
        if is_year(word.text) {
            return Some(word.range.clone());
        }
        if word.text.len() != 2 || !word.text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let before = &self.text[..word.range.start];
        if let Some(sign) = before.chars().next_back().filter(|c| matches!(c, '\'' | '’' | '‘')) {
            let is_free = !before[..before.len() - sign.len_utf8()].ends_with(char::is_alphanumeric);
            return is_free.then(|| word.range.start - sign.len_utf8()..word.range.end);
        }
        let is_behind_year = at > 0
            && is_year(self.words[at - 1].text)
            && matches!(self.between(at - 1, at), "/" | "-" | "–" | "—");
        // `2004-05-12` goes as a whole, and `2004-05` in a history of work stays.
        (is_behind_year && (years == Years::All || word.text > "12" || self.between(at - 1, at) == "/"))
            .then(|| word.range.clone())
    }

    /// Years of a sentence that say when somebody was at school, and not how long a skill was used: by its comma parts.
    fn school_years(&self, sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
        let mut years = sentence.clone().filter(|at| self.year(*at, Years::OfSchools).is_some());
        if years.next().is_none() || !sentence.clone().any(|at| self.is_school_at(at)) {
            return;
        }
        let mut said = Said::default();
        // Years before anything is said: `In 2008, graduated from ...`.
        let mut waiting = Vec::new();
        let mut begin = sentence.start;
        for at in sentence.clone() {
            let is_end = at + 1 == sentence.end || self.between(at, at + 1).contains(',');
            if !is_end {
                continue;
            }
            self.part_years(begin..at + 1, &mut said, &mut waiting, found);
            begin = at + 1;
        }
    }

    /// The same of one comma part.
    fn part_years(
        &self,
        part: Range<usize>,
        said: &mut Said,
        waiting: &mut Vec<Range<usize>>,
        found: &mut Vec<Range<usize>>,
    ) {
        let signs: Vec<(usize, Sign)> = self.signs(part.clone());
        let years: Vec<(usize, Range<usize>)> =
            part.clone().filter_map(|at| Some((at, self.year(at, Years::OfSchools)?))).collect();
        let ranges = || years.iter().map(|(_, range)| range.clone());
        let is_dated = !years.is_empty();
        let has = |wanted: Sign| signs.iter().any(|(_, sign)| *sign == wanted);
        let Some((_, last)) = signs.last().copied() else {
            let is_bare = part.clone().all(|at| {
                let key = self.key(at);
                is_number(key) || is_month(key) || is_beside_years(key)
            });
            match said.sign {
                None if is_bare => waiting.extend(ranges()),
                // Years by themselves are of what stands before them, others of what has no years yet.
                Some(Sign::Degree | Sign::Place) if is_bare || said.is_open => found.extend(ranges()),
                _ => {}
            }
            if is_dated && !is_bare {
                said.sign = said.sign.filter(|_| said.is_open);
            }
            said.is_open &= !is_dated;
            return;
        };
        let before = std::mem::replace(said, Said { sign: Some(last), is_open: !is_dated });
        let is_first = before.sign.is_none();
        if has(Sign::Degree) {
            // What stands before a year last says what it is of; where nothing does, what comes first.
            let mut here = signs[0].1;
            let mut next = signs.iter().peekable();
            for (at, range) in years {
                while let Some((_, sign)) = next.next_if(|(sign, _)| *sign < at) {
                    here = *sign;
                }
                if here != Sign::Work {
                    found.push(range);
                }
            }
            said.sign = Some(if last == Sign::Work { Sign::Work } else { Sign::Degree });
        } else if has(Sign::Work) || (before.sign == Some(Sign::Work) && before.is_open) {
            // `Research assistant, University of Bonn, 2015-2018`.
            said.sign = Some(Sign::Work);
        } else {
            self.place_years(&part, signs[0].0, years, found);
        }
        if is_first && said.sign != Some(Sign::Work) {
            found.append(waiting);
        }
        waiting.clear();
    }

    /// What the words of a comma part say of its years.
    fn signs(&self, part: Range<usize>) -> Vec<(usize, Sign)> {
        let mut signs = Vec::new();
        let mut has_degree = false;
        for at in part {
            let key = self.key(at);
            if is_work_verb(key) || (is_work_noun(key) && !has_degree) {
                signs.push((at, Sign::Work));
            } else if self.is_school_at(at) {
                let is_place = is_campus(key);
                has_degree |= !is_place;
                signs.push((at, if is_place { Sign::Place } else { Sign::Degree }));
            }
        }
        signs
    }

    /// Years beside a place of learning alone; those of a skill stay: `Django 2015-2019 at the University of Bonn`.
    fn place_years(
        &self,
        part: &Range<usize>,
        school: usize,
        years: Vec<(usize, Range<usize>)>,
        found: &mut Vec<Range<usize>>,
    ) {
        let is_at =
            |at: &usize| matches!(self.key(*at), "at" | "for" | "an" | "bei" | "fur" | "na" | "aan" | "voor");
        let last_at = (part.start..school).rev().find(is_at);
        for (year, range) in years {
            let mut first = year;
            while first > part.start && year - first < YEARS_MAX && is_year(self.words[first - 1].text) {
                first -= 1;
            }
            let is_behind_skill = first > part.start
                && self.joins(first - 1)
                && self.is_capital(first - 1)
                && !is_subject(self.key(first - 1));
            let is_skill = year < school && is_behind_skill && last_at.is_some_and(|at| at > year);
            if !is_skill {
                found.push(range);
            }
        }
    }

    /// Whether a word speaks of a school or a degree as it stands here.
    fn is_school_at(&self, at: usize) -> bool {
        let key = self.key(at);
        match key {
            "master" | "masters" => self.is_degree_of_master(at),
            "m" | "b" | "ph" => self.is_degree_in_short(at),
            _ => is_school(key) && !self.is_school_thing(at),
        }
    }

    /// `Master of Science`, `Master's degree`, `Master Informatik`, `Master 2012`; and no `Scrum Master`.
    fn is_degree_of_master(&self, at: usize) -> bool {
        let is_led = at > 0 && self.joins(at - 1) && {
            let is_sign = !self.between(at - 1, at).trim().is_empty();
            is_sign || self.is_capital(at - 1)
        };
        let is_role = is_led && !matches!(self.key(at - 1), "a" | "the" | "my" | "and" | "und" | "et");
        let has_s = self.key(at + 1) == "s" && self.joins(at);
        let next = if has_s { at + 2 } else { at + 1 };
        if next >= self.words.len() {
            return has_s;
        }
        let key = self.key(next);
        let is_joined = self.joins(next - 1);
        if is_joined && matches!(key, "degree" | "degrees" | "thesis" | "studium" | "diploma" | "program") {
            return true;
        }
        let is_of = is_joined && matches!(key, "of" | "in" | "en" | "de" | "di");
        if !is_role && is_of && !is_year(self.key(next + 1)) {
            return true;
        }
        let is_alone = is_year(key) && self.between(next - 1, next).chars().count() <= 3;
        let is_grade = is_joined && matches!(key, "1" | "2");
        !is_role && ((is_joined && is_subject(key)) || is_alone || is_grade)
    }

    /// `M.Sc.`, `B.A.`, `Ph.D.`.
    fn is_degree_in_short(&self, at: usize) -> bool {
        let is_pair = matches!(
            (self.key(at), self.key(at + 1)),
            ("m" | "b", "sc" | "eng" | "a" | "tech" | "ed" | "com") | ("ph", "d")
        );
        is_pair && self.between(at, at + 1).trim_end() == "."
    }

    /// `School management software`.
    fn is_school_thing(&self, at: usize) -> bool {
        is_campus(self.key(at)) && self.joins(at) && {
            matches!(
                self.key(at + 1),
                "management"
                    | "software"
                    | "system"
                    | "systems"
                    | "portal"
                    | "app"
                    | "administration"
                    | "library"
                    | "website"
                    | "platform"
                    | "client"
                    | "hospital"
                    | "project"
                    | "projects"
            )
        }
    }
}

/// What somebody studies, before its years.
fn is_subject(word: &str) -> bool {
    const STARTS: [&str; 18] = [
        "scien",
        "engineer",
        "math",
        "physi",
        "chem",
        "bio",
        "informat",
        "econom",
        "psycholog",
        "law",
        "business",
        "design",
        "philoso",
        "histor",
        "art",
        "electr",
        "comput",
        "wirtschaft",
    ];
    STARTS.iter().any(|start| word.starts_with(start))
}
