//! What the words of a header say of its column beside what it holds: skills that people lack, dislike or want to learn,
//! skills that a job asks for, the employer before this one, the country that somebody would like to work in.
//!
//! Cells cannot tell: `Rust, Go` stands below `Skills` and below `Missing skills`. So a guess, by a near name or by
//! content, is asked for here; exact names of a layout are not, but for a bracket behind them (`Skills (to learn)`).

use stackscout_profile::{Field, is_one_of};

use crate::key::header_words;
use crate::layout::without_bracket;

/// What may be guessed of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guess {
    /// The field that was found.
    Free,
    /// Its skills are those that people want to work with.
    Interests,
    /// Nothing, with the reason.
    Nothing(&'static str),
}

const DENIED: &str = "its name speaks of what people lack or avoid, or of what is asked for";
const WISHED: &str = "its name speaks of what is wished for";
const EARLIER: &str = "its name speaks of an earlier time";
const OF_A_JOB: &str = "its name speaks of a job or of a firm";

// Words are folded as those of headers are; a `*` at the end stands for the rest of a word.

/// Words that deny what stands beside them.
const DENIES: [&str; 31] = [
    "not",
    "never",
    "cannot",
    "cant",
    "dont",
    "neither",
    "except",
    "unwanted",
    "nicht",
    "nichts",
    "nie",
    "niemals",
    "kein*",
    "ungern",
    "unerwunscht*",
    "jamais",
    "pas",
    "aucun*",
    "nunca",
    "jamas",
    "ningun*",
    "niet",
    "nooit",
    "geen",
    "nigdy",
    "brak",
    "brakuj*",
    "excluding",
    "excluded",
    "ausgeschlossen*",
    "ausschluss",
];
/// Words for what is left out, where a name begins with them or where they stand before what people know.
const WITHOUT: [&str; 6] = ["without", "ohne", "sans", "sin", "zonder", "bez"];
/// Words behind a denial that make none of it: `Not only frontend`, `nicht geprüft`.
const NOT_DENIED: [&str; 27] = [
    "only",
    "just",
    "merely",
    "limited",
    "listed",
    "mentioned",
    "verified",
    "certified",
    "nur",
    "bloss",
    "genannt*",
    "aufgefuhrt*",
    "gepruft*",
    "zertifiziert*",
    "seulement",
    "uniquement",
    "verifie*",
    "certifie*",
    "solo",
    "solamente",
    "verificad*",
    "certificad*",
    "alleen",
    "enkel",
    "gecertificeerd*",
    "tylko",
    "wyłacznie",
];
/// Words for what people know and can.
const KNOWN_THINGS: [&str; 30] = [
    "skill",
    "skills",
    "experience",
    "experienced",
    "expertise",
    "knowledge",
    "exposure",
    "practice",
    "competenc*",
    "kenntnis*",
    "erfahrung*",
    "praxis*",
    "wissen",
    "fahigkeit*",
    "kompetenz*",
    "connaissance*",
    "pratique*",
    "maitrise*",
    "experiencia*",
    "conocimiento*",
    "practica*",
    "habilidad*",
    "ervaring*",
    "kennis*",
    "vaardighe*",
    "praktijk*",
    "doswiadczeni*",
    "znajomosc*",
    "wiedz*",
    "umiejetnosc*",
];
/// Words behind a denial in a bracket that speak of the skills before it, and not of what to enter below them.
const NOT_HELD: [&str; 26] = [
    "used",
    "using",
    "known",
    "mastered",
    "held",
    "familiar",
    "proficient",
    "experienced",
    "interested",
    "wanted",
    "longer",
    "vorhanden*",
    "bekannt*",
    "beherrscht*",
    "genutzt*",
    "verwendet*",
    "mehr",
    "maitrise*",
    "utilise*",
    "dominad*",
    "usad*",
    "beheerst*",
    "gebruikt*",
    "meer",
    "znan*",
    "uzywan*",
];
/// Words for what is lacking, disliked, failed or only planned.
const LACKS: [&str; 75] = [
    "missing",
    "lack",
    "lacks",
    "lacking",
    "gap",
    "gaps",
    "weak",
    "weakness*",
    "unfamiliar",
    "dislike*",
    "hate*",
    "avoid*",
    "fail",
    "fails",
    "failed",
    "failing",
    "failure*",
    "rejected",
    "rejection*",
    "declined",
    "unsuccessful*",
    "plan",
    "plans",
    "planned",
    "scheduled",
    "upcoming",
    "fehlend*",
    "fehlt",
    "fehlen",
    "lucke",
    "lucken",
    "wissenslucke*",
    "kenntnislucke*",
    "schwach*",
    "vermeid*",
    "durchgefallen",
    "abgelehnt*",
    "abgesagt",
    "geplant*",
    "anstehend*",
    "manquant*",
    "manque",
    "manques",
    "lacune*",
    "eviter",
    "deteste*",
    "echoue*",
    "echec*",
    "refuse*",
    "prevu*",
    "planifie*",
    "falta",
    "faltan",
    "faltante*",
    "carencia*",
    "debilidad*",
    "evitar",
    "rechaz*",
    "suspens*",
    "planificad*",
    "previst*",
    "ontbrek*",
    "zwak*",
    "vermijd*",
    "gezakt",
    "afgewezen",
    "gepland*",
    "brakow*",
    "słab*",
    "unika*",
    "odrzucon*",
    "niezaliczon*",
    "oblan*",
    "planowan*",
    "nielubian*",
];
/// Words for what somebody else asks for.
const DEMANDS: [&str; 38] = [
    "required",
    "require",
    "requires",
    "requirement",
    "requirements",
    "must",
    "nice",
    "needed",
    "needs",
    "mandatory",
    "sought",
    "wanted",
    "demand",
    "demanded",
    "muss",
    "musskriterien",
    "anforderung*",
    "stellenanforderung*",
    "gefordert*",
    "erforderlich*",
    "benotigt*",
    "gesucht*",
    "verlangt*",
    "voraussetzung*",
    "requis*",
    "exig*",
    "requer*",
    "obligatoi*",
    "obligatori*",
    "vereist*",
    "gevraagd*",
    "benodigd*",
    "gezocht*",
    "wymag*",
    "poszukiwan*",
    "niezbedn*",
    "konieczn*",
    "potrzebn*",
];
/// What forms write behind questions that have to be answered, or need not be.
const MARKS: [&str; 13] = [
    "required",
    "mandatory",
    "optional",
    "pflicht",
    "pflichtfeld",
    "pflichtangabe",
    "erforderlich",
    "obligatoire",
    "requis",
    "obligatorio",
    "verplicht",
    "wymagane",
    "facultatif",
];
/// Words for what people want to learn or to work with.
const LEARNS: [&str; 45] = [
    "learn",
    "learning",
    "want",
    "wants",
    "wish",
    "wishes",
    "interest",
    "interested",
    "interests",
    "keen",
    "eager",
    "curious",
    "lernen",
    "erlernen",
    "lernziel*",
    "lernwunsch*",
    "willst",
    "mocht*",
    "wunsch*",
    "interess*",
    "interesuje",
    "apprendre",
    "acquerir",
    "souhait*",
    "aimer*",
    "voudr*",
    "veut",
    "envie",
    "aprender",
    "gustaria",
    "quiere*",
    "quisiera",
    "deseo",
    "desea",
    "leren",
    "graag",
    "wil",
    "wilt",
    "nauczyc",
    "uczyc",
    "chce",
    "chcesz",
    "chciał*",
    "poznac",
    "zainteresowan*",
];
/// What learns by itself: `Machine learning`, `Maschinelles Lernen`.
const MACHINES: [&str; 8] =
    ["machine", "deep", "e", "reinforcement", "federated", "transfer", "maschinelles", "tiefes"];
