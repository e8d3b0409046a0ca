//! What the tests of the whole share: the plain reference of the scoring model, and cases to hold the engine to it.

pub mod golden;
pub mod random_case;
pub mod reference;
pub mod worked;
