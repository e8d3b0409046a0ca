//! What is a skill, and what only looks like one.

use super::{all_find, all_told, find, find_as, finds, skills, told};
use crate::mention::{Taken, TextKind};

#[test]
fn the_forms_that_people_write_are_found() {
    finds("Ruby-on-Rails, NodeJS, Node JS, React.js/Redux", "rails nodejs nodejs react redux");
    finds("HTML5/CSS3, C#/.NET and CI/CD", "html css csharp dotnet ci-cd");
    finds("Java8, Python3, Postgres 15, Django's ORM", "java python postgresql django orm-pattern");
    finds("Type Script, Mongo DB, Graph QL, fast api", "typescript mongodb graphql fastapi");
}

#[test]
fn signs_beside_a_name_are_not_part_of_it() {
    finds("I know Node.js. I know C++. I know C#. And .NET.", "nodejs cpp csharp dotnet");
    finds("(Django) \"Kotlin\" 'Laravel' #django *PHP*", "django kotlin laravel django php");
    finds("Java/Kotlin+Scala&PHP|MySQL", "java kotlin scala php mysql");
    finds("une appli d'Angular, l'API de Django", "angular api-development django");
}

#[test]
fn addresses_paths_and_identifiers_hold_no_skills() {
    finds("express@mail.com, me@django.org, www.spring.org", "");
    finds("https://github.com/foo/django-x and github.com/foo/python", "");
    finds("/usr/lib/python3/site.py C:\\java\\bin src/main.rs my_django_app django_x", "");
    finds("spring.io, react.component, std::java, index.js", "");
    finds("Java.Then came more. GoodJava", "java");
}

#[test]
fn compounds_with_a_hyphen_are_found_where_they_are_words() {
    finds(
        "Java-Entwickler, Senior-Java-Entwickler, Django-based, Kotlin-Django",
        "java java django kotlin django",
    );
    finds("foo-java, django-x", "");
}

#[test]
fn the_longest_name_wins() {
    finds("React Native", "react-native");
    finds("Ruby on Rails", "rails");
    finds("Spring Boot and Spring Boot 3", "spring-boot spring-boot");
    finds("ASP.NET Core, ASP.NET", "aspnet-core aspnet");
    finds("JavaScript", "javascript");
    finds("Microsoft SQL Server, Google Cloud, React Router", "sql-server gcp react-router");
    finds("Objective-C", "objective-c");
}

