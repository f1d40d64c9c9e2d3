//! Triggers.

use model::snapshot::{Attribute, Object, TriggerDetail};
use model::{ObjectKind, Text};

use super::{Names, digits, needed};
use crate::rows::TriggerRow;
use crate::types::qualified;

/// Bits of `tgtype`.
const ROW: i16 = 1;
const BEFORE: i16 = 2;
const INSERT: i16 = 4;
const DELETE: i16 = 8;
const UPDATE: i16 = 16;
const TRUNCATE: i16 = 32;
const INSTEAD: i16 = 64;

/// A trigger.
pub(crate) fn trigger(row: &TriggerRow, names: &Names) -> Object<TriggerDetail> {
    let has = |bit: i16| row.bits & bit != 0;
    let timing = if has(BEFORE) {
        "before"
    } else if has(INSTEAD) {
        "instead of"
    } else {
        "after"
    };
    let detail = TriggerDetail {
        timing: timing.into(),
        events: events(row, names),
        for_each_row: has(ROW),
        enabled: row.enabled != 'D',
        definition: row.definition.clone(),
    };
    Object::new(Text::clone(&row.name), detail)
        .native_id(digits(row.id))
        .comment(row.comment.clone())
        .attribute(
            "function",
            qualified(&row.function_schema, &row.function_name),
        )
        .attribute_if("constraint", row.constraint.then_some(true))
        .attribute_if("deferrable", deferrable(row))
        .attribute_if("fires", fires(row.enabled))
        .attribute_if("inherited", row.inherited.then_some(true))
        .attribute_if(
            Attribute::DEPENDS_ON,
            needed(names.extras.needs(ObjectKind::Trigger, row.id)),
        )
}

fn events(row: &TriggerRow, names: &Names) -> Vec<Text> {
    let update = match &*row.columns {
        [] => "update".to_owned(),
        numbers => format!(
            "update of {}",
            names.columns(row.relation, numbers).join(", ")
        ),
    };
    [
        (INSERT, "insert"),
        (UPDATE, update.as_str()),
        (DELETE, "delete"),
        (TRUNCATE, "truncate"),
    ]
    .into_iter()
    .filter(|(bit, _)| row.bits & bit != 0)
    .map(|(_, event)| Text::from(event))
    .collect()
}

fn deferrable(row: &TriggerRow) -> Option<&'static str> {
    match (row.deferrable, row.deferred) {
        (false, _) => None,
        (true, false) => Some("initially immediate"),
        (true, true) => Some("initially deferred"),
    }
}

/// In which sessions it fires, where that is not the usual.
fn fires(letter: char) -> Option<&'static str> {
    match letter {
        'R' => Some("on replicas only"),
        'A' => Some("always"),
        _ => None,
    }
}
