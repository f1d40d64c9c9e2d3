//! What was answered so far: what holds for the whole reading, and the rows of the
//! portion at hand until it is a snapshot.

use std::collections::HashMap;

use engine::InspectScope;
use model::snapshot::{ObjectName, Warning};
use model::{ObjectKind, Text};

use super::is_system;
use super::question::Question;
use super::sums::{Part, Sums};
use crate::convert::Names;
use crate::numbered::{Numbered, Texts};
use crate::rows::{
    CheckRow, CommentRow, ConstraintRow, DatabaseRow, DefaultRow, IdentityRow, IndexRow, LockedRow,
    MarkRow, MomentRow, OtherRow, ParentRow, PortionsRow, RelationRow, SchemaRow, TableColumns,
    TriggerRow,
};

/// How many texts are kept once; what comes later repeats less.
const MOST_TEXTS: usize = 50_000;

/// How much is read into one portion: columns, and some more for each table.
const PORTION_WEIGHT: u32 = 4_000;
const TABLE_WEIGHT: u32 = 8;

/// The answers, as rows.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) database: Option<DatabaseRow>,
    /// Those of the scope, by their names.
    pub(super) schemas: Vec<SchemaRow>,
    /// When this is, and where: in this database, or in which ones.
    pub(super) moments: Vec<MomentRow>,
    /// What a database shows of the tables that all share: of itself, and of others.
    pub(super) shared: HashMap<u32, (String, String)>,
    /// How many rows had been written in a database before it was read.
    pub(super) writes: HashMap<u32, String>,
    /// Databases in which more may have been written than is counted, once that is known.
    pub(super) writers: Option<Vec<u32>>,
    /// What the rows of the server's catalogue add up to.
    pub(super) marks: Vec<MarkRow>,
    /// What the rows that were read add up to.
    pub(super) sums: Sums,
    /// Remainders of the tables that were touched by changes elsewhere.
    pub(super) touched: Vec<u32>,
    /// Tables and views, in the portions that they are read in.
    pub(super) portions: Vec<TablesAtOnce>,
    /// Whether all tables that keys refer to are read.
    pub(super) all: bool,
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
    texts: Texts,
}

/// Tables and views that are read together.
#[derive(Debug)]
pub(super) struct TablesAtOnce {
    pub(super) tables: u64,
    /// Their numbers, as the server reads a list.
    pub(super) ids: String,
    /// Tables up to this number are known by the time that these are complete.
    pub(super) known: u32,
}

/// The rows of the tables and views of one portion.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) relations: Vec<RelationRow>,
    /// What each table inherits from or is a partition of.
    pub(super) parents: Numbered<u32, Vec<ObjectName>>,
    pub(super) constraints: Vec<ConstraintRow>,
    pub(super) checks: Numbered<u32, Text>,
    pub(super) indexes: Vec<IndexRow>,
    pub(super) triggers: Vec<TriggerRow>,
    /// Rules and policies.
    pub(super) others: Vec<OtherRow>,
}

impl Rows {
    /// How many tables, views and parts of them there are, without their columns.
    pub(super) fn len(&self) -> usize {
        let parts = self.constraints.len() + self.indexes.len() + self.triggers.len();
        self.relations.len() + parts + self.others.len()
    }

    /// Forgets all rows; the next portion has about as many.
    pub(super) fn clear(&mut self) {
        self.relations.clear();
        self.parents.clear();
        self.constraints.clear();
        self.checks.clear();
        self.indexes.clear();
        self.triggers.clear();
        self.others.clear();
    }
}

impl Catalog {
    /// The first closed table of the catalogue that is wanted.
    pub(super) fn closed(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut closed = self.closed_catalogues.iter();
        closed.find(|name| wanted(name)).cloned()
    }

    /// Whether this user may ask all of these questions.
    pub(super) fn are_open_to(&self, questions: &[Question]) -> bool {
        let mut questions = questions.iter();
        questions.all(|question| self.closed(|name| question.reads(name)).is_none())
    }

    /// Whether all that was written in a database by the time of the question is counted.
    pub(super) fn has_counted(&self, database: u32) -> bool {
        let writers = self.writers.as_ref();
        writers.is_some_and(|writers| !writers.contains(&database))
    }

