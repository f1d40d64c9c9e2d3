//! What only the text of a `CREATE` statement says: names of constraints,
//! checks, generated columns, collations, conflict clauses, index expressions,
//! the heads of triggers.
//!
//! The text comes from a file and is not trusted: what is not understood is
//! passed over, and nothing here can fail. Whatever SQLite's own tables of
//! facts tell is taken from there and not from here.

mod cursor;
mod index;
mod names;
mod table;
mod token;
mod trigger;

pub(crate) use index::{IndexClause, parse_index};
pub(crate) use names::{joined_names, names, used_names};
pub(crate) use table::{KeyClause, ModuleClause, TableClauses, parse_module, parse_table};
pub(crate) use trigger::parse_trigger;

#[cfg(test)]
mod tests;
