//! Foreign keys of a table: what it refers to in others.

use model::Text;
use model::snapshot::{ForeignKeyDetail, MatchType, Object, ReferentialAction, RelationName};

use super::keys::Taken;
use super::{Parent, Parents};
use crate::ddl::TableClauses;
use crate::rows::ForeignKeyRow;

/// The foreign keys, in the order of the statement.
pub(super) fn foreign_keys(
    rows: &[ForeignKeyRow],
    clauses: &TableClauses,
    parents: &Parents,
) -> Vec<Object<ForeignKeyDetail>> {
    let mut keys: Vec<_> = rows.chunk_by(|one, other| one.id == other.id).collect();
    // SQLite numbers them from the last to the first.
    keys.sort_by_key(|rows| std::cmp::Reverse(rows.first().map(|row| row.id)));
    let read_whole = keys.len() == clauses.foreign_keys.len();
    let mut taken = Taken::default();
    keys.into_iter()
        .enumerate()
        .filter_map(|(position, rows)| {
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
                referenced_columns: referenced(rows, parent),
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

/// The columns that a foreign key refers to, as the table there spells them; its
/// primary key where the foreign key names only the table.
fn referenced(rows: &[ForeignKeyRow], parent: Option<&Parent>) -> Vec<Text> {
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
