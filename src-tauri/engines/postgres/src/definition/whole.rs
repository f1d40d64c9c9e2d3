//! Statements that make whatever is no table and no part of one: each kind has a
//! question of its own, asked with schema and name apart from the text.

use engine::{Definition, EngineError, OpContext};
use model::{ObjectKind, ObjectPath, PathStep};
use sqlx::postgres::PgConnection;

use super::{gone, text, unsupported};
use crate::asking;
use crate::error::running;
use crate::variant::Facts;

/// The statement that makes an object of a schema, or of the database or server where
/// the schema is empty.
pub(super) async fn definition(
    connection: &mut PgConnection,
    schema: &str,
    step: &PathStep,
    object: &ObjectPath,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Definition, EngineError> {
    let sql = question(step.kind, facts).ok_or_else(|| unsupported(object))?;
    let rows = asking::rows(connection, facts, sql, &[schema, &step.name], cx).await;
    let rows = rows.map_err(|error| running(error, facts))?;
    let text = match rows.first() {
        Some(row) => text(row).map_err(|error| running(error, facts))?,
        None => None,
    };
    let text = text.ok_or_else(|| gone(object))?;
    Ok(Definition {
        text: format!("{text};\n"),
        rendered: !matches!(step.kind, ObjectKind::Function | ObjectKind::Procedure),
    })
}

macro_rules! of {
    ($file:literal) => {
        include_str!(concat!("../sql/definitions/", $file, ".sql"))
    };
}

/// What asks for the statement of a kind.
fn question(kind: ObjectKind, facts: &Facts) -> Option<&'static str> {
    Some(match kind {
        ObjectKind::Database => of!("database"),
        ObjectKind::Schema => of!("schema"),
        ObjectKind::Sequence => of!("sequence"),
        ObjectKind::Function | ObjectKind::Procedure => of!("routine"),
        ObjectKind::Aggregate => of!("aggregate"),
        ObjectKind::EnumType
        | ObjectKind::CompositeType
        | ObjectKind::RangeType
        | ObjectKind::Domain
        | ObjectKind::BaseType => of!("type"),
        ObjectKind::Collation => of!("collation"),
        ObjectKind::Operator => of!("operator"),
        ObjectKind::OperatorClass => of!("operator_class"),
        ObjectKind::OperatorFamily => of!("operator_family"),
        ObjectKind::TextSearchConfiguration => of!("text_search_configuration"),
        ObjectKind::TextSearchDictionary => of!("text_search_dictionary"),
        ObjectKind::Conversion => of!("conversion"),
        ObjectKind::StatisticsObject => of!("statistics_object"),
        ObjectKind::Extension => of!("extension"),
        ObjectKind::EventTrigger => of!("event_trigger"),
        ObjectKind::ForeignDataWrapper => of!("foreign_data_wrapper"),
        ObjectKind::ForeignServer => of!("foreign_server"),
        ObjectKind::UserMapping => of!("user_mapping"),
        ObjectKind::Publication if facts.has_published_schemas() => of!("publication_15"),
        ObjectKind::Publication => of!("publication"),
        ObjectKind::Subscription => of!("subscription"),
        ObjectKind::Cast => of!("cast"),
        ObjectKind::Language => of!("language"),
        ObjectKind::AccessMethod => of!("access_method"),
        ObjectKind::DefaultPrivilege => of!("default_privilege"),
        ObjectKind::Role => of!("role"),
        ObjectKind::Tablespace => of!("tablespace"),
        _ => return None,
    })
}