    /// How many tables and views there are.
    pub(super) fn tables(&self) -> u64 {
        self.portions.iter().map(|portion| portion.tables).sum()
    }

    /// Parts the tables and views.
    pub(super) fn add_portions(&mut self, row: &PortionsRow) {
        self.all = !row.elsewhere;
        let mut tables: Vec<_> = row.ids.iter().zip(row.columns.iter()).collect();
        tables.sort_unstable();
        let mut rest = tables.as_slice();
        while !rest.is_empty() {
            let mut weight = 0;
            let within = rest.iter().take_while(|(_, columns)| {
                let before = weight;
                weight += *columns + TABLE_WEIGHT;
                before < PORTION_WEIGHT
            });
            let (portion, later) = rest.split_at(within.count());
            let ids: Vec<_> = portion.iter().map(|(id, _)| id.to_string()).collect();
            self.portions.push(TablesAtOnce {
                tables: u64::try_from(portion.len()).unwrap_or(0),
                ids: format!("{{{}}}", ids.join(",")),
                known: portion.last().map_or(0, |(id, _)| **id),
            });
            rest = later;
        }
    }

    pub(super) fn add_relation(&mut self, row: RelationRow) {
        let (count, more) = (1, row.pages + row.row_estimate);
        self.sums
            .add(Part::Relations, row.id, (count, row.age, more));
        self.sums
            .add(Part::Names, row.id, (count, 0, row.name_mark));
        self.rows.relations.push(row);
    }

    pub(super) fn add_constraint(&mut self, row: ConstraintRow) {
        self.sums
            .add(Part::Constraints, row.relation, (1, row.age, 0));
        self.rows.constraints.push(row);
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
        if self.schemas.iter().any(|schema| schema.id == row.schema) {
            let marks = (1, row.class_age, row.estimates);
            self.sums.add(Part::Sequences, row.sequence, marks);
        }
        self.sums.add(Part::Counts, row.sequence, (1, row.age, 0));
        match (row.relation, row.number) {
            (Some(relation), Some(number)) => self.names.extras.add_identity(relation, number, row),
            _ => self.sequences.push(row.sequence),
        }
    }

    pub(super) fn add_columns(&mut self, row: &sqlx::postgres::PgRow) -> Result<(), sqlx::Error> {
        let (texts, names) = (&mut self.texts, &mut self.names);
        let table = TableColumns::read(row, &mut names.columns, |text| once(texts, text))?;
        for options in table.options {
            names.extras.add_column(options);
        }
        for (id, modifier, spelling) in table.spellings {
            names.add_spelling(id, modifier, spelling);
        }
        names.spell(table.relation);
        let marks = (table.count, table.ages, table.names_mark);
        self.sums.add(Part::Columns, table.relation, marks);
        Ok(())
    }

    pub(super) fn add_default(&mut self, row: DefaultRow) {
        self.sums.add(Part::Defaults, row.relation, (1, row.age, 0));
        let column = self.names.columns.find_mut(row.relation, row.number);
        if let (Some(column), Some(value)) = (column, row.value) {
            column.value = Some(once(&mut self.texts, &value));
        }
    }

    pub(super) fn add_comment(&mut self, row: CommentRow) {
        match i16::try_from(row.part) {
            Ok(0) | Err(_) => self.names.extras.add_comment(row.id, row.text),
            Ok(number) => {
                if let Some(column) = self.names.columns.find_mut(row.id, number) {
                    column.comment = Some(row.text);
                }
            }
        }
    }

    pub(super) fn add_check(&mut self, row: CheckRow) {
        if let Some(expression) = row.expression {
            self.rows.checks.insert(row.id, expression);
        }
    }

    pub(super) fn add_index(&mut self, row: IndexRow) {
        let usable = i64::from(!row.invalid);
        self.sums
            .add(Part::Indexes, row.relation, (1, row.age, usable));
        self.sums
            .add(Part::IndexClasses, row.id, (1, row.class_age, row.pages));
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

fn once(texts: &mut Texts, text: &str) -> Text {
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
