//! - the caret of a refused query stands under the place that is meant

use crate::program::{demo_files, folder, import_demo, run};

#[test]
fn the_caret_stands_under_the_place() {
    let folder = folder();
    demo_files(folder.path(), 400);
    import_demo(folder.path());
    let table = [
        ("django and (", 12),
        ("django and or react", 11),
        ("contry:germany", 0),
        ("country:germny", 8),
        ("\"ruby on rails", 0),
        ("django)", 6),
    ];
    let mut wrong = Vec::new();
    for (query, position) in table {
        let ran = run(folder.path(), &["search", query]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{query}");
        let lines: Vec<&str> = ran.stderr.lines().collect();
        let at = lines.iter().position(|line| line.contains(query)).expect("the query is shown");
        let column = lines[at].find(query).expect("the query is shown");
        let caret = lines[at + 1].find('^').expect("a caret stands in the line below");
        if caret != column + position {
            wrong.push(ran.stderr);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
