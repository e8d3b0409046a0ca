//! Runs one target of fuzzing for a while: `stackscout-fuzz TARGET SECONDS SEED`, in the folder of the repository.
//! `cargo xtask fuzz` builds and calls it. `stackscout-fuzz --corpus TARGET FOLDER` writes what libFuzzer begins with.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use stackscout_tests::fuzz::rounds::{INPUT_SECONDS_MAX, Watched, run};
use stackscout_tests::fuzz::{TARGETS, Target};

/// Exit code for a broken promise.
const BROKEN: u8 = 9;
/// What any input of a few kilobytes may take at most, in all.
const MEMORY_KIB_MAX: u64 = 512 << 10;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, folder] = args.as_slice()
        && flag == "--corpus"
    {
        let Some(target) = TARGETS.iter().find(|target| target.name == name) else { return usage() };
        return match write_corpus(target, Path::new(folder)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(e) => {
                eprintln!("{folder}: {e}");
                ExitCode::FAILURE
            }
        };
    }
    let [name, seconds, seed] = args.as_slice() else { return usage() };
    let target = TARGETS.iter().find(|target| target.name == name);
    let (Some(target), Ok(seconds), Ok(seed)) = (target, seconds.parse(), seed.parse()) else {
        return usage();
    };
    let root = Path::new(".");
    // Of each panic the place and the words are printed once, with the input; thousands come while it is made small.
    std::panic::set_hook(Box::new(|_| {}));
    let watched = Watched::default();
    watch(Watched::clone(&watched), target, seed);
    let ran = run(target, root, seed, Duration::from_secs(seconds), &watched);
    let memory = memory_kib();
    let shown = memory.map_or_else(String::new, |kib| format!(", {} MiB at most", kib >> 10));
    println!("{name}: {} inputs, understood in {} ways, seed {seed}{shown}", ran.rounds, ran.ways);
    if let Some((input, said)) = ran.broken {
        eprintln!(
            "{name}: input {} of seed {seed} broke a promise: {said}\nkept as {}",
            ran.rounds,
            keep(target, seed, &input)
        );
        return ExitCode::from(BROKEN);
    }
    if memory.is_some_and(|kib| kib > MEMORY_KIB_MAX) {
        eprintln!("{name}: more than 512 MiB of memory were taken");
        return ExitCode::from(BROKEN);
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    eprintln!("usage: stackscout-fuzz TARGET SECONDS SEED\nhint: targets are {}", names.join(", "));
    ExitCode::from(2)
}

/// Writes the seeds of a target into a folder, one a file, and its pieces beside it as a dictionary of libFuzzer.
fn write_corpus(target: &Target, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (at, seed) in (target.seeds)(Path::new(".")).iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{at:03}")), seed)?;
    }
    let escaped = |piece: &&str| piece.bytes().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
    let lines: String = target.pieces.iter().map(|piece| format!("\"{}\"\n", escaped(piece))).collect();
    std::fs::write(folder.with_extension("dict"), lines)
}

/// Ends the program where one input takes too long.
fn watch(watched: Watched, target: &'static Target, seed: u64) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let now = watched.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some((since, input)) = &*now
                && since.elapsed().as_secs() > INPUT_SECONDS_MAX
            {
                let kept = keep(target, seed, input);
                eprintln!("{}: an input takes more than {INPUT_SECONDS_MAX} s\nkept as {kept}", target.name);
                std::process::exit(i32::from(BROKEN));
            }
        }
    });
}

fn keep(target: &Target, seed: u64, input: &[u8]) -> String {
    let folder = PathBuf::from("fuzz/artifacts");
    let path = folder.join(format!("{}-{seed}", target.name));
    match std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input)) {
        Ok(()) => path.display().to_string(),
        Err(e) => format!("nothing: {e}"),
    }
}

/// The most memory that this process held, where the system says so.
fn memory_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
