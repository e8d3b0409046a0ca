//! Years in a text: those of schools and degrees say how old somebody is, those of work speak for a skill.

use std::ops::{Range, RangeInclusive};

use super::text::{Hiding, Years, is_year};
use super::words::is_school;

const YEAR: &str = "[year]";

impl Hiding<'_> {
    /// Years, in sentences about schools or everywhere.
    pub(super) fn years(&mut self, years: Years) {
        let mut found = Vec::new();
        let mut begin = 0;
        for at in 0..self.words.len() {
            let ends = at + 1 == self.words.len() || {
                let between = self.between(at, at + 1);
                between.contains(['\n', ';', '!', '?']) || between.contains(". ")
            };
            if !ends {
                continue;
            }
            let sentence = begin..=at;
            begin = at + 1;
            for w in sentence.clone() {
                let is_said = match years {
                    Years::All => true,
                    Years::OfSchools => self.is_school_year(&sentence, w),
                };
                if is_said {
                    found.extend(self.year(w, years));
                }
            }
        }
        found.into_iter().for_each(|range| self.hide(range, YEAR));
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

    /// Whether a year's sentence says when somebody was at school, and not how long a skill was used.
    fn is_school_year(&self, sentence: &RangeInclusive<usize>, year: usize) -> bool {
        let mut schools = sentence.clone().filter(|w| is_school(self.key(*w)) && !self.is_school_thing(*w));
        if sentence.clone().any(|w| is_school(self.key(w)) && !is_place(self.key(w))) {
            return true;
        }
        // `Django 2015-2019 at the University of Bonn`.
        let is_at = |school: usize| {
            let mut between = year..school;
            between
                .any(|w| matches!(self.key(w), "at" | "for" | "an" | "bei" | "fur" | "na" | "aan" | "voor"))
        };
        let mut first = year;
        while first > *sentence.start() && is_year(self.words[first - 1].text) {
            first -= 1;
        }
        let is_behind_skill = first > *sentence.start()
            && self.joins(first - 1)
            && self.is_capital(first - 1)
            && !is_subject(self.key(first - 1));
        schools.any(|school| school < year || !is_behind_skill || !is_at(school))
    }

    /// `School management software`.
    fn is_school_thing(&self, at: usize) -> bool {
        is_place(self.key(at)) && self.joins(at) && {
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

/// Places where people work, too.
fn is_place(word: &str) -> bool {
    matches!(
        word,
        "university"
            | "universitat"
            | "universite"
            | "universidad"
            | "universiteit"
            | "uniwersytet"
            | "college"
            | "school"
            | "schule"
    )
}

/// What somebody studies, before its years.
fn is_subject(word: &str) -> bool {
    const STARTS: [&str; 16] = [
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
    ];
    STARTS.iter().any(|start| word.starts_with(start))
}
