//! Held, wanted or negated?
//!
//! A negation or a wish has a scope:
//!
//! - It begins at its word. Before the first name, a negation allows words of the class `negation-link` alone ("no
//!   prior experience with"), so that "no nonsense engineer with Java" negates nothing; a wish allows eight words of any
//!   kind ("would like to build web services in Go").
//! - It goes on through the list that the name begins: separators, `and`, `or`, words such as "especially".
//! - It ends at a word of the class `scope-end` ("but", "however", "I"), at a verb of use, a semicolon, a dash, the end
//!   of the sentence, and where other words stand beside a comma ("never used Java in production, Python is …").
//! - "Not only", "no longer" and what else `not-negation` lists are one phrase and negate nothing.
//!
//! A word of the class `sought` ("applied for", "looking for a") is a wish in what is said of a person, and nothing in an
//! advertisement. Where a wish stands right behind a negation, the negation goes on: "not interested in PHP" wishes nothing.
//!
//! Behind a name, in brackets or after a colon or dash, `negation-after` and `wish-after` speak of that name alone:
//! "Java: none", "Rust (want to learn)".

use crate::Stance;
use crate::mention::cues::Class;
use crate::mention::found::{StanceReason, TextKind};
use crate::mention::sentence::{Kind, Node};

/// Words between a wish and what is wished for, at most.
const WISH_WORDS_MAX: usize = 8;
/// Words within a scope that no class allows, at most, where no comma stands.
const OTHER_WORDS_MAX: usize = 3;

#[derive(Clone, Copy)]
enum Scope {
    None,
    /// Before the first name, with the words so far.
    Open(Stance, usize),
    /// Behind a name: words that no class allows, and whether a comma was seen.
    Running(Stance, usize, Comma),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comma {
    Seen,
    Unseen,
}

/// The stance of each hit, by its number.
pub(super) fn stances(nodes: &[Node], chains: &[usize], kind: TextKind) -> Vec<(Stance, StanceReason)> {
    let mut stances = vec![(Stance::Held, StanceReason::Plain); chains.len()];
    let mut scope = Scope::None;
    for (i, node) in nodes.iter().enumerate() {
        if let Kind::Hit(hit) = node.kind {
            if let Scope::Open(stance, _) | Scope::Running(stance, ..) = scope {
                let reason =
                    if stance == Stance::Negated { StanceReason::Negation } else { StanceReason::Wish };
                stances[hit] = (stance, reason);
                scope = Scope::Running(stance, 0, Comma::Unseen);
            }
            if let Some(found) = behind(nodes, i) {
                stances[hit] = found;
            }
        } else {
            scope = next(scope, node, kind);
        }
    }
    if kind == TextKind::JobAd {
        nice_to_have(nodes, chains, &mut stances);
    }
    stances
}

fn next(scope: Scope, node: &Node, kind: TextKind) -> Scope {
    if let Kind::Sign(sign) = node.kind {
        return match (scope, sign) {
            (Scope::Open(..), b',' | b')') | (_, b';' | b'.' | b'!' | b'?' | b':' | b'|') => Scope::None,
            (Scope::Running(.., words, _), b',') if words > 0 => Scope::None,
            (Scope::Running(stance, words, _), b',') => Scope::Running(stance, words, Comma::Seen),
            (Scope::Running(..), b'-') => Scope::None,
            (other, _) => other,
        };
    }
    if node.has(Class::NotNegation) {
        return Scope::None;
    }
    match scope {
        // Within an open negation "no", "never used", "to learn" go on; a wish that follows a denial is none.
        Scope::Open(Stance::Negated, words) if node.has(Class::NegationLink) || node.has(Class::Negation) => {
            return Scope::Open(Stance::Negated, words + 1);
        }
        Scope::Open(Stance::Negated, 0) if node.has(Class::Wish) => return Scope::Open(Stance::Negated, 0),
        _ if node.has(Class::Wish) || (kind == TextKind::Ordinary && node.has(Class::Sought)) => {
            return Scope::Open(Stance::Wanted, 0);
        }
        _ if node.has(Class::Negation) => return Scope::Open(Stance::Negated, 0),
        _ => {}
    }
    let joins = |classes: &[Class]| classes.iter().any(|class| node.has(*class));
    match scope {
        Scope::None => Scope::None,
        Scope::Open(Stance::Negated, words) => {
            if joins(&[Class::Listing, Class::CueBefore]) && !node.has(Class::ScopeEnd) {
                Scope::Open(Stance::Negated, words + 1)
            } else {
                Scope::None
            }
        }
        Scope::Open(stance, words) => {
            if node.has(Class::ScopeEnd) || words >= WISH_WORDS_MAX {
                Scope::None
            } else {
                Scope::Open(stance, words + 1)
            }
        }
        Scope::Running(stance, words, comma) => {
            if joins(&[Class::Conjunction, Class::Listing]) {
                return scope;
            }
            if joins(&[Class::ScopeEnd, Class::Use]) {
                return Scope::None;
            }
            let words = words + usize::from(!joins(&[Class::CueAfter, Class::NegationLink]));
            if words > OTHER_WORDS_MAX || (words > 0 && comma == Comma::Seen) {
                Scope::None
            } else {
                Scope::Running(stance, words, comma)
            }
        }
    }
}

/// What stands behind a name and speaks of it alone.
fn behind(nodes: &[Node], hit: usize) -> Option<(Stance, StanceReason)> {
    let next = nodes.get(hit + 1)?;
    let (note, after) = if next.is_sign(b"(:-[") {
        (nodes.get(hit + 2)?, nodes.get(hit + 3))
    } else {
        // `Java is not required`: a phrase of several words needs no sign before it.
        (next, nodes.get(hit + 2))
    };
    let bare = next.start == note.start;
    let ends = after.is_none_or(|after| matches!(after.kind, Kind::Sign(_)) || after.has(Class::ScopeEnd));
    if !ends || (bare && note.end - note.start < "is not needed".len() - 4) {
        return None;
    }
    if note.has(Class::NegationAfter) {
        Some((Stance::Negated, StanceReason::NegationAfter))
    } else if note.has(Class::WishAfter) && !bare {
        Some((Stance::Wanted, StanceReason::WishAfter))
    } else {
        None
    }
}

/// In an advertisement, what "a plus" speaks of: the list before it, or else everything behind it.
fn nice_to_have(nodes: &[Node], chains: &[usize], stances: &mut [(Stance, StanceReason)]) {
    /// Words between a list and the "is a plus" behind it, at most.
    const GAP_MAX: usize = 6;
    for (i, _) in nodes.iter().enumerate().filter(|(_, node)| node.has(Class::Nice)) {
        let before = nodes[..i].iter().rev().take(GAP_MAX).find_map(|node| match node.kind {
            Kind::Hit(hit) => Some(hit),
            _ => None,
        });
        let behind: Vec<usize> = match before {
            Some(last) => {
                (0..chains.len()).filter(|hit| chains[*hit] == chains[last] && *hit <= last).collect()
            }
            None => nodes[i..]
                .iter()
                .filter_map(|node| match node.kind {
                    Kind::Hit(hit) => Some(hit),
                    _ => None,
                })
                .collect(),
        };
        for hit in behind {
            if stances[hit].0 == Stance::Held {
                stances[hit] = (Stance::Wanted, StanceReason::NiceToHave);
            }
        }
    }
}
