//! What numbers in the catalogue are called.

use model::Text;

use super::Extras;
use crate::columns::Columns;
use crate::numbered::Numbered;
use crate::rows::{NamedRow, PlaceRow, SchemaRow, Spelling, TypeRow};
use crate::spelling::with_modifier;
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
    /// How a column that says nothing stores them.
    pub expected_storage: char,
}

/// Names by number, and the rarer facts of some numbers.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Of the tables at hand.
    pub(crate) columns: Columns,
    /// Tables that keys can refer to, with their schemas, and the columns that keys can
    /// refer to; both in order once a portion is complete.
    referable: Vec<(u32, u32, Text)>,
    referable_columns: Vec<(u32, i16, Text)>,
    /// Indexes that constraints may name.
    indexes: Numbered<u32, Text>,
    /// By type and modifier.
    types: Numbered<(u32, i32), TypeFacts>,
    collations: Numbered<u32, Text>,
    operator_classes: Numbered<u32, Text>,
    schemas: Numbered<u32, Text>,
    /// Access methods (m) and tablespaces (s).
    places: Numbered<(char, u32), Text>,
    /// Facts that few objects have.
    pub(crate) extras: Extras,
}

impl Names {
    /// Forgets what belongs to single tables.
    pub(crate) fn forget_tables(&mut self) {
        self.columns.clear();
        self.indexes.clear();
        self.extras.forget_columns();
    }

    pub(crate) fn add_index(&mut self, id: u32, name: Text) {
        self.indexes.insert(id, name);
    }

    pub(crate) fn add_schema(&mut self, row: &SchemaRow) {
        self.schemas.insert(row.id, Text::clone(&row.name));
    }

    pub(crate) fn add_place(&mut self, row: PlaceRow) {
        self.places.insert((row.letter, row.id), row.name);
    }

    pub(crate) fn add_type(&mut self, row: TypeRow) {
        let facts = TypeFacts {
            spelling: row.spelling,
            collation: Some(row.collation),
            storage: Some(row.storage),
            expected_storage: row.expected_storage,
        };
        self.types.insert((row.id, NO_MODIFIER), facts);
    }

    /// Notes how the server spells a type with a modifier.
    pub(crate) fn add_spelling(&mut self, id: u32, modifier: i32, spelling: Spelling) {
        let facts = TypeFacts {
            spelling: spelling.text,
            collation: Some(spelling.collation),
            storage: spelling.storage,
            expected_storage: spelling.storage.unwrap_or(' '),
        };
        self.types.insert((id, modifier), facts);
    }

    /// Spells the server's types that columns of a table have with a modifier.
    pub(crate) fn spell(&mut self, relation: u32) {
        for column in self.columns.of(relation) {
            let (id, modifier) = (column.type_id, column.modifier);
            if modifier == NO_MODIFIER || self.types.contains_key(&(id, modifier)) {
                continue;
            }
            let plain = self.types.get(&(id, NO_MODIFIER)).cloned();
            if let (Some(plain), Some(spelling)) = (plain, with_modifier(id, modifier)) {
                let facts = TypeFacts {
                    spelling: spelling.into(),
                    ..plain
                };
                self.types.insert((id, modifier), facts);
            }
        }
    }

    pub(crate) fn add_collation(&mut self, row: NamedRow) {
        self.collations.insert(row.id, local_name(&row));
    }

    pub(crate) fn add_operator_class(&mut self, row: NamedRow) {
        self.operator_classes.insert(row.id, local_name(&row));
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
        let found = self.columns.find(relation, number);
        found.map_or_else(|| unnamed(number), |column| Text::clone(&column.name))
    }

    /// The collation of a column.
    pub(crate) fn column_collation(&self, relation: u32, number: i16) -> Option<u32> {
        self.columns
            .find(relation, number)
            .map(|column| column.collation)
    }

    pub(crate) fn type_facts(&self, id: u32, modifier: i32) -> TypeFacts {
        let facts = self.types.get(&(id, modifier)).cloned();
        facts.unwrap_or_else(|| TypeFacts {
            spelling: "???".into(),
            collation: None,
            storage: None,
            expected_storage: ' ',
        })
    }

    pub(crate) fn collation(&self, id: u32) -> Option<Text> {
        self.collations.get(&id).cloned()
    }

    /// The name of an operator class, unless it is its type's default.
    pub(crate) fn operator_class(&self, id: u32) -> Option<&Text> {
        self.operator_classes.get(&id)
    }

    /// Keeps a table that keys of later tables may refer to, and the names of its columns with
    /// these numbers.
    pub(crate) fn add_referable(&mut self, id: u32, schema: u32, name: &Text, numbers: &[i16]) {
        self.referable.push((id, schema, Text::clone(name)));
        for number in numbers {
            if let Some(column) = self.columns.find(id, *number) {
                let name = Text::clone(&column.name);
                self.referable_columns.push((id, *number, name));
            }
        }
    }

    /// Makes what was kept last ready to be found.
    pub(crate) fn sort_referable(&mut self) {
        self.referable.sort_by_key(|(id, _, _)| *id);
        let key = |column: &(u32, i16, Text)| (column.0, column.1);
        self.referable_columns.sort_by_key(key);
        self.referable_columns.dedup_by_key(|column| key(column));
    }

    /// The schema and the name of a table that was read before or is being read.
    pub(crate) fn referable(&self, id: u32) -> Option<(u32, Text)> {
        let place = self.referable.binary_search_by_key(&id, |(id, _, _)| *id);
        let (_, schema, name) = self.referable.get(place.ok()?)?;
        Some((*schema, Text::clone(name)))
    }

    /// The names of columns that keys refer to, in the order of their numbers given.
    pub(crate) fn referable_columns(&self, relation: u32, numbers: &[i16]) -> Vec<Text> {
        let name = |number: &i16| {
            let place = self
                .referable_columns
                .binary_search_by_key(&(relation, *number), |column| (column.0, column.1));
            match place
                .ok()
                .and_then(|place| self.referable_columns.get(place))
            {
                Some((_, _, name)) => Text::clone(name),
                None => self.column(relation, *number),
            }
        };
        numbers.iter().map(name).collect()
    }

    /// The name of an index of the tables at hand.
    pub(crate) fn index(&self, id: u32) -> Option<Text> {
        self.indexes.get(&id).cloned()
    }

    /// The name of a schema.
    pub(crate) fn schema(&self, id: u32) -> Option<Text> {
        self.schemas.get(&id).cloned()
    }

    /// The name of a way of storing tables or indexes.
    pub(crate) fn access_method(&self, id: u32) -> Option<Text> {
        self.places.get(&('m', id)).cloned()
    }

    /// The name of a tablespace; nothing for the usual one of the database.
    pub(crate) fn tablespace(&self, id: u32) -> Option<Text> {
        self.places.get(&('s', id)).cloned()
    }
}

/// What `atttypmod` says where there is no modifier.
const NO_MODIFIER: i32 = -1;

/// A column that is known by its number alone.
pub(crate) fn unnamed(number: i16) -> Text {
    format!("#{number}").into()
}

/// A name with its schema unless that is the server's own, as it stands in a statement.
fn local_name(row: &NamedRow) -> Text {
    match &*row.schema {
        "pg_catalog" => identifier(&row.name).into(),
        schema => qualified(schema, &row.name).into(),
    }
}
