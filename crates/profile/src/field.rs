//! What a column of a candidate file can hold.

use std::{fmt, str::FromStr};

macro_rules! fields {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal, )*) => {
        /// The meaning of a column. Its word stands in `--map COLUMN=FIELD`, in layouts and in records.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $( $(#[$doc])* $variant, )* }

        impl Field {
            /// Every field, in the order in which they are documented.
            pub const ALL: &[Field] = &[ $( Field::$variant, )* ];

            /// The field's word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Field::$variant => $word, )* }
            }
        }
    };
}

fields! {
    /// The person's id in the system that the file comes from.
    ExternalId = "id",
    /// Whole name.
    Name = "name",
    /// First name.
    FirstName = "first_name",
    /// Last name.
    LastName = "last_name",
    /// E-mail address; also an identity.
    Email = "email",
    /// Telephone number, kept as written.
    Phone = "phone",
    /// Profile link; also an identity.
    Link = "link",
    /// Job title.
    Title = "title",
    /// Present employer.
    Employer = "employer",
    /// Place as written: city, region, country in one.
    Location = "location",
    /// City.
    City = "city",
    /// State, county or province.
    Region = "region",
    /// Country by name or code.
    Country = "country",
    /// Willing to work remotely.
    Remote = "remote",
    /// Willing to move.
    Relocation = "relocation",
    /// Years of experience in all.
    TotalYears = "years",
    /// Seniority as stated; shown, never scored.
    Seniority = "seniority",
    /// Pay that the person expects.
    ExpectedPay = "expected_pay",
    /// Currency of the expected pay, where it has a column of its own.
    ExpectedPayCurrency = "expected_pay_currency",
    /// Pay that the person has now: kept, never scored.
    CurrentPay = "current_pay",
    /// Currency of the current pay, where it has a column of its own.
    CurrentPayCurrency = "current_pay_currency",
    /// A list of skills.
    Skills = "skills",
    /// One skill: the text is its name (a ticked column of that name).
    Skill = "skill",
    /// A list of skills that the person wants to work with: no evidence.
    Interests = "interests",
    /// Free text about the person.
    Summary = "summary",
    /// Free text by the recruiter.
    Notes = "notes",
    /// Work history as free text: employers, times, what was done.
    WorkHistory = "work_history",
    /// The text of a CV.
    Cv = "cv",
    /// Name of the file that holds the person's CV.
    CvFile = "cv_file",
    /// Schools, degrees and subjects.
    Education = "education",
    /// Tags, of which those that name skills are evidence.
    Tags = "tags",
    /// Countries that the person may work in.
    Permit = "permit",
    /// Languages that the person speaks.
    Languages = "languages",
    /// Day from which the person can begin.
    Available = "available",
    /// Time that the person needs before leaving the present employer.
    Notice = "notice",
    /// Where the person stands: hired, opted out, anything else is shown only.
    Status = "status",
    /// Job that the person applied for.
    AppliedFor = "applied_for",
    /// How far the application is.
    Stage = "stage",
    /// Day of the application.
    AppliedOn = "applied_on",
    /// Why the application ended.
    Reason = "reason",
    /// Who looks after the person: a recruiter.
    Owner = "owner",
    /// Where the person was found: a channel, a site, a referral.
    Channel = "channel",
    /// When the row was last changed in the system that it comes from.
    Modified = "modified",
    /// Whether the person opted out of contact.
    OptOut = "opt_out",
}

impl Field {
    /// Whether the column holds days.
    #[must_use]
    pub fn is_day(self) -> bool {
        matches!(self, Self::Available | Self::AppliedOn | Self::Modified)
    }

    /// Whether the column's text is searched as text.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::FirstName
                | Self::LastName
                | Self::Title
                | Self::Employer
                | Self::Location
                | Self::City
                | Self::Summary
                | Self::Notes
                | Self::WorkHistory
                | Self::Cv
                | Self::Education
        )
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().to_lowercase().replace([' ', '-'], "_");
        Self::ALL.iter().copied().find(|f| f.word() == word).ok_or_else(|| {
            let near = Self::ALL
                .iter()
                .map(|f| (strsim::normalized_damerau_levenshtein(&word, f.word()), f.word()))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(similarity, _)| *similarity > 0.5);
            let hint = near.map_or(String::new(), |(_, word)| format!("; did you mean `{word}`?"));
            format!("`{text}` is no field{hint}")
        })
    }
}

impl serde::Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for field in Field::ALL {
            assert_eq!(field.word().parse(), Ok(*field));
        }
        assert!("salery".parse::<Field>().is_err());
        assert!("skils".parse::<Field>().is_err_and(|e| e.contains("`skills`")));
    }
}
