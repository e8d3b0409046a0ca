//! - nothing of a person's name, address, number or links is left in a text, in any case, spelling or joining
//! - what says sex, age or nationality is hidden in a text; what speaks for skills stays as written
//! - what is scored of a person is the same, blind or not
//! - two people who differ by names, pronouns and addresses alone are the same once blind

use proptest::prelude::*;
use stackscout_taxonomy::Taxonomy;

use super::*;
use crate::{CandidateNumber, Cell, Reading, Value};

pub(super) fn record(cells: &[(Field, &str)]) -> Record {
    let value = |(field, text): &(Field, &str)| Value {
        field: *field,
        column: field.word().to_owned(),
        text: (*text).to_owned(),
        cell: Cell { import: 1, line: 2 },
        reading: Reading::default(),
    };
    Record::new(CandidateNumber(7), Part::new("crm", None, cells.iter().map(value).collect()))
}

pub(super) fn ada() -> Identity {
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

/// Each of these is hidden whole or in its telling part, and each of those stays as it is written.
pub(super) fn check(identity: &Identity, hidden: &[(&str, &str)], kept: &[&str]) {
    for (text, wanted) in hidden {
        assert_eq!(identity.hide(text), *wanted, "{text}");
    }
    for text in kept {
        assert_eq!(identity.hide(text), *text);
    }
}

#[test]
fn names_without_spaces_are_hidden_within_a_sentence() {
    let wang = Identity::of(&record(&[(Field::Name, "王小明")]));
    let hidden = [
        ("我是王小明,来自北京", "我是[name],来自北京"),
        ("王先生用Django", "[name]用Django"),
        ("王小明女士写Rust代码", "[name]写Rust代码"),
        ("王经理", "[name]经理"),
    ];
    check(&wang, &hidden, &["帝王企鹅项目", "其他项目用Java", "王国"]);
    let two = Identity::of(&record(&[(Field::LastName, "王"), (Field::FirstName, "小明")]));
    check(&two, &[("我是王小明,来自北京", "我是[name],来自北京"), ("王先生", "[name]")], &["王国"]);
    let tanaka = Identity::of(&record(&[(Field::Name, "田中 太郎")]));
    check(&tanaka, &[("田中さんはRustを書く", "[name]はRustを書く")], &["中田の案件"]);
    let kim = Identity::of(&record(&[(Field::Name, "김민수")]));
    check(&kim, &[("김민수는 Rust 개발자", "[name]는 Rust 개발자"), ("김씨", "[name]")], &["김치 냉장고"]);
    let somchai = Identity::of(&record(&[(Field::Name, "สมชาย ใจดี")]));
    check(&somchai, &[("นายสมชายเขียนRust", "[name]เขียนRust")], &["เขียนโปรแกรม"]);
    let yuri = Identity::of(&record(&[(Field::Name, "ユリ")]));
    check(&yuri, &[("私はユリです", "私は[name]です")], &["ユリシーズ"]);
}

#[test]
fn names_are_hidden_in_every_case_and_words_that_begin_alike_stay() {
    for (name, forms, kept) in [
        ("Zofia Kowalska", "Zofii, ZOFIĄ, zofie, Kowalskiej, Kowalską, Kowalskiego", "Zone, Kowal"),
        ("Jan Kowalski", "Kowalskiego, kowalskiemu, Kowalskim, Jana, Janowi", "January, Java"),
        ("Marek Nowak", "Markiem, Markowi, Nowakowi, Nowaka", "Markdown, market, novel"),
        ("Anna Müller", "Anny, Anną, Annę, Müllers, Muellers", "Annotation, announce, mull"),
        ("Ada Cook", "Adą, Ady, Cooka", "Admin, ADO, cookie, adapter"),
        ("Vera Rand", "Verou, Randem", "very good, every, random"),
        ("Иванов Сергей", "Ивановым, Иванову, Сергея, Сергеем, Ivanovym", "Иван, сервер"),
        ("Jana Dat", "Janie, Datem", "Django, January, data"),
    ] {
        let identity = Identity::of(&record(&[(Field::Name, name)]));
        for form in forms.split(", ") {
            assert_eq!(identity.hide(&format!("({form})")), "([name])", "{name}: {form}");
        }
        check(&identity, &[], &[kept]);
    }
    assert_eq!(Identity::of(&record(&[(Field::Name, "Anna Cer")])).hide("Anna's code"), "[name]'s code");
}

#[test]
fn titles_of_both_sexes_are_the_same_once_blind() {
    for (one, other) in [
        ("Softwareentwickler", "Softwareentwicklerin"),
        ("Projektleiter", "PROJEKTLEITERIN"),
        ("Bankkaufmann", "Bankkauffrau"),
        ("Psychologe", "Psychologin"),
        ("Product Manager", "Product Managerin"),
        ("Programista", "Programistka"),
        ("Inżynier", "Inżynierka"),
        ("Kierownik", "Kierowniczka"),
        ("Informatyk", "Informatyczka"),
        ("Rechtsanwalt", "Rechtsanwältin"),
        ("Arzt", "Ärztin"),
        ("Datenbankexperte", "Datenbankexpertin"),
        ("Desarrollador", "Desarrolladora"),
        ("Ingeniero", "Ingeniera"),
        ("Licenciado", "Licenciada"),
        ("Développeur", "Développeuse"),
        ("Ingénieur", "Ingénieure"),
        ("Directeur", "Directrice"),
        ("Étudiant", "Étudiante"),
        ("Chargé de projet", "Chargée de projet"),
        ("Ontwikkelaar", "Ontwikkelaarster"),
        ("Sviluppatore", "Sviluppatrice"),
        ("Programador", "Programadora"),
        ("Engenheiro", "Engenheira"),
        ("Chairman", "Chairwoman"),
        ("Salesman", "Saleswoman"),
        ("Businessman", "Businesswoman"),
        ("Waiter", "Waitress"),
        ("ACTOR", "ACTRESS"),
        ("(he/him)", "(they/them)"),
        ("Sexe : F", "Gender: M"),
    ] {
        let [one, other] =
            [one, other].map(|title| ada().hide(&format!("Senior {title}, Django")).to_lowercase());
        assert_eq!(one, other);
        assert!(one.starts_with("senior ") && one.ends_with(", django"), "{one}");
    }
    let hidden = [
        ("Softwareentwicklerin (Rust)", "Softwareentwickler* (Rust)"),
        ("Entwickler:in und Entwickler*", "Entwickler* und Entwickler*"),
        ("Développeuse", "Développeu*"),
    ];
    let kept = [
        "Redis, Django, Admin, Berlin, Plugin, Login, Kotlin, Gherkin, Jenkins, Zeppelin",
        "Entwicklerinnen und Entwickler:innen",
        "Developer, Manager, Data Analyst, Vice President, expert, Actor model, Chef, person in charge, employee, Halbleiter",
        "Ingeniería, informatyka, Technik",
    ];
    check(&ada(), &hidden, &kept);
}

#[test]
fn where_somebody_is_from_is_hidden_and_permits_and_languages_stay() {
    let hidden = [
        ("Polish national, Go", "[hidden], Go"),
        ("Dutch passport holder; Go", "[hidden]; Go"),
        ("holder of a British passport", "holder of a [hidden]"),
        ("a native of Warsaw, Go", "a [hidden], Go"),
        ("born in Madrid, Go", "[hidden], Go"),
        ("EU citizen", "[hidden]"),
        ("nationality Polish and fluent German", "[hidden] and fluent German"),
        ("narodowość polska", "[hidden]"),
        ("polnische Staatsangehörige", "[hidden]"),
        ("de nacionalidad española", "de [hidden]"),
        ("originaire du Maroc", "[hidden]"),
        ("aus der Ukraine stammend", "[hidden]"),
        ("German citizen with work permit for Germany", "[hidden] with work permit for Germany"),
        ("I am Polish.", "I am [hidden]."),
    ];
    let kept = [
        "needs visa, work permit for Germany, eligible to work in the UK, has EU work permit",
        "Polish (native), fluent German, native speaker of French, Muttersprache Deutsch",
        "speaks Turkish; native language is Polish",
        "React Native, Cloud Native, native app, native development",
        "Dutch National Bank, Passport.js, data comes from SAP",
    ];
    check(&ada(), &hidden, &kept);
}

#[test]
fn ages_are_hidden_and_years_of_work_stay() {
    let whole = [
        "Turned 41",
        "aged 41",
        "age: 41",
        "41 yo",
        "41 y/o",
        "41yo",
        "Alter: 41",
        "wiek 41 lat",
        "edad 41",
        "leeftijd 41",
        "Jg. 1985",
        "*1985",
        "geb. 1985",
        "ur. 1985",
        "né en 1985",
        "b. 1985",
        "mid-thirties",
        "Mitte dreißig",
        "quadragénaire",
        "AGED 41",
        "41-jährige",
        "nee en 1985",
        "born March 12, 1985",
        "nacida el 12 de marzo de 1985",
        "41岁",
        "1985年生まれ",
    ];
    for text in whole {
        for (before, after) in [("", ""), ("Rust, ", ", Go"), ("(", ")")] {
            let said = format!("{before}{text}{after}");
            assert_eq!(ada().hide(&said), format!("{before}[hidden]{after}"), "{said}");
        }
    }
    let hidden =
        [("in her forties", "in [hidden]"), ("j'ai 41 ans", "j'ai [hidden]"), ("mam 41 lat", "mam [hidden]")];
    let kept = [
        "41 years of experience, 5 lat doświadczenia, 5 ans d'expérience, 10 Jahre Erfahrung",
        "j'ai 15 ans d'expérience; 20-jährige Erfahrung; mam 20 lat doświadczenia",
        "turned 41 services into 3, born leader with 10 years of experience",
        "ne connait pas 3 langages",
        "2 * 1985, 41 lat, responses in 40s",
    ];
    check(&ada(), &hidden, &kept);
}

#[test]
fn faith_health_and_family_are_hidden_and_technical_senses_stay() {
    let whole = [
        "Muslim",
        "Jewish",
        "Black woman",
        "person of colour",
        "LGBTQ",
        "gay",
        "lesbian",
        "transgender",
        "wheelchair user",
        "deaf",
        "autistic",
        "pregnant",
        "single mother",
        "married",
        "divorced",
        "verheiratet",
        "ledig",
        "mariée",
        "casada",
        "zamężna",
        "mother of two",
        "father of three",
        "parental leave",
        "maternity leave",
        "trade union",
        "marital status: single",
        "Sexe : F",
        "Gender: M",
        "Geschlecht: weiblich",
        "płeć: kobieta",
        "sexo: femenino",
        "男",
        "性别：男",
        "she/her",
        "they/them",
        "GdB 50",
    ];
    for text in whole {
        for text in [text.to_owned(), text.to_uppercase()] {
            let is_spelled = text.contains("GDB");
            let wanted = if is_spelled { text.clone() } else { "[hidden]".to_owned() };
            assert_eq!(ada().hide(&format!("Rust ({text}), Go")), format!("Rust ({wanted}), Go"), "{text}");
        }
    }
    let hidden = [
        ("practising Catholic", "practising [hidden]"),
        ("Schwerbehindert (GdB 50)", "[hidden] ([hidden])"),
        ("Ann (f)", "Ann ([hidden])"),
    ];
    let kept = [
        "black box, Black Duck, dark mode, child process, parent class, single page, blind SQL injection",
        "race condition, orientation: landscape, master/slave, f(x), (m/w/d), man-in-the-middle, man page",
    ];
    check(&ada(), &hidden, &kept);
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
