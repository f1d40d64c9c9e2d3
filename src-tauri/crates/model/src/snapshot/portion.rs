//! A reading in portions: what an engine hands over piece by piece, so that memory
//! does not follow the size of the schema.

use std::collections::HashSet;

use super::Snapshot;
use crate::Text;

/// One piece of the reading of a database.
#[derive(Debug, Clone, PartialEq)]
pub enum Portion {
    /// Objects: the database, the schemas that are needed here, and whole tables.
    ///
    /// A database or schema may come again in each portion, with equal facts, and a
    /// warning comes no later than the objects that it is about.
    Read(Snapshot),
    /// The portions to come speak of this part alone: all else is as it was when the
    /// known fingerprint was taken. Comes first, or not at all.
    Only(Touched),
    /// What came so far is void; the reading begins anew.
    Restart,
    /// What tells this state of the database, as this user sees it, from any other.
    ///
    /// Comes at most once, and only from a reading of the whole database. Where the
    /// reading gave warnings, what they are about has to be part of the fingerprint, and
    /// a reading that begins with [`Portion::Only`] gives all those again that still stand.
    Fingerprint(Fingerprint),
}

/// What tells one state of a database from any other, in its engine's own bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(pub Vec<u8>);

/// The part of a database that has changed, or may have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Tables, collections and views that were changed, made or dropped.
    pub relations: TouchedRelations,
    /// Whether the database, its schemas and the rarer kinds of objects directly
    /// below them are read again, whole.
    pub others: bool,
}

/// Tables, collections and views, as a fingerprint tells them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TouchedRelations {
    /// By the schema, where there are schemas, and the name.
    Named(HashSet<(Option<Text>, Text)>),
    /// By the remainder of the server's own id, a number.
    Remainders {
        /// What the id is divided by.
        modulus: u32,
        /// The remainders.
        of: HashSet<u32>,
    },
}

impl Default for TouchedRelations {
    fn default() -> Self {
        Self::Named(HashSet::new())
    }
}

impl TouchedRelations {
    /// Whether a table is among them. One whose id is not a number always is.
    pub fn has(&self, schema: Option<&str>, name: &str, native_id: Option<&str>) -> bool {
        match self {
            Self::Named(names) => names.contains(&(schema.map(Text::from), Text::from(name))),
            Self::Remainders { modulus, of } => native_id
                .and_then(|id| id.parse::<u32>().ok())
                .and_then(|id| id.checked_rem(*modulus))
                .is_none_or(|remainder| of.contains(&remainder)),
        }
    }
}

impl Touched {
    /// Whether nothing has changed.
    pub fn is_nothing(&self) -> bool {
        !self.others
            && match &self.relations {
                TouchedRelations::Named(names) => names.is_empty(),
                TouchedRelations::Remainders { of, .. } => of.is_empty(),
            }
    }
}
