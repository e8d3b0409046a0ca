//! The tests of the whole, in one binary: scoring against its definition, the program end to end, the documents.

mod arrows;
mod batch;
mod blind;
mod cli;
mod decide;
mod documents;
mod erasure;
mod faults;
mod fuzz;
mod hostile;
mod inert;
mod privacy;
mod program;
mod protected;
mod real_data;
mod scoring;
mod sums;
mod upkeep;
