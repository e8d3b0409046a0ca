//! Years and dates that stand in a sentence, and which names they speak of.
//!
//! - In brackets, after a colon or a dash, or right behind a name, they speak of that name: "Django (4 yrs)".
//! - Before a name, with words of the class `duration-link` between, they speak of the list that the name begins, up to
//!   the next years: "5 years of Java and 2 of Python", "over 10 years of experience in Java, Spring and Oracle".
//! - Behind "for" they speak of the list before it: "used Java and Spring for 5 years".
//! - With no name in reach they speak of none: "10 years of experience".

use std::ops::Range;

use crate::LastUsed;
use crate::mention::cues::Class;
use crate::mention::dates::{Period, Written, YearMonth, is_year};
use crate::mention::found::{Basis, Known};
use crate::mention::sentence::{Kind, Node, Number};

/// Nodes between years and what they are of, at most.
const REACH_NODES_MAX: usize = 9;

/// What numbers say of one hit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Tenths of years, stated.
    pub years: Option<u16>,
    pub last_used: Option<Known<LastUsed>>,
    pub period: Option<Period>,
}

/// Reads a sentence's numbers. The result has an entry for every hit.
pub(super) fn figures(bytes: &[u8], nodes: &[Node], chains: &[usize], as_of: YearMonth) -> Vec<Figures> {
    let mut figures = vec![Figures::default(); chains.len()];
    if !nodes.iter().any(|node| matches!(node.kind, Kind::Number(_)) || node.has(Class::Number)) {
        return figures;
    }
    let durations = durations(bytes, nodes);
    let ranges: Vec<(Range<usize>, Period)> = date_ranges(bytes, nodes, as_of)
        .into_iter()
        .filter_map(|(range, period)| Some((range, period?)))
        .collect();
    let stops: Vec<usize> =
        durations.iter().map(|d| d.nodes.start).chain(ranges.iter().map(|r| r.0.start)).collect();
    for duration in &durations {
        for hit in attached(nodes, chains, &duration.nodes, &stops) {
            figures[hit].years = figures[hit].years.max(Some(duration.tenths));
        }
    }
    for (range, period) in &ranges {
        let mut beside = attached(nodes, chains, range, &stops);
        if beside.is_empty() && chains.last() == Some(&0) {
            // "Since March 2019 I work with Django": the sentence speaks of one list.
            beside = (0..chains.len()).collect();
        }
        for hit in beside {
            figures[hit].period = Some(*period);
        }
    }
    for (i, node) in nodes.iter().enumerate().filter(|(_, node)| node.has(Class::LastUsed)) {
        let Some(last) = nodes.get(i + 1).and_then(year_of).filter(|year| *year <= as_of.year()) else {
            continue;
        };
        let before = nodes[..i].iter().rev().take(REACH_NODES_MAX).find_map(|n| match n.kind {
            Kind::Hit(hit) => Some(hit),
            _ => None,
        });
        if node.end > node.start
            && let Some(hit) = before
        {
            figures[hit].last_used = Some(Known { value: LastUsed::Year(last), basis: Basis::Stated });
        }
    }
    figures
}

struct Duration {
    nodes: Range<usize>,
    tenths: u16,
}

