//! Executing a query: whom it finds, as sets of bits over the evidence columns.
//!
//! What is scored of people stands in the evidence columns, ordered so that those of one place stand together; there a
//! skill is a list of its holders in each block, grouped by what their evidence is worth, and a country is a stretch.
//! Everything else is looked up in the index, which answers with candidate numbers. Both become bits of one set, and a
//! query is made of those sets, part by part: once a clause has left nobody in a part of the pool, no other clause
//! looks there. The plain definition stands in the tests (`tests/twin.rs`), which hold all ways equal.
//!
//! `bits` (sets), `aside` (who stands in no block), `leaf` (what a single clause finds), [`facets`] (what those who are found have in common), [`clauses`]
//! (a query taken apart), [`mod@snippet`] (its words in somebody's texts).

mod aside;
mod bits;
pub mod clauses;
pub mod facets;
mod leaf;
pub mod snippet;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use stackscout_evidence::{Columns, EvidenceSet};
use stackscout_profile::CandidateNumber;

use crate::query::Node;
use crate::{Index, IndexError, IndexState, OpenIndex, Query, Searcher};
use aside::Aside;
use bits::Scope;

/// An index and the evidence columns of the same commit, ready to be searched, as often as wanted.
#[derive(Debug)]
pub struct Finder {
    index: PathBuf,
    /// What index and columns cover.
    state: IndexState,
    /// Opened, and compared with its checksums, when first asked: many queries are answered by the columns alone.
    searcher: OnceLock<Searcher>,
    evidence: EvidenceSet,
    /// For each file of columns, made when first asked for.
    positions: Vec<OnceLock<Positions>>,
    aside: Vec<OnceLock<Aside>>,
    counts: OnceLock<Vec<u64>>,
}

/// Whom a query finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matches {
    /// For each file of columns, a bit a person.
    files: Vec<Vec<u64>>,
    total: u64,
}

impl Matches {
    /// How many people there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The people of one file of columns, a bit for each place in it.
    #[must_use]
    pub fn of_file(&self, file: usize) -> &[u64] {
        &self.files[file]
    }

    /// Everybody, as the number of a file of columns and the place in it, in that order.
    pub fn people(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.files.iter().enumerate().flat_map(|(file, bits)| bits::places(bits).map(move |at| (file, at)))
    }

    /// Whether a person of a file is among them.
    #[must_use]
    pub fn has(&self, file: usize, person: usize) -> bool {
        bits::holds(&self.files[file], person)
    }

    /// Those who are not among others, found in the same columns.
    pub fn people_outside<'a>(&'a self, others: &'a Matches) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.people().filter(|(file, person)| !others.has(*file, *person))
    }
}

/// Where each candidate number stands in a file of columns.
#[derive(Debug)]
enum Positions {
    /// By number; `u32::MAX` where there is nobody.
    Table(Vec<u32>),
    /// Numbers far apart, ascending, each with its place.
    Sorted(Vec<(u32, u32)>),
}

impl Positions {
    fn new(numbers: &[u32]) -> Self {
        /// Gaps between numbers cost memory; beyond this many they are searched for instead.
        const GAPS_MAX: usize = 3;
        let short = |n: usize| u32::try_from(n).expect("people are numbered in 32 bits");
        let end = numbers.iter().max().map_or(0, |max| *max as usize + 1);
        if end <= (GAPS_MAX + 1) * numbers.len() {
            let mut table = vec![u32::MAX; end];
            for (place, number) in numbers.iter().enumerate() {
                table[*number as usize] = short(place);
            }
            return Self::Table(table);
        }
        let places = numbers.iter().enumerate().map(|(place, number)| (*number, short(place)));
        let mut sorted: Vec<(u32, u32)> = places.collect();
        sorted.sort_unstable();
        Self::Sorted(sorted)
    }

    fn of(&self, number: CandidateNumber) -> Option<usize> {
        match self {
            Self::Table(table) => {
                table.get(number.0 as usize).filter(|place| **place != u32::MAX).map(|place| *place as usize)
            }
            Self::Sorted(sorted) => {
                let at = sorted.binary_search_by_key(&number.0, |(number, _)| *number).ok()?;
                Some(sorted[at].1 as usize)
            }
        }
    }
}

impl Finder {
    /// Takes the folder of an index, what its last commit covers, and the columns of that commit.
    #[must_use]
    pub fn new(index: &Path, state: IndexState, evidence: EvidenceSet) -> Self {
        let positions = evidence.segments().iter().map(|_| OnceLock::new()).collect();
        let aside = evidence.segments().iter().map(|_| OnceLock::new()).collect();
        let index = index.to_owned();
        Self { index, state, searcher: OnceLock::new(), evidence, positions, aside, counts: OnceLock::new() }
    }

    /// Takes an index that is open already.
    #[must_use]
    pub fn with_searcher(self, searcher: Searcher) -> Self {
        Self { searcher: OnceLock::from(searcher), ..self }
    }

    /// What index and columns cover.
    #[must_use]
    pub fn state(&self) -> &IndexState {
        &self.state
    }

    /// The columns.
    #[must_use]
    pub fn evidence(&self) -> &EvidenceSet {
        &self.evidence
    }

