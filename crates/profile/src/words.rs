//! Words of cells in one form, so that `Février`, `FEVRIER` and `fevrier` are one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, each run of white space one space; signs stay.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_whitespace() || c.is_control() {
            gap = !key.is_empty();
            return;
        }
        if std::mem::take(&mut gap) {
            key.push(' ');
        }
        match c {
            'ł' => key.push('l'),
            'ø' => key.push('o'),
            'đ' => key.push('d'),
            'ı' => key.push('i'),
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            '’' | '‘' | 'ʼ' | '`' | '´' => key.push('\''),
            '–' | '—' | '‐' | '‑' | '−' => key.push('-'),
            c => key.push(c),
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        // The compatibility form makes a space and a mark of an accent that stands alone.
        let lower = text.replace(['´', '`'], "'");
        let letters = lower.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        letters.filter(|c| !is_combining_mark(*c)).for_each(&mut push);
    }
    key
}

/// Whether a word is one of those known; a `*` at the end of one stands for the rest of a word.
#[must_use]
pub fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| is_it(word, known))
}

/// Whether a word is the one known, or begins as it does before its `*`.
pub(crate) fn is_it(word: &str, known: &str) -> bool {
    match known.strip_suffix('*') {
        Some(begins) => word.starts_with(begins),
        None => word == known,
    }
}

/// Words and figures of a folded text: runs of letters and runs of digits, each apart.
pub(crate) fn tokens(folded: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut kind = 0;
    for (at, c) in folded.char_indices().chain([(folded.len(), ' ')]) {
        let now = if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
        if now != kind {
            if kind != 0 {
                found.push(&folded[start..at]);
            }
            (start, kind) = (at, now);
        }
    }
    found
}

/// Parts of a list that a cell may hold in JSON (`["a","b"]`) or with separators between; trimmed, none empty.
pub(crate) fn list_items<'a>(cell: &'a str, separators: &[char]) -> Vec<std::borrow::Cow<'a, str>> {
    let cell = cell.trim();
    if cell.starts_with('[')
        && cell.ends_with(']')
        && let Some(items) = json_strings(cell)
    {
        return items.into_iter().filter(|s| !s.is_empty()).map(Into::into).collect();
    }
    cell.split(separators).map(str::trim).filter(|s| !s.is_empty()).map(Into::into).collect()
}

/// The texts of a flat JSON list of texts; `None` for anything else.
fn json_strings(cell: &str) -> Option<Vec<String>> {
    let mut rest = cell.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let mut item = String::new();
        let mut letters = rest.strip_prefix('"')?.char_indices();
        let end = loop {
            match letters.next()? {
                (at, '"') => break at,
                (_, '\\') => match letters.next()?.1 {
                    c @ ('"' | '\\' | '/') => item.push(c),
                    'n' | 't' | 'r' => item.push(' '),
                    _ => return None,
                },
                (_, c) => item.push(c),
            }
        };
        items.push(item.trim().to_owned());
        rest = rest[end + 2..].trim_start();
        rest = match rest.strip_prefix(',') {
            Some(after) => after.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(items)
}

/// Whether a folded word denies whatever it stands beside, in English, German, French, Spanish, Dutch and Polish.
pub(crate) fn is_denial(word: &str) -> bool {
    const DENIALS: [&str; 26] = [
        "no",
        "not",
        "non",
        "none",
        "never",
        "without",
        "kein",
        "keine",
        "keinen",
        "keinerlei",
        "nicht",
        "nein",
        "nie",
        "ohne",
        "pas",
        "aucun",
        "aucune",
        "sans",
        "sin",
        "ningun",
        "geen",
        "niet",
        "nee",
        "zonder",
        "bez",
        "brak",
    ];
    DENIALS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_to_one_form() {
        for (written, key) in [
            ("  Février ", "fevrier"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("A\u{a0}–\tB", "a - b"),
            ("dès que possible", "des que possible"),
            ("İzmir", "izmir"),
        ] {
            assert_eq!(folded(written), key, "{written}");
        }
    }

    #[test]
    fn letters_and_figures_are_apart() {
        assert_eq!(tokens("60-70k eur"), ["60", "70", "k", "eur"]);
        assert!(tokens("").is_empty());
    }

    #[test]
    fn lists_are_taken_apart() {
        assert_eq!(list_items(r#"["a; b", "c\"d"]"#, &[';']), ["a; b", "c\"d"]);
        assert_eq!(list_items("a; ;b", &[';']), ["a", "b"]);
        assert_eq!(list_items("[a]", &[';']), ["[a]"]);
        assert_eq!(list_items("[]", &[';']).len(), 0);
        assert_eq!(list_items(r#"["a" "b"]"#, &[';']), [r#"["a" "b"]"#]);
    }
}
