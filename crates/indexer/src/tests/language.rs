//! What the fields, the bounds and the readings of the language find, among people of whom more is known.
//!
//! - each form finds whom it says, in the index and by its definition, and its canonical text is itself again
//! - what could be read in two ways is said
//! - what is not known matches no bound, and can be asked for beside it
//! - a query in sentences names each part
//! - a person who matches is shown with the skills by which they do, and with what these count towards

use std::sync::LazyLock;

use stackscout_profile::{EvidenceSource, Field, Years};
use stackscout_taxonomy::LastUsed;

use super::pool::{Person, TAXONOMY, build, finder, found, parse, people, person};
use super::twin::matching;

/// The dozen of the pool, and four of whom more is known.
pub(super) static MORE: LazyLock<Vec<Person>> = LazyLock::new(more);

fn more() -> Vec<Person> {
    use Field::*;
    let mut all = people();
    all.extend([
        person(
            13,
            "ats",
            &[
                (Title, "Team Lead, Full Stack Developer"),
                (Employer, "Instagram Inc"),
                (Skills, "C#, Django"),
                (Tags, "Hot; Berlin Office"),
                (Owner, "Kim Lee"),
                (Stage, "Phone Screen"),
                (AppliedFor, "Backend Engineer"),
                (AppliedOn, "2026-10-05"),
                (Status, "Active"),
                (Languages, "German, English"),
                (Permit, "DE, FR"),
                (Available, "2027-01-15"),
                (ExpectedPay, "80k EUR per year"),
                (OptOut, "no"),
                (Seniority, "Senior"),
                (Notes, "works hard"),
                (Modified, "2026-09-30"),
                (Phone, "+49 30 1234567"),
            ],
        ),
        person(
            14,
            "ats",
            &[
                (WorkHistory, "Instagram 2019-2022: developing feeds"),
                (Cv, "Developer of pipelines"),
                (Education, "TU Berlin"),
                (ExpectedPay, "6000 EUR per month"),
                (Available, "2026-10-01"),
                (Skills, "Django (1.5 yrs)"),
                (Country, "Austria"),
                (OptOut, "yes"),
                (Channel, "Referral"),
            ],
        ),
        person(
            15,
            "ats",
            &[(Name, "Ann Lee"), (Country, "Jordan"), (Skills, "Java (12 yrs); Flask (3 yrs)")],
        ),
        person(
            16,
            "ats",
            &[(Name, "Jordan Smith"), (Skills, "Django, React, PostgreSQL"), (Email, "jo@example.org")],
        ),
    ]);
    let mut evidence = |at: usize, id: &str, source, last_used, years: Option<u16>| {
        let skill = TAXONOMY.skill_by_id(id).unwrap();
        let held = all[at - 1].candidate.skills.iter_mut().find(|held| held.evidence.skill == skill).unwrap();
        held.evidence.source = source;
        held.evidence.last_used = last_used;
        held.evidence.years = years.and_then(Years::from_tenths);
    };
    evidence(1, "django", EvidenceSource::Declared, Some(LastUsed::Year(2023)), Some(40));
    evidence(13, "django", EvidenceSource::Mentioned, Some(LastUsed::Year(2021)), None);
    evidence(14, "django", EvidenceSource::Worked, Some(LastUsed::Current), Some(15));
    evidence(16, "django", EvidenceSource::Worked, None, Some(30));
    all
}

