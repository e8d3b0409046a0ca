//! - free text gives evidence: worked or mentioned, with years and last use where the text says so
//! - a title declares; an employer, a school and a post that is sought say nothing of what a person can do
//! - nor does their own name, where neither a list nor a title says the same
//! - what is denied is nothing, what is wished for an interest
//! - "present" is the day on which the row was current; where nobody named one, it gives no years
//! - text never lowers what a list declares
//! - times are put together over all texts, each month once
//! - every place keeps its sentence, in bounds
//! - who claims too much is flagged with the reason, and keeps every skill
//! - text that names no skill gives no evidence
//! - the same text in two columns is one evidence with two places; the order of columns does not matter to facts
//! - one text says what the finder's own evidence says
//! - reading for what could not be read, and without explanations, gives what whole reading gives

use proptest::prelude::*;
use stackscout_taxonomy::mention::{Subject, TextContext, TextKind, YearMonth, evidence};
use stackscout_taxonomy::{LastUsed, Stance, Taxonomy};

use super::*;
use crate::{Part, Reading, RowDate, Value};

const AS_OF: &str = "2026-11-01";

fn record(cells: &[(Field, &str)]) -> Record {
    let value = |(at, (field, text)): (usize, &(Field, &str))| Value {
        field: *field,
        column: format!("{field} {at}"),
        text: (*text).to_owned(),
        cell: Cell { import: 1, line: 2 },
        reading: Reading::default(),
    };
    let mut part = Part::new("s", Some("1".to_owned()), cells.iter().enumerate().map(value).collect());
    part.as_of.push(RowDate { as_of: AS_OF.parse().unwrap(), import: 1 });
    Record::new(CandidateNumber(1), part)
}

fn read(cells: &[(Field, &str)]) -> Candidate {
    Candidate::read(&record(cells), &Taxonomy::embedded()).0
}

fn read_record(record: &Record) -> Candidate {
    Candidate::read(record, &Taxonomy::embedded()).0
}

