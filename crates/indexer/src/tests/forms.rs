//! What each form of a query finds, and what it is understood as.
//!
//! - each form finds whom it says, and its canonical text is itself again
//! - what is not understood is refused at its place, with a hint
//! - skills are reported in order, and widening widens only what is asked for

use stackscout_taxonomy::Taxonomy;

use super::pool::{TAXONOMY, build, finder, found, parse, people, reading};
use crate::query::{QUERY_BYTES_MAX, QUERY_DEPTH_MAX};
use crate::{Query, QueryError};

#[rustfmt::skip]
const FORMS: &[(&str, &str, &[u32])] = &[
    ("", "*", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    (" * ", "*", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    // A skill is the skill itself, not what implies it.
    ("django", "skill:django", &[1]),
    ("DJANGO", "skill:django", &[1]),
    ("python", "skill:python", &[1, 2, 10]),
    ("~django", "like:django", &[1, 2]),
    ("like:ruby", "like:ruby", &[4, 5]),
    ("skill:\"node js\"", "skill:nodejs", &[9]),
    ("pg", "skill:postgres", &[1, 4]),
    // Signs of names.
    ("c++", "skill:cpp", &[6]),
    ("c#", "skill:csharp", &[8]),
    ("c", "skill:c", &[10]),
    (".net", "skill:dotnet", &[8]),
    ("node.js", "skill:nodejs", &[9]),
    ("objective-c", "skill:objective-c", &[9]),
    // Words side by side that are one spelling.
    ("spring boot", "skill:spring-boot", &[6]),
    ("ruby on rails", "skill:rails", &[4]),
    ("java spring boot", "skill:java and skill:spring-boot", &[6]),
    ("react native", "skill:react-native", &[3]),
    ("native react", "text:native and skill:react", &[]),
    ("\"spring boot\"", "skill:spring-boot", &[6]),
    ("“ruby on rails”", "skill:rails", &[4]),
    ("spring, boot", "text:spring and text:boot", &[7]),
    ("spring and boot", "text:spring and text:boot", &[7]),
    ("not spring boot", "not skill:spring-boot", &[1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]),
    ("-spring boot", "not text:spring and text:boot", &[]),
    // Text: names, places, notes; a phrase stays inside one text.
    ("muller", "text:muller", &[1, 11]),
    ("MÜLLER", "text:muller", &[1, 11]),
    ("mu\u{308}ller", "text:muller", &[1, 11]),
    ("o'brien", "text:\"o brien\"", &[2]),
    ("berlin", "text:berlin", &[1, 3, 8]),
    ("\"clean code\"", "text:\"clean code\"", &[3, 10]),
    ("clean code", "text:clean and text:code", &[3, 7, 10]),
    ("text:\"review clean\"", "text:\"review clean\"", &[7]),
    ("\"repair code\"", "text:\"repair code\"", &[]),
    ("müller-lüdenscheidt", "text:\"muller ludenscheidt\"", &[11]),
    ("text:django", "text:django", &[1]),
    ("title:developer", "title:developer", &[1, 3]),
    ("title:\"django developer\"", "title:\"django developer\"", &[1]),
    ("name:berlin", "name:berlin", &[8]),
    ("東京", "text:\"東 京\"", &[9]),
    // Operators.
    ("django or rails", "skill:django or skill:rails", &[1, 4]),
    ("django || rails && postgres", "skill:django or skill:rails and skill:postgres", &[1, 4]),
    ("(django OR rails) AND berlin", "(skill:django or skill:rails) and text:berlin", &[1]),
    ("python -django !flask", "skill:python and not skill:django and not skill:flask", &[2]),
    ("not python", "not skill:python", &[3, 4, 5, 6, 7, 8, 9, 11, 12]),
    ("not not python", "not not skill:python", &[1, 2, 10]),
    ("-(python or c#)", "not (skill:python or skill:csharp)", &[3, 4, 5, 6, 7, 9, 11, 12]),
    ("–python", "not skill:python", &[3, 4, 5, 6, 7, 8, 9, 11, 12]),
    ("not python not rails", "not skill:python and not skill:rails", &[3, 5, 6, 7, 8, 9, 11, 12]),
    ("((ruby))", "skill:ruby", &[5]),
    ("* -ruby -*", "* and not skill:ruby and not *", &[]),
    ("\"and\"", "text:and", &[10]),
    // Fields.
    ("country:de", "country:DE", &[1, 3, 8]),
    ("country:\"united states\"", "country:US", &[4, 5]),
    ("city:\"New York\"", "city:\"new york\"", &[4, 5]),
    ("city:berlin", "city:berlin", &[1, 3]),
    ("remote:yes", "remote:yes", &[1]),
    ("remote:no", "remote:no", &[4]),
    ("relocation:no", "relocation:no", &[8]),
    ("source:CSV", "source:csv", &[4, 5, 6, 7]),
    ("source:\"ticket system\" python", "source:\"ticket system\" and skill:python", &[10]),
    ("wants:rails", "wants:rails", &[5]),
    ("id:c0000003", "id:c0000003", &[3]),
    ("id:c3 or id:c4", "id:c0000003 or id:c0000004", &[3, 4]),
    ("id:c99", "id:c0000099", &[]),
    ("years:5", "years:5", &[6]),
    ("years:>=5", "years:>=5", &[1, 5, 6, 7]),
    ("years>=5", "years:>=5", &[1, 5, 6, 7]),
    ("years > 5 -years>7", "years:>=5.1 and not years:>=7.1", &[1, 7]),
    ("years:<5", "years:<=4.9", &[2, 4]),
    ("years:3..5", "years:3..5", &[2, 6]),
    ("years:12..", "years:>=12", &[5]),
    ("has:email", "has:email", &[1, 11]),
    ("missing:country", "missing:country", &[6, 7, 10, 11, 12]),
    ("has:salary", "has:salary", &[6]),
    ("has:status or has:languages", "has:status or has:languages", &[9, 11]),
    ("-has:skills missing:name", "not has:skills and missing:name", &[7, 12]),
];

#[test]
fn each_form_finds_whom_it_says() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &people());
    let finder = finder(dir.path(), &people());
    for (text, understood, numbers) in FORMS {
        let query = parse(text);
        assert_eq!(query.understood(), *understood, "{text}");
        assert_eq!(found(&finder, &query), *numbers, "{text}");
        assert_eq!(parse(understood), query, "{text}: the canonical text reads back");
    }
}

