//! Rows of the questions in `sql/kinds`, which all begin with the same columns;
//! each further column is a fact under its own name.

use model::snapshot::{Attribute, AttributeValue};
use model::{ObjectKind, Text};
use sqlx::postgres::PgRow;
use sqlx::{Column as _, Error, Row as _, TypeInfo as _};

use super::Fields;

/// How many columns come before the facts.
const COMMON: usize = 8;

/// One object of one of the rarer kinds.
#[derive(Debug, Clone)]
pub(crate) struct OtherRow {
    pub kind: ObjectKind,
    pub id: u32,
    /// The schema or table that it stands in; 0 for the database or server.
    pub place: u32,
    pub name: Text,
    pub owner: Option<Text>,
    pub comment: Option<Text>,
    /// Who may do what, where that is not what everybody starts with.
    pub acl: Option<Vec<Text>>,
    pub summary: Option<Text>,
    pub facts: Vec<Attribute>,
}

impl OtherRow {
    /// Reads one row.
    pub(crate) fn read(row: &PgRow) -> Result<Self, Error> {
        let mut fields = Fields::of(row, "kinds");
        let kind = fields.text();
        let kind = ObjectKind::parse(kind).ok_or_else(|| Error::ColumnDecode {
            index: "kinds.0".to_owned(),
            source: format!("there is no kind {kind}").into(),
        })?;
        let row = Self {
            kind,
            id: fields.number(),
            place: fields.number(),
            name: fields.name(),
            owner: fields.kept(),
            comment: fields.kept(),
            acl: fields.listed(),
            summary: fields.kept(),
            facts: facts(row, &mut fields),
        };
        fields.ended()?;
        Ok(row)
    }
}

/// The facts: what is null, no or empty is left out.
fn facts(row: &PgRow, fields: &mut Fields<'_>) -> Vec<Attribute> {
    let mut facts = Vec::new();
    for column in row.columns().iter().skip(COMMON) {
        let value = match column.type_info().name() {
            "BOOL" => {
                let yes = fields.flag();
                yes.then_some(AttributeValue::Flag(true))
            }
            list if list.ends_with("[]") => {
                let texts = fields.texts();
                (!texts.is_empty()).then_some(AttributeValue::List(texts))
            }
            _ => fields
                .kept()
                .filter(|text| !text.is_empty())
                .map(AttributeValue::Text),
        };
        facts.extend(value.map(|value| Attribute {
            key: column.name().into(),
            value,
        }));
    }
    facts
}
