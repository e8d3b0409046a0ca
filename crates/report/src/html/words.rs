//! Codes of the model in words for people who have never seen them.

/// The heading of a tier; no score is compared across one.
pub fn tier(letter: &str) -> &'static str {
    match letter {
        "A" => "Tier A: every must held",
        "B" => "Tier B: every must held or to be confirmed",
        "C" => "Tier C: close",
        _ => "Tier D: a must is missing",
    }
}

/// What the heading of a tier means for the reader.
pub fn tier_means(letter: &str) -> &'static str {
    match letter {
        "A" => "The evidence shows every must.",
        "B" => "Nothing speaks against them, but at least one must has to be asked about.",
        "C" => {
            "At least one must is only near: a related skill is held, or the years fall short of the line."
        }
        _ => "At least one must is neither held nor near.",
    }
}

/// The keys of `left_out` in the order in which a person is counted, each in words that follow a number.
const LEFT_OUT: [(&str, &str); 14] = [
    ("hired", "hired already"),
    ("opted_out", "opted out of contact"),
    ("rejected", "rejected for this role"),
    ("withdrawn", "withdrawn from this role"),
    ("in_process", "in process for another role"),
    ("where", "not where the role is"),
    ("years_min", "with too few years in all"),
    ("permit", "without the permit to work there"),
    ("languages", "not speaking a language asked for"),
    ("available_by", "available too late"),
    ("pay_max", "expecting more pay"),
    ("implausible", "claiming an implausible number of skills"),
    ("unknown", "with an unknown answer, which this role does not accept"),
    ("tier_d", "missing a must"),
];

/// Place of a reason in the order of counting, and its words.
pub fn left_out(reason: &str) -> (usize, String) {
    match LEFT_OUT.iter().position(|(key, _)| *key == reason) {
        Some(at) => (at, LEFT_OUT[at].1.to_owned()),
        None => (LEFT_OUT.len(), reason.replace('_', " ")),
    }
}

/// A flag of the model; an unknown knock-out, there named by its key, as a question to settle.
pub fn flag(flag: &str) -> String {
    let key = flag.strip_prefix('`').and_then(|rest| rest.strip_suffix("` is unknown"));
    let about = match key {
        Some("where") => "whether they are, would move or would work where the role is",
        Some("years_min") => "years of experience in all",
        Some("permit") => "permit to work there",
        Some("languages") => "languages spoken",
        Some("available_by") => "when they are available",
        Some("pay_max") => "expected pay, in the role's currency and unit",
        _ => return flag.replace('`', ""),
    };
    format!("not known: {about}")
}

/// `1 role`, `2,431 candidates`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A number with commas between its thousands.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Points in the unit of the score, which is a hundredth of theirs: 315,000 is `3,150.00`.
pub fn points(points: u32) -> String {
    format!("{}.{:02}", grouped(u64::from(points / 100)), points % 100)
}