/// Words for what is liked better than something else.
const PREFERS: [&str; 5] = ["preferred", "preference*", "bevorzugt*", "preferid*", "preferowan*"];
/// Words for what is aimed at, of whoever's wish it is.
const AIMS: [&str; 24] = [
    "target*",
    "desired",
    "next",
    "future",
    "goal*",
    "aim",
    "aims",
    "wished",
    "intended",
    "ziel*",
    "einsatz*",
    "gewunscht*",
    "kunftig*",
    "zukunftig*",
    "objectif*",
    "vise*",
    "recherche*",
    "futur*",
    "objetivo*",
    "desead*",
    "gewenst*",
    "beoogd*",
    "toekomst*",
    "docelow*",
];
/// Words for what was the last, which is what is or what was before it.
const LAST: [&str; 6] = ["last", "letzt*", "dernier*", "ultim*", "laatst*", "ostatni*"];
/// Words for what was.
const FORMER: [&str; 23] = [
    "ex",
    "former",
    "formerly",
    "previous",
    "previously",
    "prior",
    "past",
    "old",
    "earlier",
    "vorherig*",
    "fruher*",
    "ehemalig*",
    "vorig*",
    "ancien*",
    "precedent*",
    "anterior*",
    "antigu*",
    "vroeger*",
    "voormalig*",
    "poprzedni*",
    "były",
    "była",
    "dawn*",
];
/// Words for a job, which may have a country and a length of its own. The skills of a job are those that the person has
/// in it, but where it asks for them ([`is_for_job`]).
const POSTS: [&str; 13] = [
    "job",
    "jobs",
    "role",
    "roles",
    "position",
    "positions",
    "stelle",
    "stellen*",
    "poste",
    "puesto",
    "functie",
    "stanowisk*",
    "arbeitsplatz*",
];
/// Words before a job that somebody is sought for, and an article: `for the job`, `für die Stelle`.
const FOR: [&str; 10] = ["for", "by", "fur", "von", "pour", "par", "para", "por", "voor", "door"];
/// Words beside a job that compare a person with it.
const MATCHES: [&str; 14] = [
    "match*",
    "fit",
    "posting",
    "profile",
    "description",
    "passend*",
    "abgleich",
    "profil",
    "perfil",
    "profiel",
    "correspond*",
    "coincid*",
    "dopasowan*",
    "ad",
];
/// Words for a vacancy or a firm, which may have skills of its own, too.
const FIRMS: [&str; 26] = [
    "vacancy",
    "vacancies",
    "opening",
    "posting",
    "requisition",
    "client",
    "clients",
    "customer",
    "team",
    "teams",
    "company",
    "firm",
    "employer",
    "our",
    "we",
    "vakanz*",
    "kunde*",
    "unternehmen*",
    "firma",
    "unser*",
    "offre*",
    "notre",
    "vacante*",
    "oferta*",
    "vacature*",
    "nasz*",
];
/// Words that make a job the person's own.
const OWN: [&str; 27] = [
    "current",
    "currently",
    "present",
    "used",
    "using",
    "know",
    "known",
    "my",
    "you",
    "your",
    "own",
    "worked",
    "last",
    "previous",
    "past",
    "aktuell*",
    "derzeit*",
    "eingesetzt*",
    "verwendet*",
    "genutzt*",
    "benutzt*",
    "actuel*",
    "utilis*",
    "huidig*",
    "gebruikt*",
    "obecn*",
    "uzywan*",
];
/// Words beside which years are of work, whatever else is named.
const OF_WORK: [&str; 6] = ["experience", "exp", "erfahrung", "berufserfahrung", "experiencia", "ervaring"];

