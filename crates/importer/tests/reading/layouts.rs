//! - each layout is known by its header, and names its source
//! - headers of applicant tracking systems are read as `fixtures/import/ats-headers.csv` says
//! - protected columns are listed and never read

use stackscout_importer::{CandidateFile, Usage};

use super::{open, read_all, said};

/// The word that stands in the fixture.
fn word(usage: &Usage) -> String {
    match usage {
        Usage::Field(field) => field.word().to_owned(),
        Usage::Tick(_) => "tick".to_owned(),
        Usage::SkillYears(_) => "skill_years".to_owned(),
        Usage::Protected => "protected".to_owned(),
        Usage::Ignored => "-".to_owned(),
    }
}

fn uses(file: &CandidateFile) -> Vec<String> {
    file.columns().iter().map(|c| format!("{}: {}", c.column, word(&c.usage))).collect()
}

#[test]
fn headers_of_applicant_tracking_systems_are_read_as_decided() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/import/ats-headers.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut products: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        if products.last().is_none_or(|(product, _)| *product != row[0]) {
            products.push((row[0].to_owned(), Vec::new()));
        }
        products.last_mut().unwrap().1.push((row[1].to_owned(), row[2].to_owned()));
    }
    assert!(products.len() >= 15);
    let mut wrong = Vec::new();
    for (product, headers) in &products {
        let line: Vec<String> = headers.iter().map(|(header, _)| format!("\"{header}\"")).collect();
        let file = open(line.join(","));
        assert_eq!(file.layout(), "plain", "{product}");
        for (column, (header, field)) in file.columns().iter().zip(headers) {
            if word(&column.usage) != *field {
                wrong.push(format!("{product},{header},{}", word(&column.usage)));
            }
        }
    }
    assert!(wrong.is_empty(), "read otherwise than decided:\n{}", wrong.join("\n"));
}

#[test]
fn headers_are_read_in_six_languages() {
    for (header, fields) in [
        (
            "Vorname;Nachname;E-Mail-Adresse;Berufsbezeichnung;Wohnort;Land;Berufserfahrung;Gehaltswunsch;Kenntnisse",
            "first_name last_name email title city country years expected_pay skills",
        ),
        (
            "prénom;nom;adresse e-mail;poste;ville;pays;années d'expérience;prétentions salariales;compétences",
            "first_name last_name email title city country years expected_pay skills",
        ),
        (
            "nombre;apellidos;correo electrónico;puesto;ciudad;país;años de experiencia;salario deseado;habilidades",
            "first_name last_name email title city country years expected_pay skills",
        ),
        (
            "voornaam;achternaam;e-mailadres;functie;woonplaats;land;jaren ervaring;gewenst salaris;vaardigheden",
            "first_name last_name email title city country years expected_pay skills",
        ),
        (
            "imię;nazwisko;adres e-mail;stanowisko;miasto;kraj;lata doświadczenia;oczekiwane wynagrodzenie;umiejętności",
            "first_name last_name email title city country years expected_pay skills",
        ),
    ] {
        let file = open(header);
        let words: Vec<String> = file.columns().iter().map(|c| word(&c.usage)).collect();
        assert_eq!(words.join(" "), fields, "{header}");
    }
}

#[test]
fn protected_columns_are_listed_and_never_read() {
    let mut file = open("id,Name,Gender,Date of birth,Nationality,Skills\n1,Ann,f,1990-01-01,French,Rust\n");
    assert_eq!(
        uses(&file)[2..5],
        ["Gender: protected", "Date of birth: protected", "Nationality: protected"]
    );
    assert_eq!(file.mapped_columns(), ["id", "Name", "Skills"]);
    let (rows, _) = read_all(&mut file);
    assert_eq!(said(&rows[0]), ["name=Ann", "skills=Rust"]);
}

#[test]
fn a_first_name_makes_a_name_the_last_name() {
    assert_eq!(uses(&open("Vorname,Name")), ["Vorname: first_name", "Name: last_name"]);
    assert_eq!(uses(&open("firstName,lastName,name"))[2], "name: name");
}

#[test]
fn a_person_has_one_id_and_a_start_with_an_end_is_a_period() {
    let file = open("name,candidate_id,id,Start Date,End Date,current salary,currency");
    assert_eq!(
        uses(&file)[1..],
        [
            "candidate_id: id",
            "id: -",
            "Start Date: -",
            "End Date: -",
            "current salary: current_pay",
            "currency: current_pay_currency"
        ]
    );
}

