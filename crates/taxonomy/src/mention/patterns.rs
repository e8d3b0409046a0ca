//! Every spelling, in every form that people write, in one tree.
//!
//! Names and spellings come with the separators that somebody chose: `Ruby on Rails`, `Node.js`. People choose others
//! (`Ruby-on-Rails`, `NodeJS`, `Node JS`), and take words apart where a capital stands (`Java Script`). Such a form
//! becomes a pattern where the resolver takes it for the same skill, so that a list and a text mean the same by it.
//! Look-alikes (`data/taxonomy/lookalikes.csv`) are patterns too, that mean nothing: "go to market" covers more of a text
//! than "go" and so keeps it from being a skill.

use std::collections::HashMap;

use crate::mention::cues::{Class, Cues};
use crate::mention::folded::Folded;
use crate::mention::found::Subject;
use crate::mention::trie::Trie;
use crate::spelling::exact_key;
use crate::{SkillIx, Taxonomy, TraitIx};

/// What a pattern means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub meaning: Meaning,
    /// Row of `contexts.csv`; `None` where the spelling means nothing else.
    pub context: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Skill(SkillIx, Option<TraitIx>),
    Trait(TraitIx),
    /// A phrase that looks like a skill. One that begins or ends with a function word counts in small letters only:
    /// "in spring" is a season, "in Spring" may be none.
    LookAlike(Letters),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Any,
    Small,
}

impl Pattern {
    pub fn subject(&self) -> Option<(Subject, Option<TraitIx>)> {
        match self.meaning {
            Meaning::Skill(skill, also) => Some((Subject::Skill(skill), also)),
            Meaning::Trait(found) => Some((Subject::Trait(found), None)),
            Meaning::LookAlike(_) => None,
        }
    }
}

/// All patterns and their tree.
#[derive(Debug)]
pub(super) struct Patterns {
    pub list: Vec<Pattern>,
    /// What each pattern matches, for the plain twin.
    #[cfg(test)]
    pub texts: Vec<Vec<u8>>,
    pub trie: Trie,
}

impl Patterns {
    pub fn new(taxonomy: &Taxonomy, cues: &Cues, context: impl Fn(&str) -> Option<u8>) -> Self {
        let mut patterns: HashMap<Vec<u8>, Pattern> = HashMap::new();
        let rows_of_file = &taxonomy.tables().spellings;
        let contexts: HashMap<String, &str> =
            rows_of_file.iter().map(|row| (exact_key(&row.spelling), row.context.as_str())).collect();
        let mut written: Vec<(&str, SkillIx)> = Vec::new();
        for (ix, skill) in taxonomy.skills() {
            written.push((&skill.name, ix));
            written.extend(skill.spellings.iter().map(|spelling| (spelling.as_str(), ix)));
        }
        let pattern = |spelling: &str, skill: SkillIx| {
            let context = contexts.get(&exact_key(spelling)).and_then(|name| context(name));
            Pattern { meaning: Meaning::Skill(skill, None), context }
        };
        // As written first: a form of one spelling never replaces another spelling.
        for (spelling, skill) in &written {
            patterns.insert(Folded::new(spelling).bytes, pattern(spelling, *skill));
        }
        for (spelling, skill) in &written {
            for form in forms(spelling) {
                if taxonomy.find(&form).is_some_and(|found| found.skill == *skill) {
                    patterns.entry(Folded::new(&form).bytes).or_insert_with(|| pattern(spelling, *skill));
                }
            }
        }
        for (ix, row) in taxonomy.traits() {
            let own = [row.id.as_str(), row.name.as_str()];
            for wording in own.into_iter().chain(row.also.iter().map(String::as_str)) {
                for form in std::iter::once(wording.to_owned()).chain(forms(wording)) {
                    let folded = Folded::new(&form).bytes;
                    if cues.of(&folded).has(Class::NotInText) {
                        continue;
                    }
                    match patterns.get_mut(&folded) {
                        Some(Pattern { meaning: Meaning::Skill(_, also), .. }) => *also = Some(ix),
                        Some(_) => {}
                        None => {
                            patterns.insert(folded, Pattern { meaning: Meaning::Trait(ix), context: None });
                        }
                    }
                }
            }
        }
        for row in &taxonomy.tables().lookalikes {
            let folded = Folded::new(&row.phrase).bytes;
            let words = || folded.split(|byte| *byte == b' ');
            let function = |word: Option<&[u8]>| word.is_some_and(|word| cues.of(word).has(Class::Function));
            let small = function(words().next()) || function(words().next_back());
            let letters = if small { Letters::Small } else { Letters::Any };
            let look_alike = Pattern { meaning: Meaning::LookAlike(letters), context: None };
            patterns.entry(folded).or_insert(look_alike);
        }
        // "Not just", "move into": a phrase that the rules use is no skill because one of its words is a spelling too.
        for phrase in cues.phrases() {
            let mut words = phrase.split(|byte| *byte == b' ');
            let everyday = |word: &[u8]| patterns.get(word).is_some_and(|p| p.context.is_some());
            if phrase.contains(&b' ') && words.any(everyday) && !patterns.contains_key(phrase) {
                let look_alike = Pattern { meaning: Meaning::LookAlike(Letters::Any), context: None };
                patterns.insert(phrase.to_vec(), look_alike);
            }
        }
        let mut sorted: Vec<(Vec<u8>, Pattern)> =
            patterns.into_iter().filter(|(text, _)| !text.is_empty()).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let (texts, list): (Vec<_>, Vec<_>) = sorted.into_iter().unzip();
        let trie = Trie::new(&texts);
        Self {
            list,
            #[cfg(test)]
            texts,
            trie,
        }
    }
}

/// Other ways of writing a spelling; what they mean is for the resolver to say.
fn forms(spelling: &str) -> Vec<String> {
    const SEPARATORS: [char; 4] = [' ', '-', '_', '.'];
    /// Longer ones are phrases, which nobody writes as one word.
    const PARTS_MAX: usize = 4;
    let mut forms = Vec::new();
    let lead = if spelling.starts_with('.') { "." } else { "" };
    let parts: Vec<&str> =
        spelling.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect();
    if (2..=PARTS_MAX).contains(&parts.len()) {
        for separator in [" ", "-", "", "."] {
            let dotted = separator != "."
                || parts.iter().any(|part| matches!(part.to_lowercase().as_str(), "js" | "net"));
            if dotted {
                forms.push(format!("{lead}{}", parts.join(separator)));
            }
        }
    }
    if spelling.contains('/') {
        forms.push(spelling.split('/').map(str::trim).collect::<Vec<_>>().join(" / "));
        forms.push(spelling.split('/').map(str::trim).collect::<Vec<_>>().join("-"));
        forms.push(spelling.split('/').map(str::trim).collect::<Vec<_>>().join(" "));
    }
    let seams = at_seams(spelling);
    if seams != spelling {
        forms.push(seams);
    }
    forms.retain(|form| form != spelling);
    forms
}

/// `JavaScript` as `Java Script`: a blank before each capital letter that follows a small one.
fn at_seams(spelling: &str) -> String {
    let mut apart = String::with_capacity(spelling.len() + 2);
    let mut small = false;
    for c in spelling.chars() {
        if small && c.is_uppercase() {
            apart.push(' ');
        }
        small = c.is_lowercase();
        apart.push(c);
    }
    apart
}
