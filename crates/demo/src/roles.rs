//! Which roles does the demo rank?
//!
//! Six invented ones over the frameworks of the guide, embedded from `data/demo/roles`. Their form is that of any role
//! file; this crate does not read it.

use crate::DemoFile;

/// The role files, by name.
pub fn roles() -> Vec<DemoFile> {
    [
        ("express-realtime-api.toml", include_str!("../../../data/demo/roles/express-realtime-api.toml")),
        (
            "full-stack-django-react.toml",
            include_str!("../../../data/demo/roles/full-stack-django-react.toml"),
        ),
        ("rails-engineer.toml", include_str!("../../../data/demo/roles/rails-engineer.toml")),
        (
            "rails-to-any-batteries-included.toml",
            include_str!("../../../data/demo/roles/rails-to-any-batteries-included.toml"),
        ),
        (
            "react-front-end-with-redux.toml",
            include_str!("../../../data/demo/roles/react-front-end-with-redux.toml"),
        ),
        ("senior-django-berlin.toml", include_str!("../../../data/demo/roles/senior-django-berlin.toml")),
    ]
    .map(|(name, contents)| DemoFile { name, contents: contents.to_owned() })
    .into()
}

#[cfg(test)]
mod tests {
    //! - A role's file is named by its id.
    //! - Every requirement says why, and asks for a skill, for one of several, or for a trait.

    use super::*;

    #[test]
    fn a_roles_file_is_named_by_its_id() {
        for role in roles() {
            let id = role.name.strip_suffix(".toml").unwrap();
            assert!(role.contents.lines().any(|line| line == format!("id = \"{id}\"")), "{}", role.name);
        }
    }

    #[test]
    fn every_requirement_says_why() {
        for role in roles() {
            let requirements: Vec<&str> = role.contents.split("[[require]]").skip(1).collect();
            assert!(requirements.len() >= 3, "{}", role.name);
            for requirement in requirements {
                let requirement = requirement.split("\n[").next().unwrap();
                let count = |key: &str| requirement.lines().filter(|line| line.starts_with(key)).count();
                assert_eq!(count("because = "), 1, "{}: {requirement}", role.name);
                assert_eq!(count("skill = ") + count("any_of = ") + count("trait = "), 1, "{requirement}");
            }
        }
    }
}
