//! Which skills the crowd holds, and how they hang together.
//!
//! `skills.csv` lists skills of the taxonomy, the most popular first, each with its cluster. The order was taken from
//! public counts (technologies named in a public extract of the Stack Overflow Developer Survey 2025, ODbL; then the
//! use of tags on Stack Overflow in 2021, CC BY-SA) and goes on in the order of ids. Only the order matters: the
//! weight of a skill is that of its place, as Zipf's law has it.

use stackscout_taxonomy::{SkillIx, Taxonomy};
use thiserror::Error;

use super::random::Stream;

/// Why no crowd can be made.
#[derive(Debug, Error)]
pub enum GenerateError {
    /// The table of skills names one that the taxonomy does not hold.
    #[error(
        "the generator's table names `{skill}`, which the taxonomy does not hold\nhint: correct line {line} of xtask/src/generate/skills.csv"
    )]
    UnknownSkill {
        /// The id.
        skill: String,
        /// Its line, from 1.
        line: usize,
    },
    /// The table names a cluster that is not written for.
    #[error(
        "the generator's table names the cluster `{cluster}`\nhint: correct line {line} of xtask/src/generate/skills.csv"
    )]
    UnknownCluster {
        /// The cluster.
        cluster: String,
        /// Its line, from 1.
        line: usize,
    },
}

/// Clusters of skills, with the share of people who are at home in each, in percent. `general` is nobody's home:
/// databases, clouds and tools that everybody draws from.
const CLUSTERS: [(&str, u64); 11] = [
    ("general", 0),
    ("web", 30),
    ("python", 22),
    ("jvm", 16),
    ("dotnet", 10),
    ("php", 7),
    ("systems", 6),
    ("ruby", 3),
    ("go", 3),
    ("mobile", 2),
    ("beam", 1),
];
/// Place of `general`.
pub(crate) const GENERAL: usize = 0;

/// The skills that are drawn from.
#[derive(Debug)]
pub(crate) struct Pools {
    /// In the order of [`CLUSTERS`].
    clusters: Vec<Pool>,
    /// Running sums of the shares of clusters.
    homes: Vec<u64>,
}

#[derive(Debug, Default)]
struct Pool {
    skills: Vec<SkillIx>,
    /// Running sums of weights.
    sums: Vec<u64>,
}

/// The weight of the most popular place times its divisor: far above any divisor, so that no weight rounds to 0.
const WEIGHT_SCALE: u64 = 1_000_000;
/// Flattens the head: in surveys the first skill is named by half of all, not by a fifth of all mentions.
const PLACES_BEFORE_FIRST: u64 = 6;

impl Pools {
    pub(crate) fn new(taxonomy: &Taxonomy) -> Result<Self, GenerateError> {
        let mut clusters: Vec<Pool> = CLUSTERS.iter().map(|_| Pool::default()).collect();
        for (place, row) in include_str!("skills.csv").lines().skip(1).enumerate() {
            let line = place + 2;
            let (id, cluster) = row.split_once(',').unwrap_or((row, ""));
            let skill = taxonomy
                .skill_by_id(id)
                .ok_or_else(|| GenerateError::UnknownSkill { skill: id.to_owned(), line })?;
            let at = CLUSTERS
                .iter()
                .position(|(name, _)| *name == cluster)
                .ok_or_else(|| GenerateError::UnknownCluster { cluster: cluster.to_owned(), line })?;
            let pool = &mut clusters[at];
            let weight = WEIGHT_SCALE / (place as u64 + 1 + PLACES_BEFORE_FIRST);
            pool.sums.push(pool.sums.last().unwrap_or(&0) + weight);
            pool.skills.push(skill);
        }
        let homes = CLUSTERS
            .iter()
            .scan(0, |sum, (_, share)| {
                *sum += share;
                Some(*sum)
            })
            .collect();
        Ok(Self { clusters, homes })
    }

    /// A cluster that people are at home in.
    pub(crate) fn draw_home(&self, stream: &mut Stream) -> usize {
        stream.place_in(&self.homes)
    }

    /// A skill of a cluster, by popularity.
    pub(crate) fn draw_skill(&self, cluster: usize, stream: &mut Stream) -> SkillIx {
        let pool = &self.clusters[cluster];
        pool.skills[stream.place_in(&pool.sums)]
    }

    #[cfg(test)]
    pub(crate) fn all(&self) -> Vec<SkillIx> {
        let mut all: Vec<SkillIx> =
            self.clusters.iter().flat_map(|pool| pool.skills.iter().copied()).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    //! - every line names a skill of the taxonomy, none twice
    //! - each skill's name, written in a list with its figures, is read back as that skill
    //! - every cluster has skills, and the shares are percent

    use stackscout_taxonomy::written::LastUsed;

    use super::*;

    #[test]
    fn every_line_names_a_skill_none_twice() {
        let all = Pools::new(&Taxonomy::embedded()).unwrap().all();
        assert!(all.len() >= 590, "{}", all.len());
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn names_with_figures_are_read_back() {
        let taxonomy = Taxonomy::embedded();
        for skill in Pools::new(&taxonomy).unwrap().all() {
            let name = &taxonomy.skill(skill).name;
            let list = format!("{name} (2.5 yrs, last used 2024); {name}");
            let read = taxonomy.read_list(&list);
            assert_eq!(read.len(), 2, "{name}: {read:?}");
            for written in &read {
                assert_eq!(written.resolution.skill(), Some(skill), "{name}");
            }
            assert_eq!(read[0].years, Some(25), "{name}");
            assert_eq!(read[0].last_used, Some(LastUsed::Year(2024)), "{name}");
        }
    }

    #[test]
    fn clusters_have_skills_and_shares_are_percent() {
        let pools = Pools::new(&Taxonomy::embedded()).unwrap();
        assert!(pools.clusters.iter().all(|pool| pool.skills.len() >= 5));
        assert_eq!(pools.homes.last(), Some(&100));
    }
}
