//! Statements that make whatever is no table and no part of one: each kind has a
//! question of its own, asked with schema and name apart from the text.

use engine::{Definition, EngineError, OpContext};
use model::{ObjectKind, ObjectPath, PathStep};
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use super::{gone, text, unsupported};
use crate::asking;
use crate::error::running;
use crate::rows::Fields;
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
    let made = match rows.first() {
        Some(row) => Made::read(row).map_err(|error| running(error, facts))?,
        None => None,
    };
    let made = made.ok_or_else(|| gone(object))?;
    let remarks = remarks(connection, &made, facts, cx).await;
    let remarks = remarks.map_err(|error| running(error, facts))?;
    let text = made.text + &remarks.unwrap_or_default();
    Ok(Definition {
        text: format!("{text};\n"),
        rendered: !matches!(step.kind, ObjectKind::Function | ObjectKind::Procedure),
    })
}

/// What a question for a statement answers: the statement, then where the object is listed,
/// and for those that have privileges the list of these, unless usual, and the owner.
struct Made {
    text: String,
    further: Vec<String>,
}

impl Made {
    fn read(row: &PgRow) -> Result<Option<Self>, sqlx::Error> {
        let mut fields = Fields::of(row, "definition");
        let text = fields.maybe();
        let further = (1..row.len()).map(|_| fields.maybe().unwrap_or_default());
        let further = further.collect();
        fields.ended()?;
        Ok(text.map(|text| Self { text, further }))
    }
}

/// The statements for an object's comment and privileges, which begin by ending the one
/// before.
async fn remarks(
    connection: &mut PgConnection,
    made: &Made,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Option<String>, sqlx::Error> {
    let mut about = made.further.iter().map(String::as_str);
    let (Some(catalogue), Some(number)) = (about.next(), about.next()) else {
        return Ok(None);
    };
    let values = [
        catalogue,
        number,
        about.next().unwrap_or_default(),
        about.next().unwrap_or_default(),
    ];
    let sql = include_str!("../sql/definitions/remarks.sql");
    let rows = asking::rows(connection, facts, sql, &values, cx).await?;
    rows.first().map_or(Ok(None), text)
}

macro_rules! of {
    ($file:literal) => {
        include_str!(concat!("../sql/", $file))
    };
}

/// What asks for the statement of a kind.
fn question(kind: ObjectKind, facts: &Facts) -> Option<&'static str> {
    Some(match kind {
        ObjectKind::Database => of!("definitions/database.sql"),
        ObjectKind::Schema => of!("definitions/schema.sql"),
        ObjectKind::Sequence => of!("definitions/sequence.sql"),
        ObjectKind::Function | ObjectKind::Procedure => of!("definitions/routine.sql"),
        ObjectKind::Aggregate => of!("definitions/aggregate.sql"),
        ObjectKind::EnumType
        | ObjectKind::CompositeType
        | ObjectKind::RangeType
        | ObjectKind::Domain
        | ObjectKind::BaseType => of!("definitions/type.sql"),
        ObjectKind::Collation => of!("definitions/collation.sql"),
        ObjectKind::Operator => of!("definitions/operator.sql"),
        ObjectKind::OperatorClass => of!("definitions/operator_class.sql"),
        ObjectKind::OperatorFamily => of!("definitions/operator_family.sql"),
        ObjectKind::TextSearchConfiguration => of!("definitions/text_search_configuration.sql"),
        ObjectKind::TextSearchDictionary => of!("definitions/text_search_dictionary.sql"),
        ObjectKind::Conversion => of!("definitions/conversion.sql"),
        ObjectKind::StatisticsObject => of!("definitions/statistics_object.sql"),
        ObjectKind::Extension => of!("definitions/extension.sql"),
        ObjectKind::EventTrigger => of!("definitions/event_trigger.sql"),
        ObjectKind::ForeignDataWrapper => of!("definitions/foreign_data_wrapper.sql"),
        ObjectKind::ForeignServer => of!("definitions/foreign_server.sql"),
        ObjectKind::UserMapping => of!("definitions/user_mapping.sql"),
        ObjectKind::Publication if facts.has_published_schemas() => {
            of!("definitions/publication_15.sql")
        }
        ObjectKind::Publication => of!("definitions/publication.sql"),
        ObjectKind::Subscription => of!("definitions/subscription.sql"),
        ObjectKind::Cast => of!("definitions/cast.sql"),
        ObjectKind::Language => of!("definitions/language.sql"),
        ObjectKind::AccessMethod => of!("definitions/access_method.sql"),
        ObjectKind::DefaultPrivilege => of!("definitions/default_privilege.sql"),
        ObjectKind::Role => of!("definitions/role.sql"),
        ObjectKind::Tablespace => of!("definitions/tablespace.sql"),
        _ => return None,
    })
}
