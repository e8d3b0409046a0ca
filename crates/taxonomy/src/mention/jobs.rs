//! Parts of a CV: headings, and the paragraphs of dated jobs.
//!
//! A line with one time on it ("Jan 2019 – Mar 2022 | Acme GmbH | Backend engineer") that is no sentence begins a job.
//! The lines below belong to it until a blank line behind them, another dated line, or a heading. Where the line holds the
//! time alone, up to two lines right above it belong to the job too. A dated line with a word of the class `education`, or
//! under a heading of that sort, is no job.

use std::ops::Range;

use crate::mention::cues::{Class, Cues};
use crate::mention::dates::{Period, YearMonth};
use crate::mention::duration::date_ranges;
use crate::mention::sentence::{Kind, Node, nodes};

/// What a line stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The time of the job that it tells of.
    pub job: Option<Period>,
    pub heading: Heading,
    /// Whether the line is itself the dated one, so that its dates are the job's.
    pub dated: Dated,
    /// Whether it stands under a heading that says that what follows would be nice to have.
    pub nice: Nice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Dated {
    #[default]
    No,
    Yes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Nice {
    #[default]
    No,
    Yes,
}

/// The last heading above a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Heading {
    #[default]
    Other,
    Work,
    Education,
    Skills,
    /// People to ask: what is said there is theirs.
    References,
}

/// Longer lines are no headings.
const HEADING_BYTES_MAX: usize = 48;
/// Longer lines are sentences, whatever dates they hold.
const DATED_LINE_BYTES_MAX: usize = 160;

/// The place of every line.
pub(super) fn places(bytes: &[u8], lines: &[Range<usize>], cues: &Cues, as_of: YearMonth) -> Vec<Place> {
    let mut places = vec![Place::default(); lines.len()];
    let mut now = Place::default();
    // Lines below the dated one so far.
    let mut below = 0;
    for (i, line) in lines.iter().enumerate() {
        let text = &bytes[line.clone()];
        if text.iter().all(|b| *b == b' ') {
            if below > 0 {
                now.job = None;
            }
            continue;
        }
        if let Some(heading) = heading(text, cues) {
            now = heading;
            below = 0;
            places[i] = now;
            continue;
        }
        if ends_block(text, cues) {
            now.job = None;
        }
        match dated(bytes, line.clone(), cues, as_of) {
            Some(line_dates) => {
                let education = line_dates.education || now.heading == Heading::Education;
                now.job = line_dates.period.filter(|_| !education);
                below = 0;
                if line_dates.alone {
                    title_lines(bytes, lines, i, &mut places, now.job);
                }
                places[i] = Place { dated: Dated::Yes, ..now };
            }
            None => {
                places[i] = now;
                below += 1;
            }
        }
    }
    places
}

/// Lines right above a line that holds dates alone: title and employer.
fn title_lines(
    bytes: &[u8],
    lines: &[Range<usize>],
    dated: usize,
    places: &mut [Place],
    job: Option<Period>,
) {
    const TITLE_LINES_MAX: usize = 2;
    for i in (0..dated).rev().take(TITLE_LINES_MAX) {
        let text = &bytes[lines[i].clone()];
        let bullet = text.first().is_some_and(|b| matches!(b, b'-' | b'*' | b'|'));
        let sentence = text.len() > HEADING_BYTES_MAX * 2 || text.last() == Some(&b'.');
        if text.is_empty() || bullet || sentence || places[i].dated == Dated::Yes {
            break;
        }
        places[i].job = job;
    }
}

/// A heading on a line of its own: `Work experience`, `SKILLS:`.
fn heading(text: &[u8], cues: &Cues) -> Option<Place> {
    if text.len() > HEADING_BYTES_MAX {
        return None;
    }
    let trimmed = text.trim_ascii();
    let lead = trimmed.iter().take_while(|b| matches!(b, b'#' | b'*' | b'=' | b'-' | b'|' | b' ')).count();
    let tail = trimmed[lead..]
        .iter()
        .rev()
        .take_while(|b| matches!(b, b':' | b'*' | b'=' | b'-' | b' ' | b'#'))
        .count();
    let phrase = &trimmed[lead..trimmed.len() - tail];
    let classes = cues.of(phrase);
    let plain = Place::default();
    if classes.has(Class::SectionWork) {
        Some(Place { heading: Heading::Work, ..plain })
    } else if classes.has(Class::SectionEducation) {
        Some(Place { heading: Heading::Education, ..plain })
    } else if classes.has(Class::SectionSkills) {
        Some(Place { heading: Heading::Skills, ..plain })
    } else if classes.has(Class::SectionReferences) {
        Some(Place { heading: Heading::References, ..plain })
    } else if classes.has(Class::Nice) {
        Some(Place { nice: Nice::Yes, ..plain })
    } else if classes.has(Class::SectionOther) || (classes.has(Class::Label) && tail > 0) {
        Some(plain)
    } else {
        None
    }
}

