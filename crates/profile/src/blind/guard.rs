//! What a query may not ask of a blind pool: words that a text hides, and names in any of their forms.

use super::identity::{Identity, spellings};
use super::words::endings::{is_no_form, stems};
use super::words::groups::is_group;
use super::words::is_sex;
use super::words::more::begins_one;

/// Letters from which on the beginning of a hidden word tells which one is meant.
const BEGINNING_MIN: usize = 5;
/// Shorter beginnings that begin no other word.
const FAMILY: [&str; 4] = ["moth", "fath", "mutt", "wido"];
/// Words of skills and of jobs, which texts keep where they speak of those.
const FREE: [&str; 8] =
    ["gender", "disability", "citizen", "maternity", "depression", "diabetes", "women", "hostess"];
/// Letters of a name behind an initial: shorter ones make other words of too many.
const BEHIND_INITIAL_MIN: usize = 5;
/// Letters of a name that is joined to another.
const JOINED_MIN: usize = 3;

/// Whether a word of a query, or what begins with it, is hidden in everybody's texts.
#[must_use]
pub fn is_hidden(word: &str, is_prefix: bool) -> bool {
    if FREE.contains(&word) {
        return false;
    }
    let nobody = Identity::default();
    // What every form begins with tells none of them.
    let is_changed = |word: &str| {
        let hidden = nobody.hide(word);
        hidden != word && !(is_prefix && hidden.strip_suffix('*') == Some(word))
    };
    let mut letters = word.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    // `señora`; and not the `miss` of a cache.
    let is_title = word.chars().count() > 4 && is_changed(&capital);
    if is_changed(word) || is_title {
        return true;
    }
    let is_beginning = || {
        ["", "a", "e", "er", "in", "ed", "et", "c", "ic", "ant", "nt", "t", "le", "ale", "r", "n", "d"]
            .iter()
            .any(|end| {
                let whole = format!("{word}{end}");
                (is_sex(&whole) || is_group(&whole)) && !FREE.contains(&whole.as_str())
            })
            || begins_one(word)
    };
    let is_long = word.chars().count() >= BEGINNING_MIN || FAMILY.contains(&word);
    is_prefix && is_long && is_beginning()
}

/// How a profession begins in all its forms, where a word is one of them that tells a sex: `entwickler` of
/// `Entwicklerin`.
#[must_use]
pub fn beginning_of_all(word: &str) -> Option<String> {
    let hidden = Identity::default().hide(word);
    let all = hidden.strip_suffix('*')?;
    (!all.is_empty() && word.starts_with(all)).then(|| all.to_owned())
}

