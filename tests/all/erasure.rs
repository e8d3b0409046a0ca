//! - of whoever is erased, no byte is left in the pool, in whatever form, and no later command brings them back: later
//!   files, undoing, parting, making runs again
//! - an erasure that is killed at any moment and made again ends with the person erased, once, and nobody else touched
//! - what was exported is listed with day and recipient
//!
//! The scanner here knows nothing of the program's own: it looks for words that nobody else has, a word a field.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::faults::rounds;
use crate::program::{command, copy, count, demo_files, folder, import_demo, run};

const POOL: &str = "stackscout-pool";
/// One for each field of the person; the last two stand in files that came later, and in a rejected row.
const CANARIES: [&str; 16] = [
    "zqxidaa",
    "zqxfirst",
    "zqxlast",
    "zqxmail",
    "zqxlink",
    "wqvplexokz",
    "zqxcity",
    "zqxskill",
    "zqxnotes",
    "zqxsummary",
    "zqxtag",
    "zqxgender",
    "zqxemployer",
    "5550198273",
    "zqxlater",
    "zqxrejected",
];
const HEADER: &str = "id,name,email,phone,linkedin,title,city,employer,skills,notes,summary,tags,gender\n";
const PERSON: &str = "zqxidaa,Zqxfirst Zqxlast,zqxmail@zqxmail.example,+49 30 5550198273,linkedin.com/in/zqxlink,\
                      Wqvplexokz,Zqxcity,Zqxemployer,\"Django (4 yrs), Zqxskill\",Zqxnotes spoke of Django,\
                      Built Zqxsummary in Django,zqxtag,zqxgender\n";
const OTHERS: &str = "B1,Bo Other,bo@other.example,,,Dev,Berlin,Acme,\"Django (3 yrs)\",fine,,,f\n\
                      C1,Cy Third,cy@third.example,+49 30 11112222,,Dev,Berlin,Acme,\"React (3 yrs)\",,,,\n";

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the pool can be read").flatten() {
        if entry.path().is_dir() { files(&entry.path(), into) } else { into.push(entry.path()) }
    }
}

/// All bytes of the pool, and the names of its files. The words of the index stand in no file as they are: what a search
/// finds tells of them.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths = Vec::new();
    files(&folder.join(POOL), &mut paths);
    let read = |path: PathBuf| (path.display().to_string(), fs::read(path).expect("readable"));
    let mut all: Vec<(String, Vec<u8>)> = paths.into_iter().map(read).collect();
    let names = all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    all.push(("names of files".to_owned(), names.join("\n").into_bytes()));
    all
}

/// Every form in which a word may stand in a file: text, UTF-16, hex, base64 at each of three places.
fn forms(word: &str) -> Vec<Vec<u8>> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let capital = word[..1].to_uppercase() + &word[1..];
    let mut forms = Vec::new();
    for word in [word.to_owned(), capital, word.to_uppercase()] {
        forms.push(word.clone().into_bytes());
        forms.push(word.bytes().flat_map(|byte| [byte, 0]).collect());
        forms.push(word.bytes().flat_map(|byte| [0, byte]).collect());
        forms.push(word.bytes().flat_map(|b| format!("{b:02x}").into_bytes()).collect());
        forms.push(word.bytes().flat_map(|b| format!("{b:02X}").into_bytes()).collect());
        // Bits of the word, cut into sixes from its first, third and fifth bit on.
        let bits: Vec<u8> = word.bytes().flat_map(|b| (0..8).rev().map(move |bit| b >> bit & 1)).collect();
        for from in [0, 2, 4] {
            let sixes = bits[from..].chunks_exact(6);
            forms.push(sixes.map(|six| SIGNS[six.iter().fold(0, |n, bit| n << 1 | *bit) as usize]).collect());
        }
    }
    forms
}

/// The canaries that are found, each with where.
fn found(folder: &Path) -> Vec<(&'static str, String)> {
    let all = bytes(folder);
    let mut found = Vec::new();
    for canary in CANARIES {
        let forms = forms(canary);
        for (name, bytes) in &all {
            let holds = |form: &Vec<u8>| bytes.windows(form.len()).any(|window| window == form.as_slice());
            if forms.iter().any(holds) {
                found.push((canary, name.clone()));
            }
        }
    }
    found
}

