//! Words that say where somebody is from, folded.

/// Words that name what the words behind them say: `nationality: Polish`.
pub(in crate::blind) fn is_nation_label(word: &str) -> bool {
    const WORDS: [&str; 42] = [
        "nationality",
        "nationalities",
        "citizenship",
        "staatsburgerschaft",
        "staatsburger",
        "staatsburgerin",
        "nationalitat",
        "nationalite",
        "citoyennete",
        "citoyen",
        "citoyenne",
        "ressortissant",
        "ressortissante",
        "nacionalidad",
        "ciudadania",
        "ciudadano",
        "ciudadana",
        "nacionalidade",
        "cidadania",
        "cidadao",
        "cidada",
        "cittadinanza",
        "cittadino",
        "cittadina",
        "nazionalita",
        "nationaliteit",
        "burgerschap",
        "narodowosc",
        "narodowosci",
        "obywatelstwo",
        "obywatelstwa",
        "obywatel",
        "obywatelka",
        "гражданство",
        "ethnicity",
        "ethnic",
        "religion",
        "religia",
        "konfession",
        "disability",
        "behinderung",
        "handicap",
    ];
    WORDS.contains(&word) || word.starts_with("staatsangehorig")
}

/// Labels of forms, which name fields of software as well: their value stands behind a sign, or is a known one.
pub(in crate::blind) fn is_english_label(word: &str) -> bool {
    const WORDS: [&str; 9] = [
        "nationality",
        "nationalities",
        "citizenship",
        "ethnicity",
        "ethnic",
        "religion",
        "disability",
        "handicap",
        "behinderung",
    ];
    WORDS.contains(&word)
}

/// Words between a label and what it says.
pub(in crate::blind) fn ends_value(word: &str) -> bool {
    const WORDS: [&str; 37] = [
        "and", "und", "et", "y", "e", "i", "en", "with", "mit", "avec", "con", "met", "z", "ze", "who",
        "but", "has", "have", "hat", "needs", "requires", "eligible", "speaks", "fluent", "since", "seit",
        "depuis", "work", "working", "works", "lives", "living", "based", "no", "native", "knows", "for",
    ];
    WORDS.contains(&word)
}

/// Words of which `of` and a country may follow.
pub(in crate::blind) fn is_citizen(word: &str) -> bool {
    matches!(word, "citizen" | "citizens")
}

/// Words that speak of somebody behind a nation alone: `Polish national`, and nothing else behind them.
pub(in crate::blind) fn is_national(word: &str) -> bool {
    matches!(
        word,
        "national" | "nationals" | "born" | "immigrant" | "emigrant" | "refugee" | "expat" | "expatriate"
    )
}

/// The same, whatever follows: `Dutch passport holder`.
pub(in crate::blind) fn is_passport(word: &str) -> bool {
    const WORDS: [&str; 13] = [
        "passport",
        "passports",
        "descent",
        "heritage",
        "ancestry",
        "origin",
        "origins",
        "roots",
        "pass",
        "reisepass",
        "abstammung",
        "herkunft",
        "wurzeln",
    ];
    WORDS.contains(&word)
}

/// Passports before the nation: `passeport français`.
pub(in crate::blind) fn is_foreign_passport(word: &str) -> bool {
    matches!(
        word,
        "passeport"
            | "pasaporte"
            | "paszport"
            | "passaporte"
            | "passaporto"
            | "paspoort"
            | "origine"
            | "origen"
    )
}

/// Words before a town or country that somebody is from.
pub(in crate::blind) static ORIGINS: [&str; 43] = [
    "refugee from",
    "immigrant from",
    "migrant from",
    "expat from",
    "asylum seeker from",
    "fled from",
    "fluchtling aus",
    "gefluchtet aus",
    "geflohen aus",
    "refugie de",
    "refugiee de",
    "refugiado de",
    "refugiada de",
    "vluchteling uit",
    "uchodzca z",
    "native of",
    "originally from",
    "hails from",
    "hailing from",
    "emigrated from",
    "immigrated from",
    "originaire de",
    "originaire du",
    "originaire des",
    "originaire d",
    "originario de",
    "originaria de",
    "oriundo de",
    "oriunda de",
    "natural de",
    "afkomstig uit",
    "stammt aus",
    "stamme aus",
    "geburtig aus",
    "pochodzi z",
    "pochodze z",
    "pochodzacy z",
    "pochodzaca z",
    "grew up in",
    "growing up in",
    "opgegroeid in",
    "raised in",
    "aufgewachsen in",
];

