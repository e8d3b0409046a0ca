//! - the embedded data loads, is sorted, and every row has a source that `SOURCES.md` describes
//! - no spelling means two skills
//! - what the guide says of its frameworks stands in the data, with the guide as its source
//! - names that look alike and are not the same stay apart
//! - written skills resolve as people mean them
//! - the relations between well-known skills count what they should
//! - tables that do not hold together are refused, with the place
//! - whatever a cell holds, reading it ends and every item is a part of the cell

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Taxonomy;
use crate::spelling::exact_key;
use crate::tables::{
    EMBEDDED, RelationRow, RelationTypeRow, SkillRow, SkillTraitRow, SpellingRow, Tables, TraitRow,
};
use crate::written::tests::PIECES;
use crate::{CREDIT_FULL, LastUsed, Level, Link, LinkKind, Resolution, SkillIx, TaxonomyError};

const SOURCES: &str = include_str!("../../../data/taxonomy/SOURCES.md");

/// The rows of an embedded file as cells, without its header.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn id(taxonomy: &Taxonomy, skill: SkillIx) -> &str {
    &taxonomy.skill(skill).id
}

fn named(taxonomy: &Taxonomy, name: &str) -> SkillIx {
    taxonomy.resolve(name).skill().unwrap_or_else(|| panic!("`{name}` is no skill"))
}

// The embedded data

#[test]
fn the_embedded_data_loads() {
    let tables = Tables::embedded().unwrap();
    let taxonomy = Taxonomy::new(tables, "test".to_owned()).unwrap();
    assert_eq!(taxonomy.skills().len(), cells(EMBEDDED[0].1).len());
    assert!(taxonomy.skills().len() > 1_000, "{} skills", taxonomy.skills().len());
    assert_eq!(Taxonomy::embedded().fingerprint().len(), 32);
}

/// How many of a file's first columns name its rows.
fn key_columns(file: &str) -> usize {
    if matches!(file, "relations.csv" | "skill_traits.csv" | "case_traits.csv" | "cues.csv") { 2 } else { 1 }
}

#[test]
fn every_file_is_sorted_by_its_key_and_ends_with_a_line_break() {
    for (file, text) in EMBEDDED {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{file} ends otherwise");
        assert!(!text.contains('\r'), "{file} holds carriage returns");
        let rows = cells(text);
        assert!(!rows.is_empty(), "{file} is empty");
        let keys: Vec<&[String]> = rows.iter().map(|row| &row[..key_columns(file)]).collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{file}: {:?} stands before {:?}", pair[0], pair[1]);
        }
    }
}

#[test]
fn no_two_skills_share_a_spelling() {
    let tables = Tables::embedded().unwrap();
    let names = tables.skills.iter().map(|s| (&s.name, &s.id));
    let spellings = tables.spellings.iter().map(|s| (&s.spelling, &s.skill));
    let mut meanings: BTreeMap<String, &str> = BTreeMap::new();
    for (spelling, skill) in names.chain(spellings) {
        let first = meanings.entry(exact_key(spelling)).or_insert(skill);
        assert_eq!(first, skill, "`{spelling}` means both");
    }
}

#[test]
fn every_id_that_a_row_names_is_known() {
    let tables = Tables::embedded().unwrap();
    let skills: BTreeSet<&str> = tables.skills.iter().map(|s| s.id.as_str()).collect();
    let traits: BTreeSet<&str> = tables.traits.iter().map(|t| t.id.as_str()).collect();
    let cases: BTreeSet<&str> = tables.cases.iter().map(|c| c.id.as_str()).collect();
    let kinds: BTreeSet<&str> = tables.skills.iter().map(|s| s.kind.as_str()).collect();
    let named_skills = (tables.skills.iter().map(|s| &s.language).filter(|l| !l.is_empty()))
        .chain(tables.spellings.iter().map(|s| &s.skill))
        .chain(tables.relations.iter().flat_map(|r| [&r.from, &r.to]))
        .chain(tables.skill_traits.iter().map(|r| &r.skill))
        .chain(tables.cases.iter().map(|c| &c.skill))
        .chain(tables.assessments.iter().map(|a| &a.skill));
    for skill in named_skills {
        assert!(skills.contains(skill.as_str()), "unknown skill `{skill}`");
    }
    let named_traits = (tables.skill_traits.iter().map(|r| &r.trait_id))
        .chain(tables.case_traits.iter().map(|r| &r.trait_id));
    for named in named_traits {
        assert!(traits.contains(named.as_str()), "unknown trait `{named}`");
    }
    for row in &tables.case_traits {
        assert!(cases.contains(row.case.as_str()), "unknown case `{}`", row.case);
    }
    let listed_kinds = (tables.relation_types.iter().map(|r| &r.kinds))
        .chain(tables.role_families.iter().map(|f| &f.kinds))
        .flat_map(|kinds| crate::tables::list(kinds));
    for kind in listed_kinds {
        assert!(kinds.contains(kind), "no skill is of the kind `{kind}`");
    }
}