#[test]
fn the_scanner_finds_every_form() {
    for (at, text) in [(1, "xZQXMAIL"), (3, "xxzqxmailxx"), (0, "Zqxmail")] {
        let folder = folder();
        fs::create_dir(folder.path().join(POOL)).expect("it can be made");
        let word = text.as_bytes();
        let hex: String = word.iter().map(|b| format!("{b:02x}")).collect();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (form, bytes) in [("plain", word.to_vec()), ("hex", hex.into_bytes()), ("utf16", utf16)] {
            fs::write(folder.path().join(POOL).join("file"), bytes).expect("it can be written");
            assert_eq!(found(folder.path()).len(), 1, "{form} {at}");
        }
    }
    let folder = folder();
    fs::create_dir(folder.path().join(POOL)).expect("it can be made");
    // `zqxmail`, ` zqxmail` and `  zqxmail` in base64.
    for code in ["enF4bWFpbA==", "IHpxeG1haWw=", "ICB6cXhtYWls"] {
        fs::write(folder.path().join(POOL).join("file"), code).expect("it can be written");
        assert_eq!(found(folder.path()).len(), 1, "{code}");
    }
}

#[test]
fn no_byte_of_an_erased_person_is_left_and_nothing_brings_them_back() {
    let folder = folder();
    let path = folder.path();
    let write = |name: &str, text: String| fs::write(path.join(name), text).expect("it can be written");
    write("people.csv", format!("{HEADER}{PERSON}{OTHERS}"));
    run(path, &["import", "people.csv", "--as-of", "2026-01-01"]).ok();
    // A later file that changes the person, with a row that is cut off and an id that somebody else has.
    let later = PERSON.replace("Wqvplexokz", "Zqxlater");
    let rejected = "zqxidaa,Zqxrejected Zqxlast,other@zqxmail.example,,,,,,,,,,\nzqxrejected zqxmail@zqxmail.example,cut off\n";
    write("people.csv", format!("{HEADER}{later}{rejected}"));
    assert_eq!(run(path, &["import", "people.csv", "--as-of", "2026-01-02"]).code, Some(3));
    write("other.csv", format!("{HEADER}D1,Zqxfirst Zqxlast,,,,,,,\"Go, Zqxskill\",Zqxlater,,,\n"));
    run(path, &["import", "other.csv", "--as-of", "2026-01-03"]).ok();
    write("django.toml", "[[require]]\nskill = \"Django\"\n".to_owned());
    run(path, &["rank", "django.toml", "--out", "lists", "--recipient", "Acme"]).ok();
    run(path, &["search", "name:zqxfirst and name:zqxlast", "--save", "hers"]).ok();
    run(path, &["search", "django", "--save", "djangos"]).ok();
    run(path, &["search", "--saved", "djangos", "--format", "jsonl", "--recipient", "Beta"]).ok();
    run(path, &["search", "zqxnotes"]).ok();
    run(path, &["candidate", "merge", "c0000001", "c0000004"]).ok();
    run(path, &["candidate", "unmerge", "c0000004"]).ok();
    run(path, &["candidate", "merge", "c0000001", "c0000004", "--why", "same name"]).ok();
    run(
        path,
        &["candidate", "export", "c0000001", "--out", "zqxlast.json", "--recipient", "Zqxfirst Zqxlast"],
    )
    .ok();
    let held = fs::read_to_string(path.join("zqxlast.json")).expect("it was written");
    for canary in CANARIES {
        assert!(held.to_lowercase().contains(canary), "{canary} is held, and not in the export");
        assert!(found(path).iter().any(|(found, _)| *found == canary), "{canary} is not found before");
    }
    let words = ["zqxnotes", "zqxsummary", "zqxlater", "name:zqxlast", "tag:zqxtag"];
    assert_eq!(words.map(|word| count(path, word)), [1; 5]);
    let others = run(path, &["candidate", "show", "c0000002", "--format", "json"]).ok();

    run(path, &["pool", "backup", "before.backup"]).ok();
    let ran = run(path, &["candidate", "erase", "zqxmail@zqxmail.example", "--proof", "--format", "json"]);
    let erased = ran.json();
    assert_eq!(erased["proof"]["clean"], true, "{}", erased["proof"]);
    assert_eq!(erased["removed"]["searches_removed"], serde_json::json!(["hers"]));
    let recipients: Vec<&str> = erased["follow_up"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|e| e["recipient"].as_str().expect("a text"))
        .collect();
    assert_eq!(recipients, ["Acme", "Beta", "Zqxfirst Zqxlast"]);
    assert_eq!(found(path), [], "right after");
    assert_eq!(erased["backups"][0]["file"], "before.backup");
    assert_eq!(erased["backups"].as_array().map(Vec::len), Some(1));
    assert_eq!(words.map(|word| count(path, word)), [0; 5]);
    assert_eq!(run(path, &["candidate", "show", "c0000002", "--format", "json"]).ok(), others);

    // The backup holds them, and a pool made of it does not.
    run(path, &["pool", "restore", "before.backup", "--pool", "restored", "--erasures", POOL]).ok();
    let restored = folder_of(&path.join("restored"));
    assert_eq!(found(restored.path()), [], "restored");
    assert_eq!(count(restored.path(), ""), 2);

    // Nothing brings them back, and nothing of them is written down by trying.
    write("people.csv", format!("{HEADER}{PERSON}{OTHERS}"));
    let again = run(path, &["import", "people.csv", "--as-of", "2026-02-02", "--format", "json"]);
    let report = again.json();
    let [rows, accepted, rejected, held] =
        ["rows", "accepted", "rejected", "held"].map(|n| report[n].as_u64().expect("a count"));
    assert_eq!((rows, accepted + rejected, held), (3, 3, 1));
    assert_eq!(report["issues"][0]["code"], "held");
    assert_eq!(report["issues"][0]["line"], 2);
    write("third.csv", format!("{HEADER}X9,Z. Q.,ZQXMAIL@zqxmail.example,,,,,,Go,,,,\n"));
    run(path, &["import", "third.csv"]).ok();
    let again = run(path, &["replay", "last"]);
    assert!(again.stdout.contains("erased since: c0000001, c0000004"), "{}", again.stdout);
    let explained = run(path, &["explain", "--run", "last", "django", "c0000001"]);
    assert_eq!(
        (explained.code, explained.stderr.as_str()),
        (Some(1), "error: c0000001 was erased from this pool\n")
    );
    for number in ["c0000001", "c0000004"] {
        assert_eq!(run(path, &["candidate", "unmerge", number]).code, Some(1));
    }
    // The fourth says again what the first said of the others.
    for import in ["4", "3", "2", "1"] {
        let undone = run(path, &["imports", "undo", import]);
        assert_eq!(undone.code, Some(0), "{}", undone.stderr);
    }
    assert_eq!(count(path, ""), 0);
    run(path, &["import", "people.csv"]).ok();
    assert_eq!(count(path, ""), 2);
    assert_eq!(found(path), [], "after trying everything");
    let already = run(path, &["candidate", "erase", "c0000001"]).ok();
    assert!(already.starts_with("erased already, on "), "{already}");
    assert!(already.contains("for Acme"), "{already}");
    let listed = run(path, &["candidate", "suppressed", "--format", "json"]).ok();
    assert!(CANARIES.iter().all(|canary| !listed.to_lowercase().contains(canary)), "{listed}");
}

