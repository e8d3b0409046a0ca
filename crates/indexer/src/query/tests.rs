//! - names in several words, versions and years are read as adverts write them
//! - signs and lists behind a field are refused, with the form that is meant

use stackscout_taxonomy::Taxonomy;

use super::{Query, QueryError};

fn read(text: &str) -> Result<Query, QueryError> {
    Query::parse(text, &Taxonomy::embedded())
}

#[track_caller]
fn check(text: &str, understood: &str, notes: usize) {
    let query = read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    assert_eq!(query.understood(), understood, "{text}");
    assert_eq!(query.notes().len(), notes, "{text}: {:?}", query.notes());
}

#[test]
fn words_that_are_one_spelling_together_are_one_skill() {
    for (text, id) in [
        ("angular js", "angularjs"),
        ("node js", "nodejs"),
        ("react js", "react"),
        ("vue js", "vue"),
        ("next js", "nextjs"),
        ("express js", "express"),
        ("java script", "javascript"),
    ] {
        let query = read(text).unwrap();
        assert_eq!(query.understood(), format!("skill:{id}"), "{text}");
    }
    check("java, script", "skill:java and text:script", 0);
}

#[test]
fn a_version_behind_a_skill_is_not_asked_for_and_that_is_said() {
    check("postgres 15", "skill:postgresql", 1);
    check("\"postgres 15\"", "skill:postgresql", 1);
    check("skill:\"postgres 15\"", "skill:postgresql", 1);
    check("java 17 php 8.3", "skill:java and skill:php", 2);
    check("java payments 15", "skill:java and text:payments and text:15", 0);
    check("java 10115", "skill:java and text:10115", 0);
}

#[test]
fn years_are_read_as_adverts_write_them() {
    for text in [
        "java 5+ yrs",
        "5+ years java",
        "5+ years of experience with java",
        "java (5+ years)",
        "java(5 years)",
        "java min 5y",
    ] {
        check(text, "skill:java >= 5y", 1);
    }
    check("yoe>=5", "years:>=5", 0);
    check("years 5+", "years:>=5", 1);
    // Without a skill they are words.
    assert!(read("5+ years payments").unwrap().understood().ends_with("text:years and text:payments"));
}

#[test]
fn a_sign_behind_a_field_is_refused() {
    for text in ["title:-senior", "city:-berlin", "name:!tania", "skill:-java", "city:=-berlin"] {
        let error = read(text).unwrap_err();
        assert!(error.hint.is_some_and(|hint| hint.contains("leaves people out")), "{text}");
    }
    assert_eq!(read("title:-senior").unwrap_err().position, 6);
    assert!(read("title:e-commerce").is_ok());
}

#[test]
fn a_list_behind_a_field_is_refused() {
    for (text, form) in [
        ("country:de,at", "`country:(de or at)`"),
        ("near:Berlin,Hamburg", "`near:(Berlin or Hamburg)`"),
        ("has:email,phone", "`has:(email or phone)`"),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.position, text.find(',').unwrap(), "{text}");
        assert!(error.hint.is_some_and(|hint| hint.contains(form)), "{text}");
    }
    assert!(read("has:(email,phone)").is_ok());
    assert!(read("country:de, java").is_ok());
    assert!(read("country:de,years>=5").is_ok());
}

#[test]
fn nearness_is_read_on_the_map_and_refused_between_words() {
    assert_eq!(read("near:Berlin 30 km").unwrap(), read("near:Berlin~30km").unwrap());
    assert_eq!(read("java near/5 kotlin").unwrap_err().position, 5);
    assert!(read("near").is_ok());
}