/// The beginnings under which names stand whose form a word may be, in the order of letters: to be looked up, and then
/// compared by [`is_form`].
#[must_use]
pub fn beginnings(word: &str) -> Vec<String> {
    // Names of three letters change their third: `Ola`, `Oli`.
    let letters = if word.chars().count() > 5 { 3 } else { 2 };
    let mut found: Vec<String> =
        written(word).iter().map(|word| word.chars().take(letters).collect()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a word of a query is a form of a name's word, or begins one: `nowakiem` of `nowak`, `juergen` of `jurgen`.
#[must_use]
pub fn is_form(word: &str, is_prefix: bool, name: &str) -> bool {
    let names = spellings(name);
    written(word).iter().any(|word| {
        names.iter().any(|name| {
            if is_prefix
                && word.chars().count() >= 3
                && (name.starts_with(word.as_str()) || begins_form(word, name))
            {
                return true;
            }
            let is_genitive = word.chars().count() > 3 && word.strip_suffix('s') == Some(name.as_str());
            let is_declined = || {
                !is_no_form(word)
                    && stems(name).iter().any(|stem| {
                        word.strip_prefix(stem.text.as_str()).is_some_and(|end| stem.endings.contains(&end))
                    })
            };
            word == name || is_genitive || is_declined()
        })
    })
}

/// Whether a form of a name begins so.
fn begins_form(beginning: &str, name: &str) -> bool {
    stems(name).iter().any(|stem| {
        let ends = beginning.strip_prefix(stem.text.as_str());
        ends.is_some_and(|ends| {
            !ends.is_empty() && stem.endings.iter().any(|ending| ending.starts_with(ends))
        })
    })
}

/// Pairs of words that may be two names, or an initial and a name, written as one: `jurgengross`, `abyron`. Both of a
/// pair are to be looked up, and an initial is left out.
#[must_use]
pub fn joined(word: &str) -> Vec<(Option<String>, String)> {
    let letters = word.chars().count();
    let mut found = Vec::new();
    for word in written(word) {
        for (n, (at, _)) in word.char_indices().enumerate() {
            let (first, second) = word.split_at(at);
            // `devries`, `pvandenberg`, `jandevries`.
            let family = ["vanden", "vander", "vande", "van", "von", "de", "del", "di"]
                .iter()
                .filter_map(|particle| second.strip_prefix(particle))
                .filter(|family| family.chars().count() > JOINED_MIN);
            if n < 2 {
                found.extend(family.map(|family| (None, family.to_owned())));
            } else if n >= JOINED_MIN {
                found.extend(family.map(|family| (Some(first.to_owned()), family.to_owned())));
            }
            if n == 1 && letters > BEHIND_INITIAL_MIN {
                found.push((None, second.to_owned()));
            } else if n >= JOINED_MIN && second.chars().count() >= JOINED_MIN {
                found.push((Some(first.to_owned()), second.to_owned()));
            }
        }
    }
    found
}

/// A word in each of its spellings, with `ae`, `oe` and `ue` for letters with an accent as well, less figures.
fn written(word: &str) -> Vec<String> {
    // `oʼneil`, `thomas´s`.
    let plain: String = word.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '´')).collect();
    let bare = plain.trim_matches(|c: char| c.is_ascii_digit());
    let mut found: Vec<String> = spellings(bare).into_iter().collect();
    let plain: Vec<String> =
        found.iter().map(|word| word.replace("ae", "a").replace("oe", "o").replace("ue", "u")).collect();
    found.extend(plain);
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    //! - a word that texts hide is one that no query asks for; words of work are
    //! - every form of a name is known by the name; words that begin alike are not

    use super::*;

    #[test]
    fn hidden_words_are_known() {
        for word in ["frau", "she", "schwanger", "女", "programistka", "muslim", "verheiratet", "señora"] {
            assert!(is_hidden(word, false), "{word}");
        }
        assert!(is_hidden("schwang", true) && is_hidden("pregna", true));
        assert!(["verheirat", "catholi", "moth"].iter().all(|word| is_hidden(word, true)));
        assert!(["gender", "diabetes", "hostess"].iter().all(|word| !is_hidden(word, false)));
        for word in
            ["developer", "backend", "miss", "frankfurt", "manager", "shop", "2019", "il", "sein", "mr"]
        {
            assert!(!is_hidden(word, false), "{word}");
        }
        assert!(!is_hidden("mark", true) && !is_hidden("devel", true));
        // A profession is asked for by what all its forms begin with.
        for (word, all) in
            [("entwickler", "entwickler"), ("entwicklerin", "entwickler"), ("programistka", "programist")]
        {
            assert!(is_hidden(word, false) && !is_hidden(all, true), "{word}");
            assert_eq!(beginning_of_all(word).as_deref(), Some(all));
        }
        assert_eq!(beginning_of_all("schwanger"), None);
    }

    #[test]
    fn forms_of_names_are_known() {
        for (word, name) in [
            ("annę", "anna"),
            ("nowakiem", "nowak"),
            ("helgas", "helga"),
            ("juergen", "jurgen"),
            ("петровым", "петров"),
            ("ada77", "ada"),
        ] {
            assert!(is_form(word, false, name), "{word}");
            let begins = beginnings(word).iter().any(|begin| name.starts_with(begin.as_str()));
            assert!(begins, "{word}");
        }
        assert!(is_form("nowaki", true, "nowak") && !is_form("nowaki", false, "nowak"));
        for (word, name) in
            [("annotation", "anna"), ("django", "jan"), ("cookie", "cook"), ("kleinem", "klein")]
        {
            assert!(!is_form(word, false, name), "{word}");
        }
        assert!(joined("pvandenberg").contains(&(None, "berg".to_owned())));
        assert!(joined("obrien").contains(&(None, "brien".to_owned())));
        assert!(joined("jürgengroß").contains(&(Some("jurgen".to_owned()), "gross".to_owned())));
    }
}
