//! `stackscout demo`: the main job on invented people, as a guided tour.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use stackscout_demo::Place;
use stackscout_engine::{Actor, ImportRequest, Pool, SearchRequest, read_roles};
use stackscout_importer::ImportOptions;
use stackscout_matcher::Cut;
use stackscout_profile::Date;
use stackscout_report::model::{EntryModel, RankingModel};
use stackscout_report::table::{tier_heading, wrapped};
use stackscout_report::{explain, hundredths, inert, table};
use stackscout_taxonomy::Taxonomy;

use crate::args::{DemoArgs, Shared};
use crate::commands::{found, import, rank};
use crate::out;

/// A file that says that the folder is a demo's, and may be made anew.
const MARKER: &str = "this-is-a-stackscout-demo";
/// People listed of each tier in the report.
const PER_TIER: usize = 10;
/// People printed of each tier of the first role, and for each other role.
const PRINTED_FIRST: usize = 4;
const PRINTED: usize = 3;

pub fn run(args: &DemoArgs, shared: &Shared) -> anyhow::Result<ExitCode> {
    let folder = &args.dir;
    prepare(folder)?;
    let taxonomy = Taxonomy::embedded();
    let tour = Tour { folder, pool: folder.join("pool"), width: out::width(), taxonomy };
    tour.invent(args.people)?;
    let mut pool = tour.import(args.people, super::actor(shared))?;
    tour.search(&mut pool)?;
    let model = tour.rank(&pool)?;
    tour.landmarks(&pool, &model)?;
    tour.end();
    Ok(ExitCode::SUCCESS)
}

/// An empty folder for the demo. Only what an earlier demo made is ever removed.
fn prepare(folder: &Path) -> anyhow::Result<()> {
    let shown = || folder.display().to_string();
    if folder.is_dir() && fs::read_dir(folder).with_context(shown)?.next().is_some() {
        if !folder.join(MARKER).is_file() {
            bail!("`{}` is there and is no demo\nhint: name another folder with --dir", folder.display());
        }
        fs::remove_dir_all(folder).with_context(shown)?;
    }
    fs::create_dir_all(folder).with_context(shown)?;
    fs::write(folder.join(MARKER), "`stackscout demo` removes and makes this folder anew.\n")
        .with_context(shown)
}

struct Tour<'a> {
    folder: &'a Path,
    pool: PathBuf,
    width: u16,
    taxonomy: Arc<Taxonomy>,
}