    /// The index, opened now where nothing has asked for it before.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] where it cannot be trusted, [`IndexError::Replaced`] where it covers something else by
    /// now: the answer is to be had from a new finder.
    pub fn searcher(&self) -> Result<&Searcher, IndexError> {
        if let Some(searcher) = self.searcher.get() {
            return Ok(searcher);
        }
        let path = || self.index.clone();
        match Index::open(&self.index)? {
            OpenIndex::Ready(index) if *index.state() == self.state => {
                Ok(self.searcher.get_or_init(|| index.searcher()))
            }
            OpenIndex::Damaged { reason } => Err(IndexError::Damaged { path: path(), reason }),
            _ => Err(IndexError::Replaced { path: path() }),
        }
    }

    /// How many people hold each skill, by its number; counted once.
    #[must_use]
    pub fn held_by(&self) -> &[u64] {
        self.everybody()
    }

    /// Whom a query finds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn find(&self, query: &Query) -> Result<Matches, IndexError> {
        self.find_node(query.root())
    }

    /// Whom a query finds, as candidate numbers in ascending order.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn numbers(&self, query: &Query) -> Result<Vec<CandidateNumber>, IndexError> {
        let matches = self.find(query)?;
        let number = |(file, at): (usize, usize)| self.evidence.segments()[file].columns.numbers()[at];
        let mut numbers: Vec<CandidateNumber> =
            matches.people().map(|person| CandidateNumber(number(person))).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn find_node(&self, root: &Node) -> Result<Matches, IndexError> {
        let mut files = Vec::with_capacity(self.evidence.segments().len());
        for (file, segment) in self.evidence.segments().iter().enumerate() {
            let people = segment.columns.people();
            let run = Run { finder: self, file, columns: &segment.columns, words: people.div_ceil(64) };
            let scope = Scope::all(people);
            let mut found = run.node(root, &scope)?;
            if let Some(last) = found.last_mut()
                && people % 64 != 0
            {
                *last &= u64::MAX >> (64 - people % 64);
            }
            for (word, hidden) in found.iter_mut().zip(segment.hidden().unwrap_or_default()) {
                *word &= !hidden;
            }
            files.push(found);
        }
        let total = files.iter().map(|file| bits::count(file)).sum();
        Ok(Matches { files, total })
    }

    fn aside(&self, file: usize) -> &Aside {
        self.aside[file].get_or_init(|| Aside::new(&self.evidence.segments()[file].columns))
    }

    fn position(&self, file: usize, number: CandidateNumber) -> Option<usize> {
        let numbers = || Positions::new(self.evidence.segments()[file].columns.numbers());
        self.positions[file].get_or_init(numbers).of(number)
    }
}

/// One file of columns, while a query runs over it. Sets may hold anybody outside of their scope, hidden people, and
/// bits behind the last person.
struct Run<'a> {
    finder: &'a Finder,
    file: usize,
    columns: &'a Columns,
    words: usize,
}

impl Run<'_> {
    fn node(&self, node: &Node, scope: &Scope) -> Result<Vec<u64>, IndexError> {
        match node {
            Node::All => {
                let mut all = vec![0; self.words];
                scope.spans(self.words).for_each(|span| all[span].fill(u64::MAX));
                Ok(all)
            }
            Node::And(parts) => self.and(parts, scope),
            Node::Or(parts) => {
                let mut any = vec![0; self.words];
                for part in parts {
                    let found = self.node(part, scope)?;
                    for span in scope.spans(self.words) {
                        any[span.clone()].iter_mut().zip(&found[span]).for_each(|(any, found)| *any |= found);
                    }
                }
                Ok(any)
            }
            Node::Not(part) => {
                let mut found = self.node(part, scope)?;
                for span in scope.spans(self.words) {
                    found[span].iter_mut().for_each(|word| *word = !*word);
                }
                Ok(found)
            }
            Node::Leaf(leaf) => self.leaf(leaf, scope),
        }
    }

    /// The clauses that are cheap to look up come first, and say where the others need to look.
    fn and(&self, parts: &[Node], scope: &Scope) -> Result<Vec<u64>, IndexError> {
        let mut order: Vec<&Node> = parts.iter().collect();
        order.sort_by_cached_key(|part| self.cost(part));
        let mut scope = scope.clone();
        let mut all: Option<Vec<u64>> = None;
        for part in order {
            let (part, is_not) = match part {
                Node::Not(inner) if all.is_some() => (&**inner, true),
                part => (part, false),
            };
            let found = self.node(part, &scope)?;
            let kept = match all.take() {
                None => found,
                Some(mut all) => {
                    let turn = if is_not { u64::MAX } else { 0 };
                    for span in scope.spans(self.words) {
                        let both = all[span.clone()].iter_mut().zip(&found[span]);
                        both.for_each(|(all, found)| *all &= found ^ turn);
                    }
                    all
                }
            };
            if !scope.shrink(&kept) {
                return Ok(vec![0; self.words]);
            }
            all = Some(kept);
        }
        let mut all = all.unwrap_or_default();
        all.resize(self.words, 0);
        // Whatever stands outside of the last scope was ruled out.
        let mut kept = vec![0; self.words];
        for span in scope.spans(self.words) {
            kept[span.clone()].copy_from_slice(&all[span]);
        }
        Ok(kept)
    }

    /// About how many steps it takes to look a part up.
    fn cost(&self, node: &Node) -> usize {
        match node {
            Node::All => 0,
            Node::And(parts) => parts.iter().map(|part| self.cost(part)).min().unwrap_or(0),
            Node::Or(parts) => parts.iter().map(|part| self.cost(part)).sum(),
            Node::Not(part) => self.cost(part).saturating_add(1),
            Node::Leaf(leaf) => self.leaf_cost(leaf),
        }
    }
}