/// `django worked 4 to 2023; python declared 3`, with traits behind the skills.
fn said(candidate: &Candidate) -> String {
    let taxonomy = Taxonomy::embedded();
    let skill = |held: &HeldSkill| {
        let e = held.evidence;
        let mut words = vec![taxonomy.skill(e.skill).id.clone(), e.source.word().to_owned()];
        words.extend(e.years.map(|years| years.to_string()));
        words.extend(e.last_used.map(|last| match last {
            LastUsed::Current => "current".to_owned(),
            LastUsed::Year(year) => format!("to {year}"),
        }));
        words.join(" ")
    };
    let of_trait = |held: &HeldTrait| {
        let e = held.evidence;
        format!("trait {} {}", taxonomy.trait_(e.trait_ix).id, e.source.word())
    };
    let skills = candidate.skills.iter().map(skill);
    skills.chain(candidate.traits.iter().map(of_trait)).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(cells: &[(Field, &str)], expected: &str) {
    assert_eq!(said(&read(cells)), expected, "{cells:?}");
}

#[test]
fn text_gives_evidence() {
    check(&[(Field::Summary, "Fond of PostgreSQL.")], "postgresql mentioned");
    check(&[(Field::Notes, "5 years of Django, until 2023.")], "django worked 5 to 2023");
    check(&[(Field::Cv, "Worked with Kafka at Acme.")], "kafka worked");
    check(
        &[(Field::WorkHistory, "Jan 2019 - Dec 2022 | Acme GmbH | Engineer\nShop in Laravel.")],
        "laravel worked 4 to 2022",
    );
    check(
        &[(Field::Notes, "Likes convention over configuration.")],
        "trait convention-over-configuration mentioned",
    );
    check(&[(Field::Summary, "Ran high-traffic systems.")], "trait high-traffic worked");
}

#[test]
fn a_title_declares_and_what_is_not_the_persons_says_nothing() {
    check(&[(Field::Title, "Senior Django Developer")], "django declared");
    check(&[(Field::Title, "Aspiring Django developer")], "");
    check(&[(Field::Title, "Go-to-market manager, C-level")], "");
    check(
        &[(Field::Notes, "Go-to-market in the Rust Belt. Let us go and rest; vitamin C. Spring is near.")],
        "",
    );
    check(&[(Field::Employer, "Django Software Foundation")], "");
    check(&[(Field::Education, "Oracle academy, Java course")], "");
    check(&[(Field::AppliedFor, "Java developer")], "");
    check(&[(Field::Notes, "Applied for the Java role.")], "");
}

#[test]
fn an_employer_behind_its_sign_is_no_skill() {
    check(&[(Field::WorkHistory, "Accountant @ Redis Labs (2018-01 - 2022-12)")], "");
    check(&[(Field::WorkHistory, "Volunteer @ Friends of Ruby Church (2018 - 2022)\nSang.")], "");
    check(
        &[(Field::WorkHistory, "Django Developer @ Acme Redis (2018-01 - 2022-12)")],
        "django worked 5 to 2022",
    );
    check(&[(Field::Notes, "Spoke @ Google about PostgreSQL.")], "postgresql worked");
}

#[test]
fn a_name_is_no_skill() {
    let notes = (Field::Notes, "Ruby led teams for 4 years at Acme, with Django.");
    check(&[(Field::Name, "Ruby Jones"), notes], "django worked");
    check(&[(Field::LastName, "Jones"), (Field::FirstName, "Ruby"), notes], "django worked");
    check(&[(Field::Name, "Ben Jones"), notes], "django worked; ruby worked 4");
    // Whoever says that they hold it is believed.
    check(&[(Field::Name, "Ruby Jones"), (Field::Skills, "Ruby"), notes], "django worked; ruby worked 4");
    check(
        &[(Field::Name, "Ruby Jones"), (Field::Title, "Ruby developer"), notes],
        "django worked; ruby worked 4",
    );
}

#[test]
fn what_is_denied_is_nothing_and_wishes_are_interests() {
    let candidate = read(&[(Field::Notes, "No Django. Keen to learn Elixir. Not interested in PHP.")]);
    assert_eq!(said(&candidate), "");
    let names: Vec<&str> = Vec::from_iter(candidate.interests.iter().map(|_| "one"));
    assert_eq!(names.len(), 1);
    assert_eq!(Taxonomy::embedded().skill(candidate.interests[0]).id, "elixir");
}

#[test]
fn present_is_the_day_of_the_row() {
    let cells = [(Field::Notes, "2019 – present Acme GmbH, engineer: Django")];
    check(&cells, "django worked 7.4 current");
    let mut undated = record(&cells);
    undated.parts[0].as_of.clear();
    assert_eq!(said(&Candidate::read(&undated, &Taxonomy::embedded()).0), "django worked current");
    let mut older = record(&cells);
    older.parts[0].as_of[0].as_of = "2021-11-01".parse().unwrap();
    assert_eq!(said(&Candidate::read(&older, &Taxonomy::embedded()).0), "django worked 2.4 current");
}

#[test]
fn times_are_put_together_over_all_texts() {
    let [first, second] =
        ["2015-01 - 2016-12 | Acme | Dev\nDjango shop.", "2016-01 - 2017-12 | Foo | Dev\nDjango shop."];
    check(&[(Field::WorkHistory, first), (Field::WorkHistory, second)], "django worked 3 to 2017");
    let candidate = read(&[(Field::WorkHistory, first), (Field::Skills, "Django (5 yrs)")]);
    assert_eq!(said(&candidate), "django worked 5 to 2016");
    assert!(!candidate.skills[0].years_from_dates);
    assert!(read(&[(Field::WorkHistory, first)]).skills[0].years_from_dates);
}

#[test]
fn every_place_keeps_its_sentence_in_bounds() {
    let long = format!("{} Django {}", "word ".repeat(100), "word ".repeat(100));
    let text = format!("Built the shop\n in Django (2019-2023). Django again. {long}. Django twice, Django.");
    let candidate = read(&[(Field::Cv, &text), (Field::Skills, "django")]);
    let [held] = candidate.skills.as_slice() else { panic!("one skill") };
    let places: Vec<(&str, &str)> = held.places.iter().map(|p| (p.source.word(), &*p.written)).collect();
    assert_eq!(places.len(), 4, "the list's and three of the text: {places:?}");
    assert!(places.contains(&("declared", "django")));
    assert!(
        places.iter().any(|(source, said)| *source == "worked" && said.contains("in Django (2019-2023)"))
    );
    assert!(
        places.iter().all(|(_, said)| said.chars().count() <= 202 && said.to_lowercase().contains("django"))
    );
}

#[test]
fn who_claims_too_much_is_flagged_and_keeps_every_skill() {
    let taxonomy = Taxonomy::embedded();
    let reasons = |candidate: &Candidate| {
        candidate.implausible.iter().map(|why| why.words(&taxonomy)).collect::<Vec<_>>().join("; ")
    };
    let often = |times| format!("{}.", ["Java"; 80][..times].join(", "));
    let repeated = read(&[(Field::Cv, &often(80))]);
    assert_eq!(reasons(&repeated), "names Java 80 times in column cv 0");
    assert_eq!(said(&repeated), "java mentioned");
    assert!(repeated.facts().implausible);
    assert_eq!(reasons(&read(&[(Field::Cv, &often(IMPLAUSIBLE_TIMES_MIN - 1))])), "");
    let listed = read(&[(Field::Skills, &often(IMPLAUSIBLE_TIMES_MIN))]);
    assert_eq!(reasons(&listed), "names Java 50 times in column skills 0");
    assert!(listed.skills[0].places.len() <= 3);

    // A database is no everyday word: `MySQL`, `PostgreSQL`, `MongoDB`.
    let many = |count: usize, between: &str| {
        let names =
            taxonomy.skills().filter(|(_, s)| s.kind == "database" || s.kind == "orm" || s.kind == "testing");
        names.take(count).map(|(_, s)| s.name.clone()).collect::<Vec<_>>().join(between)
    };
    let skills = read(&[(Field::Skills, &many(IMPLAUSIBLE_SKILLS_MIN, "; "))]);
    assert_eq!(skills.skills.len(), IMPLAUSIBLE_SKILLS_MIN);
    assert_eq!(reasons(&skills), "claims 120 skills");
    assert_eq!(reasons(&read(&[(Field::Skills, &many(IMPLAUSIBLE_SKILLS_MIN - 1, "; "))])), "");
    let hidden = read(&[(Field::Cv, &format!("Skills: {}", many(100, ", ")))]);
    assert!(
        reasons(&hidden).starts_with("names ")
            && reasons(&hidden).ends_with("in one sentence of column cv 0"),
        "{}",
        reasons(&hidden)
    );
    assert_eq!(reasons(&read(&[(Field::Cv, &format!("Skills: {}", many(40, ", ")))])), "");
}

#[test]
fn levels_say_where_they_come_from() {
    let cells = [(Field::Title, "Lead Engineer"), (Field::Seniority, "Sr.")];
    let candidate = read(&cells);
    let claims: Vec<String> =
        candidate.seniority_claims.iter().map(|c| format!("{} {}", c.level, c.from.word())).collect();
    assert_eq!(claims, ["senior stated", "lead title"]);
    assert_eq!(candidate.seniority_level(), Some(Seniority::Senior));
    assert_eq!(candidate.seniority.as_deref(), Some("Sr."));
    assert_eq!(read(&cells[..1]).seniority_level(), Some(Seniority::Lead));
    assert_eq!(read(&[(Field::Seniority, "level 4")]).seniority_level(), None);
}

/// Sentences that say something of skills, and some that do not.
fn sentence() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Built the shop in Django (2019-2023).",
        "Django, Flask, PostgreSQL",
        "5 years of Java; no PHP.",
        "Keen to learn Rust.",
        "2019 – present Acme GmbH, engineer: React, Node.js",
        "Jan 2015 - Mar 2017 | Foo | Developer\nJava and Kafka.",
        "High-traffic systems, event-driven.",
        "Kotlin since 2020",
        "Likes small teams.",
        "Senior Go Developer",
    ])
}

