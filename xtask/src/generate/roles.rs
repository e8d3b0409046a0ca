//! Roles for the crowd: eight requirements each, of the skills that the crowd holds.

use stackscout_profile::{Limits, Need, Remote, Requirement, Role, Subject, Unknown, Where, Years};
use stackscout_taxonomy::{SkillIx, Taxonomy};

use super::people::{Countries, Crowd};
use super::random::{Purpose, Stream};
use super::skills::GENERAL;

/// What a role asks for beside skills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind {
    /// Three musts, countries or remote work, and total years: what most roles of a desk look like.
    Filtered,
    /// Three musts and no knock-out.
    Open,
    /// No must and no knock-out: everybody has to be looked at.
    Soft,
}

impl RoleKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Filtered, Self::Open, Self::Soft];

    /// The word of the command line and of role ids.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Filtered => "filtered",
            Self::Open => "open",
            Self::Soft => "soft",
        }
    }
}

impl std::str::FromStr for RoleKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let kind = Self::ALL.into_iter().find(|kind| kind.word() == word);
        kind.ok_or_else(|| format!("`{word}` is none of filtered, open, soft"))
    }
}

const REQUIREMENTS: usize = 8;
const MUSTS: usize = 3;

/// The roles `0..count` of a seed, with the embedded taxonomy's skills. A role depends on seed, kind and place alone.
///
/// # Panics
/// Never: a test holds that the embedded taxonomy knows every skill of the generator's table.
pub fn roles(seed: u64, count: u32, kind: RoleKind) -> impl ExactSizeIterator<Item = Role> {
    let crowd =
        Crowd::new(Taxonomy::embedded()).expect("a test reads the generator's table with this taxonomy");
    (0..count).map(move |index| role(&crowd, seed, index, kind))
}

/// One role.
#[must_use]
pub fn role(crowd: &Crowd, seed: u64, index: u32, kind: RoleKind) -> Role {
    let stream = &mut Stream::of(seed, Purpose::Role(kind as u8), u64::from(index));
    let home = crowd.pools.draw_home(stream);
    let mut asked: Vec<SkillIx> = Vec::new();
    let mut requirements = Vec::new();
    for at in 0..REQUIREMENTS {
        // Two musts and half of the nices are of the role's own cluster, the others general.
        let cluster = if matches!(at, 0 | 1 | 3..=5) { home } else { GENERAL };
        let need = if at < MUSTS && kind != RoleKind::Soft { Need::Must } else { Need::Nice };
        let mut members = vec![new_skill(crowd, cluster, &mut asked, stream)];
        if stream.percent(15) {
            members.push(new_skill(crowd, cluster, &mut asked, stream));
        }
        requirements.push(requirement(members, need, stream));
    }
    let title = format!("{} engineer", crowd.taxonomy.skill(asked[0]).name);
    let (where_, limits) = match kind {
        RoleKind::Filtered => knockouts(stream),
        RoleKind::Open | RoleKind::Soft => (None, Limits::default()),
    };
    Role {
        id: format!("{}-{index:06}", kind.word()),
        title,
        seniority: None,
        requirements,
        where_,
        limits,
        assume_fit: *stream.one_of(&[7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 5_000, 8_500]),
    }
}

/// A skill by popularity that the role does not ask for yet; of the general ones where the cluster gives none.
fn new_skill(crowd: &Crowd, cluster: usize, asked: &mut Vec<SkillIx>, stream: &mut Stream) -> SkillIx {
    let mut tries = 0;
    loop {
        let skill = crowd.pools.draw_skill(if tries < 100 { cluster } else { GENERAL }, stream);
        if !asked.contains(&skill) {
            asked.push(skill);
            return skill;
        }
        tries += 1;
    }
}

