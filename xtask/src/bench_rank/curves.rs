//! Cost over people and over roles, drawn as two SVG files.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use stackscout_taxonomy::Taxonomy;

use super::{Options, columns, measure};
use crate::generate::RoleKind;

const PEOPLE: [u32; 4] = [100_000, 300_000, 1_000_000, 3_000_000];
const ROLES: [u32; 3] = [10, 100, 1_000];
const PEOPLE_FIXED: u32 = 1_000_000;
const ROLES_FIXED: u32 = 100;

/// Measured CPU seconds of one kind of role, by size.
struct Curve {
    kind: RoleKind,
    points: Vec<(u32, f64)>,
}

pub(super) fn draw(options: Options) -> Result<()> {
    let by_people = curves(&PEOPLE, |people| Options { people, roles: ROLES_FIXED, ..options })?;
    write("performance-people.svg", &svg(&format!("{ROLES_FIXED} roles, by people"), "people", &by_people))?;
    let by_roles = curves(&ROLES, |roles| Options { people: PEOPLE_FIXED, roles, ..options })?;
    write("performance-roles.svg", &svg(&format!("{PEOPLE_FIXED} people, by roles"), "roles", &by_roles))
}

fn curves(sizes: &[u32], of_size: impl Fn(u32) -> Options) -> Result<Vec<Curve>> {
    let taxonomy = Taxonomy::embedded();
    let mut curves: Vec<Curve> =
        RoleKind::ALL.iter().map(|kind| Curve { kind: *kind, points: Vec::new() }).collect();
    for size in sizes {
        let options = of_size(*size);
        let evidence = columns(options, &taxonomy)?;
        for curve in &mut curves {
            let measured = measure(curve.kind, options, &evidence, &taxonomy)?;
            println!(
                "{:>8} people {:>5} roles  {:<8} {:>8.3} CPU s {:>6.0} million pairs a CPU s",
                options.people,
                options.roles,
                curve.kind.word(),
                measured.cpu.as_secs_f64(),
                measured.rate()
            );
            curve.points.push((*size, measured.cpu.as_secs_f64()));
        }
    }
    Ok(curves)
}

fn write(name: &str, svg: &str) -> Result<()> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs")).join(name);
    std::fs::write(&path, svg).with_context(|| path.display().to_string())?;
    println!("wrote docs/{name}");
    Ok(())
}

/// Both axes are logarithmic: cost that is linear in size is a line that rises by one decade for each.
fn svg(title: &str, what: &str, curves: &[Curve]) -> String {
    const COLOURS: [&str; 3] = ["#1b6ca8", "#2e7d32", "#b3541e"];
    let (width, height, left, bottom, top) = (640.0, 360.0, 70.0, 46.0, 40.0);
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let log = |value: f64| value.max(1e-6).log10();
    let (x_min, x_max) = points()
        .map(|(size, _)| log(f64::from(*size)))
        .fold((f64::MAX, f64::MIN), |(min, max), x| (min.min(x), max.max(x)));
    let y_min = points().map(|(_, cpu)| log(*cpu)).fold(f64::MAX, f64::min).floor();
    let y_max = points().map(|(_, cpu)| log(*cpu)).fold(f64::MIN, f64::max).ceil();
    let x = |size: u32| left + (log(f64::from(size)) - x_min) / (x_max - x_min) * (width - left - 110.0);
    let y = |log_cpu: f64| height - bottom - (log_cpu - y_min) / (y_max - y_min) * (height - bottom - top);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>{title}: CPU seconds</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"{left}\" y=\"22\" font-size=\"14\">{title}: CPU seconds of one thread</text>\n"
    );
    let mut decade = y_min;
    while decade <= y_max {
        let at = y(decade);
        let _ = writeln!(
            out,
            "<path d=\"M{left} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            width - 110.0,
            left - 8.0,
            at + 4.0,
            10_f64.powf(decade)
        );
        decade += 1.0;
    }
    if let Some(curve) = curves.first() {
        for (size, _) in &curve.points {
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{size}</text>",
                x(*size),
                height - bottom + 18.0
            );
        }
    }
    let _ = writeln!(out, "<text x=\"{left}\" y=\"{:.1}\">{what}</text>", height - 8.0);
    for (curve, colour) in curves.iter().zip(COLOURS) {
        let line: Vec<String> =
            curve.points.iter().map(|(size, cpu)| format!("{:.1} {:.1}", x(*size), y(log(*cpu)))).collect();
        let _ = writeln!(
            out,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            line.join("L")
        );
        for (size, cpu) in &curve.points {
            let _ = writeln!(
                out,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>",
                x(*size),
                y(log(*cpu))
            );
        }
        if let Some((size, cpu)) = curve.points.last() {
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{}</text>",
                x(*size) + 8.0,
                y(log(*cpu)) + 4.0,
                curve.kind.word()
            );
        }
    }
    out + "</svg>\n"
}
