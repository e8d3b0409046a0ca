//! The tests of the whole, in one binary: scoring against its definition, the program end to end, the documents.

mod scoring;