/// The same before countries alone: data come from a system.
pub(in crate::blind) static COUNTRY_ORIGINS: [&str; 6] =
    ["is from", "am from", "comes from", "come from", "kommt aus", "komme aus"];

/// Articles before a country.
pub(in crate::blind) fn is_article(word: &str) -> bool {
    matches!(word, "the" | "der" | "dem" | "den" | "la" | "le" | "les" | "el" | "l" | "de")
}

/// Adjectives of nations, in any of the forms of their language.
pub(in crate::blind) fn is_nation(word: &str) -> bool {
    const STEMS: [&str; 153] = [
        "american",
        "british",
        "english",
        "scottish",
        "welsh",
        "irish",
        "german",
        "austrian",
        "swiss",
        "french",
        "belgian",
        "dutch",
        "spanish",
        "portuguese",
        "italian",
        "greek",
        "turkish",
        "cypriot",
        "maltese",
        "polish",
        "czech",
        "slovak",
        "hungarian",
        "romanian",
        "bulgarian",
        "serbian",
        "croatian",
        "bosnian",
        "slovenian",
        "albanian",
        "macedonian",
        "kosovan",
        "ukrainian",
        "russian",
        "belarusian",
        "moldovan",
        "lithuanian",
        "latvian",
        "estonian",
        "finnish",
        "swedish",
        "norwegian",
        "danish",
        "icelandic",
        "georgian",
        "armenian",
        "azerbaijani",
        "kazakh",
        "uzbek",
        "israeli",
        "palestinian",
        "lebanese",
        "syrian",
        "jordanian",
        "iraqi",
        "iranian",
        "saudi",
        "emirati",
        "yemeni",
        "egyptian",
        "moroccan",
        "algerian",
        "tunisian",
        "libyan",
        "sudanese",
        "ethiopian",
        "eritrean",
        "somali",
        "kenyan",
        "nigerian",
        "ghanaian",
        "cameroonian",
        "senegalese",
        "congolese",
        "angolan",
        "african",
        "zimbabwean",
        "ugandan",
        "tanzanian",
        "indian",
        "pakistani",
        "bangladeshi",
        "nepalese",
        "nepali",
        "lankan",
        "afghan",
        "chinese",
        "taiwanese",
        "japanese",
        "korean",
        "vietnamese",
        "thai",
        "filipino",
        "filipina",
        "indonesian",
        "malaysian",
        "singaporean",
        "australian",
        "zealand",
        "canadian",
        "mexican",
        "brazilian",
        "argentinian",
        "argentine",
        "chilean",
        "colombian",
        "peruvian",
        "venezuelan",
        "cuban",
        "ecuadorian",
        "bolivian",
        "uruguayan",
        "european",
        "asian",
        "schweizer",
        "francais",
        "allemand",
        "polonais",
        "espagnol",
        "italien",
        "belge",
        "suisse",
        "marocain",
        "algerien",
        "tunisien",
        "portugais",
        "roumain",
        "britannique",
        "americain",
        "russe",
        "ukrainien",
        "turc",
        "espanol",
        "aleman",
        "frances",
        "italian",
        "polac",
        "portugues",
        "ruman",
        "marroqui",
        "mexican",
        "colombian",
        "argentin",
        "venezolan",
        "peruan",
        "brasilen",
        "ingles",
        "britanic",
        "ucranian",
        "duits",
        "pools",
        "frans",
        "spaans",
    ];
    const ENDINGS: [&str; 10] = ["", "e", "es", "s", "a", "o", "ne", "er", "en", "as"];
    const ISCH: [&str; 6] = ["isch", "ische", "ischer", "ischen", "ischem", "isches"];
    const SKI: [&str; 8] = ["ski", "ska", "skie", "skiego", "skiej", "ska", "skim", "ckie"];
    let is_form = |stem: &&str| word.strip_prefix(*stem).is_some_and(|end| ENDINGS.contains(&end));
    let is_of = |ends: &[&str]| ends.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(*end));
    STEMS.iter().any(is_form) || is_of(&ISCH) || is_of(&SKI) || word.starts_with("deutsch")
}

