//! One command a file: from arguments to a call of the engine, and its result to a report.

pub mod allocate;
pub mod candidate;
pub mod demo;
pub mod explain;
pub mod funnel;
pub mod import;
pub mod pool;
pub mod rank;
pub mod role;
pub mod search;
pub mod stability;
pub mod taxonomy;
pub mod what_if;
