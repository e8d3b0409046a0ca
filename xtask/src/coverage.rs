//! `cargo xtask coverage`: how many of the technology names that people really write resolve, and to the right skill.
//!
//! Two lists were judged by hand and stand in `fixtures/coverage`: the most frequent spellings of 50,000 job
//! advertisements, down to the five-hundredth that is a technology, with the rejected ones between; and O*NET's
//! examples for software developers (15-1252). This command counts the advertisements anew, compares the counts with
//! the list, resolves every spelling, and prints what did not resolve. A spelling that resolves to another skill than
//! the judged one is an error, not a success.
//!
//! The same advertisements and two surveys say which skills are most asked for (`most-asked.csv`): each of them needs a
//! practical assessment.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::spelling::exact_key;

const JUDGED_ADS: &str = include_str!("../../fixtures/coverage/skill2vec.csv");
const JUDGED_ONET: &str = include_str!("../../fixtures/coverage/onet-15-1252.csv");
const MOST_ASKED: &str = include_str!("../../fixtures/coverage/most-asked.csv");

/// Below this count a spelling of the advertisements is mostly one writer's own.
const TAIL_COUNT_MIN: u32 = 20;
/// Tags of the question-and-answer site that are looked at, the most used first.
const TAGS_MAX: usize = 1_000;

/// Skills that count as most asked for.
const ASKED_MAX: usize = 40;
/// What a work sample can check. The rest (editors, chat, ways of working, AI models) is used beside it.
const ASKED_KINDS: [&str; 23] = [
    "api-style",
    "backend-framework",
    "cache",
    "ci-cd",
    "cloud",
    "cms",
    "container-orchestration",
    "css-framework",
    "data-tool",
    "database",
    "frontend-framework",
    "infrastructure",
    "language",
    "machine-learning",
    "message-broker",
    "mobile-framework",
    "observability",
    "orm",
    "runtime",
    "search-engine",
    "state-management",
    "testing",
    "version-control",
];
/// Of those kinds, and still no trade of its own.
const ASKED_NEVER: [&str; 1] = ["markdown"];

/// A spelling of the advertisements, judged.
#[derive(Debug, Deserialize)]
struct Spelling {
    spelling: String,
    /// Advertisements that ask for it.
    count: u32,
    /// `technology` or `not`.
    verdict: String,
    /// The skill that it means; empty where it is no technology or the taxonomy lacks it.
    skill: String,
}

/// An example of O*NET's list, classed.
#[derive(Debug, Deserialize)]
struct Example {
    example: String,
    /// `kept`, or why it is left out.
    class: String,
    skill: String,
}

/// How often a skill is asked for and used.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
struct Asked {
    skill: String,
    /// Of 50,000 advertisements.
    advertisements: u32,
    /// People who worked with it, of those who answered about web frameworks (45,161) or platforms (42,366).
    survey_2024: u32,
    /// People who worked with it, of 1,000.
    survey_2025: u32,
    /// Thousandths of the most asked-for skill's figure, the three added.
    score: u32,
}

