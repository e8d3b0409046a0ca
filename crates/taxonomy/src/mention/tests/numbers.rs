//! Years, dates, use; and one entry for each skill.

use super::{all_told, figures, find, find_as, id, told, told_of};
use crate::mention::{Source, SourceReason, TextKind, evidence};

#[test]
fn years_go_to_the_skills_that_they_speak_of() {
    all_told(&[
        ("3 years of Django", "django!3.0y"),
        ("Django (4 yrs)", "django!4.0y"),
        ("5+ years' experience in Java", "java!5.0y"),
        ("three years of Django", "django!3.0y"),
        ("zwei Jahre Erfahrung mit Django", "django!2.0y"),
        ("18 months of Kotlin", "kotlin!1.5y"),
        ("3-5 years of Java", "java!3.0y"),
        ("2.5 years Java", "java!2.5y"),
        ("5 years of Java and 2 of Python", "java!5.0y python!2.0y"),
        ("Java (5), Python (2 yrs)", "java!5.0y python!2.0y"),
        ("Java 5 years, Python 3 years", "java!5.0y python!3.0y"),
        ("5 years Java, 3 years Python", "java!5.0y python!3.0y"),
        ("Java: 5 years; Python: 3 years", "java!5.0y python!3.0y"),
        (
            "over 10 years of experience in Java, Kotlin and Oracle",
            "java!10.0y kotlin!10.0y oracle-database!10.0y",
        ),
        ("used Java and Kotlin for 5 years", "java!5.0y kotlin!5.0y"),
        ("10 years of experience", ""),
        ("10 years of experience. Java.", "java"),
        ("left Java 5 years ago", "java"),
        ("seit 3 Jahren Django", "django!3.0y"),
        ("200 years of Java", "java"),
        ("Java 8 - 5 years", "java!5.0y"),
        ("Java 5 - 7 years", "java!5.0y"),
        ("Python 3-6 years", "python!3.0y"),
        ("I am 30 years old and like Java", "java"),
    ]);
}

#[test]
fn dates_beside_a_skill_give_years_and_last_use() {
    all_told(&[
        ("Django since 2019", "django!~7.4y~@now"),
        ("since March 2019 I work with Django", "django!~7.8y~@now"),
        ("Django seit 03/2019", "django!~7.8y~@now"),
        ("Django (2015-2019)", "django!~4.0y~@2019"),
        ("Django (last used 2020)", "django!@2020"),
        ("Django (not used since 2019)", "django!@2019"),
        ("Python nutze ich nicht mehr seit 2020.", "python!@2020"),
        ("Go (since 2015), Java", "go!~11.4y~@now java"),
        ("Django (2021-2019)", "django"),
        ("Django since 2031", "django"),
        ("Django (1890-1900)", "django"),
    ]);
}

#[test]
fn a_dated_job_speaks_of_the_skills_in_it() {
    let text =
        "Experience\nJan 2019 – Mar 2022 | Acme GmbH | Engineer\n- Django shops\n- PostgreSQL\n\nDocker";
    assert_eq!(told(text), "django!~3.3y~@2022 postgresql!~3.3y~@2022 docker");
    assert_eq!(find(text)[0].reason.source, SourceReason::DatedJob);
    assert_eq!(told("2018-2021 Foo Ltd, developer\nDjango"), "django!~3.0y~@2021");
    assert_eq!(told("03/2017 - present, Foo Ltd\n• Django"), "django!~9.8y~@now");
    assert_eq!(told("Sept. 2015 to date: Foo Ltd, dev team\nDjango"), "django!~11.3y~@now");
    assert_eq!(
        told("Senior Django Developer, Acme\n2018 - 2021\nKotlin tools"),
        "django!~3.0y~@2021 kotlin!~3.0y~@2021"
    );
    assert_eq!(told("01.2018 bis heute  Acme AG  Entwickler\nDjango"), "django!~8.9y~@now");
}

#[test]
fn what_is_no_job_gives_no_years() {
    assert_eq!(told("BSc Computer Science, 2014-2017\nJava course"), "java");
    assert_eq!(told("Education\n2014-2017 Some place, some town\nJava"), "java");
    assert_eq!(told("2022-2019 Acme GmbH, engineer\nJava"), "java");
    assert_eq!(told("2018-2021 Acme GmbH, engineer\nJava\n\nSkills\nKotlin"), "java!~3.0y~@2021 kotlin");
    assert_eq!(told("2018-2021 Acme GmbH, engineer\nJava\nSkills: Kotlin"), "java!~3.0y~@2021 kotlin");
    assert_eq!(told("Feb 2031 - Mar 2032 Acme GmbH\nJava"), "java");
}

