//! What numbers in the catalogue are called.

use std::collections::{HashMap, HashSet};

use model::Text;

use super::Extras;
use crate::rows::{NamedRow, TypeRow};
use crate::types::{identifier, qualified, system_column};

/// What is known of a type.
#[derive(Debug, Clone)]
pub(crate) struct TypeFacts {
    /// In the server's own spelling.
    pub spelling: Text,
    /// The collation that its columns have unless they say otherwise.
    pub collation: Option<u32>,
    /// How its long values are stored unless a column says otherwise.
    pub storage: Option<char>,
}

/// Names by number, and the rarer facts of some numbers.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Name and collation by relation and position.
    columns: HashMap<u32, Vec<(i16, Text, u32)>>,
    types: HashMap<(u32, i32), TypeFacts>,
    collations: HashMap<u32, Text>,
    operator_classes: HashMap<u32, Text>,
    /// Unique indexes that take two nulls as equal.
    pub(crate) nulls_not_distinct: HashSet<u32>,
    /// The columns that a foreign key sets on delete, where not all.
    pub(crate) set_columns: HashMap<u32, Vec<i16>>,
    /// Constraints that are about periods, and whether they are enforced.
    pub(crate) temporal: HashMap<u32, (bool, bool)>,
    /// Facts that few objects have.
    pub(crate) extras: Extras,
}

impl Names {
    pub(crate) fn add_column(&mut self, relation: u32, number: i16, name: Text, collation: u32) {
        self.columns
            .entry(relation)
            .or_default()
            .push((number, name, collation));
    }

    pub(crate) fn add_type(&mut self, row: TypeRow) {
        let spelling = row.spelling.unwrap_or_else(|| "???".into());
        let facts = TypeFacts {
            spelling,
            collation: row.collation.and_then(|id| id.parse().ok()),
            storage: row.storage.and_then(|storage| storage.chars().next()),
        };
        self.types.insert((row.id, row.modifier), facts);
    }

    pub(crate) fn add_collation(&mut self, row: NamedRow) {
        self.collations.insert(row.id, local_name(&row));
    }

    pub(crate) fn add_operator_class(&mut self, row: NamedRow) {
        self.operator_classes.insert(row.id, local_name(&row));
    }

    /// Whether the columns of a relation are known.
    pub(crate) fn knows(&self, relation: u32) -> bool {
        self.columns.contains_key(&relation)
    }

    /// The names of columns, in the order of their numbers given.
    pub(crate) fn columns(&self, relation: u32, numbers: &[i16]) -> Vec<Text> {
        numbers
            .iter()
            .map(|number| self.column(relation, *number))
            .collect()
    }

    /// The name of a column; its number where it has gone meanwhile.
    pub(crate) fn column(&self, relation: u32, number: i16) -> Text {
        if let Some(name) = system_column(number) {
            return name.into();
        }
        let found = self
            .find(relation, number)
            .map(|(_, name, _)| Text::clone(name));
        found.unwrap_or_else(|| format!("#{number}").into())
    }

    /// The collation of a column.
    pub(crate) fn column_collation(&self, relation: u32, number: i16) -> Option<u32> {
        self.find(relation, number)
            .map(|(_, _, collation)| *collation)
    }

    pub(crate) fn type_facts(&self, id: u32, modifier: i32) -> TypeFacts {
        let facts = self.types.get(&(id, modifier)).cloned();
        facts.unwrap_or_else(|| TypeFacts {
            spelling: "???".into(),
            collation: None,
            storage: None,
        })
    }

    pub(crate) fn collation(&self, id: u32) -> Option<Text> {
        self.collations.get(&id).cloned()
    }

    /// The name of an operator class, unless it is its type's default.
    pub(crate) fn operator_class(&self, id: u32) -> Option<&Text> {
        self.operator_classes.get(&id)
    }

    fn find(&self, relation: u32, number: i16) -> Option<&(i16, Text, u32)> {
        let columns = self.columns.get(&relation)?;
        // Columns mostly arrive in order and without gaps.
        let guess = usize::try_from(number).ok()?.checked_sub(1)?;
        columns
            .get(guess)
            .filter(|(found, _, _)| *found == number)
            .or_else(|| columns.iter().find(|(found, _, _)| *found == number))
    }
}

/// A name with its schema unless that is the server's own, as it stands in a statement.
fn local_name(row: &NamedRow) -> Text {
    match &*row.schema {
        "pg_catalog" => identifier(&row.name).into(),
        schema => qualified(schema, &row.name).into(),
    }
}
