//! What chance decides of a schema, and the tables that come of it.

use model::snapshot::{Deferral, ReferentialAction};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Column, ForeignKey, Index, Table};

/// A name that needs care; the number behind it keeps names apart.
fn name() -> impl Strategy<Value = String> {
    "[a-zA-Z_ .,()\"'`;é🎻\n-]{0,5}"
}

/// A schema of a few tables.
pub(super) fn schema() -> impl Strategy<Value = Vec<Table>> {
    vec((name(), draft()), 1..4).prop_map(|tables| {
        let names: Vec<String> = tables
            .iter()
            .enumerate()
            .map(|(number, (name, _))| format!("{name}t{number}"))
            .collect();
        let drafts = tables.into_iter().map(|(_, draft)| draft).enumerate();
        drafts
            .map(|(number, draft)| draft.table(number, &names))
            .collect()
    })
}

/// What chance decides of a table.
#[derive(Debug, Clone)]
struct Draft {
    columns: Vec<Column>,
    constraint: String,
    has_key: bool,
    has_unique: bool,
    checks: Vec<&'static str>,
    foreign_keys: Vec<(usize, ReferentialAction, Deferral)>,
    indexes: Vec<(bool, bool, Option<&'static str>, Option<&'static str>)>,
}

fn draft() -> impl Strategy<Value = Draft> {
    let types = [
        "",
        "INT",
        "TEXT",
        "VARCHAR(10)",
        "DECIMAL(10, 2)",
        "DOUBLE PRECISION",
        "BLOB",
    ];
    let defaults = [
        None,
        Some("1"),
        Some("'it''s, (x)'"),
        Some("-2.5"),
        Some("CURRENT_DATE"),
        Some("1 + (2)"),
    ];
    let column = (
        name(),
        select(types.to_vec()),
        any::<bool>(),
        select(defaults.to_vec()),
        select(vec![None, Some("NOCASE"), Some("RTRIM")]),
    )
        .prop_map(|(name, type_text, not_null, default, collation)| Column {
            name,
            type_text: type_text.to_owned(),
            not_null,
            default: default.map(str::to_owned),
            collation: collation.map(str::to_owned),
        });
    let checks = vec![
        "1 < 2",
        "')' <> '(' -- , (\n",
        "(1 + 2) * 3 > 0",
        "'CHECK (' NOT NULL",
    ];
    let actions = vec![
        ReferentialAction::NoAction,
        ReferentialAction::Restrict,
        ReferentialAction::Cascade,
        ReferentialAction::SetNull,
        ReferentialAction::SetDefault,
    ];
    let deferrals = vec![
        Deferral::NotDeferrable,
        Deferral::InitiallyImmediate,
        Deferral::InitiallyDeferred,
    ];
    let expressions = vec![None, Some("1 + (2)"), Some("'a, b' || ')'")];
    let predicates = vec![None, Some("1 < 2"), Some("'WHERE' <> ')'")];
    (
        vec(column, 3..7),
        name(),
        any::<bool>(),
        any::<bool>(),
        vec(select(checks), 0..3),
        vec((0..4_usize, select(actions), select(deferrals)), 0..3),
        vec(
            (
                any::<bool>(),
                any::<bool>(),
                select(expressions),
                select(predicates),
            ),
            0..3,
        ),
    )
        .prop_map(
            |(columns, constraint, has_key, has_unique, checks, foreign_keys, indexes)| Draft {
                columns,
                constraint,
                has_key,
                has_unique,
                checks,
                foreign_keys,
                indexes,
            },
        )
}

impl Draft {
    fn table(self, number: usize, names: &[String]) -> Table {
        let columns: Vec<Column> = self
            .columns
            .into_iter()
            .enumerate()
            .map(|(position, column)| Column {
                name: format!("{}c{position}", column.name),
                ..column
            })
            .collect();
        let column = |position: usize| columns[position].name.clone();
        let called = |what: &str| format!("{}{what}", self.constraint);
        let checks = self.checks.iter().enumerate();
        let keys = self.foreign_keys.iter().enumerate();
        let mut indexes: Vec<Index> = self
            .indexes
            .iter()
            .enumerate()
            .map(
                |(position, (unique, descending, expression, predicate))| Index {
                    name: format!("{}i{number}x{position}", self.constraint),
                    unique: *unique,
                    parts: match expression {
                        None => vec![(Ok(column(2)), *descending), (Ok(column(0)), false)],
                        Some(expression) => {
                            vec![
                                (Ok(column(1)), false),
                                (Err((*expression).to_owned()), *descending),
                            ]
                        }
                    },
                    predicate: predicate.map(str::to_owned),
                },
            )
            .collect();
        indexes.sort_by(|a, b| a.name.cmp(&b.name));
        Table {
            name: names[number].clone(),
            primary_key: self
                .has_key
                .then(|| (called("pk"), vec![column(1), column(0)])),
            unique: self
                .has_unique
                .then(|| (called("uq"), vec![column(2), column(1)])),
            checks: checks
                .map(|(position, check)| (called(&format!("ck{position}")), trimmed(check)))
                .collect(),
            foreign_keys: keys
                .map(|(position, (parent, on_delete, deferral))| ForeignKey {
                    name: called(&format!("fk{position}")),
                    columns: vec![column(1), column(position % 2 * 2)],
                    parent: names[parent % names.len()].clone(),
                    parent_columns: vec!["left".to_owned(), "right \"side\"".to_owned()],
                    on_delete: *on_delete,
                    deferral: *deferral,
                })
                .collect(),
            indexes,
            columns,
        }
    }
}

/// A check without the comment behind it, which is no part of its expression.
fn trimmed(check: &str) -> String {
    check.split(" --").next().unwrap_or_default().to_owned()
}
