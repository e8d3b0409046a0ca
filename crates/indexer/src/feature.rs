//! What can be asked to be there (`has:email`) or not to be there (`missing:country`).

use std::{fmt, str::FromStr};

use stackscout_profile::Field;

use crate::IndexDocument;
use crate::query::DayField;

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

            /// Whether it is known of this person.
            #[must_use]
            pub fn is_known_of(self, person: &IndexDocument<'_>) -> bool {
                match self { $( Feature::$variant => { let $candidate = person; $there } )* }
            }
        }
    };
}

features! {
    /// Name.
    Name = "name", |c| c.candidate.name.is_some();
    /// E-mail address.
    Email = "email", |c| c.candidate.email.is_some();
    /// Job title.
    Title = "title", |c| c.candidate.title.is_some();
    /// Present employer.
    Employer = "employer", |c| c.candidate.employer.is_some();
    /// Place as written.
    Location = "location", |c| c.candidate.location.is_some();
    /// City.
    City = "city", |c| c.candidate.city.is_some();
    /// Country.
    Country = "country", |c| c.candidate.country.is_some();
    /// Whether the person works remotely, yes or no.
    Remote = "remote", |c| c.candidate.remote.is_some();
    /// Whether the person would move, yes or no.
    Relocation = "relocation", |c| c.candidate.relocation.is_some();
    /// Years of experience in all.
    Years = "years", |c| c.candidate.total_years.is_some();
    /// Seniority, stated or read from a title.
    Seniority = "seniority", |c| c.candidate.seniority.is_some() || c.candidate.seniority_level().is_some();
    /// Expected pay.
    Salary = "salary", |c| c.candidate.expected_pay.is_some();
    /// Countries that the person may work in.
    Permit = "permit", |c| c.candidate.permits.is_some();
    /// Spoken languages.
    Languages = "languages", |c| c.candidate.languages.is_some();
    /// First day of availability.
    Available = "available", |c| c.candidate.available.is_some();
    /// A skill that the taxonomy knows.
    Skills = "skills", |c| !c.candidate.skills.is_empty();
    /// A skill that the person wants to work with.
    Wants = "wants", |c| !c.candidate.interests.is_empty();
    /// Free text: summary or notes.
    Summary = "summary", |c| c.says(Field::Summary) || c.says(Field::Notes);
    /// Hired, or opted out of contact: left out of every ranking.
    Status = "status", |c| c.candidate.status.is_some();
    /// Telephone number.
    Phone = "phone", |c| c.says(Field::Phone);
    /// Profile link.
    Link = "link", |c| c.says(Field::Link);
    /// The text of a CV.
    Cv = "cv", |c| c.says(Field::Cv);
    /// Work history.
    Work = "work", |c| c.says(Field::WorkHistory);
    /// Schools and degrees.
    Education = "education", |c| c.says(Field::Education);
    /// Tags.
    Tags = "tags", |c| c.says(Field::Tags);
    /// How far an application is.
    Stage = "stage", |c| c.says(Field::Stage);
    /// Job that the person applied for.
    Applied = "applied", |c| c.says(Field::AppliedFor) || !c.days(DayField::Applied).is_empty();
    /// Who looks after the person.
    Owner = "owner", |c| c.says(Field::Owner);
    /// Where the person was found.
    Channel = "channel", |c| c.says(Field::Channel);
    /// Time that the person needs before leaving the present employer.
    Notice = "notice", |c| c.says(Field::Notice);
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
            "tag" => "tags",
            "language" => "languages",
            "company" => "employer",
            "work_history" => "work",
            "telephone" | "mobile" => "phone",
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