fn requirement(members: Vec<SkillIx>, need: Need, stream: &mut Stream) -> Requirement {
    let whole = *stream.one_of(&[1_u16, 2, 2, 3, 3, 4, 5, 6, 8]);
    let years = |whole: u16| Years::from_tenths(10 * whole).expect("at most 8 years");
    let wanted = stream.percent(75);
    let line = need == Need::Must && stream.percent(25);
    Requirement {
        subject: Subject::Skills(members),
        need,
        weight: match need {
            Need::Must => 10 + u8::try_from(stream.below(21)).expect("below 21"),
            Need::Nice => 1 + u8::try_from(stream.below(12)).expect("below 12"),
        },
        years: wanted.then(|| years(whole)),
        min_years: (line && wanted).then(|| years(whole.div_ceil(2))),
        half_life: stream.percent(65).then(|| 2 + u8::try_from(stream.below(7)).expect("below 7")),
        related: true,
        accept: Vec::new(),
        because: None,
    }
}

/// One to four countries by their size, half of the roles with remote work from anywhere; and years of work.
fn knockouts(stream: &mut Stream) -> (Option<Where>, Limits) {
    let table = Countries::new();
    let mut countries = Vec::new();
    for _ in 0..1 + stream.below(4) {
        let country = table.draw(stream).country;
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    let where_ = Where {
        countries,
        remote: if stream.percent(50) { Remote::Anywhere } else { Remote::InCountries },
        relocation: stream.percent(30),
    };
    let years_min = Years::from_tenths(10 * *stream.one_of(&[2, 3, 3, 5, 5, 8, 10]));
    let unknown = if stream.percent(20) { Unknown::Drop } else { Unknown::Keep };
    (Some(where_), Limits { years_min, unknown, ..Limits::default() })
}

#[cfg(test)]
mod tests {
    //! - a role depends on seed, kind and place alone
    //! - each kind asks for what it says, with eight requirements of different skills
    //! - most roles of each kind find people among 20,000

    use stackscout_matcher::{CompiledRole, Cut, rank_all};

    use super::*;
    use crate::generate::{as_of, people};

    #[test]
    fn a_role_depends_on_seed_kind_and_place_alone() {
        let short: Vec<Role> = roles(1, 20, RoleKind::Open).collect();
        let long: Vec<Role> = roles(1, 40, RoleKind::Open).collect();
        assert_eq!(short, long[..20]);
        assert_ne!(short, roles(2, 20, RoleKind::Open).collect::<Vec<_>>());
        let soft: Vec<Role> = roles(1, 20, RoleKind::Soft).collect();
        assert_ne!(short[0].requirements[0].subject, soft[0].requirements[0].subject);
    }

    #[test]
    fn each_kind_asks_for_what_it_says() {
        for kind in RoleKind::ALL {
            let (mut years, mut half_lives) = (0, 0);
            for role in roles(5, 100, kind) {
                assert_eq!(role.requirements.len(), 8);
                let musts = role.requirements.iter().filter(|r| r.need == Need::Must).count();
                assert_eq!(musts, if kind == RoleKind::Soft { 0 } else { 3 });
                assert_eq!(role.where_.is_some(), kind == RoleKind::Filtered);
                assert_eq!(role.limits.years_min.is_some(), kind == RoleKind::Filtered);
                let mut skills: Vec<SkillIx> = Vec::new();
                for requirement in &role.requirements {
                    let Subject::Skills(members) = &requirement.subject else { panic!("{role:?}") };
                    skills.extend(members);
                    years += usize::from(requirement.years.is_some());
                    half_lives += usize::from(requirement.half_life.is_some());
                    assert!(requirement.related);
                }
                let asked = skills.len();
                skills.sort_unstable();
                skills.dedup();
                assert_eq!(skills.len(), asked);
            }
            assert!((540..660).contains(&years) && (460..580).contains(&half_lives), "{years} {half_lives}");
        }
    }

    #[test]
    fn most_roles_find_people() {
        let taxonomy = Taxonomy::embedded();
        let people: Vec<_> = people(1, 20_000).collect();
        for kind in RoleKind::ALL {
            let roles: Vec<_> = roles(1, 20, kind).map(|role| CompiledRole::new(role, &taxonomy)).collect();
            let lists = rank_all(&roles, &people, as_of(), Cut::Top(50));
            let found = lists.iter().filter(|list| list.entries.len() >= 10).count();
            assert!(found >= 12, "{kind:?}: {found}");
        }
    }
}