/// What may be guessed of a column with this header whose form or near name is that of a field.
pub(crate) fn guessable(header: &str, field: Field) -> Guess {
    if !is_doubtful(field) {
        return Guess::Free;
    }
    let outer = without_bracket(header);
    let mark = header_words(&header[outer.len()..]);
    let is_marked = mark.iter().any(|word| is_one_of(word, &MARKS));
    let words = header_words(if is_marked { outer } else { header });
    let has = |known: &[&str]| words.iter().any(|word| is_one_of(word, known));
    let without = field != Field::TotalYears && is_without(&words);
    if denies(&words) || without || has(&LACKS) || has(&DEMANDS) || says_no(&words) {
        return Guess::Nothing(DENIED);
    }
    match wishes(&words, field) {
        Some(Wish::Learn) if is_skill(field) => return Guess::Interests,
        Some(_) => return Guess::Nothing(WISHED),
        None => {}
    }
    if is_earlier(&words, field) {
        return Guess::Nothing(EARLIER);
    }
    if is_of_a_job(&words, field) && !matches!(field, Field::Title | Field::Employer | Field::Seniority) {
        return Guess::Nothing(OF_A_JOB);
    }
    Guess::Free
}

/// What a bracket of few words makes of a field that the name before it means: `Skills (to learn)`, `Title (previous)`.
pub(crate) fn below_bracket(header: &str, field: Field) -> Guess {
    const WORDS_MAX: usize = 3;
    let outer = without_bracket(header);
    if outer.len() == header.len() || !is_doubtful(field) {
        return Guess::Free;
    }
    let words = header_words(&header[outer.len()..]);
    let has = |known: &[&str]| words.iter().any(|word| is_one_of(word, known));
    if words.len() > WORDS_MAX || has(&MARKS) {
        return Guess::Free;
    }
    // `Title (no abbreviations)`, `Years (must be a number)`: what to enter.
    let is_list = is_skill(field) || field == Field::Languages;
    if is_skill(field) && words == ["wanted"] {
        return Guess::Interests;
    }
    if has(&LACKS) || is_list && (has(&DEMANDS) || denies_held(&words)) {
        return Guess::Nothing(DENIED);
    }
    let may_be_of_job =
        is_list || matches!(field, Field::Country | Field::Region | Field::City | Field::Location);
    match wishes(&words, field) {
        Some(Wish::Learn) if is_skill(field) => Guess::Interests,
        Some(_) => Guess::Nothing(WISHED),
        None if is_earlier(&words, field) => Guess::Nothing(EARLIER),
        None if may_be_of_job && is_of_a_job(&words, field) => Guess::Nothing(OF_A_JOB),
        None => Guess::Free,
    }
}