/// Reports the coverage on the data in `data`; `None` where that folder lacks the advertisements.
///
/// # Errors
/// A file that cannot be read, or a judged list that does not fit the data.
pub fn report(data: &Path) -> Result<Option<String>> {
    let ads = data.join("skill2vec/job_skills_50k.csv.gz");
    if !ads.is_file() {
        return Ok(None);
    }
    let taxonomy = Taxonomy::embedded();
    let mut out = String::new();

    let ads = Ads::count(&ads, &taxonomy)?;
    let judged = spellings()?;
    let cut = check_counts(&judged, &ads.spellings)?;
    let technologies: Vec<&Spelling> = judged.iter().filter(|row| row.verdict == "technology").collect();
    let skills: BTreeSet<&str> = technologies.iter().map(|row| row.skill.as_str()).collect();
    writeln!(
        out,
        "advertisements: {} spellings judged (asked for {cut} times or more), {} of them technologies, {} skills",
        judged.len(),
        technologies.len(),
        skills.len(),
    )?;
    Tally::of(&taxonomy, technologies.iter().map(|row| (row.spelling.as_str(), row.skill.as_str())))
        .write(&mut out)?;

    let examples = examples()?;
    check_examples(&examples, &data.join("names/onet-technology-skills-computing.tsv"))?;
    let kept: Vec<&Example> = examples.iter().filter(|row| row.class == "kept").collect();
    writeln!(out, "O*NET 15-1252: {} examples, {} kept", examples.len(), kept.len())?;
    Tally::of(&taxonomy, kept.iter().map(|row| (row.example.as_str(), row.skill.as_str())))
        .write(&mut out)?;

    let asked = most_asked(&taxonomy, data, &ads.skills)?;
    let listed = listed_as_most_asked()?;
    ensure!(
        asked == listed,
        "fixtures/coverage/most-asked.csv differs from what was counted:\n{}",
        table(&asked)
    );
    writeln!(
        out,
        "most asked for: {}",
        listed.iter().map(|row| row.skill.as_str()).collect::<Vec<_>>().join(", ")
    )?;

    writeln!(out, "unjudged lists, technologies or not:")?;
    let tail = ads
        .spellings
        .iter()
        .filter(|(_, count)| **count >= TAIL_COUNT_MIN)
        .map(|(spelling, _)| spelling.clone());
    share(&mut out, &taxonomy, "advertisements, 20 times or more", tail)?;
    share(&mut out, &taxonomy, "GitHub topics", topics(data)?.into_iter())?;
    share(&mut out, &taxonomy, "Stack Overflow tags, first 1000", tags(data)?.into_iter())?;
    Ok(Some(out))
}

/// What became of the spellings of a judged list.
#[derive(Debug, Default)]
struct Tally {
    all: usize,
    right: usize,
    /// Resolved, and not to the judged skill: the spelling, the skill found.
    wrong: Vec<(String, String)>,
    missing: Vec<String>,
}

impl Tally {
    /// Resolves each spelling; an empty expected skill is one that the taxonomy lacks.
    fn of<'a>(taxonomy: &Taxonomy, rows: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut tally = Self::default();
        for (written, expected) in rows {
            tally.all += 1;
            match resolve(taxonomy, written) {
                Some(found) if found == expected => tally.right += 1,
                Some(found) => tally.wrong.push((written.to_owned(), found.to_owned())),
                None => tally.missing.push(written.to_owned()),
            }
        }
        tally
    }

    fn write(&self, out: &mut String) -> Result<()> {
        writeln!(out, "  {} of {} resolve: {}", self.right, self.all, percent(self.right, self.all))?;
        for (written, found) in &self.wrong {
            writeln!(out, "  error: `{written}` resolves to `{found}`")?;
        }
        if !self.missing.is_empty() {
            writeln!(out, "  unresolved: {}", self.missing.join("; "))?;
        }
        Ok(())
    }
}

/// The id of the skill that a spelling means, by its name or another spelling, with a version beside it or none.
fn resolve<'a>(taxonomy: &'a Taxonomy, written: &str) -> Option<&'a str> {
    taxonomy.read_one(written).resolution.skill().map(|skill| taxonomy.skill(skill).id.as_str())
}

