//! Titles of people who look for others: `Java Recruiter` fills posts with Java, and says of nobody that they hold it.

use stackscout_taxonomy::mention::Mention;

use crate::words::is_it;

/// What such people are called, in English, German, French, Spanish, Dutch and Polish: words, or beginnings of words
/// with a `*`.
const CALLED: [&str; 43] = [
    "recruiter*",
    "recruitment",
    "recruiting",
    "headhunter*",
    "headhunting",
    "sourcer*",
    "sourcing specialist",
    "sourcing partner",
    "talent acquisition",
    "talent partner",
    "talent scout*",
    "talent sourcing",
    "talent hunter",
    "executive search",
    "staffing",
    "rekruter*",
    "personalberater*",
    "personalvermittler*",
    "personalvermittlung",
    "personalreferent*",
    "personaldisponent*",
    "personalbeschaffung",
    "personalgewinnung",
    "recruteur*",
    "recruteuse*",
    "recrutement",
    "chasseur de tetes",
    "chasseuse de tetes",
    "chasseur de têtes",
    "chasseuse de têtes",
    "acquisition de talents",
    "reclutador*",
    "reclutamiento",
    "cazatalentos",
    "seleccion de personal",
    "selección de personal",
    "adquisición de talento",
    "werving",
    "wervingsspecialist*",
    "rekrutacj*",
    "rekrutacyjn*",
    "łowca głów",
    "pozyskiwanie talentów",
];

/// Beginnings of words for people who build, whatever else they do.
const BUILDERS: [&str; 20] = [
    "develop",
    "engineer",
    "program",
    "architect",
    "administrator",
    "analyst",
    "scientist",
    "entwickl",
    "ingenieur",
    "architekt",
    "développ",
    "developp",
    "ingénieur",
    "desarrollador",
    "ingenier",
    "arquitect",
    "ontwikkelaar",
    "inżynier",
    "analityk",
    "devops",
];

/// Words before a title that somebody had, or has beside the team that it names.
const NOT_THEIRS: [&str; 14] = [
    "ex",
    "former",
    "formerly",
    "previously",
    "ehemals",
    "ehemaliger",
    "ehemalige",
    "früher",
    "ancien",
    "ancienne",
    "antiguo",
    "voormalig",
    "były",
    "była",
];

/// Signs and words between two titles of one cell.
const BETWEEN: [&str; 18] = [
    ",", ";", "|", "(", "/ ", " @ ", " - ", " – ", " — ", "·", "•", " & ", " and ", " und ", " et ", " y ",
    " en ", " i ",
];

/// Leaves out what a title of recruiting names. Of somebody who builds before all else (`Java Developer and Recruiter`,
/// `Software Engineer, Talent Acquisition (Java)`) that is what stands in the title of recruiting alone.
pub(super) fn without_what_is_sought(title: &str, mentions: &mut Vec<Mention>) {
    if mentions.is_empty() {
        return;
    }
    let parts = parts(title);
    let Some(at) = parts.iter().position(|part| recruits(part.1)) else { return };
    let builds = parts[..at].iter().any(|part| words(part.1).any(|word| is_builder(&word)));
    let (start, text) = parts[at];
    mentions.retain(|mention| builds && !(start..start + text.len()).contains(&mention.span.start));
}

/// The titles of a cell, with where each begins.
fn parts(title: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some((at, between)) = next_between(&title[start..]) {
        parts.push((start, &title[start..start + at]));
        start += at + between.len();
    }
    parts.push((start, &title[start..]));
    parts
}

/// The first thing between two titles.
fn next_between(text: &str) -> Option<(usize, &'static str)> {
    BETWEEN.iter().filter_map(|between| Some((text.find(between)?, *between))).min_by_key(|(at, _)| *at)
}

fn is_builder(word: &str) -> bool {
    BUILDERS.iter().any(|begins| word.starts_with(begins))
}

/// The words of a title, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a title is one of recruiting, and held.
fn recruits(text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    let is_called = |at: usize, called: &str| {
        called
            .split(' ')
            .enumerate()
            .all(|(n, wanted)| words.get(at + n).is_some_and(|word| is_it(word, wanted)))
    };
    let Some(at) = (0..words.len()).find(|at| CALLED.iter().any(|called| is_called(*at, called))) else {
        return false;
    };
    words[..at].iter().all(|word| !NOT_THEIRS.contains(&word.as_str())) && !is_product(&words, at)
}

/// `Engineer Recruiting Platform`, `Developer at Acme Recruitment`: what somebody builds, and for whom.
fn is_product(words: &[String], at: usize) -> bool {
    const BEHIND: [&str; 24] = [
        "platform",
        "platforms",
        "plattform",
        "plateforme",
        "plataforma",
        "platforma",
        "software",
        "system",
        "systems",
        "systeme",
        "tool",
        "tools",
        "product",
        "products",
        "produkt",
        "app",
        "apps",
        "tech",
        "technology",
        "solutions",
        "com",
        "gmbh",
        "inc",
        "ltd",
    ];
    const BEFORE: [&str; 5] = ["at", "bei", "chez", "bij", "for"];
    let (before, behind) = words.split_at(at);
    before.iter().any(|word| is_builder(word))
        && (behind.iter().any(|word| BEHIND.contains(&word.as_str()))
            || before.iter().any(|word| BEFORE.contains(&word.as_str())))
}

#[cfg(test)]
mod tests {
    //! - what recruiters look for is no skill of theirs, in six languages; who builds keeps theirs

    use stackscout_taxonomy::Taxonomy;
    use stackscout_taxonomy::mention::{TextContext, TextKind, YearMonth};

    use super::*;

    fn named(title: &str) -> Vec<&str> {
        let taxonomy = Taxonomy::embedded();
        let context = TextContext { as_of: YearMonth::LAST, kind: TextKind::Ordinary };
        let mut mentions = taxonomy.mentions().find(title, &context);
        without_what_is_sought(title, &mut mentions);
        mentions.iter().filter_map(|mention| title.get(mention.span.clone())).collect()
    }

    #[test]
    fn what_recruiters_look_for_is_no_skill_of_theirs() {
        for title in [
            "Java Recruiter",
            "Recruiterin für Java-Entwickler",
            "Technical Recruiter (Java, Python)",
            "Talent Acquisition Partner - Python",
            "Technical Sourcer | Kubernetes | Java Developers",
            "Headhunter, Java and Kubernetes",
            "Personalberaterin Java",
            "Chargée de recrutement Java",
            "Reclutador Java",
            "Recruiter Java Developers bij Acme",
            "Rekruterka Java",
            "Head of Talent Acquisition (Kubernetes)",
        ] {
            assert_eq!(named(title), Vec::<&str>::new(), "{title}");
        }
    }

    #[test]
    fn who_builds_keeps_their_skills() {
        for title in [
            "Java Developer",
            "Java Developer and Recruiter",
            "Java Developer, former Recruiter",
            "Java Developer at Acme Recruitment",
            "Software Engineer - Recruiting (Java)",
            "Java Engineer Recruiting Platform",
            "Java Developer / Recruiter",
            "Java Developer, Talent Acquisition Systems",
        ] {
            assert_eq!(named(title), ["Java"], "{title}");
        }
    }
}