/// What a bracket holds, such as `(manager)`; empty where there is none.
pub(crate) fn bracket(header: &str) -> &str {
    &header[without_bracket(header).len()..]
}

enum Wish {
    /// To learn something, or to work with it.
    Learn,
    /// Anything else.
    Aim,
}

/// Whether words speak of an earlier time, of which a field of now says nothing. The last post is the latest one.
fn is_earlier(words: &[String], field: Field) -> bool {
    let has = |known: &[&str]| words.iter().any(|word| is_one_of(word, known));
    let is_of_post = matches!(field, Field::Title | Field::Employer | Field::Seniority);
    is_of_now(field) && (has(&FORMER) || !is_of_post && has(&LAST))
}

/// Whether words speak of a job or of a firm, and not of what the person does there.
fn is_of_a_job(words: &[String], field: Field) -> bool {
    let has = |known: &[&str]| words.iter().any(|word| is_one_of(word, known));
    let own = if field == Field::TotalYears { has(&OF_WORK) } else { has(&OWN) };
    !own && (has(&FIRMS) || if is_skill(field) { is_for_job(words) } else { has(&POSTS) })
}

/// `Skills for this role`, `Skills (job match)`: a job that somebody is sought for. No `Job-related skills`.
fn is_for_job(words: &[String]) -> bool {
    let matches = words.iter().any(|word| is_one_of(word, &MATCHES));
    (0..words.len()).filter(|at| is_one_of(&words[*at], &POSTS)).any(|at| {
        let before = &words[at.saturating_sub(2)..at];
        matches || before.iter().any(|word| is_one_of(word, &FOR))
    })
}

/// Whether a word denies what stands beside it: no `Not only frontend`.
fn denies(words: &[String]) -> bool {
    const BEFORE_NOT: [&str; 9] = ["do", "does", "did", "can", "could", "would", "will", "is", "are"];
    (0..words.len()).filter(|at| is_one_of(&words[*at], &DENIES)).any(|at| {
        let next = |known: &[&str]| words.get(at + 1).is_some_and(|next| is_one_of(next, known));
        // `Frameworks not from work` are known all the same.
        let is_loose = words[at] == "not"
            && at > 0
            && !is_one_of(&words[at - 1], &BEFORE_NOT)
            && !next(&KNOWN_THINGS)
            && !next(&NOT_HELD);
        !is_loose && !next(&NOT_DENIED)
    })
}

/// Whether the words of a bracket say that what stands below the name before it is not held.
fn denies_held(words: &[String]) -> bool {
    let is_denial = |word: &str| word == "no" || is_one_of(word, &DENIES) || is_one_of(word, &WITHOUT);
    let is_held = |word: &str| is_one_of(word, &NOT_HELD) || is_one_of(word, &KNOWN_THINGS);
    (0..words.len()).any(|at| is_denial(&words[at]) && words.get(at + 1).is_some_and(|next| is_held(next)))
        || words.iter().any(|word| is_one_of(word, &["unwanted", "brak", "brakuj*", "unerwunscht*"]))
}