/// `5 years`, `5+ yrs`, `3-5 years`, `three years`, `18 months`; and `2` beside one of them: `5 years of Java and 2 of
/// Python`, `Java (5), Python (2 yrs)`.
fn durations(bytes: &[u8], nodes: &[Node]) -> Vec<Duration> {
    let mut durations = Vec::new();
    let mut in_full = Vec::new();
    for start in 0..nodes.len() {
        let Some(number) = tenths_of(&nodes[start]) else { continue };
        if is_version_before_years(nodes, start) {
            continue;
        }
        let mut end = start + 1;
        // Upper bounds say nothing that is known: the lower one is.
        if nodes.get(end).is_some_and(|n| n.is_sign(b"+-") || n.has(Class::Until)) {
            end += 1;
            if nodes.get(end).is_some_and(|n| tenths_of(n).is_some()) {
                end += 1;
                end += usize::from(nodes.get(end).is_some_and(|n| n.is_sign(b"+")));
            }
        }
        let Some(Kind::Word(classes, months)) = nodes.get(end).map(|n| n.kind) else { continue };
        if !classes.has(Class::Unit)
            || in_full.last().is_some_and(|last: &Range<usize>| last.contains(&start))
        {
            continue;
        }
        let tenths = if months >= 12 { number } else { (number + 6) / 12 };
        let range = start..end + 1;
        in_full.push(range.clone());
        let Some(tenths) = u16::try_from(tenths).ok().filter(|t| (1..=999).contains(t)) else { continue };
        if !of_an_age(bytes, nodes.get(end + 1)) {
            durations.push(Duration { nodes: range, tenths });
        }
    }
    if durations.is_empty() {
        return durations;
    }
    for at in 0..nodes.len() {
        let Kind::Number(Number { whole: 1..=40, fraction_digits: 0, .. }) = nodes[at].kind else { continue };
        if in_full.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let near = |step: isize| at.checked_add_signed(step).and_then(|i| nodes.get(i));
        let in_brackets = near(-1).is_some_and(|n| n.is_sign(b"("))
            && near(1).is_some_and(|n| n.is_sign(b")"))
            && near(-2).is_some_and(Node::is_hit);
        let of = near(1).is_some_and(|n| n.has(Class::DurationLink) && n.end - n.start <= 4)
            && near(-1).is_some_and(|n| n.has(Class::Conjunction) || n.is_sign(b","))
            && near(2).is_some_and(Node::is_hit);
        let behind = near(-1).is_some_and(|n| n.has(Class::AtLeast))
            && near(-2).is_some_and(Node::is_hit)
            && near(1).is_none_or(|n| matches!(n.kind, Kind::Sign(_)));
        if (in_brackets || of || behind)
            && let Some(tenths) = tenths_of(&nodes[at]).and_then(|t| u16::try_from(t).ok())
        {
            durations.push(Duration { nodes: at..at + 1, tenths });
        }
    }
    durations
}

/// `Java 8 - 5 years`: the first number is the name's version. The greater number behind it makes a range (`Java 5 - 7
/// years`).
fn is_version_before_years(nodes: &[Node], at: usize) -> bool {
    let behind_name = at.checked_sub(1).is_some_and(|before| nodes[before].is_hit());
    let (Some(dash), Some(next)) = (nodes.get(at + 1), nodes.get(at + 2)) else { return false };
    let apart = dash.start > nodes[at].end && next.start > dash.end;
    let (Kind::Number(first), Kind::Number(second)) = (nodes[at].kind, next.kind) else { return false };
    behind_name && apart && dash.is_sign(b"-") && first.whole > second.whole
}

/// `5 years ago`, `25 years old`
fn of_an_age(bytes: &[u8], next: Option<&Node>) -> bool {
    const AGES: [&[u8]; 7] = [b"Ago", b"Old", b"Alt", b"Warranty", b"Younger", b"Later", b"Earlier"];
    next.is_some_and(|next| AGES.contains(&&bytes[next.start..next.end]))
}

/// A number in figures or as a word, in tenths.
fn tenths_of(node: &Node) -> Option<u32> {
    match node.kind {
        Kind::Number(n) if n.whole < 1_000 && n.fraction_digits <= 2 => {
            let hundredths = if n.fraction_digits == 1 { n.fraction * 10 } else { n.fraction };
            Some(n.whole * 10 + (hundredths + 5) / 10)
        }
        Kind::Word(classes, value) if classes.has(Class::Number) => Some(u32::from(value) * 10),
        _ => None,
    }
}

