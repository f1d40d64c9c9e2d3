//! One file for each table, or for a table with what belongs to it. What spans
//! the tables of objects lives in `apply` and `browse`.

pub(crate) mod connection;
pub(crate) mod definition;
pub(crate) mod fingerprint;
pub(crate) mod json;
pub(crate) mod late_part;
pub(crate) mod needing_part;
pub(crate) mod object;
pub(crate) mod retention;
pub(crate) mod sample;
pub(crate) mod sequence;
pub(crate) mod setting;
pub(crate) mod statistics;
pub(crate) mod sync;
pub(crate) mod sync_part;
pub(crate) mod sync_warning;
pub(crate) mod test_result;
pub(crate) mod unseen;
pub(crate) mod user;
pub(crate) mod visit;
