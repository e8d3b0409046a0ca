//! `stackscout taxonomy mentions`

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use stackscout_importer::text_file::read_text;
use stackscout_report::inert;
use stackscout_report::table::plain;
use stackscout_taxonomy::mention::{Known, Mention, Subject, TextEvidence, TextKind, YearMonth, evidence};
use stackscout_taxonomy::{LastUsed, Stance, Taxonomy, TextContext};

use crate::args::{Format, MentionsArgs, Shared, TextKindArg};
use crate::out;

/// Largest text: as a document that is imported.
const TEXT_BYTES_MAX: usize = 32 << 20;

/// A text from an argument, a file or standard input.
fn text(args: &MentionsArgs) -> anyhow::Result<String> {
    let of_stdin = |word: &std::ffi::OsStr| word == "-";
    let bytes = match &args.file {
        Some(_) if !args.text.is_empty() => {
            bail!("a text and `--file` were both given\nhint: give one of them")
        }
        Some(file) if of_stdin(file.as_os_str()) => stdin()?,
        Some(file) => {
            return read_text(file, TEXT_BYTES_MAX).map_err(|e| anyhow::anyhow!("`{}` {e}", file.display()));
        }
        None if args.text.len() == 1 && of_stdin(args.text[0].as_ref()) => stdin()?,
        None if args.text.is_empty() => {
            bail!("no text was given\nhint: give it in quotes, with `--file FILE`, or `-` for standard input")
        }
        None => return Ok(args.text.join(" ")),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(e) => bail!(
            "the text is no UTF-8 from byte {} on\nhint: save it as UTF-8 first",
            e.utf8_error().valid_up_to()
        ),
    }
}

fn stdin() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = TEXT_BYTES_MAX as u64 + 1;
    std::io::stdin().take(limit).read_to_end(&mut bytes).context("cannot read standard input")?;
    if bytes.len() > TEXT_BYTES_MAX {
        bail!("the text has more than {TEXT_BYTES_MAX} bytes\nhint: give the text of one document")
    }
    Ok(bytes)
}

pub fn run(args: &MentionsArgs, taxonomy: &Taxonomy, shared: &Shared) -> anyhow::Result<ExitCode> {
    let text = text(args)?;
    let today = || {
        let today = jiff::Zoned::now().date();
        YearMonth::new(u16::try_from(today.year()).ok()?, u8::try_from(today.month()).ok()?)
    };
    let as_of = match args.as_of {
        // A date prints as year-month-day.
        Some(date) => date
            .to_string()
            .split('-')
            .nth(1)
            .and_then(|month| YearMonth::new(date.year(), month.parse().ok()?)),
        None => today(),
    };
    let Some(as_of) = as_of else { bail!("the day that the text is of is not between 1950 and 2099") };
    let kind = match args.kind {
        TextKindArg::Text => TextKind::Ordinary,
        TextKindArg::Ad => TextKind::JobAd,
        TextKindArg::List => TextKind::List,
    };
    let mentions = taxonomy.mentions().find(&text, &TextContext { as_of, kind });
    let evidence = evidence(&mentions);
    match shared.format {
        Format::Json => out::json(&json!({
            "as_of": as_of.to_string(),
            "mentions": mentions.iter().map(|m| mention_json(taxonomy, &text, m)).collect::<Vec<_>>(),
            "evidence": evidence.iter().map(|e| evidence_json(taxonomy, e)).collect::<Vec<_>>(),
        })),
        Format::Table => out::text(&table(taxonomy, &text, &mentions)),
    }
    Ok(ExitCode::SUCCESS)
}

fn name(taxonomy: &Taxonomy, subject: Subject) -> &str {
    match subject {
        Subject::Skill(skill) => &taxonomy.skill(skill).name,
        Subject::Trait(found) => &taxonomy.trait_(found).name,
    }
}

