//! - what a name does not say, content may; a guess says that it is one, and takes nothing from a name
//! - a file without a header is read by content alone
//! - what stands above the header is passed over, and what closes the table is rejected

use stackscout_importer::{CandidateFile, ImportOptions, Usage};
use stackscout_profile::Field;

use super::{codes, open, open_with, read, read_all, refused, said};

fn column<'a>(file: &'a CandidateFile, name: &str) -> &'a stackscout_importer::ColumnUse {
    file.columns().iter().find(|c| c.column == name).unwrap()
}

#[test]
fn columns_are_guessed_by_content_and_say_so() {
    let file = open(
        "Wer,Kontakt,Kann,Wo,m/w/d,Wann\nAda Moss,ada@x.org,\"Rust, Go\",Germany,f,2026-01-01\n\
         Ben Reed,ben@x.org,Python,Spain,m,2026-02-01\nCem Kaya,cem@x.org,\"Django, React\",France,m,2026-03-01\n",
    );
    let uses: Vec<_> = file.columns().iter().map(|c| (c.usage.clone(), c.guess)).collect();
    assert_eq!(
        uses,
        [
            (Usage::Field(Field::Name), true),
            (Usage::Field(Field::Email), true),
            (Usage::Field(Field::Skills), true),
            (Usage::Field(Field::Country), true),
            (Usage::Protected, true),
            (Usage::Ignored, false),
        ]
    );
    assert_eq!(column(&file, "Kontakt").why, "by content: 100% e-mail addresses");
    assert!(column(&file, "Wann").why.starts_with("by content: 100% dates"));
}

#[test]
fn a_guess_takes_nothing_from_a_name_and_nothing_that_is_about_others() {
    let file = open(
        "name,email,Weiteres,Hiring manager contact,Gender\nA,a@x.org,b@x.org,c@x.org,1@x.org\nB,d@x.org,e@x.org,f@x.org,2@x.org\n",
    );
    assert_eq!(column(&file, "Weiteres").usage, Usage::Ignored);
    assert_eq!(column(&file, "Hiring manager contact").usage, Usage::Ignored);
    assert_eq!(column(&file, "Gender").usage, Usage::Protected);
    let file = open("Name,Manager\'s e-mail\nA,c@x.org\nB,f@x.org\n");
    assert_eq!(file.columns()[1].usage, Usage::Ignored, "{:?}", file.columns()[1]);
}

#[test]
fn slips_and_questions_in_headers_are_said_guesses() {
    let file = open("Candidate\'s E-mail Adress,What is your gender?,Curent Company\na@x.org,f,Acme\n");
    let uses: Vec<_> = file.columns().iter().map(|c| (&c.usage, c.guess)).collect();
    assert_eq!(
        uses,
        [
            (&Usage::Field(Field::Email), true),
            (&Usage::Protected, false),
            (&Usage::Field(Field::Employer), true)
        ]
    );
    assert_eq!(file.columns()[0].why, "by a near name: `emailaddress`");
    // The name says e-mail, and the cells say that it is none.
    let file = open("name,E-mail adresss\nA,yes\nB,no\nC,no\n");
    assert_eq!(file.columns()[1].usage, Usage::Ignored);
}

const HEADERLESS: &str = "Ada Moss,ada@x.org,Rust;Go,+49 30 123456\nBen Reed,ben@x.org,Python,+49 30 123457\n\
                          Cem Kaya,cem@x.org,Django;React,+49 30 123458\n";

#[test]
fn a_file_without_a_header_is_read_by_content_where_it_is_asked_for() {
    assert!(refused(HEADERLESS).contains("--no-header"));
    let options = ImportOptions {
        no_header: true,
        map: vec![("column 1".to_owned(), Some(Field::Name))],
        ..ImportOptions::default()
    };
    let mut file = open_with(HEADERLESS.as_bytes(), &options).unwrap();
    assert_eq!(file.columns()[3].column, "column 4");
    let (rows, rejected) = read_all(&mut file);
    assert_eq!((rows.len(), rejected.len(), rows[0].line), (3, 0, 1));
    assert_eq!(said(&rows[0]), ["name=Ada Moss", "email=ada@x.org", "skills=Rust;Go", "phone=+49 30 123456"]);
    assert_eq!(file.preamble(), b"name,email,skills,phone\n", "for rejects, which are read by it");
}

