//! Constraints.

use model::snapshot::{
    Attribute, CheckDetail, ExclusionDetail, ForeignKeyDetail, KeyDetail, MatchType, Object,
    ReferentialAction, RelationName,
};
use model::{ObjectKind, Text};

use super::names::unnamed;
use super::{Names, add, digits, needed};
use crate::rows::ConstraintRow;
use crate::types::{deferral, match_type, referential_action};

/// A constraint of whichever sort.
#[derive(Debug)]
pub(crate) enum Constraint {
    /// A primary key.
    PrimaryKey(Object<KeyDetail>),
    /// A unique constraint.
    Unique(Object<KeyDetail>),
    /// A foreign key.
    ForeignKey(Object<ForeignKeyDetail>),
    /// A check.
    Check(Object<CheckDetail>),
    /// An exclusion constraint.
    Exclusion(Object<ExclusionDetail>),
}

/// A constraint.
pub(crate) fn constraint(row: &ConstraintRow, names: &Names) -> Constraint {
    match row.kind {
        'p' => Constraint::PrimaryKey(object(row, key(row, names), names)),
        'u' => Constraint::Unique(object(row, key(row, names), names)),
        'f' => Constraint::ForeignKey(object(row, foreign_key(row, names), names)),
        'x' => Constraint::Exclusion(object(row, exclusion(row, names), names)),
        _ => Constraint::Check(object(row, check(row), names)),
    }
}

fn object<D>(row: &ConstraintRow, detail: D, names: &Names) -> Object<D> {
    let set_columns = (!row.said.set_columns.is_empty()).then(|| {
        names
            .columns(row.relation, &row.said.set_columns)
            .join(", ")
    });
    // Keys never inherit; only checks can say so.
    let no_inherit = row.kind == 'c' && row.said.no_inherit;
    let on = |flag: bool| flag.then_some(true);
    let needs = names.extras.needs(ObjectKind::Check, row.id);
    let mut object = Object::new(Text::clone(&row.name), detail);
    object.native_id = Some(digits(row.id));
    object.comment = names.extras.comment(row.id);
    add(&mut object, "inherited", on(row.said.inherited));
    add(&mut object, "no_inherit", on(no_inherit));
    add(&mut object, "set_columns", set_columns);
    add(&mut object, "period", on(row.said.period));
    add(&mut object, "not_enforced", on(row.said.not_enforced));
    add(&mut object, Attribute::DEPENDS_ON, needed(needs));
    object
}

fn key(row: &ConstraintRow, names: &Names) -> KeyDetail {
    KeyDetail {
        columns: names.columns(row.relation, &row.columns),
        deferral: deferral(row.said.deferrable, row.said.deferred),
        index: row.index.and_then(|id| names.index(id)),
    }
}

fn foreign_key(row: &ConstraintRow, names: &Names) -> ForeignKeyDetail {
    ForeignKeyDetail {
        columns: names.columns(row.relation, &row.columns),
        references: references(row, names),
        referenced_columns: referenced_columns(row, names),
        on_update: row
            .said
            .on_update
            .map_or(ReferentialAction::NoAction, referential_action),
        on_delete: row
            .said
            .on_delete
            .map_or(ReferentialAction::NoAction, referential_action),
        match_type: row.said.matching.map_or(MatchType::Simple, match_type),
        deferral: deferral(row.said.deferrable, row.said.deferred),
        validated: !row.said.not_validated,
    }
}

/// The table that a key refers to; the server names those that are not known.
fn references(row: &ConstraintRow, names: &Names) -> RelationName {
    let (schema, name) = match &row.foreign_table {
        Some(name) => (row.foreign_schema, Some(Text::clone(name))),
        None => names.referable(row.foreign_relation).unzip(),
    };
    RelationName {
        schema: schema.and_then(|id| names.schema(id)),
        name: name.unwrap_or_default(),
    }
}

/// The columns that a key refers to; the server names those of tables that are not known.
fn referenced_columns(row: &ConstraintRow, names: &Names) -> Vec<Text> {
    let Some(told) = &row.foreign_names else {
        return names.referable_columns(row.foreign_relation, &row.foreign_columns);
    };
    let numbers = row.foreign_columns.iter().zip(told);
    numbers
        .map(|(number, name)| match &**name {
            "" => unnamed(*number),
            _ => Text::clone(name),
        })
        .collect()
}

fn check(row: &ConstraintRow) -> CheckDetail {
    CheckDetail {
        expression: row.definition.clone().unwrap_or_default(),
        validated: !row.said.not_validated,
    }
}

fn exclusion(row: &ConstraintRow, names: &Names) -> ExclusionDetail {
    ExclusionDetail {
        definition: row.definition.clone().unwrap_or_default(),
        deferral: deferral(row.said.deferrable, row.said.deferred),
        index: row.index.and_then(|id| names.index(id)),
    }
}
