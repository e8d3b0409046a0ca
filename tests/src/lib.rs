//! What the tests of the whole share: the plain reference of the scoring model, cases to hold the engine to it, and
//! what any bytes must not break.

pub mod fuzz;
pub mod golden;
pub mod random_case;
pub mod reference;
pub mod worked;