#[rustfmt::skip]
const FORMS: &[(&str, &str, &[u32])] = &[
    // What is asked of a skill.
    ("django", "skill:django", &[1, 13, 14, 16]),
    ("django >= 3y", "skill:django >= 3y", &[1, 16]),
    ("django>=3", "skill:django >= 3y", &[1, 16]),
    ("django > 3 years", "skill:django >= 3.1y", &[1]),
    ("django < 2y", "skill:django <= 1.9y", &[14]),
    ("django = 18 months", "skill:django = 1.5y", &[14]),
    ("django >= 1 <= 3", "skill:django >= 1y <= 3y", &[14, 16]),
    ("django >= 0", "skill:django >= 0y", &[1, 14, 16]),
    ("django 3+ years", "skill:django >= 3y", &[1, 16]),
    ("django years unknown", "skill:django years unknown", &[13]),
    ("not django >= 3 django", "not skill:django >= 3y and skill:django", &[13, 14]),
    ("-django>=3 django", "not skill:django >= 3y and skill:django", &[13, 14]),
    ("django since 2023", "skill:django since 2023", &[1, 14]),
    ("django since 2021 declared", "skill:django since 2021 declared", &[1, 14]),
    ("django declared", "skill:django declared", &[1, 14, 16]),
    ("django worked", "skill:django worked", &[14, 16]),
    ("django mentioned", "skill:django mentioned", &[1, 13, 14, 16]),
    ("django worked >= 2 years python", "skill:django >= 2y worked and skill:python", &[]),
    ("django >= 3 years >= 5", "skill:django >= 3y and years:>=5", &[1]),
    ("django, worked", "skill:django and text:worked", &[]),
    ("skill:django>=3", "skill:django >= 3y", &[1, 16]),
    ("django since berlin", "skill:django and text:since and text:berlin", &[]),
    // Related skills.
    ("~java", "like:java", &[6, 8, 13, 15]),
    ("~java >= 60%", "like:java >= 60%", &[6, 8, 13, 15]),
    ("~java>=61%", "like:java >= 61%", &[6, 15]),
    ("like:java >= 10y", "like:java >= 10y", &[15]),
    ("~ruby on rails", "like:rails", &[4]),
    ("~python >= 100% >= 3y", "like:python >= 100% >= 3y", &[1, 15, 16]),
    // Groups.
    ("kind:backend-framework", "kind:backend-framework", &[1, 2, 4, 10, 13, 14, 15, 16]),
    ("kind:\"Backend Frameworks\"", "kind:backend-framework", &[1, 2, 4, 10, 13, 14, 15, 16]),
    ("kind:databases", "kind:database", &[1, 4, 16]),
    ("trait:\"convention over configuration\"", "trait:convention-over-configuration", &[4]),
    ("trait:coc", "trait:convention-over-configuration", &[4]),
    ("stack:instagram", "stack:instagram", &[1, 16]),
    ("company:instagram", "company:instagram", &[13, 14]),
    ("family:full-stack", "family:full-stack", &[13, 16]),
    ("family:\"full stack\"", "family:full-stack", &[13, 16]),
    // Words.
    ("develop*", "text:develop*", &[1, 3, 13, 14]),
    ("work:develop*", "work:develop*", &[14]),
    ("cv:developer", "cv:developer", &[14]),
    ("notes:hard", "notes:hard", &[13]),
    ("summary:hard", "summary:hard", &[]),
    ("education:\"tu berlin\"", "education:\"tu berlin\"", &[14]),
    ("employer:inst*", "employer:inst*", &[13]),
    ("company:inst*", "company:inst*", &[13, 14]),
    ("title:(team or mobile)", "title:team or title:mobile", &[3, 13]),
    ("title:(-lead developer)", "not title:lead and title:developer", &[1, 3]),
    // As stated, or else as the title says.
    ("seniority:senior", "seniority:senior", &[1, 13]),
    ("level:Sr.", "seniority:senior", &[1, 13]),
    (
        "seniority>senior",
        "seniority:lead or seniority:staff or seniority:principal or seniority:manager or \
         seniority:director or seniority:executive",
        &[],
    ),
    ("has:seniority", "has:seniority", &[1, 13]),
    ("'clean code'", "text:\"clean code\"", &[3, 10]),
    ("‘clean code’ +payments", "text:\"clean code\" and text:payments", &[3, 10]),
    // Places.
    ("country:(de or at)", "country:DE or country:AT", &[1, 3, 8, 14]),
    ("country:dach", "country:dach", &[1, 3, 8, 14]),
    ("country:the nordics", "country:nordics", &[]),
    ("country:eu -country:de", "country:eu and not country:DE", &[2, 14]),
    ("country:united states", "country:US", &[4, 5]),
    ("jordan", "country:JO or text:jordan", &[15, 16]),
    ("-jordan id:c15", "not (country:JO or text:jordan) and id:c0000015", &[]),
    ("permit:fr", "permit:FR", &[13]),
    ("permit:dach", "permit:dach", &[11, 13]),
    ("language:german", "language:de", &[11, 13]),
    ("speaks:(german english)", "language:de and language:en", &[13]),
    ("near:Berlin~50km", "near:\"Berlin, DE~50km\"", &[1, 3]),
    ("near:\"new york\"~30mi", "near:\"New York City, NY, US~49km\"", &[4, 5]),
    ("near:berlin 10km django", "near:\"Berlin, DE~10km\" and skill:django", &[1]),
    // Applications and ownership.
    ("tag:hot", "tag:hot", &[13]),
    ("tag:\"berlin office\"", "tag:\"berlin office\"", &[13]),
    ("owner:\"kim lee\"", "owner:\"kim lee\"", &[13]),
    ("stage:\"phone screen\"", "stage:\"phone screen\"", &[13]),
    ("status:active or status:hired", "status:active or status:hired", &[9, 13]),
    ("channel:referral", "channel:referral", &[14]),
    ("optout:no", "optout:no", &[13]),
    ("optout:yes", "optout:yes", &[14]),
    ("-optout:yes id:(c13 or c14 or c15)",
     "not optout:yes and (id:c0000013 or id:c0000014 or id:c0000015)", &[13, 15]),
    ("applied:\"backend engineer\"", "applied:\"backend engineer\"", &[13]),
    ("applied:2026-10", "applied:2026-10-01..2026-10-31", &[13]),
    ("applied<2026-10", "applied:<=2026-09-30", &[]),
    ("jo@example.org", "email:\"jo@example.org\"", &[16]),
    ("email:ZOE@example.com", "email:\"zoe@example.com\"", &[1]),
    // Pay and days.
    ("pay<=80k eur", "pay <= 80000 EUR per year", &[13]),
    ("pay < 80k eur", "pay <= 79999 EUR per year", &[]),
    ("pay >= 5000 EUR per month django", "pay >= 5000 EUR per month and skill:django", &[14]),
    ("salary:60k..80k eur", "pay = 60000..80000 EUR per year", &[13]),
    ("pay>=1 usd", "pay >= 1 USD per year", &[]),
    ("available<=2027-02-01", "available:<=2027-02-01", &[13, 14]),
    ("available:now", "available:<=2026-11-01", &[14]),
    ("available:2027-01", "available:<=2027-01-31", &[13, 14]),
    ("available:90d", "available:2026-11-01..2027-01-30", &[13]),
    ("imported:4", "imported:#4", &[10, 11]),
    ("imported>=2026-11-01", "imported:>=2026-11-01", &[10, 11]),
    ("updated:2026-09-30", "updated:2026-09-30..2026-09-30", &[13]),
    ("updated:10w", "updated:2026-08-23..2026-11-01", &[4, 5, 6, 7, 8, 9, 10, 11, 13]),
    // Saved searches.
    ("saved:back-end", "saved:back-end", &[1, 2, 10, 13, 14, 15, 16]),
    ("new_since:back-end -jordan", "new_since:back-end and not (country:JO or text:jordan)", &[13, 14]),
    ("has:phone or has:cv", "has:phone or has:cv", &[13, 14]),
    ("has:(tags owner)", "has:tags and has:owner", &[13]),
];