fn cells() -> impl Strategy<Value = Vec<(Field, String)>> {
    let field = prop::sample::select(vec![
        Field::Title,
        Field::Summary,
        Field::Notes,
        Field::WorkHistory,
        Field::Cv,
        Field::Skills,
        Field::Tags,
        Field::Employer,
    ]);
    let text = prop::collection::vec(sentence(), 1..4).prop_map(|sentences| sentences.join("\n"));
    prop::collection::vec((field, text), 1..6)
}

fn borrowed(cells: &[(Field, String)]) -> Vec<(Field, &str)> {
    cells.iter().map(|(field, text)| (*field, text.as_str())).collect()
}

#[test]
fn a_column_that_says_last_name_comma_first_name_is_turned_round() {
    let named = |column: &str, text: &str| {
        let mut record = record(&[(Field::Name, text)]);
        record.parts[0].values[0].column = column.to_owned();
        Candidate::read(&record, &Taxonomy::embedded()).0.name
    };
    assert_eq!(named("Nachname, Vorname", "Moss, Ada").as_deref(), Some("Ada Moss"));
    assert_eq!(named("Name, Vorname", "Moss").as_deref(), Some("Moss"));
    assert_eq!(named("Name, Vorname", "Moss, Ada, Dr.").as_deref(), Some("Moss, Ada, Dr."));
    assert_eq!(named("Name", "Ada Moss, PhD").as_deref(), Some("Ada Moss, PhD"));
}

