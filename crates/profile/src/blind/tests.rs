//! - nothing of a person's name, address, number or links is left in a text, in any case, spelling or joining
//! - what says sex, age or nationality is hidden in a text; what speaks for skills stays as written
//! - what is scored of a person is the same, blind or not
//! - two people who differ by names, pronouns and addresses alone are the same once blind

use proptest::prelude::*;
use stackscout_taxonomy::Taxonomy;

use super::*;
use crate::{CandidateNumber, Cell, Reading, Value};

fn record(cells: &[(Field, &str)]) -> Record {
    let value = |(field, text): &(Field, &str)| Value {
        field: *field,
        column: field.word().to_owned(),
        text: (*text).to_owned(),
        cell: Cell { import: 1, line: 2 },
        reading: Reading::default(),
    };
    Record::new(CandidateNumber(7), Part::new("crm", None, cells.iter().map(value).collect()))
}

fn ada() -> Identity {
    Identity::of(&record(&[
        (Field::Name, "Ada Müller-Lovelace"),
        (Field::Email, "ada.l.byron77@example.org"),
        (Field::Phone, "+49 30 1234567"),
        (Field::Link, "https://www.linkedin.com/in/countess-ada"),
    ]))
}

#[test]
fn names_addresses_and_numbers_are_hidden_in_any_form() {
    for (text, wanted) in [
        ("Ada led the team", "[name] led the team"),
        ("Ada's and ADA's code", "[name]'s and [name]'s code"),
        ("Adas Projekt", "[name] Projekt"),
        ("Frau Dr. Mueller, A. Lovelace", "[name]"),
        ("LOVELACE, ADA: Django", "[name]: Django"),
        ("see CV_AdaMueller2024.pdf", "see CV_[name].pdf"),
        ("mail byron77 or a.b@x.example.com.", "mail [name] or [e-mail]."),
        ("github.com/countess and https://x.test/a?b=1", "[link] and [link]"),
        ("call 030 / 123 45 67 or +44 20 7946 0000 now", "call [phone] or [phone] now"),
        ("Django 2015 - 2019, PostgreSQL 15.4", "Django 2015 - 2019, PostgreSQL 15.4"),
        ("CI/CD with Node.js/Express, React Native", "CI/CD with Node.js/Express, React Native"),
    ] {
        assert_eq!(ada().hide(text), wanted, "{text}");
    }
    let ivan = Identity::of(&record(&[(Field::Name, "Иван Щукин")]));
    assert_eq!(ivan.hide("Ivan Shchukin writes Go"), "[name] writes Go");
    let van = Identity::of(&record(&[(Field::Name, "Jan van der Berg")]));
    assert_eq!(van.hide("Jan van der Berg drove the van"), "[name] drove the van");
}

#[test]
fn sex_age_and_nationality_are_hidden_and_skills_stay() {
    for (text, wanted) in [
        ("She built her shop in Django", "[they] built [they] shop in Django"),
        ("Mrs. Smith and Herr Schmidt", "[hidden] Smith and [hidden] Schmidt"),
        ("born on 12 March 1985, Go since 2019", "[hidden], Go since 2019"),
        ("geb. 12.03.1985", "[hidden]"),
        ("34 years old, 5 years of Django", "[hidden], 5 years of Django"),
        ("a 34-year-old father", "a [hidden] [hidden]"),
        ("Age: 41", "[hidden]"),
        ("German citizen, Django", "[hidden], Django"),
        ("Nationality: Dutch. Rust", "[hidden]. Rust"),
        ("BSc 2011, University of X. Django since 2015", "BSc [year], University of X. Django since 2015"),
        ("ER diagrams, MS SQL, Sr. Developer", "ER diagrams, MS SQL, Sr. Developer"),
    ] {
        assert_eq!(ada().hide(text), wanted, "{text}");
    }
    assert_eq!(ada().hide_education("Abitur, 2003"), "Abitur, [year]");
    assert_eq!(ada().hide_column("Gender"), COLUMN);
    assert_eq!(ada().hide_column("Notes of Ada"), COLUMN);
    assert_eq!(ada().hide_column("skills"), "skills");
}