fn percent(part: usize, all: usize) -> String {
    if all == 0 {
        return "none".to_owned();
    }
    let tenths = (part * 1_000 + all / 2) / all;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn share(
    out: &mut String,
    taxonomy: &Taxonomy,
    name: &str,
    names: impl Iterator<Item = String>,
) -> Result<()> {
    let (mut all, mut found) = (0, 0);
    for name in names {
        all += 1;
        found += usize::from(resolve(taxonomy, &name).is_some());
    }
    writeln!(out, "  {name}: {found} of {all} resolve: {}", percent(found, all))?;
    Ok(())
}

/// How many advertisements ask for each spelling and each skill; one that asks twice counts once.
#[derive(Debug, Default)]
struct Ads {
    spellings: HashMap<String, u32>,
    skills: HashMap<String, u32>,
}

impl Ads {
    fn count(ads: &Path, taxonomy: &Taxonomy) -> Result<Self> {
        let packed = File::open(ads).with_context(|| ads.display().to_string())?;
        let unpacked = MultiGzDecoder::new(packed);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(unpacked);
        let mut counted = Self::default();
        let mut known: HashMap<String, Option<String>> = HashMap::new();
        for ad in reader.byte_records() {
            let ad = ad?;
            let mut asked: BTreeSet<String> =
                ad.iter().skip(1).map(|cell| exact_key(&String::from_utf8_lossy(cell))).collect();
            asked.remove("");
            let mut skills = BTreeSet::new();
            for spelling in asked {
                *counted.spellings.entry(spelling.clone()).or_default() += 1;
                let skill = known
                    .entry(spelling)
                    .or_insert_with_key(|spelling| resolve(taxonomy, spelling).map(str::to_owned));
                skills.extend(skill.clone());
            }
            for skill in skills {
                *counted.skills.entry(skill).or_default() += 1;
            }
        }
        Ok(counted)
    }
}

/// The skills most asked for in advertisements and most used by those who answered the surveys, the first forty.
fn most_asked(taxonomy: &Taxonomy, data: &Path, ads: &HashMap<String, u32>) -> Result<Vec<Asked>> {
    let survey_2024 = ticked(taxonomy, data)?;
    let survey_2025 = worked_with(taxonomy, data)?;
    let counts = [ads, &survey_2024, &survey_2025];
    let of = |counts: &HashMap<String, u32>, skill: &str| counts.get(skill).copied().unwrap_or(0);
    let candidates: Vec<&str> = taxonomy
        .skills()
        .filter(|(_, skill)| ASKED_KINDS.contains(&skill.kind.as_str()))
        .map(|(_, skill)| skill.id.as_str())
        .filter(|id| !ASKED_NEVER.contains(id))
        .collect();
    let most = counts.map(|counts| candidates.iter().map(|id| of(counts, id)).max().unwrap_or(0).max(1));
    let mut asked: Vec<Asked> = candidates
        .iter()
        .map(|id| Asked {
            skill: (*id).to_owned(),
            advertisements: of(ads, id),
            survey_2024: of(&survey_2024, id),
            survey_2025: of(&survey_2025, id),
            score: counts
                .iter()
                .zip(most)
                .map(|(counts, most)| (1_000 * of(counts, id) + most / 2) / most)
                .sum(),
        })
        .collect();
    asked.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.skill.cmp(&b.skill)));
    asked.truncate(ASKED_MAX);
    Ok(asked)
}

/// How many people of the 2024 survey ticked each skill: a column a skill, `1.0` where ticked.
fn ticked(taxonomy: &Taxonomy, data: &Path) -> Result<HashMap<String, u32>> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for file in ["web_framework.csv", "platform.csv"] {
        let path = data.join("stackoverflow-2024").join(file);
        let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
        let columns: Vec<Option<String>> =
            reader.headers()?.iter().map(|name| resolve(taxonomy, name).map(str::to_owned)).collect();
        for person in reader.records() {
            for (cell, skill) in person?.iter().zip(&columns) {
                if let Some(skill) = skill.as_ref().filter(|_| cell == "1.0") {
                    *counts.entry(skill.clone()).or_default() += 1;
                }
            }
        }
    }
    Ok(counts)
}

/// How many people of the 2025 survey worked with each skill, under whichever question.
fn worked_with(taxonomy: &Taxonomy, data: &Path) -> Result<HashMap<String, u32>> {
    let path = data.join("stackoverflow-2025/survey_results_public_first1000.csv");
    let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
    let asked: Vec<bool> = reader.headers()?.iter().map(|name| name.ends_with("HaveWorkedWith")).collect();
    let mut counts: HashMap<String, u32> = HashMap::new();
    for person in reader.records() {
        let person = person?;
        let answers =
            person.iter().zip(&asked).filter(|(_, asked)| **asked).flat_map(|(cell, _)| cell.split(';'));
        let skills: BTreeSet<&str> = answers.filter_map(|answer| resolve(taxonomy, answer)).collect();
        for skill in skills {
            *counts.entry(skill.to_owned()).or_default() += 1;
        }
    }
    Ok(counts)
}