/// `Without experience`, `Kenntnisse ohne Praxis`; no `Skills without certificate`.
fn is_without(words: &[String]) -> bool {
    (0..words.len()).any(|at| {
        is_one_of(&words[at], &WITHOUT)
            && (at == 0 || words.get(at + 1).is_some_and(|next| is_one_of(next, &KNOWN_THINGS)))
    })
}

fn wishes(words: &[String], field: Field) -> Option<Wish> {
    let before = |at: usize| at.checked_sub(1).and_then(|at| words.get(at)).map(String::as_str);
    let learns = |at: usize| {
        let word = words[at].as_str();
        match word {
            "like" => {
                matches!(before(at), Some("would" | "d" | "you" | "i"))
                    || words.get(at + 1).is_some_and(|next| next == "to")
            }
            "learning" | "lernen" => before(at).is_none_or(|before| !MACHINES.contains(&before)),
            _ => is_one_of(word, &LEARNS),
        }
    };
    if (0..words.len()).any(learns) {
        Some(Wish::Learn)
    } else if words.iter().any(|word| is_one_of(word, &AIMS))
        // The technologies that somebody prefers are used.
        || !is_skill(field) && words.iter().any(|word| is_one_of(word, &PREFERS))
    {
        Some(Wish::Aim)
    } else {
        None
    }
}

/// `No experience with`, `que no domina`, `doesn't know`; neither `Mobile no.` nor `No. of years`, nor `No-code`.
fn says_no(words: &[String]) -> bool {
    const OTHERWISE: [&str; 6] = ["of", "years", "year", "yrs", "code", "sql"];
    (0..words.len()).any(|at| match words[at].as_str() {
        "no" => words.get(at + 1).is_some_and(|next| {
            let begins = at == 0 || matches!(words[at - 1].as_str(), "que" | "ya" | "has" | "have" | "with");
            !OTHERWISE.contains(&next.as_str())
                && !is_one_of(next, &NOT_DENIED)
                && (begins || next == "longer" || is_one_of(next, &KNOWN_THINGS))
        }),
        "t" => at > 0 && words[at - 1].ends_with('n'),
        _ => false,
    })
}

/// Fields of which the form of cells does not tell whether they are said of the person as it is now.
fn is_doubtful(field: Field) -> bool {
    is_skill(field)
        || is_of_now(field)
        || matches!(field, Field::Languages | Field::Education | Field::Summary | Field::WorkHistory)
}

fn is_skill(field: Field) -> bool {
    matches!(field, Field::Skills | Field::Skill | Field::Tags)
}

fn is_of_now(field: Field) -> bool {
    matches!(
        field,
        Field::Title
            | Field::Employer
            | Field::Seniority
            | Field::Country
            | Field::Region
            | Field::City
            | Field::Location
            | Field::TotalYears
    )
}

#[cfg(test)]
mod tests {
    //! - what is lacked, disliked, asked for, planned or failed is no skill, and what people want to learn is an interest
    //! - what was, what is aimed at and what is a job's is not what the person is
    //! - plain names, marks of forms and machines that learn stand in the way of nothing

    use super::*;

    #[test]
    fn what_is_lacked_asked_for_or_wished_is_no_skill() {
        for header in [
            "Missing skills",
            "Which frameworks do you dislike?",
            "Never again please",
            "Womit möchtest du nicht arbeiten?",
            "Keine Kenntnisse in",
            "Skills required by the job",
            "Do not use",
            "Doesn't know",
            "Skill gaps",
            "Fehlende Kenntnisse",
            "No experience with",
            "Technologies à éviter",
            "Tecnologías que no domina",
            "Compétences manquantes",
            "Niet ervaren in",
            "Brak znajomości",
            "Tags to avoid",
            "Role requirements",
            "Must have",
            "Nice to have",
            "Gesucht",
            "Failed test",
            "Rejected for",
            "Training planned",
            "Team's stack",
            "Desired skills",
            "Zieltechnologien",
            "Skills for this role",
            "Job match: skills",
            "Kenntnisse ohne Praxis",
            "Without experience",
            "Has no knowledge of",
            "Not familiar with",
            "Stellenanforderungen",
        ] {
            assert!(matches!(guessable(header, Field::Skills), Guess::Nothing(_)), "{header}");
        }
        for header in [
            "Interested to learn",
            "Which frameworks would you like to learn next?",
            "Was willst du als Nächstes lernen?",
            "Would like to use",
            "Souhaite apprendre",
            "Compétences à acquérir",
            "Chce się nauczyć",
        ] {
            assert_eq!(guessable(header, Field::Skills), Guess::Interests, "{header}");
        }
    }

