//! The rarer kinds: all facts but the common ones are attributes already.

use model::ObjectKind;
use model::Text;
use model::snapshot::{Attribute, AttributeValue, Object, ObjectName, OtherDetail};

use super::{digits, privileges};
use crate::rows::OtherRow;

/// How many letters of a summary lists can show.
const LONGEST_SUMMARY: usize = 300;

/// An object of one of the rarer kinds, with what it needs.
pub(crate) fn other(row: &OtherRow, needs: Option<&[ObjectName]>) -> Object<OtherDetail> {
    let mut detail = OtherDetail::new(row.kind).owner(row.owner.clone());
    detail.summary = row.summary.as_deref().map(shortened);
    let mut object = Object::new(Text::clone(&row.name), detail)
        .native_id(digits(row.id))
        .comment(row.comment.clone());
    object.attributes.extend(row.facts.iter().cloned());
    object
        .attribute_if(Attribute::PRIVILEGES, privileges(&row.acl))
        .attribute_if(Attribute::DEPENDS_ON, needed(needs))
}

/// What an object needs, as the value of its attribute.
pub(crate) fn needed(needs: Option<&[ObjectName]>) -> Option<AttributeValue> {
    let needs = needs.filter(|needs| !needs.is_empty())?;
    Some(AttributeValue::Objects(needs.to_vec()))
}

/// The number of the catalogue that lists objects of a kind.
pub(crate) fn class(kind: ObjectKind) -> u32 {
    match kind {
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Aggregate => 1255,
        ObjectKind::EnumType
        | ObjectKind::CompositeType
        | ObjectKind::RangeType
        | ObjectKind::Domain
        | ObjectKind::BaseType => 1247,
        ObjectKind::Trigger => 2620,
        ObjectKind::Rule => 2618,
        ObjectKind::Policy => 3256,
        ObjectKind::Operator => 2617,
        ObjectKind::OperatorClass => 2616,
        ObjectKind::OperatorFamily => 2753,
        ObjectKind::Cast => 2605,
        ObjectKind::Conversion => 2607,
        ObjectKind::EventTrigger => 3466,
        ObjectKind::StatisticsObject => 3381,
        ObjectKind::Language => 2612,
        ObjectKind::ForeignDataWrapper => 2328,
        ObjectKind::AccessMethod => 2601,
        kind if kind.is_constraint() => 2606,
        _ => RELATIONS,
    }
}

/// The catalogue of tables, views, sequences and indexes.
pub(crate) const RELATIONS: u32 = 1259;

fn shortened(summary: &str) -> Text {
    match summary.char_indices().nth(LONGEST_SUMMARY) {
        Some((end, _)) => format!("{}…", summary.get(..end).unwrap_or_default()).into(),
        None => summary.into(),
    }
}
