//! The catalogue on a real disk: what it keeps, from whom, and through what.
//!
//! Each test has a catalogue of its own in a folder of its own.

mod accounts;
mod browsing;
mod connections;
mod files;
mod identity;
mod isolation;
mod kinds;
mod lifespans;
mod partial;
mod portions;
mod retention;
mod samples;
mod support;
mod syncs;
mod unchanged;
mod unseen;
mod views;
mod world;
