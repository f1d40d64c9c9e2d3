//! From what was answered to the snapshot, in the order that people read.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use engine::InspectScope;
use model::snapshot::{DatabaseBuilder, RelationBuilder};
use model::{SnapshotBuilder, Text};

use super::catalog::Catalog;
use crate::convert::{self, Granted, Known};
use crate::rows::{ParameterRow, RelationRow, RoutineRow};
use crate::variant::Facts;

/// Builds the database with everything that was read of it.
pub(super) fn build(
    catalog: Catalog,
    scope: &InspectScope,
    facts: &Facts,
    out: &mut SnapshotBuilder,
) {
    let catalog = Grouped::of(catalog, facts);
    let Some(row) = &catalog.rows.database else {
        return;
    };
    let privileges = catalog.known.granted.on_database();
    let mut database = out.database(convert::database(row, privileges));
    for relation in &catalog.rows.relations {
        catalog.relation(relation, &mut database);
    }
    if scope.table.is_none() {
        catalog.rest(&mut database);
    }
}

/// The answers, sorted, with the place of each relation's rows.
struct Grouped {
    rows: Catalog,
    known: Known,
    columns: Ranges,
    index_parts: Ranges,
    foreign_columns: Ranges,
    checks: Ranges,
    triggers: Ranges,
    partitions: Ranges,
    views: HashMap<Text, usize>,
    rules: HashMap<(Text, Text), usize>,
}

/// Where the rows of each relation lie among rows that are sorted by relation.
type Ranges = HashMap<Text, Range<usize>>;

