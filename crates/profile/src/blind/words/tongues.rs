//! The language that a text is in, by the small words that are most often written: some pronouns are articles in
//! others.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Languages whose pronouns are other words in others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::blind) enum Tongue {
    English,
    German,
    French,
    Italian,
    Dutch,
    /// And Czech and Slovak.
    Polish,
}

/// How many languages there are.
pub(in crate::blind) const TONGUES: usize = 6;

/// Small words, folded, in the order of the languages.
static WORDS: [&str; TONGUES] = [
    "the and of with for is was has in to a an at from by her his knows works years built team who this that i",
    "der die das und ist mit ein eine von fur ich bei auf hat im zu war den dem nicht als auch seit kennt arbeitet",
    "le la les est et des dans avec une un pour sur ses qui au du a ans elle developpe connait chez depuis travaille \
     cette sa son aussi",
    "di che e per con della del nel una gli ha sono dei alla lo un il la lavora conosce anni presso ottima da lei \
     candidato",
    "de het een van en met voor ik bij op naar is heeft wordt aan ook werkt kent jaar die als uit hij zij er geen \
     goede veel",
    "w z na jest sie od oraz do pracuje ma lat zna i o przez nie ze jako przy dla pisze jego jej lubi se na ve ktery \
     byla byl pracowala pracowal prowadzi znamy polecam zespol zespole",
];

static BY_WORD: LazyLock<HashMap<&'static str, [bool; TONGUES]>> = LazyLock::new(|| {
    let mut by_word: HashMap<&str, [bool; TONGUES]> = HashMap::new();
    for (tongue, words) in WORDS.iter().enumerate() {
        for word in words.split_ascii_whitespace() {
            by_word.entry(word).or_default()[tongue] = true;
        }
    }
    by_word
});

/// How many small words of each language a text has, given its words, folded.
pub(in crate::blind) fn counted<'a>(words: impl Iterator<Item = &'a str>) -> [usize; TONGUES] {
    let mut counts = [0; TONGUES];
    for in_tongues in words.filter_map(|word| BY_WORD.get(word)) {
        for (count, is_in) in counts.iter_mut().zip(in_tongues) {
            *count += usize::from(*is_in);
        }
    }
    counts
}
