//! Whether a target can be used, field by field.

use model::connection::field;
use model::engine::{FieldInput, FormField};
use model::{EngineDescriptor, Target};

use super::server::split_port;
use crate::EngineError;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The key of the field.
    pub field: String,
    /// What is wrong, in one sentence, without the value.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl From<FieldProblem> for EngineError {
    fn from(problem: FieldProblem) -> Self {
        let FieldProblem {
            field,
            message,
            hint,
        } = problem;
        Self::InvalidTarget {
            field,
            message,
            hint,
        }
    }
}

/// Everything that is wrong with a target, in the order of the form; empty when
/// it can be used.
pub fn validate(descriptor: &EngineDescriptor, target: &Target) -> Vec<FieldProblem> {
    let declared = descriptor
        .form
        .iter()
        .filter_map(|field| check(field, target));
    let unknown = target.fields.keys().filter(|key| {
        descriptor
            .field(key)
            .is_none_or(|field| field.input == FieldInput::Password)
    });
    let unknown = unknown.map(|key| FieldProblem {
        field: key.clone(),
        message: format!("{} has no field of this name to keep.", descriptor.label),
        hint: "Remove it.".to_owned(),
    });
    declared.chain(unknown).collect()
}

fn check(field: &FormField, target: &Target) -> Option<FieldProblem> {
    match target.get(field.key).filter(|value| !value.is_empty()) {
        Some(value) => check_value(field, value),
        None if field.required && field.default.is_empty() => {
            let hint = match field.input {
                FieldInput::File => "Choose a file.".to_owned(),
                FieldInput::Choice { .. } => "Choose one.".to_owned(),
                // The vault holds it, or it is asked for; a target never does.
                FieldInput::Password => return None,
                _ => format!("Enter {}.", lower_first(field.label)),
            };
            Some(problem(field, format!("{} is missing.", field.label), hint))
        }
        None => None,
    }
}

/// What is wrong with a value that is not empty.
pub(super) fn check_value(field: &FormField, value: &str) -> Option<FieldProblem> {
    if value.contains('\0') {
        let message = format!("{} holds a null character.", field.label);
        return Some(problem(field, message, "Remove it.".to_owned()));
    }
    match field.input {
        FieldInput::Number { min, max } => {
            let digits = value.bytes().all(|byte| byte.is_ascii_digit());
            let fits = value
                .parse::<u32>()
                .is_ok_and(|number| (min..=max).contains(&number));
            let message = format!(
                "{} must be a whole number from {min} to {max}.",
                field.label
            );
            (!digits || !fits).then(|| problem(field, message, "Enter such a number.".to_owned()))
        }
        FieldInput::Choice { choices } => {
            let known = choices.iter().any(|choice| choice.value == value);
            let names: Vec<_> = choices.iter().map(|choice| choice.value).collect();
            let message = format!("{} has a value that is not known.", field.label);
            (!known).then(|| problem(field, message, format!("Choose {}.", names.join(", "))))
        }
        FieldInput::File if value == ":memory:" => Some(problem(
            field,
            "A database in memory cannot be opened from outside.".to_owned(),
            "Choose a file.".to_owned(),
        )),
        FieldInput::Hosts if !value.split(',').all(is_host) => Some(problem(
            field,
            format!(
                "{} holds something that is no name or address.",
                field.label
            ),
            "Enter names or addresses joined by commas, each with a port after a colon or without."
                .to_owned(),
        )),
        FieldInput::Text if field.key == field::HOST && unusable_host(value) => Some(problem(
            field,
            format!("{} holds white space or control characters.", field.label),
            "Enter one name or address.".to_owned(),
        )),
        FieldInput::Text | FieldInput::Password | FieldInput::Hosts | FieldInput::File => None,
    }
}

/// A name or an address, with a port or without.
fn is_host(host: &str) -> bool {
    if host.parse::<std::net::Ipv6Addr>().is_ok() {
        return true;
    }
    split_port(host).is_some_and(|(name, port)| {
        let usable = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        usable && !name.is_empty() && !unusable_host(name)
    })
}

/// The path of a socket may hold spaces, the name of a host may not.
fn unusable_host(host: &str) -> bool {
    host.chars()
        .any(|c| c.is_control() || (c.is_whitespace() && !host.starts_with('/')))
}

fn problem(field: &FormField, message: String, hint: String) -> FieldProblem {
    FieldProblem {
        field: field.key.to_owned(),
        message,
        hint,
    }
}

fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    let first = chars
        .next()
        .map(|c| c.to_lowercase().to_string())
        .unwrap_or_default();
    first + chars.as_str()
}
