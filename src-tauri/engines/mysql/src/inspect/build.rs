//! From what was answered to snapshots, in the order that people read.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use model::snapshot::{DatabaseBuilder, RelationBuilder, Warning};
use model::{Snapshot, SnapshotBuilder, Text};

use super::catalog::{Catalog, Parts};
use crate::convert::{self, Granted, Known};
use crate::rows::{DatabaseRow, ParameterRow, RelationRow, RoutineRow, TriggerRow};
use crate::variant::Facts;

/// What is known of a database before its tables are.
pub(super) struct Frame {
    row: DatabaseRow,
    known: Known,
    privileges: Option<Vec<Text>>,
    triggers: Vec<TriggerRow>,
    triggers_of: Ranges,
}

impl Frame {
    /// Takes what it needs out of the answers; absent where there is no such database.
    pub(super) fn of(rows: &mut Catalog, facts: &Facts) -> Option<Self> {
        let row = rows.database.clone()?;
        let relations = rows.relations.iter().map(|row| (&row.name, &row.kind));
        let named = rows.names.iter().map(|row| (&row.name, &row.kind));
        let functions = rows.routines.iter().filter(|row| &*row.kind == "FUNCTION");
        let known = Known {
            mariadb: facts.is_mariadb(),
            database: row.name.clone(),
            relations: relations
                .chain(named)
                .map(|(name, kind)| (name.clone(), convert::kind_of(kind)))
                .collect(),
            functions: functions
                .map(|row| (row.name.clone(), convert::kind_of_routine(row)))
                .collect(),
            granted: Granted::of(std::mem::take(&mut rows.privileges)),
        };
        let mut triggers = std::mem::take(&mut rows.triggers);
        triggers.sort_by(|a, b| (&a.relation, &a.name).cmp(&(&b.relation, &b.name)));
        Some(Self {
            row,
            privileges: known.granted.on_database(),
            known,
            triggers_of: ranges(&triggers, |row| &row.relation),
            triggers,
        })
    }

    /// The database's name.
    pub(super) fn database(&self) -> &str {
        &self.row.name
    }

    /// The database alone, with these warnings.
    pub(super) fn alone(&self, warnings: Vec<Warning>) -> Snapshot {
        let mut out = SnapshotBuilder::default();
        drop(self.begin(&mut out));
        warnings.into_iter().for_each(|warning| out.warn(warning));
        out.finish()
    }

    /// The database with what stands in it beside its tables and views.
    pub(super) fn with_others(&self, rows: &Catalog) -> Snapshot {
        let mut out = SnapshotBuilder::default();
        let mut database = self.begin(&mut out);
        self.others(rows, &mut database);
        drop(database);
        out.finish()
    }

    /// The database with these tables and views, of which these are all parts.
    pub(super) fn with_tables(&self, parts: &Grouped, relations: &[&RelationRow]) -> Snapshot {
        let mut out = SnapshotBuilder::default();
        let mut database = self.begin(&mut out);
        for relation in relations {
            self.relation(parts, relation, &mut database);
        }
        drop(database);
        out.finish()
    }

