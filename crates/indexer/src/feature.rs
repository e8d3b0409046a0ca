//! What can be asked to be there (`has:email`) or not to be there (`missing:country`).

use std::{fmt, str::FromStr};

use stackscout_profile::Candidate;

macro_rules! features {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal, |$candidate:ident| $there:expr; )*) => {
        /// Something that is known of a candidate, or is not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Feature { $( $(#[$doc])* $variant, )* }

        impl Feature {
            /// Every feature, in the order in which they are documented.
            pub const ALL: &[Feature] = &[ $( Feature::$variant, )* ];

            /// The word of `has:` and `missing:`.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Feature::$variant => $word, )* }
            }

            /// Whether it is known of this candidate.
            #[must_use]
            pub fn is_known_of(self, candidate: &Candidate) -> bool {
                match self { $( Feature::$variant => { let $candidate = candidate; $there } )* }
            }
        }
    };
}

features! {
    /// Name.
    Name = "name", |c| c.name.is_some();
    /// E-mail address.
    Email = "email", |c| c.email.is_some();
    /// Job title.
    Title = "title", |c| c.title.is_some();
    /// Present employer.
    Employer = "employer", |c| c.employer.is_some();
    /// Place as written.
    Location = "location", |c| c.location.is_some();
    /// City.
    City = "city", |c| c.city.is_some();
    /// Country.
    Country = "country", |c| c.country.is_some();
    /// Whether the person works remotely, yes or no.
    Remote = "remote", |c| c.remote.is_some();
    /// Whether the person would move, yes or no.
    Relocation = "relocation", |c| c.relocation.is_some();
    /// Years of experience in all.
    Years = "years", |c| c.total_years.is_some();
    /// Stated seniority.
    Seniority = "seniority", |c| c.seniority.is_some();
    /// Expected pay.
    Salary = "salary", |c| c.expected_pay.is_some();
    /// Countries that the person may work in.
    Permit = "permit", |c| c.permits.is_some();
    /// Spoken languages.
    Languages = "languages", |c| c.languages.is_some();
    /// First day of availability.
    Available = "available", |c| c.available.is_some();
    /// A skill that the taxonomy knows.
    Skills = "skills", |c| !c.skills.is_empty();
    /// A skill that the person wants to work with.
    Wants = "wants", |c| !c.interests.is_empty();
    /// Free text: summary or notes.
    Summary = "summary", |c| c.texts.iter().any(|text| !text.trim().is_empty());
    /// Hired, or opted out of contact: left out of every ranking.
    Status = "status", |c| c.status.is_some();
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Feature {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let word = text.trim().to_lowercase();
        let word = match word.as_str() {
            "pay" | "expected_pay" => "salary",
            "notes" | "text" => "summary",
            "e-mail" | "mail" => "email",
            "skill" => "skills",
            other => other,
        };
        Self::ALL.iter().copied().find(|f| f.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for feature in Feature::ALL {
            assert_eq!(feature.word().parse(), Ok(*feature));
        }
        assert!("shoe-size".parse::<Feature>().is_err());
    }
}