impl Tour<'_> {
    fn say(&self, words: &str) {
        out::text(&format!("{}\n", wrapped("", words, self.width)));
    }

    fn heading(&self, number: u8, words: &str) {
        out::text(&format!("\n{number}. {words}\n{}\n", "─".repeat(words.chars().count() + 3)));
    }

    fn write(&self, name: &str, contents: &str) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, contents).with_context(|| path.display().to_string())
    }

    fn invent(&self, people: usize) -> anyhow::Result<()> {
        self.heading(1, "Invented people");
        for file in stackscout_demo::candidate_files(people, stackscout_demo::SEED) {
            self.write(file.name, &file.contents)?;
        }
        for file in stackscout_demo::roles() {
            self.write(&format!("roles/{}", file.name), &file.contents)?;
        }
        let expected = stackscout_demo::expected(people);
        self.say(&format!(
            "{} people, none of them real: names are invented and say so. What they know follows the published \
             figures of two developer surveys. They lie in {}, as two files that two systems could have exported, \
             with six role files beside them.",
            expected.people,
            self.folder.display()
        ));
        Ok(())
    }

    fn import(&self, people: usize, actor: Actor) -> anyhow::Result<Pool> {
        self.heading(2, "Import");
        let files = ["candidates.csv", "referrals.csv"].map(|name| self.folder.join(name));
        let as_of: Date = stackscout_demo::AS_OF.parse().map_err(anyhow::Error::msg)?;
        let request = ImportRequest {
            files: &files,
            options: ImportOptions::default(),
            as_of,
            dry_run: false,
            strict: false,
            progress: &|_| {},
            actor,
            why: "",
        };
        let report = Pool::import(&self.pool, &self.taxonomy, &request)?;
        for file in &report.files {
            out::text(&import::summary(file, &report, self.width));
        }
        let expected = stackscout_demo::expected(people);
        out::text("\n");
        self.say(&format!(
            "{} rows: {} accepted, {} rejected. One row was cut off in the middle: it is kept, byte for byte, in the \
             rejects file, and costs no other row. A cell that says \"ten\" where years should stand is reported; its \
             row stays, its years unknown. Nobody has to be told which column is which.",
            report.counts.rows, report.counts.accepted, report.counts.rejected
        ));
        anyhow::ensure!(
            report.counts.rejected == expected.rejected_rows as u64,
            "the demo's files are not as they should be"
        );
        Ok(Pool::open(&self.pool, Arc::clone(&self.taxonomy))?)
    }

    fn search(&self, pool: &mut Pool) -> anyhow::Result<()> {
        self.heading(3, "Search");
        for (query, limit) in [("RoR and postgres country:germany years>=5", 4), ("python years>=10", 0)] {
            out::text(&format!("$ stackscout search '{query}'\n"));
            let found =
                pool.search(&SearchRequest { query: query.to_owned(), limit, ..SearchRequest::default() })?;
            out::text(&found::table(&found, 0, &self.taxonomy, self.width));
            out::text("\n");
        }
        self.say(
            "A spelling is a skill: RoR, \"ruby on rails\" and Rails are one. Who holds only what implies a skill is \
             counted beside it, never mixed in.",
        );
        Ok(())
    }

    fn rank(&self, pool: &Pool) -> anyhow::Result<RankingModel> {
        self.heading(4, "Rank: six roles at once");
        let roles = read_roles(&[self.folder.join("roles")], &self.taxonomy)?;
        let ranking = pool.rank(roles, Cut::PerTier(PER_TIER), None)?;
        let model = RankingModel::new(&ranking, &self.taxonomy);
        rank::write(&self.folder.join("report"), &model, "Shortlists of the demo")?;
        let is_first = |role: &str| role == "senior-django-berlin";
        for list in model.shortlists.iter().filter(|l| is_first(&l.role)) {
            out::text(&format!("{}\n", table::shortlist_head(list, PRINTED_FIRST, self.width)));
        }
        self.say(
            "A must is a gate, not a number of points: who holds every must comes first, then who may once one thing \
             is confirmed, then who is close, with the gap named. Only within a tier does the score decide. \"from–to\" \
             is what the score can become once everything unknown is known.",
        );
        out::text("\n");
        for list in model.shortlists.iter().filter(|l| !is_first(&l.role)) {
            let [a, b, c] = ["A", "B", "C"].map(|t| list.listed.get(t).copied().unwrap_or(0));
            let lead = list.entries.iter().take(PRINTED).map(|e| {
                let shared = if e.tied > 1 { "=" } else { "." };
                format!(
                    "{}{shared} {} {}",
                    e.rank,
                    inert(e.name.as_deref().unwrap_or(&e.candidate)),
                    hundredths(e.score)
                )
            });
            let lead: Vec<String> = lead.collect();
            self.say(&format!("{}: {a} in tier A, {b} in B, {c} in C", list.role));
            out::text(&format!("{}\n", wrapped("    ", &lead.join("; "), self.width)));
        }
        Ok(model)
    }

    fn landmarks(&self, pool: &Pool, model: &RankingModel) -> anyhow::Result<()> {
        self.heading(5, "Seven people to meet");
        let marks = stackscout_demo::landmarks();
        let number = |place: &Place| pool.find_candidate(place.id);

        let [first, second] = &marks.duplicate;
        let (a, b) = (number(first)?, number(second)?);
        anyhow::ensure!(a == b, "the duplicate pair is one person");
        self.item(
            "A duplicate pair",
            &format!(
                "{} of {} (line {}) and {} of {} (line {}) have one e-mail address, written with other capitals: they \
                 are one person, {a}, and every value still knows its file and line.",
                first.id, first.file, first.line, second.id, second.file, second.line
            ),
        );

        let [tied, other] = &marks.tie;
        let met = [&marks.years_unknown, &marks.claims_everything, &marks.flask_for_django, tied, other];
        let [blank, everything, flask, tie, other] = self.entries(pool, met)?;
        self.item(
            "Blank years",
            &format!(
                "{} says nothing of years. Unknown is neither no nor yes: tier {}, score {}, and between {} and {} \
                 once it is known. {}.",
                name(&blank),
                blank.tier,
                hundredths(blank.score),
                hundredths(blank.low),
                hundredths(blank.high),
                blank.requirements[0].sentence
            ),
        );

        self.item(
            "Claims everything",
            &format!(
                "{} ticks all 36 frameworks of the survey, as 21 people did there. Flagged ({}), never silently dropped: \
                 a role may say `implausible = \"drop\"`.",
                name(&everything),
                everything.flags.join("; ")
            ),
        );

        self.item(
            "Flask for Django",
            &format!(
                "{} has no Django. {}: {}. {}.",
                name(&flask),
                tier_heading(flask.tier),
                flask.missing.join("; "),
                flask.requirements[0].sentence
            ),
        );

        anyhow::ensure!(tie.rank == other.rank, "the tied pair shares a place");
        self.item(
            "A tie",
            &format!(
                "{} and {} are equal in everything that the role asks: both stand at {}=, shared by {}, and no hidden \
                 rule puts one of them first everywhere.",
                name(&tie),
                name(&other),
                tie.rank,
                tie.tied
            ),
        );

        let row = &marks.cut_row;
        self.item(
            "A rejected row",
            &format!(
                "line {} of {} ({}): too few cells. Mend it in the rejects file and import that file.",
                row.line, row.file, row.id
            ),
        );

        let best = model
            .shortlists
            .iter()
            .find(|l| l.role == "senior-django-berlin")
            .and_then(|l| l.entries.first());
        if let Some(best) = best {
            self.item("And the first of the list", "every point accounted for:");
            let role = read_roles(&[self.role()], &self.taxonomy)?.remove(0);
            let explanation = pool.explain(role, pool.find_candidate(&best.candidate)?, None)?;
            out::text(&format!("\n{}", explain::text(&explanation, &self.taxonomy, self.width)));
        }
        Ok(())
    }

    fn role(&self) -> PathBuf {
        self.folder.join("roles").join("senior-django-berlin.toml")
    }

    /// The people of these places against the first role.
    fn entries<const N: usize>(&self, pool: &Pool, places: [&Place; N]) -> anyhow::Result<[EntryModel; N]> {
        let role = read_roles(&[self.role()], &self.taxonomy)?.remove(0);
        let numbers =
            places.iter().map(|place| pool.find_candidate(place.id)).collect::<Result<Vec<_>, _>>()?;
        let explanations = pool.explain_all(role, &numbers, None)?;
        let entries: Vec<EntryModel> =
            explanations.iter().map(|e| explain::model(e, &self.taxonomy)).collect();
        entries.try_into().map_err(|_| anyhow::anyhow!("one entry was asked for each place"))
    }

    fn item(&self, lead: &str, words: &str) {
        out::text(&format!("{}\n", wrapped(&format!("• {lead}: "), words, self.width)));
    }

    fn end(&self) {
        let report = self.folder.join("report").join("report.html");
        let report = fs::canonicalize(&report).unwrap_or(report);
        let pool = self.pool.display();
        out::text(&format!("\nThe report, with every explanation: file://{}\n", report.display()));
        out::text(&format!(
            "Look further:  stackscout --pool {pool} search 'flask -django'\n               stackscout --pool {pool} explain {} P00188\n",
            self.role().display()
        ));
        out::text("Now yours:     stackscout import my.csv --dry-run\n");
    }
}

fn name(entry: &EntryModel) -> String {
    format!("{} ({})", inert(entry.name.as_deref().unwrap_or("?")), entry.candidate)
}
