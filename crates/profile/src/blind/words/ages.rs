//! Words of ages and days of birth, folded.

/// Words before somebody's day of birth.
pub(in crate::blind) fn is_birth(word: &str) -> bool {
    const WORDS: [&str; 53] = [
        "rocznik",
        "rocznika",
        "naci",
        "nacio",
        "nasceu",
        "urodzil",
        "urodzila",
        "nasci",
        "naquit",
        "nacque",
        "baujahr",
        "bouwjaar",
        "born",
        "birth",
        "birthdate",
        "birthday",
        "dob",
        "geb",
        "geboren",
        "geborene",
        "geborener",
        "geburtsdatum",
        "geburtstag",
        "geburtsjahr",
        "jahrgang",
        "jg",
        "naissance",
        "nacido",
        "nacida",
        "nacimiento",
        "nascido",
        "nascida",
        "nascimento",
        "nato",
        "nata",
        "nascita",
        "geboortedatum",
        "geboortejaar",
        "urodzony",
        "urodzona",
        "urodzenia",
        "urodzilem",
        "urodzilam",
        "narozen",
        "narozena",
        "narozeni",
        "родился",
        "родилась",
        "рождения",
        "fodd",
        "fodt",
        "synt",
        "szuletett",
    ];
    WORDS.contains(&word)
}

/// Words of birth that are others, too: before a full stop and a year alone.
pub(in crate::blind) fn is_birth_in_short(word: &str) -> bool {
    matches!(word, "b" | "ur" | "nar")
}

/// Words between `born` and the town.
pub(in crate::blind) fn is_born_in(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "a"
            | "en"
            | "w"
            | "we"
            | "te"
            | "em"
            | "near"
            | "bei"
            | "au"
            | "aux"
            | "v"
            | "ve"
            | "в"
    )
}

/// Words before a number that make it an age.
pub(in crate::blind) fn is_age_cue(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "age",
        "aged",
        "alter",
        "agee",
        "edad",
        "leeftijd",
        "wiek",
        "wieku",
        "eta",
        "idade",
        "vek",
        "возраст",
        "turned",
        "turns",
        "turning",
        "lebensalter",
        "年龄",
        "年齢",
    ];
    WORDS.contains(&word)
}

/// Of these, those that other things do, too: `turned 40 services into 3`.
pub(in crate::blind) fn is_turn(word: &str) -> bool {
    matches!(word, "turned" | "turns" | "turning")
}

/// Words between such a word and the number.
pub(in crate::blind) fn is_age_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "is" | "von" | "de" | "about" | "ca" | "approx" | "ist" | "est" | "es" | "to" | "di"
    )
}

/// Who has so many years, and the years' word: `j'ai 41 ans`.
pub(in crate::blind) fn has_years(before: &str, years: &str) -> bool {
    const PAIRS: [(&str, &str); 17] = [
        ("ai", "ans"),
        ("a", "ans"),
        ("ho", "anni"),
        ("ha", "anni"),
        ("tengo", "anos"),
        ("tiene", "anos"),
        ("tenho", "anos"),
        ("tem", "anos"),
        ("mam", "lat"),
        ("ma", "lat"),
        ("mam", "lata"),
        ("ma", "lata"),
        ("bin", "jahre"),
        ("ben", "jaar"),
        ("is", "jaar"),
        ("mi", "let"),
        ("je", "let"),
    ];
    PAIRS.contains(&(before, years))
}

/// Words after a number that make it an age together with those before them: `years old`, `Jahre alt`.
pub(in crate::blind) fn is_year_word(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "year", "years", "yr", "yrs", "y", "jahre", "jahren", "jahr", "ans", "anos", "jaar", "lat", "lata",
        "let", "anni", "лет",
    ];
    WORDS.contains(&word)
}

/// What follows such a word where the number is an age.
pub(in crate::blind) fn is_old(word: &str) -> bool {
    matches!(word, "old" | "olds" | "alt" | "oud" | "jong" | "edad" | "idade" | "age" | "young" | "o")
}

/// A word after a number that makes it an age by itself: `41-jährig`, `41 yo`.
pub(in crate::blind) fn is_aged(word: &str) -> bool {
    const WORDS: [&str; 23] = [
        "yasinda",
        "yasindayim",
        "jarigen",
        "yo",
        "yold",
        "jahrig",
        "jahrige",
        "jahriger",
        "jahrigen",
        "jahriges",
        "jaehrig",
        "jaehrige",
        "jaehriger",
        "jarig",
        "jarige",
        "letni",
        "letnia",
        "letniego",
        "letniej",
        "letnim",
        "lety",
        "leta",
        "летнии",
    ];
    WORDS.contains(&word)
}

