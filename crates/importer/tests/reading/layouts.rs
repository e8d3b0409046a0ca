//! - each layout is known by its header, and names its source
//! - headers of applicant tracking systems are read as `fixtures/import/ats-headers.csv` says
//! - protected columns are listed and never read

use stackscout_importer::{CandidateFile, ImportOptions, Usage};
use stackscout_profile::Field;

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

/// A file of `fixtures/import/layouts`.
fn fixture(name: &str) -> CandidateFile {
    let path = format!("{}/../../fixtures/import/layouts/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    CandidateFile::open(path.as_ref(), &ImportOptions::default(), &super::taxonomy())
        .unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn headers_of_applicant_tracking_systems_are_read_as_decided() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/import/ats-headers.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut files: Vec<(String, String, Vec<String>)> = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        if files.last().is_none_or(|(file, ..)| *file != row[0]) {
            files.push((row[0].to_owned(), row[1].to_owned(), Vec::new()));
        }
        files.last_mut().unwrap().2.push(format!("{}: {}", &row[2], &row[3]));
    }
    assert_eq!(files.len(), 16);
    let mut wrong = Vec::new();
    for (name, layout, decided) in &files {
        let mut file = fixture(name);
        assert_eq!(file.layout(), layout, "{name}");
        assert_eq!(file.columns().len(), decided.len(), "{name}");
        for (column, decided) in uses(&file).iter().zip(decided) {
            if column != decided {
                wrong.push(format!("{name}: {column}, decided as {decided}"));
            }
        }
        let (rows, rejected) = read_all(&mut file);
        assert_eq!((rows.len(), rejected.len()), (3, 0), "{name}");
        assert!(rows.iter().all(|row| row.values.iter().any(|v| v.field == Field::Email)), "{name}");
    }
    assert!(wrong.is_empty(), "read otherwise than decided:\n{}", wrong.join("\n"));
}

#[test]
fn the_222_padded_columns_of_bullhorn_are_read() {
    let mut file = fixture("bullhorn");
    assert_eq!((file.columns().len(), file.source()), (222, "bullhorn"));
    assert!(file.columns().iter().all(|c| c.column == c.column.trim()));
    let (rows, _) = read_all(&mut file);
    assert_eq!(rows[0].external_id.as_deref(), Some("cand-1"));
    let first = said(&rows[0]);
    for value in [
        "first_name=Mara",
        "email=mara.quist@example.org",
        "skills=Django",
        "skills=PostgreSQL",
        "skills=React",
    ] {
        assert!(first.iter().any(|said| said.trim_end() == value), "{value} is not in {first:?}");
    }
}

#[test]
fn cells_with_several_values_are_split_as_their_system_joins_them() {
    let said_of = |name, field: &str| -> Vec<String> {
        let (rows, _) = read_all(&mut fixture(name));
        said(&rows[0]).into_iter().filter(|said| said.starts_with(&format!("{field}="))).collect()
    };
    assert_eq!(
        said_of("gem", "email"),
        ["email=mara.quist@example.org", "email=mara.quist@example.org", "email=mara@example.net"]
    );
    assert_eq!(said_of("lever", "email"), ["email=mara.quist@example.org", "email=mara@example.net"]);
    assert_eq!(said_of("lever", "link"), ["link=https://github.com/mara", "link=https://gitlab.com/mara"]);
    assert_eq!(said_of("linkedin-talent-hub", "phone"), ["phone=+49 30 5550101", "phone=+49 30 5550109"]);
    assert_eq!(said_of("lever", "channel"), ["channel=Job site", "channel=Referral", "channel=Applied"]);
}

#[test]
fn a_report_with_a_row_for_each_application_keeps_its_rows() {
    let mut file = fixture("smartrecruiters");
    assert!(!file.is_long());
    let (rows, _) = read_all(&mut file);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.external_id.is_none()), "the id of an application is nobody's");
    assert_eq!(
        said(&rows[1]),
        [
            "applied_on=2026-03-05",
            "modified=2026-03-09",
            "reason=Too junior",
            "stage=Rejected",
            "channel=LinkedIn",
            "email=mara.quist@example.org"
        ]
    );
}