#[test]
fn a_blind_record_holds_no_name_address_or_link() {
    let cells = [
        (Field::Name, "Ada Moss"),
        (Field::Email, "ada@example.org"),
        (Field::Notes, "Ada knows Django"),
        (Field::CvFile, "Ada_Moss.pdf"),
        (Field::Skills, "Django"),
    ];
    let mut record = record(&cells);
    record.parts[0].source = "Ada_Moss_CV".to_owned();
    record.parts[0].external_id = Some("ada.moss".to_owned());
    let text = serde_json::to_string(&record.blinded()).unwrap().to_lowercase();
    assert!(!text.contains("ada") && !text.contains("moss"), "{text}");
    assert!(text.contains("django"));
}

const NAMES: [&str; 8] =
    ["Zoltara", "Brünnhild", "Quimbaya", "Xavierre", "Żółtowska", "Ньюхельм", "O'Quillan", "Smythe-Orwell"];

/// A name without accents, in Latin letters.
fn plain(name: &str) -> String {
    crate::words::folded(&words::romanised(&name.to_lowercase()))
}

/// A name in one of the ways in which people write it.
fn form(name: &str, form: u8) -> String {
    match form {
        0 => name.to_owned(),
        1 => name.to_uppercase(),
        2 => name.to_lowercase(),
        3 => plain(name),
        4 => name.replace(['-', '\''], " "),
        5 => name.replace(['-', '\''], ""),
        _ => format!("{name}s"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_name_is_left(
        first in 0..8_usize, last in 0..8_usize, forms in prop::collection::vec((0..7_u8, any::<bool>(), 0..5_u8), 1..6)
    ) {
        let own = record(&[(Field::FirstName, NAMES[first]), (Field::LastName, NAMES[last])]);
        let mut text = "Worked with Django".to_owned();
        for (way, is_first, glue) in forms {
            let glue = [" ", ", ", "-", "_", " (“"][usize::from(glue)];
            text += &format!("{glue}{} on it", form(NAMES[if is_first { first } else { last }], way));
        }
        let hidden = Identity::of(&own).hide(&text);
        let folded = plain(&hidden);
        for name in [NAMES[first], NAMES[last]] {
            for piece in name.split(['-', '\'']).filter(|piece| piece.chars().count() > 1) {
                let key = plain(piece);
                prop_assert!(!folded.contains(&key), "{} in {}", key, hidden);
            }
        }
        prop_assert!(hidden.starts_with("Worked with Django"));
    }

    #[test]
    fn what_is_scored_is_the_same_and_the_other_person_looks_the_same(first in 0..8_usize, other in 0..8_usize, years in 1..9_u8) {
        let taxonomy = Taxonomy::embedded();
        let of = |name: &str, pronoun: &str, title: &str| {
            let notes = format!("{title} {name} worked with Django for {years} years; {pronoun} knows PostgreSQL.");
            let email = format!("{}@example.org", plain(name).replace(['\'', '-'], "."));
            record(&[
                (Field::Name, &format!("{name} Doe")), (Field::Email, &email), (Field::Notes, &notes),
                (Field::Skills, "Flask (3 yrs)"), (Field::Country, "Germany"),
            ])
        };
        let (a, b) = (of(NAMES[first], "she", "Mrs."), of(NAMES[other], "he", "Mr."));
        let seen = Candidate::read(&a, &taxonomy).0;
        let blind = Candidate::read_blind(&a, &taxonomy);
        prop_assert_eq!(seen.facts(), blind.facts());
        prop_assert_eq!(&blind, &Candidate::read_blind(&b, &taxonomy));
        prop_assert_eq!(a.blinded(), b.blinded());
    }
}
