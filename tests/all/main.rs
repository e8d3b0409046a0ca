//! The tests of the whole, in one binary: scoring against its definition, the program end to end, the documents.

mod arrows;
mod batch;
mod blind;
mod cli;
mod crash;
mod decide;
mod documents;
mod erasure;
mod fuzz;
mod program;
mod protected;
mod real_data;
mod scoring;
mod sums;
mod upkeep;
