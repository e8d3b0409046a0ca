//! `stackscout taxonomy resolve`

use serde_json::json;
use stackscout_report::inert;
use stackscout_report::table::plain;
use stackscout_taxonomy::{LastUsed, Resolution, Stance, Taxonomy};

use crate::args::Format;
use crate::out;

pub fn resolve(taxonomy: &Taxonomy, list: &str, format: Format) {
    let read = taxonomy.read_list_with_near(list);
    let near = |r: &Resolution| -> Vec<String> {
        match r {
            Resolution::Near(near) => near.iter().map(|s| taxonomy.skill(*s).name.clone()).collect(),
            _ => Vec::new(),
        }
    };
    match format {
        Format::Json => {
            let rows: Vec<_> = read
                .iter()
                .map(|w| {
                    let skill = w.resolution.skill().map(|s| taxonomy.skill(s));
                    let mut row = serde_json::Map::new();
                    row.insert("written".into(), json!(w.written));
                    row.insert("resolution".into(), json!(w.resolution.word()));
                    row.insert("skill".into(), json!(skill.map(|s| &s.id)));
                    row.insert("name".into(), json!(skill.map(|s| &s.name)));
                    if let Some(version) = &w.version {
                        row.insert("version".into(), json!(version));
                    }
                    if let Some(tenths) = w.years {
                        row.insert("years".into(), years(tenths));
                    }
                    if let Some(year) = w.since {
                        row.insert("since".into(), json!(year));
                    }
                    if let Some(last) = w.last_used {
                        let last = match last {
                            LastUsed::Current => json!("current"),
                            LastUsed::Year(year) => json!(year),
                        };
                        row.insert("last_used".into(), last);
                    }
                    if let Some(level) = w.level {
                        row.insert("level".into(), json!(level.word()));
                    }
                    if w.stance != Stance::Held {
                        row.insert("stance".into(), json!(w.stance.word()));
                    }
                    if let Resolution::Near(_) = w.resolution {
                        row.insert("suggestions".into(), json!(near(&w.resolution)));
                    }
                    row
                })
                .collect();
            out::json(&rows);
        }
        Format::Table => {
            let mut table = plain(out::width());
            table.set_header(["written", "means", "how", "beside it"]);
            for w in &read {
                let means = match w.resolution.skill() {
                    Some(s) => taxonomy.skill(s).name.clone(),
                    None if matches!(w.resolution, Resolution::Near(_)) => {
                        format!("(near {})", near(&w.resolution).join(", "))
                    }
                    None => String::new(),
                };
                let mut beside = Vec::new();
                beside.extend(w.version.as_ref().map(|v| format!("version {v}")));
                beside.extend(w.years.map(|t| format!("{} years", years(t))));
                beside.extend(w.since.map(|year| format!("since {year}")));
                beside.extend(w.unread_years.then(|| "years unread".to_owned()));
                beside.extend(w.last_used.map(|l| match l {
                    LastUsed::Current => "in use".to_owned(),
                    LastUsed::Year(year) => format!("last used {year}"),
                }));
                beside.extend(w.level.map(|level| level.word()));
                if w.stance != Stance::Held {
                    beside.push(w.stance.word().to_owned());
                }
                table.add_row([inert(w.written), means, w.resolution.word().to_owned(), beside.join(", ")]);
            }
            out::text(&format!("{}\n", table.trim_fmt()));
        }
    }
}

/// Years as a JSON number: whole ones without a decimal.
fn years(tenths: u16) -> serde_json::Value {
    if tenths.is_multiple_of(10) { json!(tenths / 10) } else { json!(f64::from(tenths) / 10.0) }
}
