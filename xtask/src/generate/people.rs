//! A person of the crowd, as they are scored.

use std::sync::Arc;

use stackscout_profile::{
    CandidateNumber, Country, Currency, Date, EvidenceSource, Facts, Pay, PayUnit, SkillEvidence,
    SpokenLanguage, Status, Years,
};
use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::written::LastUsed;

use super::AS_OF_YEAR;
use super::random::{Purpose, Stream};
use super::skills::{GENERAL, GenerateError, Pools};

/// The people `1..=count` of a seed, in order, with the embedded taxonomy's skills.
///
/// # Panics
/// Never: a test holds that the embedded taxonomy knows every skill of the generator's table.
pub fn people(seed: u64, count: u32) -> impl ExactSizeIterator<Item = Facts> {
    let crowd =
        Crowd::new(Taxonomy::embedded()).expect("a test reads the generator's table with this taxonomy");
    (0..count).map(move |index| crowd.person(seed, index))
}

/// Draws people; made once, shared by threads.
#[derive(Debug)]
pub struct Crowd {
    pub(super) taxonomy: Arc<Taxonomy>,
    pub(super) pools: Pools,
    countries: Countries,
}

impl Crowd {
    /// Makes a crowd of a taxonomy's skills.
    ///
    /// # Errors
    /// Where the taxonomy does not hold a skill of the generator's table.
    pub fn new(taxonomy: Arc<Taxonomy>) -> Result<Self, GenerateError> {
        let pools = Pools::new(&taxonomy)?;
        Ok(Self { taxonomy, pools, countries: Countries::new() })
    }

    /// The person of an index, from 0; the number is one more, as an import of the rows in order gives it.
    #[must_use]
    pub fn person(&self, seed: u64, index: u32) -> Facts {
        let stream = &mut Stream::of(seed, Purpose::Facts, u64::from(index));
        let mut facts = Facts::new(CandidateNumber(index + 1));
        let home_country = self.countries.draw(stream);
        facts.country = (!stream.percent(4)).then_some(home_country.country);
        // Yes, no, or nothing said.
        facts.remote = yes_no(stream, 55, 20);
        facts.relocation = yes_no(stream, 25, 45);
        let career_tenths = career_tenths(stream);
        facts.total_years = (!stream.percent(12)).then(|| years(career_tenths));
        facts.status = match stream.below(100) {
            0..2 => Some(Status::Hired),
            2 => Some(Status::OptedOut),
            _ => None,
        };
        facts.permits = stream.percent(15).then(|| {
            let also = self.countries.draw(stream).country;
            sorted(vec![home_country.country, also])
        });
        facts.languages = stream.percent(50).then(|| {
            let english = if stream.percent(85) { Some("en") } else { None };
            let codes = english.into_iter().chain([home_country.language]);
            sorted(codes.map(language).collect())
        });
        facts.available = stream.percent(20).then(|| {
            let month = 1 + i8::try_from(stream.below(12)).expect("below 12");
            let first_or_middle = *stream.one_of(&[1, 15]);
            Date::new(AS_OF_YEAR.cast_signed() + 1, month, first_or_middle).expect("each month has both days")
        });
        facts.expected_pay = stream.percent(40).then(|| Pay {
            amount: 30_000 + 1_000 * (stream.below(30) + career_tenths / 5),
            currency: Some(home_country.currency),
            per: Some(PayUnit::Year),
        });
        self.add_skills(&mut facts, career_tenths, stream);
        facts
    }

    /// 6 to 24 skills, 15 on average: about half of the person's own cluster, a fifth of another, the rest general.
    fn add_skills(&self, facts: &mut Facts, career_tenths: u64, stream: &mut Stream) {
        let home = self.pools.draw_home(stream);
        let second = self.pools.draw_home(stream);
        let wanted = usize::try_from(6 + stream.below(10) + stream.below(10)).expect("at most 24");
        // A small cluster may hold less than is wanted of it: later draws are general.
        for draw in 0..8 * wanted {
            if facts.skills.len() == wanted {
                break;
            }
            let cluster = match stream.below(100) {
                _ if draw >= 4 * wanted => GENERAL,
                0..48 => home,
                48..68 => second,
                _ => GENERAL,
            };
            let skill = self.pools.draw_skill(cluster, stream);
            let evidence = evidence(skill, career_tenths, stream);
            if facts.skills.binary_search_by_key(&skill, |held| held.skill).is_err() {
                facts.add_skill(evidence);
            }
        }
    }
}