/// The hits that figures at these nodes speak of.
fn attached(nodes: &[Node], chains: &[usize], figures: &Range<usize>, stops: &[usize]) -> Vec<usize> {
    let forward = forward(nodes, chains, figures.end, stops);
    let (backward, how) = backward(nodes, chains, figures.start, stops);
    match how {
        Beside::Note if !backward.is_empty() => backward,
        _ if !forward.0.is_empty()
            && (forward.1 == Beside::Linked || how == Beside::Comma || backward.is_empty()) =>
        {
            forward.0
        }
        Beside::Direct if !forward.0.is_empty() => {
            // `Java 5 years Python 3 years`, `5 years Java 3 years Python`: what the sentence begins with decides.
            let first_hit = nodes.iter().position(Node::is_hit);
            let first_stop = stops.iter().min().copied();
            if first_hit < first_stop { backward } else { forward.0 }
        }
        _ if backward.is_empty() => forward.0,
        _ => backward,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// In brackets, after a colon or a dash.
    Note,
    /// With nothing between.
    Direct,
    /// Behind a comma.
    Comma,
    /// With words between that link.
    Linked,
    Nothing,
}

fn forward(nodes: &[Node], chains: &[usize], from: usize, stops: &[usize]) -> (Vec<usize>, Beside) {
    let mut how = Beside::Direct;
    for (i, node) in nodes.iter().enumerate().skip(from).take(REACH_NODES_MAX) {
        match node.kind {
            Kind::Hit(hit) => {
                let stop = stops.iter().copied().filter(|stop| *stop > i).min().unwrap_or(nodes.len());
                let in_reach = |at: usize| match nodes[at].kind {
                    Kind::Hit(other) if chains[other] == chains[hit] => Some(other),
                    _ => None,
                };
                return ((i..stop).filter_map(in_reach).collect(), how);
            }
            Kind::Word(classes, _)
                if [Class::DurationLink, Class::Listing, Class::CueBefore, Class::AtLeast, Class::Use]
                    .iter()
                    .any(|class| classes.has(*class))
                    && !classes.has(Class::ScopeEnd) =>
            {
                how = Beside::Linked;
            }
            Kind::Sign(b'\'' | b'+') => {}
            Kind::Sign(b':' | b'(') if i == from => how = Beside::Linked,
            _ => break,
        }
    }
    (Vec::new(), Beside::Nothing)
}

fn backward(nodes: &[Node], chains: &[usize], before: usize, stops: &[usize]) -> (Vec<usize>, Beside) {
    let mut at = before;
    let mut how = Beside::Direct;
    let mut others = 0;
    while let Some(i) = at.checked_sub(1).filter(|i| before - i <= REACH_NODES_MAX) {
        at = i;
        let node = &nodes[i];
        match node.kind {
            Kind::Hit(hit) if how == Beside::Linked => {
                let stop = stops.iter().copied().filter(|stop| *stop < i).max().unwrap_or(0);
                let in_list = |at: usize| match nodes[at].kind {
                    Kind::Hit(other) if chains[other] == chains[hit] => Some(other),
                    _ => None,
                };
                return ((stop..=i).filter_map(in_list).collect(), how);
            }
            Kind::Hit(hit) => return (vec![hit], how),
            Kind::Sign(b'(' | b':' | b'-' | b'[') if how == Beside::Direct => how = Beside::Note,
            Kind::Sign(b',') if how == Beside::Direct && i + 1 == before => {
                // `Java, 5 years`: of Java, where nothing behind claims them.
                how = Beside::Comma;
            }
            Kind::Word(classes, _) if classes.has(Class::AtLeast) || classes.has(Class::Since) => {
                if how == Beside::Direct {
                    how = Beside::Linked;
                }
            }
            Kind::Word(classes, _)
                if how == Beside::Linked
                    && others < 4
                    && !classes.has(Class::ScopeEnd)
                    && !classes.has(Class::Unit) =>
            {
                others += 1;
            }
            Kind::Number(_) if i + 1 < before => {}
            _ => break,
        }
    }
    (Vec::new(), Beside::Nothing)
}

/// The year that a node is.
fn year_of(node: &Node) -> Option<u16> {
    match node.kind {
        Kind::Number(Number { whole, whole_digits: 4, fraction_digits: 0, .. }) if is_year(whole) => {
            u16::try_from(whole).ok()
        }
        _ => None,
    }
}

/// All times in a sentence or line: `2018 - 2021`, `Jan 2019 – present`, `03/2017 bis heute`, `since 2019`. `None` for one
/// that says nothing: reversed, or in the future.
pub(super) fn date_ranges(
    bytes: &[u8],
    nodes: &[Node],
    as_of: YearMonth,
) -> Vec<(Range<usize>, Option<Period>)> {
    let dates = Dates { bytes, nodes, order: Order::of(nodes) };
    let mut ranges = Vec::new();
    let mut at = 0;
    // `2013-12-01/2014-12-01`
    let is_interval = |at: usize, slash: usize| {
        let year = |at: usize| nodes.get(at).and_then(year_of).is_some();
        nodes.get(at + 1).is_some_and(|n| n.is_sign(b"-"))
            && slash > at + 1
            && nodes.get(slash).is_some_and(|n| n.is_sign(b"/"))
            && is_tight(nodes, slash)
            && is_tight(nodes, slash + 1)
            && year(at)
            && year(slash + 1)
    };
    while at < nodes.len() {
        let since = nodes[at].has(Class::Since);
        let Some((from, mut end)) =
            dates.at(at + usize::from(since)).filter(|(from, _)| *from != Written::Present)
        else {
            at += 1;
            continue;
        };
        let mut joined = false;
        let mut next = end;
        while nodes.get(next).is_some_and(|n| n.is_sign(b"-") || n.has(Class::Until)) && next < end + 2 {
            joined = true;
            next += 1;
        }
        if !joined && is_interval(at, end) {
            joined = true;
            next += 1;
        }
        let to = if joined { dates.at(next) } else { None };
        let to = match to {
            Some((to, after)) => {
                end = after;
                Some(to)
            }
            None if since => Some(Written::Present),
            None => None,
        };
        if let Some(to) = to {
            ranges.push((at..end, Period::between(from, to, as_of)));
        }
        at = end.max(at + 1);
    }
    ranges
}

/// Which part of `02/13/2017` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// What the first date says of which one part can be no month; `None` where there is none.
    fn of(nodes: &[Node]) -> Option<Self> {
        (0..nodes.len()).filter_map(|at| three_parts(nodes, at)).find_map(|(first, second, _)| {
            match (first > 12, second > 12) {
                (true, false) => Some(Self::DayFirst),
                (false, true) => Some(Self::MonthFirst),
                _ => None,
            }
        })
    }
}