#[test]
fn a_first_line_that_may_be_somebodys_row_is_not_shown() {
    let refusal = refused("Ada Moss;Geheim GmbH;geht bald\nBo Birch;x;y\n");
    assert!(refusal.contains("3 cells") && refusal.contains("--no-header"), "{refusal}");
    assert!(refusal.contains("--map") && !refusal.contains("Moss"), "{refusal}");
    let refusal = refused("qux,quux\nfoo,a1\nbar,b2\nbaz,c3\n");
    assert!(refusal.contains("`qux`, `quux`"), "a word above nothing but figures: {refusal}");
}

#[test]
fn lines_above_the_header_are_passed_over_and_counted() {
    for (above, lines) in [
        ("Candidate report\n", 1),
        ("Candidate report,,\n", 1),
        ("Candidate report\nGenerated on 2026-11-01\n\n", 3),
        ("\"Candidates, all\",,\nFilter:,active,\n,,\n", 3),
        ("\"a \"broken\" title\"\n", 1),
        ("R\u{e9}sum\u{e9}s\n\n\n\n", 4),
    ] {
        let mut file = open(format!("{above}id,name,skills\n1,Ann,Rust\n2,Bob\n"));
        assert_eq!(file.lines_above_header(), lines, "{above:?}");
        assert_eq!(file.preamble(), b"id,name,skills\n");
        let (rows, rejected) = read_all(&mut file);
        assert_eq!((rows[0].line, codes(&rejected)), (lines + 2, vec![format!("{} field-count", lines + 3)]));
    }
    for text in ["id,name\n1,Ann\n", "\n\nid,name\n1,Ann\n", "Skills\nRust\nGo\n"] {
        assert_eq!(open(text).lines_above_header(), 0, "{text:?}");
    }
    let text = "\u{feff}sep=;\nReport;;\nid;name;skills\n1;Ann;Rust\n";
    let file = open(text);
    assert_eq!(
        (file.lines_above_header(), file.preamble()),
        (1, "\u{feff}sep=;\nid;name;skills\n".as_bytes())
    );
}

#[test]
fn a_row_of_many_skills_is_no_header() {
    let text = "id;name;skills\n1;Ann;Rust, Go, Python, Django, React\n2;Bob;Flask, Rust, Go, C#\n";
    let mut file = open(text);
    assert_eq!((file.delimiter(), file.lines_above_header()), (b';', 0));
    assert_eq!(read_all(&mut file).0.len(), 2);
}

