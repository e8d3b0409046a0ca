//! Circles and depth of a relation, without recursion: a hostile file may chain as many rows as it has.

use std::collections::{BTreeMap, BTreeSet};

/// What following a relation from row to row comes to.
pub(super) struct Walk<'a> {
    /// The nodes of each circle, in the order in which they follow each other; nodes on several stand in one.
    pub circles: Vec<Vec<&'a str>>,
    /// Steps of the longest way; 0 where there is a circle.
    pub depth: usize,
    /// Pairs that the relation makes when it is closed, counted up to a bound; 0 where there is a circle.
    pub pairs: usize,
}

/// Follows `edges`; counting stops beyond `pairs_max`.
pub(super) fn walk<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>, pairs_max: usize) -> Walk<'a> {
    let mut waiting: BTreeMap<&str, usize> = edges.iter().map(|(from, to)| (*from, to.len())).collect();
    let mut into: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
    for (from, to) in edges {
        for to in to {
            into.entry(to).or_default().push(from);
            waiting.entry(to).or_insert(0);
        }
    }
    // From the ends backwards: what is left over leads into a circle.
    let mut ready: Vec<&'a str> = edges
        .values()
        .flatten()
        .copied()
        .filter(|node| !edges.contains_key(node))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut order = Vec::new();
    while let Some(node) = ready.pop() {
        order.push(node);
        for from in into.get(node).into_iter().flatten() {
            if let Some(left) = waiting.get_mut(from) {
                *left -= 1;
                if *left == 0 {
                    ready.push(from);
                }
            }
        }
    }
    let done: BTreeSet<&str> = order.iter().copied().collect();
    let mut left: BTreeSet<&'a str> = edges.keys().copied().filter(|node| !done.contains(node)).collect();
    let mut circles = Vec::new();
    while let Some(first) = left.first().copied() {
        let mut way = vec![first];
        let mut place: BTreeMap<&str, usize> = BTreeMap::from([(first, 0)]);
        let mut at = first;
        let circle = loop {
            match edges.get(at).and_then(|to| to.iter().find(|to| left.contains(*to))) {
                None => break None,
                Some(next) => {
                    if let Some(begin) = place.insert(next, way.len()) {
                        break Some(way.split_off(begin));
                    }
                    way.push(next);
                    at = next;
                }
            }
        };
        match circle {
            Some(circle) => {
                circle.iter().for_each(|node| {
                    left.remove(node);
                });
                circles.push(circle);
            }
            // It leads into a circle that is named already.
            None => {
                left.remove(at);
            }
        }
    }
    let (depth, pairs) = if circles.is_empty() { depth_and_pairs(&order, edges, pairs_max) } else { (0, 0) };
    Walk { circles, depth, pairs }
}

/// `order` has every node behind all that it leads to.
fn depth_and_pairs<'a>(
    order: &[&'a str],
    edges: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    pairs_max: usize,
) -> (usize, usize) {
    let mut depths: BTreeMap<&str, usize> = BTreeMap::new();
    let mut closed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (mut deepest, mut pairs) = (0, 0);
    for node in order {
        let next = edges.get(node);
        let depth =
            next.into_iter().flatten().map(|to| depths.get(to).map_or(1, |d| d + 1)).max().unwrap_or(0);
        depths.insert(node, depth);
        deepest = deepest.max(depth);
        if pairs > pairs_max {
            continue;
        }
        let mut all = BTreeSet::new();
        for to in next.into_iter().flatten() {
            all.insert(*to);
            all.extend(closed.get(to).into_iter().flatten());
        }
        pairs += all.len();
        closed.insert(node, all);
    }
    (deepest, pairs)
}
