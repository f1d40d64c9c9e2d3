//! What only the text of a `CREATE` statement says: names of constraints,
//! checks, generated columns, collations, conflict clauses, index expressions,
//! the heads of triggers.
//!
//! The text comes from a file and is not trusted: what is not understood is
//! passed over, and nothing here can fail. What SQLite's own tables of facts tell
//! is taken from there, but for statements of the plain kind that hold nothing
//! that could be read in two ways; whatever else stands in one makes it odd.

mod clause;
mod cursor;
mod index;
mod module;
mod names;
mod shared;
mod table;
mod token;
mod trigger;

pub(crate) use index::{IndexClause, PlainPart, parse_index, parse_plain_index};
pub(crate) use module::{ModuleClause, is_module, parse_module};
pub(crate) use names::{joined_names, names, used_names};
pub(crate) use shared::shared;
pub(crate) use table::{KeyClause, TableClauses, parse_table};
pub(crate) use trigger::parse_trigger;

#[cfg(test)]
mod tests;
