//! The few integer functions that every score is made of.

use std::sync::LazyLock;

use stackscout_profile::{CandidateNumber, Years};
use stackscout_taxonomy::CREDIT_FULL;

/// One, in ten-thousandths.
pub const ONE: u16 = CREDIT_FULL;

/// `R(a, b) = (a * b + 5,000) div 10,000`: the product of two ten-thousandths, rounded half up.
#[must_use]
pub fn times(a: u16, b: u16) -> u16 {
    let product = (u32::from(a) * u32::from(b) + 5_000) / 10_000;
    u16::try_from(product).expect("both factors are at most 10,000, and so is their product")
}

/// What known years earn of wanted ones: `min(10,000, (20,000 * known + wanted) div (2 * wanted))`.
#[must_use]
pub fn years_factor(known: Years, wanted: Years) -> u16 {
    let (known, wanted) = (u32::from(known.tenths()), u32::from(wanted.tenths()));
    debug_assert!(wanted > 0, "a role wants at least 0.1 years");
    let factor = (20_000 * known + wanted) / (2 * wanted);
    u16::try_from(factor.min(u32::from(ONE))).expect("capped at 10,000")
}

/// What is left after `age` whole years where credit halves every `half_life` years (1 to 30):
/// `10,000 * 2^(-age / half_life)`, rounded half up, from the committed table `recency.csv`.
#[must_use]
pub fn recency_factor(age: u16, half_life: u8) -> u16 {
    let row = &RECENCY[usize::from(half_life) - 1];
    // Beyond the row's end the value rounds to 0.
    row.get(usize::from(age)).copied().unwrap_or(0)
}

static RECENCY: LazyLock<Vec<Vec<u16>>> = LazyLock::new(|| {
    include_str!("recency.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let (_, values) = line.split_once(',').expect("every row of the committed table has two cells");
            values.split(' ').map(|v| v.parse().expect("the committed table holds numbers alone")).collect()
        })
        .collect()
});

/// The tie key of a person for a role, smaller first: no one is first everywhere.
#[must_use]
pub fn tie_key(role_seed: u64, number: CandidateNumber) -> u64 {
    splitmix64(role_seed ^ u64::from(number.0))
}

/// FNV-1a, 64 bit, over the bytes of UTF-8.
#[must_use]
pub fn fnv1a64(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The first output of the splitmix64 generator with this state.
#[must_use]
pub fn splitmix64(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    //! - rounding is half up
    //! - the hashes are the published ones
    //! - the committed recency table is the formula, exactly

    use num_bigint::BigUint;

    use super::*;

    #[test]
    fn rounding_is_half_up() {
        assert_eq!(times(10_000, 1), 1);
        assert_eq!(times(5_000, 1), 1);
        assert_eq!(times(4_999, 1), 0);
        assert_eq!(times(10_000, 10_000), 10_000);
        let years = |tenths| Years::from_tenths(tenths).unwrap();
        assert_eq!(years_factor(years(29), years(30)), 9_667);
        assert_eq!(years_factor(years(31), years(30)), 10_000);
        assert_eq!(years_factor(years(0), years(30)), 0);
    }

    #[test]
    fn the_hashes_are_the_published_ones() {
        assert_eq!(splitmix64(0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(fnv1a64(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_recency_table_is_the_formula_exactly() {
        assert_eq!(RECENCY.len(), 30);
        for half_life in 1..=30_u8 {
            let h = u32::from(half_life);
            for age in 0..=500_u16 {
                // r = round(x) means 2r - 1 <= 2x < 2r + 1; raised to the power h to be rid of the root.
                let r = u32::from(recency_factor(age, half_life));
                let twice = BigUint::from(20_000_u32).pow(h);
                let power = |n: u32| BigUint::from(n).pow(h) << u32::from(age);
                assert!(power(2 * r + 1) > twice, "{half_life} {age}: {r} is too small");
                assert!(r == 0 || power(2 * r - 1) <= twice, "{half_life} {age}: {r} is too great");
            }
        }
    }
}
