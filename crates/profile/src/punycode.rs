//! Punycode (RFC 3492): how the domain name system writes letters that are not ASCII.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;
/// Letters of a label at most, in either form: longer ones are no names of hosts.
const LABEL_MAX: usize = 63;

/// The letters of a label, as they stand behind `xn--`; `None` for what is no Punycode.
pub(crate) fn decode(code: &str) -> Option<String> {
    if !code.is_ascii() || code.len() > LABEL_MAX {
        return None;
    }
    let (basic, rest) = code.rsplit_once('-').unwrap_or(("", code));
    let mut letters: Vec<char> = basic.chars().collect();
    let (mut letter, mut at, mut bias) = (FIRST_CODE, 0_u32, FIRST_BIAS);
    let mut digits = rest.bytes();
    while digits.len() > 0 {
        let (before, mut weight, mut k) = (at, 1_u32, BASE);
        loop {
            let digit = value_of(digits.next()?)?;
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = threshold(k, bias);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let count = u32::try_from(letters.len() + 1).ok()?;
        bias = adapted(at - before, count, before == 0);
        letter = letter.checked_add(at / count)?;
        at %= count;
        letters.insert(usize::try_from(at).ok()?, char::from_u32(letter)?);
        at += 1;
    }
    Some(letters.into_iter().collect())
}

/// A label as it is to stand behind `xn--`; `None` for one that is too long.
pub(crate) fn encode(label: &str) -> Option<String> {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    if letters.len() > LABEL_MAX {
        return None;
    }
    let mut code: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(code.len()).ok()?;
    if basic > 0 {
        code.push('-');
    }
    let (mut letter, mut delta, mut bias, mut done) = (FIRST_CODE, 0_u32, FIRST_BIAS, basic);
    while let Some(next) = letters.iter().copied().filter(|other| *other >= letter).min() {
        delta = delta.checked_add((next - letter).checked_mul(done + 1)?)?;
        letter = next;
        for other in &letters {
            if *other < letter {
                delta = delta.checked_add(1)?;
            }
            if *other != letter {
                continue;
            }
            let (mut left, mut k) = (delta, BASE);
            loop {
                let threshold = threshold(k, bias);
                if left < threshold {
                    break;
                }
                code.push(digit_of(threshold + (left - threshold) % (BASE - threshold)));
                left = (left - threshold) / (BASE - threshold);
                k += BASE;
            }
            code.push(digit_of(left));
            bias = adapted(delta, done + 1, done == basic);
            delta = 0;
            done += 1;
        }
        delta = delta.checked_add(1)?;
        letter += 1;
    }
    Some(code)
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(T_MIN, T_MAX)
}

fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

fn value_of(digit: u8) -> Option<u32> {
    match digit {
        b'a'..=b'z' => Some(u32::from(digit - b'a')),
        b'A'..=b'Z' => Some(u32::from(digit - b'A')),
        b'0'..=b'9' => Some(u32::from(digit - b'0') + 26),
        _ => None,
    }
}

/// The digit of a value below 36.
fn digit_of(value: u32) -> char {
    let digit = char::from_digit((value + 10) % BASE, BASE).unwrap_or('0');
    if value < 26 { digit } else { char::from_digit(value - 26, 10).unwrap_or('0') }
}

#[cfg(test)]
mod tests {
    //! - both ways are those of the RFC's samples; no text makes either of them panic

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_samples_of_the_rfc_are_read_and_written() {
        for (label, code) in [
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
            ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
            ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
            ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
            ("パフィーdeルンバ", "de-jg4avhby1noc0d"),
            ("そのスピードで", "d9juau41awczczp"),
            ("-> $1.00 <-", "-> $1.00 <--"),
            ("müller", "mller-kva"),
        ] {
            assert_eq!(decode(code).as_deref(), Some(label), "{code}");
            assert_eq!(encode(label).as_deref(), Some(code), "{label}");
        }
        for bad in ["ü", "a-ü", "mller-k", "99999999", "a!"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(label in ".{1,40}", code in "[a-z0-9-]{0,70}") {
            let _ = decode(&code);
            if let Some(code) = encode(&label) && code.len() <= LABEL_MAX {
                prop_assert_eq!(decode(&code), Some(label));
            }
        }
    }
}
