//! `cargo xtask extraction`: how well the mention finder reads sentences of real job advertisements.
//!
//! The sentences are those of SkillSpan (MIT), which the project does not hold. What it holds is what a person judged
//! who read them: `fixtures/extraction/technologies.csv` names every technology in the 2,156 sentences of the
//! development set that come from technical advertisements, and `fixtures/extraction/found.csv` says of everything else
//! that the finder found there, and in the other sentences of that set, whether it was right. Each place is named by
//! the line of `dev.json`, the words as written, and which occurrence of them it is. Nobody read these sentences while
//! curating the taxonomy or writing the finder (once, a list of the names found in them and their counts was looked at,
//! without the sentences); `train.json` was free for that.
//!
//! A mention that nobody judged counts as wrong: a finder that changed has to be judged anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::mention::{MentionFinder, Subject, TextContext, TextKind, YearMonth};

/// Names of what was missed or wrong that are printed.
const SHOWN: usize = 40;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Technologies that a person found in the sentences.
    pub technologies: usize,
    /// How many of them the finder found, as the right skill.
    pub technologies_found: usize,
    /// Mentions that the finder found.
    pub found: usize,
    /// How many of them are right.
    pub right: usize,
    /// How many of them nobody judged.
    pub unjudged: usize,
    /// What is printed.
    pub report: String,
}

impl Measured {
    /// The share of what was found that is right, in ten-thousandths.
    #[must_use]
    pub fn precision(&self) -> usize {
        share(self.right, self.found)
    }

    /// The share of the technologies that was found, in ten-thousandths.
    #[must_use]
    pub fn recall(&self) -> usize {
        share(self.technologies_found, self.technologies)
    }
}

fn share(part: usize, all: usize) -> usize {
    (part * 10_000).checked_div(all).unwrap_or(0)
}

/// A sentence of SkillSpan.
#[derive(Deserialize)]
struct Sentence {
    tokens: Vec<String>,
    tags_knowledge: Vec<String>,
}

/// A place in a sentence, as the fixtures name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Place {
    row: usize,
    written: String,
    nth: usize,
}

/// A technology that a person found.
#[derive(Deserialize)]
struct Technology {
    row: usize,
    written: String,
    nth: usize,
    /// Ids that are right, between bars; an id that the taxonomy has not is one that it should have.
    skill: String,
}

/// What a person said of a mention that is no technology of theirs.
#[derive(Deserialize)]
struct Judged {
    row: usize,
    written: String,
    nth: usize,
    skill: String,
    verdict: Verdict,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    Right,
    Wrong,
}

/// Reads the sentences and measures.
///
/// # Errors
/// Data or fixtures that cannot be read, and a place that does not stand where a fixture says.
pub fn run(root: &Path, data: &Path, taxonomy: &Taxonomy) -> Result<Measured> {
    let fixtures = root.join("fixtures/extraction");
    let technologies: Vec<Technology> = rows(&fixtures.join("technologies.csv"))?;
    let judged: Vec<Judged> = rows(&fixtures.join("found.csv"))?;
    let dev = sentences(&data.join("skillspan/dev.json"))?;
    let train = sentences(&data.join("skillspan/train.json"))?;
    measure(&dev, &train, &technologies, &judged, taxonomy)
}

fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    reader.deserialize().collect::<Result<_, _>>().with_context(|| path.display().to_string())
}

fn sentences(path: &Path) -> Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .with_context(|| path.display().to_string())
}