#[test]
fn every_skill_has_a_kind_and_every_row_a_source_that_is_described() {
    let described: BTreeSet<&str> = SOURCES
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(key, _)| key)
        .collect();
    assert!(described.contains("guide") && described.contains("stackscout"), "{described:?}");
    for (file, text) in EMBEDDED {
        let header = text.lines().next().unwrap();
        assert_eq!(header.rsplit(',').next(), Some("source"), "{file}");
        for row in cells(text) {
            let source = row.last().unwrap();
            assert!(described.contains(source.as_str()), "{file}: `{}` has source `{source}`", row[0]);
        }
    }
    for skill in Tables::embedded().unwrap().skills {
        assert!(!skill.kind.is_empty(), "`{}` has no kind", skill.id);
    }
}

// The guide

#[test]
fn what_the_guide_says_of_its_frameworks_is_in_the_data() {
    let facts = [
        (
            "django",
            "batteries-included large-scale scalability high-traffic complex-data-structures security \
             rapid-development maintainable-code built-in-authentication data-validation \
             few-third-party-integrations",
        ),
        (
            "rails",
            "convention-over-configuration mvc rapid-development maintainable-code complex-applications \
             object-relational-mapping large-scale high-traffic",
        ),
        (
            "express",
            "lightweight minimalist flexibility fast-response scalability robust-apis asynchronous real-time",
        ),
        ("react", "component-based reusability maintainable-code ui-components"),
        ("angular", "component-based reusability maintainable-code ui-components"),
        ("redux", "state-management complex-applications"),
        ("vuex", "state-management complex-applications"),
    ];
    let tables = Tables::embedded().unwrap();
    for (skill, traits) in facts {
        for wanted in traits.split_whitespace() {
            let source = tables
                .skill_traits
                .iter()
                .find(|row| row.skill == skill && row.trait_id == wanted)
                .map(|row| row.source.as_str());
            assert_eq!(source, Some("guide"), "{skill}: {wanted}");
        }
        let row = tables.skills.iter().find(|s| s.id == skill);
        assert_eq!(row.map(|s| s.source.as_str()), Some("guide"), "{skill}");
    }
    // "seamless integration with Node.js"
    let node = tables.relations.iter().find(|r| r.from == "express" && r.to == "nodejs").unwrap();
    assert_eq!((node.relation.as_str(), node.source.as_str()), ("implies", "guide"));
}

#[test]
fn the_guides_cases_run_on_what_it_says() {
    let facts = [
        ("Instagram", "django", "high-traffic complex-data-structures"),
        ("GitHub", "rails", "rapid-development large-scale"),
        ("Shopify", "rails", "rapid-development large-scale"),
        ("Trello", "express", "robust-apis real-time flexibility fast-response scalability"),
        ("MySpace", "express", "flexibility fast-response scalability"),
    ];
    let tables = Tables::embedded().unwrap();
    for (name, skill, traits) in facts {
        let case = tables.cases.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("no case {name}"));
        assert_eq!((case.skill.as_str(), case.source.as_str()), (skill, "guide"), "{name}");
        for wanted in traits.split_whitespace() {
            let row = tables.case_traits.iter().find(|r| r.case == case.id && r.trait_id == wanted);
            assert_eq!(row.map(|r| r.source.as_str()), Some("guide"), "{name}: {wanted}");
        }
    }
}

