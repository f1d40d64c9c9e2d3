//! Connection strings: any common form in, one form out, never with a password.
//!
//! All that differs between engines comes from their descriptors; no engine's
//! name stands here. Messages never repeat what was typed, because a password
//! may stand anywhere in it.

mod encode;
mod file;
mod format;
mod pairs;
mod query;
mod server;
mod validate;

use model::connection::field;
use model::engine::FieldInput;
use model::{EngineDescriptor, Secret, Target};

use crate::{EngineError, Registry};

pub use format::format;
pub use validate::{FieldProblem, validate};

/// What a connection string says.
#[derive(Debug)]
pub struct ParsedUrl {
    /// Engine and fields, as far as the string gives them.
    pub target: Target,
    /// The password that it holds.
    pub secret: Option<Secret>,
    /// A name for a connection that has none yet; may be empty.
    pub name_hint: String,
    /// What of it is not used, each in a few words without its value.
    pub ignored: Vec<String>,
}

/// Why a text is no connection string.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct UrlError {
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The key of the field that is wrong, where it is one.
    pub field: Option<String>,
}

impl UrlError {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
            field: None,
        }
    }

    fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

impl From<UrlError> for EngineError {
    fn from(error: UrlError) -> Self {
        Self::InvalidTarget {
            field: error.field.unwrap_or_default(),
            message: error.message,
            hint: error.hint,
        }
    }
}

/// Reads a connection string for whichever engine understands it.
///
/// # Errors
/// No engine knows the form, or a part of it is unusable.
pub fn parse(registry: &Registry, text: &str) -> Result<ParsedUrl, UrlError> {
    let descriptors: Vec<_> = registry.descriptors().collect();
    parse_among(&descriptors, text)
}

/// Reads a connection string for whichever of these engines understands it.
///
/// A string may leave required fields out; [`validate`] tells which are missing.
/// Where a path could be meant from the current folder or from the root, the
/// one that exists is taken.
///
/// # Errors
/// No engine knows the form, or a part of it is unusable.
pub fn parse_among(
    descriptors: &[&'static EngineDescriptor],
    text: &str,
) -> Result<ParsedUrl, UrlError> {
    let text = bare(text);
    if text.is_empty() {
        return Err(UrlError::new(
            "There is no connection string.",
            known_forms(descriptors),
        ));
    }
    if let Some((scheme, rest)) = split_scheme(text) {
        // SQLAlchemy names the driver behind a plus.
        let plain = scheme.split('+').next().unwrap_or(scheme);
        let known_as = |name: &str| {
            descriptors.iter().find_map(|descriptor| {
                let mut schemes = descriptor.schemes.iter();
                let scheme = schemes.find(|known| known.eq_ignore_ascii_case(name))?;
                Some((*descriptor, *scheme))
            })
        };
        match known_as(scheme).or_else(|| known_as(plain)) {
            Some((descriptor, scheme)) if is_file_engine(descriptor) => {
                return file::parse_url(descriptor, scheme, rest);
            }
            Some((descriptor, scheme)) if rest.starts_with("//") => {
                return server::parse(descriptor, scheme, rest.get(2..).unwrap_or_default());
            }
            Some(_) => {
                return Err(UrlError::new(
                    format!("After {plain}: two slashes are expected."),
                    known_forms(descriptors),
                ));
            }
            None if rest.starts_with("//") => {
                return Err(UrlError::new(
                    format!("No engine here knows connection strings that begin with {plain}://."),
                    known_forms(descriptors),
                ));
            }
            None => {}
        }
    }
    if let Some(pairs) = pairs::split(text)? {
        return pairs::parse(descriptors, pairs);
    }
    if let Some(descriptor) = file::engine_for(descriptors, text) {
        return file::parse_path(descriptor, text);
    }
    Err(UrlError::new(
        "This is not a connection string.",
        known_forms(descriptors),
    ))
}

/// Without what surrounds a string where it was copied from: white space,
/// quotes, the name of a variable, the mark of Java's drivers.
fn bare(text: &str) -> &str {
    let mut text = text.trim();
    if let Some((name, value)) = text.split_once('=') {
        let name = name.strip_prefix("export ").unwrap_or(name).trim();
        let variable = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if !name.is_empty() && name.chars().all(variable) {
            text = value.trim();
        }
    }
    for quote in ['"', '\''] {
        let inner = text
            .strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote));
        text = inner.unwrap_or(text).trim();
    }
    match text.get(..5) {
        Some(mark) if mark.eq_ignore_ascii_case("jdbc:") => text.get(5..).unwrap_or_default(),
        _ => text,
    }
}

