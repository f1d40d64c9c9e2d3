//! What the window is told: plain data, derived from the floors below, no secrets.

mod account;
mod browse;
mod connection;
mod contents;
mod dashboard;
mod search;
mod sync;
mod tree;

pub use account::*;
pub use browse::*;
pub use connection::*;
pub use contents::*;
pub use dashboard::*;
pub use search::*;
pub use sync::*;
pub use tree::*;