/// Of a hundred pieces of evidence 70 are declared, 18 worked, 12 mentioned. What is named in passing has no figures.
fn evidence(skill: stackscout_taxonomy::SkillIx, career_tenths: u64, stream: &mut Stream) -> SkillEvidence {
    let source = match stream.below(100) {
        0..70 => EvidenceSource::Declared,
        70..88 => EvidenceSource::Worked,
        _ => return SkillEvidence { skill, years: None, last_used: None, source: EvidenceSource::Mentioned },
    };
    let known_years = stream.percent(70).then(|| {
        let whole = 10 * (1 + stream.low_below(career_tenths / 10));
        // People state whole years; some halves, few anything finer.
        let tenths = match stream.below(100) {
            0..86 => whole,
            86..96 => whole + 5,
            _ => 1 + stream.low_below(career_tenths),
        };
        years(tenths.min(career_tenths))
    });
    let last_used = stream.percent(70).then(|| {
        if stream.percent(45) {
            return LastUsed::Current;
        }
        let age = stream.low_below(15).min(career_tenths / 10);
        LastUsed::Year(AS_OF_YEAR - u16::try_from(age).expect("below 15"))
    });
    SkillEvidence { skill, years: known_years, last_used, source }
}

/// 1 to 40 years of work, short ones more often; one in twelve with a half.
fn career_tenths(stream: &mut Stream) -> u64 {
    let whole = 1 + stream.low_below(40);
    10 * whole + if stream.below(12) == 0 { 5 } else { 0 }
}

fn years(tenths: u64) -> Years {
    let tenths = u16::try_from(tenths).ok().and_then(Years::from_tenths);
    tenths.expect("nobody of the crowd works for more than 40.5 years")
}

fn yes_no(stream: &mut Stream, yes_percent: u64, no_percent: u64) -> Option<bool> {
    match stream.below(100) {
        drawn if drawn < yes_percent => Some(true),
        drawn if drawn < yes_percent + no_percent => Some(false),
        _ => None,
    }
}

fn language(code: &str) -> SpokenLanguage {
    code.parse().expect("the crowd's table holds codes of languages")
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items
}

/// Where the crowd lives: the place in the table is the place of Zipf's law. Code, language, currency of pay.
const COUNTRIES: [(&str, &str, &str); 40] = [
    ("US", "en", "USD"),
    ("DE", "de", "EUR"),
    ("IN", "hi", "INR"),
    ("GB", "en", "GBP"),
    ("UA", "uk", "USD"),
    ("FR", "fr", "EUR"),
    ("CA", "en", "CAD"),
    ("PL", "pl", "PLN"),
    ("NL", "nl", "EUR"),
    ("BR", "pt", "BRL"),
    ("IT", "it", "EUR"),
    ("AU", "en", "AUD"),
    ("ES", "es", "EUR"),
    ("SE", "sv", "SEK"),
    ("CH", "de", "CHF"),
    ("AT", "de", "EUR"),
    ("CZ", "cs", "CZK"),
    ("TR", "tr", "EUR"),
    ("RO", "ro", "EUR"),
    ("PT", "pt", "EUR"),
    ("IL", "he", "USD"),
    ("DK", "da", "DKK"),
    ("NO", "no", "NOK"),
    ("HU", "hu", "EUR"),
    ("MX", "es", "USD"),
    ("BE", "nl", "EUR"),
    ("FI", "fi", "EUR"),
    ("GR", "el", "EUR"),
    ("AR", "es", "USD"),
    ("IE", "en", "EUR"),
    ("BG", "bg", "EUR"),
    ("PK", "en", "USD"),
    ("ZA", "en", "USD"),
    ("RS", "sr", "EUR"),
    ("JP", "ja", "JPY"),
    ("CO", "es", "USD"),
    ("HR", "hr", "EUR"),
    ("SK", "sk", "EUR"),
    ("VN", "vi", "USD"),
    ("EE", "et", "EUR"),
];

#[derive(Debug)]
pub(super) struct Countries {
    rows: Vec<CountryRow>,
    sums: Vec<u64>,
}

#[derive(Debug)]
pub(super) struct CountryRow {
    pub(super) country: Country,
    language: &'static str,
    currency: Currency,
}

impl Countries {
    pub(super) fn new() -> Self {
        let rows = COUNTRIES.iter().map(|(country, language, currency)| CountryRow {
            country: country.parse().expect("the crowd's table holds codes of countries"),
            language,
            currency: currency.parse().expect("the crowd's table holds codes of currencies"),
        });
        let sums = (1..=COUNTRIES.len() as u64).scan(0, |sum, place| {
            *sum += 10_000 / (place + 1);
            Some(*sum)
        });
        Self { rows: rows.collect(), sums: sums.collect() }
    }