#[test]
fn each_form_finds_whom_it_says() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &MORE);
    let finder = finder(dir.path(), &MORE);
    let mut wrong = Vec::new();
    for (text, understood, numbers) in FORMS {
        let query = parse(text);
        let seen = (query.understood(), matching(&query, &MORE));
        if seen != ((*understood).to_owned(), numbers.to_vec()) {
            wrong.push(format!("{text:?} is {seen:?}, not {understood:?} {numbers:?}"));
        }
        assert_eq!(found(&finder, &query), matching(&query, &MORE), "{text}");
        assert_eq!(parse(understood), query, "{text}: the canonical text reads back");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_could_be_read_in_two_ways_is_said() {
    for (text, note) in [
        (
            "jordan",
            "`jordan` read as the country Jordan or the word; `country:JO` or `text:` for one of them",
        ),
        ("django worked", "`worked` read as the evidence for Django; `text:worked` for the word"),
        ("java/ruby", "`java/ruby` is looked for in texts as it stands; `java or ruby` for either skill"),
        ("imported:2026", "`2026` read as the year; `imported:#2026` for the import of that number"),
        ("django 3+ years", "`3+` read as years of Django"),
    ] {
        let query = parse(text);
        let notes: Vec<&str> = query.notes().iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes, [note], "{text}");
        assert!(query.notes().iter().all(|note| text.is_char_boundary(note.at)));
    }
    // A name of two skills' words, of the shipped taxonomy.
    let taxonomy = stackscout_taxonomy::Taxonomy::embedded();
    let of_skills =
        |name: &str| name.contains(' ') && name.split(' ').all(|word| taxonomy.find(word).is_some());
    let (_, skill) = taxonomy.skills().find(|(_, skill)| of_skills(&skill.name)).unwrap();
    let query = crate::Query::parse(&skill.name, &taxonomy).unwrap();
    assert!(
        query.notes().iter().any(|note| note.text.ends_with("for the skills of its words")),
        "{}",
        skill.name
    );
    assert!(parse("react native").notes().is_empty());
    assert!(parse("django country:jordan \"clean code\" text:worked").notes().is_empty());
}