#[test]
fn everyday_words_are_no_skills() {
    let mut wrong = Vec::new();
    for text in [
        "We express our thanks and go to market in spring 2021.",
        "Spring 2021 was busy, in spring we rest.",
        "A flask of water by the rails of the track.",
        "Swift delivery from the Rust Belt; rust on metal.",
        "They react to change, play a role and access the vault.",
        "Express yourself. Go ahead and make it happen.",
        "Vitamin C, plan B, C-level, R&D, a grade D, appendix C.",
        "Angular momentum and the island of Java; cup of java; a pet python bit him.",
        "The chef made salt and gin. The puppet, an ant and a pig in the storm.",
        "Slack off, sketch the unity of a scheme, less than basic access.",
        "Julia met Ada and Pascal in Phoenix.",
        "In the spring of 2020 the phoenix rose, crystal clear, with ember and backbone.",
        "Spark interest, hive of bees, perfect room, solid reason, next to the ring.",
        "I can go, rest and play.",
        "He likes to express ideas clearly and to react quickly.",
        "Delivered a swift response, a rocket, an echo, a meteor, and a dart.",
    ] {
        let found = skills(&find(text));
        if !found.is_empty() {
            wrong.push((text, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn everyday_words_are_skills_where_the_text_says_so() {
    all_find(&[
        ("django, express, react, go", "django express react go"),
        ("Go developer", "go"),
        ("senior go developer", "go"),
        ("a service written in Rust", "rust"),
        ("We wrote it in Go.", "go"),
        ("Swift 5 and iOS", "swift ios"),
        ("experience with Flask", "flask"),
        ("Skills: go, rust, swift", "go rust swift"),
        ("Languages: C, C++, D, R", "c cpp d r"),
        ("Python, R and SQL", "python r sql"),
        ("backend in Express and Node", "back-end-development express nodejs"),
        ("Flask (3 years)", "flask"),
        ("Spring, Hibernate and Maven", "spring hibernate maven"),
        ("c, c++, java", "c cpp java"),
        ("Rails 5.2", "rails"),
        ("React components with hooks", "react"),
        ("Julia, Python and R", "julia python r"),
        ("embedded C programming", "c"),
        ("JS, TS, AWS, REST, SOAP", "javascript typescript aws rest soap"),
    ]);
}

#[test]
fn each_rule_names_itself() {
    for (text, taken) in [
        ("Django", Taken::Unambiguous),
        ("we use REST", Taken::Capitals),
        ("django, go", Taken::Listed),
        ("go, rust, swift", Taken::ListedTogether),
        ("Skills: flask", Taken::Labelled),
        ("my swift 5.1 work", Taken::Versioned),
        ("flask: 3 years", Taken::Duration),
        ("a flask app", Taken::CueAfter),
        ("experience with flask", Taken::CueBefore),
        ("Our Flask front door talks to PostgreSQL", Taken::Near),
    ] {
        let found = find(text);
        let last = if taken == Taken::Near { found.first() } else { found.last() };
        assert_eq!(last.map(|m| m.reason.taken), Some(taken), "{text}: {found:?}");
    }
    let listed = find_as("go", TextKind::List);
    assert_eq!(listed[0].reason.taken, Taken::ListText);
    assert_eq!(skills(&find("go")), "");
}

#[test]
fn a_name_goes_over_a_wrapped_line_and_not_over_a_break() {
    let wrapped = "For eight years our team has been building large web shops with Ruby on\nRails and more.";
    finds(wrapped, "rails");
    finds("SQL\nServer rooms", "sql");
    finds("Spring\nBoot\n", "");
}

#[test]
fn a_name_beside_a_sure_one_is_in_its_list_whatever_stands_before_it() {
    finds("Entwickler mit Schwerpunkt React und Vue", "react vue");
    finds("People react, Java waits", "java");
}

#[test]
fn a_small_word_before_a_word_that_tells_nothing_is_no_skill() {
    finds("Worked with convex hulls and with Kotlin", "kotlin");
    finds("Experience with flask parties", "");
    finds("Experience with flask", "flask");
}

#[test]
fn a_list_with_one_name_a_line_is_a_list() {
    finds("Java\nGo\nSpring\n", "java go spring");
    finds("- go (3 years)\n- react\n\n- PostgreSQL 15\n", "go react postgresql");
    finds("Go\nSwift\nRust\n", "go swift rust");
    finds("go\nreact", "");
    finds("Set up routing, VLANs", "routing-switching vlan");
    finds("Spring\nWe go there when it is warm.\nSwift\nRust\n", "");
    finds("R\nPython\nC\n", "r python c");
    assert_eq!(find("Java\nGo")[1].reason.taken, Taken::ListedTogether);
}

#[test]
fn an_adjective_before_a_name_is_none() {
    finds("Basic UNIX, Java", "unix java");
    finds("Solid Java and basic SQL", "java sql");
    finds("Fluent in English, Java", "java");
    finds("Languages: English (fluent), German (basic)", "");
    finds("SOLID, Java and REST", "solid-principles java rest");
    finds("not just Java, Kotlin too", "java kotlin");
}

#[test]
fn versions_stand_beside_the_name() {
    let version = |text: &str| find(text)[0].version.clone();
    assert_eq!(version("Java8"), Some("8".into()));
    assert_eq!(version("Python 3.11 and more"), Some("3.11".into()));
    assert_eq!(version("Postgres 15"), Some("15".into()));
    assert_eq!(version("Rails v7"), Some("7".into()));
    assert_eq!(version("Java 5 years"), None);
    assert_eq!(version("PHP 2019-2021"), None);
}

#[test]
fn traits_are_found_and_words_that_say_too_little_are_not() {
    assert_eq!(told("high-traffic shops"), "trait:high-traffic");
    assert_eq!(told("a fault tolerance layer, high availability"), "high-availability high-availability");
    assert_eq!(told("flexible hours, chat, speed, security, validation"), "");
    let both = &find("microservices")[0];
    assert_eq!((super::id(both.subject), both.also.is_some()), ("microservices".to_owned(), true));
}

#[test]
fn employers_are_no_skills() {
    all_told(&[
        ("Accountant at MongoDB", ""),
        ("Engineer at MongoDB (Python, Java)", "python! java!"),
        ("Stagiaire — MongoDB France", ""),
        ("Engineer, Docker Inc", ""),
        ("Développeur Symfony — Société Spring, Lyon (janvier 2018 – présent)", "symfony!~8.9y~@now"),
        ("Python at MongoDB", "python!"),
        ("worked with Docker at Acme", "docker!"),
        ("good at MongoDB", "mongodb"),
        ("Head of Data at MongoDB", ""),
        ("Data Wizard at MongoDB (2018 - 2021)", ""),
        ("worked at MongoDB", ""),
        ("Mein Schwerpunkt liegt bei Docker.", "docker"),
        ("Stark bei MongoDB", "mongodb"),
        ("Experte bei Redis", "redis"),
        ("Experienced at Docker", "docker"),
        ("Beginner at Docker", "docker"),
        ("expert chez Redis", "redis"),
        ("Goed bij Redis", "redis"),
        ("Looked at MongoDB, Redis and Kafka", "mongodb redis kafka"),
        ("Consultant at large for Django", "django"),
        ("Django Reinhardt", ""),
    ]);
}

#[test]
fn what_others_do_is_no_evidence() {
    all_told(&[
        ("My colleague built everything in Angular.", ""),
        ("Your product is built on Kafka.", ""),
        ("Your team uses Rust and Go", ""),
        ("Your team uses Java, which I know well", "java!"),
        ("My colleague and I built it in Java", "java!"),
        ("Reference: John Smith, Head of Python at Acme.", ""),
        ("Java\n\nReferences\nTom Hill, CTO, built Kafka at LinkedIn\n\nSkills\nKotlin", "java kotlin"),
        ("Referenzen\n2018-2021 Acme GmbH, Entwicklung\nJava", "java!~3.0y~@2021"),
    ]);
}