#[test]
fn the_guides_criteria_features_and_trends_are_traits() {
    let facts = [
        ("criterion", "community-support scalability ease-of-use practical-assessment"),
        (
            "feature",
            "security performance-optimisation dynamic-content database-management integration-with-other-tools \
             structured-teamwork asynchronous ui-components",
        ),
        (
            "architecture",
            "mvc object-relational-mapping microservices event-driven component-based state-management",
        ),
        ("philosophy", "batteries-included convention-over-configuration lightweight minimalist"),
        (
            "trend",
            "ai-driven-features predictive-analytics automated-debugging real-time-data-processing serverless \
             cloud-native multi-cloud distributed-systems rust-and-go",
        ),
    ];
    let taxonomy = Taxonomy::embedded();
    for (kind, traits) in facts {
        for wanted in traits.split_whitespace() {
            let found = taxonomy.trait_by_id(wanted).unwrap_or_else(|| panic!("no trait {wanted}"));
            let found = taxonomy.trait_(found);
            assert_eq!((found.kind.as_str(), found.source.as_str()), (kind, "guide"), "{wanted}");
        }
    }
}

// Spellings

#[test]
fn names_that_look_alike_stay_apart() {
    let taxonomy = Taxonomy::embedded();
    let groups: [&[&str]; 7] = [
        &["Vuex", "Vue.js"],
        &["AngularJS", "Angular"],
        &["Java", "JavaScript"],
        &["C", "C++", "C#", ".NET", "R", "Go"],
        &["React", "React Native", "Redux"],
        &["Node.js", "Deno", "Express.js"],
        &["SQL", "Microsoft SQL Server", "MySQL", "PostgreSQL", "SQLite"],
    ];
    for group in groups {
        let ids: BTreeSet<&str> = group.iter().map(|name| id(&taxonomy, named(&taxonomy, name))).collect();
        assert_eq!(ids.len(), group.len(), "{group:?} are {ids:?}");
    }
    for (written, wanted) in
        [("vuex", "vuex"), ("vue", "vue"), ("angular.js", "angularjs"), ("angular js", "angularjs")]
    {
        assert_eq!(id(&taxonomy, named(&taxonomy, written)), wanted, "{written}");
    }
}

#[test]
fn spellings_mean_what_people_mean() {
    let table = [
        ("RoR", "rails"),
        ("ROR", "rails"),
        ("rails 5", "rails, version 5"),
        ("Ruby On Rails 6.1", "rails, version 6.1"),
        ("ReactJS", "react"),
        ("react.js", "react"),
        ("React Native", "react-native"),
        ("K8s", "kubernetes"),
        ("Postgres", "postgresql"),
        ("PSQL", "postgresql"),
        ("golang", "go"),
        ("dotnet", "dotnet"),
        ("JS", "javascript"),
        ("TS", "typescript"),
        ("MSSQL", "sql-server"),
        ("GCP", "gcp"),
        ("Python 3.11", "python, version 3.11"),
        ("Vue.js v3.x", "vue, version 3.x"),
        ("Java 8 (5+ yrs)", "java, version 8, 50 tenths"),
        ("React – expert", "react, expert"),
        ("C#/.NET Core", "csharp; dotnet"),
        ("Node & Express", "nodejs; express"),
        ("HTML5/CSS3", "html, version 5; css, version 3"),
        ("AWS (EC2, S3, Lambda)", "aws; amazon-ec2; amazon-s3; aws-lambda"),
        ("Angular 2+", "angular, version 2+"),
        ("Django (4 yrs, last used 2024)", "django, 40 tenths, last used 2024"),
        ("Flask (2,5 years, current)", "flask, 25 tenths, in use"),
        ("Python:6; Rails, C#", "python, 60 tenths; rails; csharp"),
        ("5 years of Django", "django, 50 tenths"),
        ("Ｒｅａｃｔ\u{200b}", "react"),
        ("• Django • Vue", "django; vue"),
        ("", ""),
    ];
    let taxonomy = Taxonomy::embedded();
    for (written, wanted) in table {
        let read: Vec<String> = taxonomy
            .read_list(written)
            .iter()
            .map(|item| {
                let skill = item.resolution.skill().map_or("?", |s| id(&taxonomy, s));
                let mut parts = vec![skill.to_owned()];
                parts.extend(item.version.as_ref().map(|v| format!("version {v}")));
                parts.extend(item.years.map(|tenths| format!("{tenths} tenths")));
                parts.extend(item.last_used.map(|last| match last {
                    LastUsed::Year(year) => format!("last used {year}"),
                    LastUsed::Current => "in use".to_owned(),
                }));
                parts.extend(item.level.map(|level| level.word().to_owned()));
                parts.join(", ")
            })
            .collect();
        assert_eq!(read.join("; "), wanted, "{written:?}");
    }
}

