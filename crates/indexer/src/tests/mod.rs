//! Tests of the whole crate, each file for one promise, over the little pool of [`pool`].

mod building;
mod damage;
mod finding;
mod forms;
mod garbage;
mod language;
mod pool;
mod twin;
