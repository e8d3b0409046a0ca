//! The words of a query where they stand in somebody's texts: a stretch of the sentence, and the places of the words.

use std::ops::Range;

use crate::query::{Place, Words};
use crate::words::words;
use crate::{IndexDocument, Query};

/// A stretch of text in which words of a query stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The stretch as written; `…` stands where it was cut.
    pub text: String,
    /// Where the words stand in it, in bytes, ascending.
    pub marks: Vec<Range<usize>>,
}

/// Stretches of one person at most.
const SNIPPETS_MAX: usize = 3;
/// Bytes of a sentence that are shown before a word and behind it: about a line of a terminal on each side.
const AROUND_BYTES: usize = 70;

/// Places that every list of people shows as they are.
const SHOWN: [Place; 3] = [Place::Title, Place::Name, Place::Location];

/// Where the words of a query that are looked for in texts stand, of each the first place, at most three.
#[must_use]
pub fn snippets(query: &Query, person: &IndexDocument<'_>) -> Vec<Snippet> {
    let looked_for = query.looked_for();
    let mut found: Vec<Snippet> = Vec::new();
    let is_asked = |words: &Words, place: Place| words.place.parts().contains(&place);
    let places = Place::ALL.iter().filter(|place| **place != Place::Text && !SHOWN.contains(place));
    for (place, text) in places.flat_map(|place| person.texts(*place).into_iter().map(|text| (*place, text)))
    {
        let asked: Vec<&Words> = looked_for.iter().copied().filter(|words| is_asked(words, place)).collect();
        if asked.is_empty() {
            continue;
        }
        let pieces = pieces(text);
        let marks: Vec<Vec<Range<usize>>> =
            asked.into_iter().map(|words| marks(text, &pieces, &words.words, words.prefix)).collect();
        for first in marks.iter().filter_map(|marks| marks.first()) {
            let stretch = stretch(text, first);
            let mut inside: Vec<Range<usize>> = marks
                .iter()
                .flatten()
                .filter(|mark| stretch.start <= mark.start && mark.end <= stretch.end)
                .cloned()
                .collect();
            inside.sort_by_key(|mark| (mark.start, mark.end));
            inside.dedup_by(|next, before| {
                let is_one = next.start < before.end;
                before.end = if is_one { before.end.max(next.end) } else { before.end };
                is_one
            });
            let snippet = cut(text, &stretch, &inside);
            if !found.contains(&snippet) && found.len() < SNIPPETS_MAX {
                found.push(snippet);
            }
        }
    }
    found
}

/// What stands between white space, with its words.
fn pieces(text: &str) -> Vec<(Range<usize>, Vec<String>)> {
    let mut pieces = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if !c.is_whitespace() {
            begin.get_or_insert(at);
        } else if let Some(begin) = begin.take() {
            pieces.push((begin..at, words(&text[begin..at])));
        }
    }
    pieces
}

/// Every place where the words stand in a row, from the first sign of the first to the last one of the last.
fn marks(
    text: &str,
    pieces: &[(Range<usize>, Vec<String>)],
    looked_for: &[String],
    prefix: bool,
) -> Vec<Range<usize>> {
    let flat: Vec<(&str, usize)> = pieces
        .iter()
        .enumerate()
        .flat_map(|(piece, (_, words))| words.iter().map(move |word| (word.as_str(), piece)))
        .collect();
    let is_word = |word: &str, wanted: &str| if prefix { word.starts_with(wanted) } else { word == wanted };
    let is_there = |window: &&[(&str, usize)]| {
        window.iter().zip(looked_for).all(|((word, _), wanted)| is_word(word, wanted))
    };
    flat.windows(looked_for.len().max(1))
        .filter(is_there)
        .map(|window| {
            let [first, last] = [window[0].1, window[window.len() - 1].1];
            bare(text, pieces[first].0.start..pieces[last].0.end)
        })
        .collect()
}

/// A stretch without the signs around it that belong to no word.
fn bare(text: &str, stretch: Range<usize>) -> Range<usize> {
    let is_sign = |c: char| words(c.encode_utf8(&mut [0; 4])).is_empty();
    let inside = &text[stretch.clone()];
    let start = stretch.start + (inside.len() - inside.trim_start_matches(is_sign).len());
    start..start + text[start..stretch.end].trim_end_matches(is_sign).len()
}