/// `01/03/2017` and `01-03-2017` in their parts.
fn three_parts(nodes: &[Node], at: usize) -> Option<(u32, u32, u16)> {
    let first = short_number(nodes.get(at)?)?;
    let sign = nodes.get(at + 1).filter(|sign| sign.is_sign(b"/-"))?;
    let second = part_behind(nodes, at + 1, b"/-")?;
    let same = nodes.get(at + 3).is_some_and(|other| other.kind == sign.kind);
    let year = nodes.get(at + 4).and_then(year_of)?;
    (same && is_tight(nodes, at + 3) && is_tight(nodes, at + 4)).then_some((first, second, year))
}

/// A number of one or two digits.
fn short_number(node: &Node) -> Option<u32> {
    match node.kind {
        Kind::Number(n) if n.whole_digits <= 2 && n.fraction_digits == 0 => Some(n.whole),
        _ => None,
    }
}

/// The short number behind a sign at a node, where nothing stands between, as in `-03` of `2017-03`.
fn part_behind(nodes: &[Node], at: usize, signs: &[u8]) -> Option<u32> {
    let joined = nodes.get(at)?.is_sign(signs) && is_tight(nodes, at) && is_tight(nodes, at + 1);
    nodes.get(at + 1).filter(|_| joined).and_then(short_number)
}