#[test]
fn what_is_near_is_suggested_and_never_taken() {
    let taxonomy = Taxonomy::embedded();
    for (written, wanted) in [
        ("djngo", "django"),
        ("Djnago", "django"),
        ("Reactt", "react"),
        ("Jva", "java"),
        ("Kubernets", "kubernetes"),
        ("Postgrexql", "postgresql"),
        ("Elastic serch", "elasticsearch"),
        ("Typscript", "typescript"),
    ] {
        let Resolution::Near(near) = taxonomy.resolve(written) else { panic!("{written} is not near") };
        assert_eq!(id(&taxonomy, near[0]), wanted, "{written}");
        assert_eq!(taxonomy.read_one(written).resolution, Resolution::Unknown, "{written}");
    }
    for nothing in
        ["basket weaving at night", "q", "ab", "PHD", "rat", "s9", "Foobarix", "xy", "teamwork", "sales"]
    {
        assert_eq!(taxonomy.resolve(nothing), Resolution::Unknown, "{nothing}");
    }
}

// Relations

#[test]
fn relations_count_what_they_should() {
    let table = [
        ("Flask", "Django", 6_000, "same language and kind"),
        ("Django", "Flask", 6_000, "same language and kind"),
        ("NestJS", "Express.js", 8_500, "extends"),
        ("React", "Vue.js", 5_000, "same paradigm"),
        ("PostgreSQL", "MySQL", 5_000, "same paradigm"),
        ("Apache Kafka", "RabbitMQ", 5_000, "same paradigm"),
        ("Ruby on Rails", "Django", 4_000, "same philosophy"),
        ("Django", "Ruby on Rails", 4_000, "same philosophy"),
        ("Python", "Django", 2_000, "language of"),
        ("AngularJS", "Angular", 5_000, "succeeds"),
        ("Django REST framework", "Django", CREDIT_FULL, "implies"),
        ("Django REST framework", "Python", CREDIT_FULL, "implies"),
        ("Django", "Python", CREDIT_FULL, "implies"),
        ("Django", "Django", CREDIT_FULL, "itself"),
    ];
    let taxonomy = Taxonomy::embedded();
    for (from, to, credit, relation) in table {
        let link = taxonomy.link(named(&taxonomy, from), named(&taxonomy, to));
        let Link { credit: found, kind } =
            link.unwrap_or_else(|| panic!("nothing leads from {from} to {to}"));
        let word = match &kind {
            LinkKind::Itself => "itself",
            LinkKind::Implies => "implies",
            LinkKind::Related { relation, .. } => relation,
        };
        assert_eq!((found.ten_thousandths(), word), (credit, relation), "{from} -> {to}");
    }
    for (from, to) in [("Django", "Kubernetes"), ("Redis", "Django"), ("Java", "JavaScript")] {
        let (from_ix, to_ix) = (named(&taxonomy, from), named(&taxonomy, to));
        assert_eq!(taxonomy.link(from_ix, to_ix), None, "{from} -> {to}");
    }
}

