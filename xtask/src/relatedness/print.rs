//! Figures and rows as text of at most 80 columns.

use std::fmt::Write as _;

use super::measure::{Areas, Figures, Report};
use super::propose::Proposed;

/// The report for people.
#[must_use]
pub fn table(report: &Report) -> String {
    let measured = &report.measured;
    let mut out = format!("{}: {} people\n\n", measured.of, measured.people);
    let _ = writeln!(
        out,
        "{:<16}{:>7}  {:>6}  {:>6}  {:>8}  {:>6}  {:>6}",
        "framework", "people", "credit", "count", "language", "single", "bayes"
    );
    for row in &measured.rows {
        let _ = writeln!(out, "{:<16}{:>7}  {}", row.name, row.people, areas(&row.areas));
    }
    let _ = writeln!(out, "{:<16}{:>7}  {}", "mean", "", areas(&measured.mean));
    let _ =
        writeln!(out, "credit is above the count for {} of {}\n", measured.above_count, measured.rows.len());
    for other in &report.others {
        let _ = writeln!(out, "{}", line(other));
    }
    out
}

/// The rows of a proposal, as `relations.csv` holds them.
#[must_use]
pub fn rows(proposed: &[Proposed]) -> String {
    let mut out = "from,to,relation,credit,source\n".to_owned();
    for row in proposed {
        let _ = writeln!(
            out,
            "{},{},{},{},{}",
            row.from,
            row.to,
            row.relation,
            row.credit,
            super::propose::SOURCE
        );
    }
    out
}

fn line(figures: &Figures) -> String {
    format!(
        "{}: {} people, mean {} (count {}), above for {} of {}",
        figures.of,
        figures.people,
        share(figures.mean.credit),
        share(figures.mean.count),
        figures.above_count,
        figures.rows.len()
    )
}

fn areas(a: &Areas) -> String {
    format!(
        "{:>6}  {:>6}  {:>8}  {:>6}  {:>6}",
        share(a.credit),
        share(a.count),
        share(a.language),
        share(a.single),
        share(a.bayes)
    )
}

/// Millionths to three decimals, rounded half up.
fn share(millionths: u64) -> String {
    let thousandths = (millionths + 500) / 1_000;
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

#[cfg(test)]
mod tests {
    //! - shares have three decimals, rounded half up

    use super::share;

    #[test]
    fn shares_have_three_decimals() {
        assert_eq!(
            [share(735_499), share(735_500), share(1_000_000), share(42)],
            ["0.735", "0.736", "1.000", "0.000"]
        );
    }
}