#[test]
fn a_table_of_ticks_is_one_hot() {
    let mut file = open(",id,Rust,Go,Python,Foo\n0,a,1.0,,x,1\n1,b,0,TRUE,no,\n2,c,maybe,1,7,\n");
    assert_eq!((file.layout(), file.source()), ("one-hot", "people"));
    assert_eq!(uses(&file), ["(column 1): -", "id: id", "Rust: tick", "Go: tick", "Python: tick", "Foo: -"]);
    let (rows, rejected) = read_all(&mut file);
    assert!(rejected.is_empty());
    assert_eq!(
        rows.iter().map(said).collect::<Vec<_>>(),
        [vec!["skill=Rust", "skill=Python"], vec!["skill=Go"], vec!["skill=Go"],]
    );
    let issues: Vec<_> =
        rows[2].issues.iter().map(|i| (i.line, i.column.as_deref().unwrap(), i.code)).collect();
    assert_eq!(issues, [(4, "Rust", "bad-tick"), (4, "Python", "bad-tick")]);
    let json = serde_json::to_value(&rows[2].issues[0]).unwrap();
    assert_eq!(json["file"], "people.csv");
    assert_eq!(json["reason"], "is neither a tick nor empty");
}

#[test]
fn the_survey_of_2024_in_columns_is_known() {
    let text =
        ",ResponseId,DevType,Country,Rust,Go,Django\n1,2,Others,Others,1.0,,\n2,3,Engineer,Nomadic,,,1.0\n";
    let mut file = open(text);
    assert_eq!((file.layout(), file.source()), ("stackoverflow-2024", "stackoverflow-2024"));
    let (rows, _) = read_all(&mut file);
    assert_eq!(rows[0].external_id.as_deref(), Some("2"));
    assert_eq!(said(&rows[0]), ["title=Others", "skill=Rust"]);
    assert_eq!(said(&rows[1]), ["title=Engineer", "country=Nomadic", "skill=Django"]);
}

#[test]
fn the_survey_of_2025_is_known_and_na_says_nothing() {
    let text = "ResponseId,Age,DevType,WorkExp,RemoteWork,Country,Currency,CompTotal,LanguageHaveWorkedWith,\
        LanguageWantToWorkWith,LanguageAdmired,CommPlatformHaveWorkedWith,AIModelsHaveWorkedWith\n\
        1,25-34 years old,Engineer,8,Remote,Norway,EUR European Euro,52800,Rust;Go,NA,Rust,GitHub,NA\n\
        2,NA,NA,NA,NA,NA,NA,NA,NA,Python,NA,NA,NA\n";
    let mut file = open(text);
    assert_eq!((file.layout(), file.source()), ("stackoverflow-2025", "stackoverflow-2025"));
    assert_eq!(uses(&file)[1], "Age: protected");
    let (rows, _) = read_all(&mut file);
    assert_eq!(
        said(&rows[0]),
        [
            "title=Engineer",
            "years=8",
            "remote=Remote",
            "country=Norway",
            "current_pay_currency=EUR European Euro",
            "current_pay=52800",
            "skills=Rust;Go",
        ]
    );
    assert_eq!(said(&rows[1]), ["interests=Python"]);
}

#[test]
fn older_surveys_have_sources_of_their_own() {
    let source = |columns: &str| {
        let file = open(format!("ResponseId,DevType,LanguageHaveWorkedWith,CompTotal{columns}"));
        assert_eq!(file.layout(), "stackoverflow");
        file.source().to_owned()
    };
    assert_eq!(source(",AISearchDevHaveWorkedWith"), "stackoverflow-2024");
    assert_eq!(source(",AISearchHaveWorkedWith"), "stackoverflow-2023");
    assert_eq!(source(",CompFreq,VersionControlSystem"), "stackoverflow-2022");
    assert_eq!(source(""), "stackoverflow");
    let file = open("ResponseId,DevType,LanguageHaveWorkedWith,CompTotal,CompFreq");
    assert_eq!(uses(&file)[3], "CompTotal: -");
}

#[test]
fn columns_named_by_skills_count_beside_named_ones() {
    let text = "id,Office,Rust,Python,city\n1,London,1,4,Rome\n2,Paris,,1,Bonn\n3,Rome,x,2.5 years,\n4,,0,0,\n5,,,?,\n";
    let mut file = open(text);
    assert_eq!(file.layout(), "plain");
    assert_eq!(uses(&file), ["id: id", "Office: -", "Rust: tick", "Python: skill_years", "city: city"]);
    let (rows, _) = read_all(&mut file);
    let said: Vec<_> = rows.iter().map(|row| said(row).join(" ")).collect();
    assert_eq!(
        said,
        [
            "skill=Rust skills=Python (4 years) city=Rome",
            "skills=Python (1 years) city=Bonn",
            "skill=Rust skills=Python (2.5 years)",
            "",
            "",
        ]
    );
    assert_eq!(rows[4].issues[0].code, "bad-years");
}

#[test]
fn several_addresses_in_a_cell_are_several_values() {
    let (rows, _) = super::read("id,emails\n1,\"[\"\"a@x.org\"\",\"\"b@x.org\"\"]\"\n");
    assert_eq!(said(&rows[0]), ["email=a@x.org", "email=b@x.org"]);
}
