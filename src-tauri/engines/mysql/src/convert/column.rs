//! Columns: their defaults and what makes their values, in one spelling.

use model::Text;
use model::snapshot::{ColumnDetail, Generated, Object};

use super::Known;
use crate::rows::ColumnRow;
use crate::types::{current_timestamp, literal, quoted_text, unescaped};

/// A column.
pub(crate) fn column(row: &ColumnRow, known: &Known) -> Object<ColumnDetail> {
    let extra = row.extra.as_deref().unwrap_or_default();
    let has = |word: &str| !extra.is_empty() && extra.to_ascii_uppercase().contains(word);
    let period = row
        .generated
        .as_deref()
        .filter(|text| matches!(*text, "ROW START" | "ROW END"));
    let detail = ColumnDetail {
        ordinal: row.ordinal,
        type_text: Text::clone(&row.column_type),
        nullable: row.nullable,
        default: default(row, extra, known).filter(|_| row.generated.is_none()),
        generated: generated(row, extra, known).filter(|_| period.is_none()),
        collation: row.collation.clone(),
    };
    let on = |flag: bool| flag.then_some(true);
    Object::new(Text::clone(&row.name), detail)
        .comment(row.comment.clone())
        .attribute_if("charset", row.charset.clone())
        .attribute_if("on_update", on_update(extra))
        .attribute_if("invisible", on(has("INVISIBLE")))
        .attribute_if("srid", row.srid.and_then(|srid| i64::try_from(srid).ok()))
        .attribute_if("system_time", period.map(str::to_ascii_lowercase))
        .attribute_if("unversioned", on(has("WITHOUT SYSTEM VERSIONING")))
        .attribute_if(
            "privileges",
            known.granted.on_column(&row.relation, &row.name),
        )
}

/// The default as an expression; the same whichever server tells it.
fn default(row: &ColumnRow, extra: &str, known: &Known) -> Option<Text> {
    let told = row.default.as_deref()?;
    if let Some(now) = current_timestamp(told).filter(|_| is_of_time(&row.data_type)) {
        return Some(now.into());
    }
    if known.mariadb {
        return match quoted_text(told) {
            _ if told == "NULL" => None,
            Some(text) => Some(literal(&text).into()),
            None => Some(told.into()),
        };
    }
    if extra.contains("DEFAULT_GENERATED") {
        return Some(unescaped(told).into());
    }
    let binary = told.starts_with("0x") && row.data_type.ends_with("binary");
    if is_number(&row.data_type) || binary {
        Some(told.into())
    } else {
        Some(literal(told).into())
    }
}

fn generated(row: &ColumnRow, extra: &str, known: &Known) -> Option<Generated> {
    if extra.contains("auto_increment") {
        return Some(Generated::Autoincrement);
    }
    let expression = known.expression(row.generated.as_deref()?);
    // Old versions of MariaDB say PERSISTENT.
    if extra.contains("STORED") || extra.contains("PERSISTENT") {
        Some(Generated::Stored { expression })
    } else {
        Some(Generated::Virtual { expression })
    }
}

fn on_update(extra: &str) -> Option<String> {
    let (_, told) = extra.split_once("on update ")?;
    // Where more follows, MariaDB writes a comma and MySQL none.
    let told = told.split([' ', ',']).next().unwrap_or(told);
    Some(current_timestamp(told).unwrap_or_else(|| told.to_owned()))
}

fn is_of_time(data_type: &str) -> bool {
    matches!(data_type, "timestamp" | "datetime")
}

fn is_number(data_type: &str) -> bool {
    matches!(
        data_type,
        "tinyint"
            | "smallint"
            | "mediumint"
            | "int"
            | "bigint"
            | "decimal"
            | "float"
            | "double"
            | "year"
            | "bit"
    )
}
