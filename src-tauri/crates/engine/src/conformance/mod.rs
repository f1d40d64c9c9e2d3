//! Checks that every engine passes, on a fixture of its own.
//!
//! Only tests use this; no engine's name and no server's dialect stands here.

mod recorder;

pub use recorder::Recorder;
