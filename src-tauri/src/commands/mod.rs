//! The screens' verbs, one file per concern: each takes what the page sent, makes one call into
//! the station and answers. Nothing is decided here.

pub mod handover;
pub mod inspection;
pub mod machine;
pub mod production;
pub mod records;
pub mod scan;
pub mod session;
