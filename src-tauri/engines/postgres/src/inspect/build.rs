//! From what was answered to snapshots, in the order that people read.

use std::cmp::Reverse;
use std::ops::Range;

use model::snapshot::{DatabaseBuilder, Object, OtherDetail, RelationBuilder, SchemaBuilder};
use model::{Snapshot, SnapshotBuilder, Text};

use super::catalog::{Catalog, Rows};
use crate::convert::{self, Constraint, Names};
use crate::numbered::Numbered;
use crate::rows::{ColumnRow, ConstraintRow, OtherRow, RelationRow};
use crate::variant::Facts;

/// The database with its schemas and what is told of the reading.
pub(super) fn head(catalog: &mut Catalog) -> Snapshot {
    let mut out = SnapshotBuilder::default();
    for warning in catalog.warnings.drain(..) {
        out.warn(warning);
    }
    if let Some(mut database) = begin(catalog, &mut out) {
        for schema in &catalog.schemas {
            database.schema(convert::schema(schema));
        }
    }
    out.finish()
}

/// The tables and views at hand, which are forgotten.
pub(super) fn tables(catalog: &mut Catalog, facts: &Facts) -> Snapshot {
    let rows = catalog.take_rows();
    let mut out = SnapshotBuilder::default();
    if let Some(mut database) = begin(catalog, &mut out) {
        let places: Numbered<_, _> = catalog
            .schemas
            .iter()
            .enumerate()
            .map(|(place, schema)| (schema.id, place))
            .collect();
        let rows = Grouped::of(rows, &places);
        rows.keep_referable(&mut catalog.names);
        let mut relations = rows.rows.relations.iter().peekable();
        while let Some(first) = relations.peek() {
            let id = first.schema;
            let schema = places
                .get(&id)
                .and_then(|place| catalog.schemas.get(*place));
            let Some(schema) = schema else {
                relations.next();
                continue;
            };
            let mut schema = database.schema(convert::schema(schema));
            while let Some(relation) = relations.next_if(|relation| relation.schema == id) {
                rows.relation(relation, &catalog.names, facts, &mut schema);
            }
        }
    }
    catalog.names.forget_tables();
    out.finish()
}

/// The objects of the rarer kinds that stand in no table.
pub(super) fn rest(catalog: &mut Catalog) -> Snapshot {
    let mut others = std::mem::take(&mut catalog.others);
    sort_others(&mut others);
    let places = ranges(&others, |row| row.place);
    let mut out = SnapshotBuilder::default();
    if let Some(mut database) = begin(catalog, &mut out) {
        for schema in &catalog.schemas {
            let rows = part(&others, &places, schema.id);
            if rows.is_empty() {
                continue;
            }
            let mut schema = database.schema(convert::schema(schema));
            for row in rows {
                schema.object(other(row, &catalog.names));
            }
        }
        for row in part(&others, &places, 0) {
            database.object(other(row, &catalog.names));
        }
    }
    out.finish()
}

/// Builds the server with what belongs to no database.
pub(super) fn server(mut catalog: Catalog, facts: &Facts, out: &mut SnapshotBuilder) {
    sort_others(&mut catalog.others);
    let mut server = out.server(convert::server(facts));
    for row in &catalog.others {
        server.object(other(row, &catalog.names));
    }
}

fn begin<'a>(catalog: &Catalog, out: &'a mut SnapshotBuilder) -> Option<DatabaseBuilder<'a>> {
    catalog
        .database
        .as_ref()
        .map(|row| out.database(convert::database(row)))
}

/// The rows of a portion, sorted, with the place of each relation's rows.
struct Grouped {
    rows: Rows,
    columns: Numbered<u32, Range<usize>>,
    constraints: Numbered<u32, Range<usize>>,
    indexes: Numbered<u32, Range<usize>>,
    triggers: Numbered<u32, Range<usize>>,
    others: Numbered<u32, Range<usize>>,
}

impl Grouped {
    fn of(mut rows: Rows, schema_places: &Numbered<u32, usize>) -> Self {
        rows.relations.sort_by(|a, b| {
            let place = |relation: &RelationRow| schema_places.get(&relation.schema);
            place(a).cmp(&place(b)).then_with(|| a.name.cmp(&b.name))
        });
        leave_out_echoes(&mut rows.constraints);
        rows.columns.sort_by_key(key);
        merge(&mut rows.columns, &mut rows.values, |column, value| {
            column.value = Some(value);
        });
        merge(&mut rows.columns, &mut rows.comments, |column, comment| {
            column.comment = Some(comment);
        });
        for check in rows.constraints.iter_mut().filter(|row| row.kind == 'c') {
            check.definition = rows.checks.remove(&check.id);
        }
        rows.constraints.sort_by(|a, b| {
            let rank = |kind| Reverse("xcfup".find(kind));
            a.relation
                .cmp(&b.relation)
                .then_with(|| rank(a.kind).cmp(&rank(b.kind)))
                .then_with(|| a.name.cmp(&b.name))
        });
        rows.indexes.sort_by(|a, b| {
            a.relation
                .cmp(&b.relation)
                .then_with(|| a.name.cmp(&b.name))
        });
        rows.triggers.sort_by(|a, b| {
            a.relation
                .cmp(&b.relation)
                .then_with(|| a.name.cmp(&b.name))
        });
        sort_others(&mut rows.others);
        Self {
            others: ranges(&rows.others, |row| row.place),
            columns: ranges(&rows.columns, |row| row.relation),
            constraints: ranges(&rows.constraints, |row| row.relation),
            indexes: ranges(&rows.indexes, |row| row.relation),
            triggers: ranges(&rows.triggers, |row| row.relation),
            rows,
        }
    }

