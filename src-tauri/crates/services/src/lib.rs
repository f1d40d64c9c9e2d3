//! What db-studio can do, as one value, without a window.
//!
//! The shell and the command line call these methods and nothing below them;
//! no window, no driver and no SQL lives here.

mod accounts;
mod browse;
mod cards;
mod connections;
mod dashboard;
mod definition;
mod engines;
mod error;
mod events;
pub mod once;
mod probe;
mod search;
mod server_thread;
mod settings;
mod strings;
mod studio;
mod sync;
mod testing;
mod verify;
pub mod view;

pub use engines::{LOG_TARGETS, REGISTRY};
pub use error::Error;
pub use events::{Event, EventSink, NoEvents};
pub use studio::{Parts, Studio, catalogue_path};
