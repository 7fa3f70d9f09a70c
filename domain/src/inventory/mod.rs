//! Stock: levels, and the ledger of movements they are the fold of.

pub mod movement;
pub mod promise;
