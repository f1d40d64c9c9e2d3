//! From what was answered to snapshots, in the order that people read.

use std::cmp::Ordering;
use std::ops::Range;

use model::snapshot::{DatabaseBuilder, Object, OtherDetail, RelationBuilder, SchemaBuilder};
use model::{Snapshot, SnapshotBuilder};

use super::catalog::{Catalog, Rows};
use crate::convert::{self, Constraint, Names};
use crate::numbered::Numbered;
use crate::rows::{ConstraintRow, IndexRow, OtherRow, RelationRow, SchemaRow, TriggerRow};
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
    let mut rows = std::mem::take(&mut catalog.rows);
    leave_out_echoes(&mut rows.constraints);
    for check in rows.constraints.iter_mut().filter(|row| row.kind == 'c') {
        check.definition = rows.checks.remove(&check.id);
    }
    let sorted = Sorted::of(&rows, &catalog.schemas);
    sorted.keep_referable(&mut catalog.names);
    let columns = catalog.names.columns.len();
    let mut out = SnapshotBuilder::with_capacity(rows.len() + columns + catalog.schemas.len() + 1);
    if let Some(mut database) = begin(catalog, &mut out) {
        for relations in sorted.relations.chunk_by(|a, b| a.0 == b.0) {
            let schema = relations.first();
            let schema = schema.and_then(|(place, _)| catalog.schemas.get(*place));
            let Some(schema) = schema else { continue };
            let mut schema = database.schema(convert::schema(schema));
            for (_, relation) in relations {
                sorted.relation(relation, &catalog.names, facts, &mut schema);
            }
        }
    }
    rows.clear();
    catalog.rows = rows;
    catalog.names.forget_tables();
    out.finish()
}

/// The objects of the rarer kinds that stand in no table.
pub(super) fn rest(catalog: &mut Catalog) -> Snapshot {
    let others = std::mem::take(&mut catalog.others);
    let others = ByRelation::of(&others, |row| row.place, by_kind_and_name);
    let mut out = SnapshotBuilder::default();
    if let Some(mut database) = begin(catalog, &mut out) {
        for schema in &catalog.schemas {
            let rows = others.part(schema.id);
            if rows.is_empty() {
                continue;
            }
            let mut schema = database.schema(convert::schema(schema));
            for row in rows {
                schema.object(other(row, &catalog.names));
            }
        }
        for row in others.part(0) {
            database.object(other(row, &catalog.names));
        }
    }
    out.finish()
}

/// Builds the server with what belongs to no database.
pub(super) fn server(catalog: Catalog, facts: &Facts, out: &mut SnapshotBuilder) {
    let others = ByRelation::of(&catalog.others, |row| row.place, by_kind_and_name);
    let mut server = out.server(convert::server(facts));
    for row in others.part(0) {
        server.object(other(row, &catalog.names));
    }
}

fn begin<'a>(catalog: &Catalog, out: &'a mut SnapshotBuilder) -> Option<DatabaseBuilder<'a>> {
    catalog
        .database
        .as_ref()
        .map(|row| out.database(convert::database(row)))
}

/// The rows of a portion in the order that people read.
struct Sorted<'r> {
    rows: &'r Rows,
    /// Each with the place of its schema.
    relations: Vec<(usize, &'r RelationRow)>,
    constraints: ByRelation<'r, ConstraintRow>,
    indexes: ByRelation<'r, IndexRow>,
    triggers: ByRelation<'r, TriggerRow>,
    others: ByRelation<'r, OtherRow>,
}

