//! Tables, views and sequences.

use std::collections::BTreeSet;

use model::snapshot::{Object, ObjectName, OtherDetail, RelationDetail, Statistics, TableForm};
use model::{Amount, ObjectKind, Text};

use super::Known;
use super::partition::partition_key;
use crate::rows::{PartitionRow, RelationRow, SequenceRow, ViewRow};
use crate::secret::without_passwords;

/// What a row of the tables stands for, by its type.
pub(crate) fn kind_of(table_type: &str) -> ObjectKind {
    match table_type {
        "VIEW" | "SYSTEM VIEW" => ObjectKind::View,
        "SEQUENCE" => ObjectKind::Sequence,
        _ => ObjectKind::Table,
    }
}

/// A table.
pub(crate) fn table(
    row: &RelationRow,
    partitions: &[PartitionRow],
    known: &Known,
) -> Object<RelationDetail> {
    let detail = RelationDetail {
        form: if partitions.is_empty() {
            TableForm::Ordinary
        } else {
            TableForm::Partitioned
        },
        partition_key: partition_key(partitions),
        ..RelationDetail::default()
    };
    let charset = row.collation.as_deref().map(charset_of);
    Object::new(Text::clone(&row.name), detail)
        .comment(comment(row))
        .statistics(Statistics {
            rows: row.rows.map(Amount::from),
            bytes: row.bytes.map(Amount::from),
            index_bytes: row.index_bytes.map(Amount::from),
        })
        .attribute_if("engine", row.engine.clone())
        .attribute_if("row_format", row.row_format.clone())
        .attribute_if("charset", charset)
        .attribute_if("collation", row.collation.clone())
        .attribute_if("options", options(row))
        .attribute_if(
            "system_versioned",
            (&*row.kind == "SYSTEM VERSIONED").then_some(true),
        )
        .attribute_if("privileges", known.granted.on_relation(&row.name))
}

/// Whether the server cannot open it; it says why in place of a comment.
pub(crate) fn is_broken(row: &RelationRow) -> bool {
    let said = row.comment.as_deref().unwrap_or_default();
    match &*row.kind {
        "VIEW" => !matches!(said, "" | "VIEW"),
        _ => !said.is_empty() && row.engine.is_none(),
    }
}

fn comment(row: &RelationRow) -> Option<Text> {
    let comment = row.comment.as_deref().filter(|_| !is_broken(row))?;
    Some(without_passwords(comment).into())
}

/// The options of a table without the word that only says that it has partitions.
fn options(row: &RelationRow) -> Option<String> {
    let words: Vec<_> = row
        .options
        .as_deref()?
        .split(' ')
        .filter(|word| !word.is_empty() && *word != "partitioned")
        .collect();
    (!words.is_empty()).then(|| without_passwords(&words.join(" ")))
}

fn charset_of(collation: &str) -> &str {
    collation.split('_').next().unwrap_or(collation)
}

/// A view; what the server keeps of it may be hidden from this user.
pub(crate) fn view(
    row: &RelationRow,
    view: Option<&ViewRow>,
    known: &Known,
) -> Object<RelationDetail> {
    let query = view.and_then(|view| view.query.clone());
    let needs = query
        .as_deref()
        .map(|query| needs(query, &row.name, known))
        .filter(|needs| !needs.is_empty());
    let detail = RelationDetail {
        definition: query,
        ..RelationDetail::default()
    };
    let told = |of: fn(&ViewRow) -> &Text, usual: &str| {
        let text = of(view?);
        (&**text != usual && !text.is_empty()).then(|| text.to_lowercase())
    };
    Object::new(Text::clone(&row.name), detail)
        .attribute_if("definer", view.map(|view| Text::clone(&view.definer)))
        .attribute_if("security", told(|view| &view.security, ""))
        .attribute_if("check_option", told(|view| &view.check_option, "NONE"))
        .attribute_if(
            "updatable",
            view.filter(|view| view.updatable).map(|_| true),
        )
        .attribute_if(
            "algorithm",
            view.and_then(|view| view.algorithm.as_ref())
                .filter(|algorithm| &***algorithm != "UNDEFINED")
                .map(|algorithm| algorithm.to_lowercase()),
        )
        .attribute_if("depends_on", needs)
        .attribute_if("privileges", known.granted.on_relation(&row.name))
}

/// The tables, views and functions of this database that a view's query names.
///
/// Servers keep the query with every name in backticks and behind its database.
fn needs(query: &str, own: &str, known: &Known) -> Vec<ObjectName> {
    let mut found = BTreeSet::new();
    let names = backticked(query);
    for (place, (name, start, end)) in names.iter().enumerate() {
        // Some servers leave the database of a function out.
        let called = query.get(*end..).is_some_and(|rest| rest.starts_with('('));
        let before = place.checked_sub(1).and_then(|before| names.get(before));
        let own_database = match before {
            Some((database, _, dot)) if query.get(*dot..*start) == Some(".") => {
                *database == *known.database
            }
            _ => called,
        };
        if !own_database || name == own {
            continue;
        }
        let kinds = if called {
            &known.functions
        } else {
            &known.relations
        };
        if let Some((name, kind)) = kinds.get_key_value(name.as_str()) {
            found.insert(ObjectName {
                kind: *kind,
                schema: None,
                name: name.clone(),
            });
        }
    }
    found.into_iter().collect()
}

/// The names in backticks, with where each begins and ends.
fn backticked(query: &str) -> Vec<(String, usize, usize)> {
    let mut names = Vec::new();
    let mut letters = query.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        match letter {
            '\'' => {
                // Text; what stands there is no name.
                while let Some((_, letter)) = letters.next() {
                    match letter {
                        '\\' => {
                            letters.next();
                        }
                        '\'' => break,
                        _ => {}
                    }
                }
            }
            '`' => {
                let mut name = String::new();
                while let Some((place, letter)) = letters.next() {
                    if letter != '`' {
                        name.push(letter);
                    } else if letters.next_if(|(_, next)| *next == '`').is_some() {
                        name.push('`');
                    } else {
                        names.push((name, start, place + 1));
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    names
}

/// A sequence; its bounds may be hidden from this user.
pub(crate) fn sequence(
    relation: &RelationRow,
    row: Option<&SequenceRow>,
    known: &Known,
) -> Object<OtherDetail> {
    let mut detail = OtherDetail::new(ObjectKind::Sequence);
    if let Some(row) = row {
        let cycle = if row.cycle { ", then again" } else { "" };
        detail = detail.summary(format!(
            "from {} by {}, {} to {}{cycle}",
            row.start, row.increment, row.minimum, row.maximum
        ));
    }
    let told = |of: fn(&SequenceRow) -> &Text| row.map(|row| Text::clone(of(row)));
    Object::new(Text::clone(&relation.name), detail)
        .comment(relation.comment.clone())
        .attribute_if("start", told(|row| &row.start))
        .attribute_if("increment", told(|row| &row.increment))
        .attribute_if("minimum", told(|row| &row.minimum))
        .attribute_if("maximum", told(|row| &row.maximum))
        .attribute_if("cache", told(|row| &row.cache))
        .attribute_if("cycle", row.filter(|row| row.cycle).map(|_| true))
        .attribute_if("engine", relation.engine.clone())
        .attribute_if("privileges", known.granted.on_relation(&relation.name))
}
