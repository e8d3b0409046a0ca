//! Words of sex, family, nation and faith in Chinese, Japanese and Korean, which are found within a sentence.

use std::ops::Range;

use super::names::{Script, script};
use super::text::{HIDDEN, Hiding, THEY};

/// Words of a sex or a family state, anybody's.
const TELLING: [&str; 44] = [
    "女士",
    "先生",
    "小姐",
    "男性",
    "女性",
    "男士",
    "남성",
    "여성",
    "남자",
    "여자",
    "已婚",
    "未婚",
    "离异",
    "既婚",
    "独身",
    "怀孕",
    "妊娠",
    "残疾",
    "미혼",
    "기혼",
    "汉族",
    "回族",
    "藏族",
    "维吾尔族",
    "中共党员",
    "党员",
    "产假",
    "孕妇",
    "离婚",
    "産休",
    "育休",
    "妻子あり",
    "離婚",
    "障害者",
    "障がい者",
    "임신",
    "육아휴직",
    "출산휴가",
    "장애인",
    "이혼",
    "기독교",
    "불교",
    "무슬림",
    "穆斯林",
];
/// What a sex, a nation or a faith is named behind.
const LABELS: [&str; 10] = ["性别", "性別", "성별", "国籍", "國籍", "국적", "民族", "宗教", "종교", "籍贯"];
/// Letters of a value behind such a label.
const VALUE_LETTERS: usize = 4;

impl Hiding<'_> {
    /// What tells a sex, a family state or a nation in Chinese, Japanese and Korean.
    pub(super) fn unspaced_words(&mut self) {
        let text = self.text;
        if !text.chars().any(|c| script(c).is_some()) {
            return;
        }
        let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
        for word in TELLING {
            found.extend(text.match_indices(word).map(|(at, _)| (at..at + word.len(), HIDDEN)));
        }
        for label in LABELS {
            for (at, _) in text.match_indices(label) {
                let behind = &text[at + label.len()..];
                let value = behind.trim_start_matches([':', '：', ' ', '　']);
                let letters: usize = value
                    .chars()
                    .take_while(|c| script(*c).is_some())
                    .take(VALUE_LETTERS)
                    .map(char::len_utf8)
                    .sum();
                let end = text.len() - value.len() + letters;
                found.push((at..end, HIDDEN));
            }
        }
        for word in &self.words {
            if matches!(word.text, "男" | "女" | "남" | "여") {
                found.push((word.range.clone(), HIDDEN));
            }
        }
        let is_japanese =
            text.chars().any(|c| matches!(script(c), Some(Script::Hiragana | Script::Katakana)));
        let is_many = |end: usize| text[end..].starts_with(['们', '們']);
        for she in ["彼女", "그녀", "她"] {
            let at = text.match_indices(she).map(|(at, _)| at..at + she.len());
            found.extend(at.filter(|range| !is_many(range.end)).map(|range| (range, THEY)));
        }
        // In Japanese the letter is `other`, as it is behind some letters in Chinese.
        let he = text.match_indices('他').map(|(at, he)| at..at + he.len());
        let is_he = |range: &Range<usize>| {
            !is_japanese && !is_many(range.end) && !text[..range.start].ends_with(['其', '吉', '利', '排'])
        };
        found.extend(he.filter(is_he).map(|range| (range, THEY)));
        // `彼ら` are several, `그룹` is a group.
        let his = text.match_indices('彼').map(|(at, he)| at..at + he.len());
        let is_his =
            |range: &Range<usize>| !text[range.end..].starts_with(['女', 'ら', '等', '氏', '岸', '此']);
        found.extend(his.filter(is_his).map(|range| (range, THEY)));
        let geu = text.match_indices('그').map(|(at, geu)| at..at + geu.len());
        let is_geu = |range: &Range<usize>| {
            let behind = &text[range.end..];
            let is_first = !text[..range.start].ends_with(|c: char| script(c) == Some(Script::Hangul));
            let mut letters = behind.chars();
            let has_particle = matches!(letters.next(), Some('는' | '가' | '의' | '를'));
            is_first && has_particle && letters.next().is_none_or(|c| script(c) != Some(Script::Hangul))
        };
        found.extend(geu.filter(is_geu).map(|range| (range, THEY)));
        found.into_iter().for_each(|(range, by)| self.hide(range, by));
    }
}