/// Whether no blank stands before a node.
fn is_tight(nodes: &[Node], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| nodes.get(before));
    before.zip(nodes.get(at)).is_some_and(|(before, node)| before.end == node.start)
}

/// Whether a number may be the day of a month.
fn is_day(number: u32) -> bool {
    (1..=31).contains(&number)
}

fn month_of(month: u32, year: u16) -> Option<Written> {
    Some(Written::Month(YearMonth::new(year, u8::try_from(month).ok()?)?))
}

/// The dates of a sentence or line.
struct Dates<'a> {
    bytes: &'a [u8],
    nodes: &'a [Node],
    order: Option<Order>,
}

impl Dates<'_> {
    /// A date at a node, and the node behind it. Days are read and left out.
    fn at(&self, at: usize) -> Option<(Written, usize)> {
        let nodes = self.nodes;
        let at = self.month_behind_day(at).unwrap_or(at);
        let node = nodes.get(at)?;
        match node.kind {
            Kind::Word(classes, _) if classes.has(Class::Present) => Some((Written::Present, at + 1)),
            Kind::Word(classes, month) if classes.has(Class::Month) => {
                let (year, end) = self.year_of_month(at + 1)?;
                Some((month_of(u32::from(month), year)?, end))
            }
            // 03.2017
            Kind::Number(n) if n.whole_digits <= 2 && n.fraction_digits == 4 && is_year(n.fraction) => {
                Some((month_of(n.whole, u16::try_from(n.fraction).ok()?)?, at + 1))
            }
            // 2017.03, 2017.03.01
            Kind::Number(n) if n.whole_digits == 4 && n.fraction_digits == 2 && is_year(n.whole) => {
                let day = part_behind(nodes, at + 1, b".").is_some_and(is_day);
                let end = at + 1 + 2 * usize::from(day);
                Some((month_of(n.fraction, u16::try_from(n.whole).ok()?)?, end))
            }
            // 01.03.17
            Kind::Number(n) if self.short_year(at).is_some() && is_day(n.whole) => {
                Some((month_of(n.fraction, self.short_year(at)?)?, at + 3))
            }
            // 01.03.2017, 1.3.2017
            Kind::Number(n)
                if n.whole_digits <= 2
                    && matches!(n.fraction_digits, 1 | 2)
                    && nodes.get(at + 1)?.is_sign(b".")
                    && (n.fraction_digits == 2 || (is_tight(nodes, at + 1) && is_tight(nodes, at + 2))) =>
            {
                Some((month_of(n.fraction, year_of(nodes.get(at + 2)?)?)?, at + 3))
            }
            Kind::Number(n) if n.whole_digits <= 2 && n.fraction_digits == 0 => {
                // 13/03/2017, 03/13/2017
                if let Some((first, second, year)) = three_parts(nodes, at) {
                    // Where neither is known to be the month, the year is known.
                    let Some(order) = self.order else { return Some((Written::Year(year), at + 5)) };
                    let month = if order == Order::DayFirst { second } else { first };
                    return Some((month_of(month, year)?, at + 5));
                }
                // 03/2017
                let joined = nodes.get(at + 1)?.is_sign(b"/-.");
                joined.then_some(())?;
                Some((month_of(n.whole, year_of(nodes.get(at + 2)?)?)?, at + 3))
            }
            // 2017-03, 2017/03, 2017-03-01; or the year alone
            Kind::Number(_) => {
                let year = year_of(node)?;
                if let Some(month) = part_behind(nodes, at + 1, b"-/.") {
                    let day = part_behind(nodes, at + 3, b"-/.").is_some_and(is_day);
                    let two_digits = nodes[at + 2].end - nodes[at + 2].start == 2;
                    if let Some(written) = month_of(month, year).filter(|_| two_digits || day) {
                        return Some((written, at + 3 + 2 * usize::from(day)));
                    }
                }
                Some((Written::Year(year), at + 1))
            }
            _ => None,
        }
    }

    /// The year of `01.03.17`; of `1.3.17` none, which may be a version.
    fn short_year(&self, at: usize) -> Option<u16> {
        /// Greater ones are of the last century.
        const THIS_CENTURY_MAX: u32 = 49;
        let Kind::Number(Number { whole_digits: 2, fraction_digits: 2, .. }) = self.nodes.get(at)?.kind
        else {
            return None;
        };
        let year = part_behind(self.nodes, at + 1, b".")?;
        let node = self.nodes.get(at + 2)?;
        let ends = self.nodes.get(at + 3).is_none_or(|n| !n.is_sign(b".") || n.start > node.end);
        let century = if year <= THIS_CENTURY_MAX { 2000 } else { 1900 };
        (node.end - node.start == 2 && ends).then_some(())?;
        u16::try_from(century + year).ok()
    }

    /// The month behind a day: `1 Feb 2013`, `1. Februar 2013`, `1er février 2013`, `1 de febrero de 2013`.
    fn month_behind_day(&self, at: usize) -> Option<usize> {
        if !self.is_day(at) {
            return None;
        }
        let sign = self.nodes.get(at + 1).is_some_and(|n| n.is_sign(b".-/"));
        let month = self.behind_link(at + 1 + usize::from(sign));
        self.nodes.get(month)?.has(Class::Month).then_some(month)
    }

    /// The year behind a month, and the node behind it: `Feb 2013`, `Feb. 2013`, `febrero de 2013`, `Feb 1, 2013`.
    fn year_of_month(&self, at: usize) -> Option<(u16, usize)> {
        const SIGNS_MAX: usize = 2;
        let nodes = self.nodes;
        let signs = nodes.iter().skip(at).take(SIGNS_MAX).take_while(|n| n.is_sign(b".,/-")).count();
        let year = self.behind_link(at + signs);
        if let Some(found) = nodes.get(year).and_then(year_of) {
            return Some((found, year + 1));
        }
        if let Kind::Number(n) = nodes.get(year)?.kind
            && n.fraction_digits == 4
            && is_day(n.whole)
            && is_year(n.fraction)
        {
            // `Feb 1,2013`
            return Some((u16::try_from(n.fraction).ok()?, year + 1));
        }
        if !self.is_day(year) {
            return None;
        }
        let sign = nodes.get(year + 1).is_some_and(|n| n.is_sign(b".,-/"));
        let behind = self.behind_link(year + 1 + usize::from(sign));
        Some((nodes.get(behind).and_then(year_of)?, behind + 1))
    }

    /// The node itself, or the one behind a word that joins day, month and year.
    fn behind_link(&self, at: usize) -> usize {
        let joins = |n: &Node| matches!(&self.bytes[n.start..n.end], b"De" | b"Del" | b"Of");
        at + usize::from(self.nodes.get(at).is_some_and(joins))
    }

    /// `1`, `31`, `1st`, `1er`
    fn is_day(&self, at: usize) -> bool {
        const ORDINALS: [&[u8]; 7] = [b"st", b"nd", b"rd", b"th", b"er", b"e", b"o"];
        let Some(node) = self.nodes.get(at) else { return false };
        if !matches!(node.kind, Kind::Word(..)) {
            return short_number(node).is_some_and(is_day);
        }
        let written = &self.bytes[node.start..node.end];
        let figures = written.iter().take_while(|b| b.is_ascii_digit()).count();
        matches!(figures, 1 | 2) && ORDINALS.contains(&&written[figures..])
    }
}