/// The list as it stands in `most-asked.csv`, after its header.
fn table(asked: &[Asked]) -> String {
    let row = |a: &Asked| {
        format!("{},{},{},{},{}", a.skill, a.advertisements, a.survey_2024, a.survey_2025, a.score)
    };
    asked.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn listed_as_most_asked() -> Result<Vec<Asked>> {
    csv::Reader::from_reader(MOST_ASKED.as_bytes()).deserialize().map(|row| Ok(row?)).collect()
}

/// Checks that the judged list is the head of the counted one, nothing left out; the least count on it.
fn check_counts(judged: &[Spelling], counts: &HashMap<String, u32>) -> Result<u32> {
    let mut head: Vec<(&str, u32)> =
        counts.iter().map(|(spelling, count)| (spelling.as_str(), *count)).collect();
    head.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    for (row, (spelling, count)) in judged.iter().zip(&head) {
        ensure!(
            (row.spelling.as_str(), row.count) == (*spelling, *count),
            "the list judges `{}` ({}) where the advertisements have `{spelling}` ({count})",
            row.spelling,
            row.count,
        );
    }
    Ok(judged.last().map_or(0, |row| row.count))
}

/// Checks that the classed examples are those of O*NET, nothing left out.
fn check_examples(examples: &[Example], onet: &Path) -> Result<()> {
    let text = std::fs::read_to_string(onet).with_context(|| onet.display().to_string())?;
    let listed: BTreeSet<&str> = text
        .lines()
        .filter(|line| line.starts_with("15-1252"))
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    let classed: BTreeSet<&str> = examples.iter().map(|row| row.example.as_str()).collect();
    let differing: Vec<&&str> = listed.symmetric_difference(&classed).collect();
    ensure!(differing.is_empty(), "classed and listed examples differ: {differing:?}");
    Ok(())
}

fn spellings() -> Result<Vec<Spelling>> {
    csv::Reader::from_reader(JUDGED_ADS.as_bytes()).deserialize().map(|row| Ok(row?)).collect()
}

fn examples() -> Result<Vec<Example>> {
    csv::Reader::from_reader(JUDGED_ONET.as_bytes()).deserialize().map(|row| Ok(row?)).collect()
}

fn topics(data: &Path) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Topic {
        topic: String,
    }
    let path = data.join("names/github-topics.json");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let topics: Vec<Topic> = serde_json::from_str(&text)?;
    Ok(topics.into_iter().map(|topic| topic.topic).collect())
}

/// The most used tags.
fn tags(data: &Path) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Tag {
        tag_name: String,
        count: u64,
    }
    let path = data.join("names/stackoverflow-tags-top5000.csv");
    let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
    let mut tags: Vec<Tag> = reader.deserialize().collect::<Result<_, _>>()?;
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.tag_name.cmp(&b.tag_name)));
    Ok(tags.into_iter().take(TAGS_MAX).map(|tag| tag.tag_name).collect())
}

#[cfg(test)]
mod tests {
    //! - at least 95 of 100 judged technologies resolve, and none to another skill than the judged one
    //! - the judged lists are whole: 500 technologies, in the order of their counts, every rejection with a reason
    //! - each of the forty most asked-for skills has an assessment of its own
    //! - a wrong skill is an error, and a changed count is noticed

    use super::*;

    fn assert_covered(tally: &Tally) {
        assert_eq!(tally.wrong, [], "resolve to another skill");
        assert!(tally.right * 100 >= tally.all * 95, "unresolved: {:?}", tally.missing);
    }

    #[test]
    fn the_judged_technologies_of_the_advertisements_resolve() {
        let judged = spellings().unwrap();
        let rows = judged.iter().filter(|row| row.verdict == "technology");
        let tally =
            Tally::of(&Taxonomy::embedded(), rows.map(|row| (row.spelling.as_str(), row.skill.as_str())));
        assert_eq!(tally.all, 500);
        assert_covered(&tally);
    }

