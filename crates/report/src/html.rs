//! A ranking as one file that anybody's browser opens: no network, no script.
//!
//! The file is for people who have never seen the tool. Names and cells come from strangers' files, so that every text
//! goes through the template's escaping and none is marked as safe; a policy in the head forbids scripts and loading
//! should anything slip through. Bars are drawn from the numbers of the model, in the units that stand beside them.
//!
//! Reading order: `view` (what the template shows), `bar` (lengths), `heat` (roles beside people), `words` (codes in words), then the
//! templates, of which `page.html` is the first.

mod bar;
mod heat;
#[cfg(test)]
pub(crate) mod tests;
mod view;
mod words;

use askama::Template;

use crate::RankingModel;
use heat::HeatView;
use view::RoleView;

/// A self-contained page of every role's list, under a heading.
///
/// The same model and heading give the same bytes.
#[must_use]
pub fn page(model: &RankingModel, heading: &str) -> String {
    let roles: Vec<RoleView> =
        model.shortlists.iter().enumerate().map(|(at, list)| RoleView::new(at, list)).collect();
    let manifest = &model.manifest;
    let page = Page {
        heading: crate::inert(heading),
        roles_words: words::count(roles.len() as u64, "role", "roles"),
        people_words: words::count(manifest.candidates, "candidate", "candidates"),
        as_of: manifest.as_of.to_string(),
        tool: &manifest.tool,
        taxonomy: &manifest.taxonomy,
        pool: &manifest.pool,
        cut: match (manifest.top, manifest.per_tier) {
            (_, Some(count)) => format!("No more than {count} people of each tier are shown for a role."),
            (Some(count), None) => format!("No more than {count} people are shown for a role."),
            (None, None) => String::new(),
        },
        fingerprints: manifest.roles.iter().map(|r| (crate::inert(&r.id), r.fingerprint.as_str())).collect(),
        heat: HeatView::new(model),
        roles,
    };
    page.render().expect("writing to a string cannot fail, and the template calls nothing that can")
}

#[derive(Template)]
#[template(path = "page.html", whitespace = "minimize")]
struct Page<'a> {
    heading: String,
    roles_words: String,
    people_words: String,
    as_of: String,
    tool: &'a str,
    taxonomy: &'a str,
    pool: &'a str,
    cut: String,
    fingerprints: Vec<(String, &'a str)>,
    heat: Option<HeatView>,
    roles: Vec<RoleView>,
}
