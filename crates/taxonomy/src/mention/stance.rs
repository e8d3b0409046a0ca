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
//! - What opens in a bracket ends with it ("Java (no Spring), Python").
//! - "Anything except" and what else `all-but` lists begin a negation, and end one ("I use nothing except Java").
//! - "Not only", "no longer" and what else `not-negation` lists are one phrase and negate nothing.
//!
//! A word of the class `sought` ("applied for", "looking for a") is a wish in what is said of a person, and nothing in an
//! advertisement. Where a wish stands right behind a negation, the negation goes on: "not interested in PHP" wishes nothing.
//!
//! Behind a name, in brackets or after a colon or dash, `negation-after` and `wish-after` speak of that name alone:
//! "Java: none", "Rust (want to learn)"; so do "Rust (0 years)", "Redis: 0" and a cell of a table, "| React | no |". A cross,
//! an empty box or a row of empty stars denies too, behind a name or before it ("[ ] React"): as the first mark of the
//! sentence stands, so do the others.
//!
//! Words behind a list speak of it where they are a denial or wish and nothing else: "Docker habe ich nie benutzt". So does
//! the answer to a question: "PHP? Never touched it."

use crate::Stance;
use crate::mention::cues::Class;
use crate::mention::folded::{DENIED, UNFILLED};
use crate::mention::found::{StanceReason, TextKind};
use crate::mention::sentence::{Kind, Node, Number};

/// Words between a wish and what is wished for, at most.
const WISH_WORDS_MAX: usize = 8;
/// Words within a scope that no class allows, at most, where no comma stands.
const OTHER_WORDS_MAX: usize = 3;
/// Words of a denial or wish behind what it speaks of, at most.
const ANSWER_WORDS_MAX: usize = 8;

const DENIED_BEHIND: (Stance, StanceReason) = (Stance::Negated, StanceReason::NegationAfter);

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
    // Advertisements have boxes for bullets.
    let marks = if kind == TextKind::JobAd { Marks::None } else { Marks::of(nodes) };
    // What opens in a bracket ends with it: `Java (no Spring), Python`.
    let (mut depth, mut opened) = (0_usize, 0_usize);
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
            if marks.speak_of(nodes, i) {
                stances[hit] = DENIED_BEHIND;
            }
            if prefixed(nodes, i) {
                stances[hit] = (Stance::Negated, StanceReason::Negation);
            }
        } else if marks.open(nodes, i) || (kind != TextKind::JobAd && no_years_of(nodes, i)) {
            scope = Scope::Open(Stance::Negated, 0);
        } else {
            scope = next(scope, node, kind);
        }
        if matches!(scope, Scope::Open(_, 0)) {
            opened = depth;
        }
        if node.is_sign(b"([") {
            depth += 1;
        } else if node.is_sign(b")]") && depth > 0 {
            if opened == depth {
                scope = Scope::None;
            }
            depth -= 1;
        }
    }
    behind_lists(nodes, chains, &mut stances);
    if kind == TextKind::JobAd {
        nice_to_have(nodes, chains, &mut stances);
    }
    stances
}