    /// Keeps the names that keys of tables read later may need.
    fn keep_referable(&self, names: &mut Names) {
        let mut numbers = Vec::new();
        for relation in &self.rows.relations {
            numbers.clear();
            for index in part(&self.rows.indexes, &self.indexes, relation.id) {
                if index.unique {
                    numbers.extend(&index.columns);
                }
            }
            for constraint in part(&self.rows.constraints, &self.constraints, relation.id) {
                if matches!(constraint.kind, 'p' | 'u' | 'x') {
                    numbers.extend(&constraint.columns);
                }
            }
            if !numbers.is_empty() {
                numbers.sort_unstable();
                numbers.dedup();
                names.add_referable(relation.id, relation.schema, &relation.name, &numbers);
            }
        }
        names.sort_referable();
    }

    fn relation(
        &self,
        relation: &RelationRow,
        names: &Names,
        facts: &Facts,
        schema: &mut SchemaBuilder<'_>,
    ) {
        let indexes = part(&self.rows.indexes, &self.indexes, relation.id);
        let parents = self
            .rows
            .parents
            .get(&relation.id)
            .map_or(&[][..], Vec::as_slice);
        let object = convert::relation(relation, parents, indexes, names, facts);
        let mut builder = match relation.kind {
            'v' => schema.view(object),
            'm' => schema.materialized_view(object),
            'f' => schema.foreign_table(object),
            _ => schema.table(object),
        };
        self.parts(relation, names, facts, &mut builder);
    }

    fn parts(
        &self,
        relation: &RelationRow,
        names: &Names,
        facts: &Facts,
        builder: &mut RelationBuilder<'_>,
    ) {
        let id = relation.id;
        for row in part(&self.rows.columns, &self.columns, id) {
            builder.column(convert::column(row, relation, names));
        }
        for row in part(&self.rows.constraints, &self.constraints, id) {
            match convert::constraint(row, names) {
                Constraint::PrimaryKey(object) => builder.primary_key(object),
                Constraint::Unique(object) => builder.unique(object),
                Constraint::ForeignKey(object) => builder.foreign_key(object),
                Constraint::Check(object) => builder.check(object),
                Constraint::Exclusion(object) => builder.exclusion(object),
            }
        }
        for row in part(&self.rows.indexes, &self.indexes, id) {
            builder.index(convert::index(row, names, facts));
        }
        for row in part(&self.rows.triggers, &self.triggers, id) {
            builder.trigger(convert::trigger(row, names));
        }
        for row in part(&self.rows.others, &self.others, id) {
            builder.object(other(row, names));
        }
    }
}

fn other(row: &OtherRow, names: &Names) -> Object<OtherDetail> {
    convert::other(row, names.extras.needs(row.kind, row.id))
}

fn sort_others(others: &mut [OtherRow]) {
    others.sort_by(|a, b| {
        let key = |row: &OtherRow| (row.place, row.kind);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
}

fn key(column: &ColumnRow) -> (u32, i16) {
    (column.relation, column.number)
}

/// Gives texts about columns to the columns, which are sorted.
fn merge(
    columns: &mut [ColumnRow],
    texts: &mut Vec<((u32, i16), Text)>,
    give: impl Fn(&mut ColumnRow, Text),
) {
    texts.sort_by_key(|(place, _)| *place);
    let mut texts = texts.drain(..).peekable();
    for column in columns {
        while texts.next_if(|(place, _)| *place < key(column)).is_some() {}
        if let Some((_, text)) = texts.next_if(|(place, _)| *place == key(column)) {
            give(column, text);
        }
    }
}

/// A foreign key to a partitioned table brings one more for each partition
/// there, on the same table: those are the server's own.
fn leave_out_echoes(constraints: &mut Vec<ConstraintRow>) {
    if constraints.iter().all(|row| row.said.parent == 0) {
        return;
    }
    let relations: Numbered<u32, u32> = constraints
        .iter()
        .map(|row| (row.id, row.relation))
        .collect();
    constraints.retain(|row| {
        row.said.parent == 0 || relations.get(&row.said.parent) != Some(&row.relation)
    });
}

/// Where the rows of each relation lie among rows that are sorted by relation.
fn ranges<R>(rows: &[R], relation: impl Fn(&R) -> u32) -> Numbered<u32, Range<usize>> {
    let mut ranges: Numbered<u32, Range<usize>> = Numbered::default();
    for (place, row) in rows.iter().enumerate() {
        ranges.entry(relation(row)).or_insert(place..place).end = place + 1;
    }
    ranges
}

fn part<'r, R>(rows: &'r [R], ranges: &Numbered<u32, Range<usize>>, relation: u32) -> &'r [R] {
    ranges
        .get(&relation)
        .and_then(|range| rows.get(range.clone()))
        .unwrap_or_default()
}