impl<'r> Sorted<'r> {
    fn of(rows: &'r Rows, schemas: &[SchemaRow]) -> Self {
        let places = schemas.iter().zip(0..);
        let places: Numbered<_, _> = places.map(|(schema, place)| (schema.id, place)).collect();
        let relations = rows.relations.iter();
        let mut relations: Vec<_> = relations
            .filter_map(|relation| Some((*places.get(&relation.schema)?, relation)))
            .collect();
        relations.sort_by(|(one, a), (other, b)| (one, &a.name).cmp(&(other, &b.name)));
        let rank = |row: &ConstraintRow| match row.kind {
            'p' => 0,
            'u' => 1,
            'f' => 2,
            'c' => 3,
            _ => 4,
        };
        Self {
            rows,
            relations,
            constraints: ByRelation::of(
                &rows.constraints,
                |row| row.relation,
                |a, b| rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name)),
            ),
            indexes: ByRelation::of(
                &rows.indexes,
                |row| row.relation,
                |a, b| a.name.cmp(&b.name),
            ),
            triggers: ByRelation::of(
                &rows.triggers,
                |row| row.relation,
                |a, b| a.name.cmp(&b.name),
            ),
            others: ByRelation::of(&rows.others, |row| row.place, by_kind_and_name),
        }
    }

    /// Keeps the names that keys of tables read later may need.
    fn keep_referable(&self, names: &mut Names) {
        let mut numbers = Vec::new();
        for (_, relation) in &self.relations {
            numbers.clear();
            for index in self.indexes.part(relation.id) {
                if index.unique {
                    numbers.extend(index.columns.iter());
                }
            }
            for constraint in self.constraints.part(relation.id) {
                if matches!(constraint.kind, 'p' | 'u' | 'x') {
                    numbers.extend(constraint.columns.iter());
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
        let indexes = self.indexes.part(relation.id).iter();
        let index_pages = indexes.map(|index| index.pages).sum();
        let parents = self.rows.parents.get(&relation.id);
        let parents = parents.map_or(&[][..], Vec::as_slice);
        let object = convert::relation(relation, parents, index_pages, names, facts);
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
        for row in names.columns.of(id) {
            builder.column(convert::column(row, relation, names));
        }
        for row in self.constraints.part(id) {
            match convert::constraint(row, names) {
                Constraint::PrimaryKey(object) => builder.primary_key(object),
                Constraint::Unique(object) => builder.unique(object),
                Constraint::ForeignKey(object) => builder.foreign_key(object),
                Constraint::Check(object) => builder.check(object),
                Constraint::Exclusion(object) => builder.exclusion(object),
            }
        }
        for row in self.indexes.part(id) {
            builder.index(convert::index(row, names, facts));
        }
        for row in self.triggers.part(id) {
            builder.trigger(convert::trigger(row, names));
        }
        for row in self.others.part(id) {
            builder.object(other(row, names));
        }
    }
}

/// Rows by the relation that they belong to, those of one in an order of their own. The rows
/// stay where they are: they are large.
struct ByRelation<'r, R> {
    sorted: Vec<&'r R>,
    ranges: Numbered<u32, Range<usize>>,
}

impl<'r, R> ByRelation<'r, R> {
    fn of(rows: &'r [R], relation: impl Fn(&R) -> u32, order: impl Fn(&R, &R) -> Ordering) -> Self {
        let mut sorted: Vec<_> = rows.iter().collect();
        // The server mostly gives them so.
        sorted.sort_by_key(|row| relation(row));
        let mut ranges = Numbered::default();
        let mut start = 0;
        for part in sorted.chunk_by_mut(|a, b| relation(a) == relation(b)) {
            part.sort_by(|a, b| order(a, b));
            let end = start + part.len();
            ranges.extend(part.first().map(|row| (relation(row), start..end)));
            start = end;
        }
        Self { sorted, ranges }
    }

    fn part(&self, relation: u32) -> &[&'r R] {
        let range = self.ranges.get(&relation).cloned();
        range
            .and_then(|range| self.sorted.get(range))
            .unwrap_or_default()
    }
}

fn other(row: &OtherRow, names: &Names) -> Object<OtherDetail> {
    convert::other(row, names.extras.needs(row.kind, row.id))
}

fn by_kind_and_name(a: &OtherRow, b: &OtherRow) -> Ordering {
    a.kind.cmp(&b.kind).then_with(|| a.name.cmp(&b.name))
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
