//! - the built-in files have no problem, and `UPDATE_TAXONOMY=1` writes them in canonical order
//! - every problem of a folder is named at once, with file, line and column
//! - a team's rows add, replace and drop; hostile files end in an error
//! - the fingerprint is the plain description's, whatever the order of rows, columns, files and line ends

use std::path::PathBuf;

use super::*;
use crate::Resolution;

fn file(name: &str, text: &str) -> TaxonomyFile {
    TaxonomyFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn problems(files: &[TaxonomyFile]) -> Vec<String> {
    check_files(files).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_built_in_files_have_no_problem() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/taxonomy");
    let mut files = Vec::new();
    for (name, _) in EMBEDDED.iter().copied().chain([(SOURCES, "")]) {
        let path = folder.join(name);
        let mut found = TaxonomyFile { name: name.to_owned(), bytes: std::fs::read(&path).unwrap() };
        if std::env::var_os("UPDATE_TAXONOMY").is_some()
            && let Some(Ok(text)) = canonical(&found)
        {
            std::fs::write(&path, &text).unwrap();
            found.bytes = text.into_bytes();
        }
        files.push(found);
    }
    let checked = check_files(&files);
    assert_eq!((checked.scope, checked.problems), (Scope::Whole, vec![]));
    assert_eq!(checked.files.len(), EMBEDDED.len());
    // What the binary holds is what the folder holds.
    let loaded = Taxonomy::of_files(&files).unwrap();
    assert_eq!(loaded.fingerprint(), Taxonomy::embedded().fingerprint());
    assert_eq!(loaded.skills().len(), Taxonomy::embedded().skills().len());
}

#[test]
fn every_problem_is_named_at_once() {
    let skills = "id,name,kind,language,paradigm,source\n\
        zeta,Zeta,tool,,,team\n\
        alpha,Alpha,,nowhere,,team\n\
        Not A Slug,Beta,tool,,,\n\
        django-two,Django,tool,,,team\n\
        open,\"Open,tool,,,team\n\
        short,Short\n";
    let relations = "from,to,relation,credit,source\n\
        alpha,zeta,near,0,team\n\
        django,zeta,near,10000,team\n\
        zeta,flask,near,750,team\n\
        python,django,implies,10000,team\n\
        zeta,zeta,near,500,team\n\
        zeta,nobody,near,500,team\n";
    let files = [
        file("skills.csv", skills),
        file("relations.csv", relations),
        file(
            "spellings.csv",
            "spelling,skill,context,source\nreactjs,zeta,,team\nzett,zeta,,team\nZETT,django,,team\n",
        ),
        file("traits.csv", "id,name,kind,also,source,colour\n"),
        TaxonomyFile {
            name: "assessments.csv".into(),
            bytes: b"skill,task,look_for,source\nzeta,a\xff,b,team\n".to_vec(),
        },
        file("cases.csv", "id,name,skill,source\r\nx,X,zeta,team\r\n"),
        file("skils.csv", ""),
    ];
    let found = problems(&files);
    let wanted = [
        "assessments.csv:2: is no UTF-8 from byte 7 of the line on",
        "cases.csv:1: is not in canonical form (`taxonomy lint --fix` writes it)",
        "relations.csv:2, column `credit`: `0` is not 500 to 10000 in steps of 500",
        "relations.csv:2, column `from`: unknown skill `alpha`",
        "relations.csv:3, column `credit`: is 10000 on `near`: implies, and only it, is 10000",
        "relations.csv:4, column `credit`: `750` is not 500 to 10000 in steps of 500",
        "relations.csv:5: implies runs in a circle: ",
        "relations.csv:5: stands after line 4, which sorts behind it",
        "relations.csv:6: `zeta` is related to itself",
        "relations.csv:7, column `to`: unknown skill `nobody`",
        "skills.csv:3, column `kind`: is empty",
        "skills.csv:4, column `source`: is empty",
        "skills.csv:5, column `name`: `Django` is also the name of `django`",
        "skills.csv:6: opens a quote that does not close in its line",
        "skills.csv:7: has 2 cells where the header has 6",
        "skils.csv: is no file of a taxonomy: there are ",
        "spellings.csv:4, column `spelling`: `ZETT` means both `django` and `zeta`",
        "traits.csv:1, column `colour`: is no column of this file: ",
    ];
    for line in wanted {
        assert!(found.iter().any(|f| f.starts_with(line)), "{line}\nis not in\n{}", found.join("\n"));
    }
}

#[test]
fn a_teams_rows_add_replace_and_drop() {
    let files = [
        file(
            "skills.csv",
            "id,name,kind,language,paradigm,source,note\n\
             crusher,Crusher,backend-framework,python,,team,ours\n",
        ),
        file(
            "spellings.csv",
            "spelling,skill,context,source\nCrush-It,crusher,,team\nreactjs,crusher,,team\n",
        ),
        file(
            "relations.csv",
            "from,to,relation,credit,source\ncrusher,python,implies,10000,team\nflask,django,near,3000,team\n",
        ),
        file("drop.csv", "file,key,second\nskills,laravel,\nspellings,ror,\n"),
    ];
    assert_eq!(problems(&files), Vec::<String>::new());
    let taxonomy = Taxonomy::with_team_files(&files).unwrap();
    let at = |name: &str| taxonomy.resolve(name).skill().map(|s| taxonomy.skill(s).id.as_str());
    assert_eq!(
        (at("crush it"), at("ReactJS"), at("React")),
        (Some("crusher"), Some("crusher"), Some("react"))
    );
    assert_eq!((at("Laravel"), at("RoR"), at("Rails")), (None, None, Some("rails")));
    let skill = |id: &str| taxonomy.skill_by_id(id).unwrap();
    assert!(taxonomy.is_or_implies(skill("crusher"), skill("python")));
    let credit = taxonomy.link(skill("flask"), skill("django")).unwrap().credit.ten_thousandths();
    assert_eq!(credit, 3_000);
    assert_ne!(taxonomy.fingerprint(), Taxonomy::embedded().fingerprint());
    assert_eq!(Taxonomy::with_team_files(&[]).unwrap().fingerprint(), Taxonomy::embedded().fingerprint());
    assert!(matches!(Taxonomy::embedded().resolve("Laravel"), Resolution::Exact(_)));
}

#[test]
fn drops_that_lead_nowhere_are_named() {
    let drops = "file,key,second\ndrop,x,\nrelations,flask,\nskills,no-such-skill,\nskills,react,x\n";
    let found = problems(&[file("drop.csv", drops)]);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(found[0].starts_with("drop.csv:2, column `file`: `drop` is none of "), "{found:#?}");
    assert!(found.contains(
        &"drop.csv:4, column `key`: `no-such-skill` is no row of the built-in skills.csv".to_owned()
    ));
}

#[test]
fn hostile_files_end_in_an_error() {
    let skill = |n: usize| format!("s{n},S{n},tool,,,team\n");
    let header = "id,name,kind,language,paradigm,source\n";
    let skills = |n: usize, kind: &str| -> String {
        header.to_owned() + &(0..n).map(|i| skill(i).replace("tool", kind)).collect::<String>()
    };
    let chain = |n: usize, close: bool| -> String {
        let rows = (0..n - 1).map(|i| format!("s{i},s{},implies,10000,team\n", i + 1));
        let last = close.then(|| format!("s{},s0,implies,10000,team\n", n - 1));
        "from,to,relation,credit,source\n".to_owned() + &rows.chain(last).collect::<String>()
    };
    let refused = |files: &[TaxonomyFile], part: &str| {
        let error = Taxonomy::with_team_files(files).unwrap_err().to_string();
        assert!(error.contains(part), "{part} is not in {error}");
    };
    let deep = [file("skills.csv", &skills(15_000, "tool")), file("relations.csv", &chain(15_000, false))];
    refused(&deep, "implies runs through 14999 steps, more than 64");
    let circle = [file("skills.csv", &skills(15_000, "tool")), file("relations.csv", &chain(15_000, true))];
    refused(&circle, "implies runs in a circle: s0 -> s1 -> ");
    refused(&[file("skills.csv", &skills(21_000, "tool"))], "more than 20000");
    refused(&[file("skills.csv", &skills(5_000, "backend-framework"))], "pairs of skills of one kind");
    let huge = TaxonomyFile { name: "skills.csv".into(), bytes: vec![b'a'; FILE_BYTES_MAX + 1] };
    refused(&[huge], "more than 8388608");
    refused(&[TaxonomyFile { name: "skills.csv".into(), bytes: vec![0xff; 5_000] }], "is no UTF-8");
    refused(&[file("skills.csv", &"\"".repeat(5_000))], "skills.csv:1");
    refused(&[file("skills.csv", "")], "has no header");
}

#[test]
fn the_fingerprint_is_that_of_its_plain_description() {
    // printf '10:skills.csv42:...' | sha256sum | cut -c1-32, the text below: rows in the order of their bytes.
    let row = |cells: [&str; 6]| cells.iter().map(|c| format!("{}:{c}", c.len())).collect::<String>();
    let (a, b) = (row(["a", "A", "tool", "", "", "x"]), row(["b", "B, b", "tool", "a", "", "x"]));
    assert_eq!(a, "1:a1:A4:tool0:0:1:x");
    let plain = "10:skills.csv42:1:a1:A4:tool0:0:1:x1:b4:B, b4:tool1:a0:1:x";
    assert_eq!(plain, format!("10:skills.csv{}:{a}{b}", a.len() + b.len()));
    let known = "852d284b2b8b5075eebd0cdd24d0dd6d";
    for (name, text) in [
        ("sorted", "id,name,kind,language,paradigm,source\na,A,tool,,,x\nb,\"B, b\",tool,a,,x\n"),
        ("rows turned round", "id,name,kind,language,paradigm,source\nb,\"B, b\",tool,a,,x\na,A,tool,,,x\n"),
        (
            "CRLF and mark",
            "\u{feff}id,name,kind,language,paradigm,source\r\na,A,tool,,,x\r\nb,\"B, b\",tool,a,,x",
        ),
        ("columns", "source,id,name,kind,language,paradigm\nx,a,A,tool,,\nx,b,\"B, b\",tool,a,\n"),
        ("remarks", "id,name,kind,language,paradigm,source,note\na,A,tool,,,x,hm\nb,\"B, b\",tool,a,,x,\n"),
        ("quotes", "id,name,kind,language,paradigm,source\n\"a\",A,tool,,,x\nb,\"B, b\",tool,a,,x\n"),
    ] {
        let other = file("relations.csv", "from,to,relation,credit,source\n");
        assert_eq!(fingerprint::of_files(&[file("skills.csv", text), other.clone()]), known, "{name}");
        assert_eq!(fingerprint::of_files(&[other, file("skills.csv", text)]), known, "{name}");
    }
    let changed =
        file("skills.csv", "id,name,kind,language,paradigm,source\na,A,tool,,,x\nb,\"B, b\",tool,,a,x\n");
    assert_ne!(fingerprint::of_files(&[changed]), known);
}

#[test]
fn canonical_form_is_reached_in_one_step() {
    let messy = "\u{feff}spelling,skill,source,context\r\nzz,react,team,\r\n\"aa\",react,team,list\r\nzz,react,team,\r\n";
    let text = canonical(&file("spellings.csv", messy)).unwrap().unwrap();
    assert_eq!(text, "spelling,skill,context,source\naa,react,list,team\nzz,react,,team\n");
    assert_eq!(canonical(&file("spellings.csv", &text)).unwrap().unwrap(), text);
    assert!(canonical(&file("spellings.csv", "spelling,skill\n")).unwrap().is_err());
    assert!(canonical(&file("notes.txt", "")).is_none());
}
