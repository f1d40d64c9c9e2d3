//! A snapshot as compact text, made to be read by people and compared in tests.

use std::fmt::{self, Write};

use super::{
    AttributeValue, ColumnDetail, Deferral, Detail, FieldDetail, ForeignKeyDetail, Generated,
    IndexDetail, IndexPart, KeyDetail, MatchType, ObjectName, OtherDetail, ReferentialAction,
    RelationDetail, RelationName, Snapshot, TableForm, TriggerDetail, Walker,
};
use crate::{Text, path::visible};

impl Snapshot {
    /// The whole snapshot, one object a line, indented by depth, without
    /// statistics and server ids.
    pub fn outline(&self) -> String {
        let mut out = String::new();
        for root in self.roots() {
            // Writing to a String cannot fail.
            let _ = write_object(&mut out, root, 0);
        }
        for warning in &self.warnings {
            let _ = writeln!(
                out,
                "warning {}: {}",
                warning.object,
                visible(&warning.reason)
            );
        }
        out
    }
}

impl Walker<'_> {
    /// This object and all below it, as [`Snapshot::outline`] writes them.
    pub fn outline(self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = write_object(&mut out, self, 0);
        out
    }
}

fn write_object(out: &mut String, walker: Walker<'_>, depth: usize) -> fmt::Result {
    let object = walker.object();
    write!(
        out,
        "{:indent$}{} {}",
        "",
        walker.kind(),
        name(&object.name),
        indent = depth * 2
    )?;
    write_detail(out, &object.detail)?;
    for attribute in &object.attributes {
        match &attribute.value {
            AttributeValue::Flag(true) => write!(out, " {}", attribute.key)?,
            AttributeValue::Flag(false) => write!(out, " {}=no", attribute.key)?,
            AttributeValue::Number(number) => write!(out, " {}={number}", attribute.key)?,
            AttributeValue::Text(text) => write!(out, " {}={}", attribute.key, name(text))?,
            AttributeValue::List(list) => write!(out, " {}=[{}]", attribute.key, names(list))?,
            AttributeValue::Objects(list) => {
                let list: Vec<_> = list.iter().map(object_name).collect();
                write!(out, " {}=[{}]", attribute.key, list.join(", "))?;
            }
        }
    }
    if let Some(comment) = &object.comment {
        write!(out, " -- {}", visible(comment))?;
    }
    out.push('\n');
    walker
        .children()
        .try_for_each(|child| write_object(out, child, depth + 1))
}

fn write_detail(out: &mut String, detail: &Detail) -> fmt::Result {
    match detail {
        Detail::Server(_) | Detail::Database(_) | Detail::Schema(_) => Ok(()),
        Detail::Table(facts)
        | Detail::View(facts)
        | Detail::MaterializedView(facts)
        | Detail::ForeignTable(facts)
        | Detail::Collection(facts) => write_relation(out, facts),
        Detail::Column(facts) => write_column(out, facts),
        Detail::PrimaryKey(facts) | Detail::Unique(facts) => write_key(out, facts),
        Detail::Check(facts) => {
            write!(out, " {}", visible(&facts.expression))?;
            if facts.validated {
                Ok(())
            } else {
                out.write_str(" not valid")
            }
        }
        Detail::Exclusion(facts) => {
            write!(out, " {}", visible(&facts.definition))?;
            write_deferral(out, facts.deferral)
        }
        Detail::ForeignKey(facts) => write_foreign_key(out, facts),
        Detail::Index(facts) => write_index(out, facts),
        Detail::Trigger(facts) => write_trigger(out, facts),
        Detail::Field(facts) => write_field(out, facts),
        Detail::Other(facts) => write_other(out, facts),
    }
}

fn write_relation(out: &mut String, facts: &RelationDetail) -> fmt::Result {
    match facts.form {
        TableForm::Ordinary => {}
        TableForm::Partitioned => out.write_str(" partitioned")?,
        TableForm::Virtual => out.write_str(" virtual")?,
        TableForm::Shadow => out.write_str(" shadow")?,
        TableForm::Capped => out.write_str(" capped")?,
        TableForm::TimeSeries => out.write_str(" time series")?,
        TableForm::Clustered => out.write_str(" clustered")?,
    }
    if let Some(key) = &facts.partition_key {
        write!(out, " by {}", visible(key))?;
    }
    if let Some(parent) = &facts.partition_of {
        write!(out, " partition of {}", relation_name(parent))?;
    }
    if let Some(bound) = &facts.partition_bound {
        write!(out, " {}", visible(bound))?;
    }
    Ok(())
}

fn write_column(out: &mut String, facts: &ColumnDetail) -> fmt::Result {
    write!(out, " #{} {}", facts.ordinal, visible(&facts.type_text))?;
    if !facts.nullable {
        out.write_str(" not null")?;
    }
    if let Some(default) = &facts.default {
        write!(out, " default {}", visible(default))?;
    }
    match &facts.generated {
        None => {}
        Some(Generated::IdentityAlways) => out.write_str(" identity always")?,
        Some(Generated::IdentityByDefault) => out.write_str(" identity by default")?,
        Some(Generated::Autoincrement) => out.write_str(" autoincrement")?,
        Some(Generated::Stored { expression }) => write!(out, " stored {}", visible(expression))?,
        Some(Generated::Virtual { expression }) => {
            write!(out, " virtual {}", visible(expression))?;
        }
    }
    match &facts.collation {
        Some(collation) => write!(out, " collate {}", visible(collation)),
        None => Ok(()),
    }
}