#[test]
fn what_is_not_known_matches_no_bound_and_can_be_asked_for() {
    for (text, what, more) in [
        ("django >= 3", "years of Django", &[13][..]),
        ("django < 3", "years of Django", &[13]),
        ("years >= 5 django", "years of experience", &[13, 14, 16]),
        ("pay <= 80k eur django", "expected pay", &[1, 14, 16]),
        ("django since 2023", "last use of Django", &[16]),
        ("available:now django", "availability", &[1, 16]),
        ("remote:no django", "whether they work remotely", &[13, 14, 16]),
        ("optout:no django", "whether they opted out", &[1, 16]),
        ("country:eu django", "country", &[13, 16]),
    ] {
        let query = parse(text);
        let known = matching(&query, &MORE);
        let unknown = query.not_known(&TAXONOMY);
        assert_eq!(unknown.iter().map(|u| u.what.as_str()).collect::<Vec<_>>(), [what], "{text}");
        let mut beside = matching(&unknown[0].query, &MORE);
        assert!(known.iter().all(|number| beside.contains(number)), "{text}");
        beside.retain(|number| !known.contains(number));
        assert_eq!(beside, more, "{text}");
    }
    assert!(parse("django not years >= 5").not_known(&TAXONOMY).is_empty());
}

#[test]
fn a_query_in_sentences_names_each_part() {
    let query = parse("django >= 3y (country:dach or pay<=80k eur) -~java \"clean code\"");
    let lines = [
        "all of:",
        "  holds Django, years of it: 3 or more",
        "  at least one of:",
        "    lives in dach: AT, CH, DE",
        "    expects at most 80000 EUR a year",
        "  not:",
        "    holds Java or one of 2 that count: Spring Boot 100%, C# 60%",
        "  the words in a row `clean code` in any text",
    ];
    assert_eq!(query.explained(&TAXONOMY).render().lines().collect::<Vec<_>>(), lines);
    // Every part can be asked for by itself.
    for part in query.explained(&TAXONOMY).parts {
        assert_eq!(parse(&part.query).understood(), part.query);
    }
}

#[test]
fn who_matches_is_shown_with_the_skills_that_did_it() {
    let matched = |text: &str, number: usize| -> Vec<String> {
        let name = |skill| TAXONOMY.skill(skill).name.clone();
        let words = |one: crate::Matched| match one.towards {
            Some((asked, credit)) => {
                format!("{} {} of {}", name(one.evidence.skill), credit.ten_thousandths(), name(asked))
            }
            None => name(one.evidence.skill),
        };
        parse(text).matched(&MORE[number - 1].candidate.facts().skills).into_iter().map(words).collect()
    };
    // Ben holds Django REST Framework, Python and no Django.
    assert_eq!(matched("django or python", 2), ["Python"]);
    assert_eq!(matched("~django python", 2), ["Django REST Framework 10000 of Django", "Python"]);
    assert_eq!(matched("~django", 1), ["Django"]);
    assert_eq!(matched("like:java", 13), ["C# 6000 of Java"]);
    assert_eq!(matched("kind:backend-framework -java", 1), ["Django"]);
    assert_eq!(matched("stack:instagram", 1), ["Django", "PostgreSQL"]);
    assert_eq!(matched("-python country:de", 3), Vec::<String>::new());
}
