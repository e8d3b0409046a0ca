//! Pronouns, titles and words of sex and family, and the articles, tools and things that are written as they are.

use super::text::{HIDDEN, Hiding, THEY};
use super::words::beside::{
    is_before_polish_subject, is_beside_german_man, is_polish_adverb, is_polish_verb,
};
use super::words::groups::{is_behind_man, is_group, needs_accent};
use super::words::more::{is_more, is_union};
use super::words::things::{
    is_family, is_family_tail, is_family_thing, is_institution, is_of_products, is_product,
};
use super::words::tongues::Tongue;
use super::words::{is_pronoun, is_pronoun_too, is_sex, is_title};

impl Hiding<'_> {
    /// Pronouns, titles, words of sex and family.
    pub(super) fn single_words(&mut self) {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let lower = word.text.to_lowercase();
            let mut range = word.range.clone();
            if self.is_pronoun_at(at, &lower) {
                found.push((range, THEY));
            } else if let Some(end) = self.title_end(at) {
                range.start = self.title_begin(at);
                range.end = end;
                found.push((range, HIDDEN));
            } else if self.is_sex_at(at, &lower) || self.is_group_at(at, &lower) {
                found.push((range, HIDDEN));
            }
        }
        found.into_iter().for_each(|(range, by)| self.hide(range, by));
    }

    /// The word before, where a space or a hyphen alone is between.
    fn before(&self, at: usize) -> &str {
        if at > 0 && self.joins(at - 1) { self.key(at - 1) } else { "" }
    }

    /// The word behind, likewise.
    fn behind(&self, at: usize) -> &str {
        if self.joins(at) { self.key(at + 1) } else { "" }
    }

    /// Whether a word is a pronoun as it stands here, and no article, verb or acronym.
    fn is_pronoun_at(&self, at: usize, lower: &str) -> bool {
        let word = &self.words[at];
        // `ER` is a diagram, `HIS` a system.
        let is_shouted = word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase);
        if is_shouted && !self.is_all_capitals {
            return false;
        }
        // `Er-Diagramm`.
        let is_joined = self.text[word.range.end..]
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if is_joined {
            return false;
        }
        let (before, behind) = (self.before(at), self.behind(at));
        match lower {
            "il" => {
                !self.is_impersonal(at)
                    && (self.speaks(Tongue::French)
                        || (is_french_verb(behind) && !self.speaks(Tongue::Italian)))
            }
            "sein" => {
                let is_noun_next = self.joins(at)
                    && (self.is_capital(at + 1) || (self.joins(at + 1) && self.is_capital(at + 2)));
                is_noun_next && !matches!(before, "zu" | "au")
            }
            "er" => {
                self.speaks(Tongue::German) || !(is_dutch_behind_er(behind) || self.speaks(Tongue::Dutch))
            }
            "zijn" => self.speaks(Tongue::Dutch) && is_dutch_possessive(before, behind),
            "ze" => {
                self.speaks(Tongue::Dutch)
                    && (behind.ends_with('t') || matches!(behind, "is" | "was" | "kan"))
            }
            "on" | "ona" => self.is_polish_subject(at),
            "nią" | "niej" | "niego" | "niemu" | "jemu" | "ją" | "mu" => self.speaks(Tongue::Polish),
            "nim" => {
                self.speaks(Tongue::Polish)
                    && word.text == "nim"
                    && matches!(before, "z" | "za" | "przed" | "o" | "nad")
            }
            "go" => {
                let is_object = !matches!(
                    before,
                    "" | "w" | "i" | "z" | "na" | "do" | "lub" | "jezyk" | "jezyku" | "zna"
                );
                self.speaks(Tongue::Polish) && word.text == "go" && is_object
            }
            "lei" => !before.bytes().any(|b| b.is_ascii_digit()),
            _ => is_pronoun(lower) || is_pronoun_too(lower),
        }
    }

    /// `il faut`, `il y a`, `il s'agit`: nobody.
    fn is_impersonal(&self, at: usize) -> bool {
        let next = if matches!(self.behind(at), "n" | "ne") { at + 2 } else { at + 1 };
        match self.key(next) {
            "faut" | "fallait" | "faudra" | "faudrait" | "suffit" | "convient" => true,
            "y" => matches!(self.key(next + 1), "a" | "avait" | "aura"),
            "s" => matches!(self.key(next + 1), "agit" | "agissait"),
            _ => false,
        }
    }

    /// `On zna Go`: where a Polish sentence has its subject, before the verb.
    fn is_polish_subject(&self, at: usize) -> bool {
        let is_first = at == 0 || !self.joins(at - 1) || is_before_polish_subject(self.key(at - 1));
        let verb = if is_polish_adverb(self.behind(at)) { at + 2 } else { at + 1 };
        is_first && is_polish_verb(self.key(verb)) && (self.key(verb) != "ma" || self.speaks(Tongue::Polish))
    }

    /// `Daughter boards`, `Father of the framework`, `Mutter-Tochter-Beziehungen`, `pregnancy app`.
    fn is_of_a_thing(&self, at: usize) -> bool {
        let (key, behind) = (self.key(at), self.behind(at));
        if is_of_products(key) && (is_product(behind) || (behind == "s" && is_product(self.key(at + 2)))) {
            return true;
        }
        if !is_family(key) {
            return false;
        }
        let is_of_the = matches!(key, "father" | "mother")
            && behind == "of"
            && matches!(self.key(at + 2), "the" | "this" | "our")
            && !matches!(self.key(at + 3), "two" | "three" | "kids" | "children" | "twins" | "bride");
        let mut last = at;
        while last < at + 3 && last + 1 < self.words.len() && self.between(last, last + 1) == "-" {
            last += 1;
        }
        let tail = self.key(last);
        let is_compound = last > at && !is_family(tail) && !is_family_tail(tail);
        is_of_the || is_compound || (matches!(key, "daughter" | "mother") && is_family_thing(behind))
    }

    /// Where a title ends that stands here, with its full stop.
    fn title_end(&self, at: usize) -> Option<usize> {
        let word = &self.words[at];
        let end = word.range.end;
        let behind = &self.text[end..];
        let has_stop = behind.starts_with('.');
        let stopped = if has_stop { end + 1 } else { end };
        match word.text {
            // A merge request.
            "MR" => has_stop.then_some(stopped),
            "mr" | "Mr" => (has_stop || self.is_capital(at + 1)).then_some(stopped),
            "Ms" => (!is_office(self.behind(at))).then_some(stopped),
            "Sr" => {
                (has_stop && matches!(self.before(at), "o" | "el" | "al" | "del" | "do")).then_some(stopped)
            }
            "Bey" | "Hanım" | "Hanim" => {
                (at > 0 && self.joins(at - 1) && self.is_capital(at - 1)).then_some(end)
            }
            "Dott" | "dott" | "Sig" | "sig" if has_stop => {
                let is_feminine =
                    matches!(self.key(at + 1), "ssa" | "ra" | "na") && self.between(at, at + 1) == ".";
                Some(if is_feminine { self.words[at + 1].range.end } else { stopped })
            }
            text => is_title(text).then_some(stopped),
        }
    }

    /// Where a title begins, with the article before it: `La dott.ssa`, `O Sr.`.
    fn title_begin(&self, at: usize) -> usize {
        let has_article = at > 0 && self.between(at - 1, at) == " " && is_title_article(self.key(at - 1));
        self.words[if has_article { at - 1 } else { at }].range.start
    }

    /// Whether a word of sex or family is one of a person here.
    fn is_sex_at(&self, at: usize, lower: &str) -> bool {
        let (before, behind) = (self.before(at), self.behind(at));
        let is_capitals = self.words[at].text.chars().all(char::is_uppercase) && !self.is_all_capitals;
        if self.is_of_a_thing(at) {
            return false;
        }
        match lower {
            "man" => {
                let is_anybody = self.words[at].text == lower
                    && (is_beside_german_man(before, behind)
                        || (self.speaks(Tongue::German) && !self.speaks(Tongue::English)));
                let is_joined = self.joins(at) && self.between(at, at + 1) == "-";
                !is_behind_man(behind) && !is_capitals && !is_anybody && !is_joined
            }
            "mom" | "dad" => !is_capitals,
            "men" | "women" => !matches!(behind, "who" | "in"),
            // French for `his`.
            "son" => {
                let is_told = matches!(
                    before,
                    "my" | "his"
                        | "her"
                        | "their"
                        | "young"
                        | "one"
                        | "eldest"
                        | "the"
                        | "little"
                        | "old"
                        | "newborn"
                );
                let is_end = !self.joins(at)
                    || matches!(behind, "and" | "who" | "aged" | "of" | "born" | "in" | "with");
                !is_capitals && (is_told || (before == "a" && is_end))
            }
            "sons" => {
                matches!(before, "two" | "three" | "four" | "2" | "3" | "4" | "her" | "his" | "my" | "their")
            }
            "male" | "female" => !(at + 1..at + 4).any(|next| is_connector(self.key(next))),
            "widow" | "widows" => !matches!(behind, "control" | "orphan" | "and" | "orphans" | "lines"),
            "mother" => !matches!(behind, "tongue" | "tongues" | "board" | "company" | "ship"),
            "mere" => self.speaks(Tongue::French) && !is_french_thing(before),
            "mère" => !is_french_thing(before),
            "madre" | "padre" => !is_node(before),
            "matka" => !matches!(before, "spolka" | "spolki" | "spolce" | "spolke" | "firma" | "firmy"),
            "genre" => self.text[self.words[at].range.end..].trim_start().starts_with(':'),
            "gal" | "guy" => !is_capitals && self.words[at].text == lower,
            _ => is_sex(lower),
        }
    }

    /// Whether a word says faith, health, family or a union by itself.
    fn is_group_at(&self, at: usize, lower: &str) -> bool {
        let word = &self.words[at];
        let key = word.folded.as_str();
        let is_house = is_group(key) && self.is_capital(at + 1) && is_institution(self.behind(at));
        if is_house || self.is_of_a_thing(at) {
            return false;
        }
        let is_listed = is_group(key) && (!needs_accent(key) || key != lower);
        is_listed || is_more(key) || is_union(word.text) || matches!(lower, "voilée" | "fiancé" | "fiancée")
    }
}

