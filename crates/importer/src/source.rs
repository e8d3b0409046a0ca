//! The source of a file whose layout names none: its own name.

use std::path::Path;

use crate::packing::without_ending;

/// `in/Candidates 2026.csv` -> `candidates-2026`. Mended rejects belong to the source of their file.
pub(crate) fn source_of_stem(name: &str) -> String {
    // A sheet of a workbook and a table of an archive belong to what their file is about.
    let name = name.strip_suffix(']').and_then(|name| name.split_once('[')).map_or(name, |(file, _)| file);
    let stem = Path::new(without_ending(name))
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().to_lowercase());
    let stem = without_rejects(&stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { "file".to_owned() } else { words.join("-") }
}

/// The stem of the file that rejects came from: `people` for `people`, `people.rejects` and `people.rejects.2`.
pub(crate) fn without_rejects(stem: &str) -> &str {
    let unnumbered = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let unnumbered = unnumbered.strip_suffix('.').filter(|rest| rest.ends_with(".rejects")).unwrap_or(stem);
    unnumbered.strip_suffix(".rejects").unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_the_stem_of_the_file() {
        for (name, source) in [
            ("candidates-2026.csv", "candidates-2026"),
            ("in/Candidates 2026 (final).CSV", "candidates-2026-final"),
            ("candidates.rejects.csv", "candidates"),
            ("candidates.rejects.2.csv", "candidates"),
            ("candidates.2.csv", "candidates-2"),
            ("Lebensläufe.csv", "lebensläufe"),
            ("people.csv.gz", "people"),
            ("people.rejects.csv.zst", "people"),
            ("___.csv", "file"),
            ("stdin", "stdin"),
            ("in/people.xlsx[Sheet 1]", "people"),
        ] {
            assert_eq!(source_of_stem(name), source);
        }
    }
}
