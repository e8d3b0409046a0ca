//! The table of a side-by-side, in Markdown, as `docs/performance.md` shows it.

use std::fmt::Write as _;

use super::measured::Measured;
use crate::generate::RoleKind;

/// A row for each engine and form, a column for each kind of role: million pairs a CPU-second. Below, how many times
/// the best peer we are, and the roles that each figure rests on. `ours` holds a measurement for each kind that was
/// run.
pub(super) fn table(people: u32, ours: &[Measured], peers: &[Measured]) -> String {
    let kinds: Vec<RoleKind> = ours.iter().map(|measured| measured.kind).collect();
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for measured in peers.iter().chain(ours) {
        let name = match measured.form.as_str() {
            "" => measured.engine.clone(),
            form => format!("{}, {form}", measured.engine),
        };
        if rows.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let cells = kinds.iter().map(|kind| {
            let same = |other: &&Measured| {
                other.kind == *kind && other.engine == measured.engine && other.form == measured.form
            };
            let found = peers.iter().chain(ours).find(same);
            found.map_or_else(String::new, |m| {
                format!("{} ({} roles)", millions(m.pairs_per_second(people)), m.roles)
            })
        });
        rows.push((name, cells.collect()));
    }
    let ratios = kinds.iter().zip(ours).map(|(kind, own)| {
        let speeds = peers.iter().filter(|m| m.kind == *kind).map(|m| m.pairs_per_second(people));
        let best = speeds.fold(0.0, f64::max);
        if best > 0.0 { format!("{:.0}", own.pairs_per_second(people) / best) } else { String::new() }
    });
    rows.push(("stackscout, times the best peer".to_owned(), ratios.collect()));

    let mut text = format!("Million pairs per CPU-second, one thread, {people} people\n\n| engine |");
    for kind in &kinds {
        // Writing to a string cannot fail, here and below.
        let _ = write!(text, " {} |", kind.word());
    }
    text += "\n|---|";
    text += &"---|".repeat(kinds.len());
    text.push('\n');
    for (name, cells) in rows {
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    text
}

/// Millions with as many decimals as three figures need.
fn millions(pairs: f64) -> String {
    let millions = pairs / 1e6;
    if millions >= 100.0 {
        format!("{millions:.0}")
    } else if millions >= 10.0 {
        format!("{millions:.1}")
    } else {
        format!("{millions:.2}")
    }
}

#[cfg(test)]
mod tests {
    //! - the ratio is to the best form of the best peer, kind by kind

    use std::time::Duration;

    use super::*;

    #[test]
    fn the_ratio_is_to_the_best_peer() {
        let measured = |engine: &str, form: &str, kind, seconds| Measured {
            engine: engine.to_owned(),
            form: form.to_owned(),
            kind,
            roles: 10,
            cpu: Duration::from_secs(seconds),
            answers: None,
        };
        let peers = [
            measured("DuckDB 2", "natural", RoleKind::Open, 50),
            measured("DuckDB 2", "tuned", RoleKind::Open, 20),
            measured("polars 2", "tuned", RoleKind::Open, 40),
            measured("polars 2", "tuned", RoleKind::Soft, 100),
        ];
        let ours =
            [measured("stackscout", "", RoleKind::Open, 2), measured("stackscout", "", RoleKind::Soft, 4)];
        let table = table(1_000_000, &ours, &peers);
        assert!(table.contains("| DuckDB 2, tuned | 0.50 (10 roles) |  |\n"), "{table}");
        assert!(table.contains("| stackscout | 5.00 (10 roles) | 2.50 (10 roles) |\n"), "{table}");
        assert!(table.ends_with("| stackscout, times the best peer | 10 | 25 |\n"), "{table}");
        assert_eq!(millions(123_456_789.0), "123");
        assert_eq!(millions(12_345_678.0), "12.3");
    }
}