#[test]
fn the_parts_of_a_last_name_are_put_together() {
    let named = |cells: &[(Field, &str, &str)]| {
        let plain: Vec<(Field, &str)> = cells.iter().map(|(field, _, text)| (*field, *text)).collect();
        let mut record = record(&plain);
        for (value, (_, column, _)) in record.parts[0].values.iter_mut().zip(cells) {
            value.column = (*column).to_owned();
        }
        Candidate::read(&record, &Taxonomy::embedded()).0.name
    };
    let (first, last) = (Field::FirstName, Field::LastName);
    let dutch =
        [(first, "Voornaam", "Jan"), (last, "Tussenvoegsel", "van der"), (last, "Achternaam", "Berg")];
    assert_eq!(named(&dutch).as_deref(), Some("Jan van der Berg"));
    assert_eq!(named(&[dutch[0], dutch[2], dutch[1]]).as_deref(), Some("Jan van der Berg"));
    let spanish =
        [(first, "Nombre", "Ana"), (last, "Primer apellido", "Gil"), (last, "Segundo apellido", "Paz")];
    assert_eq!(named(&spanish).as_deref(), Some("Ana Gil Paz"));
    assert_eq!(named(&[(last, "Last name", "Moss"), (last, "Surname", "Moss")]).as_deref(), Some("Moss"));
    let twice = |other| {
        named(&[(first, "Nombre", "Ana"), (last, "Apellido", "Gil Paz"), (last, "Apellido (2)", other)])
    };
    assert_eq!(twice("Soto").as_deref(), Some("Ana Gil Paz Soto"));
    assert_eq!(twice("PAZ").as_deref(), Some("Ana Gil Paz"));
    assert_eq!(twice("Gil Paz").as_deref(), Some("Ana Gil Paz"));
}

#[test]
fn a_refusal_in_words_opts_out_and_what_says_neither_is_an_issue() {
    for text in ["bitte nicht", "since 2024", "2024-03-01", "yes", "TRUE (2025)", "until 2027"] {
        assert_eq!(read(&[(Field::OptOut, text)]).status, Some(Status::OptedOut), "{text}");
    }
    for (text, status) in [("until 2027", Some(Status::OptedOut)), ("until 2025", None)] {
        let mut record = record(&[(Field::OptOut, text)]);
        record.parts[0].values[0].reading = Reading::of(Field::OptOut, text, None, AS_OF.parse().ok());
        assert_eq!(read_record(&record).status, status, "{text}");
    }
    let (candidate, issues) = Candidate::read(&record(&[(Field::OptOut, "maybe")]), &Taxonomy::embedded());
    assert_eq!((candidate.status, issues.len()), (None, 1));
}

#[test]
fn a_notice_gives_no_day_where_what_is_said_of_one_speaks_against_it() {
    for (available, notice, day) in [
        ("", "2 weeks", Some("2026-11-15")),
        ("after notice period", "2 weeks", Some("2026-11-15")),
        ("Full-time", "2 weeks", Some("2026-11-15")),
        ("nach Absprache", "2 weeks", Some("2026-11-15")),
        ("on hold", "2 weeks", None),
        ("not available", "2 weeks", None),
        ("No longer looking", "2 weeks", None),
        ("not before June 2027", "2 weeks", Some("2027-06-01")),
    ] {
        let cells = [(Field::Notice, notice), (Field::Available, available)];
        let mut record = record(if available.is_empty() { &cells[..1] } else { &cells[..] });
        for value in &mut record.parts[0].values {
            value.reading.as_of = AS_OF.parse().ok();
        }
        let candidate = read_record(&record);
        assert_eq!(candidate.available.map(|day| day.to_string()).as_deref(), day, "{available}");
        assert_eq!(candidate.notice.map(|notice| notice.to_string()).as_deref(), Some("2 weeks"));
    }
}

#[test]
fn consent_that_is_refused_opts_out_and_what_is_given_or_unclear_does_not() {
    for (text, status, count) in [
        ("consent: no", Some(Status::OptedOut), 0),
        ("consent: yes", None, 0),
        ("consent: 2024-03-01", None, 0),
        ("consent: pending", None, 1),
    ] {
        let (candidate, issues) = Candidate::read(&record(&[(Field::OptOut, text)]), &Taxonomy::embedded());
        assert_eq!((candidate.status, issues.len()), (status, count), "{text}");
    }
}

