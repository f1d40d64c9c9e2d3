//! From what was answered to the snapshot, in the order that people read.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use model::SnapshotBuilder;
use model::snapshot::{DatabaseBuilder, Object, OtherDetail, RelationBuilder, SchemaBuilder};

use super::catalog::Catalog;
use crate::convert::{self, Constraint};
use crate::rows::{ConstraintRow, OtherRow, RelationRow};
use crate::variant::Facts;

/// Builds the database with everything that was read of it.
pub(super) fn build(catalog: Catalog, facts: &Facts, out: &mut SnapshotBuilder) {
    let catalog = Grouped::of(catalog);
    let Some(mut database) = begin(&catalog.rows, out) else {
        return;
    };
    let mut relations = catalog.rows.relations.iter().peekable();
    for (place, schema) in catalog.rows.schemas.iter().enumerate() {
        let mut schema_builder = database.schema(convert::schema(schema));
        while let Some(relation) = relations
            .next_if(|relation| catalog.schema_places.get(&relation.schema) == Some(&place))
        {
            catalog.relation(relation, facts, &mut schema_builder);
        }
        for row in part(&catalog.rows.others, &catalog.others, schema.id) {
            schema_builder.object(catalog.other(row));
        }
    }
    for row in part(&catalog.rows.others, &catalog.others, 0) {
        database.object(catalog.other(row));
    }
}

/// Builds the server with what belongs to no database.
pub(super) fn server(catalog: Catalog, facts: &Facts, out: &mut SnapshotBuilder) {
    let catalog = Grouped::of(catalog);
    let mut server = out.server(convert::server(facts));
    for row in &catalog.rows.others {
        server.object(catalog.other(row));
    }
}

/// Builds the database without anything inside.
pub(super) fn database_only(catalog: Catalog, out: &mut SnapshotBuilder) {
    begin(&catalog, out);
}

fn begin<'a>(catalog: &Catalog, out: &'a mut SnapshotBuilder) -> Option<DatabaseBuilder<'a>> {
    catalog
        .database
        .as_ref()
        .map(|row| out.database(convert::database(row)))
}

/// The answers, sorted, with the place of each relation's rows.
struct Grouped {
    rows: Catalog,
    schema_places: HashMap<u32, usize>,
    columns: HashMap<u32, Range<usize>>,
    constraints: HashMap<u32, Range<usize>>,
    indexes: HashMap<u32, Range<usize>>,
    triggers: HashMap<u32, Range<usize>>,
    /// By what they stand in: a table, a schema, or 0.
    others: HashMap<u32, Range<usize>>,
}

impl Grouped {
    fn of(mut rows: Catalog) -> Self {
        let schema_places: HashMap<_, _> = rows
            .schemas
            .iter()
            .enumerate()
            .map(|(place, schema)| (schema.id, place))
            .collect();
        rows.relations.sort_by(|a, b| {
            let place = |relation: &RelationRow| schema_places.get(&relation.schema);
            place(a).cmp(&place(b)).then_with(|| a.name.cmp(&b.name))
        });
        leave_out_echoes(&mut rows.constraints);
        rows.columns
            .sort_by_key(|column| (column.relation, column.number));
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
        rows.others.sort_by(|a, b| {
            let key = |row: &OtherRow| (row.place, row.kind);
            key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
        });
        Self {
            others: ranges(&rows.others, |row| row.place),
            columns: ranges(&rows.columns, |row| row.relation),
            constraints: ranges(&rows.constraints, |row| row.relation),
            indexes: ranges(&rows.indexes, |row| row.relation),
            triggers: ranges(&rows.triggers, |row| row.relation),
            schema_places,
            rows,
        }
    }

    fn relation(&self, relation: &RelationRow, facts: &Facts, schema: &mut SchemaBuilder<'_>) {
        let indexes = part(&self.rows.indexes, &self.indexes, relation.id);
        let parents = self
            .rows
            .parents
            .get(&relation.id)
            .map_or(&[][..], Vec::as_slice);
        let object = convert::relation(relation, parents, indexes, &self.rows.names, facts);
        let mut builder = match relation.kind {
            'v' => schema.view(object),
            'm' => schema.materialized_view(object),
            'f' => schema.foreign_table(object),
            _ => schema.table(object),
        };
        self.parts(relation.id, facts, &mut builder);
    }

    fn parts(&self, relation: u32, facts: &Facts, builder: &mut RelationBuilder<'_>) {
        let names = &self.rows.names;
        for row in part(&self.rows.columns, &self.columns, relation) {
            builder.column(convert::column(row, names));
        }
        for row in part(&self.rows.constraints, &self.constraints, relation) {
            match convert::constraint(row, names) {
                Constraint::PrimaryKey(object) => builder.primary_key(object),
                Constraint::Unique(object) => builder.unique(object),
                Constraint::ForeignKey(object) => builder.foreign_key(object),
                Constraint::Check(object) => builder.check(object),
                Constraint::Exclusion(object) => builder.exclusion(object),
            }
        }
        for row in part(&self.rows.indexes, &self.indexes, relation) {
            builder.index(convert::index(row, names, facts));
        }
        for row in part(&self.rows.triggers, &self.triggers, relation) {
            builder.trigger(convert::trigger(row, names));
        }
        for row in part(&self.rows.others, &self.others, relation) {
            builder.object(self.other(row));
        }
    }

    fn other(&self, row: &OtherRow) -> Object<OtherDetail> {
        let needs = self.rows.names.extras.needs(row.kind, row.id);
        convert::other(row, needs)
    }
}

/// A foreign key to a partitioned table brings one more for each partition
/// there, on the same table: those are the server's own.
fn leave_out_echoes(constraints: &mut Vec<ConstraintRow>) {
    let relations: HashMap<u32, u32> = constraints
        .iter()
        .map(|row| (row.id, row.relation))
        .collect();
    constraints.retain(|row| row.parent == 0 || relations.get(&row.parent) != Some(&row.relation));
}

/// Where the rows of each relation lie among rows that are sorted by relation.
fn ranges<R>(rows: &[R], relation: impl Fn(&R) -> u32) -> HashMap<u32, Range<usize>> {
    let mut ranges: HashMap<u32, Range<usize>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        ranges.entry(relation(row)).or_insert(place..place).end = place + 1;
    }
    ranges
}

fn part<'r, R>(rows: &'r [R], ranges: &HashMap<u32, Range<usize>>, relation: u32) -> &'r [R] {
    ranges
        .get(&relation)
        .and_then(|range| rows.get(range.clone()))
        .unwrap_or_default()
}
