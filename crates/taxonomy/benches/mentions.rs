//! How fast is the mention finder?
//!
//! `cargo bench -p stackscout-taxonomy` reads 4 MB of invented CVs and advertisements in every round. What is measured is
//! the thread's own time on a core where the system tells it (Linux), so that other work on the machine counts less; wall
//! time elsewhere.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stackscout_taxonomy::mention::{MentionFinder, TextContext, TextKind, YearMonth};
use stackscout_taxonomy::{SkillIx, Taxonomy};

const TEXT_BYTES: usize = 4_000_000;

/// Time on a core, of this thread.
struct CpuTime;

/// Nanoseconds that this thread has run for.
fn on_core() -> Option<Duration> {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    schedstat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

impl Measurement for CpuTime {
    type Intermediate = (Instant, Option<Duration>);
    type Value = Duration;

    fn start(&self) -> Self::Intermediate {
        (Instant::now(), on_core())
    }

    fn end(&self, (wall, cpu): Self::Intermediate) -> Duration {
        cpu.zip(on_core()).map_or_else(|| wall.elapsed(), |(before, after)| after - before)
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// splitmix64: the same text on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) >> 33).expect("31 bits") % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// Sentences with nothing in them, sentences with skills, jobs with dates: about one mention in 60 to 100 bytes.
fn text(taxonomy: &Taxonomy) -> String {
    const PLAIN: [&str; 8] = [
        "The team met the customer every week and agreed on what would be done next, in writing.",
        "Our offices are close to the station, and everybody chooses when to come and when to leave.",
        "Verantwortlich für die Abstimmung mit dem Fachbereich und für die Einhaltung der Termine.",
        "She grew the group from three to eleven people and wrote the guide that newcomers still read.",
        "Responsibilities included planning, reviews, hiring and the yearly budget of the department.",
        "We express our thanks, go to market in spring 2021 and react to what people tell us.",
        "Reduced the time from order to delivery by a third, which saved about two million a year.",
        "Candidates get an answer within five days, whatever it is, and may ask for the reasons.",
    ];
    const LEAD: [&str; 8] = [
        "Built and maintained services with ",
        "5 years of experience in ",
        "No experience with ",
        "Willing to learn ",
        "- migrated the shop to ",
        "Skills: ",
        "• Entwicklung von Schnittstellen mit ",
        "Worked with ",
    ];
    const TAIL: [&str; 6] = [
        " for a shop with high traffic.",
        " (3 yrs).",
        " at Acme GmbH.",
        " in production",
        ".",
        ", tested and documented.",
    ];
    let names: Vec<&str> = taxonomy.skills().map(|(_, skill): (SkillIx, _)| skill.name.as_str()).collect();
    let mut dice = Dice(7);
    let mut text = String::with_capacity(TEXT_BYTES + 1_000);
    while text.len() < TEXT_BYTES {
        let _ =
            writeln!(text, "{}/20{} – present | Foo Ltd | Engineer", dice.below(12) + 1, dice.below(10) + 10);
        for _ in 0..8 {
            for _ in 0..=dice.below(2) {
                text.push_str(dice.pick(&PLAIN));
                text.push(' ');
            }
            text.push_str(dice.pick(&LEAD));
            for item in 0..=dice.below(3) {
                text.push_str(if item == 0 { "" } else { ", " });
                text.push_str(dice.pick(&names));
            }
            text.push_str(dice.pick(&TAIL));
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

fn mentions(criterion: &mut Criterion<CpuTime>) {
    let taxonomy = Taxonomy::embedded();
    let finder = MentionFinder::new(&taxonomy);
    let text = text(&taxonomy);
    let as_of = YearMonth::new(2026, 11).expect("a month");
    let context = TextContext { as_of, kind: TextKind::Ordinary };
    let found = finder.find(&text, &context).len();
    println!("{} bytes, {found} mentions: one in {} bytes", text.len(), text.len() / found.max(1));
    let mut group = criterion.benchmark_group("mentions");
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("find", |bencher| {
        bencher.iter(|| black_box(finder.find(black_box(&text), &context)))
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = mentions
}
criterion_main!(benches);