    fn begin<'b>(&self, out: &'b mut SnapshotBuilder) -> DatabaseBuilder<'b> {
        out.database(convert::database(&self.row, self.privileges.clone()))
    }

    fn relation(&self, parts: &Grouped, row: &RelationRow, database: &mut DatabaseBuilder<'_>) {
        let name = &row.name;
        match &*row.kind {
            "SEQUENCE" => {}
            "VIEW" | "SYSTEM VIEW" => {
                let view = parts.views.get(name);
                let view = view.and_then(|place| parts.rows.views.get(*place));
                let mut builder = database.view(convert::view(row, view, &self.known));
                self.columns(parts, name, &mut builder);
            }
            _ => {
                let partitions = part(&parts.rows.partitions, &parts.partitions, name);
                let object = convert::table(row, partitions, &self.known);
                let mut builder = database.table(object);
                self.columns(parts, name, &mut builder);
                self.parts(parts, name, &mut builder);
                for object in convert::partitions(partitions) {
                    builder.object(object);
                }
            }
        }
    }

    fn columns(&self, parts: &Grouped, relation: &Text, builder: &mut RelationBuilder<'_>) {
        for row in part(&parts.rows.columns, &parts.columns, relation) {
            builder.column(convert::column(row, &self.known));
        }
    }

    fn parts(&self, parts: &Grouped, relation: &Text, builder: &mut RelationBuilder<'_>) {
        let rows = &parts.rows;
        let index_parts = part(&rows.index_parts, &parts.index_parts, relation);
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
        let columns = part(&rows.foreign_columns, &parts.foreign_columns, relation);
        let rules = part(&rows.foreign_rules, &parts.foreign_rules, relation);
        for columns in columns.chunk_by(|a, b| a.name == b.name) {
            let name = columns.first().map(|first| &first.name);
            let rule = rules.iter().find(|rule| Some(&rule.name) == name);
            if let Some(object) = convert::foreign_key(columns, rule, &self.known) {
                builder.foreign_key(object);
            }
        }
        for row in part(&rows.checks, &parts.checks, relation) {
            builder.check(convert::check(row, &self.known));
        }
        for parts in &indexes {
            if let Some(object) = convert::index(parts, &self.known) {
                builder.index(object);
            }
        }
        for row in part(&self.triggers, &self.triggers_of, relation) {
            builder.trigger(convert::trigger(row));
        }
    }

    fn others(&self, rows: &Catalog, database: &mut DatabaseBuilder<'_>) {
        let sequences = places(&rows.sequences, |row| row.name.clone());
        for relation in &rows.relations {
            if &*relation.kind == "SEQUENCE" {
                let row = sequences.get(&relation.name);
                let row = row.and_then(|place| rows.sequences.get(*place));
                database.object(convert::sequence(relation, row, &self.known));
            }
        }
        let mut parameters: BTreeMap<(&str, &str), Vec<&ParameterRow>> = BTreeMap::new();
        for row in &rows.parameters {
            let of: &mut Vec<_> = parameters.entry((&row.kind, &row.routine)).or_default();
            of.push(row);
        }
        for of in parameters.values_mut() {
            of.sort_by_key(|row| row.place);
        }
        // A package bundles routines and is none itself.
        let single = |row: &&RoutineRow| !row.kind.starts_with("PACKAGE");
        let mut routines: Vec<_> = rows.routines.iter().filter(single).collect();
        routines.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        for row in routines {
            let parameters = parameters
                .get(&(&*row.kind, &*row.name))
                .map_or(&[][..], Vec::as_slice);
            database.object(convert::routine(row, parameters));
        }
        let mut events: Vec<_> = rows.events.iter().collect();
        events.sort_by(|a, b| a.name.cmp(&b.name));
        for row in events {
            database.object(convert::event(row));
        }
    }
}

/// The parts of some tables, sorted, with the place of each table's rows.
pub(super) struct Grouped {
    pub(super) rows: Parts,
    columns: Ranges,
    index_parts: Ranges,
    foreign_columns: Ranges,
    foreign_rules: Ranges,
    checks: Ranges,
    partitions: Ranges,
    views: HashMap<Text, usize>,
}

/// Where the rows of each relation lie among rows that are sorted by relation.
type Ranges = HashMap<Text, Range<usize>>;

impl Grouped {
    pub(super) fn of(mut rows: Parts) -> Self {
        rows.columns
            .sort_by(|a, b| (&a.relation, a.ordinal).cmp(&(&b.relation, b.ordinal)));
        rows.index_parts.sort_by(|a, b| {
            (&a.relation, &a.index, a.place).cmp(&(&b.relation, &b.index, b.place))
        });
        rows.foreign_columns
            .sort_by(|a, b| (&a.relation, &a.name, a.place).cmp(&(&b.relation, &b.name, b.place)));
        rows.foreign_rules
            .sort_by(|a, b| a.relation.cmp(&b.relation));
        rows.checks
            .sort_by(|a, b| (&a.relation, &a.name).cmp(&(&b.relation, &b.name)));
        rows.partitions.sort_by(|a, b| {
            (&a.relation, a.place, a.part_place).cmp(&(&b.relation, b.place, b.part_place))
        });
        Self {
            columns: ranges(&rows.columns, |row| &row.relation),
            index_parts: ranges(&rows.index_parts, |row| &row.relation),
            foreign_columns: ranges(&rows.foreign_columns, |row| &row.relation),
            foreign_rules: ranges(&rows.foreign_rules, |row| &row.relation),
            checks: ranges(&rows.checks, |row| &row.relation),
            partitions: ranges(&rows.partitions, |row| &row.relation),
            views: places(&rows.views, |row| row.name.clone()),
            rows,
        }
    }
}

fn ranges<R>(rows: &[R], relation: impl Fn(&R) -> &Text) -> Ranges {
    let mut ranges = Ranges::new();
    let mut begin = 0;
    for rows in rows.chunk_by(|a, b| relation(a) == relation(b)) {
        let range = begin..begin + rows.len();
        begin = range.end;
        if let Some(first) = rows.first() {
            ranges.insert(relation(first).clone(), range);
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
