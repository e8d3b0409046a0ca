//! The skills of people who have a status: they stand in no block of the columns, and so in none of its lists.

use stackscout_evidence::{Class, Evidence, EvidenceError, LazyColumns};

/// A piece of evidence of somebody with a status.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Place of the person in the file.
    pub(super) person: u32,
    /// Place of the piece among the file's evidence.
    at: u32,
    evidence: Evidence,
}

impl Piece {
    /// Years, last use and source.
    pub(super) fn class(&self, columns: LazyColumns<'_>) -> Class {
        columns.class_of(self.at as usize, self.evidence)
    }
}

/// Their evidence, skill by skill.
#[derive(Debug)]
pub(super) struct Aside {
    /// Where the pieces of each skill begin, and the end of all.
    starts: Vec<usize>,
    pieces: Vec<Piece>,
}

impl Aside {
    pub(super) fn new(columns: LazyColumns<'_>) -> Result<Self, EvidenceError> {
        let starts_of = columns.starts()?;
        let people = columns.open_people()..columns.people();
        let begin = starts_of[people.start] as usize;
        let evidence = columns.evidence(begin..starts_of[people.end] as usize)?;
        let mut starts = vec![0_usize; columns.skills() + 2];
        evidence.iter().for_each(|piece| starts[usize::from(piece.skill) + 2] += 1);
        for skill in 1..starts.len() {
            starts[skill] += starts[skill - 1];
        }
        let nobody = Piece { person: 0, at: 0, evidence: Evidence { skill: 0, class: 0 } };
        let mut pieces = vec![nobody; evidence.len()];
        let short = |n: usize| u32::try_from(n).expect("people and evidence are counted in 32 bits");
        for person in people {
            for at in starts_of[person] as usize..starts_of[person + 1] as usize {
                let evidence = evidence.get(at - begin);
                // One place ahead: when all are filled in, each stands where its skill begins.
                let next = &mut starts[usize::from(evidence.skill) + 1];
                pieces[*next] = Piece { person: short(person), at: short(at), evidence };
                *next += 1;
            }
        }
        Ok(Self { starts, pieces })
    }

    /// The pieces of evidence for a skill, in the order of people.
    pub(super) fn pieces_of(&self, skill: usize) -> &[Piece] {
        &self.pieces[self.starts[skill]..self.starts[skill + 1]]
    }
}