/// A folder in which this is the pool.
fn folder_of(pool: &Path) -> tempfile::TempDir {
    let folder = folder();
    copy(pool, &folder.path().join(POOL));
    folder
}

#[test]
fn every_command_that_names_people_to_programs_is_written_down() {
    let folder = folder();
    let path = folder.path();
    demo_files(path, 60);
    import_demo(path);
    let role = "roles/senior-django-berlin.toml";
    assert!(path.join(role).is_file());
    let who = run(path, &["rank", role, "--top", "1", "--format", "json"]).json();
    let who =
        who["shortlists"][0]["entries"][0]["candidate"].as_str().expect("somebody is listed").to_owned();
    run(path, &["rank", role, "roles/rails-engineer.toml", "--top", "3"]).ok();
    run(path, &["decide", role, &who, "shortlisted", "--why", "fits"]).ok();
    let commands: [(&str, &[&str]); 14] = [
        ("search", &["search", "django"]),
        ("search --role", &["search", "--role", role]),
        ("explain", &["explain", role, &who]),
        ("explain", &["explain", "--run", "1", "senior-django-berlin", &who]),
        ("compare", &["compare", role, &who, "c0000002"]),
        ("diff", &["diff", "1", "2"]),
        ("allocate", &["allocate", "roles"]),
        ("what-if", &["what-if", "--role", role, &who]),
        ("stability", &["stability", role, "--draws", "20"]),
        ("conflicts", &["conflicts", "roles"]),
        ("replay", &["replay", "1"]),
        ("candidate show", &["candidate", "show", &who]),
        ("candidate similar", &["candidate", "similar", &who]),
        ("decisions", &["decisions"]),
    ];
    let exported = |what: &str| {
        let held = run(path, &["candidate", "export", &who, "--format", "json"]).json();
        let exports = held["exports"].as_array().expect("a list").clone();
        let of = exports.iter().filter(|export| export["what"] == what);
        of.map(|export| export["times"].as_u64().expect("a count")).sum::<u64>()
    };
    for (name, args) in commands {
        let what = format!("{name} as json");
        let before = exported(&what);
        run(path, args).ok();
        assert_eq!(exported(&what), before, "{args:?}: a table is looked at");
        let ran = run(path, &[args, &["--format", "json"]].concat());
        assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.stderr);
        assert_eq!(
            exported(&what) - before,
            u64::from(ran.stdout.contains(&who)),
            "{args:?}: {}",
            ran.stdout
        );
    }
}