#[test]
fn a_place_that_could_be_several_is_an_issue_and_keeps_the_country_that_they_share() {
    for (field, text, country, count) in [
        (Field::Location, "Berlin or Hamburg", Some("DE"), 1),
        (Field::Location, "München / Wien", None, 1),
        (Field::Location, "Germany, Poland", None, 1),
        (Field::Location, "Remote / Berlin", Some("DE"), 0),
        (Field::City, "London; Paris", None, 1),
        (Field::City, "Berlin / Hamburg", Some("DE"), 1),
    ] {
        let (candidate, issues) = Candidate::read(&record(&[(field, text)]), &Taxonomy::embedded());
        let codes: Vec<&str> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, vec!["several-places"; count], "{text}");
        assert_eq!(candidate.country.map(|c| c.to_string()).as_deref(), country, "{text}");
        assert!(candidate.place().is_none() || count == 0, "{text}");
    }
}

#[test]
fn pay_below_a_header_that_says_net_is_unread() {
    let said = |column: &str| {
        let mut record = record(&[(Field::ExpectedPay, "5000")]);
        column.clone_into(&mut record.parts[0].values[0].column);
        let (candidate, issues) = Candidate::read(&record, &Taxonomy::embedded());
        (candidate.expected_range.map(|pay| pay.to_string()), issues.len())
    };
    assert_eq!(said("Salaris (netto p/m)"), (None, 1));
    assert_eq!(said("Nettogehalt"), (None, 1));
    assert_eq!(said("Salaris (bruto p/m)"), (Some("5000 a month".to_owned()), 0));
    assert_eq!(said("Gehalt brutto/netto"), (Some("5000".to_owned()), 0));
}

#[test]
fn figures_below_a_header_with_a_multiplier_keep_their_fraction() {
    let said = |column: &str, text: &str| {
        let mut record = record(&[(Field::ExpectedPay, text)]);
        column.clone_into(&mut record.parts[0].values[0].column);
        read_record(&record).expected_range.map(|pay| pay.to_string()).unwrap_or_default()
    };
    assert_eq!(said("Gehaltswunsch (TEUR)", "62,5"), "62500 EUR a year");
    assert_eq!(said("Expected CTC (LPA)", "12.5"), "1250000 INR a year");
    assert_eq!(said("Expected CTC (LPA)", "12-15"), "1200000 to 1500000 INR a year");
    assert_eq!(said("Expected CTC (LPA)", "1200000"), "1200000");
    assert_eq!(said("Salary (k EUR)", "65 000"), "65000 EUR a year");
}

