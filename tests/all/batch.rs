//! Ranking over evidence columns:
//! - gives what the plain reference gives, on random cases, and the golden cases byte for byte
//! - gives what the plain path of the matcher gives, for every cut, also of a base with changes beside it
//! - leaves out whom decisions leave out, each once and with the reason, as the plain path does
//! - gives the same for 1, 2 and 8 threads, any size of blocks, and however many classes have codes
//! - gives the same entries, places and ties where nothing is counted
//! - the points of every entry are the sum of its terms

use stackscout_evidence::{BaseWriter, BuildOptions, Change, EvidenceSet};
use stackscout_matcher::{CompiledRole, Counts, Cut, Decisions, Shortlist, rank_all, rank_columns};
use stackscout_profile::{
    CandidateNumber, Date, Decided, Facts, Limits, Remote, Requirement, Role, Subject, Unknown, Where,
};
use stackscout_taxonomy::Taxonomy;
use stackscout_tests::golden::golden_cases;
use stackscout_tests::random_case::random_case;
use stackscout_tests::reference;
use xtask::generate::roles::role;
use xtask::generate::{Crowd, RoleKind, people};
use xtask::score::Case;

/// Numbers that tests draw from.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[usize::try_from(self.below(values.len() as u64)).expect("an index")]
    }
}

fn options<'t>(taxonomy: &'t Taxonomy, dice: &mut Dice) -> BuildOptions<'t> {
    let mut options = BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint());
    options.block_people = dice.one_of(&[1, 3, 16, 63, 64, 65, 200, 16_384]);
    options.classes_max = dice.one_of(&[0, 3, 40, 1_000, u16::MAX, u16::MAX, u16::MAX]);
    options
}

/// A set on disk whose base says other things of some people, with a file of changes beside it that sets them right.
/// Puts further people among `people`, or the changes would be too many for a file of their own.
fn changed_set(
    people: &mut Vec<Facts>,
    options: BuildOptions<'_>,
    dice: &mut Dice,
    folder: &std::path::Path,
) -> EvidenceSet {
    let mut base = BaseWriter::new(options);
    let mut change = Change::default();
    let own = people.clone();
    for number in 0..100 * own.len() {
        let number = CandidateNumber(1_000_000 + u32::try_from(number).expect("few people"));
        let facts = Facts { number, ..dice.one_of(&own.iter().collect::<Vec<_>>()).clone() };
        base.put(&facts);
        if dice.below(200) == 0 {
            change.removed.push(number);
        } else {
            people.push(facts);
        }
    }
    for facts in own {
        match dice.below(10) {
            0 => change.put.push(facts),
            1 => {
                base.put(&Facts { number: facts.number, ..people[0].clone() });
                change.put.push(facts);
            }
            _ => base.put(&facts),
        }
    }
    let open = |files: &[_]| EvidenceSet::open(folder, files, options.fingerprint).expect("it opens");
    let base = base.write(folder).expect("the base can be written");
    let files = open(&base).write_changed(folder, &base[0], &change, options).expect("it can be written");
    assert_eq!(files.len(), 2);
    open(&files)
}

#[test]
fn columns_give_what_the_reference_gives() {
    let mut dice = Dice(7);
    for seed in 0..1_500 {
        let case = random_case(seed);
        let wanted = reference::to_text(&reference::rank_case(&case));
        let case = Case::read(&case).expect("the case is in the form");
        let options = options(&case.taxonomy, &mut dice);
        let set = EvidenceSet::in_memory(&case.people, options);
        let lists = rank_columns(&case.roles, &set, case.as_of, Cut::Top(case.top), Counts::Exact);
        let got = case.text(&lists).expect("it can be written");
        if wanted != got {
            let line = wanted.lines().zip(got.lines()).position(|(a, b)| a != b);
            panic!("seed {seed}, {options:?}: first difference in line {line:?}");
        }
    }
}