    #[test]
    fn what_was_or_is_aimed_at_is_not_what_the_person_is() {
        for (header, field) in [
            ("Ex-Arbeitgeber", Field::Employer),
            ("Ex employer", Field::Employer),
            ("Previous title", Field::Title),
            ("Wunschposition", Field::Title),
            ("Zielposition", Field::Title),
            ("Next role", Field::Title),
            ("Einsatzland", Field::Country),
            ("Target country", Field::Country),
            ("Gewünschtes Land", Field::Country),
            ("Languages to learn", Field::Languages),
            ("Required language", Field::Languages),
            ("Job location", Field::Location),
            ("Time in role", Field::TotalYears),
            ("Last location", Field::Location),
            ("Previous position", Field::Title),
            ("What do you want to do next?", Field::Summary),
        ] {
            assert!(matches!(guessable(header, field), Guess::Nothing(_)), "{header}");
        }
    }

    #[test]
    fn plain_names_stand_in_the_way_of_nothing() {
        for (header, field) in [
            ("Kann", Field::Skills),
            ("Machine learning", Field::Skills),
            ("Skills used in current job", Field::Skills),
            ("Skils (required)", Field::Skills),
            ("Tecnología", Field::Skills),
            ("Required: e-mail adress", Field::Email),
            ("Preferred fone", Field::Phone),
            ("Mobile no", Field::Phone),
            ("No. of years", Field::TotalYears),
            ("Years without internships", Field::TotalYears),
            ("Which tools do you know?", Field::Skills),
            ("Fonction", Field::Title),
            ("Im Job genutzte Technologien", Field::Skills),
            ("Job-related skills", Field::Skills),
            ("On-the-job skills", Field::Skills),
            ("Skills without certificate", Field::Skills),
            ("No-code & code tools", Field::Skills),
            ("NoSQL databases", Field::Skills),
            ("Not only frontend: tech", Field::Skills),
            ("Preferred technologies", Field::Skills),
            ("Letzte Position", Field::Title),
            ("Last job title", Field::Title),
            ("Dernier poste", Field::Title),
            ("\u{da}ltimo puesto", Field::Title),
            ("Laatste functie", Field::Title),
            ("Ostatnie stanowisko", Field::Title),
            ("Last company", Field::Employer),
            ("Experience in IT", Field::TotalYears),
        ] {
            assert_eq!(guessable(header, field), Guess::Free, "{header}");
        }
    }

    #[test]
    fn a_bracket_changes_what_a_name_means() {
        assert_eq!(below_bracket("Skills (want to learn)", Field::Skills), Guess::Interests);
        assert_eq!(below_bracket("Skills (wanted)", Field::Skills), Guess::Interests);
        for (header, field) in [
            ("Skills (missing)", Field::Skills),
            ("Skills (must have)", Field::Skills),
            ("Skills (job match)", Field::Skills),
            ("Skills (not used)", Field::Skills),
            ("Location (company)", Field::Location),
            ("Title (previous)", Field::Title),
            ("Location (preferred)", Field::Location),
        ] {
            assert!(matches!(below_bracket(header, field), Guess::Nothing(_)), "{header}");
        }
        for (header, field) in [
            ("Skills (required)", Field::Skills),
            ("Skills (max 5, no abbreviations please)", Field::Skills),
            ("Salary (desired)", Field::ExpectedPay),
            ("Years (total)", Field::TotalYears),
            ("Years (in company)", Field::TotalYears),
            ("Title (last)", Field::Title),
            ("Title (no abbreviations)", Field::Title),
            ("Skills (learned)", Field::Skills),
            ("Skills (no soft skills)", Field::Skills),
            ("Skills (on the job)", Field::Skills),
            ("Email (old)", Field::Email),
        ] {
            assert_eq!(below_bracket(header, field), Guess::Free, "{header}");
        }
    }
}
