//! - applicants alone count, by the job that they applied for; everybody else is counted as left out
//! - who was shortlisted, in process or hired was selected, also where they were rejected later; taken back was not
//! - a file of groups and the values kept apart give the same figures
//! - unknown groups are counted and stand in no row; so do words and rows that nobody understands
//! - no ranking, no score, no index and no column changes by anybody's group

use std::path::PathBuf;
use std::sync::Arc;

use stackscout_importer::ImportOptions;
use stackscout_matcher::Cut;
use stackscout_taxonomy::Taxonomy;

use super::rates::Verdict;
use super::*;
use crate::runs::result_digest;
use crate::{Actor, Change, DecideRequest, ImportRequest, read_roles};

struct Desk {
    folder: tempfile::TempDir,
    taxonomy: Arc<Taxonomy>,
}

impl Desk {
    /// Twenty people, of whom the first sixteen applied for the role; `gender` gives a person's.
    fn new(gender: impl Fn(u32) -> &'static str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), taxonomy: Taxonomy::embedded() };
        let mut text = "id,email,applied for,stage,skills,gender,race\n".to_owned();
        for n in 1..=20_u32 {
            let job = if n <= 16 {
                "Back-End Engineer"
            } else if n <= 18 {
                "Cook"
            } else {
                ""
            };
            let stage = if n <= 18 { "applied" } else { "" };
            let race = if n.is_multiple_of(5) { "" } else { "White" };
            text += &format!("{n},p{n}@example.org,{job},{stage},Django ({n} yrs),{},{race}\n", gender(n));
        }
        let file = desk.write("people.csv", &text);
        let request = ImportRequest {
            files: &[file],
            options: ImportOptions::default(),
            as_of: "2026-11-01".parse().unwrap(),
            dry_run: false,
            strict: true,
            progress: &|_| {},
            actor: Actor::default(),
            why: "",
        };
        Pool::import(&desk.pool_folder(), &desk.taxonomy, &request).unwrap();
        desk
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn pool_folder(&self) -> PathBuf {
        self.folder.path().join("pool")
    }

    fn pool(&self) -> Pool {
        Pool::open(&self.pool_folder(), Arc::clone(&self.taxonomy)).unwrap()
    }

    fn roles(&self) -> Vec<RoleInput> {
        let text = "title = \"Back-end engineer\"\n[[require]]\nskill = \"Django\"\nyears = 20\n";
        read_roles(&[self.write("backend.toml", text)], &self.taxonomy).unwrap()
    }

    fn decide(&self, person: u32, state: DecisionState) {
        self.roles();
        let (folder, who) = (self.pool_folder(), person.to_string());
        let change = Change { folder: &folder, taxonomy: &self.taxonomy, actor: Actor::default(), why: "x" };
        let role = self.folder.path().join("backend.toml").display().to_string();
        change.decide(&DecideRequest { role: &role, who: &who, state, run: None }).unwrap();
    }

    fn impact(&self, groups: Groups<'_>, selected: Selected, jobs: Jobs<'_>) -> ImpactAnswer {
        let small = Small::Kept;
        let request =
            ImpactRequest { roles: self.roles(), run: None, jobs, selected, groups, small, as_of: None };
        self.pool().impact(request).unwrap()
    }
}

fn half(n: u32) -> &'static str {
    if n.is_multiple_of(2) { "f" } else { "m" }
}

fn of(answer: &ImpactAnswer, kind: Kind, by: By) -> &Table {
    answer.roles[0].tables.iter().find(|table| table.kind == kind && table.by == by).unwrap()
}

#[test]
fn applicants_alone_count() {
    let desk = Desk::new(half);
    let list = Selected::List { top: 100 };
    let named = desk.impact(Groups::Protected, list, Jobs::Named(&[]));
    assert_eq!((named.roles[0].applicants, named.roles[0].left_out), (16, 4));
    let cook = ["cook".to_owned()];
    let more = desk.impact(Groups::Protected, list, Jobs::Named(&cook));
    assert_eq!((more.roles[0].applicants, more.roles[0].left_out), (18, 2));
    let any = desk.impact(Groups::Protected, list, Jobs::Any);
    assert_eq!((any.roles[0].applicants, any.roles[0].left_out), (18, 2));
}