proptest! {
    #[test]
    fn text_that_names_no_skill_gives_no_evidence(words in prop::collection::vec(
        prop::sample::select(vec!["team", "meeting", "Berlin", "2019", "years", "worked", "at", "Acme", "since", "and",
            "the", "likes", "shop", "small", "no", "-", ",", ".", "\n", "present", "with"]), 0..40)) {
        let text = words.join(" ");
        let candidate = read(&[(Field::Summary, &text), (Field::Notes, &text), (Field::Cv, &text)]);
        prop_assert_eq!(said(&candidate), "");
        prop_assert!(candidate.interests.is_empty());
    }

    #[test]
    fn the_same_text_twice_is_one_evidence_with_two_places(text in sentence()) {
        let once = read(&[(Field::Notes, text)]);
        let twice = read(&[(Field::Notes, text), (Field::Cv, text)]);
        prop_assert_eq!(once.facts(), twice.facts());
        for (once, twice) in once.skills.iter().zip(&twice.skills) {
            prop_assert_eq!(2 * once.places.len(), twice.places.len());
        }
    }

    #[test]
    fn the_order_of_columns_does_not_matter_to_facts(cells in cells(), turned in any::<prop::sample::Index>()) {
        let mut other = cells.clone();
        other.rotate_left(turned.index(cells.len()));
        other.reverse();
        prop_assert_eq!(read(&borrowed(&cells)).facts(), read(&borrowed(&other)).facts());
    }

    #[test]
    fn text_never_lowers_what_is_known(cells in cells(), text in sentence()) {
        let before = read(&borrowed(&cells)).facts();
        let mut more = cells.clone();
        more.push((Field::Title, text.to_owned()));
        let after = read(&borrowed(&more)).facts();
        for known in before.skills {
            let now = after.skills.iter().find(|e| e.skill == known.skill);
            let mut raised = now.copied();
            if let Some(raised) = &mut raised {
                raised.combine(&known);
            }
            prop_assert_eq!(raised.as_ref(), now);
        }
    }

    #[test]
    fn one_text_says_what_the_finder_says(sentences in prop::collection::vec(sentence(), 1..5)) {
        let text = sentences.join("\n");
        let taxonomy = Taxonomy::embedded();
        let context = TextContext { as_of: YearMonth::new(2026, 11).unwrap(), kind: TextKind::Ordinary };
        let mut twin = Facts::new(CandidateNumber(1));
        for entry in evidence(&taxonomy.mentions().find(&text, &context)) {
            let source = match entry.source.word() {
                "worked" => EvidenceSource::Worked,
                _ => EvidenceSource::Mentioned,
            };
            match entry.subject {
                _ if entry.stance != Stance::Held => {}
                Subject::Skill(skill) => twin.add_skill(SkillEvidence {
                    skill,
                    years: entry.years.and_then(|y| Years::from_tenths(y.value)),
                    last_used: entry.last_used.map(|l| l.value),
                    source,
                }),
                Subject::Trait(trait_ix) => twin.add_trait(TraitEvidence { trait_ix, source }),
            }
        }
        prop_assert_eq!(read(&[(Field::Cv, &text)]).facts(), twin);
    }

    #[test]
    fn any_text_is_read_in_bounds(text in "\\PC{0,400}", tail in sentence()) {
        let text = format!("{text} {tail}");
        let candidate = read(&[(Field::Cv, &text), (Field::Title, &text)]);
        for place in candidate.skills.iter().flat_map(|held| &held.places) {
            prop_assert!(place.written.chars().count() <= 202);
        }
        for held in &candidate.skills {
            prop_assert!((1..=6).contains(&held.places.len()));
        }
    }

    #[test]
    fn reading_for_what_could_not_be_read_gives_the_same(cells in cells()) {
        let record = record(&borrowed(&cells));
        let (candidate, issues) = Candidate::read(&record, &Taxonomy::embedded());
        let (mut unexplained, same_issues) = Candidate::read_unexplained(&record, &Taxonomy::embedded());
        prop_assert!(unexplained.origins.is_empty() && unexplained.skills.iter().all(|s| s.places.is_empty()));
        for (held, whole) in unexplained.skills.iter_mut().zip(&candidate.skills) {
            held.places.clone_from(&whole.places);
        }
        for (held, whole) in unexplained.traits.iter_mut().zip(&candidate.traits) {
            held.places.clone_from(&whole.places);
        }
        unexplained.origins.clone_from(&candidate.origins);
        prop_assert_eq!((&unexplained, &same_issues), (&candidate, &issues));
        prop_assert_eq!(Candidate::unread(&record, &Taxonomy::embedded()), (candidate.unknown_spellings, issues));
    }
}

#[test]
fn a_permit_that_ended_is_none() {
    let permits = |cell| read(&[(Field::Permit, cell)]).permits;
    let germany = Some(vec!["DE".parse::<Country>().unwrap()]);
    assert_eq!(permits("DE, valid until 2027-01-31"), germany);
    assert_eq!(permits("DE, valid until 2026-10-31"), None);
    assert_eq!(permits("Germany (valid until 12/2027)"), germany);
    assert_eq!(permits("DE until 2025"), None);
    assert_eq!(permits("DE, expired"), None);
}

#[test]
fn a_status_that_refuses_contact_until_a_day_is_over_behind_it() {
    let status = |text: &str| read(&[(Field::Status, text)]).status;
    assert_eq!(status("Do not contact until 2027-06"), Some(Status::OptedOut));
    assert_eq!(status("Do not contact until further notice"), Some(Status::OptedOut));
    assert_eq!(status("Do not contact until 2026-06"), None);
    assert_eq!(status("nicht kontaktieren bis 06/2026"), None);
    assert_eq!(read(&[(Field::OptOut, "do not contact until 2026-06")]).status, None);
}

#[test]
fn total_years_may_be_months_by_the_header() {
    let mut record = record(&[(Field::TotalYears, "60")]);
    record.parts[0].values[0].column = "Experience (months)".to_owned();
    assert_eq!(read_record(&record).total_years.map(Years::tenths), Some(50));
}