/// Unions and countries in short, which are other words in small letters.
pub(in crate::blind) fn is_nation_in_short(word: &str) -> bool {
    matches!(word, "EU" | "UK" | "US" | "USA" | "EEA" | "EWR")
}

/// Adjectives and nouns of nations that are no other words: [`is_nation`] takes any word that ends as one may.
pub(in crate::blind) fn is_demonym(word: &str) -> bool {
    const GERMAN: [&str; 44] = [
        "deutsch",
        "turkisch",
        "tuerkisch",
        "polnisch",
        "russisch",
        "syrisch",
        "iranisch",
        "irakisch",
        "italienisch",
        "spanisch",
        "franzosisch",
        "griechisch",
        "portugiesisch",
        "osterreichisch",
        "rumanisch",
        "bulgarisch",
        "ungarisch",
        "kroatisch",
        "serbisch",
        "bosnisch",
        "ukrainisch",
        "vietnamesisch",
        "chinesisch",
        "japanisch",
        "koreanisch",
        "indisch",
        "pakistanisch",
        "afghanisch",
        "marokkanisch",
        "tunesisch",
        "algerisch",
        "agyptisch",
        "nigerianisch",
        "amerikanisch",
        "britisch",
        "englisch",
        "irisch",
        "schwedisch",
        "norwegisch",
        "danisch",
        "finnisch",
        "tschechisch",
        "kurdisch",
        "albanisch",
    ];
    const ENDINGS: [&str; 6] = ["", "e", "er", "en", "em", "es"];
    let is_german =
        || GERMAN.iter().any(|stem| word.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end)));
    let is_other = matches!(word, "kurdish" | "romani" | "nigerian" | "scandinavian" | "hispanic");
    let is_country =
        || matches!(word, "suisse" | "argentina" | "zealand" | "frances") || word.starts_with("deutsch");
    let is_listed = || is_nation(word) && !word.contains("isch") && !ends_as_slavic(word);
    is_other || is_german() || (is_listed() && !is_country())
}

/// Endings that more words have than nations.
fn ends_as_slavic(word: &str) -> bool {
    ["ski", "ska", "skie", "skiego", "skiej", "skim", "ckie"].iter().any(|end| word.ends_with(end))
}

/// Who a nation can be said of, one by one.
pub(in crate::blind) fn is_person(word: &str) -> bool {
    matches!(
        word,
        "developer"
            | "engineer"
            | "candidate"
            | "applicant"
            | "programmer"
            | "designer"
            | "analyst"
            | "manager"
            | "consultant"
            | "architect"
            | "colleague"
            | "student"
            | "guy"
            | "woman"
            | "man"
            | "girl"
            | "lady"
            | "gentleman"
            | "graduate"
            | "entwickler"
            | "entwicklerin"
            | "ingenieur"
            | "ingenieurin"
            | "kandidat"
            | "kandidatin"
            | "bewerber"
            | "bewerberin"
            | "informatiker"
            | "informatikerin"
    )
}

/// Words that go on behind somebody: `a Polish developer who knows Go`.
pub(in crate::blind) fn is_behind_person(word: &str) -> bool {
    matches!(
        word,
        "with"
            | "who"
            | "from"
            | "based"
            | "in"
            | "at"
            | "living"
            | "and"
            | "mit"
            | "aus"
            | "der"
            | "die"
            | "looking"
    )
}
