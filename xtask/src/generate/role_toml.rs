//! A role as the role file that a person would write.

use std::fmt::Write as _;

use stackscout_profile::{Need, Remote, Requirement, Role, Subject, Unknown};
use stackscout_taxonomy::{SkillIx, Taxonomy};

/// The text of a role file that reads back as the role, as far as [`super::roles()`] goes: no traits, permits,
/// languages, availability or pay.
#[must_use]
pub fn role_toml(role: &Role, taxonomy: &Taxonomy) -> String {
    let mut text = String::new();
    line(&mut text, "id", &quoted(&role.id));
    line(&mut text, "title", &quoted(&role.title));
    for asked in &role.requirements {
        text += "\n[[require]]\n";
        requirement(&mut text, asked, taxonomy);
    }
    if let Some(where_) = &role.where_ {
        text += "\n[where]\n";
        let codes: Vec<String> = where_.countries.iter().map(|country| quoted(country.code())).collect();
        line(&mut text, "countries", &format!("[{}]", codes.join(", ")));
        let remote = match where_.remote {
            Remote::InCountries => "in_countries",
            Remote::Anywhere => "anywhere",
        };
        line(&mut text, "remote", &quoted(remote));
        line(&mut text, "relocation", &where_.relocation.to_string());
    }
    if role.limits.years_min.is_some() || role.limits.unknown == Unknown::Drop {
        text += "\n[limits]\n";
        if let Some(years) = role.limits.years_min {
            line(&mut text, "years_min", &years.to_string());
        }
        if role.limits.unknown == Unknown::Drop {
            line(&mut text, "unknown", &quoted("drop"));
        }
    }
    if role.assume_fit != Role::ASSUME_FIT_DEFAULT {
        text += "\n[assume]\n";
        line(&mut text, "fit", &format!("{}.{:04}", role.assume_fit / 10_000, role.assume_fit % 10_000));
    }
    text
}

fn requirement(text: &mut String, asked: &Requirement, taxonomy: &Taxonomy) {
    let name = |skill: SkillIx| quoted(&taxonomy.skill(skill).name);
    match &asked.subject {
        Subject::Skills(members) if members.len() == 1 => line(text, "skill", &name(members[0])),
        Subject::Skills(members) => {
            let names: Vec<String> = members.iter().map(|member| name(*member)).collect();
            line(text, "any_of", &format!("[{}]", names.join(", ")));
        }
        Subject::Trait(wanted) => line(text, "trait", &quoted(&taxonomy.trait_(*wanted).id)),
    }
    if asked.need == Need::Must {
        line(text, "need", &quoted("must"));
    }
    line(text, "weight", &asked.weight.to_string());
    if let Some(years) = asked.years {
        line(text, "years", &years.to_string());
    }
    if let Some(years) = asked.min_years {
        line(text, "min_years", &years.to_string());
    }
    if let Some(years) = asked.half_life {
        line(text, "half_life", &years.to_string());
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{key} = {value}");
}

/// A basic string of TOML; names of skills and codes hold no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    //! - a role file reads back as the role that it was written from

    use stackscout_profile::role_file::read_role;

    use super::*;
    use crate::generate::{RoleKind, roles};

    #[test]
    fn a_role_file_reads_back_as_the_role() {
        let taxonomy = Taxonomy::embedded();
        for kind in RoleKind::ALL {
            for role in roles(3, 200, kind) {
                let text = role_toml(&role, &taxonomy);
                let read = read_role("role.toml", &text, &taxonomy).unwrap_or_else(|e| panic!("{e}"));
                assert_eq!(read, role, "{text}");
            }
        }
    }
}
