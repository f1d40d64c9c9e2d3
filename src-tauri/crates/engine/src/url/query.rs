//! Parameters: their names are the descriptor's, their values are mapped to fields.

use model::connection::field;
use model::engine::{FieldInput, FormField, UrlParameter};

use super::encode::decode;
use super::{Filling, UrlError, takes_several_hosts};

/// Reads `name=value&…`. With `doubtful`, not even names are repeated: they
/// may be pieces of a password that was not encoded.
pub(super) fn parse(filling: &mut Filling, query: &str, doubtful: bool) -> Result<(), UrlError> {
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = decode(name, "name of a parameter")?;
        // Lists are cut before decoding: a comma behind a code belongs to the name.
        let value = first_of_several(filling, &name, value.to_owned());
        let value = decode(&value, "value of a parameter")?;
        set_parameter(filling, &name, value, doubtful)?;
    }
    Ok(())
}

/// Sets the field that a parameter stands for, or notes that nothing uses it.
pub(super) fn set_parameter(
    filling: &mut Filling,
    name: &str,
    value: String,
    doubtful: bool,
) -> Result<(), UrlError> {
    let declared = filling.descriptor.parameters;
    if let Some(parameter) = declared
        .iter()
        .find(|known| known.name.eq_ignore_ascii_case(name))
    {
        let value = translate(filling, parameter, value)?;
        return set_field(filling, parameter.field, value, parameter.name);
    }
    // The form's own keys are understood too, so that every field can be written.
    if let Some(known) = filling.descriptor.field(name) {
        return set_field(filling, known.key, value, known.key);
    }
    let printable = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    let short = !name.is_empty() && name.len() <= 40;
    filling.ignore(if printable && short && !doubtful {
        name
    } else {
        "a parameter"
    });
    Ok(())
}

fn set_field(filling: &mut Filling, key: &str, value: String, name: &str) -> Result<(), UrlError> {
    let bounds = filling.descriptor.field(key).map(|declared| declared.input);
    if let (Some(FieldInput::Number { min, max }), false) = (bounds, key == field::PORT) {
        let fits = value
            .parse::<u32>()
            .is_ok_and(|number| (min..=max).contains(&number));
        if !fits && !value.is_empty() {
            filling.ignore(format!("{name} (not a number from {min} to {max})"));
            return Ok(());
        }
    }
    filling.set(key, value)
}

fn translate(
    filling: &Filling,
    parameter: &UrlParameter,
    value: String,
) -> Result<String, UrlError> {
    if parameter.values.is_empty() || value.is_empty() {
        return Ok(value);
    }
    let known = parameter
        .values
        .iter()
        .find(|(theirs, _)| theirs.eq_ignore_ascii_case(&value));
    if let Some((_, ours)) = known {
        return Ok((*ours).to_owned());
    }
    if filling
        .descriptor
        .field(parameter.field)
        .is_some_and(|field| offers(field, &value))
    {
        return Ok(value);
    }
    let names: Vec<_> = parameter.values.iter().map(|(theirs, _)| *theirs).collect();
    Err(UrlError::new(
        format!(
            "The value of {} in the connection string is not known.",
            parameter.name
        ),
        format!("It can be {}.", names.join(", ")),
    )
    .at(parameter.field))
}

/// Whether a field is a choice that has this value.
pub(super) fn offers(field: &FormField, value: &str) -> bool {
    match field.input {
        FieldInput::Choice { choices } => choices.iter().any(|choice| choice.value == value),
        _ => false,
    }
}

/// Lists of servers are cut to their first; `name` is that of a field or a parameter.
pub(super) fn first_of_several(filling: &mut Filling, name: &str, value: String) -> String {
    let key = field_of(filling, name);
    if key != Some(field::HOST) && key != Some(field::PORT) {
        return value;
    }
    if key == Some(field::HOST) && takes_several_hosts(filling.descriptor) {
        return value;
    }
    let Some((first, others)) = value.split_once(',') else {
        return value;
    };
    if key == Some(field::HOST) {
        let count = others.split(',').count();
        filling.ignore(match count {
            1 => "1 other host (the first is used)".to_owned(),
            _ => format!("{count} other hosts (the first is used)"),
        });
    }
    first.to_owned()
}

fn field_of(filling: &Filling, name: &str) -> Option<&'static str> {
    let declared = filling.descriptor.parameters;
    let parameter = declared
        .iter()
        .find(|known| known.name.eq_ignore_ascii_case(name));
    match parameter {
        Some(parameter) => Some(parameter.field),
        None => filling.descriptor.field(name).map(|known| known.key),
    }
}
