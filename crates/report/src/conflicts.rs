//! Who stands on several lists, and at which places.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stackscout_engine::runs::Conflict;
use stackscout_profile::{Candidate, CandidateNumber};
use stackscout_store::RunList;

use crate::runs::entry_json;
use crate::table::{plain, wrapped};
use crate::{hundredths, inert};

/// The people behind the numbers.
pub type People = BTreeMap<CandidateNumber, Candidate>;

/// People on several lists as JSON.
#[must_use]
pub fn as_json(conflicts: &[Conflict], lists: &[RunList], people: &People) -> Value {
    let one = |c: &Conflict| {
        let entries = c.entries.iter().map(|(at, e)| {
            let mut value = entry_json(e);
            value["role"] = json!(lists[*at].role);
            value
        });
        json!({
            "candidate": c.number.to_string(), "name": people.get(&c.number).and_then(|p| p.name.clone()),
            "lists": entries.collect::<Vec<_>>(),
        })
    };
    let roles: Vec<&str> = lists.iter().map(|list| list.role.as_str()).collect();
    json!({ "roles": roles, "conflicts": conflicts.iter().map(one).collect::<Vec<_>>() })
}

/// People on several lists, each with every place.
#[must_use]
pub fn text(conflicts: &[Conflict], lists: &[RunList], people: &People, width: u16) -> String {
    let count = lists.len();
    let on_lists = lists.iter().map(|list| list.entries.len()).sum::<usize>();
    let many = |n: usize, one: &str, several: &str| format!("{n} {}", if n == 1 { one } else { several });
    let head = format!(
        "{} on more than one of {} with {} in all",
        many(conflicts.len(), "person", "people"),
        many(count, "list", "lists"),
        many(on_lists, "entry", "entries")
    );
    let mut text = wrapped("", &head, width) + "\n";
    if conflicts.is_empty() {
        return text;
    }
    let mut table = plain(width);
    table.set_header(["candidate", "who", "lists", "places"]);
    for c in conflicts {
        let person = people.get(&c.number);
        let name = person.and_then(|p| p.name.as_deref()).map_or("(no name)".to_owned(), inert);
        let places: Vec<String> = c
            .entries
            .iter()
            .map(|(at, e)| {
                let tied = if e.tied > 1 { "=" } else { "" };
                let tier = char::from(e.tier);
                format!("{} {}{tied} ({tier}, {})", lists[*at].role, e.place, hundredths(e.score))
            })
            .collect();
        table.add_row([c.number.to_string(), name, c.entries.len().to_string(), places.join("; ")]);
    }
    text += &format!("\n{}\n", table.trim_fmt());
    text
}