#[test]
fn who_was_moved_forward_was_selected() {
    let desk = Desk::new(half);
    for n in [2, 4, 6, 8, 10] {
        desk.decide(n, DecisionState::Shortlisted);
    }
    desk.decide(1, DecisionState::InProcess);
    desk.decide(3, DecisionState::Hired);
    desk.decide(5, DecisionState::Rejected);
    desk.decide(7, DecisionState::Shortlisted);
    desk.decide(7, DecisionState::TakenBack);
    desk.decide(2, DecisionState::Rejected);
    desk.decide(19, DecisionState::Shortlisted);
    let answer = desk.impact(Groups::Protected, Selected::Decisions, Jobs::Named(&[]));
    assert_eq!(answer.roles[0].selected, 7, "nobody who did not apply is among them");
    let sex = of(&answer, Kind::Selection, By::Sex);
    let rows: Vec<_> =
        sex.groups.iter().map(|g| (g.name.as_str(), g.rate.chosen, g.rate.of, g.verdict)).collect();
    assert_eq!(rows, [("Female", 5, 8, Verdict::Highest), ("Male", 2, 8, Verdict::Under)]);
    assert_eq!(sex.groups[1].ratio.unwrap().to_string(), "0.400");
}

#[test]
fn scores_are_set_against_the_median_of_all_applicants() {
    let desk = Desk::new(|n| if n > 8 { "f" } else { "m" });
    let answer = desk.impact(Groups::Protected, Selected::List { top: 3 }, Jobs::Named(&[]));
    let scoring = of(&answer, Kind::Scoring, By::Sex);
    let counts: Vec<_> = scoring.groups.iter().map(|g| (g.rate.chosen, g.rate.of)).collect();
    assert_eq!(counts, [(8, 8), (0, 8)], "years 9 to 16 are above the median of 1 to 16");
    // The three first of the list are people of 18 to 20 years, who did not apply.
    assert_eq!(answer.roles[0].selected, 0);
}

#[test]
fn a_file_and_the_values_kept_apart_give_the_same() {
    let desk = Desk::new(half);
    let mut text = "E-Mail;Sex;Ethnicity\n".to_owned();
    for n in 1..=20_u32 {
        text += &format!(
            "P{n}@example.org;{};{}\n",
            if n.is_multiple_of(2) { "Weiblich" } else { "Male" },
            if n.is_multiple_of(5) { "" } else { "Caucasian" }
        );
    }
    let file = desk.write("groups.csv", &text);
    let list = Selected::List { top: 10 };
    let from_file = desk.impact(Groups::File(&file), list, Jobs::Any);
    let kept = desk.impact(Groups::Protected, list, Jobs::Any);
    assert_eq!(from_file.roles, kept.roles);
    assert_eq!(of(&kept, Kind::Selection, By::Race).unknown.of, 3, "5, 10 and 15 applied and said nothing");
    let both = of(&kept, Kind::Selection, By::Both);
    assert_eq!(both.groups[0].name, "White, female");
    assert_eq!(both.groups.iter().map(|g| g.rate.of).sum::<u64>() + both.unknown.of, 18);
    let file = desk.write("groups.csv", "id,gender\n1,blue\n2,f\n99,f\nnobody@example.org,m\n");
    let odd = desk.impact(Groups::File(&file), list, Jobs::Any);
    assert_eq!((odd.not_understood, odd.nobody), (1, 2));
    let file = desk.write("groups.csv", "id,age\n1,30\n");
    let request = ImpactRequest {
        roles: desk.roles(),
        run: None,
        jobs: Jobs::Any,
        selected: list,
        groups: Groups::File(&file),
        small: Small::Kept,
        as_of: None,
    };
    assert!(matches!(desk.pool().impact(request), Err(EngineError::Groups { .. })));
}

#[test]
fn nothing_but_these_figures_changes_by_a_group() {
    let of = |gender: fn(u32) -> &'static str| {
        let desk = Desk::new(gender);
        let mut pool = desk.pool();
        let ranking = pool.rank(desk.roles(), Cut::Top(30), None).unwrap();
        let lists = crate::runs::lists(&ranking);
        let found = pool.count_matching("female or male or f or m").unwrap();
        let columns = desk.pool_folder().join("columns");
        let mut files: Vec<_> = std::fs::read_dir(columns).unwrap().flatten().map(|e| e.path()).collect();
        files.sort();
        let bytes: Vec<Vec<u8>> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
        (lists, result_digest(&ranking.manifest), found, bytes)
    };
    assert!(of(half) == of(|n| if n.is_multiple_of(2) { "m" } else { "f" }));
}