/// Articles that go with a title, which tell its sex.
pub(super) fn is_title_article(word: &str) -> bool {
    matches!(word, "la" | "il" | "el" | "a" | "o" | "al" | "del" | "alla" | "da" | "do" | "ao" | "le" | "lo")
}

/// What is written behind `Ms` where it is a maker of programs.
pub(super) fn is_office(word: &str) -> bool {
    matches!(
        word,
        "sql"
            | "office"
            | "access"
            | "excel"
            | "project"
            | "teams"
            | "windows"
            | "dynamics"
            | "word"
            | "azure"
            | "sharepoint"
            | "visio"
            | "exchange"
            | "powerpoint"
            | "outlook"
            | "dos"
            | "build"
            | "server"
    )
}

fn is_french_verb(word: &str) -> bool {
    matches!(
        word,
        "a" | "est"
            | "y"
            | "s"
            | "n"
            | "ne"
            | "se"
            | "avait"
            | "etait"
            | "parle"
            | "maitrise"
            | "travaille"
            | "sait"
            | "connait"
            | "peut"
            | "developpe"
            | "gere"
            | "dirige"
            | "utilise"
            | "possede"
            | "code"
            | "aime"
            | "vit"
            | "habite"
    )
}

/// `Er zijn 5 servers`: there are.
fn is_dutch_behind_er(word: &str) -> bool {
    matches!(
        word,
        "zijn"
            | "is"
            | "waren"
            | "wordt"
            | "worden"
            | "staat"
            | "staan"
            | "zit"
            | "komt"
            | "wel"
            | "geen"
            | "een"
    )
}

