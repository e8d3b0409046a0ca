//! - whatever a reader is given, the program ends with an error that names the file and the reason, and never with a panic
//! - it takes at most 512 MiB of memory and a minute for it, however much the input would unpack to
//! - a part of a pool that somebody damaged is refused or made anew, and never believed
//!
//! The real program is run on each. Its memory is what the system says that it held at most, where the system says so.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::{Ran, command, folder, run};

const MEMORY_KIB_MAX: u64 = 512 << 10;
const TIME_MAX: Duration = Duration::from_secs(60);

/// Runs the program under watch.
#[track_caller]
fn watched(folder: &Path, args: &[&str]) -> Ran {
    let mut command = command(folder, args);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
    let (until, status_file) = (Instant::now() + TIME_MAX, format!("/proc/{}/status", child.id()));
    let (mut memory, mut texts) = (0, (Vec::new(), Vec::new()));
    let status = std::thread::scope(|scope| {
        let out = scope.spawn(|| stdout.as_mut().map(|s| s.read_to_end(&mut texts.0)));
        let err = scope.spawn(|| stderr.as_mut().map(|s| s.read_to_end(&mut texts.1)));
        let status = loop {
            memory = memory.max(memory_kib(&status_file));
            match child.try_wait().expect("the child can be waited for") {
                Some(status) => break Some(status),
                None if Instant::now() > until => {
                    child.kill().expect("the child can be ended");
                    child.wait().expect("the child can be waited for");
                    break None;
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        (out.join().is_ok() && err.join().is_ok()).then_some(status).flatten()
    });
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let ran =
        Ran { code: status.and_then(|status| status.code()), stdout: text(texts.0), stderr: text(texts.1) };
    assert!(memory <= MEMORY_KIB_MAX, "{args:?} held {} MiB", memory >> 10);
    assert!(
        matches!(ran.code, Some(0..=3)),
        "{args:?} ended with {:?} (none: by a signal, or after {TIME_MAX:?}): {}",
        ran.code,
        ran.stderr
    );
    ran
}

fn memory_kib(status_file: &str) -> u64 {
    let status = fs::read_to_string(status_file).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or(0)
}

/// Runs the program on bad input: it fails, and says each of these words; what it says stays short.
#[track_caller]
fn refused(folder: &Path, args: &[&str], words: &[&str]) {
    let ran = watched(folder, args);
    assert!(matches!(ran.code, Some(1..=3)), "{args:?} is taken: {}", ran.stdout);
    for word in words {
        assert!(ran.stderr.contains(word), "{args:?} does not say `{word}`: {}", ran.stderr);
    }
    assert!(ran.stderr.len() < 20_000, "{args:?} says {} bytes", ran.stderr.len());
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("the folder can be written");
}

/// A file of a hundred megabytes that takes no room.
fn large(folder: &Path, name: &str) {
    File::create(folder.join(name))
        .and_then(|file| file.set_len(100 << 20))
        .expect("the folder can be written");
}

fn pipe(folder: &Path, name: &str) {
    let made = std::process::Command::new("mkfifo").arg(folder.join(name)).status().expect("mkfifo is there");
    assert!(made.success());
}

fn zip(folder: &Path, name: &str, files: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(File::create(folder.join(name)).expect("the folder can be written"));
    for (inner, bytes) in files {
        zip.start_file(*inner, zip::write::SimpleFileOptions::default()).expect("a file can be begun");
        zip.write_all(bytes).expect("the folder can be written");
    }
    zip.finish().expect("the folder can be written");
}

const ROLE: &str = "[[require]]\nskill = \"Django\"\nneed = \"must\"\n";
const PEOPLE: &str =
    "id,name,email,skills\n1,Ada Moss,ada@example.org,Django 4y\n2,Ben Oak,ben@example.org,Flask 2y\n";

/// A folder with a pool of two people, a role, and a kept ranking.
fn pool() -> tempfile::TempDir {
    let folder = folder();
    write(folder.path(), "people.csv", PEOPLE);
    write(folder.path(), "role.toml", ROLE);
    run(folder.path(), &["import", "people.csv", "--as-of", "2026-11-01"]).ok();
    run(folder.path(), &["rank", "role.toml", "--out", "lists"]).ok();
    folder
}

#[test]
#[cfg(unix)]
fn role_files_that_nobody_would_write_are_refused() {
    let here = folder();
    let here = here.path();
    large(here, "large.toml");
    pipe(here, "pipe.toml");
    std::os::unix::fs::symlink("circle.toml", here.join("circle.toml")).expect("a link can be made");
    std::os::unix::fs::symlink("/dev/zero", here.join("zero.toml")).expect("a link can be made");
    fs::create_dir(here.join("folder")).expect("a folder can be made");
    std::os::unix::fs::symlink(".", here.join("folder/again")).expect("a link can be made");
    let many = ROLE.repeat(5_000);
    let files: [(&str, Vec<u8>, &[&str]); 8] = [
        ("deep.toml", format!("x = {}", "[".repeat(100_000)).into(), &["deep.toml:1:"]),
        ("keys.toml", format!("{} = 1", ["a"; 60_000].join(".")).into(), &["keys.toml:1:"]),
        ("many.toml", many.into_bytes(), &["requirements", "at most"]),
        ("more.toml", ROLE.repeat(20_000).into_bytes(), &["more.toml", "bytes"]),
        ("twice.toml", b"title = 'a'\ntitle = 'b'\n".to_vec(), &["twice.toml:2:", "duplicate key"]),
        ("nul.toml", b"title = \"a\0b\"\n".to_vec(), &["nul.toml:1:"]),
        (
            "latin.toml",
            b"title = \"a\"\n# \xE9\n".to_vec(),
            &["latin.toml", "not UTF-8 in line 2, column 3", "hint: "],
        ),
        ("fit.toml", format!("[assume]\nfit = 9.5\n{ROLE}").into(), &["fit.toml:2:", "`9.5`"]),
    ];
    for (name, bytes, words) in files {
        write(here, name, bytes);
        refused(here, &["role", "check", name], words);
    }
    for (name, word) in [
        ("large.toml", "more than 262144 bytes"),
        ("pipe.toml", "no plain file"),
        ("circle.toml", "circle.toml"),
        ("zero.toml", "no plain file"),
        ("/dev/zero", "no plain file"),
        ("folder", "no role files"),
        ("nothing.toml", "nothing.toml"),
    ] {
        refused(here, &["role", "check", name], &[word]);
    }
    // Every file of a folder is named, those that are no text too; a pipe in it is left alone.
    let ran = watched(here, &["role", "check", "."]);
    assert!(
        ["fit.toml", "twice.toml", "latin.toml", "large.toml"].iter().all(|name| ran.stderr.contains(name))
    );
}

#[test]
#[cfg(unix)]
fn a_role_may_come_through_a_pipe_of_the_shell() {
    let here = folder();
    write(here.path(), "role.toml", ROLE);
    let ran = crate::program::shell(here.path(), "cat role.toml | stackscout role check /dev/stdin");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn queries_that_nobody_would_type_are_refused_or_answered() {
    let here = pool();
    let here = here.path();
    for (query, word) in [
        ("(".repeat(2_139), "deep"),
        ("-".repeat(4_000) + "a", "deep"),
        ("not ".repeat(2_000) + "a", "deep"),
        ("a ".repeat(5_000), "at most 8192 bytes"),
        ("a".repeat(8_191) + "é", "at most 8192 bytes"),
        ("\"".to_owned(), "closing quote"),
        ("nosuchfield:\u{1b}[31mx(".to_owned(), "hint"),
    ] {
        refused(here, &["search", &query], &["^", word]);
    }
    for query in [
        "years:>=99999999999999999999",
        "pay:<=1e300EUR",
        "pay:<=99999999999999999999999EUR/year",
        "django >= 99999999y",
        "updated:>=9999-99-99",
        "applied:>=999999999999d",
        "near:berlin~99999999999999km",
        "available:0000-00-00..9999-12-31",
        "id:c99999999999999999999",
        "'\u{202e}'",
    ] {
        let ran = watched(here, &["search", query]);
        assert!(ran.code == Some(0) || ran.stderr.contains('^'), "{query}: {}", ran.stderr);
    }
    for number in ["99999999999999999999", "-1", "18446744073709551615"] {
        watched(here, &["search", "django", "--limit", number]);
        watched(here, &["search", "django", "--offset", number]);
        watched(here, &["rank", "role.toml", "--top", number]);
    }
}

#[test]
#[cfg(unix)]
fn runs_that_nobody_made_are_refused() {
    let here = pool();
    let here = here.path();
    let lists = fs::read_to_string(here.join("lists/shortlists.json")).expect("the run was written");
    large(here, "large.json");
    pipe(here, "pipe.json");
    write(here, "deep.json", "[".repeat(200_000));
    write(here, "latin.json", b"{\"manifest\": \"\xE9\"}");
    write(here, "number.json", lists.replace("\"change\": 1", "\"change\": 1e300"));
    write(here, "role.json", lists.replace("\"role\": \"role\"", "\"role\": \"another\""));
    write(here, "person.json", lists.replace("c0000001", "c99999999999999999999"));
    write(here, "cut.json", &lists[..lists.len() / 2]);
    for (name, word) in [
        ("large.json", "no manifest"),
        ("pipe.json", "no plain file"),
        ("/dev/zero", "no plain file"),
        ("deep.json", "no manifest"),
        ("latin.json", "not UTF-8 in line 1, column 15"),
        ("number.json", "no manifest"),
        ("role.json", "no role of the manifest"),
        ("person.json", "no candidate id"),
        ("cut.json", "line"),
    ] {
        for args in [
            &["replay", name][..],
            &["diff", "last", name],
            &["explain", "role", "c0000001", "--run", name],
            &["runs", "show", name],
            &["conflicts", name],
        ] {
            refused(here, args, &[]);
        }
        refused(here, &["replay", name], &[word]);
    }
    // Another pool's, and a folder without any.
    write(here, "other.json", lists.replace("\"pool\": \"", "\"pool\": \"f"));
    refused(here, &["replay", "other.json"], &["not of this pool"]);
    fs::create_dir(here.join("empty")).expect("a folder can be made");
    refused(here, &["replay", "empty"], &["empty"]);
}

#[test]
#[cfg(unix)]
fn files_of_a_pool_that_somebody_changed_are_refused_or_made_anew() {
    let whole = pool();
    run(whole.path(), &["search", "--save", "mine", "django"]).ok();
    let pool = whole.path().join("stackscout-pool");
    let search = |words: &[&str]| refused(whole.path(), &["searches"], words);
    let saved = fs::read_to_string(pool.join("searches.json")).expect("a search was saved");
    for bad in [
        saved.replace("\"seen\": \"1\"", "\"seen\": \"0-4294967295\""),
        saved.replace("\"seen\": \"1\"", "\"seen\": \"2-1\""),
        saved.replace("\"format\": 1", "\"format\": 2"),
        "[".repeat(100_000),
        String::new(),
    ] {
        assert_ne!(bad, saved);
        write(&pool, "searches.json", bad);
        search(&["the saved searches", "hint: "]);
    }
    large(&pool, "searches.json");
    search(&["the saved searches"]);
    fs::remove_file(pool.join("searches.json")).expect("the file is there");

    // What a pool knows of files that still stand is a help, and nothing depends on it.
    for bad in ["{", "{\"format\": 1, \"imports\": [{}]}", "\u{feff}"] {
        write(&pool, "imported.json", bad);
        let ran = watched(whole.path(), &["import", "people.csv", "--as-of", "2026-11-01"]);
        assert!(ran.code == Some(0) && ran.stdout.contains("2 unchanged"), "{}", ran.stdout);
    }
    large(&pool, "imported.json");
    assert_eq!(watched(whole.path(), &["import", "people.csv", "--as-of", "2026-11-01"]).code, Some(0));

    let marker = pool.join("stackscout-pool.json");
    let right = fs::read(&marker).expect("a pool has a marker");
    for (bad, word) in [
        (b"{".to_vec(), "damaged"),
        (b"\xFF\xFE".to_vec(), "damaged"),
        (b"{\"pool\": \"stackscout\", \"format\": 99999999999}".to_vec(), "format 99999999999"),
        ("[".repeat(50_000).into_bytes(), "damaged"),
    ] {
        fs::write(&marker, bad).expect("the pool can be written");
        refused(whole.path(), &["pool", "stats"], &[word]);
        refused(whole.path(), &["import", "people.csv"], &[word]);
    }
    fs::remove_file(&marker).expect("the file is there");
    std::os::unix::fs::symlink("/dev/zero", &marker).expect("a link can be made");
    refused(whole.path(), &["search", "django"], &["damaged"]);
    fs::remove_file(&marker).expect("the link is there");
    fs::write(&marker, right).expect("the pool can be written");
    assert_eq!(watched(whole.path(), &["search", "django", "--count"]).ok(), "1\n");
}

#[test]
#[cfg(unix)]
fn layouts_that_nobody_would_write_are_refused() {
    let here = pool();
    let layouts = here.path().join("stackscout-pool/layouts");
    fs::create_dir_all(&layouts).expect("a folder can be made");
    let head = "name = 'mine'\nabout = 'x'\n[recognise]\nall = ['a']\n";
    let cases: [(Vec<u8>, &str); 10] = [
        (b"\xFF".to_vec(), "not UTF-8 in line 1"),
        (format!("x = {}", "[".repeat(100_000)).into(), "mine.toml:1:"),
        (b"name = 'mine'\nname = 'x'\n".to_vec(), "mine.toml:2:"),
        (b"name = 'other'\nabout = 'x'\n".to_vec(), "is not that of the file"),
        (b"name = 'mine'\nabout = 'x'\n".to_vec(), "would take every file"),
        (format!("{head}[columns]\nname = ['gender']\n").into(), "protected"),
        (format!("extends = 'mine'\n{head}").into(), "mine.toml"),
        (format!("{head}[columns]\nname = ['N']\ncity = ['n']\n").into(), "`n`"),
        (format!("{head}nosuchkey = 1\n").into(), "nosuchkey"),
        (format!("{head}least = 99999999999999999999999\n").into(), "mine.toml"),
    ];
    for (bytes, word) in cases {
        write(&layouts, "mine.toml", bytes);
        for args in [&["layouts"][..], &["import", "people.csv", "--dry-run"]] {
            refused(here.path(), args, &["mine.toml", word]);
        }
    }
    large(&layouts, "mine.toml");
    refused(here.path(), &["layouts"], &["more than"]);
    fs::remove_file(layouts.join("mine.toml")).expect("the file is there");
    pipe(&layouts, "mine.toml");
    refused(here.path(), &["layouts"], &["no plain file"]);
    assert_eq!(watched(here.path(), &["layouts", "remove", "mine"]).code, Some(1), "a pipe is no layout");
}

#[test]
#[cfg(unix)]
fn taxonomies_that_nobody_would_write_are_refused() {
    let here = pool();
    let here = here.path();
    let team = here.join("team");
    let cases: [(&str, Vec<u8>, &[&str]); 9] = [
        ("skills.csv", b"\xFF\xFE\x00".to_vec(), &["skills.csv"]),
        (
            "skills.csv",
            b"id,name,kind,language,paradigm,source\n\xC3,x,tool,,,t\n".to_vec(),
            &["skills.csv:2", "UTF-8"],
        ),
        ("nosuch.csv", b"a,b\n".to_vec(), &["nosuch.csv", "no file of a taxonomy"]),
        (
            "relations.csv",
            b"from,to,relation,credit,source\nreact,django,implies,10000,t\ndjango,react,implies,10000,t\n"
                .to_vec(),
            &["relations.csv:", "circle"],
        ),
        (
            "relations.csv",
            b"from,to,relation,credit,source\nreact,django,same-language,10500,t\n".to_vec(),
            &["relations.csv:2, column `credit`"],
        ),
        (
            "relations.csv",
            b"from,to,relation,credit,source\nreact,django,same-language,99999999999999999999,t\n".to_vec(),
            &["relations.csv:2, column `credit`"],
        ),
        ("drop.csv", b"file,key,second\nskills,no-such-skill,\n".to_vec(), &["drop.csv:2"]),
        ("spellings.csv", b"spelling,skill,context,source\nx,\"django,,t\n".to_vec(), &["spellings.csv:2"]),
        ("cues.csv", b"class,phrase,value,source\n".repeat(300_000), &["cues.csv"]),
    ];
    for (name, bytes, words) in cases {
        fs::create_dir_all(&team).expect("a folder can be made");
        write(&team, name, bytes);
        for args in
            [&["--taxonomy", "team", "search", "django"][..], &["--taxonomy", "team", "rank", "role.toml"]]
        {
            refused(here, args, words);
        }
        fs::remove_dir_all(&team).expect("the folder is there");
    }
    refused(here, &["--taxonomy", "team", "search", "x"], &["team"]);
    fs::create_dir_all(&team).expect("a folder can be made");
    refused(here, &["--taxonomy", "team", "search", "x"], &["no file of a taxonomy"]);
    pipe(&team, "skills.csv");
    refused(here, &["--taxonomy", "team", "search", "x"], &["no plain file"]);
    fs::remove_file(team.join("skills.csv")).expect("the pipe is there");
    large(&team, "skills.csv");
    refused(here, &["--taxonomy", "team", "search", "x"], &["skills.csv"]);
}

#[test]
fn days_at_the_ends_of_time_are_days() {
    let here = folder();
    let here = here.path();
    write(
        here,
        "people.csv",
        "id,name,years,skills\n1,Ada,since 2015,\"Django (last used 1950), Go (2019 - present)\"\n",
    );
    write(here, "role.toml", format!("{ROLE}half_life = 1\nmin_years = 3\n"));
    for day in ["9999-12-31", "0001-01-01"] {
        let pool = format!("pool-{day}");
        watched(here, &["--pool", &pool, "import", "people.csv", "--as-of", day]);
        for args in [
            &["rank", "role.toml"][..],
            &["search", "django since 2020 updated:<=90d"],
            &["what-if", "--role", "role.toml", "c0000001"],
            &["explain", "role.toml", "c0000001"],
            &["candidate", "show", "c0000001"],
        ] {
            watched(here, &[&["--pool", &pool][..], args].concat());
        }
        for other in ["9999-12-31", "0001-01-01", "2026-11-01"] {
            watched(here, &["--pool", &pool, "rank", "role.toml", "--as-of", other]);
            watched(here, &["--pool", &pool, "funnel", "role.toml", "--as-of", other]);
        }
    }
}

#[test]
#[cfg(unix)]
fn small_files_of_other_commands_are_bounded() {
    let here = pool();
    let here = here.path();
    large(here, "large.txt");
    write(here, "bad.txt", "role c0000001 too many words\n");
    for (name, word) in [("large.txt", "more than"), ("/dev/zero", "no plain file"), ("bad.txt", "line 1")] {
        refused(here, &["allocate", "role.toml", "--in-process-from", name], &[word]);
    }
    for (name, word) in [("large.txt", "more than"), ("/dev/zero", "no plain file")] {
        refused(here, &["taxonomy", "mentions", "--file", name], &[word]);
        let args = ["audit", "impact", "role.toml", "--groups", name, "--selected", "list"];
        refused(here, &args, &[word]);
    }
}

#[test]
fn archives_that_lead_out_or_blow_up_are_refused_and_bounded() {
    let here = folder();
    let here = here.path();
    let inside = b"id,name,skills\n1,Ada,Go\n";
    zip(
        here,
        "out.zip",
        &[("../evil.csv", inside), ("/abs.csv", inside), ("a/../../b.csv", inside), ("C:\\x.csv", inside)],
    );
    refused(here, &["import", "out.zip", "--dry-run"], &["leads out of the archive"]);
    assert!(
        !here.join("evil.csv").exists()
            && !here.parent().is_some_and(|above| above.join("evil.csv").exists())
    );
    // A gigabyte in a megabyte: one line that never ends, and a page.
    let zeros = vec![b'x'; 300 << 20];
    zip(here, "bomb.zip", &[("people.csv", &zeros)]);
    refused(here, &["import", "bomb.zip", "--dry-run"], &["no end within 256 MiB"]);
    zip(here, "page.zip", &[("cv.html", &zeros)]);
    refused(here, &["import", "page.zip", "--dry-run"], &["32 MiB"]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&zeros).expect("memory takes it");
    write(here, "bomb.csv.gz", gzip.finish().expect("memory takes it"));
    refused(here, &["import", "bomb.csv.gz", "--dry-run"], &["no end within 256 MiB"]);
    write(here, "bomb.csv.zst", zstd::stream::encode_all(zeros.as_slice(), 1).expect("memory takes it"));
    refused(here, &["import", "bomb.csv.zst", "--dry-run"], &["no end within 256 MiB"]);
    drop(zeros);
    // An archive that says that it holds four thousand million files.
    let mut many = b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\0\0\0\x10\0\0\0\0\0\0".to_vec();
    let mut large = b"PK\x06\x06".to_vec();
    large.extend([44, 0, 0, 0, 0, 0, 0, 0, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    large.extend([0_u8; 4]);
    large.extend(4_000_000_000_u64.to_le_bytes());
    large.extend([0_u8; 16]);
    many.splice(0..0, large);
    many.splice(0..0, *b"PK\x03\x04");
    write(here, "many.zip", many);
    refused(here, &["import", "many.zip", "--dry-run"], &["many.zip"]);
    write(here, "broken.zip", b"PK\x03\x04 and no archive");
    refused(here, &["import", "broken.zip", "--dry-run"], &["broken.zip", "zip archive"]);
}

/// The parts of a workbook of one sheet, and of its texts.
fn workbook<'a>(sheet: &'a [u8], texts: &'a [u8]) -> [(&'static str, &'a [u8]); 5] {
    [
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        (
            "xl/workbook.xml",
            b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
              <Relationship Id=\"rId2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", texts),
    ]
}

/// Entities that stand for ten of the next, ten deep.
fn laughs() -> String {
    let mut text = "<!DOCTYPE x [<!ENTITY a0 \"laugh\">".to_owned();
    for n in 1..10 {
        text.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    text + "]>"
}

#[test]
fn workbooks_and_documents_that_blow_up_are_bounded() {
    let here = folder();
    let here = here.path();
    let row =
        |cells: &str| format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    let texts = "<sst><si><t>name</t></si></sst>".to_owned();
    // A workbook that counts its rows from the end of all numbers.
    let last = "<worksheet><sheetData><row r=\"18446744073709551615\"><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    zip(here, "last.xlsx", &workbook(last.as_bytes(), texts.as_bytes()));
    watched(here, &["import", "last.xlsx", "--dry-run"]);
    let laughing = format!("{}<sst><si><t>&a9;</t></si></sst>", laughs());
    let deep = row(&"<c>".repeat(100_000));
    let huge_cell = row(&format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c>", "x".repeat(8 << 20)));
    let far = row(
        "<c r=\"XFD1048576\" t=\"s\"><v>0</v></c><c r=\"ZZZZZZZ9999999999999\" t=\"s\"><v>99999999999999</v></c>",
    );
    let cases = [
        ("laughs.xlsx", row("<c r=\"A1\" t=\"s\"><v>0</v></c>"), laughing),
        ("deep.xlsx", deep, texts.clone()),
        ("cell.xlsx", huge_cell, texts.clone()),
        ("far.xlsx", far, texts.clone()),
        (
            "texts.xlsx",
            row("<c r=\"A1\" t=\"s\"><v>0</v></c>"),
            format!("<sst>{}</sst>", "<si><t>name</t></si>".repeat(3_000_000)),
        ),
        ("none.xlsx", String::new(), String::new()),
    ];
    for (name, sheet, texts) in &cases {
        zip(here, name, &workbook(sheet.as_bytes(), texts.as_bytes()));
        match *name {
            // Far cells are read where they stand, and many texts are put on disk.
            "far.xlsx" | "texts.xlsx" => {
                assert_eq!(watched(here, &["import", name, "--dry-run"]).code, Some(0))
            }
            _ => refused(here, &["import", name, "--dry-run"], &[name]),
        }
    }
    let body = |text: &str| {
        format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>")
    };
    for (name, document) in [
        ("laughs.docx", laughs() + &body("Django &a9;")),
        ("deep.docx", "<w:p>".repeat(200_000)),
        ("huge.docx", body(&"x ".repeat(20 << 20))),
    ] {
        zip(here, name, &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())]);
        watched(here, &["import", name, "--dry-run"]);
    }
    let cell = "<table:table-cell table:number-columns-repeated=\"99999999\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\">\
         <table:table-row table:number-rows-repeated=\"999999999\">{cell}</table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mime = b"application/vnd.oasis.opendocument.spreadsheet";
    zip(here, "repeat.ods", &[("mimetype", mime), ("content.xml", content.as_bytes())]);
    refused(here, &["import", "repeat.ods", "--dry-run"], &["repeat.ods"]);
    write(here, "cv.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj\nxref\n0 99999999999\ntrailer << /Root 1 0 R >>");
    let ran = watched(here, &["import", "cv.pdf", "--dry-run"]);
    assert!(ran.code == Some(3) && ran.stdout.contains("is a PDF that cannot be read"), "{}", ran.stdout);
}

#[test]
#[cfg(unix)]
fn tables_without_end_are_bounded() {
    let here = folder();
    let here = here.path();
    refused(here, &["import", "/dev/zero", "--dry-run"], &["/dev/zero"]);
    refused(here, &["import", "/dev/null", "--dry-run"], &["holds no header"]);
    let columns: Vec<String> = (0..100_000).map(|n| format!("c{n}")).collect();
    write(here, "wide.csv", columns.join(",") + "\n" + &vec!["x"; 100_000].join(",") + "\n");
    refused(here, &["import", "wide.csv", "--dry-run"], &["wide.csv", "16384"]);
    let columns: Vec<String> = (0..16_000).map(|n| format!("column{n}")).collect();
    write(here, "columns.csv", format!("name,{}\nAda,{}\n", columns.join(","), vec!["x"; 16_000].join(",")));
    assert_eq!(watched(here, &["import", "columns.csv", "--dry-run"]).code, Some(0));
    write(here, "row.csv", format!("id,name,skills\n1,Ada,Go\n{}\n3,Eve,Go\n", vec!["x"; 100_000].join(",")));
    let ran = watched(here, &["import", "row.csv", "--dry-run"]);
    assert!(ran.code == Some(3) && ran.stdout.contains("3 rows: 2 accepted, 1 rejected"), "{}", ran.stdout);
    // Deep in each other, in a circle, and no files.
    fs::create_dir_all(here.join("deep").join(["d"; 60].join("/"))).expect("folders can be made");
    write(here, "deep/people.csv", PEOPLE);
    std::os::unix::fs::symlink("..", here.join("deep/circle")).expect("a link can be made");
    pipe(here, "deep/pipe.csv");
    let ran = watched(here, &["import", "deep", "--dry-run"]);
    assert!(ran.code == Some(0) && ran.stdout.contains("2 rows: 2 accepted"), "{}", ran.stdout);
    assert!(ran.stdout.contains("is a link") || ran.stderr.contains("is a link"), "{}", ran.stdout);
    for (name, text) in [
        ("deep.json", "[".repeat(300_000)),
        ("object.json", "{\"a\":".repeat(300_000)),
        ("number.json", format!("[{{\"name\": {}}}]", "9".repeat(20 << 20))),
        ("key.json", format!("[{{\"{}\": 1}}]", "k".repeat(2 << 20))),
    ] {
        write(here, name, text);
        refused(here, &["import", name, "--dry-run"], &[name]);
    }
}
