//! The fixed set of queries: eight shapes, each as the query language has it and as SQL.

use stackscout_taxonomy::{SkillIx, Taxonomy};

/// Shapes, in the order in which the queries go through them.
pub(super) const SHAPES: [&str; 8] = [
    "one skill",
    "one skill with years",
    "two skills with years, country",
    "two skills",
    "three skills",
    "either skill, country",
    "a skill and not another",
    "country, remote, years in all",
];

/// A query.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// All of these, each of which any of its skills fulfils, with whole years at least where they are asked for.
    groups: Vec<Vec<(SkillIx, Option<u16>)>>,
    not: Option<SkillIx>,
    country: Option<&'static str>,
    remote: bool,
    total: Option<u16>,
}

/// Where many and where few of the crowd live.
const COUNTRIES: [&str; 8] = ["US", "DE", "IN", "GB", "FR", "NL", "PL", "BR"];

/// So many queries, the same for the same seed; `by_popularity` are skills, the most frequent first.
pub(super) fn queries(count: usize, seed: u64, by_popularity: &[SkillIx]) -> Vec<Asked> {
    let mut state = seed;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    };
    (0..count)
        .map(|at| {
            // Squared, so that popular skills are asked for more often.
            let mut skill = |years: Option<u16>| {
                let most = by_popularity.len().min(150);
                (by_popularity[draw(most) * draw(most) / most.max(1)], years)
            };
            let mut asked =
                Asked { groups: Vec::new(), not: None, country: None, remote: false, total: None };
            match at % SHAPES.len() {
                0 => asked.groups = vec![vec![skill(None)]],
                1 => asked.groups = vec![vec![skill(Some(3))]],
                2 => asked.groups = vec![vec![skill(Some(3))], vec![skill(Some(2))]],
                3 => asked.groups = vec![vec![skill(None)], vec![skill(None)]],
                4 => asked.groups = vec![vec![skill(None)], vec![skill(None)], vec![skill(Some(1))]],
                5 => asked.groups = vec![vec![skill(None), skill(None)]],
                6 => {
                    asked.groups = vec![vec![skill(Some(2))]];
                    asked.not = Some(skill(None).0);
                }
                _ => (asked.remote, asked.total) = (true, Some(5)),
            }
            if matches!(at % SHAPES.len(), 2 | 5 | 7) {
                asked.country = Some(COUNTRIES[draw(COUNTRIES.len())]);
            }
            asked
        })
        .collect()
}

impl Asked {
    /// In the query language.
    pub(super) fn text(&self, taxonomy: &Taxonomy) -> String {
        let id = |skill: SkillIx| format!("skill:\"{}\"", taxonomy.skill(skill).id);
        let one = |(skill, years): &(SkillIx, Option<u16>)| match years {
            Some(years) => format!("{} >= {years}y", id(*skill)),
            None => id(*skill),
        };
        let group = |group: &Vec<_>| format!("({})", group.iter().map(one).collect::<Vec<_>>().join(" or "));
        let mut parts: Vec<String> = self.groups.iter().map(group).collect();
        parts.extend(self.not.map(|skill| format!("not {}", id(skill))));
        parts.extend(self.country.map(|country| format!("country:{country}")));
        parts.extend(self.remote.then(|| "remote:yes".to_owned()));
        parts.extend(self.total.map(|years| format!("years>={years}")));
        parts.join(" ")
    }

    /// As a condition over `people`, for databases; skills by number, years in tenths.
    pub(super) fn sql(&self) -> String {
        let one = |(skill, years): &(SkillIx, Option<u16>)| {
            let years = years.map_or(String::new(), |years| format!(" AND years >= {}", years * 10));
            format!("(skill = {}{years})", skill.index())
        };
        let holders = |of: String| format!("number IN (SELECT number FROM evidence WHERE {of})");
        let group = |group: &Vec<_>| holders(group.iter().map(one).collect::<Vec<_>>().join(" OR "));
        let mut parts: Vec<String> = self.groups.iter().map(group).collect();
        parts.extend(self.not.map(|skill| format!("NOT {}", holders(one(&(skill, None))))));
        parts.extend(self.country.map(|country| format!("country = '{country}'")));
        parts.extend(self.remote.then(|| "remote = 'true'".to_owned()));
        parts.extend(self.total.map(|years| format!("total >= {}", years * 10)));
        parts.join(" AND ")
    }
}

impl Asked {
    /// As a condition over people with arrays of skills, and of skills with each whole year that is reached.
    pub(super) fn sql_of_arrays(&self) -> String {
        let one = |(skill, years): &(SkillIx, Option<u16>)| match years {
            None => format!("skills @> ARRAY[{}]", skill.index()),
            Some(years) => format!("levels @> ARRAY[{}]", skill.index() * 128 + usize::from(*years)),
        };
        let group = |group: &Vec<_>| format!("({})", group.iter().map(one).collect::<Vec<_>>().join(" OR "));
        let mut parts: Vec<String> = self.groups.iter().map(group).collect();
        parts.extend(self.not.map(|skill| format!("NOT {}", one(&(skill, None)))));
        parts.extend(self.country.map(|country| format!("country = '{country}'")));
        parts.extend(self.remote.then(|| "remote".to_owned()));
        parts.extend(self.total.map(|years| format!("total >= {}", years * 10)));
        parts.join(" AND ")
    }
}

#[cfg(test)]
impl Asked {
    /// Whether somebody matches, said plainly.
    pub(super) fn matches(&self, facts: &stackscout_profile::Facts) -> bool {
        let years_of =
            |skill: SkillIx| facts.skills.iter().find(|held| held.skill == skill).map(|held| held.years);
        let holds = |(skill, years): &(SkillIx, Option<u16>)| match (years_of(*skill), years) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(held), Some(wanted)) => held.is_some_and(|held| held.tenths() >= wanted * 10),
        };
        self.groups.iter().all(|group| group.iter().any(holds))
            && self.not.is_none_or(|skill| years_of(skill).is_none())
            && self.country.is_none_or(|code| facts.country.is_some_and(|country| country.code() == code))
            && (!self.remote || facts.remote == Some(true))
            && self
                .total
                .is_none_or(|wanted| facts.total_years.is_some_and(|total| total.tenths() >= wanted * 10))
    }
}
