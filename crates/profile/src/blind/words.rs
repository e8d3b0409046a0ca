//! Words that say who somebody is, or what they are: pronouns, titles, sexes; by theme in the modules below.

pub(super) mod ages;
pub(super) mod beside;
pub(super) mod endings;
pub(super) mod groups;
pub(super) mod more;
pub(super) mod nations;
pub(super) mod professions;
pub(super) mod things;
pub(super) mod tongues;

/// Parts of names that are words of their own in several languages: hidden beside a name alone.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "de" | "da"
            | "do"
            | "dos"
            | "das"
            | "del"
            | "della"
            | "di"
            | "du"
            | "des"
            | "la"
            | "le"
            | "les"
            | "van"
            | "von"
            | "den"
            | "der"
            | "ter"
            | "ten"
            | "zu"
            | "zur"
            | "el"
            | "al"
            | "bin"
            | "ibn"
            | "y"
            | "e"
            | "i"
            | "und"
            | "and"
            | "jr"
            | "sr"
            | "ii"
            | "iii"
            | "dr"
            | "prof"
            | "mr"
            | "mrs"
            | "ms"
            | "herr"
            | "frau"
            | "in"
            | "of"
            | "the"
            | "san"
            | "st"
            | "mac"
            | "mc"
            | "o"
            | "d"
            | "l"
    )
}

/// Particles that stand before names in sentences, too, and are no part of them there.
pub(super) fn is_plain_word(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "and" | "und" | "y" | "e" | "i" | "in" | "of" | "the")
}

/// Pronouns of one person, in lower case; `sie` and `il` stand for others, too, and are hidden all the same.
pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "him"
            | "her"
            | "his"
            | "hers"
            | "himself"
            | "herself"
            | "er"
            | "ihm"
            | "ihn"
            | "sie"
            | "ihr"
            | "ihre"
            | "ihrem"
            | "ihren"
            | "ihrer"
            | "sein"
            | "seine"
            | "seinem"
            | "seinen"
            | "seiner"
            | "elle"
            | "il"
            | "lui"
            | "ella"
            | "él"
            | "hij"
            | "zij"
            | "haar"
            | "hem"
            | "ona"
            | "jej"
            | "jego"
            | "iel"
            | "ela"
    )
}

/// The same in Portuguese, Russian and Ukrainian.
pub(super) fn is_pronoun_too(word: &str) -> bool {
    const WORDS: [&str; 19] = [
        "ele", "он", "она", "его", "её", "ее", "ему", "ей", "ним", "ней", "нём", "него", "неё", "нее",
        "нему", "він", "вона", "його", "її",
    ];
    WORDS.contains(&word)
}

/// Particles that are articles, verbs or prepositions elsewhere: part of a name where its column has them, or where
/// another piece of the name stands before them.
pub(super) fn is_common_particle(word: &str) -> bool {
    matches!(
        word,
        "bin"
            | "der"
            | "den"
            | "des"
            | "das"
            | "do"
            | "du"
            | "la"
            | "le"
            | "les"
            | "zu"
            | "zur"
            | "ten"
            | "ter"
            | "el"
            | "al"
            | "da"
            | "di"
            | "de"
            | "dos"
            | "del"
            | "della"
            | "ii"
            | "iii"
    )
}

/// Titles that stand for a sex, as written without a full stop; those in lower case are hidden in any case.
pub(super) fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Miss"
            | "Mister"
            | "MRS"
            | "Mme"
            | "Mlle"
            | "Madame"
            | "Monsieur"
            | "Mademoiselle"
            | "Herr"
            | "Herrn"
            | "Frau"
            | "Fräulein"
            | "Señor"
            | "Señora"
            | "Señorita"
            | "Sra"
            | "Srta"
            | "Signora"
            | "Signor"
            | "Signore"
            | "Signorina"
            | "Dhr"
            | "Mevr"
            | "Mevrouw"
            | "Meneer"
            | "Pani"
            | "dhr"
            | "mevr"
            | "mevrouw"
            | "meneer"
            | "Sir"
            | "Madam"
            | "herr"
            | "frau"
            | "mme"
            | "mrs"
    )
}

/// Titles that are other words, too: hidden before a name alone.
pub(super) fn is_title_before_name(word: &str) -> bool {
    matches!(
        word,
        "M" | "MR" | "mr" | "Sr" | "Pan" | "ms" | "MS" | "miss" | "sir" | "Fr" | "Hr" | "Heer" | "heer"
    )
}

