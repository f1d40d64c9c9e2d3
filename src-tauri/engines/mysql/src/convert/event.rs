//! Events: work that the server does at set times.

use model::snapshot::{Object, OtherDetail};
use model::{ObjectKind, Text};

use super::definer;
use crate::rows::EventRow;
use crate::types::{identifier, literal};

/// An event.
pub(crate) fn event(row: &EventRow) -> Object<OtherDetail> {
    let schedule = schedule(row);
    let detail = OtherDetail::new(ObjectKind::Event)
        .definition(
            row.body
                .as_ref()
                .map(|body| statement(row, &schedule, body).into()),
        )
        .summary(schedule);
    let not_preserved = &*row.on_completion == "NOT PRESERVE";
    Object::new(Text::clone(&row.name), detail)
        .comment(row.comment.clone())
        .attribute("status", row.status.to_lowercase())
        .attribute(
            "on_completion",
            if not_preserved { "drop" } else { "preserve" },
        )
        .attribute("definer", Text::clone(&row.definer))
        .attribute_if("time_zone", row.time_zone.clone())
        .attribute_if("sql_mode", row.sql_mode.clone())
}

/// When it happens, as a statement says it.
fn schedule(row: &EventRow) -> String {
    if let Some(at) = &row.at {
        return format!("AT {}", literal(at));
    }
    let value = row.interval_value.as_deref().unwrap_or_default();
    let number = value.bytes().all(|byte| byte.is_ascii_digit());
    let mut text = format!(
        "EVERY {} {}",
        if number {
            value.to_owned()
        } else {
            literal(value.trim_matches('\''))
        },
        row.interval_field.as_deref().unwrap_or_default()
    );
    for (word, when) in [(" STARTS ", &row.starts), (" ENDS ", &row.ends)] {
        if let Some(when) = when {
            text.push_str(word);
            text.push_str(&literal(when));
        }
    }
    text
}

fn statement(row: &EventRow, schedule: &str, body: &str) -> String {
    let mut text = format!(
        "CREATE DEFINER={} EVENT {} ON SCHEDULE {schedule} ON COMPLETION {}",
        definer(&row.definer),
        identifier(&row.name),
        row.on_completion
    );
    match &*row.status {
        "ENABLED" => {}
        "DISABLED" => text.push_str(" DISABLE"),
        _ => text.push_str(" DISABLE ON SLAVE"),
    }
    if let Some(comment) = &row.comment {
        text.push_str(" COMMENT ");
        text.push_str(&literal(comment));
    }
    text.push_str(" DO ");
    text.push_str(body);
    text
}