fn write_key(out: &mut String, facts: &KeyDetail) -> fmt::Result {
    write!(out, " ({})", names(&facts.columns))?;
    write_deferral(out, facts.deferral)
}

fn write_deferral(out: &mut String, deferral: Deferral) -> fmt::Result {
    match deferral {
        Deferral::NotDeferrable => Ok(()),
        Deferral::InitiallyImmediate => out.write_str(" deferrable"),
        Deferral::InitiallyDeferred => out.write_str(" deferrable initially deferred"),
    }
}

fn write_foreign_key(out: &mut String, facts: &ForeignKeyDetail) -> fmt::Result {
    write!(
        out,
        " ({}) -> {}",
        names(&facts.columns),
        relation_name(&facts.references)
    )?;
    write!(out, " ({})", names(&facts.referenced_columns))?;
    write_action(out, "update", facts.on_update)?;
    write_action(out, "delete", facts.on_delete)?;
    match facts.match_type {
        MatchType::Simple => {}
        MatchType::Full => out.write_str(" match full")?,
        MatchType::Partial => out.write_str(" match partial")?,
    }
    write_deferral(out, facts.deferral)?;
    if facts.validated {
        Ok(())
    } else {
        out.write_str(" not valid")
    }
}

fn write_action(out: &mut String, event: &str, action: ReferentialAction) -> fmt::Result {
    let word = match action {
        ReferentialAction::NoAction => return Ok(()),
        ReferentialAction::Restrict => "restrict",
        ReferentialAction::Cascade => "cascade",
        ReferentialAction::SetNull => "set null",
        ReferentialAction::SetDefault => "set default",
    };
    write!(out, " on {event} {word}")
}

fn write_index(out: &mut String, facts: &IndexDetail) -> fmt::Result {
    if facts.primary {
        out.write_str(" primary")?;
    } else if facts.unique {
        out.write_str(" unique")?;
    }
    write!(out, " {} (", facts.method)?;
    for (position, part) in facts.parts.iter().enumerate() {
        if position > 0 {
            out.write_str(", ")?;
        }
        write_index_part(out, part)?;
    }
    out.push(')');
    if let Some(predicate) = &facts.predicate {
        write!(out, " where {}", visible(predicate))?;
    }
    if facts.valid {
        Ok(())
    } else {
        out.write_str(" invalid")
    }
}

fn write_index_part(out: &mut String, part: &IndexPart) -> fmt::Result {
    if part.included {
        out.write_str("include ")?;
    }
    match (&part.column, &part.expression) {
        (Some(column), _) => out.write_str(&name(column))?,
        (None, Some(expression)) => write!(out, "({})", visible(expression))?,
        (None, None) => out.write_str("?")?,
    }
    if let Some(collation) = &part.collation {
        write!(out, " collate {}", visible(collation))?;
    }
    if let Some(prefix) = part.prefix {
        write!(out, " first {prefix}")?;
    }
    if part.descending {
        out.write_str(" desc")?;
    }
    match part.nulls_first {
        Some(first) if first != part.descending => {
            out.write_str(if first { " nulls first" } else { " nulls last" })
        }
        _ => Ok(()),
    }
}

fn write_trigger(out: &mut String, facts: &TriggerDetail) -> fmt::Result {
    let events: Vec<_> = facts.events.iter().map(|event| visible(event)).collect();
    write!(out, " {} {}", visible(&facts.timing), events.join(" or "))?;
    out.write_str(if facts.for_each_row {
        " each row"
    } else {
        " each statement"
    })?;
    if facts.enabled {
        Ok(())
    } else {
        out.write_str(" disabled")
    }
}

fn write_field(out: &mut String, facts: &FieldDetail) -> fmt::Result {
    if facts.types.is_empty() {
        return Ok(());
    }
    let types: Vec<_> = facts.types.iter().map(|name| visible(name)).collect();
    write!(out, " {}", types.join(" | "))
}

fn write_other(out: &mut String, facts: &OtherDetail) -> fmt::Result {
    match &facts.summary {
        Some(summary) => write!(out, " {}", visible(summary)),
        None => Ok(()),
    }
}

fn object_name(object: &ObjectName) -> String {
    match &object.schema {
        Some(schema) => format!("{} {}.{}", object.kind, name(schema), name(&object.name)),
        None => format!("{} {}", object.kind, name(&object.name)),
    }
}

fn names(list: &[Text]) -> String {
    list.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn relation_name(relation: &RelationName) -> String {
    match &relation.schema {
        Some(schema) => format!("{}.{}", name(schema), name(&relation.name)),
        None => name(&relation.name),
    }
}

/// A name as it is where it is plain, quoted where it could be misread.
fn name(text: &Text) -> String {
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_-$@:/".contains(c));
    if plain {
        text.to_string()
    } else {
        format!("\"{}\"", visible(&text.replace('"', "\"\"")))
    }
}