/// Beginnings of words that make years those of work.
pub(in crate::blind) fn is_work(word: &str) -> bool {
    const STARTS: [&str; 17] = [
        "experien",
        "doswiadcz",
        "erfahr",
        "beruf",
        "ervaring",
        "werkervaring",
        "esperienz",
        "praxis",
        "prakty",
        "karrier",
        "career",
        "carriere",
        "tatigkeit",
        "staz",
        "history",
        "tenure",
        "zkusenost",
    ];
    STARTS.iter().any(|start| word.starts_with(start))
}

/// Words that join one clause to the next.
pub(in crate::blind) fn is_and(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "e" | "i" | "en" | "a")
}

/// `forties` and the like, with whether it says an age only behind a word such as `mid`.
pub(in crate::blind) fn is_decade(word: &str) -> bool {
    const WORDS: [&str; 21] = [
        "twenties",
        "thirties",
        "forties",
        "fourties",
        "fifties",
        "sixties",
        "seventies",
        "20s",
        "30s",
        "40s",
        "50s",
        "60s",
        "70s",
        "zwanzig",
        "dreissig",
        "vierzig",
        "funfzig",
        "fuenfzig",
        "sechzig",
        "siebzig",
        "zwanziger",
    ];
    WORDS.contains(&word)
}

/// Tens of years behind `Anfang`, `Mitte` and `Ende`.
pub(in crate::blind) fn is_tens(word: &str) -> bool {
    matches!(word, "20" | "30" | "40" | "50" | "60" | "70")
}

/// Words before a decade of somebody's life.
pub(in crate::blind) fn is_decade_lead(word: &str) -> bool {
    matches!(word, "mid" | "early" | "late" | "his" | "her" | "their" | "my" | "middle")
        || is_german_lead(word)
}

/// The same in German, where a number may follow.
pub(in crate::blind) fn is_german_lead(word: &str) -> bool {
    matches!(word, "anfang" | "mitte" | "ende")
}

/// The first letters of months.
pub(in crate::blind) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 40] = [
        "jan", "feb", "mar", "mae", "apr", "avr", "may", "mai", "jun", "jul", "aug", "sep", "oct", "nov",
        "dec", "okt", "dez", "ene", "abr", "ago", "dic", "giu", "lug", "set", "ott", "gen", "fev", "aou",
        "jui", "sty", "lut", "kwi", "maj", "cze", "lip", "sie", "wrz", "paz", "lis", "gru",
    ];
    word.chars().count() >= 3 && MONTHS.iter().any(|month| word.starts_with(month))
}

/// Tens of years in words.
pub(in crate::blind) fn is_tens_in_words(word: &str) -> bool {
    const WORDS: [&str; 30] = [
        "twenty",
        "thirty",
        "forty",
        "fourty",
        "fifty",
        "sixty",
        "seventy",
        "zwanzig",
        "dreissig",
        "vierzig",
        "funfzig",
        "sechzig",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "veinte",
        "treinta",
        "cuarenta",
        "cincuenta",
        "sesenta",
        "venti",
        "trenta",
        "quaranta",
        "cinquanta",
        "sessanta",
        "vijftig",
        "veertig",
        "dertig",
    ];
    WORDS.contains(&word)
}

/// What stands behind a number where somebody has so many birthdays behind them.
pub(in crate::blind) fn is_birthday(word: &str) -> bool {
    matches!(word, "birthday" | "geburtstag" | "anniversaire" | "cumpleanos" | "verjaardag" | "urodziny")
}

/// Words that name the town of somebody's birth behind them.
pub(in crate::blind) fn is_birth_town(word: &str) -> bool {
    matches!(word, "birthplace" | "geburtsort" | "geboorteplaats" | "hometown" | "heimatort" | "geburtsland")
}

/// Words of place before one of birth: `place of birth`.
pub(in crate::blind) fn is_place_word(word: &str) -> bool {
    matches!(word, "place" | "lieu" | "luogo" | "lugar" | "miejsce" | "local" | "country" | "town" | "city")
}
