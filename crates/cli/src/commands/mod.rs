//! One command a file: from arguments to a call of the engine, and its result to a report.

pub mod candidate;
pub mod compare;
pub mod conflicts;
pub mod demo;
pub mod diff;
pub mod explain;
pub mod import;
pub mod pool;
pub mod rank;
pub mod replay;
pub mod role;
pub mod runs;
pub mod search;
pub mod taxonomy;
