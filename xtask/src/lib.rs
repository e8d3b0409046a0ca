//! What the project's own commands do; `cargo xtask` lists them.

pub mod advertised;
pub mod bench_import;
pub mod bench_open;
pub mod bench_rank;
pub mod bench_search;
pub mod checks;
mod clock;
pub mod coverage;
pub mod crash;
pub mod extraction;
mod folder;
pub mod fuzz;
pub mod generate;
pub mod licences;
pub mod peers;
pub mod relatedness;
pub mod score;
mod tools;