/// Words that say somebody's sex or family, in lower case.
pub(super) fn is_sex(word: &str) -> bool {
    matches!(
        word,
        "male"
            | "female"
            | "man"
            | "woman"
            | "men"
            | "women"
            | "boy"
            | "girl"
            | "gentleman"
            | "lady"
            | "mother"
            | "father"
            | "mum"
            | "mom"
            | "dad"
            | "husband"
            | "wife"
            | "son"
            | "daughter"
            | "maternity"
            | "paternity"
            | "pregnant"
            | "pregnancy"
            | "widow"
            | "widower"
            | "married"
            | "divorced"
            | "nonbinary"
            | "transgender"
            | "gender"
            | "sex"
            | "geschlecht"
            | "weiblich"
            | "männlich"
            | "maennlich"
            | "mutter"
            | "vater"
            | "ehefrau"
            | "ehemann"
            | "verheiratet"
            | "ledig"
            | "geschieden"
            | "elternzeit"
            | "mutterschutz"
            | "femme"
            | "homme"
            | "mère"
            | "mere"
            | "père"
            | "pere"
            | "épouse"
            | "epouse"
            | "mari"
            | "mariée"
            | "sexe"
            | "genre"
            | "mujer"
            | "hombre"
            | "madre"
            | "padre"
            | "esposa"
            | "esposo"
            | "sexo"
            | "género"
            | "genero"
            | "vrouw"
            | "moeder"
            | "vader"
            | "echtgenote"
            | "echtgenoot"
            | "geslacht"
            | "kobieta"
            | "mężczyzna"
            | "matka"
            | "ojciec"
            | "żona"
            | "mąż"
            | "płeć"
    )
}

/// Words of a sentence about schools: years in it say how old somebody is, folded.
pub(super) fn is_school(word: &str) -> bool {
    is_campus(word)
        || matches!(
            word,
            "graduated"
                | "graduate"
                | "graduation"
                | "degree"
                | "diploma"
                | "diplom"
                | "bachelor"
                | "master"
                | "bsc"
                | "msc"
                | "beng"
                | "meng"
                | "phd"
                | "mba"
                | "abitur"
                | "matura"
                | "gcse"
                | "baccalaureat"
                | "licence"
                | "licenciatura"
                | "studied"
                | "studium"
                | "studierte"
                | "promoviert"
                | "absolvent"
                | "alumni"
                | "alumnus"
                | "alumna"
                | "doctorate"
        )
}

/// Schools, where people work, too; folded.
pub(super) fn is_campus(word: &str) -> bool {
    matches!(
        word,
        "university"
            | "universitat"
            | "universite"
            | "universidad"
            | "universiteit"
            | "uniwersytet"
            | "college"
            | "school"
            | "schule"
    )
}

/// Letters that are written otherwise in other spellings of one name: `ü` as `ue`, Cyrillic and Greek in Latin letters.
pub(super) fn romanised(lower: &str) -> String {
    let mut text = String::with_capacity(lower.len());
    for c in lower.chars() {
        let written = match c {
            'ä' | 'æ' => "ae",
            'ö' | 'ø' | 'œ' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'å' => "aa",
            'þ' => "th",
            'ð' => "d",
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' | 'ґ' => "g",
            'д' => "d",
            'е' | 'э' | 'є' => "e",
            'ё' => "yo",
            'ж' => "zh",
            'з' => "z",
            'и' | 'і' | 'й' => "i",
            'ї' => "yi",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'ь' => "",
            'ы' => "y",
            'ю' => "yu",
            'я' => "ya",
            'α' | 'ά' => "a",
            'β' => "v",
            'γ' => "g",
            'δ' => "d",
            'ε' | 'έ' => "e",
            'ζ' => "z",
            'η' | 'ή' | 'ι' | 'ί' | 'ϊ' => "i",
            'θ' => "th",
            'κ' => "k",
            'λ' => "l",
            'μ' => "m",
            'ν' => "n",
            'ξ' => "x",
            'ο' | 'ό' | 'ω' | 'ώ' => "o",
            'π' => "p",
            'ρ' => "r",
            'σ' | 'ς' => "s",
            'τ' => "t",
            'υ' | 'ύ' => "y",
            'φ' => "f",
            'χ' => "ch",
            'ψ' => "ps",
            other => {
                text.push(other);
                continue;
            }
        };
        text.push_str(written);
    }
    text
}