#[test]
fn implying_closes_and_related_rows_never_chain() {
    let mut tables = small();
    tables.relations = vec![
        relation("a", "b", "implies", 10_000),
        relation("b", "c", "implies", 10_000),
        relation("c", "d", "near to", 6_000),
        relation("d", "e", "near to", 6_000),
    ];
    let taxonomy = Taxonomy::new(tables, "test".to_owned()).unwrap();
    let at = |id: &str| taxonomy.skill_by_id(id).unwrap();
    assert!(taxonomy.is_or_implies(at("a"), at("c")));
    assert!(!taxonomy.is_or_implies(at("c"), at("a")));
    let link = taxonomy.link(at("a"), at("d")).unwrap();
    assert_eq!(link.credit.ten_thousandths(), 6_000);
    assert!(matches!(link.kind, LinkKind::Related { from, .. } if from == at("c")));
    assert_eq!(taxonomy.link(at("a"), at("e")), None);
}

#[test]
fn an_explicit_row_stands_before_what_follows_from_attributes() {
    let mut tables = small();
    for skill in &mut tables.skills {
        skill.language = if skill.id == "e" { String::new() } else { "e".to_owned() };
    }
    tables.relation_types = vec![RelationTypeRow {
        relation: "same language".to_owned(),
        basis: "same-language".to_owned(),
        kinds: "test".to_owned(),
        credit: 6_000,
        source: "test".to_owned(),
    }];
    tables.relations = vec![relation("a", "b", "near to", 1_500)];
    let taxonomy = Taxonomy::new(tables, "test".to_owned()).unwrap();
    let credit = |from: &str, to: &str| {
        let at = |id: &str| taxonomy.skill_by_id(id).unwrap();
        taxonomy.link(at(from), at(to)).map(|l| l.credit.ten_thousandths())
    };
    assert_eq!((credit("a", "b"), credit("b", "a")), (Some(1_500), Some(6_000)));
}

#[test]
fn a_philosophy_in_common_counts_only_where_the_type_lists_it() {
    let mut tables = small();
    let philosophy = |id: &str| TraitRow {
        id: id.to_owned(),
        kind: "philosophy".to_owned(),
        also: String::new(),
        ..tables.traits[0].clone()
    };
    let philosophies = [philosophy("plain"), philosophy("rich")];
    tables.traits.extend(philosophies.into_iter().map(|t| TraitRow { name: t.id.clone(), ..t }));
    let has = |skill: &str, id: &str| SkillTraitRow {
        skill: skill.to_owned(),
        trait_id: id.to_owned(),
        source: "test".to_owned(),
    };
    tables.skill_traits = vec![has("a", "plain"), has("b", "plain"), has("c", "rich"), has("d", "rich")];
    let with = |basis: &str| {
        let mut tables = tables.clone();
        tables.relation_types = vec![RelationTypeRow {
            relation: "same philosophy".to_owned(),
            basis: basis.to_owned(),
            kinds: "test".to_owned(),
            credit: 4_000,
            source: "test".to_owned(),
        }];
        Taxonomy::new(tables, "test".to_owned())
    };
    let linked = |taxonomy: &Taxonomy, from: &str, to: &str| {
        let at = |id: &str| taxonomy.skill_by_id(id).unwrap();
        taxonomy.link(at(from), at(to)).is_some()
    };
    let all = with("same-philosophy").unwrap();
    assert!(linked(&all, "a", "b") && linked(&all, "c", "d") && !linked(&all, "a", "c"));
    let rich = with("same-philosophy of rich").unwrap();
    assert!(!linked(&rich, "a", "b") && linked(&rich, "c", "d"));
    for (basis, wanted) in [
        ("same-philosophy of nothing", "`nothing` is no trait of kind philosophy"),
        ("same-language of rich", "basis `same-language` takes no list"),
        ("same-mood", "unknown basis `same-mood`"),
    ] {
        let message = with(basis).unwrap_err().to_string();
        assert!(message.contains(wanted), "{message}");
    }
}

#[test]
fn what_is_used_together_or_serves_one_purpose_is_not_near() {
    let taxonomy = Taxonomy::embedded();
    for row in &taxonomy.tables().relations {
        if matches!(row.relation.as_str(), "often used together" | "same purpose") {
            assert!(row.credit <= 3_500, "{} -> {}: {}", row.from, row.to, row.credit);
        }
    }
}

// Refused tables