#[test]
fn golden_cases_come_out_of_columns_byte_for_byte() {
    for (name, case, wanted) in golden_cases() {
        let case = Case::read(&case).expect("the case is in the form");
        let options = BuildOptions::new(case.taxonomy.skills().len(), case.taxonomy.fingerprint());
        let set = EvidenceSet::in_memory(&case.people, options);
        let lists = rank_columns(&case.roles, &set, case.as_of, Cut::Top(case.top), Counts::Exact);
        assert_eq!(case.text(&lists).expect("it can be written"), wanted, "{name}");
    }
}

fn first_difference(wanted: &[Shortlist], got: &[Shortlist]) -> String {
    for (wanted, got) in wanted.iter().zip(got) {
        if wanted.listed != got.listed || wanted.left_out != got.left_out {
            let (a, b) = (&wanted.left_out, &got.left_out);
            return format!("{}: {:?} {a:?}, not {:?} {b:?}", wanted.role, wanted.listed, got.listed);
        }
        for (at, (a, b)) in wanted.entries.iter().zip(&got.entries).enumerate() {
            if a != b {
                return format!("{}: entry {at} is\n{a:#?}, not\n{b:#?}", wanted.role);
            }
        }
        if wanted.entries.len() != got.entries.len() {
            return format!("{}: {} entries, not {}", wanted.role, wanted.entries.len(), got.entries.len());
        }
    }
    "none".to_owned()
}

#[test]
fn columns_give_what_the_plain_path_gives_for_every_cut_also_with_changes() {
    let mut dice = Dice(11);
    for seed in 10_000..10_400 {
        let mut case = Case::read(&random_case(seed)).expect("the case is in the form");
        let options = options(&case.taxonomy, &mut dice);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let set = if dice.below(8) == 0 {
            changed_set(&mut case.people, options, &mut dice, folder.path())
        } else {
            EvidenceSet::in_memory(&case.people, options)
        };
        for role in &mut case.roles {
            role.decisions = any_decisions(&case.people, &mut dice);
        }
        let most = usize::try_from(dice.below(30)).expect("few");
        for cut in [Cut::Top(most), Cut::PerTier(most), Cut::Top(usize::MAX)] {
            let wanted = rank_all(&case.roles, &case.people, case.as_of, cut);
            let got = rank_columns(&case.roles, &set, case.as_of, cut, Counts::Exact);
            assert!(wanted == got, "seed {seed}, {options:?}, {cut:?}: {}", first_difference(&wanted, &got));
        }
    }
}

/// What somebody decided about some of these people; nothing, for some roles.
fn any_decisions(people: &[Facts], dice: &mut Dice) -> Decisions {
    let all = [Decided::Hired, Decided::Rejected, Decided::Withdrawn, Decided::InProcess];
    let some = dice.one_of(&[u64::MAX, 2, 10, 200]);
    // Somebody who is not there is left out of nothing.
    let mut decided = vec![(CandidateNumber(9), Decided::Hired)];
    for facts in people {
        if dice.below(some) == 0 {
            decided.push((facts.number, dice.one_of(&all)));
        }
    }
    Decisions::new(decided)
}

