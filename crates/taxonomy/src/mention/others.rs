//! What a sentence tells of others: their work, and who employs whom.
//!
//! - A sentence that begins with others ("my colleague", "your team"), states use, and names nobody whom the text may be
//!   about, speaks of what they use. So does what is said of people to ask.
//! - A name is an employer's where a word for a firm stands right before it ("Société Spring"), or a legal form right behind
//!   it; and the name of a technology that is also a company's (class `company`), behind a word of the class `employer`
//!   with nothing else behind it ("Accountant at MongoDB"), or before a part of the company ("MongoDB France").
//! - Of the words of the class `employer`, `at` and its like name an employer only at the beginning of a part, or behind a
//!   post or a verb of employment (class `post`), the name of a technology, or years: "Strong at MongoDB" is a skill.

use crate::mention::cues::{Class, Cues};
use crate::mention::sentence::{Kind, Node};

/// Whether a sentence speaks of others alone.
pub(super) fn tells_of_others(nodes: &[Node]) -> bool {
    let Some(first) = nodes.iter().position(|n| !matches!(n.kind, Kind::Sign(_))) else { return false };
    let rest = &nodes[first + 1..];
    if nodes[first].has(Class::SectionReferences) {
        return rest.first().is_some_and(|n| n.is_sign(b":"));
    }
    let of_somebody = |n: &Node| n.has(Class::Subject) || n.has(Class::ScopeEnd) || n.is_sign(b":;");
    nodes[first].has(Class::Others) && rest.iter().any(|n| n.has(Class::Use)) && !rest.iter().any(of_somebody)
}

/// Whether a word of the class `employer` at a node tells of employment.
fn is_employment(bytes: &[u8], nodes: &[Node], at: usize, is_capital: &dyn Fn(usize) -> bool) -> bool {
    /// Words of a title, at most.
    const TITLE_WORDS_MAX: usize = 6;
    /// Words with a capital that are a title where years stand beside them.
    const TITLE_WORDS_MIN: usize = 2;
    let word = &nodes[at];
    // `employed by`, `angestellt bei`: more than one word says it.
    if bytes[word.start..word.end].contains(&b' ') {
        return true;
    }
    let Some(before) = at.checked_sub(1).map(|before| &nodes[before]) else { return true };
    if !matches!(before.kind, Kind::Word(..)) || before.has(Class::Post) || before.has(Class::Unit) {
        return true;
    }
    // `Head of Data at`, `Data Wizard at MongoDB (2018 - 2021)`
    let title = || {
        let words = nodes[..at].iter().rev().take(TITLE_WORDS_MAX);
        words.take_while(|n| !matches!(n.kind, Kind::Sign(_)))
    };
    let post = || title().any(|n| n.has(Class::Post));
    let is_year = |n: &Node| matches!(n.kind, Kind::Number(n) if n.whole_digits == 4);
    let dated = || {
        let capitals = title().take_while(|n| is_capital(n.start)).count();
        capitals >= TITLE_WORDS_MIN && nodes.iter().any(is_year)
    };
    is_capital(before.start) && (post() || dated())
}

/// The hits that are employers, in their order.
pub(super) fn employers(
    bytes: &[u8],
    nodes: &[Node],
    chains: &[usize],
    cues: &Cues,
    is_capital: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let mut employers = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        let Kind::Hit(hit) = node.kind else { continue };
        let before = i.checked_sub(1).map(|before| &nodes[before]);
        let after = nodes.get(i + 1);
        let employed = before.is_some_and(|n| {
            n.is_sign(b"@") || (n.has(Class::Employer) && is_employment(bytes, nodes, i - 1, is_capital))
        });
        let firm = before.is_some_and(|n| n.has(Class::Firm));
        let legal_form = after.is_some_and(|n| n.has(Class::LegalForm));
        let branch = after.is_some_and(|n| n.has(Class::Branch));
        if !(employed || firm || legal_form || branch) || !is_capital(node.start) {
            continue;
        }
        // `looked at MongoDB, Redis and Kafka` names no employer.
        let listed = chains.get(hit + 1).is_some_and(|next| *next == chains[hit]);
        let ends = after.is_none_or(|n| match n.kind {
            Kind::Sign(b'(' | b':' | b'|') => true,
            Kind::Sign(b'-') => n.start > node.end,
            Kind::Sign(_) => !listed,
            _ => false,
        });
        let branch_ends = || nodes.get(i + 2).is_none_or(|n| matches!(n.kind, Kind::Sign(_)));
        let is_company = || cues.of(&bytes[node.start..node.end]).has(Class::Company);
        let of_company = (employed && ends) || (branch && branch_ends());
        if legal_form || (firm && ends) || (of_company && is_company()) {
            employers.push(hit);
        }
    }
    employers
}