/// Five skills, `a` to `e`, and a trait.
fn small() -> Tables {
    let text = |text: &str| text.to_owned();
    let skill = |id: &str| SkillRow {
        id: text(id),
        name: id.to_uppercase(),
        kind: text("test"),
        source: text("test"),
        ..SkillRow::default()
    };
    let trait_row = TraitRow {
        id: text("quick"),
        name: text("Quick"),
        kind: text("feature"),
        source: text("test"),
        also: text("fast"),
    };
    Tables {
        skills: ["a", "b", "c", "d", "e"].map(skill).into(),
        traits: vec![trait_row],
        ..Tables::default()
    }
}

fn relation(from: &str, to: &str, relation: &str, credit: u16) -> RelationRow {
    let [from, to, relation] = [from, to, relation].map(str::to_owned);
    RelationRow { from, to, relation, credit, source: "test".to_owned() }
}

fn refused(change: impl FnOnce(&mut Tables)) -> String {
    let mut tables = small();
    change(&mut tables);
    Taxonomy::new(tables, "test".to_owned()).map(|_| "was taken".to_owned()).unwrap_or_else(|e| e.to_string())
}

#[test]
fn sound_tables_are_taken() {
    assert_eq!(refused(|_| {}), "was taken");
    assert_eq!(refused(|t| t.relations = vec![relation("a", "b", "near to", 9_500)]), "was taken");
    assert_eq!(refused(|t| t.relations = vec![relation("a", "b", "implies", 10_000)]), "was taken");
}

#[test]
fn a_circle_of_implying_is_refused() {
    let circle = |t: &mut Tables| {
        let pairs = [("b", "c"), ("c", "d"), ("d", "b")];
        t.relations = pairs.map(|(from, to)| relation(from, to, "implies", 10_000)).into();
    };
    assert_eq!(refused(circle), "relations.csv: `b` implies itself through other skills");
    let mut tables = small();
    circle(&mut tables);
    let error = Taxonomy::new(tables, "test".to_owned()).unwrap_err();
    assert_eq!(error, TaxonomyError::ImpliesCycle("b".to_owned()));
    assert!(
        refused(|t| t.relations = vec![relation("a", "a", "near to", 500)]).contains("related to itself")
    );
}

#[test]
fn credits_are_multiples_of_500_and_full_only_for_implies() {
    for credit in [0, 501, 10_500] {
        let message = refused(|t| t.relations = vec![relation("a", "b", "near to", credit)]);
        assert!(message.starts_with(&format!("relations.csv:2: credit {credit} ")), "{message}");
    }
    for row in [relation("a", "b", "near to", 10_000), relation("a", "b", "implies", 9_500)] {
        let credit = row.credit;
        let message = refused(|t| t.relations = vec![row]);
        assert!(message.starts_with(&format!("relations.csv:2: credit {credit} ")), "{message}");
    }
    let with_type = |credit| RelationTypeRow {
        relation: "same paradigm".to_owned(),
        basis: "same-paradigm".to_owned(),
        kinds: "test".to_owned(),
        credit,
        source: "test".to_owned(),
    };
    for credit in [0, 501, 10_000] {
        let message = refused(|t| t.relation_types = vec![with_type(credit)]);
        assert!(message.starts_with(&format!("relation_types.csv:2: credit {credit} ")), "{message}");
    }
}

#[test]
fn ids_that_lead_nowhere_are_refused() {
    let message = refused(|t| t.relations = vec![relation("a", "nobody", "near to", 500)]);
    assert_eq!(message, "relations.csv:2: unknown skill `nobody`");
    let message = refused(|t| t.skills[1].language = "nobody".to_owned());
    assert_eq!(message, "skills.csv:3: unknown skill `nobody`");
    let message = refused(|t| t.spellings = vec![spelling("bee", "b"), spelling("none", "nobody")]);
    assert_eq!(message, "spellings.csv:3: unknown skill `nobody`");
    let row = |trait_id: &str| SkillTraitRow {
        skill: "a".to_owned(),
        trait_id: trait_id.to_owned(),
        source: "test".to_owned(),
    };
    assert_eq!(refused(|t| t.skill_traits = vec![row("quick")]), "was taken");
    assert_eq!(refused(|t| t.skill_traits = vec![row("slow")]), "skill_traits.csv:2: unknown trait `slow`");
}

