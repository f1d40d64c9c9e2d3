//! What was answered so far: what holds for the whole reading, and the rows of the
//! portion at hand until it is a snapshot.

use std::collections::{BTreeMap, HashMap, HashSet};

use engine::InspectScope;
use model::snapshot::{ObjectName, Warning};
use model::{ObjectKind, Text};

use super::fingerprint::bucket;
use super::is_system;
use crate::convert::Names;
use crate::rows::{
    CheckRow, ColumnRow, CommentRow, ConstraintRow, DatabaseRow, DefaultRow, IdentityRow, IndexRow,
    LockedRow, MarkRow, MomentRow, OtherRow, ParentRow, PortionRow, RaritiesRow, RelationRow,
    SchemaRow, TableColumns, TriggerRow,
};

/// How many texts are kept once; what comes later repeats less.
const MOST_TEXTS: usize = 50_000;

/// The answers, as rows.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) database: Option<DatabaseRow>,
    /// Those of the scope, by their names.
    pub(super) schemas: Vec<SchemaRow>,
    /// Where and when this is.
    pub(super) moment: Option<MomentRow>,
    /// What the rows of the server's catalogue add up to.
    pub(super) marks: Vec<MarkRow>,
    /// What the columns that were read add up to, by the remainders of their tables' numbers:
    /// their count, their rows' ages and their names.
    pub(super) column_marks: BTreeMap<u16, (i64, i64, i64)>,
    /// Remainders of the tables that were touched by changes elsewhere.
    pub(super) touched: Vec<u32>,
    /// Tables and views, in the portions that they are read in.
    pub(super) portions: Vec<PortionRow>,
    /// Which things that few tables have are there; unknown, any may be.
    pub(super) rarities: Option<RaritiesRow>,
    /// Sequences that count no identity column.
    pub(super) sequences: Vec<u32>,
    /// What the portion at hand holds.
    pub(super) rows: Rows,
    /// The objects of the rarer kinds.
    pub(super) others: Vec<OtherRow>,
    pub(super) names: Names,
    /// Tables of the server's catalogue that this user may not read.
    pub(super) closed_catalogues: Vec<String>,
    /// What was not asked, and the table of the catalogue that is closed.
    pub(super) unread: Vec<(&'static str, String)>,
    /// What could not be looked into.
    pub(super) locked: Vec<LockedRow>,
    /// What is told about the reading, until the first portion takes it.
    pub(super) warnings: Vec<Warning>,
    texts: HashSet<Text>,
}

/// The rows of the tables and views of one portion.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) relations: Vec<RelationRow>,
    /// What each table inherits from or is a partition of.
    pub(super) parents: HashMap<u32, Vec<ObjectName>>,
    pub(super) columns: Vec<ColumnRow>,
    /// By relation and number.
    pub(super) values: Vec<((u32, i16), Text)>,
    /// Of columns, by relation and number.
    pub(super) comments: Vec<((u32, i16), Text)>,
    pub(super) constraints: Vec<ConstraintRow>,
    pub(super) checks: HashMap<u32, Text>,
    pub(super) indexes: Vec<IndexRow>,
    pub(super) triggers: Vec<TriggerRow>,
    /// Rules and policies.
    pub(super) others: Vec<OtherRow>,
}

impl Catalog {
    /// The first closed table of the catalogue that is wanted.
    pub(super) fn closed(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut closed = self.closed_catalogues.iter();
        closed.find(|name| wanted(name)).cloned()
    }

    /// How many tables and views there are.
    pub(super) fn tables(&self) -> u64 {
        self.portions.iter().map(|portion| portion.tables).sum()
    }

    /// Ends the portion at hand: what belongs to its tables is forgotten with it.
    pub(super) fn take_rows(&mut self) -> Rows {
        std::mem::take(&mut self.rows)
    }

    pub(super) fn add_schema(&mut self, row: SchemaRow) {
        self.names.add_schema(&row);
        self.schemas.push(row);
    }

    pub(super) fn add_parent(&mut self, row: ParentRow) {
        let kind = match row.kind {
            'f' => ObjectKind::ForeignTable,
            _ => ObjectKind::Table,
        };
        self.rows
            .parents
            .entry(row.relation)
            .or_default()
            .push(ObjectName {
                kind,
                schema: Some(row.schema),
                name: row.name,
            });
    }

    pub(super) fn add_identity(&mut self, row: IdentityRow) {
        match (row.relation, row.number) {
            (Some(relation), Some(number)) => self.names.extras.add_identity(relation, number, row),
            _ => self.sequences.push(row.sequence),
        }
    }

    pub(super) fn add_columns(&mut self, row: &sqlx::postgres::PgRow) -> Result<(), sqlx::Error> {
        let texts = &mut self.texts;
        let table = TableColumns::read(row, |text| once(texts, text))?;
        for options in table.options {
            self.names.extras.add_column(options);
        }
        for (id, modifier, spelling) in table.spellings {
            self.names.add_spelling(id, modifier, spelling);
        }
        if let Some(first) = table.columns.first() {
            let marks = self.column_marks.entry(bucket(first.relation)).or_default();
            marks.0 += i64::try_from(table.columns.len()).unwrap_or(0);
            marks.1 += table.ages;
            marks.2 += table.names_mark;
            let named =
                |column: &ColumnRow| (column.number, Text::clone(&column.name), column.collation);
            let named = table.columns.iter().map(named).collect();
            self.names.add_columns(first.relation, named);
        }
        for column in &table.columns {
            self.names.spell(column.type_id, column.modifier);
        }
        self.rows.columns.extend(table.columns);
        Ok(())
    }

    pub(super) fn add_default(&mut self, row: DefaultRow) {
        if let Some(value) = row.value {
            let value = once(&mut self.texts, &value);
            self.rows.values.push(((row.relation, row.number), value));
        }
    }

    pub(super) fn add_comment(&mut self, row: CommentRow) {
        match i16::try_from(row.part) {
            Ok(0) | Err(_) => self.names.extras.add_comment(row.id, row.text),
            Ok(number) => self.rows.comments.push(((row.id, number), row.text)),
        }
    }

    pub(super) fn add_check(&mut self, row: CheckRow) {
        if let Some(expression) = row.expression {
            self.rows.checks.insert(row.id, expression);
        }
    }

    pub(super) fn add_index(&mut self, row: IndexRow) {
        self.names.add_index(row.id, Text::clone(&row.name));
        self.rows.indexes.push(row);
    }

    /// Leaves the schemas that the scope names.
    pub(super) fn keep_schemas(&mut self, scope: &InspectScope) {
        self.schemas.retain(|schema| match &scope.schema {
            Some(wanted) => *schema.name == **wanted,
            None => scope.system || !is_system(&schema.name),
        });
        self.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    }

    pub(super) fn schema_ids(&self) -> Vec<u32> {
        self.schemas.iter().map(|schema| schema.id).collect()
    }
}

fn once(texts: &mut HashSet<Text>, text: &str) -> Text {
    if let Some(kept) = texts.get(text) {
        return Text::clone(kept);
    }
    if texts.len() >= MOST_TEXTS {
        texts.clear();
    }
    let kept = Text::from(text);
    texts.insert(Text::clone(&kept));
    kept
}
