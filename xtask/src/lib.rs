//! What the project's own commands do; `cargo xtask` lists them.

pub mod bench_rank;
pub mod checks;
pub mod coverage;
pub mod generate;
pub mod peers;
pub mod relatedness;
pub mod score;