/// `Skills: …` behind a job speaks of the person again; `Technologies: …` may be the job's.
fn ends_block(text: &[u8], cues: &Cues) -> bool {
    let Some(colon) = text.iter().take(HEADING_BYTES_MAX).position(|b| *b == b':') else {
        return false;
    };
    let label = text[..colon].trim_ascii();
    let classes = cues.of(label);
    classes.has(Class::SectionOther)
        || classes.has(Class::SectionReferences)
        || classes.has(Class::SectionEducation)
        || (classes.has(Class::SectionSkills)
            && (label.ends_with(b"Skills") || label.ends_with(b"Kenntnisse")))
}

struct LineDates {
    period: Option<Period>,
    education: bool,
    alone: bool,
}

fn dated(bytes: &[u8], line: Range<usize>, cues: &Cues, as_of: YearMonth) -> Option<LineDates> {
    let text = &bytes[line.clone()];
    // `2013`, and the month of `01.02.13`.
    let has_year = || {
        text.windows(4).any(|w| match w {
            [b'1', b'9', decade, year] | [b'2', b'0', decade, year] => {
                decade.is_ascii_digit() && year.is_ascii_digit()
            }
            [b'.', tens, ones, b'.'] => tens.is_ascii_digit() && ones.is_ascii_digit(),
            _ => false,
        })
    };
    if text.len() > DATED_LINE_BYTES_MAX || !has_year() || text.trim_ascii().last() == Some(&b'.') {
        return None;
    }
    let nodes = nodes(bytes, line, &[], cues);
    let education = nodes.iter().any(|node| node.has(Class::Education));
    let ranges = date_ranges(bytes, &nodes, as_of);
    let words = |part: &[Node]| part.iter().filter(|node| matches!(node.kind, Kind::Word(..))).count();
    let others = |range: &Range<usize>| words(&nodes[..range.start]) + words(&nodes[range.end..]);
    let begins_job = |range: &Range<usize>| {
        let at_an_end = range.start == 0
            || range.end >= nodes.len()
            || nodes[range.start - 1].is_sign(b"(|,;:-[")
            || nodes[range.end].is_sign(b"|,;:)-]");
        let since_in_a_sentence = nodes[range.start].has(Class::Since) && others(range) > 0;
        at_an_end && !since_in_a_sentence
    };
    let mut timed = ranges.iter().filter_map(|(range, period)| Some((range, (*period)?)));
    match (timed.next(), timed.next()) {
        // A time that says nothing (reversed, in the future) still begins a block: nothing is said of what is in it.
        (None, _) => {
            let silent = ranges.iter().find(|(range, _)| begins_job(range)).map(|(range, _)| others(range));
            (education || silent.is_some() || two_years(&nodes)).then_some(LineDates {
                period: None,
                education,
                alone: silent == Some(0),
            })
        }
        (Some((range, period)), None) => {
            let others = others(range);
            // Two words and more: a title, an employer. `Django (2015-2019)` is a skill with its years.
            (begins_job(range) && others != 1).then_some(LineDates {
                period: Some(period),
                education,
                alone: others == 0,
            })
        }
        (Some(_), Some(_)) => None,
    }
}

/// Two years with a dash between, whatever their order.
fn two_years(nodes: &[Node]) -> bool {
    let is_year =
        |node: &Node| matches!(node.kind, Kind::Number(n) if n.whole_digits == 4 && n.fraction_digits == 0);
    nodes.windows(3).any(|w| is_year(&w[0]) && w[1].is_sign(b"-") && is_year(&w[2]))
}
