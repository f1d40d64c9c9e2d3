//! Keys, checks, foreign keys and indexes of a table.
//!
//! SQLite asks for no names of constraints, and for none to be distinct. One
//! without a name is called by what it holds, as in `unique (artist, title)`,
//! so that it keeps its name when another is added; a name that stands twice
//! in a table gets a number behind it. Checks without a name are counted.

use std::collections::HashSet;

use model::Text;
use model::snapshot::{
    CheckDetail, ForeignKeyDetail, IndexDetail, IndexPart, KeyDetail, MatchType, Object,
    ReferentialAction, RelationName,
};

use super::Parents;
use crate::ddl::{self, IndexClause, KeyClause, TableClauses};
use crate::rows::{ColumnRow, ForeignKeyRow, IndexRow, IndexedPart, Origin, StatementRow};

/// What SQLite compares text by where nothing is said.
const PLAIN_COLLATION: &str = "BINARY";

/// The primary key, if there is one.
pub(super) fn primary_key(
    columns: &[ColumnRow],
    indexes: &[IndexRow],
    clauses: &TableClauses,
) -> Option<Object<KeyDetail>> {
    let mut key: Vec<_> = columns.iter().filter(|column| column.key > 0).collect();
    key.sort_by_key(|column| column.key);
    if key.is_empty() {
        return None;
    }
    let clause = clauses.keys.iter().find(|clause| clause.primary);
    let index = indexes
        .iter()
        .find(|index| index.origin == Origin::PrimaryKey);
    let detail = KeyDetail {
        columns: key
            .into_iter()
            .map(|column| Text::clone(&column.name))
            .collect(),
        index: index.map(|index| Text::clone(&index.name)),
        ..KeyDetail::default()
    };
    let name = clause.and_then(|clause| clause.name.clone());
    Some(
        Object::new(name.unwrap_or_else(|| "primary key".into()), detail).attribute_if(
            "on_conflict",
            notable(clause.and_then(|clause| clause.conflict.clone())),
        ),
    )
}

/// The unique constraints, in the order of their indexes' names.
pub(super) fn uniques(indexes: &[IndexRow], clauses: &TableClauses) -> Vec<Object<KeyDetail>> {
    let mut taken = Taken::default();
    let mut left: Vec<&KeyClause> = clauses.keys.iter().filter(|key| !key.primary).collect();
    by_name(indexes)
        .into_iter()
        .filter(|(_, parts)| parts.iter().any(|part| part.origin == Origin::Unique))
        .map(|(index, parts)| {
            let columns: Vec<Text> = parts.iter().filter_map(|part| part.column()).collect();
            let clause = left
                .iter()
                .position(|clause| same(&clause.columns, &columns));
            let clause = clause.map(|position| left.remove(position));
            let name = clause.and_then(|clause| clause.name.clone());
            let name = taken.name(name, || format!("unique ({})", columns.join(", ")));
            let conflict = clause.and_then(|clause| clause.conflict.clone());
            let detail = KeyDetail {
                columns,
                index: Some(Text::clone(index)),
                ..KeyDetail::default()
            };
            Object::new(name, detail).attribute_if("on_conflict", notable(conflict))
        })
        .collect()
}

/// The checks, in the order of the statement.
pub(super) fn checks(clauses: &TableClauses) -> Vec<Object<CheckDetail>> {
    let mut taken = Taken::default();
    let mut unnamed = 0;
    clauses
        .checks
        .iter()
        .map(|check| {
            let name = taken.name(check.name.clone(), || {
                unnamed += 1;
                format!("check {unnamed}")
            });
            let expression = Text::clone(&check.expression);
            Object::new(
                name,
                CheckDetail {
                    expression,
                    validated: true,
                },
            )
        })
        .collect()
}

/// The foreign keys, in the order of the statement.
pub(super) fn foreign_keys(
    rows: &[ForeignKeyRow],
    clauses: &TableClauses,
    parents: &Parents,
) -> Vec<Object<ForeignKeyDetail>> {
    let mut keys: Vec<(i64, Vec<&ForeignKeyRow>)> = Vec::new();
    for row in rows {
        match keys.last_mut() {
            Some((id, columns)) if *id == row.id => columns.push(row),
            _ => keys.push((row.id, vec![row])),
        }
    }
    // SQLite numbers them from the last to the first.
    keys.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    let read_whole = keys.len() == clauses.foreign_keys.len();
    let mut taken = Taken::default();
    keys.iter()
        .enumerate()
        .filter_map(|(position, (_, rows))| {
            let clause = clauses.foreign_keys.get(position).filter(|_| read_whole);
            let first = rows.first()?;
            let columns: Vec<Text> = rows.iter().map(|row| Text::clone(&row.column)).collect();
            let name = clause.and_then(|clause| clause.name.clone());
            let name = taken.name(name, || format!("foreign key ({})", columns.join(", ")));
            let parent = parents.get(&first.parent);
            let table = parent.map_or(&first.parent, |parent| &parent.name);
            let detail = ForeignKeyDetail {
                columns,
                references: RelationName {
                    schema: None,
                    name: Text::clone(table),
                },
                referenced_columns: referenced(rows, parents),
                on_update: action(&first.on_update),
                on_delete: action(&first.on_delete),
                // SQLite reads MATCH and treats every key as simple.
                match_type: MatchType::Simple,
                deferral: clause.map(|clause| clause.deferral).unwrap_or_default(),
                validated: true,
            };
            Some(Object::new(name, detail))
        })
        .collect()
}