#[test]
fn what_closes_a_table_is_rejected_as_such() {
    let (rows, rejected) = read(
        "id,name,skills\n1,Ann,Rust\n2,Total Recall,Go\nTotal: 2 rows,,\nTotal,,2\n\u{a9} Example Ltd\n",
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(codes(&rejected), ["4 footer", "5 footer", "6 footer"]);
}

#[test]
fn two_columns_of_one_name_and_one_without_a_name_are_read() {
    let (rows, _) = read("name,email,Email,,\nAnn,a@x.org,b@x.org,7,\n");
    assert_eq!(said(&rows[0]), ["name=Ann", "email=a@x.org", "email=b@x.org"]);
    let file = open("name,,skills\nA,a@x.org,Rust\nB,b@x.org,Go\n");
    let nameless = &file.columns()[1];
    assert_eq!((nameless.column.as_str(), &nameless.usage), ("(column 2)", &Usage::Field(Field::Email)));
}

#[test]
fn what_people_lack_or_are_asked_for_is_no_skill_and_what_they_want_to_learn_is_an_interest() {
    let used = |header: &str| {
        let file = open(format!("Name;{header}\nAnn;Rust, Go\nBob;Python\nCid;Django, React\n"));
        file.columns()[1].usage.clone()
    };
    for header in [
        "Missing skills",
        "Which frameworks do you dislike?",
        "Womit möchtest du nicht arbeiten?",
        "Keine Kenntnisse in",
        "Skills required by the job",
        "Technologies à éviter",
        "Tecnologías que no domina",
        "Must have",
        "Failed test",
        "Team's stack",
        "Skills (missing)",
    ] {
        assert_eq!(used(header), Usage::Ignored, "{header}");
    }
    for header in [
        "Interested to learn",
        "Would like to use",
        "Frameworks I want to learn",
        "Skills (want to learn)",
        "Wil ik leren",
    ] {
        assert_eq!(used(header), Usage::Field(Field::Interests), "{header}");
    }
    for header in ["Kann", "Machine learning", "Skills (required)", "Skils"] {
        assert_eq!(used(header), Usage::Field(Field::Skills), "{header}");
    }
}

#[test]
fn what_was_is_wished_or_is_somebody_elses_is_not_guessed() {
    let phones = ["+49 30 123456", "+49 30 123457", "+49 30 123458"];
    let titles = ["Software Engineer", "Tester", "Entwicklerin"];
    let countries = ["Germany", "Spain", "France"];
    for (header, cells) in [
        ("Ex-Arbeitgeber", ["Acme", "Initech", "Globex"]),
        ("Previous title", titles),
        ("Wunschposition", titles),
        ("Einsatzland", countries),
        ("Target country", countries),
        ("Languages to learn", ["German", "English, French", "Spanish"]),
        ("Required language", ["German", "English", "Spanish"]),
        ("Notfall-Tel.", phones),
        ("Telefon Ansprechpartner", phones),
        ("Phone (emergency)", phones),
        ("Ausschluss", ["B.Sc.", "M.Sc.", "Diplom"]),
    ] {
        let rows: Vec<String> =
            ["Ann", "Bob", "Cid"].iter().zip(cells).map(|(name, cell)| format!("{name};{cell}\n")).collect();
        let file = open(format!("Name;{header}\n{}", rows.concat()));
        let column = &file.columns()[1];
        assert_eq!(column.usage, Usage::Ignored, "{header}: {}", column.why);
    }
    let file = open("Name;Pays d'origine\nAnn;France\nBob;Spain\nCid;Germany\n");
    assert_eq!(file.columns()[1].usage, Usage::Protected);
}

#[test]
fn names_of_a_status_a_block_and_a_last_post_are_what_they_say() {
    let used = |header: &str, cells: [&str; 3]| {
        let rows: Vec<String> =
            ["Ann", "Bob", "Cid"].iter().zip(cells).map(|(name, cell)| format!("{name};{cell}\n")).collect();
        open(format!("Name;{header}\n{}", rows.concat())).columns()[1].usage.clone()
    };
    let status = ["Placed", "Do not contact", "Active"];
    for header in ["Current Status", "Aktueller Status", "Statut actuel"] {
        assert_eq!(used(header, status), Usage::Field(Field::Status), "{header}");
    }
    for header in ["Gesperrt", "Blocked", "Wants to be deleted", "Kontaktsperre"] {
        assert_eq!(used(header, ["yes", "no", "yes"]), Usage::Field(Field::OptOut), "{header}");
    }
    assert_eq!(used("Blocked", ["by Ann", "login", "2026"]), Usage::Ignored);
    let titles = ["Software Engineer", "Tester", "Entwicklerin"];
    for header in ["Letzte Position", "Last position", "Dernier poste", "Title (last)", "Last title"] {
        assert_eq!(used(header, titles), Usage::Field(Field::Title), "{header}");
    }
    assert_eq!(used("Skills (wanted)", ["Rust, Go", "Python", "React"]), Usage::Field(Field::Interests));
    for header in ["Skills (must have)", "Skills (job match)"] {
        assert_eq!(used(header, ["Rust, Go", "Python", "React"]), Usage::Ignored, "{header}");
    }
    for header in ["Erfahrung IT", "Experience in IT"] {
        assert_eq!(used(header, ["3", "7", "12"]), Usage::Field(Field::TotalYears), "{header}");
    }
}

#[test]
fn months_with_the_skill_of_a_row_are_years_with_it() {
    let (rows, _) = read("Name;Skill;Experience (months)\nAnn;Rust;18\nAnn;Go;6\nBob;Java;24\nBob;C#;36\n");
    let said: Vec<String> = rows.iter().map(|row| said(row)[1].clone()).collect();
    assert_eq!(
        said,
        ["skills=Rust (1.5 years)", "skills=Go (0.5 years)", "skills=Java (2 years)", "skills=C# (3 years)"]
    );
}