/// The words with spaces between. The data set took the full stop off `.NET`, which is given back.
fn joined(tokens: &[String]) -> String {
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let after_stop = at > 0 && tokens[at - 1] == "." && token.to_ascii_lowercase().starts_with("net");
        if at > 0 && !after_stop {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}

/// Where the nth occurrence of some words stands.
fn locate(text: &str, written: &str, nth: usize) -> Option<Range<usize>> {
    let start = text.match_indices(written).nth(nth.checked_sub(1)?)?.0;
    Some(start..start + written.len())
}

fn place(row: usize, text: &str, span: &Range<usize>) -> Place {
    let written = &text[span.clone()];
    let nth = text.match_indices(written).take_while(|(at, _)| *at <= span.start).count();
    Place { row, written: written.to_owned(), nth }
}

fn measure(
    dev: &[Sentence],
    train: &[Sentence],
    technologies: &[Technology],
    judged: &[Judged],
    taxonomy: &Taxonomy,
) -> Result<Measured> {
    let finder = MentionFinder::new(taxonomy);
    let month = YearMonth::new(2021, 6).context("June 2021 is a month")?;
    let context = TextContext { as_of: month, kind: TextKind::JobAd };
    let skills_in = |text: &str| -> Vec<(Range<usize>, &str)> {
        let id = |subject| match subject {
            Subject::Skill(skill) => Some(taxonomy.skill(skill).id.as_str()),
            Subject::Trait(_) => None,
        };
        finder.find(text, &context).into_iter().filter_map(|m| Some((m.span, id(m.subject)?))).collect()
    };

    let mut by_row: BTreeMap<usize, Vec<(&Technology, Range<usize>)>> = BTreeMap::new();
    for technology in technologies {
        let Some(sentence) = technology.row.checked_sub(1).and_then(|at| dev.get(at)) else {
            bail!("technologies.csv: dev.json has no line {}", technology.row);
        };
        let text = joined(&sentence.tokens);
        let Some(span) = locate(&text, &technology.written, technology.nth) else {
            bail!("technologies.csv: line {} of dev.json holds no `{}`", technology.row, technology.written);
        };
        by_row.entry(technology.row).or_default().push((technology, span));
    }
    let judged: BTreeMap<(Place, &str), Verdict> = judged
        .iter()
        .map(|j| {
            let place = Place { row: j.row, written: j.written.clone(), nth: j.nth };
            ((place, j.skill.as_str()), j.verdict)
        })
        .collect();

    let (mut found, mut right, mut technologies_found) = (0, 0, 0);
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut unjudged: Vec<String> = Vec::new();
    for (at, sentence) in dev.iter().enumerate() {
        let row = at + 1;
        let text = joined(&sentence.tokens);
        let mentions = skills_in(&text);
        let named = by_row.get(&row).map_or(&[][..], Vec::as_slice);
        let mut seen = BTreeSet::new();
        for (span, skill) in &mentions {
            found += 1;
            let is_named = |(technology, named): &(&Technology, Range<usize>)| {
                let overlap = named.start < span.end && span.start < named.end;
                overlap && technology.skill.split('|').any(|id| id == *skill)
            };
            if let Some(of) = named.iter().position(is_named) {
                seen.insert(of);
                right += 1;
                continue;
            }
            let place = place(row, &text, span);
            let shown = format!("{} as {skill}", place.written);
            match judged.get(&(place.clone(), *skill)) {
                Some(Verdict::Right) => right += 1,
                Some(Verdict::Wrong) => *wrong.entry(shown).or_insert(0) += 1,
                None => unjudged.push(format!("{row},{},{},{skill}", place.written, place.nth)),
            }
        }
        technologies_found += seen.len();
        for (at, (technology, _)) in named.iter().enumerate() {
            if !seen.contains(&at) {
                *missed.entry(technology.written.clone()).or_insert(0) += 1;
            }
        }
    }
    let mut measured = Measured {
        technologies: technologies.len(),
        technologies_found,
        found,
        right,
        unjudged: unjudged.len(),
        report: String::new(),
    };
    measured.report = report(&measured, dev.len(), &missed, &wrong, &unjudged)
        + &knowledge(dev, train, &|text| skills_in(text).len());
    Ok(measured)
}

fn report(
    measured: &Measured,
    sentences: usize,
    missed: &BTreeMap<String, usize>,
    wrong: &BTreeMap<String, usize>,
    unjudged: &[String],
) -> String {
    let mut text = String::new();
    let tenths = |share: usize| format!("{}.{:02}%", share / 100, share % 100);
    let _ = writeln!(
        text,
        "SkillSpan, development set: {sentences} sentences, read by hand, not used while curating"
    );
    let _ = writeln!(
        text,
        "  technologies named by a person     {:>6}\n  \
         of these found, as the right skill {:>6}  recall {}",
        measured.technologies,
        measured.technologies_found,
        tenths(measured.recall())
    );
    let _ = writeln!(
        text,
        "  mentions found                     {:>6}\n  \
         of these right                     {:>6}  precision {}",
        measured.found,
        measured.right,
        tenths(measured.precision())
    );
    let _ = writeln!(text, "  missed: {}", most(missed));
    let _ = writeln!(text, "  wrong:  {}", most(wrong));
    for line in unjudged {
        let _ = writeln!(text, "  not judged: {line}");
    }
    text
}

/// How many of the pieces that the data set calls knowledge hold a mention, and which of the others are frequent.
fn knowledge(dev: &[Sentence], train: &[Sentence], skills_in: &dyn Fn(&str) -> usize) -> String {
    let mut text = String::new();
    for (name, sentences) in [("development", dev), ("training", train)] {
        let (mut pieces, mut with) = (0, 0);
        let mut without: BTreeMap<String, usize> = BTreeMap::new();
        let mut mentions = 0;
        for sentence in sentences {
            mentions += skills_in(&joined(&sentence.tokens));
            for piece in pieces_of(sentence) {
                pieces += 1;
                if skills_in(&piece) == 0 {
                    *without.entry(piece.to_lowercase()).or_insert(0) += 1;
                } else {
                    with += 1;
                }
            }
        }
        without.retain(|_, n| *n > 1);
        let _ = writeln!(
            text,
            "\n{name} set: {mentions} mentions in {} sentences; of {pieces} pieces that it calls knowledge\n\
             (languages that people speak, degrees and trades among them) {with} name a skill. Most\n\
             frequent of the others: {}",
            sentences.len(),
            most(&without)
        );
    }
    text
}

fn pieces_of(sentence: &Sentence) -> Vec<String> {
    let mut pieces: Vec<Vec<String>> = Vec::new();
    for (token, tag) in sentence.tokens.iter().zip(&sentence.tags_knowledge) {
        match (tag.as_str(), pieces.last_mut()) {
            ("B", _) => pieces.push(vec![token.clone()]),
            ("I", Some(piece)) => piece.push(token.clone()),
            _ => {}
        }
    }
    pieces.iter().map(|piece| joined(piece)).collect()
}

fn most(counts: &BTreeMap<String, usize>) -> String {
    let mut counts: Vec<(&String, &usize)> = counts.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let shown: Vec<String> = counts.iter().take(SHOWN).map(|(name, n)| format!("{name} ({n})")).collect();
    if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    //! - what is found and right, found and wrong, missed, and not judged is counted as such
    //! - a place that is not there is an error, not a miss

    use super::*;

    fn sentence(text: &str) -> Sentence {
        let tokens: Vec<String> = text.split(' ').map(str::to_owned).collect();
        Sentence { tags_knowledge: vec!["O".to_owned(); tokens.len()], tokens }
    }

    fn technology(row: usize, written: &str, nth: usize, skill: &str) -> Technology {
        Technology { row, written: written.to_owned(), nth, skill: skill.to_owned() }
    }

    #[test]
    fn each_mention_is_counted_once() {
        let dev = [
            sentence("We use Python and . NET and Frobnicator"),
            sentence("Java Java Kotlin"),
            sentence("We use PostgreSQL"),
        ];
        let technologies = [
            technology(1, "Python", 1, "python"),
            technology(1, ".NET", 1, "aspnet|dotnet"),
            technology(1, "Frobnicator", 1, "frobnicator"),
            technology(2, "Java", 2, "java"),
            technology(2, "Kotlin", 1, "scala"),
        ];
        let right =
            Judged { row: 2, written: "Java".into(), nth: 1, skill: "java".into(), verdict: Verdict::Right };
        let measured = measure(&dev, &[], &technologies, &[right], &Taxonomy::embedded()).unwrap();
        assert_eq!((measured.technologies, measured.technologies_found), (5, 3));
        assert_eq!((measured.found, measured.right, measured.unjudged), (6, 4, 2));
        assert_eq!((measured.recall(), measured.precision()), (6_000, 6_666));
        assert!(measured.report.contains("not judged: 3,PostgreSQL,1,postgresql"), "{}", measured.report);
        assert!(measured.report.contains("missed: Frobnicator (1), Kotlin (1)"));
    }

    #[test]
    fn a_place_that_is_not_there_is_an_error() {
        let dev = [sentence("We use Python")];
        for bad in [
            technology(1, "Ruby", 1, "ruby"),
            technology(1, "Python", 2, "python"),
            technology(2, "a", 1, "a"),
        ] {
            assert!(measure(&dev, &[], &[bad], &[], &Taxonomy::embedded()).is_err());
        }
    }
}
