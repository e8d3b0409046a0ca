//! `cargo xtask relatedness`: do the credits between frameworks say who knows which?
//!
//! One framework of each respondent of a survey is hidden; what related credit the others earn towards it ranks the
//! people. The area under the ROC curve is the chance that somebody who has the hidden framework stands above
//! somebody who has not. `docs/taxonomy.md` says exactly who is compared with whom, and shows the figures.
//!
//! Reading order: [`survey`] (files to sets of frameworks, and the two halves), [`area`] (the area itself),
//! [`learned`] (what one half teaches), [`score`] (five ways of ranking people), [`measure`] (the table), [`propose`]
//! (credits from the calibrating half), [`mod@print`]. All numbers are integers, so that each run gives the same ones.

pub mod area;
pub mod learned;
pub mod measure;
pub mod print;
pub mod propose;
pub mod score;
pub mod survey;

use std::path::Path;

use anyhow::{Context, Result, bail};
use stackscout_taxonomy::Taxonomy;

use measure::Report;
use survey::Survey;

/// What the command line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The table for people.
    Table,
    /// The same figures for programs.
    Json,
    /// The rows that the calibrating half proposes, as `relations.csv` holds them.
    Rows,
}

impl Wanted {
    /// Reads the arguments after the command's name.
    ///
    /// # Errors
    /// On an argument that it does not know.
    pub fn read(args: &[&str]) -> Result<Self> {
        match args {
            [] => Ok(Self::Table),
            ["--json"] => Ok(Self::Json),
            ["--calibrate"] => Ok(Self::Rows),
            _ => bail!("unknown arguments `{}`\nhint: --json, --calibrate, or nothing", args.join(" ")),
        }
    }
}

/// Runs the command on a folder of real data; the text to print.
///
/// # Errors
/// Where a file cannot be read, or names a framework that is no skill.
pub fn run(wanted: Wanted, folder: &Path) -> Result<String> {
    let survey = folder.join("stackoverflow-2024/web_framework.csv");
    if !survey.is_file() {
        return Ok("skipped: no stackoverflow-2024/web_framework.csv in the folder of real data\n".to_owned());
    }
    let taxonomy = Taxonomy::embedded();
    match wanted {
        Wanted::Table => Ok(print::table(&report(folder, &taxonomy)?)),
        Wanted::Json => Ok(serde_json::to_string_pretty(&report(folder, &taxonomy)?)? + "\n"),
        Wanted::Rows => Ok(print::rows(&propose::rows(&taxonomy, &Survey::of_2024(&survey, &taxonomy)?)?)),
    }
}

/// Measures the taxonomy on the three surveys of the folder; the later ones only where their files are there.
///
/// # Errors
/// Where a file cannot be read, or names a framework that is no skill.
pub fn report(folder: &Path, taxonomy: &Taxonomy) -> Result<Report> {
    let read = |file: &str, how: fn(&Path, &Taxonomy) -> Result<Survey>| {
        let path = folder.join(file);
        path.is_file().then(|| how(&path, taxonomy).with_context(|| file.to_owned())).transpose()
    };
    let main = Survey::of_2024(&folder.join("stackoverflow-2024/web_framework.csv"), taxonomy)?;
    let others = [
        ("2019", read("stackoverflow-2019/worked_with.csv", Survey::of_2019)?),
        ("2025", read("stackoverflow-2025/survey_results_public_first1000.csv", Survey::of_2025)?),
    ];
    let others = others.into_iter().filter_map(|(year, survey)| Some((year, survey?)));
    Ok(measure::report(taxonomy, &main, others))
}