    pub(super) fn draw(&self, stream: &mut Stream) -> &CountryRow {
        &self.rows[stream.place_in(&self.sums)]
    }
}

#[cfg(test)]
mod tests {
    //! - a person depends on seed and index alone
    //! - the first people of a seed are these, on every machine
    //! - people hold 15 skills on average, popular ones more often, and skills come in clusters
    //! - what is known and what is not have the shares that are stated
    //! - years of a skill are no more than those of work, and nothing is used after the year of the crowd

    use stackscout_matcher::arithmetic::fnv1a64;

    use super::*;

    fn crowd() -> Crowd {
        Crowd::new(Taxonomy::embedded()).unwrap()
    }

    #[test]
    fn a_person_depends_on_seed_and_index_alone() {
        let crowd = crowd();
        let in_order: Vec<Facts> = people(7, 300).collect();
        let backwards: Vec<Facts> = (0..300).rev().map(|index| crowd.person(7, index)).collect();
        assert!(in_order.iter().eq(backwards.iter().rev()));
        assert!(in_order.iter().ne(people(8, 300).collect::<Vec<_>>().iter()));
    }

    #[test]
    fn the_people_of_a_seed_are_these_on_every_machine() {
        let crowd = crowd();
        // Skills by id, so that the figure does not move with the taxonomy's numbering.
        let mut text = String::new();
        for facts in people(1, 200) {
            let skills: Vec<String> = facts
                .skills
                .iter()
                .map(|s| {
                    let id = &crowd.taxonomy.skill(s.skill).id;
                    format!("{id} {:?} {:?} {:?}", s.years, s.last_used, s.source)
                })
                .collect();
            text += &format!("{:?} {skills:?}\n", Facts { skills: Vec::new(), ..facts });
        }
        assert_eq!(fnv1a64(&text), 85_536_761_360_336_568);
    }

    #[test]
    fn skills_are_fifteen_popular_and_clustered() {
        let crowd = crowd();
        let held = |facts: &Facts, id: &str| {
            let skill = crowd.taxonomy.skill_by_id(id).unwrap();
            facts.skills.binary_search_by_key(&skill, |s| s.skill).is_ok()
        };
        let people: Vec<Facts> = people(3, 4_000).collect();
        let skills: usize = people.iter().map(|facts| facts.skills.len()).sum();
        assert!((14 * 4_000..16 * 4_000).contains(&skills), "{skills}");
        let share = |id| people.iter().filter(|facts| held(facts, id)).count();
        assert!(share("python") > 2 * share("django") && share("django") > share("bottle"));
        let (with, without): (Vec<&Facts>, Vec<&Facts>) =
            people.iter().partition(|facts| held(facts, "python"));
        let django = |list: &[&Facts]| list.iter().filter(|f| held(f, "django")).count() * 1_000 / list.len();
        assert!(django(&with) > 5 * django(&without), "{} {}", django(&with), django(&without));
    }

    #[test]
    fn shares_of_the_unknown_are_as_stated() {
        let people: Vec<Facts> = people(4, 4_000).collect();
        let percent = |holds: fn(&Facts) -> bool| people.iter().filter(|f| holds(f)).count() / 40;
        assert!((3..=5).contains(&percent(|f| f.country.is_none())));
        assert!((10..=14).contains(&percent(|f| f.total_years.is_none())));
        assert!((23..=27).contains(&percent(|f| f.remote.is_none())));
        assert!((2..=4).contains(&percent(|f| f.status.is_some())));
        let evidence: Vec<SkillEvidence> = people.iter().flat_map(|f| f.skills.iter().copied()).collect();
        let percent = |holds: fn(&SkillEvidence) -> bool| {
            evidence.iter().filter(|e| holds(e)).count() * 100 / evidence.len()
        };
        assert!((10..=13).contains(&percent(|e| e.source == EvidenceSource::Mentioned)));
        assert!((16..=20).contains(&percent(|e| e.source == EvidenceSource::Worked)));
        assert!((58..=65).contains(&percent(|e| e.years.is_some())));
        assert!((58..=65).contains(&percent(|e| e.last_used.is_some())));
    }

    #[test]
    fn years_fit_in_a_working_life() {
        for facts in people(5, 4_000) {
            for evidence in &facts.skills {
                assert!(evidence.years.is_none_or(|years| years.tenths() > 0));
                assert!(facts.total_years.is_none_or(|total| evidence.years <= Some(total)));
                assert!(evidence.last_used.is_none_or(|last| match last {
                    LastUsed::Year(year) => year <= AS_OF_YEAR,
                    LastUsed::Current => true,
                }));
            }
        }
    }
}
