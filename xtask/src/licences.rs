//! Licences and sources of everything that the program is made of, without cargo-deny: what `cargo metadata` says,
//! compared with the list in `deny.toml`.
//!
//! This is less than cargo-deny does: it takes a package's own word for its licence, and knows no advisories. It needs
//! nothing but cargo.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

/// What is wrong, one line each; empty where nothing is.
///
/// # Errors
/// Metadata or a list that cannot be read.
pub fn check(metadata: &str, deny: &str) -> Result<(usize, Vec<String>)> {
    let metadata: Value = serde_json::from_str(metadata).context("cargo metadata")?;
    let deny: toml::Table = deny.parse().context("deny.toml")?;
    let list = |table: &str, key: &str| -> Result<BTreeSet<String>> {
        let found = deny.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_array);
        let found = found.with_context(|| format!("deny.toml has no list `{key}` in [{table}]"))?;
        Ok(found.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect())
    };
    let (allowed, registries) = (list("licenses", "allow")?, list("sources", "allow-registry")?);
    let exceptions = exceptions(&deny);
    let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
    let mut wrong = Vec::new();
    for package in packages {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let name = format!("{} {}", text("name"), text("version"));
        let own = exceptions.get(text("name")).cloned().unwrap_or_default();
        let allows = |id: &str| allowed.contains(id) || own.contains(id);
        match package["license"].as_str() {
            None => wrong.push(format!("{name}: it states no licence")),
            Some(licence) if !holds(licence, &allows) => {
                wrong.push(format!("{name}: `{licence}` is not allowed by deny.toml"));
            }
            Some(_) => {}
        }
        let is_ours = package["source"].is_null();
        let known = text("source").strip_prefix("registry+").is_some_and(|url| registries.contains(url));
        if !is_ours && !known {
            wrong.push(format!("{name}: its source is none that deny.toml allows"));
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten().filter(|_| is_ours) {
            if dependency["req"] == "*" && dependency["path"].is_null() {
                let used = dependency["name"].as_str().unwrap_or_default();
                wrong.push(format!("{name}: `{used}` may be of any version"));
            }
        }
    }
    wrong.sort();
    Ok((packages.len(), wrong))
}

fn exceptions(deny: &toml::Table) -> BTreeMap<String, BTreeSet<String>> {
    let list = deny.get("licenses").and_then(|l| l.get("exceptions")).and_then(toml::Value::as_array);
    let one = |exception: &toml::Value| {
        let name = exception.get("crate").or_else(|| exception.get("name"))?.as_str()?.to_owned();
        let allow = exception.get("allow")?.as_array()?.iter().filter_map(toml::Value::as_str);
        Some((name, allow.map(str::to_owned).collect()))
    };
    list.into_iter().flatten().filter_map(one).collect()
}

/// Whether a licence expression (SPDX) can be met: `AND` binds closer than `OR`; a slash is an old way to write `OR`.
fn holds(expression: &str, allows: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allows);
    met == Some(true) && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allows: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut met = all(words, at, allows)?;
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allows)?;
    }
    Some(met)
}

fn all(words: &[&str], at: &mut usize, allows: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut met = one(words, at, allows)?;
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allows)?;
    }
    Some(met)
}

fn one(words: &[&str], at: &mut usize, allows: &dyn Fn(&str) -> bool) -> Option<bool> {
    let word = *words.get(*at)?;
    *at += 1;
    if word == "(" {
        let met = any(words, at, allows)?;
        (words.get(*at) == Some(&")")).then(|| *at += 1)?;
        return Some(met);
    }
    // An exception only allows more than the licence does.
    if words.get(*at) == Some(&"WITH") {
        let whole = format!("{word} WITH {}", words.get(*at + 1)?);
        *at += 2;
        return Some(allows(word) || allows(&whole));
    }
    Some(allows(word))
}

#[cfg(test)]
mod tests {
    //! - an expression is met where what it asks for is allowed
    //! - what is not allowed, states nothing, comes from elsewhere or may be of any version is named

    use super::*;

    #[test]
    fn an_expression_is_met_where_what_it_asks_for_is_allowed() {
        let allows = |id: &str| matches!(id, "MIT" | "Unicode-3.0");
        for met in [
            "MIT",
            "Apache-2.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0 OR MIT AND Unicode-3.0",
            "MIT WITH x",
        ] {
            assert!(holds(met, &allows), "{met}");
        }
        for not in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT",
            "MIT)",
            "",
            "MIT OR",
            "(GPL-3.0 OR MIT) AND ISC",
            "MIT MIT",
        ] {
            assert!(!holds(not, &allows), "{not}");
        }
    }

    #[test]
    fn what_is_not_allowed_is_named() {
        let deny = "[licenses]\nallow = [\"MIT\"]\n[sources]\nallow-registry = [\"https://a\"]\n";
        let package = |name: &str, licence: Value, source: Value, req: &str| {
            serde_json::json!({ "name": name, "version": "1.0.0", "license": licence, "source": source,
                "dependencies": [{ "name": "x", "req": req, "path": null }] })
        };
        let packages = [
            package("right", "MIT".into(), "registry+https://a".into(), "*"),
            package("ours", "MIT".into(), Value::Null, "*"),
            package("strict", "GPL-3.0".into(), "registry+https://a".into(), "1"),
            package("silent", Value::Null, "git+https://b".into(), "1"),
        ];
        let metadata = serde_json::json!({ "packages": packages }).to_string();
        let (count, wrong) = check(&metadata, deny).unwrap();
        assert_eq!(count, 4);
        assert_eq!(
            wrong,
            [
                "ours 1.0.0: `x` may be of any version",
                "silent 1.0.0: it states no licence",
                "silent 1.0.0: its source is none that deny.toml allows",
                "strict 1.0.0: `GPL-3.0` is not allowed by deny.toml",
            ]
        );
    }
}
