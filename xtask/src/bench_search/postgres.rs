//! The same queries in PostgreSQL: a server of its own, people with arrays of skills under GIN indexes.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Answer;
use super::queries::Asked;
use crate::peers::postgres::{Server, program};

/// Nanoseconds that the serving process was on a processor: the first number of its `schedstat`.
const CPU: &str = "SELECT 'cpu', split_part(pg_read_file('/proc/self/schedstat'), ' ', 1);\n";
/// Queries a session: as many as there are shapes, so that each session warms up alike.
const QUERIES_A_SESSION: usize = 8;

/// Asks the queries one after the other, as many as there is time for.
///
/// # Errors
/// Where there is no PostgreSQL, and where it fails.
pub(super) fn ask(folder: &Path, queries: &[Asked], seconds: u32) -> Result<Vec<(Answer, Duration)>> {
    let server = Server::start(&folder.join("postgres"))?;
    let load = fs::read_to_string(program("postgres_search_load.sql"))?;
    let tables = folder.canonicalize()?;
    let tables = tables.to_str().context("the folder's name is no UTF-8")?;
    server.session(&load, &[("tables", tables)]).context("loading")?;
    let begun = Instant::now();
    let mut answers = Vec::new();
    for queries in queries.chunks(QUERIES_A_SESSION) {
        if begun.elapsed() > Duration::from_secs(seconds.into()) {
            break;
        }
        // Once to warm up, then once for its time, as everybody is asked.
        let asked: String = queries.iter().map(query).collect();
        let timed: String = queries.iter().map(|asked| format!("{CPU}{}{CPU}", query(asked))).collect();
        let output = server.session(&format!("{asked}SELECT 'begin';\n{timed}"), &[])?;
        let (_, timed) = output.split_once("begin\n").context("the session has no beginning")?;
        answers.extend(read(timed)?);
    }
    Ok(answers)
}

/// One statement that gives the total, a page and both facets.
fn query(asked: &Asked) -> String {
    format!(
        "WITH found AS MATERIALIZED (SELECT number, country, skills FROM people WHERE {})\n\
         SELECT 'total', '', count(*) FROM found\n\
         UNION ALL SELECT * FROM (SELECT 'page', number::text, 0 FROM found ORDER BY number LIMIT 20) AS page\n\
         UNION ALL SELECT 'country', country, count(*) FROM found WHERE country IS NOT NULL GROUP BY country\n\
         UNION ALL SELECT 'skill', skill::text, count(*) FROM found, unnest(skills) AS skill GROUP BY skill;\n",
        asked.sql_of_arrays()
    )
}

/// The answers of a session: each between two readings of the clock.
fn read(output: &str) -> Result<Vec<(Answer, Duration)>> {
    let mut answers = Vec::new();
    let mut open: Option<(u64, Answer)> = None;
    for line in output.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |text: &str| text.parse::<u64>().with_context(|| format!("PostgreSQL printed `{line}`"));
        match (cells.as_slice(), &mut open) {
            (["cpu", now], None) => open = Some((number(now)?, Answer { total: 0, countries: 0, skills: 0 })),
            (["cpu", now], Some((before, answer))) => {
                answers.push((answer.clone(), Duration::from_nanos(number(now)?.saturating_sub(*before))));
                open = None;
            }
            (["total", _, count], Some((_, answer))) => answer.total = number(count)?,
            (["country", code, count], Some((_, answer))) => {
                answer.countries += super::letters(code) * number(count)?;
            }
            (["skill", skill, count], Some((_, answer))) => {
                answer.skills += (number(skill)? + 1) * number(count)?
            }
            (["page", ..], Some(_)) => {}
            _ => bail!("PostgreSQL printed `{line}`"),
        }
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    //! - an answer is what stands between two readings of the clock

    use super::*;

    #[test]
    fn answers_stand_between_readings_of_the_clock() {
        let output = "cpu,100\ntotal,,3\npage,7,0\ncountry,DE,2\nskill,4,2\nskill,0,1\ncpu,2100\ncpu,9\ntotal,,0\ncpu,9\n";
        let answers = read(output).unwrap();
        let first = Answer { total: 3, countries: 2 * (68 * 256 + 69), skills: 11 };
        assert_eq!(answers[0], (first, Duration::from_nanos(2_000)));
        assert_eq!(answers[1], (Answer { total: 0, countries: 0, skills: 0 }, Duration::ZERO));
        assert!(read("total,,3\n").is_err());
    }
}