fn refused(text: &str) -> QueryError {
    Query::read(text, &reading()).map(|q| panic!("{text}: {}", q.understood())).unwrap_err()
}

#[test]
fn what_is_not_understood_is_refused_at_its_place() {
    for (text, position, message) in [
        ("and", 0, "expected a word, found `and`"),
        ("python and", 10, "expected a word after `and`"),
        ("python or or ruby", 10, "expected a word, found `or`"),
        ("not", 3, "expected a word after `not`"),
        ("()", 1, "expected a word, found `)`"),
        ("python)", 6, "expected an opening bracket before this `)`"),
        ("a (b or (c)", 2, "expected a closing bracket"),
        ("a \"b", 2, "expected a closing quote"),
        ("a:", 2, "expected a value right after `a:`"),
        ("country: de", 8, "expected a value right after `country:`"),
        ("remote:maybe", 7, "expected `yes` or `no`, found `maybe`"),
        ("id:x", 3, "expected an id such as `c0000001`, found `x`"),
        ("years:>=", 8, "expected a value right after `years>=`"),
        ("dja*n", 3, "expected letters, digits or signs of a name here"),
        ("d*", 1, "expected one word of at least 2 letters before `*`"),
        ("node.js*", 7, "expected one word of at least 2 letters before `*`"),
        ("django >= x", 10, "expected a number of years, found `x`"),
        ("django >= 3 < 2", 12, "expected years that somebody can have: no number of years is both"),
        ("djagno >= 3", 0, "expected a skill or a field before `>=`, found `djagno`"),
        (">= 3", 0, "expected a word before `>=`"),
        ("title >= x", 6, "expected a value of `title:`, found `>=`"),
        ("title:(a country:de)", 9, "expected a value of `title:`, found a field"),
        ("title:(a", 6, "expected a closing bracket"),
        ("java NEAR/5 spring", 5, "expected `and`, `or` or `not`, found `NEAR/5`"),
        ("pay<=80k", 3, "expected a currency after the amount, found `80k`"),
        ("pay<=cheap eur", 3, "expected pay, found `cheap`"),
        ("updated:soon", 8, "expected a day, found `soon`"),
        ("~django <= 50%", 8, "expected `>=` before a credit"),
        ("django >= 50%", 7, "expected years: only related skills have a credit"),
        ("kind:frameworks", 5, "expected a kind of skill, found `frameworks`"),
        ("stack:nowhere", 6, "expected a product whose stack is known, found `nowhere`"),
        ("trait:magic", 6, "expected a trait, found `magic`"),
        ("family:royal", 7, "expected a family of roles, found `royal`"),
        ("near:Xyzzy~5km", 5, "expected a city, found `Xyzzy`"),
        ("near:Berlin~far", 5, "expected a distance of at most 1000km, found `far`"),
        ("saved:front-end", 6, "expected a saved search, found `front-end`"),
        ("saved:old", 6, "expected a saved search that can be read: expected a field, found `nonsense`"),
        ("language:python", 9, "expected a spoken language, found `python`"),
        ("a 🦀", 2, "expected a word with letters or digits"),
        ("~", 0, "expected a skill right after `~`"),
        ("- a", 0, "expected a word right after `-`"),
    ] {
        let error = refused(text);
        assert_eq!((error.position, error.message.as_str()), (position, message), "{text}");
    }
}