    #[test]
    fn the_kept_examples_of_onet_resolve() {
        let examples = examples().unwrap();
        let kept = examples.iter().filter(|row| row.class == "kept");
        let tally =
            Tally::of(&Taxonomy::embedded(), kept.map(|row| (row.example.as_str(), row.skill.as_str())));
        assert!(tally.all >= 300, "{}", tally.all);
        assert_covered(&tally);
    }

    #[test]
    fn the_judged_lists_are_whole() {
        let taxonomy = Taxonomy::embedded();
        let judged = spellings().unwrap();
        assert!(judged.windows(2).all(|pair| {
            (std::cmp::Reverse(pair[0].count), &pair[0].spelling)
                < (std::cmp::Reverse(pair[1].count), &pair[1].spelling)
        }));
        for row in &judged {
            match row.verdict.as_str() {
                "technology" => assert!(taxonomy.skill_by_id(&row.skill).is_some(), "{row:?}"),
                "not" => assert_eq!(row.skill, "", "{row:?}"),
                other => panic!("no verdict `{other}`"),
            }
        }
        let classes = ["kept", "office", "graphics", "ERP", "project", "other-excluded"];
        for row in examples().unwrap() {
            assert!(classes.contains(&row.class.as_str()), "{row:?}");
            assert!(row.skill.is_empty() || taxonomy.skill_by_id(&row.skill).is_some(), "{row:?}");
        }
        for text in [JUDGED_ADS, JUDGED_ONET] {
            for row in csv::Reader::from_reader(text.as_bytes()).records() {
                let row = row.unwrap();
                assert!(!row[3].is_empty() || !row[4].is_empty(), "{row:?} has neither a skill nor a reason");
            }
        }
    }

    #[test]
    fn the_most_asked_for_skills_have_an_assessment() {
        let taxonomy = Taxonomy::embedded();
        let listed = listed_as_most_asked().unwrap();
        assert_eq!(listed.len(), ASKED_MAX);
        for row in &listed {
            let assessment = taxonomy.tables().assessments.iter().find(|a| a.skill == row.skill);
            let assessment = assessment.unwrap_or_else(|| panic!("no assessment of `{}`", row.skill));
            assert!(assessment.task.len() > 60 && assessment.look_for.len() > 60, "{assessment:?}");
        }
        let assessments = &taxonomy.tables().assessments;
        let tasks: BTreeSet<&str> = assessments.iter().flat_map(|a| [a.task.as_str(), &a.look_for]).collect();
        assert_eq!(tasks.len(), 2 * assessments.len(), "two assessments say the same");
    }

    #[test]
    fn a_wrong_skill_is_an_error_and_an_unknown_name_is_missing() {
        let rows = [("Django", "flask"), ("python 3.11", "python"), ("basket weaving at night", "")];
        let tally = Tally::of(&Taxonomy::embedded(), rows.into_iter());
        assert_eq!((tally.all, tally.right), (3, 1));
        assert_eq!(tally.wrong, [("Django".to_owned(), "django".to_owned())]);
        assert_eq!(tally.missing, ["basket weaving at night"]);
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(2, 3), "66.7%");
    }

    #[test]
    fn counts_that_changed_are_noticed() {
        let judged = |spelling: &str, count| Spelling {
            spelling: spelling.to_owned(),
            count,
            verdict: "not".to_owned(),
            skill: String::new(),
        };
        let counts = HashMap::from([("sales".to_owned(), 3), ("java".to_owned(), 2), ("b".to_owned(), 1)]);
        assert_eq!(check_counts(&[judged("sales", 3), judged("java", 2)], &counts).unwrap(), 2);
        assert!(check_counts(&[judged("sales", 4)], &counts).is_err());
        assert!(check_counts(&[judged("sales", 3), judged("b", 1)], &counts).is_err());
    }
}
