//! Keys, checks and indexes of a table, and the names of its constraints; what
//! it refers to in other tables is read beside this.
//!
//! SQLite asks for no names of constraints, and for none to be distinct. One
//! without a name is called by what it holds, as in `unique (artist, title)`,
//! so that it keeps its name when another is added; a name that stands twice
//! in a table gets a number behind it. Checks without a name are counted.

use std::collections::HashSet;

use model::Text;
use model::snapshot::{CheckDetail, IndexDetail, IndexPart, KeyDetail, Object};

use crate::ddl::{self, IndexClause, KeyClause, TableClauses};
use crate::rows::{ColumnRow, IndexRow, IndexedPart, Origin, StatementRow};

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
        Object::new(name.unwrap_or_else(|| ddl::shared("primary key")), detail).attribute_if(
            "on_conflict",
            notable(clause.and_then(|clause| clause.conflict.clone())),
        ),
    )
}

/// The unique constraints, in the order of their indexes' names, and behind them
/// those that share the index of another or of the primary key.
pub(super) fn uniques(indexes: &[IndexRow], clauses: &TableClauses) -> Vec<Object<KeyDetail>> {
    let mut left: Vec<&KeyClause> = clauses.keys.iter().filter(|key| !key.primary).collect();
    if left.is_empty() && indexes.iter().all(|row| row.origin != Origin::Unique) {
        return Vec::new();
    }
    let held: Vec<KeyIndex<'_>> = by_name(indexes)
        .into_iter()
        .filter_map(|parts| {
            let first = parts.first()?;
            Some(KeyIndex {
                name: &first.name,
                origin: first.origin,
                columns: parts.iter().filter_map(|part| part.column()).collect(),
                collations: parts.iter().map(|part| part.spoken_collation()).collect(),
            })
        })
        .filter(|index| index.origin != Origin::Statement)
        .collect();
    let mut found: Vec<(&KeyIndex<'_>, Option<&KeyClause>)> = held
        .iter()
        .filter(|index| index.origin == Origin::Unique)
        .map(|index| {
            let clause = left.iter().position(|clause| index.holds(clause, clauses));
            (index, clause.map(|position| left.remove(position)))
        })
        .collect();
    // SQLite makes no second index for a key that it has an index for.
    found.extend(left.into_iter().filter_map(|clause| {
        let index = held.iter().find(|index| index.holds(clause, clauses))?;
        Some((index, Some(clause)))
    }));
    let mut taken = Taken::default();
    found
        .into_iter()
        .map(|(index, clause)| index.unique(clause, &mut taken))
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

/// The indexes, by name.
pub(super) fn indexes(
    rows: &[IndexRow],
    statements: &[StatementRow],
    clauses: &TableClauses,
) -> Vec<Object<IndexDetail>> {
    by_name(rows)
        .into_iter()
        .filter_map(|parts| {
            let first = parts.first()?;
            let definition = statements
                .iter()
                .find(|statement| statement.name == first.name && &*statement.sort == "index")
                .and_then(|statement| statement.sql.clone());
            let clause = clause(definition.as_deref().unwrap_or_default(), parts);
            let parts = parts
                .iter()
                .enumerate()
                .map(|(position, row)| part(row, position, &clause, clauses))
                .collect();
            let detail = IndexDetail {
                method: ddl::shared("btree"),
                unique: first.unique,
                primary: first.origin == Origin::PrimaryKey,
                valid: true,
                parts,
                predicate: clause.predicate,
                definition,
            };
            Some(Object::new(Text::clone(&first.name), detail))
        })
        .collect()
}

/// What the statement of an index says; it is read only where something may stand in
/// it that the rows do not tell.
fn clause(sql: &str, parts: &[IndexRow]) -> IndexClause {
    let is_told = |row: &IndexRow| row.part != IndexedPart::Expression;
    let predicate = sql.as_bytes().windows(5);
    let mut predicate = predicate.filter(|word| word.eq_ignore_ascii_case(b"where"));
    if parts.iter().all(is_told) && predicate.next().is_none() {
        return IndexClause::default();
    }
    let collations: Vec<_> = parts.iter().map(IndexRow::notable_collation).collect();
    ddl::parse_index(sql, &collations)
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
        prefix: None,
    }
}

/// The parts of each index, in the order of their names.
fn by_name(rows: &[IndexRow]) -> Vec<&[IndexRow]> {
    let mut groups: Vec<_> = rows.chunk_by(|one, other| one.name == other.name).collect();
    groups.sort_by_key(|parts| parts.first().map(|row| &row.name));
    groups
}

fn same<T: AsRef<str>, U: AsRef<str>>(left: &[T], right: &[U]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| left.as_ref().eq_ignore_ascii_case(right.as_ref()))
}

/// An index that SQLite made for a key.
struct KeyIndex<'a> {
    name: &'a Text,
    origin: Origin,
    columns: Vec<Text>,
    collations: Vec<&'a str>,
}

impl KeyIndex<'_> {
    /// Whether it is the index of this key: keys may differ by how they compare alone.
    fn holds(&self, key: &KeyClause, clauses: &TableClauses) -> bool {
        let collations: Vec<&str> = key
            .columns
            .iter()
            .zip(&key.collations)
            .map(|(column, own)| {
                let of_column = || clauses.column(column)?.collation.as_deref();
                own.as_deref().or_else(of_column).unwrap_or(PLAIN_COLLATION)
            })
            .collect();
        same(&key.columns, &self.columns) && same(&collations, &self.collations)
    }

    /// The constraint that it holds, with what the statement says of it.
    fn unique(&self, clause: Option<&KeyClause>, taken: &mut Taken) -> Object<KeyDetail> {
        let name = clause.and_then(|clause| clause.name.clone());
        let name = taken.name(name, || format!("unique ({})", self.columns.join(", ")));
        let conflict = clause.and_then(|clause| clause.conflict.clone());
        let detail = KeyDetail {
            columns: self.columns.clone(),
            index: Some(Text::clone(self.name)),
            ..KeyDetail::default()
        };
        Object::new(name, detail).attribute_if("on_conflict", notable(conflict))
    }
}

impl IndexRow {
    /// Its collation, where it is not the one of a part of which nothing is said.
    fn notable_collation(&self) -> Option<&str> {
        self.collation
            .as_deref()
            .filter(|own| !own.eq_ignore_ascii_case(PLAIN_COLLATION))
    }

    /// Its collation, also where it is the plain one.
    fn spoken_collation(&self) -> &str {
        self.collation.as_deref().unwrap_or(PLAIN_COLLATION)
    }

    fn column(&self) -> Option<Text> {
        match &self.part {
            IndexedPart::Column(name) => Some(Text::clone(name)),
            IndexedPart::Rowid | IndexedPart::Expression => None,
        }
    }
}

/// The names that a table's constraints of one kind have so far.
#[derive(Debug, Default)]
pub(super) struct Taken(HashSet<Text>);

impl Taken {
    pub(super) fn name(&mut self, given: Option<Text>, made: impl FnOnce() -> String) -> Text {
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
