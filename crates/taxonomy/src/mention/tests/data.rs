//! The data behind the rules.

use super::FINDER;
use crate::files::TaxonomyFile;
use crate::mention::cues::{Class, Cues};
use crate::mention::folded::Folded;
use crate::mention::patterns::Meaning;
use crate::mention::{TextContext, TextKind};
use crate::tables::Tables;
use crate::{Taxonomy, TaxonomyError};

#[test]
fn every_class_has_words() {
    let text = include_str!("../../../../../data/taxonomy/cues.csv");
    for (_, word) in Class::ALL {
        assert!(
            text.lines().any(|line| line.split(',').next() == Some(word)),
            "no word has the class `{word}`"
        );
    }
}

#[test]
fn a_phrase_tells_what_its_beginning_tells() {
    let cues = Cues::new(&Tables::embedded().unwrap().cues);
    assert!(cues.of(b"No Experience With").has(Class::Negation));
    assert!(cues.of(b"Years Of").has(Class::Unit));
    assert!(!cues.of(b"Notional").has(Class::Negation));
}

#[test]
fn every_look_alike_is_a_pattern_of_its_own() {
    let patterns = &FINDER.patterns;
    for row in Tables::embedded().unwrap().lookalikes {
        let folded = Folded::new(&row.phrase).bytes;
        let at = patterns.texts.iter().position(|text| *text == folded).expect("a pattern");
        let meaning = &patterns.list[at].meaning;
        assert!(matches!(meaning, Meaning::LookAlike(_)), "`{}` is also a spelling", row.phrase);
    }
}

/// The built-in taxonomy with a team's own file over it.
fn with(name: &str, text: &str) -> Result<Taxonomy, TaxonomyError> {
    Taxonomy::with_team_files(&[TaxonomyFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }])
}

fn found(taxonomy: &Taxonomy, text: &str) -> Vec<String> {
    let context = TextContext { as_of: super::as_of(), kind: TextKind::Ordinary };
    let mentions = taxonomy.mentions().find(text, &context);
    mentions.into_iter().map(|m| text[m.span].to_owned()).collect()
}

#[test]
fn a_teams_own_rows_are_read() {
    let text = "The Spring of our city";
    assert_eq!(found(&Taxonomy::embedded(), text), [""; 0]);
    let alone = "context,alone,near_words_max,cue,refuse,source\nseason,capital,0,strong,,team\n";
    assert_eq!(found(&with("contexts.csv", alone).unwrap(), text), ["Spring"]);
    let phrase = with("lookalikes.csv", "phrase,source\ndjango peaks,team\n").unwrap();
    assert_eq!(found(&phrase, "Django peaks, Django"), ["Django"]);
    let spelling =
        with("spellings.csv", "spelling,skill,context,source\nour city,django,capital,team\n").unwrap();
    assert_eq!(found(&spelling, "In our city. In Our City."), ["Our City"]);
    let cue = with("cues.csv", "class,phrase,value,source\nnegation,nul points for,,team\n").unwrap();
    let context = TextContext { as_of: super::as_of(), kind: TextKind::Ordinary };
    assert_eq!(cue.mentions().find("Nul points for Java", &context)[0].stance, crate::Stance::Negated);
}

#[test]
fn a_teams_rows_that_cannot_be_read_are_named() {
    let head = "context,alone,near_words_max,cue,refuse,source\n";
    let long: Vec<String> = (0..400).map(|i| format!("{}{i},team\n", "long ".repeat(700))).collect();
    let problem = |name: &str, text: &str| with(name, text).unwrap_err().to_string();
    for (name, text, wanted) in [
        (
            "contexts.csv",
            format!("{head}x,often,0,any,,team\n"),
            "contexts.csv:2, column `alone`: `often` is none of",
        ),
        (
            "contexts.csv",
            format!("{head}x,never,-1,any,,team\n"),
            "contexts.csv:2, column `near_words_max`: `-1` is no",
        ),
        (
            "contexts.csv",
            format!("{head}x,never,0,all,,team\n"),
            "contexts.csv:2, column `cue`: `all` is none of",
        ),
        (
            "contexts.csv",
            format!("{head}x,never,0,any,never,team\n"),
            "contexts.csv:2, column `refuse`: `never` is none",
        ),
        (
            "cues.csv",
            "class,phrase,value,source\nmood,glad,,team\n".into(),
            "cues.csv:2, column `class`: unknown class `mood`",
        ),
        (
            "cues.csv",
            "class,phrase,value,source\nmonth,brumaire,13,team\n".into(),
            "cues.csv:2, column `value`: `13` is no",
        ),
        (
            "cues.csv",
            "class,phrase,value,source\nuse,+,,team\n".into(),
            "cues.csv:2, column `phrase`: `+` begins with no",
        ),
        (
            "spellings.csv",
            "spelling,skill,context,source\nour city,django,town,team\n".into(),
            "spellings.csv:2, column `context`: `town` is no row of contexts.csv",
        ),
        ("drop.csv", "file,key,second\ncontexts,season,\n".into(), "`season` is no row of contexts.csv"),
        (
            "lookalikes.csv",
            format!("phrase,source\n{}", long.concat()),
            "names, spellings and phrases have more than 1048576 bytes together",
        ),
    ] {
        assert!(problem(name, &text).contains(wanted), "{}", problem(name, &text));
    }
}

#[test]
fn rows_given_as_tables_are_checked_too() {
    let mut tables = Tables::embedded().unwrap();
    tables.spellings[0].context = "town".into();
    let error = Taxonomy::new(tables, String::new()).unwrap_err().to_string();
    assert_eq!(error, "spellings.csv:2: column `context`: `town` is no row of contexts.csv");
    let mut tables = Tables::embedded().unwrap();
    tables.cues[0].class = "mood".into();
    assert!(
        Taxonomy::new(tables, String::new())
            .unwrap_err()
            .to_string()
            .starts_with("cues.csv:2: column `class`")
    );
    let mut tables = Tables::embedded().unwrap();
    let row = tables.contexts[0].clone();
    tables.contexts.extend(std::iter::repeat_n(row, 255));
    assert!(Taxonomy::new(tables, String::new()).unwrap_err().to_string().contains("more than 255 contexts"));
}

#[test]
fn the_finder_is_made_once() {
    let taxonomy = Taxonomy::embedded();
    assert!(std::ptr::eq(taxonomy.mentions(), Taxonomy::embedded().mentions()));
}
