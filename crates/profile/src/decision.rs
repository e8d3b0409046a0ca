//! What people decide about a person for a role: recorded by somebody, never made by the program.

use std::str::FromStr;

/// How a person stands for a role, as somebody decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionState {
    /// On the shortlist that was settled: confirmed, and out of no list.
    Shortlisted,
    /// In process for the role: spoken for, so that other roles leave the person out.
    InProcess,
    /// Rejected for the role.
    Rejected,
    /// The person withdrew from the role.
    Withdrawn,
    /// Hired: out of every list.
    Hired,
    /// An earlier decision was taken back: as if none had been made.
    TakenBack,
}

/// Why a decision leaves a person out of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decided {
    /// Hired, for whichever role.
    Hired,
    /// Rejected for this role.
    Rejected,
    /// Withdrew from this role.
    Withdrawn,
    /// In process for another role.
    InProcess,
}

impl DecisionState {
    /// Every state that can be decided; taking back is not one of them.
    pub const ALL: [Self; 5] =
        [Self::Shortlisted, Self::InProcess, Self::Rejected, Self::Withdrawn, Self::Hired];

    /// The word of the command line, of JSON and of the records.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Shortlisted => "shortlisted",
            Self::InProcess => "in-process",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Hired => "hired",
            Self::TakenBack => "taken-back",
        }
    }

    /// Why the decision leaves the person out of the list of a role, which is the one that was decided on or another;
    /// `None` where it does not.
    #[must_use]
    pub fn leaves_out(self, is_same_role: bool) -> Option<Decided> {
        match (self, is_same_role) {
            (Self::Hired, _) => Some(Decided::Hired),
            (Self::Rejected, true) => Some(Decided::Rejected),
            (Self::Withdrawn, true) => Some(Decided::Withdrawn),
            (Self::InProcess, false) => Some(Decided::InProcess),
            _ => None,
        }
    }
}

impl Decided {
    /// The key under `left_out`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hired => "hired",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::InProcess => "in_process",
        }
    }
}

impl FromStr for DecisionState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = Self::ALL.into_iter().chain([Self::TakenBack]);
        let word = text.trim().to_lowercase().replace([' ', '_'], "-");
        all.clone().find(|state| state.word() == word).ok_or_else(|| {
            let words: Vec<&str> = all.map(Self::word).collect();
            format!("`{text}` is no decision: expected one of {}", words.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    //! - every word reads back
    //! - hired counts for every role, rejected and withdrawn for their own, in process for every other; shortlisted and
    //!   taken back leave nobody out

    use super::*;

    #[test]
    fn every_word_reads_back() {
        for state in DecisionState::ALL.into_iter().chain([DecisionState::TakenBack]) {
            assert_eq!(state.word().parse(), Ok(state));
        }
        assert_eq!("In process".parse(), Ok(DecisionState::InProcess));
        assert!("maybe".parse::<DecisionState>().is_err_and(|e| e.contains("shortlisted")));
    }

    #[test]
    fn a_decision_counts_where_it_was_meant() {
        use DecisionState as S;
        let out = |state: S| [true, false].map(|same| state.leaves_out(same));
        assert_eq!(out(S::Hired), [Some(Decided::Hired); 2]);
        assert_eq!(out(S::Rejected), [Some(Decided::Rejected), None]);
        assert_eq!(out(S::Withdrawn), [Some(Decided::Withdrawn), None]);
        assert_eq!(out(S::InProcess), [None, Some(Decided::InProcess)]);
        assert_eq!(out(S::Shortlisted), [None, None]);
        assert_eq!(out(S::TakenBack), [None, None]);
    }
}
