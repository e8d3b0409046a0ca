//! When are two headers the same? When their letters and digits are, whatever stands between them.

use unicode_normalization::UnicodeNormalization;

/// The key under which headers are compared: lower-case letters and digits, without accents, spaces and signs.
///
/// `E-Mail`, `e_mail` and ` eMail ` are `email`; `prénom` typed on one system and on another is `prenom` on both.
pub(crate) fn header_key(header: &str) -> String {
    header.nfkd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a header, lower-case: at signs, and where a capital follows a small letter (`salaryEur`).
pub(crate) fn header_words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in header.nfkd() {
        let mark = ('\u{300}'..='\u{36f}').contains(&c);
        if c.is_uppercase() && after_small {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words
                .last_mut()
                .expect("starts with one")
                .extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else if !mark {
            words.push(String::new());
        }
        after_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_meet_by_letters_and_digits() {
        for same in ["E-Mail", "e_mail", "eMail", "  EMAIL ", "e.mail"] {
            assert_eq!(header_key(same), "email", "{same:?}");
        }
        assert_eq!(header_key("Pre\u{301}nom"), header_key("prénom"));
        assert_ne!(header_key("email1"), header_key("email2"));
        assert_eq!(header_key(" - "), "");
    }

    #[test]
    fn words_part_at_signs_and_capitals() {
        assert_eq!(header_words("salaryEur_per year"), ["salary", "eur", "per", "year"]);
        assert_eq!(header_words("Währung (EUR)"), ["wahrung", "eur"]);
    }
}
