//! The list of people that an answer of a web service wraps: `{"data": [...], "total": 2}`.

use stackscout_profile::Field;

use super::cells::{bare, is_wrapper};
use super::parse::Json;
use crate::layout::plain;
use crate::resume;

/// Keys under which an answer keeps its rows.
const LISTS: [&str; 27] = [
    "data",
    "candidates",
    "people",
    "results",
    "items",
    "records",
    "rows",
    "applicants",
    "persons",
    "contacts",
    "profiles",
    "entries",
    "content",
    "contents",
    "result",
    "list",
    "value",
    "values",
    "edges",
    "nodes",
    "hits",
    "docs",
    "documents",
    "resources",
    "employees",
    "users",
    "talents",
];
/// Those that hold candidates, whatever lists of people stand beside them.
const OF_CANDIDATES: [&str; 2] = ["candidates", "applicants"];
/// Those that hold people even beside a name.
const OF_PEOPLE: [&str; 5] = ["candidates", "people", "applicants", "persons", "employees"];
/// Objects that an answer wraps its list in.
const AROUND: [&str; 11] = [
    "data",
    "response",
    "result",
    "results",
    "body",
    "payload",
    "_embedded",
    "embedded",
    "candidates",
    "people",
    "hits",
];
/// Objects around a list.
const DEPTH_MAX: usize = 4;
/// Objects of a list that show whether it is one of people.
const LOOKED_AT: usize = 20;

/// Whether a value wraps a list of people.
pub(super) fn wraps(json: &Json) -> bool {
    place(json, 0).is_some()
}

/// Whether a value is a page of a list of pages: it wraps a list, and what is in it are people.
pub(super) fn is_page_of_people(json: &Json) -> bool {
    let is_numbered = matches!(json, Json::Object(members) if signs(members, 0) != Signs::default());
    let Some(path) = place(json, 0).filter(|_| !is_numbered) else { return false };
    let mut inner = json;
    for at in path {
        match inner {
            Json::Object(members) => inner = &members[at].1,
            _ => return false,
        }
    }
    are_people(inner)
}

/// The people that a value wraps; none of an empty list. The value itself where it wraps no list.
pub(super) fn people_in(json: Json) -> Result<Vec<Json>, Json> {
    let Some(path) = place(&json, 0) else {
        return if is_empty_page(&json) { Ok(Vec::new()) } else { Err(json) };
    };
    let mut inner = json;
    for at in path {
        inner = match inner {
            Json::Object(mut members) => members.swap_remove(at).1,
            other => other,
        };
    }
    Ok(match inner {
        Json::List(items) => items,
        other => vec![other],
    })
}

/// Whether a document that is taken for one person is none, and holds a list of objects that nothing is known of.
pub(super) fn holds_unread_list(json: &Json) -> bool {
    let Json::Object(members) = json else { return false };
    let signs = signs(members, 0);
    // Who has a name may have lists of things that have one.
    let may_be_people = |key: &str| {
        let key = bare(key);
        LISTS.contains(&key.as_str()) && !matches!(key.as_str(), "contacts" | "profiles")
    };
    let unread = |(key, value): &(String, Json)| match value {
        Json::List(items) if items.len() > 1 && is_list_of_objects(value) => {
            plain().meaning(key).is_none()
                && (signs == Signs::default() || (may_be_people(key) && are_people(value)))
        }
        _ => false,
    };
    !signs.is_person && !resume::is_resume(json) && members.iter().any(unread)
}

/// What an object holds that a person has.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Signs {
    is_person: bool,
    is_named: bool,
    is_numbered: bool,
}

fn signs(members: &[(String, Json)], depth: usize) -> Signs {
    let mut found = Signs::default();
    for (key, value) in members {
        if *value == Json::Null || is_list_of_objects(value) {
            continue;
        }
        if let Json::Object(inner) = value
            && is_wrapper(key)
            && depth < DEPTH_MAX
        {
            let inside = signs(inner, depth + 1);
            found.is_person |= inside.is_person;
            found.is_named |= inside.is_named;
            found.is_numbered |= inside.is_numbered;
            continue;
        }
        match plain().meaning(key) {
            Some(
                Field::FirstName
                | Field::LastName
                | Field::Email
                | Field::Phone
                | Field::Skills
                | Field::WorkHistory
                | Field::Cv,
            ) => found.is_person = true,
            Some(Field::Name) => found.is_named = true,
            Some(Field::ExternalId) => found.is_numbered = true,
            _ => {}
        }
    }
    found
}

fn is_list_of_objects(value: &Json) -> bool {
    match value {
        Json::List(items) => !items.is_empty() && items.iter().all(|item| matches!(item, Json::Object(_))),
        _ => false,
    }
}

fn are_people(list: &Json) -> bool {
    let Json::List(items) = list else { return false };
    let first = || items.iter().take(LOOKED_AT);
    let people = first().filter(|item| match item {
        Json::Object(members) => {
            let signs = signs(members, 0);
            signs.is_person || signs.is_named
        }
        _ => false,
    });
    people.count() * 2 >= first().count()
}

/// The way to the list: places among the members of objects.
fn place(json: &Json, depth: usize) -> Option<Vec<usize>> {
    let Json::Object(members) = json else { return None };
    if depth > DEPTH_MAX || resume::is_resume(json) {
        return None;
    }
    let lists: Vec<usize> = (0..members.len()).filter(|at| is_list_of_objects(&members[*at].1)).collect();
    let among = |names: &[&str]| -> Vec<usize> {
        lists.iter().copied().filter(|at| names.contains(&bare(&members[*at].0).as_str())).collect()
    };
    let of_people = |all: &[usize]| only(all.iter().copied().filter(|at| are_people(&members[*at].1)));
    let nameless = |all: &[usize]| -> Vec<usize> {
        all.iter().copied().filter(|at| plain().meaning(&members[*at].0).is_none()).collect()
    };
    let signs = signs(members, 0);
    let known = among(&LISTS);
    let found = if signs.is_person {
        of_people(&among(&OF_PEOPLE))
    } else if signs.is_named {
        of_people(&among(&OF_PEOPLE)).or_else(|| of_people(&among(&["data"])))
    } else if signs.is_numbered {
        of_people(&nameless(&known)).or_else(|| only(nameless(&known).into_iter()))
    } else {
        let first = of_people(&among(&OF_CANDIDATES)).or_else(|| of_people(&known));
        first.or_else(|| only(known.iter().copied())).or_else(|| of_people(&nameless(&lists)))
    };
    if let Some(at) = found {
        return Some(vec![at]);
    }
    if signs.is_person {
        return None;
    }
    let inside = (0..members.len()).filter(|at| AROUND.contains(&bare(&members[*at].0).as_str()));
    let mut ways = inside.filter_map(|at| Some((at, place(&members[at].1, depth + 1)?)));
    match (ways.next(), ways.next()) {
        (Some((at, rest)), None) => Some([vec![at], rest].concat()),
        _ => None,
    }
}

/// The only one there is.
fn only(mut places: impl Iterator<Item = usize>) -> Option<usize> {
    let first = places.next();
    first.filter(|_| places.next().is_none())
}

/// Whether a value is the answer that comes after the last person.
fn is_empty_page(json: &Json) -> bool {
    let Json::Object(members) = json else { return false };
    let is_list = |(key, value): &(String, Json)| {
        LISTS.contains(&bare(key).as_str()) && matches!(value, Json::List(items) if items.is_empty())
    };
    signs(members, 0) == Signs::default() && members.iter().any(is_list)
}
