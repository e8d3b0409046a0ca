//! Executing a query: whom it finds, as sets of bits over the evidence columns.
//!
//! What is scored of people stands in the evidence columns, ordered so that those of one place stand together; there a
//! skill is a list of its holders in each block, grouped by what their evidence is worth, and a country is a stretch.
//! Everything else is looked up in the index, which answers with candidate numbers. Both become bits of one set, and a
//! query is made of those sets, part by part: once a clause has left nobody in a part of the pool, no other clause
//! looks there. The plain definition stands in the tests (`tests/twin.rs`), which hold all ways equal.
//!
//! `bits` (sets), `aside` (who stands in no block), `leaf` (what a single clause finds), [`facets`] (what those who are
//! found have in common), `frequent` (counting skills of many), [`clauses`] (a query taken apart), [`mod@snippet`] (its
//! words in somebody's texts).

mod aside;
mod bits;
pub mod clauses;
pub mod facets;
mod frequent;
mod leaf;
pub mod snippet;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use stackscout_evidence::{LazyColumns, LazySet};
use stackscout_profile::CandidateNumber;

use crate::query::Node;
use crate::{Index, IndexError, IndexState, OpenIndex, Query, Searcher};
use aside::Aside;
use bits::Scope;
use frequent::Frequent;

/// An index and the evidence columns of the same commit, ready to be searched, as often as wanted.
#[derive(Debug)]
pub struct Finder {
    index: PathBuf,
    /// What index and columns cover.
    state: IndexState,
    /// Opened when first asked: many queries are answered by the columns alone.
    searcher: OnceLock<Searcher>,
    evidence: LazySet,
    /// For each file of columns, made when first asked for.
    positions: Vec<OnceLock<Positions>>,
    aside: Vec<OnceLock<Aside>>,
    without_skills: Vec<OnceLock<Vec<u64>>>,
    frequent: Vec<OnceLock<Frequent>>,
    /// Whether the skills of many people of a file were counted before.
    counted_many: Vec<AtomicBool>,
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

    #[inline]
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
    pub fn new(index: &Path, state: IndexState, evidence: impl Into<LazySet>) -> Self {
        let evidence = evidence.into();
        let positions = evidence.columns().map(|_| OnceLock::new()).collect();
        let aside = evidence.columns().map(|_| OnceLock::new()).collect();
        let without_skills = evidence.columns().map(|_| OnceLock::new()).collect();
        let frequent = evidence.columns().map(|_| OnceLock::new()).collect();
        let counted_many = evidence.columns().map(|_| AtomicBool::new(false)).collect();
        Self {
            index: index.to_owned(),
            state,
            searcher: OnceLock::new(),
            evidence,
            positions,
            aside,
            without_skills,
            frequent,
            counted_many,
            counts: OnceLock::new(),
        }
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
    pub fn evidence(&self) -> &LazySet {
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
        match Index::open_unread(&self.index)? {
            OpenIndex::Ready(index) if *index.state() == self.state => {
                Ok(self.searcher.get_or_init(|| index.searcher()))
            }
            OpenIndex::Damaged { reason } => Err(IndexError::Damaged { path: path(), reason }),
            _ => Err(IndexError::Replaced { path: path() }),
        }
    }

    /// How many people hold each skill, by its number; counted once.
    ///
    /// # Errors
    /// Damaged columns.
    pub fn held_by(&self) -> Result<&[u64], IndexError> {
        if let Some(counts) = self.counts.get() {
            return Ok(counts);
        }
        let counts = self.count_holders()?;
        Ok(self.counts.get_or_init(|| counts))
    }

    /// Whom a query finds.
    ///
    /// # Errors
    /// Where index or columns cannot be read.
    pub fn find(&self, query: &Query) -> Result<Matches, IndexError> {
        self.find_node(query.root())
    }

    /// Whom a query finds, as candidate numbers in ascending order.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn numbers(&self, query: &Query) -> Result<Vec<CandidateNumber>, IndexError> {
        let matches = self.find(query)?;
        let of_file = self.evidence.columns().map(LazyColumns::numbers).collect::<Result<Vec<_>, _>>()?;
        let mut numbers: Vec<CandidateNumber> =
            matches.people().map(|(file, at)| CandidateNumber(of_file[file][at])).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn find_node(&self, root: &Node) -> Result<Matches, IndexError> {
        let mut files = Vec::with_capacity(self.evidence.files());
        for (file, columns) in self.evidence.columns().enumerate() {
            let people = columns.people();
            let run = Run { finder: self, file, columns, words: people.div_ceil(64) };
            let scope = Scope::all(people);
            let mut found = run.node(root, &scope)?;
            if let Some(last) = found.last_mut()
                && people % 64 != 0
            {
                *last &= u64::MAX >> (64 - people % 64);
            }
            for (word, hidden) in found.iter_mut().zip(self.evidence.hidden(file).unwrap_or_default()) {
                *word &= !hidden;
            }
            files.push(found);
        }
        let total = files.iter().map(|file| bits::count(file)).sum();
        Ok(Matches { files, total })
    }

    fn aside(&self, file: usize) -> Result<&Aside, IndexError> {
        if let Some(aside) = self.aside[file].get() {
            return Ok(aside);
        }
        let aside = Aside::new(self.evidence.file(file))?;
        Ok(self.aside[file].get_or_init(|| aside))
    }

    fn positions(&self, file: usize) -> Result<&Positions, IndexError> {
        if let Some(positions) = self.positions[file].get() {
            return Ok(positions);
        }
        let numbers = self.evidence.file(file).numbers()?;
        Ok(self.positions[file].get_or_init(|| Positions::new(numbers)))
    }
}

/// One file of columns, while a query runs over it. Sets may hold anybody outside of their scope, hidden people, and
/// bits behind the last person.
struct Run<'a> {
    finder: &'a Finder,
    file: usize,
    columns: LazyColumns<'a>,
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
            let turn = if is_not { u64::MAX } else { 0 };
            if let (Some(kept), Node::Leaf(leaf)) = (&mut all, part)
                && self.narrow(kept, leaf, turn, &scope)?
            {
                if scope.shrink(kept) {
                    continue;
                }
                return Ok(vec![0; self.words]);
            }
            let found = self.node(part, &scope)?;
            let kept = match all.take() {
                None => found,
                Some(mut all) => {
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
