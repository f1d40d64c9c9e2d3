//! What people do with db-studio, from signing up to forgetting a connection,
//! on the services without a window.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod accounts;
mod browsing;
mod connections;
mod contents;
mod engines;
mod hand_over;
mod searching;
mod servers;
mod side_by_side;
mod steps;
mod syncing;
mod tree;