/// The scheme and what follows its colon; the letter of a drive is no scheme.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let inside = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let letter_first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (scheme.len() > 1 && letter_first && scheme.chars().all(inside)).then_some((scheme, rest))
}

fn is_file_engine(descriptor: &EngineDescriptor) -> bool {
    descriptor.field(field::FILE).is_some() && descriptor.field(field::HOST).is_none()
}

/// Whether one field of the engine takes several hosts.
fn takes_several_hosts(descriptor: &EngineDescriptor) -> bool {
    descriptor
        .field(field::HOST)
        .is_some_and(|host| host.input == FieldInput::Hosts)
}

fn known_forms(descriptors: &[&'static EngineDescriptor]) -> String {
    let mut forms: Vec<String> = Vec::new();
    for descriptor in descriptors {
        let Some(scheme) = descriptor.schemes.first() else {
            continue;
        };
        forms.push(if is_file_engine(descriptor) {
            format!("{scheme}:path/to/file, or the path alone")
        } else {
            format!("{scheme}://user@host/database")
        });
    }
    format!("Write it as {}.", forms.join("; or "))
}

/// A target that is being filled from a string.
#[derive(Debug)]
struct Filling {
    descriptor: &'static EngineDescriptor,
    target: Target,
    secret: Option<Secret>,
    ignored: Vec<String>,
}

impl Filling {
    fn new(descriptor: &'static EngineDescriptor) -> Self {
        let target = Target::new(descriptor.id);
        Self {
            descriptor,
            target,
            secret: None,
            ignored: Vec::new(),
        }
    }

    fn ignore(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.ignored.contains(&what) {
            self.ignored.push(what);
        }
    }

    /// Sets a field that the engine has, and notes one that it has not.
    fn set(&mut self, key: &str, value: String) -> Result<(), UrlError> {
        let Some(declared) = self.descriptor.field(key) else {
            if !value.is_empty() {
                self.ignore(key);
            }
            return Ok(());
        };
        if declared.input == FieldInput::Password {
            self.secret = (!value.is_empty()).then(|| Secret::new(value));
            return Ok(());
        }
        if let (false, Some(problem)) = (value.is_empty(), validate::check_value(declared, &value))
        {
            return Err(UrlError::new(problem.message, problem.hint).at(key));
        }
        self.target.set(key, value);
        Ok(())
    }

    fn done(self) -> ParsedUrl {
        let name_hint = name_hint(&self.target);
        let Self {
            target,
            secret,
            ignored,
            ..
        } = self;
        ParsedUrl {
            target,
            secret,
            name_hint,
            ignored,
        }
    }
}

fn name_hint(target: &Target) -> String {
    if let Some(path) = target.get(field::FILE) {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        return if stem.is_empty() { file } else { stem }.to_owned();
    }
    if let Some(database) = target.get(field::DATABASE) {
        return database.to_owned();
    }
    match target.get(field::HOST) {
        Some(host) if host.starts_with('/') => String::new(),
        Some(host) if host.parse::<std::net::IpAddr>().is_ok() => host.to_owned(),
        Some(host) => {
            let first = host.split([',', ':']).next().unwrap_or(host);
            first.split('.').next().unwrap_or(first).to_owned()
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