#[test]
fn hints_name_what_is_near() {
    for (text, hint) in [
        ("contry:de", "did you mean `country`?"),
        ("skill:djagno", "did you mean `Django`?"),
        ("country:germny", "did you mean `Germany (DE)`?"),
        ("has:emial", "did you mean `email`?"),
        ("has:django", "did you mean `skill:django`?"),
        ("wants:xyzzy", "`text:` searches for words in texts"),
        ("djagno >= 3", "did you mean `Django`?"),
        ("language:python", "did you mean `skill:python`?"),
        ("country:nordcs", "did you mean `nordics`?"),
    ] {
        assert_eq!(refused(text).hint.as_deref(), Some(hint), "{text}");
    }
    let shown = refused("python skill:djagno").render("python skill:djagno");
    let lines = [
        "python skill:djagno",
        "             ^",
        "expected a skill, found `djagno`",
        "hint: did you mean `Django`?",
    ];
    assert_eq!(shown.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn limits_are_kept() {
    let long = "a ".repeat(QUERY_BYTES_MAX / 2);
    assert!(Query::parse(&long, &TAXONOMY).is_ok());
    assert_eq!(refused(&format!("{long}a")).position, QUERY_BYTES_MAX);
    for (open, close) in [("(", ")"), ("not ", ""), ("!(", ")"), ("-", "")] {
        let steps = open.trim().len();
        let deep = |n: usize| format!("{}ruby{}", open.repeat(n), close.repeat(n));
        assert!(Query::parse(&deep(QUERY_DEPTH_MAX / steps.min(2)), &TAXONOMY).is_ok() || open == "not ");
        assert!(refused(&deep(QUERY_DEPTH_MAX + 1)).message.contains("deep"), "{open}");
    }
    assert!(Query::parse(&format!("{}ruby", "not ".repeat(QUERY_DEPTH_MAX)), &TAXONOMY).is_ok());
}

#[test]
fn skills_are_in_order_and_widening_widens_what_is_asked_for() {
    let query = parse("rails (django or ~python or rails) -c++ wants:java not (not flask)");
    let ids: Vec<&str> = query.skills().into_iter().map(|s| TAXONOMY.skill(s).id.as_str()).collect();
    assert_eq!(ids, ["rails", "django", "python", "flask"]);

    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &people());
    let finder = finder(dir.path(), &people());
    let django = TAXONOMY.skill_by_id("django").unwrap();
    let narrow = parse("django or (c++ not django)");
    let wide = narrow.widened(django, &TAXONOMY);
    assert_eq!(wide.understood(), "like:django >= 100% or skill:cpp and not skill:django");
    assert_eq!((found(&finder, &narrow), found(&finder, &wide)), (vec![1, 6], vec![1, 2, 6]));
    assert_eq!(narrow.widened(TAXONOMY.skill_by_id("java").unwrap(), &TAXONOMY), narrow);
    assert_eq!(parse("payments -django \"clean code\"").texts(), ["payments", "clean code"]);
}

#[test]
fn every_shipped_skill_is_found_by_its_id_and_name() {
    let taxonomy = Taxonomy::embedded();
    for (ix, skill) in taxonomy.skills() {
        let by_id = Query::parse(&format!("skill:{}", skill.id), &taxonomy).unwrap();
        assert_eq!(by_id.skills(), [ix], "{}", skill.id);
        assert_eq!(Query::parse(&by_id.understood(), &taxonomy), Ok(by_id));
        let by_name = Query::parse(&format!("\"{}\"", skill.name), &taxonomy).unwrap();
        assert_eq!(by_name.skills(), [ix], "{}", skill.name);
    }
}