#[test]
fn days_are_dates_of_their_months() {
    for time in [
        "2013-02 - 2014-10",
        "2013-02-01 - 2014-10-31",
        "2013-02-01–2014-10-31",
        "2013-02-01 to 2014-10-31",
        "2013/02/01 - 2014/10/31",
        "2013.02.01 - 2014.10.31",
        "01.02.2013 - 31.10.2014",
        "01.02.13 - 31.10.14",
        "2013-02-01/2014-10-31",
        "2013-02-01 → 2014-10-31",
        "1.2.2013 - 31.10.2014",
        "01/02/2013 - 31/10/2014",
        "02/01/2013 - 10/31/2014",
        "Feb 1, 2013 - Oct 31, 2014",
        "Feb. 1st, 2013 to October 31st, 2014",
        "1 Feb 2013 - 31 Oct 2014",
        "01-Feb-2013 - 31-Oct-2014",
        "1. Februar 2013 bis 31. Oktober 2014",
        "1er février 2013 – 31 octobre 2014",
        "1 de febrero de 2013 - 31 de octubre de 2014",
        "1 lutego 2013 do 31 października 2014",
    ] {
        assert_eq!(told(&format!("Django Developer, Acme ({time})")), "django!~1.8y~@2014", "{time}");
        assert_eq!(told(&format!("Django ({time})")), "django!~1.8y~@2014", "{time}");
    }
    all_told(&[
        ("Django Developer, Acme (2013-12-01 - 2014-12-01)", "django!~1.1y~@2014"),
        ("Django Developer, Acme (2013-02-01 - present)", "django!~13.8y~@now"),
        // Which of the two is the month is not known: the years are.
        ("Django Developer, Acme (02/01/2013 - 03/05/2014)", "django!~1.0y~@2014"),
        ("03/04/2010 - 05/06/2012 Beta: Java", "java!~2.0y~@2012"),
        ("2013-12-01/2014-12-01 Java", "java!~1.1y~@2014"),
        ("Django Developer, Acme (2013/2014)", "django"),
    ]);
}

#[test]
fn a_time_that_says_nothing_ends_the_job_above() {
    all_told(&[
        (
            "Vue Developer, Now AG (2020-01 - present)\nGo Developer, Future AG (2027-05-01 - present)\nDocker",
            "vue!~6.9y~@now go docker",
        ),
        (
            "Vue Developer, Now AG (2020-01 - present)\nReact Developer, Old AG (2019-05-01 - 2018-01-01)",
            "vue!~6.9y~@now react",
        ),
        (
            "Vue Developer, Now AG (2020-01 - present)\n\nGo Developer, Future AG\n2027-05 - present",
            "vue!~6.9y~@now go",
        ),
    ]);
}

#[test]
fn use_and_employers_make_a_mention_worked() {
    for text in [
        "Built shops with Django",
        "developed APIs in Django",
        "Django used daily",
        "migrated to Django",
        "maintained Django",
        "responsible for Django",
        "entwickelte mit Django",
        "Django at Acme",
        "Django bei Siemens",
    ] {
        assert_eq!(find(text).last().map(|m| m.source), Some(Source::Worked), "{text}");
    }
    for text in
        ["Django", "knowledge of Django", "good at Django", "Django certificate", "familiar with Django"]
    {
        assert_eq!(find(text)[0].source, Source::Mentioned, "{text}");
    }
    let reason = |text: &str| find(text)[0].reason.source;
    assert_eq!(reason("Django since 2019"), SourceReason::Dates);
    assert_eq!(reason("2 years of Django"), SourceReason::Duration);
    assert_eq!(reason("Django at Acme"), SourceReason::Employer);
    assert_eq!(reason("Django used"), SourceReason::Use);
}

#[test]
fn an_advertisement_states_no_use() {
    assert_eq!(
        told_of(&find_as("You built Django apps. 3 years of Java", TextKind::JobAd)),
        "django java3.0y"
    );
}

/// One line an entry: `django worked ~5.0y~@2022`.
fn entries(text: &str) -> Vec<String> {
    let entries = evidence(&find(text));
    let line = |e: &crate::mention::TextEvidence| {
        format!("{} {} {} {}", id(e.subject), e.stance.word(), e.source.word(), figures(e.years, e.last_used))
    };
    entries.iter().map(|e| line(e).trim_end().to_owned()).collect()
}

#[test]
fn several_jobs_give_the_months_of_any_of_them() {
    let text = "Jan 2018 - Dec 2019 | Acme GmbH\nDjango\n\nJul 2019 - Dec 2020 | Foo Ltd\nDjango\n";
    assert_eq!(entries(text), ["django held worked ~3.0y~@2020"]);
}

#[test]
fn stated_years_stand_before_computed_ones_and_each_value_is_taken_alone() {
    let text = "Django (2 yrs, last used 2024)\n\nJan 2010 - Dec 2019 | Acme GmbH\nDjango\n";
    assert_eq!(entries(text), ["django held worked 2.0y@2024"]);
    assert_eq!(entries("no Java. Keen to learn Java."), ["java wanted mentioned"]);
    assert_eq!(entries("no Java."), ["java not held mentioned"]);
    assert_eq!(entries("keen to learn Java. Built it in Java."), ["java held worked"]);
    assert_eq!(
        entries("microservices"),
        ["microservices held mentioned", "trait:microservices held mentioned"]
    );
}
