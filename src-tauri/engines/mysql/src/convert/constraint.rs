//! Keys, checks and triggers.

use model::Text;
use model::snapshot::{
    CheckDetail, Deferral, ForeignKeyDetail, KeyDetail, Object, RelationName, TriggerDetail,
};

use super::index::PRIMARY;
use super::{Known, definer};
use crate::rows::{CheckRow, ForeignColumnRow, ForeignRuleRow, IndexPartRow, TriggerRow};
use crate::types::{identifier, match_type, referential_action};

/// The primary key that stands on this index, if it does.
pub(crate) fn primary_key(parts: &[IndexPartRow]) -> Option<Object<KeyDetail>> {
    let first = parts.first()?;
    (&*first.index == PRIMARY).then(|| key(first, parts))?
}

/// The unique constraint that is this index, if it is over columns alone.
pub(crate) fn unique(parts: &[IndexPartRow]) -> Option<Object<KeyDetail>> {
    let first = parts.first()?;
    (!first.not_unique && &*first.index != PRIMARY).then(|| key(first, parts))?
}

fn key(first: &IndexPartRow, parts: &[IndexPartRow]) -> Option<Object<KeyDetail>> {
    let columns: Option<Vec<Text>> = parts.iter().map(|part| part.column.clone()).collect();
    let detail = KeyDetail {
        columns: columns?,
        deferral: Deferral::NotDeferrable,
        index: Some(Text::clone(&first.index)),
    };
    Some(Object::new(Text::clone(&first.index), detail))
}

/// A foreign key, from the rows of its columns; `rule` is hidden from some users.
pub(crate) fn foreign_key(
    columns: &[ForeignColumnRow],
    rule: Option<&ForeignRuleRow>,
    known: &Known,
) -> Option<Object<ForeignKeyDetail>> {
    let first = columns.first()?;
    let elsewhere = first
        .foreign_database
        .clone()
        .filter(|database| *database != known.database);
    let action = |told: fn(&ForeignRuleRow) -> &Text| {
        rule.map(|rule| referential_action(told(rule)))
            .unwrap_or_default()
    };
    let detail = ForeignKeyDetail {
        columns: columns.iter().map(|row| row.column.clone()).collect(),
        references: RelationName {
            schema: elsewhere,
            name: Text::clone(&first.foreign_table),
        },
        referenced_columns: columns
            .iter()
            .map(|row| row.foreign_column.clone())
            .collect(),
        on_update: action(|rule| &rule.on_update),
        on_delete: action(|rule| &rule.on_delete),
        match_type: rule.map_or_else(Default::default, |rule| match_type(&rule.matching)),
        deferral: Deferral::NotDeferrable,
        validated: true,
    };
    Some(Object::new(Text::clone(&first.name), detail))
}

/// A check.
pub(crate) fn check(row: &CheckRow, known: &Known) -> Object<CheckDetail> {
    let detail = CheckDetail {
        expression: known.expression(&row.expression),
        validated: row.enforced,
    };
    let of_column = row.level.as_deref() == Some("Column");
    Object::new(Text::clone(&row.name), detail)
        .attribute_if("of_column", of_column.then_some(true))
        .attribute_if("not_enforced", (!row.enforced).then_some(true))
}

/// A trigger.
pub(crate) fn trigger(row: &TriggerRow) -> Object<TriggerDetail> {
    let definition = row.statement.as_ref().map(|statement| {
        format!(
            "CREATE DEFINER={} TRIGGER {} {} {} ON {} FOR EACH ROW {statement}",
            definer(&row.definer),
            identifier(&row.name),
            row.timing,
            row.events.replace(',', " OR "),
            identifier(&row.relation),
        )
    });
    let detail = TriggerDetail {
        timing: row.timing.to_lowercase().into(),
        events: row
            .events
            .split(',')
            .map(|event| event.trim().to_lowercase().into())
            .collect(),
        for_each_row: true,
        enabled: true,
        definition: definition.map(Text::from),
    };
    Object::new(Text::clone(&row.name), detail)
        .attribute("order", i64::from(row.order))
        .attribute("definer", Text::clone(&row.definer))
        .attribute_if("sql_mode", row.sql_mode.clone())
}