fn table(taxonomy: &Taxonomy, text: &str, mentions: &[Mention]) -> String {
    let mut table = plain(out::width());
    table.set_header(["written", "means", "stance", "source", "beside it", "because"]);
    for m in mentions {
        let mut beside = Vec::new();
        beside.extend(m.version.as_ref().map(|version| format!("version {version}")));
        beside.extend(m.years.map(|y| format!("{} years, {}", f64::from(y.value) / 10.0, y.basis.words())));
        beside.extend(m.last_used.map(|last| match last.value {
            LastUsed::Current => "in use".to_owned(),
            LastUsed::Year(year) => format!("last used {year}"),
        }));
        let reasons = [m.reason.taken.word(), m.reason.stance.word(), m.reason.source.word()];
        let subject = match m.subject {
            Subject::Skill(_) => name(taxonomy, m.subject).to_owned(),
            Subject::Trait(_) => format!("{} (trait)", name(taxonomy, m.subject)),
        };
        let source = if m.stance == Stance::Held { m.source.word() } else { "" };
        table.add_row([
            inert(&text[m.span.clone()]),
            subject,
            m.stance.word().to_owned(),
            source.to_owned(),
            beside.join("; "),
            reasons
                .into_iter()
                .filter(|word| !matches!(*word, "plain" | "in-passing"))
                .collect::<Vec<_>>()
                .join(", "),
        ]);
    }
    format!("{}\n", table.trim_fmt())
}

/// The key and id of a subject: `"skill": "django"`.
fn subject_json(taxonomy: &Taxonomy, subject: Subject) -> (&'static str, Value) {
    match subject {
        Subject::Skill(skill) => ("skill", json!(taxonomy.skill(skill).id)),
        Subject::Trait(found) => ("trait", json!(taxonomy.trait_(found).id)),
    }
}

fn known_json(
    row: &mut serde_json::Map<String, Value>,
    years: Option<Known<u16>>,
    last: Option<Known<LastUsed>>,
) {
    if let Some(years) = years {
        row.insert("years".into(), json!(f64::from(years.value) / 10.0));
        row.insert("years_basis".into(), json!(years.basis.words()));
    }
    if let Some(last) = last {
        let value = match last.value {
            LastUsed::Current => json!("current"),
            LastUsed::Year(year) => json!(year),
        };
        row.insert("last_used".into(), value);
        row.insert("last_used_basis".into(), json!(last.basis.words()));
    }
}

fn mention_json(taxonomy: &Taxonomy, text: &str, m: &Mention) -> Value {
    let mut row = serde_json::Map::new();
    row.insert("start".into(), json!(m.span.start));
    row.insert("end".into(), json!(m.span.end));
    row.insert("written".into(), json!(text[m.span.clone()]));
    let (key, id) = subject_json(taxonomy, m.subject);
    row.insert(key.into(), id);
    row.insert("name".into(), json!(name(taxonomy, m.subject)));
    if let Some(also) = m.also {
        row.insert("also_trait".into(), json!(taxonomy.trait_(also).id));
    }
    if let Some(version) = &m.version {
        row.insert("version".into(), json!(version));
    }
    row.insert("stance".into(), json!(m.stance.word()));
    row.insert("source".into(), json!(m.source.word()));
    known_json(&mut row, m.years, m.last_used);
    row.insert(
        "because".into(),
        json!([m.reason.taken.word(), m.reason.stance.word(), m.reason.source.word()]),
    );
    row.insert("sentence".into(), json!([m.sentence.start, m.sentence.end]));
    Value::Object(row)
}

fn evidence_json(taxonomy: &Taxonomy, e: &TextEvidence) -> Value {
    let mut row = serde_json::Map::new();
    let (key, id) = subject_json(taxonomy, e.subject);
    row.insert(key.into(), id);
    row.insert("stance".into(), json!(e.stance.word()));
    row.insert("source".into(), json!(e.source.word()));
    known_json(&mut row, e.years, e.last_used);
    row.insert("mentions".into(), json!(e.mentions));
    Value::Object(row)
}