/// The sentence around a mark, no more of it than a person reads at a glance.
fn stretch(text: &str, mark: &Range<usize>) -> Range<usize> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n' | '\r' | '。');
    let before = &text[..mark.start];
    let sentence = before
        .char_indices()
        .rev()
        .find(|(at, c)| ends(*c) && text[at + c.len_utf8()..].starts_with(char::is_whitespace))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let near = text.floor_char_boundary(mark.start.saturating_sub(AROUND_BYTES));
    let start = if near > sentence { at_word(text, near, mark.start) } else { sentence };
    let start = start + (text[start..mark.start].len() - text[start..mark.start].trim_start().len());
    let behind = &text[mark.end..];
    let sentence = behind
        .char_indices()
        .find(|(at, c)| {
            ends(*c) && behind[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
        })
        .map_or(text.len(), |(at, c)| mark.end + at + c.len_utf8());
    let near = text.ceil_char_boundary((mark.end + AROUND_BYTES).min(text.len()));
    let end = if near < sentence {
        text[mark.end..near].rfind(char::is_whitespace).map_or(near, |at| mark.end + at)
    } else {
        sentence
    };
    start..mark.end.max(text[..end].trim_end().len())
}

/// The beginning of the first whole word from a place on.
fn at_word(text: &str, from: usize, until: usize) -> usize {
    text[from..until].find(char::is_whitespace).map_or(from, |at| from + at)
}

fn cut(text: &str, stretch: &Range<usize>, marks: &[Range<usize>]) -> Snippet {
    const CUT: &str = "…";
    let is_begun = text[..stretch.start].trim_end().ends_with(['.', '!', '?', '。']) || stretch.start == 0;
    let is_begun = is_begun || text[..stretch.start].ends_with(['\n', '\r']);
    let lead = if is_begun { "" } else { CUT };
    let inside = &text[stretch.clone()];
    let is_whole = stretch.end == text.len() || inside.ends_with(['.', '!', '?', '。']);
    let is_whole = is_whole || text[stretch.end..].starts_with(['\n', '\r']);
    let end = if is_whole { "" } else { CUT };
    let moved = |at: usize| at - stretch.start + lead.len();
    let marks = marks.iter().map(|mark| moved(mark.start)..moved(mark.end));
    Snippet { marks: marks.collect(), text: format!("{lead}{inside}{end}") }
}

#[cfg(test)]
mod tests {
    //! - the words are marked where they stand, in their sentence
    //! - a long sentence is cut, and says so
    //! - no text makes it fail, and every mark is of the words

    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, phrase: &str) -> Option<String> {
        let wanted = words(phrase);
        let mark = marks(text, &pieces(text), &wanted, false).into_iter().next()?;
        let snippet = cut(text, &stretch(text, &mark), std::slice::from_ref(&mark));
        let mark = snippet.marks[0].clone();
        Some(format!(
            "{}[{}]{}",
            &snippet.text[..mark.start],
            &snippet.text[mark.clone()],
            &snippet.text[mark.end..]
        ))
    }

    #[test]
    fn words_are_marked_in_their_sentence() {
        let text = "Ran a shop. Loves (clean-code), and tests. Sings.";
        assert_eq!(shown(text, "clean code").as_deref(), Some("Loves ([clean-code]), and tests."));
        assert_eq!(shown(text, "shop").as_deref(), Some("Ran a [shop]."));
        assert_eq!(shown("müller’s Büro", "buro").as_deref(), Some("müller’s [Büro]"));
        assert_eq!(shown(text, "dirty code"), None);
    }

    #[test]
    fn a_long_sentence_is_cut() {
        let text = format!(
            "{} payments {}",
            "so it went on and on ".repeat(9),
            "and never came to an end ".repeat(9)
        );
        let shown = shown(&text, "payments").unwrap();
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[payments]"), "{shown}");
        assert!(shown.len() < 200, "{shown}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,300}", pick in any::<prop::sample::Index>()) {
            let all = words(&text);
            prop_assume!(!all.is_empty());
            let word = vec![all[pick.index(all.len())].clone()];
            for mark in marks(&text, &pieces(&text), &word, false) {
                let snippet = cut(&text, &stretch(&text, &mark), std::slice::from_ref(&mark));
                let marked = &snippet.text[snippet.marks[0].clone()];
                prop_assert!(words(marked).contains(&word[0]), "{:?} in {:?}", word, marked);
            }
        }
    }
}