/// The indexes, by name.
pub(super) fn indexes(
    rows: &[IndexRow],
    statements: &[StatementRow],
    clauses: &TableClauses,
) -> Vec<Object<IndexDetail>> {
    by_name(rows)
        .into_iter()
        .filter_map(|(name, parts)| {
            let first = parts.first()?;
            let definition = statements
                .iter()
                .find(|statement| &*statement.sort == "index" && statement.name == *name)
                .and_then(|statement| statement.sql.clone());
            let clause = ddl::parse_index(definition.as_deref().unwrap_or_default());
            let parts = parts
                .iter()
                .enumerate()
                .map(|(position, row)| part(row, position, &clause, clauses))
                .collect();
            let detail = IndexDetail {
                method: "btree".into(),
                unique: first.unique,
                primary: first.origin == Origin::PrimaryKey,
                valid: true,
                parts,
                predicate: clause.predicate,
                definition,
            };
            Some(Object::new(Text::clone(name), detail))
        })
        .collect()
}

/// What a conflict resolves to, where that is not what SQLite does anyway.
pub(super) fn notable(conflict: Option<Text>) -> Option<Text> {
    conflict.filter(|conflict| &**conflict != "abort")
}

fn part(
    row: &IndexRow,
    position: usize,
    clause: &IndexClause,
    clauses: &TableClauses,
) -> IndexPart {
    let column = row.column();
    let expression = match &row.part {
        IndexedPart::Column(_) => None,
        IndexedPart::Rowid => Some("rowid".into()),
        IndexedPart::Expression => Some(clause.parts.get(position).cloned().unwrap_or_default()),
    };
    let of_column = column
        .as_ref()
        .and_then(|column| clauses.column(column))
        .and_then(|column| column.collation.clone());
    let usual = of_column.as_deref().unwrap_or(PLAIN_COLLATION);
    let collation = row
        .collation
        .clone()
        .filter(|own| !own.eq_ignore_ascii_case(usual));
    IndexPart {
        column,
        expression,
        included: false,
        descending: row.descending,
        nulls_first: None,
        collation,
    }
}

/// The columns that a foreign key refers to, as the table there spells them; its
/// primary key where the foreign key names only the table.
fn referenced(rows: &[&ForeignKeyRow], parents: &Parents) -> Vec<Text> {
    let parent = rows.first().and_then(|row| parents.get(&row.parent));
    let named: Vec<&Text> = rows
        .iter()
        .filter_map(|row| row.parent_column.as_ref())
        .collect();
    if named.is_empty() {
        let mut key: Vec<_> = parent
            .into_iter()
            .flat_map(|parent| &parent.columns)
            .filter(|c| c.1 > 0)
            .collect();
        key.sort_by_key(|(_, place)| *place);
        return key.into_iter().map(|(name, _)| Text::clone(name)).collect();
    }
    let spelled = |name: &Text| {
        let mut columns = parent.into_iter().flat_map(|parent| &parent.columns);
        let found = columns.find(|(column, _)| column.eq_ignore_ascii_case(name));
        Text::clone(found.map_or(name, |(column, _)| column))
    };
    named.into_iter().map(spelled).collect()
}

fn action(words: &str) -> ReferentialAction {
    match words {
        "RESTRICT" => ReferentialAction::Restrict,
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull,
        "SET DEFAULT" => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}

/// The parts of each index, by its name.
fn by_name(rows: &[IndexRow]) -> Vec<(&Text, Vec<&IndexRow>)> {
    let mut groups: Vec<(&Text, Vec<&IndexRow>)> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some((name, parts)) if **name == row.name => parts.push(row),
            _ => groups.push((&row.name, vec![row])),
        }
    }
    groups.sort_by_key(|(name, _)| *name);
    groups
}

fn same(left: &[Text], right: &[Text]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| left.eq_ignore_ascii_case(right))
}

impl IndexRow {
    fn column(&self) -> Option<Text> {
        match &self.part {
            IndexedPart::Column(name) => Some(Text::clone(name)),
            IndexedPart::Rowid | IndexedPart::Expression => None,
        }
    }
}

/// The names that a table's constraints of one kind have so far.
#[derive(Debug, Default)]
struct Taken(HashSet<Text>);

impl Taken {
    fn name(&mut self, given: Option<Text>, made: impl FnOnce() -> String) -> Text {
        let name = given.unwrap_or_else(|| made().into());
        let mut distinct = Text::clone(&name);
        let mut count = 1;
        while !self.0.insert(Text::clone(&distinct)) {
            count += 1;
            distinct = format!("{name} {count}").into();
        }
        distinct
    }
}