#[test]
fn linkedin_recruiter_counts_by_places_where_it_is_asked_for() {
    let text = "Vorname?,b,c,d,e,f,g,h,i,j,k\nAda,Moss,ada@x.org,,Engineer,Acme,\"Bonn, Germany\",New,note,Public,Rust\n";
    let options = ImportOptions { layout: Some("linkedin-recruiter".to_owned()), ..ImportOptions::default() };
    let mut file = super::open_with(text.as_bytes(), &options).unwrap();
    let (rows, _) = read_all(&mut file);
    assert_eq!(
        said(&rows[0]),
        [
            "first_name=Ada",
            "last_name=Moss",
            "email=ada@x.org",
            "title=Engineer",
            "employer=Acme",
            "location=Bonn, Germany",
            "stage=New",
            "notes=note",
            "tags=Rust"
        ]
    );
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
fn the_job_in_a_report_of_applications_is_the_one_applied_for() {
    let used = |header: &str| uses(&open(header)).remove(1);
    for header in [
        "Name,Job Title,Stage,Applied On",
        "Name,Job Title,Applied Date",
        "Name,Job Title,Rejection Reason",
        "Name,Job Title,Bewerbungsdatum",
    ] {
        assert_eq!(used(header), "Job Title: applied_for", "{header}");
    }
    assert_eq!(used("Name,Job,Stage"), "Job: applied_for");
    for header in ["Name,Job Title,City", "Name,Job Title,Stage", "Name,Job Title,Applied For,Applied On"] {
        assert_eq!(used(header), "Job Title: title", "{header}");
    }
    assert_eq!(used("Name,Prétentions"), "Prétentions: expected_pay");
    assert_eq!(used("Name,Poste recherché"), "Poste recherché: applied_for");
}

#[test]
fn a_last_name_in_several_columns_is_read_whole() {
    assert_eq!(
        uses(&open("Voornaam;Tussenvoegsel;Achternaam")),
        ["Voornaam: first_name", "Tussenvoegsel: last_name", "Achternaam: last_name"]
    );
    assert_eq!(uses(&open("Voornaam;Tussenvoegsel;Naam"))[2], "Naam: last_name");
    assert_eq!(
        uses(&open("Nombre,Primer apellido,Segundo apellido")),
        ["Nombre: first_name", "Primer apellido: last_name", "Segundo apellido: last_name"]
    );
    assert_eq!(uses(&open("Name,Gehalt in TEUR"))[1], "Gehalt in TEUR: expected_pay");
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

#[test]
fn rows_of_one_respondent_are_one_person() {
    let text = "Respondent,LanguageWorkedWith,DatabaseWorkedWith,OpSys\n4,Rust,MySQL,Linux\n4,Go,,\n4,Rust,,\n\
                7,Python,,\n9,Go,NA,\n9,x,\"bad\"quote,\n9,Python,,\n4,C#,,\n";
    let mut file = open(text);
    assert_eq!((file.layout(), file.source()), ("stackoverflow-2019", "stackoverflow-2019"));
    let (rows, rejected) = read_all(&mut file);
    let read: Vec<_> = rows.iter().map(|r| (r.line, r.rows, said(r).join(" "))).collect();
    assert_eq!(
        read,
        [
            (2, 3, "skills=Rust skills=MySQL skills=Go".to_owned()),
            (5, 1, "skills=Python".to_owned()),
            (6, 2, "skills=Go skills=Python".to_owned()),
            (9, 1, "skills=C#".to_owned()),
        ]
    );
    assert_eq!(rejected.len(), 1);
    assert_eq!(rows.iter().map(|r| r.rows).sum::<u64>() + rejected.len() as u64, 8);
}

#[test]
fn a_long_file_of_any_kind_is_known_by_its_repeated_ids() {
    let rows: String =
        (0..12).map(|n| format!("{},P{},{}\n", n / 3, n / 3, ["Rust", "Go", "C#"][n % 3])).collect();
    let mut file = open(format!("id,name,skill\n{rows}"));
    assert!(file.is_long());
    let (read, _) = read_all(&mut file);
    assert_eq!(read.len(), 4);
    assert_eq!(said(&read[3]), ["name=P3", "skills=Rust", "skills=Go", "skills=C#"]);
    // What is no list keeps its rows: each is an application of its own.
    let rows: String = (0..12).map(|n| format!("{},Job {n}\n", n / 3)).collect();
    let (read, _) = super::read(format!("id,applied for\n{rows}"));
    assert_eq!(read.len(), 12);
}

#[test]
fn surveys_of_2018_to_2021_are_known() {
    for (header, layout, source) in [
        (
            "Respondent,Country,LanguageWorkedWith,MiscTechWorkedWith",
            "stackoverflow-2019",
            "stackoverflow-2019",
        ),
        (
            "Respondent,LanguageWorkedWith,NEWCollabToolsWorkedWith",
            "stackoverflow-2019",
            "stackoverflow-2020",
        ),
        ("Respondent,LanguageWorkedWith,FrameworkWorkedWith", "stackoverflow-2019", "stackoverflow-2018"),
        ("ResponseId,US_State,LanguageHaveWorkedWith,MentalHealth", "stackoverflow", "stackoverflow-2021"),
    ] {
        let file = open(header);
        assert_eq!((file.layout(), file.source()), (layout, source), "{header}");
    }
    assert_eq!(uses(&open("ResponseId,LanguageHaveWorkedWith,MentalHealth"))[2], "MentalHealth: protected");
}

#[test]
fn a_name_with_two_meanings_is_decided_by_content() {
    let used = |text: &str| uses(&open(text)).pop().unwrap();
    assert_eq!(used("name,Experience\nA,7\nB,3 years\n"), "Experience: years");
    assert_eq!(
        used("name,Experience\nA,Built shops with Django at Acme\nB,Ran servers for ten banks\n"),
        "Experience: work_history"
    );
    assert_eq!(used("name,Resume\nA,a.pdf\nB,b.docx\n"), "Resume: cv_file");
    assert_eq!(used("name,Resume\nA,Ten years of Rust\n"), "Resume: cv");
    assert_eq!(used("name,Titel\nA,Dr.\nB,Mag.\n"), "Titel: -");
    assert_eq!(used("name,School,Start Date\nA,MIT,2008-09-01\n"), "Start Date: -");
    assert_eq!(used("name,Start Date\nA,2027-01-01\n"), "Start Date: available");
}

#[test]
fn experience_with_one_skill_is_no_experience_in_all() {
    let text =
        "Name;Erfahrung Go;Python yrs;Rust (years);Ervaring C#;Experience Foo\nAnn;1;3;1;2;1\nBob;2;;1;1;2\n";
    let mut file = open(text);
    let used: Vec<Usage> = file.columns()[1..5].iter().map(|column| column.usage.clone()).collect();
    assert_eq!(used, ["Go", "Python", "Rust", "C#"].map(|skill| Usage::SkillYears(skill.to_owned())));
    assert_eq!(file.columns()[5].usage, Usage::Ignored);
    let (rows, _) = read_all(&mut file);
    assert_eq!(
        said(&rows[0])[1..],
        ["skills=Go (1 years)", "skills=Python (3 years)", "skills=Rust (1 years)", "skills=C# (2 years)"]
    );
    assert_eq!(uses(&open("Name;Erfahrung Go\nAnn;x\nBob;\n"))[1], "Erfahrung Go: tick");
    assert_eq!(uses(&open("Name;Erfahrung\nAnn;1\nBob;2\n"))[1], "Erfahrung: years");
}

#[test]
fn years_beside_a_numbered_skill_are_years_with_it() {
    let mut file = open(
        "Name;Skill 1;Jahre 1;Skill 2;Jahre 2\nAnn;Rust;3;Go;1\nBob;Python;;Go, Flask;2\nCid;Go;many;;4\n",
    );
    assert_eq!(uses(&file)[1..3], ["Skill 1: skills", "Jahre 1: skill_years"]);
    let (rows, _) = read_all(&mut file);
    assert_eq!(said(&rows[0]), ["name=Ann", "skills=Rust (3 years)", "skills=Go (1 years)"]);
    assert_eq!(said(&rows[1]), ["name=Bob", "skills=Python", "skills=Go, Flask"]);
    assert_eq!(said(&rows[2]), ["name=Cid", "skills=Go"]);
    let issue = &rows[2].issues[0];
    assert_eq!((issue.column.as_deref(), issue.code), (Some("Jahre 1"), "bad-years"));
}

#[test]
fn a_column_of_a_language_holds_its_level() {
    let mut file = open("Name;Englisch;German level\nAnn;C1;B2\nBob;fließend;\nCid;nein;A1\n");
    assert_eq!(uses(&file)[1..], ["Englisch: languages", "German level: languages"]);
    let (rows, _) = read_all(&mut file);
    assert_eq!(said(&rows[0]), ["name=Ann", "languages=englisch (C1)", "languages=german (B2)"]);
    assert_eq!(said(&rows[2]), ["name=Cid", "languages=german (A1)"]);
}

#[test]
fn a_reference_that_several_people_share_is_nobodys_id() {
    let used = |text: &str| uses(&open(text)).remove(0);
    assert_eq!(used("Ref,Name,Email\nREQ-12,Ann,a@x.org\nREQ-12,Bob,b@x.org\n"), "Ref: -");
    assert_eq!(used("Ref,Name,Email\nK-1,Ann,a@x.org\nK-2,Bob,b@x.org\n"), "Ref: id");
    // A person's own rows share it, and an id is an id whoever stands beside it.
    assert_eq!(used("Ref,Name,Stage\nK-1,Ann,new\nK-1,Ann,offer\nK-2,Bob,new\n"), "Ref: id");
    assert_eq!(used("id,Name\n1,Ann\n1,Bob\n"), "id: id");
}

#[test]
fn everyday_names_of_columns_are_read() {
    for (header, field) in [
        ("First", "first_name"),
        ("Last", "last_name"),
        ("Total Exp", "years"),
        ("Berufserf. (J.)", "years"),
        ("Años de exp.", "years"),
        ("Staż (lata)", "years"),
        ("NP", "notice"),
        ("Exp CTC", "expected_pay"),
        ("Gehaltsvorst.", "expected_pay"),
        ("Oczekiwania brutto UoP", "expected_pay"),
        ("Curr CTC", "current_pay"),
        ("Base Salary (Current)", "current_pay"),
        ("Salary expectation currency", "expected_pay_currency"),
        ("Avail. from", "available"),
        ("Stadium", "stage"),
        ("Löschung gewünscht", "opt_out"),
        ("Datenlöschung beantragt", "opt_out"),
        ("Delete?", "opt_out"),
        ("Modalidad", "remote"),
        ("Ancienneté (ans)", "-"),
    ] {
        assert_eq!(uses(&open(format!("Email,{header}\n")))[1], format!("{header}: {field}"));
    }
    let used = |text: &str| uses(&open(text)).remove(1);
    assert_eq!(used("Name,Modalidad\nAnn,Presencial\nBob,Híbrido\nCid,Teletrabajo\n"), "Modalidad: remote");
    assert_eq!(used("Name,Modalidad\nAnn,Tiempo completo\nBob,Parcial\n"), "Modalidad: -");
    assert_eq!(used("Name,Delete\nAnn,2027-01-01\nBob,2027-03-01\n"), "Delete: -");
}
