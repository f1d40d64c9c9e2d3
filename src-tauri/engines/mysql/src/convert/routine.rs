//! Functions and procedures.

use model::snapshot::{Object, OtherDetail};
use model::{ObjectKind, Text};

use super::definer;
use crate::rows::{ParameterRow, RoutineRow};
use crate::types::{identifier, literal};

/// What a routine is.
///
/// The catalogue does not tell aggregates from other functions; the statement that
/// takes the next row, which nothing else may hold, does.
pub(crate) fn kind_of_routine(row: &RoutineRow) -> ObjectKind {
    const NEXT_ROW: &str = "FETCH GROUP NEXT ROW";
    let body = row.body.as_deref().unwrap_or_default();
    match &*row.kind {
        "FUNCTION" if body.to_ascii_uppercase().contains(NEXT_ROW) => ObjectKind::Aggregate,
        "FUNCTION" => ObjectKind::Function,
        _ => ObjectKind::Procedure,
    }
}

/// A function or a procedure.
pub(crate) fn routine(row: &RoutineRow, parameters: &[&ParameterRow]) -> Object<OtherDetail> {
    let kind = kind_of_routine(row);
    let arguments: Vec<_> = parameters.iter().map(|row| argument(row)).collect();
    let arguments = arguments.join(", ");
    let summary = match &row.returns {
        Some(returns) => format!("({arguments}) → {returns}"),
        None => format!("({arguments})"),
    };
    let detail = OtherDetail::new(kind).summary(summary).definition(
        row.body
            .as_ref()
            .map(|body| statement(row, parameters, kind, body).into()),
    );
    let language = row.language.clone().filter(|language| &**language != "SQL");
    Object::new(Text::clone(&row.name), detail)
        .comment(row.comment.clone())
        .attribute_if("returns", row.returns.clone())
        .attribute_if("language", language)
        .attribute_if("deterministic", row.deterministic.then_some(true))
        .attribute("data_access", row.data_access.to_lowercase())
        .attribute("security", row.security.to_lowercase())
        .attribute("definer", Text::clone(&row.definer))
        .attribute_if("sql_mode", row.sql_mode.clone())
}

fn argument(row: &ParameterRow) -> String {
    let mode = match row.mode.as_deref() {
        None | Some("IN") => String::new(),
        Some(mode) => format!("{mode} "),
    };
    let name = row.name.as_deref().unwrap_or_default();
    format!("{mode}{name} {}", row.type_text)
}

/// The statement that makes a routine, from what the catalogue tells of it.
fn statement(
    row: &RoutineRow,
    parameters: &[&ParameterRow],
    kind: ObjectKind,
    body: &str,
) -> String {
    let typed = |type_text: &Text, charset: Option<&Text>| match charset {
        Some(charset) => format!("{type_text} CHARSET {charset}"),
        None => type_text.to_string(),
    };
    let parameters: Vec<_> = parameters
        .iter()
        .map(|row| {
            let mode = row
                .mode
                .as_deref()
                .filter(|_| kind == ObjectKind::Procedure);
            let mode = mode.map_or_else(String::new, |mode| format!("{mode} "));
            let name = identifier(row.name.as_deref().unwrap_or_default());
            let of_type = typed(&row.type_text, row.charset.as_ref());
            format!("{mode}{name} {of_type}")
        })
        .collect();
    let what = match kind {
        ObjectKind::Aggregate => "AGGREGATE FUNCTION",
        ObjectKind::Function => "FUNCTION",
        _ => "PROCEDURE",
    };
    let mut text = format!(
        "CREATE DEFINER={} {what} {}({})",
        definer(&row.definer),
        identifier(&row.name),
        parameters.join(", ")
    );
    if let Some(returns) = &row.returns {
        text.push_str(" RETURNS ");
        text.push_str(&typed(returns, row.charset.as_ref()));
    }
    if let Some(language) = row
        .language
        .as_ref()
        .filter(|language| &***language != "SQL")
    {
        text.push_str("\n    LANGUAGE ");
        text.push_str(language);
    }
    if row.deterministic {
        text.push_str("\n    DETERMINISTIC");
    }
    if &*row.data_access != "CONTAINS SQL" {
        text.push_str("\n    ");
        text.push_str(&row.data_access);
    }
    if &*row.security == "INVOKER" {
        text.push_str("\n    SQL SECURITY INVOKER");
    }
    if let Some(comment) = &row.comment {
        text.push_str("\n    COMMENT ");
        text.push_str(&literal(comment));
    }
    text.push('\n');
    text.push_str(body);
    text
}