impl Grouped {
    fn of(mut rows: Catalog, facts: &Facts) -> Self {
        let known = Known {
            mariadb: facts.is_mariadb(),
            database: rows
                .database
                .as_ref()
                .map(|row| row.name.clone())
                .unwrap_or_default(),
            relations: rows
                .relations
                .iter()
                .map(|row| (&row.name, &row.kind))
                .chain(rows.names.iter().map(|row| (&row.name, &row.kind)))
                .map(|(name, kind)| (name.clone(), convert::kind_of(kind)))
                .collect(),
            functions: rows
                .routines
                .iter()
                .filter(|row| &*row.kind == "FUNCTION")
                .map(|row| (row.name.clone(), convert::kind_of_routine(row)))
                .collect(),
            granted: Granted::of(std::mem::take(&mut rows.privileges)),
        };
        rows.relations.sort_by(|a, b| a.name.cmp(&b.name));
        rows.columns
            .sort_by(|a, b| (&a.relation, a.ordinal).cmp(&(&b.relation, b.ordinal)));
        rows.index_parts.sort_by(|a, b| {
            (&a.relation, &a.index, a.place).cmp(&(&b.relation, &b.index, b.place))
        });
        rows.foreign_columns
            .sort_by(|a, b| (&a.relation, &a.name, a.place).cmp(&(&b.relation, &b.name, b.place)));
        rows.checks
            .sort_by(|a, b| (&a.relation, &a.name).cmp(&(&b.relation, &b.name)));
        rows.triggers
            .sort_by(|a, b| (&a.relation, &a.name).cmp(&(&b.relation, &b.name)));
        rows.partitions.sort_by(|a, b| {
            (&a.relation, a.place, a.part_place).cmp(&(&b.relation, b.place, b.part_place))
        });
        rows.routines
            .sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        rows.parameters.sort_by_key(|row| row.place);
        rows.events.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            columns: ranges(&rows.columns, |row| &row.relation),
            index_parts: ranges(&rows.index_parts, |row| &row.relation),
            foreign_columns: ranges(&rows.foreign_columns, |row| &row.relation),
            checks: ranges(&rows.checks, |row| &row.relation),
            triggers: ranges(&rows.triggers, |row| &row.relation),
            partitions: ranges(&rows.partitions, |row| &row.relation),
            views: places(&rows.views, |row| row.name.clone()),
            rules: places(&rows.foreign_rules, |row| {
                (row.relation.clone(), row.name.clone())
            }),
            known,
            rows,
        }
    }

    fn relation(&self, row: &RelationRow, database: &mut DatabaseBuilder<'_>) {
        let name = &row.name;
        match &*row.kind {
            "SEQUENCE" => {}
            "VIEW" | "SYSTEM VIEW" => {
                let view = self
                    .views
                    .get(name)
                    .and_then(|place| self.rows.views.get(*place));
                let mut builder = database.view(convert::view(row, view, &self.known));
                self.columns(name, &mut builder);
            }
            _ => {
                let partitions = part(&self.rows.partitions, &self.partitions, name);
                let object = convert::table(row, partitions, &self.known);
                let mut builder = database.table(object);
                self.columns(name, &mut builder);
                self.parts(name, &mut builder);
                for object in convert::partitions(partitions) {
                    builder.object(object);
                }
            }
        }
    }

    fn columns(&self, relation: &Text, builder: &mut RelationBuilder<'_>) {
        for row in part(&self.rows.columns, &self.columns, relation) {
            builder.column(convert::column(row, &self.known));
        }
    }

    fn parts(&self, relation: &Text, builder: &mut RelationBuilder<'_>) {
        let index_parts = part(&self.rows.index_parts, &self.index_parts, relation);
        let indexes: Vec<_> = index_parts.chunk_by(|a, b| a.index == b.index).collect();
        for parts in &indexes {
            if let Some(object) = convert::primary_key(parts) {
                builder.primary_key(object);
            }
        }
        for parts in &indexes {
            if let Some(object) = convert::unique(parts) {
                builder.unique(object);
            }
        }
        let columns = part(&self.rows.foreign_columns, &self.foreign_columns, relation);
        for columns in columns.chunk_by(|a, b| a.name == b.name) {
            let key = columns
                .first()
                .map(|first| (first.relation.clone(), first.name.clone()));
            let rule = key
                .and_then(|key| self.rules.get(&key))
                .and_then(|place| self.rows.foreign_rules.get(*place));
            if let Some(object) = convert::foreign_key(columns, rule, &self.known) {
                builder.foreign_key(object);
            }
        }
        for row in part(&self.rows.checks, &self.checks, relation) {
            builder.check(convert::check(row, &self.known));
        }
        for parts in &indexes {
            if let Some(object) = convert::index(parts, &self.known) {
                builder.index(object);
            }
        }
        for row in part(&self.rows.triggers, &self.triggers, relation) {
            builder.trigger(convert::trigger(row));
        }
    }

    /// What stands in the database beside its tables and views.
    fn rest(&self, database: &mut DatabaseBuilder<'_>) {
        let sequences = places(&self.rows.sequences, |row| row.name.clone());
        for relation in &self.rows.relations {
            if &*relation.kind == "SEQUENCE" {
                let row = sequences
                    .get(&relation.name)
                    .and_then(|place| self.rows.sequences.get(*place));
                database.object(convert::sequence(relation, row, &self.known));
            }
        }
        let mut parameters: BTreeMap<(&str, &str), Vec<&ParameterRow>> = BTreeMap::new();
        for row in &self.rows.parameters {
            let of: &mut Vec<_> = parameters.entry((&row.kind, &row.routine)).or_default();
            of.push(row);
        }
        // A package bundles routines and is none itself.
        let single = |row: &&RoutineRow| !row.kind.starts_with("PACKAGE");
        for row in self.rows.routines.iter().filter(single) {
            let parameters = parameters
                .get(&(&*row.kind, &*row.name))
                .map_or(&[][..], Vec::as_slice);
            database.object(convert::routine(row, parameters));
        }
        for row in &self.rows.events {
            database.object(convert::event(row));
        }
    }
}

fn ranges<R>(rows: &[R], relation: impl Fn(&R) -> &Text) -> Ranges {
    let mut ranges = Ranges::new();
    for (place, row) in rows.iter().enumerate() {
        let relation = relation(row);
        match ranges.get_mut(relation) {
            Some(range) => range.end = place + 1,
            None => {
                ranges.insert(relation.clone(), place..place + 1);
            }
        }
    }
    ranges
}

fn part<'r, R>(rows: &'r [R], ranges: &Ranges, relation: &Text) -> &'r [R] {
    ranges
        .get(relation)
        .and_then(|range| rows.get(range.clone()))
        .unwrap_or_default()
}

fn places<R, K: Eq + std::hash::Hash>(rows: &[R], key: impl Fn(&R) -> K) -> HashMap<K, usize> {
    rows.iter()
        .enumerate()
        .map(|(place, row)| (key(row), place))
        .collect()
}