fn spelling(spelling: &str, skill: &str) -> SpellingRow {
    let [spelling, skill] = [spelling, skill].map(str::to_owned);
    SpellingRow { spelling, skill, context: String::new(), source: "test".to_owned() }
}

#[test]
fn a_spelling_with_two_meanings_is_refused() {
    let message = refused(|t| t.spellings = vec![spelling("Bee", "b"), spelling("BEE", "c")]);
    assert_eq!(message, "spellings.csv:3: `BEE` means both `c` and `b`");
    let message = refused(|t| t.spellings = vec![spelling("a", "b")]);
    assert_eq!(message, "spellings.csv:2: `a` means both `b` and `a`");
    let message = refused(|t| t.skills[1].name = "A".to_owned());
    assert_eq!(message, "skills.csv:3: the name `A` is also the name of `a`");
    assert_eq!(refused(|t| t.spellings = vec![spelling("bee", "b"), spelling("bees", "b")]), "was taken");
}

#[test]
fn skills_without_a_kind_or_source_and_ids_that_are_none_are_refused() {
    let message = refused(|t| t.skills[2].kind.clear());
    assert_eq!(message, "skills.csv:4: `c` has no kind or no source");
    let message = refused(|t| t.skills[0].source.clear());
    assert_eq!(message, "skills.csv:2: `a` has no kind or no source");
    let message = refused(|t| t.skills[0].id = "Not A Slug".to_owned());
    assert!(message.starts_with("skills.csv:2: `Not A Slug` is no id"), "{message}");
    let message = refused(|t| t.skills[1].id = "a".to_owned());
    assert_eq!(message, "skills.csv:3: `a` stands in line 2 already");
}

// Whatever a cell holds

/// Xorshift: the same text for the same seed, everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

#[test]
fn reading_ends_whatever_a_cell_holds() {
    let taxonomy = Taxonomy::embedded();
    let mut random = Random(0x5eed_1234_abcd);
    for round in 0..500 {
        let pieces = 1 + random.below(14);
        let cell: String = (0..pieces).map(|_| PIECES[random.below(PIECES.len())]).collect();
        let read = taxonomy.read_list(&cell);
        assert!(read.len() <= cell.len() + 1, "round {round}: {} items of {cell:?}", read.len());
        for item in read {
            assert!(cell.contains(item.written), "round {round}: {:?} is not in {cell:?}", item.written);
            assert!(item.written.contains(item.name), "{:?} is not in {:?}", item.name, item.written);
            assert!(item.years.is_none_or(|tenths| (1..=999).contains(&tenths)), "{cell:?}");
        }
        let one = taxonomy.read_one(&cell);
        assert!(cell.contains(one.written), "{cell:?}");
        let _ = (taxonomy.resolve(&cell), taxonomy.skills_in(&cell), taxonomy.trait_by_wording(&cell));
    }
}

#[test]
fn a_long_cell_is_read_to_its_end() {
    let taxonomy = Taxonomy::embedded();
    let many = "Django (4 yrs), ".repeat(2_000);
    let read = taxonomy.read_list(&many);
    assert_eq!(read.len(), 2_000);
    assert!(read.iter().all(|item| item.years == Some(40)));
    for hostile in
        ["(".repeat(3_000), ")".repeat(3_000), "a/".repeat(1_500), "1 ".repeat(3_000), ",;".repeat(3_000)]
    {
        let _ = taxonomy.read_list(&hostile);
    }
}

#[test]
fn levels_are_read_and_kept_apart_from_the_name() {
    let taxonomy = Taxonomy::embedded();
    for (written, level) in [
        ("Django (basic)", Level::Basic),
        ("Django - intermediate", Level::Intermediate),
        ("advanced Django", Level::Advanced),
        ("Django: expert", Level::Expert),
    ] {
        let read = taxonomy.read_one(written);
        assert_eq!(read.resolution.skill().map(|s| id(&taxonomy, s)), Some("django"), "{written}");
        assert_eq!((read.level, read.years), (Some(level), None), "{written}");
    }
}
