//! From rows to the contract's nouns: what a server's words mean. Asks nothing.

mod column;
mod constraint;
mod event;
mod granted;
mod index;
mod partition;
mod relation;
mod routine;

use std::collections::HashMap;

use model::snapshot::{DatabaseDetail, Object};
use model::{ObjectKind, Text};

use crate::inspect::is_system;
use crate::rows::DatabaseRow;
use crate::types::{identifier, unescaped, within};

pub(crate) use column::column;
pub(crate) use constraint::{check, foreign_key, primary_key, trigger, unique};
pub(crate) use event::event;
pub(crate) use granted::Granted;
pub(crate) use index::index;
pub(crate) use partition::partitions;
pub(crate) use relation::{is_broken, kind_of, sequence, table, view};
pub(crate) use routine::{kind_of_routine, routine};

/// What is known of the database beside the row at hand.
#[derive(Debug)]
pub(crate) struct Known {
    /// Whether the server writes expressions as MariaDB does.
    pub(crate) mariadb: bool,
    /// The database's name.
    pub(crate) database: Text,
    /// Its tables, views and sequences.
    pub(crate) relations: HashMap<Text, ObjectKind>,
    /// Its functions.
    pub(crate) functions: HashMap<Text, ObjectKind>,
    /// Who was granted what.
    pub(crate) granted: Granted,
}

impl Known {
    /// An expression as both families are shown.
    fn expression(&self, text: &str) -> Text {
        if self.mariadb {
            text.into()
        } else {
            within(&unescaped(text)).into()
        }
    }
}

/// A database.
pub(crate) fn database(row: &DatabaseRow, privileges: Option<Vec<Text>>) -> Object<DatabaseDetail> {
    let detail = DatabaseDetail {
        owner: None,
        encoding: row.charset.clone(),
        collation: row.collation.clone(),
        system: is_system(&row.name),
    };
    Object::new(Text::clone(&row.name), detail)
        .comment(row.comment.clone())
        .attribute_if("encrypted", row.encrypted.then_some(true))
        .attribute_if("privileges", privileges)
}

/// An account that the server writes as `user@host`, as names are written.
fn definer(account: &str) -> String {
    match account.rsplit_once('@') {
        Some((user, host)) => format!("{}@{}", identifier(user), identifier(host)),
        None => identifier(account),
    }
}

#[cfg(test)]
mod tests;