fn next(scope: Scope, node: &Node, kind: TextKind) -> Scope {
    if let Kind::Sign(sign) = node.kind {
        return match (scope, sign) {
            // `Keine: COBOL`
            (Scope::Open(Stance::Negated, 0), b':') => scope,
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
    if node.has(Class::AllBut) {
        // `I never use anything except Java`
        return match scope {
            Scope::Open(Stance::Negated, _) | Scope::Running(Stance::Negated, ..) => Scope::None,
            _ => Scope::Open(Stance::Negated, 0),
        };
    }
    match scope {
        // Within an open negation "no", "never used", "to learn" go on; a wish that follows a denial is none.
        Scope::Open(Stance::Negated, words)
            if [Class::NegationLink, Class::Negation, Class::Unit].iter().any(|class| node.has(*class)) =>
        {
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
            // "it" and "that" are answers too, and begin something else.
            let answer = node.has(Class::Answer) && !node.has(Class::RefuseAfter);
            if (answer || joins(&[Class::Listing, Class::CueBefore])) && !node.has(Class::ScopeEnd) {
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
pub(super) fn behind(nodes: &[Node], hit: usize) -> Option<(Stance, StanceReason)> {
    let next = nodes.get(hit + 1)?;
    let cell = next.is_sign(b"|");
    // `Java is not required`: a phrase of several words needs no sign before it.
    let bare = !cell && !next.is_sign(b"(:-[");
    let at = hit + 1 + usize::from(!bare);
    let note = nodes.get(at)?;
    let is_end = |at: usize, signs: &[u8]| nodes.get(at).is_none_or(|after| after.is_sign(signs));
    if let Some(end) = nothing(nodes, at) {
        let closes: &[u8] = if cell { b"|" } else { b").,;|]" };
        // `0 years, 6 months` are more than none.
        let more = nodes.get(end + 1).is_some_and(|n| matches!(n.kind, Kind::Number(_)));
        let says_of_what = !bare || end > at + 1;
        return (says_of_what && is_end(end, closes) && (cell || !more)).then_some(DENIED_BEHIND);
    }
    if cell && !is_end(at + 1, b"|") {
        return None;
    }
    let after = nodes.get(at + 1);
    // `Java (no. 1)`
    let is_rank = after.is_some_and(|n| n.is_sign(b"."))
        && nodes.get(at + 2).is_some_and(|n| matches!(n.kind, Kind::Number(_)))
        && !nodes.get(at + 3).is_some_and(|n| n.has(Class::Unit) || n.is_sign(b"+-"));
    if is_rank || note.has(Class::NotNegation) {
        return None;
    }
    if !bare && !cell && note.has(Class::Negation) && said(nodes, at).is_some_and(|said| said.denied) {
        // `Java: nie benutzt`
        return Some(DENIED_BEHIND);
    }
    if bare
        && begins_part(nodes, hit)
        && is_end(at + 1, b",;.)")
        && (note.has(Class::Negation) || note.has(Class::NegationAfter))
        && !note.has(Class::Month)
    {
        // `Java 2 yrs, PHP none`, `PHP nicht.`
        return Some(DENIED_BEHIND);
    }
    let ends = after.is_none_or(|after| matches!(after.kind, Kind::Sign(_)) || after.has(Class::ScopeEnd));
    if !ends || (bare && note.end - note.start < "is not needed".len() - 4) {
        return None;
    }
    if note.has(Class::NegationAfter) {
        Some(DENIED_BEHIND)
    } else if note.has(Class::WishAfter) && !bare && !cell {
        Some((Stance::Wanted, StanceReason::WishAfter))
    } else {
        None
    }
}

/// Whether a name is the first word behind a sign or `and`, or of the sentence.
fn begins_part(nodes: &[Node], hit: usize) -> bool {
    let begins = |n: &Node| matches!(n.kind, Kind::Sign(_)) || n.has(Class::Conjunction);
    hit.checked_sub(1).is_none_or(|before| begins(&nodes[before]))
}

/// `0`, `0 years of experience`, `0%`, `0/5` at a node: the node behind it.
fn nothing(nodes: &[Node], at: usize) -> Option<usize> {
    let Kind::Number(Number { whole: 0, whole_digits: 1, fraction: 0, .. }) = nodes.get(at)?.kind else {
        return None;
    };
    let is_scale = |n: &Node| matches!(n.kind, Kind::Number(Number { whole: 5 | 10, fraction: 0, .. }));
    let mut end = at + 1;
    if nodes.get(end).is_some_and(|n| n.has(Class::Unit)) {
        end += 1;
        while nodes.get(end).is_some_and(|n| n.has(Class::DurationLink) || n.is_sign(b"'")) {
            end += 1;
        }
    } else if nodes.get(end).is_some_and(|n| n.is_sign(b"%")) {
        end += 1;
    } else if nodes.get(end).is_some_and(|n| n.is_sign(b"/")) && nodes.get(end + 1).is_some_and(is_scale) {
        end += 2;
    }
    Some(end)
}

/// Whether `0 years` at a node speak of what follows: not where they are a note on the name before.
fn no_years_of(nodes: &[Node], at: usize) -> bool {
    let is_hit = |back: usize| at.checked_sub(back).is_some_and(|before| nodes[before].is_hit());
    let is_note = || is_hit(1) || (is_hit(2) && nodes[at - 1].is_sign(b"(:-[|"));
    nothing(nodes, at).is_some() && nodes.get(at + 1).is_some_and(|n| n.has(Class::Unit)) && !is_note()
}

/// `Non-Java engineer`
fn prefixed(nodes: &[Node], hit: usize) -> bool {
    let before = hit.checked_sub(1).map(|before| nodes[before]);
    before.is_some_and(|n| n.has(Class::NegationPrefix) && n.end == nodes[hit].start)
}

/// A rating has so many stars.
const STARS: std::ops::RangeInclusive<usize> = 3..=10;

/// Which names the crosses, empty boxes and rows of empty stars of a sentence speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    None,
    /// The sentence begins with a mark.
    Before,
    /// It begins with a name.
    Behind,
}

impl Marks {
    fn of(nodes: &[Node]) -> Self {
        let denies = |n: &Node| n.is_sign(&[DENIED]);
        if !nodes.iter().any(|n| denies(n) || n.is_sign(&[UNFILLED])) {
            return Self::None;
        }
        let is_mark = |n: &Node| n.is_sign(&[DENIED, UNFILLED, b'|']);
        let is_hit = |at: usize| nodes.get(at).is_some_and(Node::is_hit);
        let is_colon = |at: usize| nodes.get(at).is_some_and(|n| n.is_sign(b":"));
        let Some(first) = nodes.iter().position(|n| n.is_hit() || is_mark(n)) else { return Self::None };
        let ends_with_mark = nodes.last().is_some_and(is_mark);
        if is_hit(first) {
            // `Backend: ✓ Java ✗ PHP`: a label.
            let marks = nodes[first + 1..].iter().skip(1).take_while(|n| is_mark(n)).count();
            let next = first + 2 + marks;
            let labels = is_colon(first + 1) && marks > 0 && is_hit(next) && !is_colon(next + 1);
            return if labels { Self::Before } else { Self::Behind };
        }
        // `• Scala ☆☆☆☆☆`, `• Java ✗ PHP ✓`, `COBOL ✗ Java ✓` where COBOL is no name: the first sign is a bullet, or speaks
        // of a word.
        let bullet =
            nodes[first].is_sign(b"|") && is_hit(first + 1) && (ends_with_mark || !nodes.iter().any(denies));
        let of_word = denies(&nodes[first])
            && ends_with_mark
            && first.checked_sub(1).is_some_and(|before| matches!(nodes[before].kind, Kind::Word(..)));
        if bullet || of_word { Self::Behind } else { Self::Before }
    }

    /// Whether marks right behind a name deny it.
    fn speak_of(self, nodes: &[Node], hit: usize) -> bool {
        if self == Self::None {
            return false;
        }
        let Some(next) = nodes.get(hit + 1) else { return false };
        let in_a_cell = next.is_sign(b"|")
            && nodes.get(hit + 2).is_some_and(|n| n.is_sign(&[DENIED]))
            && nodes.get(hit + 3).is_none_or(|n| n.is_sign(b"|"));
        let at = hit + 1 + usize::from(next.is_sign(b":"));
        let marks = if nodes.get(at).is_some_and(|n| n.is_sign(&[DENIED])) {
            1
        } else {
            let row = nodes[at.min(nodes.len())..].iter().take(STARS.end() + 1);
            row.take_while(|n| n.is_sign(&[UNFILLED])).count()
        };
        let denied = marks == 1 && nodes[at].is_sign(&[DENIED]);
        let ends = || nodes.get(at + marks).is_none_or(|n| matches!(n.kind, Kind::Sign(_)));
        in_a_cell || ((denied || STARS.contains(&marks)) && (self == Self::Behind || ends()))
    }

    /// Whether the node is a mark, or the last of a row, that denies what follows.
    fn open(self, nodes: &[Node], at: usize) -> bool {
        let unfilled = |n: &Node| n.is_sign(&[UNFILLED]);
        if self == Self::None || !nodes[at].is_sign(&[DENIED, UNFILLED]) {
            return false;
        }
        let mut first = at;
        if unfilled(&nodes[at]) {
            let row = nodes[..=at].iter().rev().take(STARS.end() + 1).take_while(|n| unfilled(n)).count();
            first = at + 1 - row;
            // `●●●○○ Java`: a row that is filled in part denies nothing.
            let partly = first
                .checked_sub(1)
                .is_some_and(|before| nodes[before].is_sign(b"|") && nodes[before].end == nodes[first].start);
            let goes_on = nodes.get(at + 1).is_some_and(unfilled);
            if self == Self::Behind || goes_on || partly || !STARS.contains(&row) {
                return false;
            }
        }
        let Some(before) = first.checked_sub(1) else { return true };
        if self == Self::Behind && matches!(nodes[before].kind, Kind::Word(..)) {
            return false;
        }
        let name = before - usize::from(before > 0 && nodes[before].is_sign(b":"));
        !(nodes[name].is_hit() && self.speak_of(nodes, name))
    }
}

/// What words that are a denial or wish and nothing else say.
struct Said {
    denied: bool,
    wished: bool,
    /// Whether they say who, or name a verb of knowing or using.
    whole: bool,
}

/// What the words from a node to the next sign say; `None` where there are others among them.
fn said(nodes: &[Node], from: usize) -> Option<Said> {
    const ALLOWED: [Class; 7] = [
        Class::Answer,
        Class::Negation,
        Class::NegationAfter,
        Class::NegationLink,
        Class::Subject,
        Class::Wish,
        Class::WishAfter,
    ];
    let mut said = Said { denied: false, wished: false, whole: false };
    for (words, node) in nodes[from.min(nodes.len())..].iter().enumerate() {
        let ends = node.has(Class::ScopeEnd) && !node.has(Class::Subject);
        if ends || (matches!(node.kind, Kind::Sign(_)) && !node.is_sign(b"'/&+\"")) {
            break;
        }
        let allowed = ALLOWED.iter().any(|class| node.has(*class)) && !node.has(Class::NotNegation);
        if (!allowed && !node.is_sign(b"'")) || words >= ANSWER_WORDS_MAX {
            return None;
        }
        said.denied |= node.has(Class::Negation) || node.has(Class::NegationAfter);
        said.wished |= node.has(Class::Wish) || node.has(Class::WishAfter);
        said.whole |= [Class::Answer, Class::Subject, Class::Use].iter().any(|class| node.has(*class));
    }
    Some(said)
}

/// `Never touched it.`, `Jamais.`: whether these words, behind a question, deny what it asks for.
pub(super) fn answers_no(nodes: &[Node]) -> bool {
    let begins = nodes.first().is_some_and(|n| n.has(Class::Negation) || n.has(Class::NegationAfter));
    begins && said(nodes, 0).is_some_and(|said| said.denied)
}

/// `Docker habe ich nie benutzt`, `Mit Terraform habe ich noch nicht gearbeitet`, `Ansible würde ich gern lernen`: of the list
/// that the sentence, or a part of it behind a sign, begins with.
fn behind_lists(nodes: &[Node], chains: &[usize], stances: &mut [(Stance, StanceReason)]) {
    const LINKS_MAX: usize = 2;
    for (i, node) in nodes.iter().enumerate() {
        let Kind::Hit(last) = node.kind else { continue };
        // `PHP, je ne connais pas`
        let comma = nodes.get(i + 1).is_some_and(|n| n.is_sign(b","));
        let from = i + 1 + usize::from(comma);
        let begins = nodes.get(from).is_some_and(|n| {
            n.has(Class::Subject)
                || (!comma && [Class::Answer, Class::Negation, Class::Wish].iter().any(|class| n.has(*class)))
        });
        if !begins || stances[last].0 != Stance::Held {
            continue;
        }
        let Some(said) = said(nodes, from).filter(|said| said.whole && (said.denied || said.wished)) else {
            continue;
        };
        let of_list = |n: &Node| match n.kind {
            Kind::Hit(hit) => chains[hit] == chains[last],
            Kind::Sign(sign) => matches!(sign, b',' | b'/' | b'&' | b'+'),
            Kind::Word(classes, _) => classes.has(Class::Conjunction),
            Kind::Number(_) => false,
        };
        let before = nodes[..i].iter().rev().take_while(|n| of_list(n)).count();
        let list = &nodes[i - before..=i];
        let mut first = i - before + list.iter().take_while(|n| !n.is_hit()).count();
        let links = nodes[..first].iter().rev().take(LINKS_MAX);
        let links = links.take_while(|n| n.has(Class::NegationLink)).count();
        let begins = (first - links)
            .checked_sub(1)
            .is_none_or(|n| matches!(nodes[n].kind, Kind::Sign(_)) || nodes[n].has(Class::Conjunction));
        if !begins {
            // `Znam Java i Python, PHP nie znam`: of what stands behind the last comma.
            let Some(comma) = nodes[first..i].iter().rposition(|n| n.is_sign(b",")) else { continue };
            first += comma + 1;
        }
        let told = if said.denied { DENIED_BEHIND } else { (Stance::Wanted, StanceReason::WishAfter) };
        for n in &nodes[first..=i] {
            if let Kind::Hit(hit) = n.kind
                && stances[hit].0 == Stance::Held
            {
                stances[hit] = told;
            }
        }
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