/// Roles for the crowd with everything that a role may ask for.
fn any_role(crowd: &Crowd, taxonomy: &Taxonomy, number: u32, dice: &mut Dice) -> Role {
    let kind = dice.one_of(&[RoleKind::Filtered, RoleKind::Open, RoleKind::Soft, RoleKind::Soft]);
    let mut role = role(crowd, 3, number, kind);
    let count = 1 + usize::try_from(dice.below(8)).expect("few");
    role.requirements.truncate(count);
    let skills: Vec<_> = taxonomy.skills().map(|(skill, _)| skill).collect();
    for requirement in &mut role.requirements {
        match dice.below(8) {
            0 => requirement.related = false,
            1 => requirement.accept = vec![dice.one_of(&skills)],
            2 => {
                let traits: Vec<_> = taxonomy.traits().map(|(t, _)| t).collect();
                *requirement = Requirement {
                    subject: Subject::Trait(dice.one_of(&traits)),
                    years: None,
                    min_years: None,
                    half_life: None,
                    ..requirement.clone()
                };
            }
            _ => {}
        }
    }
    if dice.below(3) == 0 {
        role.where_ = Some(Where {
            countries: ["DE", "US"].iter().map(|code| code.parse().expect("a country")).collect(),
            remote: dice.one_of(&[Remote::InCountries, Remote::Anywhere]),
            relocation: dice.below(2) == 0,
        });
    }
    if dice.below(3) == 0 {
        role.limits = Limits {
            years_min: (dice.below(2) == 0).then(|| "3".parse().expect("years")),
            permit: if dice.below(3) == 0 { vec!["DE".parse().expect("a country")] } else { Vec::new() },
            languages: if dice.below(3) == 0 { vec!["en".parse().expect("a language")] } else { Vec::new() },
            available_by: (dice.below(3) == 0).then(|| "2027-01-01".parse().expect("a date")),
            pay_max: None,
            drop_implausible: dice.below(3) == 0,
            unknown: dice.one_of(&[Unknown::Keep, Unknown::Drop]),
        };
    }
    role.assume_fit = dice.one_of(&[0, 3_000, 7_000, 7_000, 10_000]);
    role
}

fn in_threads<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be made").install(run)
}

#[test]
fn a_crowd_ranks_the_same_by_any_threads_blocks_and_counts() {
    let taxonomy = Taxonomy::embedded();
    let crowd = Crowd::new(taxonomy.clone()).expect("the taxonomy knows the crowd's skills");
    let people: Vec<Facts> = people(5, 3_000).collect();
    let mut dice = Dice(13);
    let roles: Vec<CompiledRole> = (0..60)
        .map(|number| {
            let role = CompiledRole::new(any_role(&crowd, &taxonomy, number, &mut dice), &taxonomy);
            role.with_decisions(any_decisions(&people, &mut dice))
        })
        .collect();
    let as_of: Date = xtask::generate::as_of();
    let mut full = BuildOptions::new(taxonomy.skills().len(), taxonomy.fingerprint());
    for (block_people, classes_max) in [(16_384, u16::MAX), (128, u16::MAX), (1_000, 60)] {
        (full.block_people, full.classes_max) = (block_people, classes_max);
        let set = EvidenceSet::in_memory(&people, full);
        for cut in [Cut::Top(10), Cut::PerTier(4)] {
            let wanted = rank_all(&roles, &people, as_of, cut);
            assert!(wanted.iter().filter(|list| !list.entries.is_empty()).count() > 40);
            assert!(wanted.iter().any(|list| list.left_out.contains_key("in_process")));
            for threads in [1, 2, 8] {
                let got = in_threads(threads, || rank_columns(&roles, &set, as_of, cut, Counts::Exact));
                let what = format!("{block_people} a block, {cut:?}, {threads} threads");
                assert!(wanted == got, "{what}: {}", first_difference(&wanted, &got));
            }
            let uncounted = rank_columns(&roles, &set, as_of, cut, Counts::Skipped);
            for (wanted, got) in wanted.iter().zip(&uncounted) {
                assert!(wanted.entries == got.entries, "{block_people} a block, {cut:?}: {}", wanted.role);
            }
        }
        let lists = rank_columns(&roles, &set, as_of, Cut::Top(10), Counts::Skipped);
        for (list, role) in lists.iter().zip(&roles) {
            for entry in &list.entries {
                let terms = entry.requirements.iter().zip(&role.requirements);
                let sum: u32 = terms.map(|(a, r)| u32::from(r.asked.weight) * u32::from(a.credit)).sum();
                assert_eq!(sum, entry.points, "{} {}", list.role, entry.number);
            }
        }
    }
}
