//! A centre with the demo plant, and terminals that talk to it.

mod centre;
mod facts;
mod terminal;

pub use centre::{Answer, Centre};
pub use facts::{Floor, red_item};
pub use terminal::{Terminal, enrol_request};