#[test]
fn an_erasure_that_is_killed_and_made_again_ends_with_the_person_erased() {
    const PEOPLE: usize = 3_000;
    let rounds = u32::try_from(rounds("STACKSCOUT_CRASH_ROUNDS", 10)).expect("few are asked for");
    let whole = folder();
    demo_files(whole.path(), PEOPLE);
    import_demo(whole.path());
    let shown = run(whole.path(), &["candidate", "show", "c0000005", "--format", "json"]).json();
    let cells = shown["parts"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|part| part["values"].as_array().expect("a list"));
    let email = cells
        .filter(|cell| cell["f"] == "email")
        .map(|cell| cell["t"].as_str().expect("a text").to_owned())
        .next();
    let email = email.expect("they have an address");
    let erase = ["candidate", "erase", "c0000005", "--proof"];
    let digest = |path: &Path| run(path, &["pool", "stats", "--format", "json"]).json()["digest"].clone();
    let clean = folder();
    copy(&whole.path().join(POOL), &clean.path().join(POOL));
    let begin = Instant::now();
    run(clean.path(), &erase).ok();
    let undisturbed = begin.elapsed();
    let (wanted, people) = (digest(clean.path()), count(clean.path(), ""));
    let dice = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos());
    let mut killed = 0;
    for round in 0..rounds {
        let here = folder();
        copy(&whole.path().join(POOL), &here.path().join(POOL));
        let percent = (round * 100 + dice % 100) / rounds;
        let mut child = command(here.path(), &erase)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(undisturbed * percent / 100);
        child.kill().expect("a child can be killed");
        killed += u32::from(child.wait().expect("a child ends").code().is_none());
        let between = count(here.path(), "");
        assert!(between == people || between == people + 1, "round {round}: {between}");
        let again = run(here.path(), &erase);
        assert_eq!(again.code, Some(0), "round {round}, killed after {percent}%: {}", again.stderr);
        assert_eq!((digest(here.path()), count(here.path(), "")), (wanted.clone(), people), "round {round}");
        let erasures = run(here.path(), &["candidate", "suppressed", "--format", "json"]).json();
        assert_eq!(erasures.as_array().expect("a list").len(), 1, "round {round}");
        for (name, bytes) in bytes(here.path()) {
            assert!(!bytes.windows(email.len()).any(|w| w == email.as_bytes()), "round {round}: {name}");
        }
    }
    assert!(killed > 0, "every erasure was done before it was killed");
}
