//! The centre and terminal of the tests next door.

#[path = "../centre/support/centre.rs"]
mod centre;
#[path = "../centre/support/terminal.rs"]
mod terminal;

pub use centre::{Answer, Centre};
pub use terminal::Terminal;