/// `zijn` for his, and not for are.
fn is_dutch_possessive(before: &str, behind: &str) -> bool {
    let is_of_many = matches!(
        before,
        "er" | "die" | "dat" | "dit" | "deze" | "we" | "wij" | "jullie" | "ze" | "zij" | "te" | "u"
    ) || (before.ends_with("en")
        && !matches!(before, "tussen" | "binnen" | "buiten" | "tegen" | "en"));
    let is_verb = matches!(
        behind,
        "" | "een"
            | "de"
            | "het"
            | "niet"
            | "ook"
            | "zeer"
            | "geen"
            | "er"
            | "in"
            | "op"
            | "van"
            | "al"
            | "nog"
            | "nu"
    );
    !is_of_many && !is_verb && !behind.bytes().all(|b| b.is_ascii_digit())
}

/// Plugs and sockets, which are male or female.
fn is_connector(word: &str) -> bool {
    const STARTS: [&str; 9] =
        ["connector", "plug", "socket", "header", "adapter", "adaptor", "jack", "fitting", "coupling"];
    STARTS.iter().any(|start| word.starts_with(start))
}

/// French things that are mothers of others.
fn is_french_thing(word: &str) -> bool {
    matches!(word, "societe" | "societes" | "maison" | "carte" | "cellule" | "entreprise" | "classe")
}

/// Spanish and Italian things that are parents of others.
fn is_node(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "nodo",
        "nodos",
        "proceso",
        "clase",
        "elemento",
        "processo",
        "classe",
        "tabla",
        "tarea",
        "componente",
        "placa",
        "scheda",
        "lingua",
        "casa",
    ];
    WORDS.contains(&word)
}
