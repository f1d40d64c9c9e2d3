//! `name=value name='quoted value'`, as libpq has it.

use model::EngineDescriptor;
use model::connection::field;

use super::{Filling, ParsedUrl, UrlError, query};

/// A name with its value.
pub(super) type Pair = (String, String);

/// Splits pairs; nothing where the text does not begin with one.
pub(super) fn split(text: &str) -> Result<Option<Vec<Pair>>, UrlError> {
    let Some((first, _)) = text.split_once('=') else {
        return Ok(None);
    };
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if first.trim().is_empty() || !first.trim().chars().all(name) {
        return Ok(None);
    }
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once('=') else {
            return Err(malformed());
        };
        if name.trim().contains(char::is_whitespace) {
            return Err(malformed());
        }
        let (value, after) = take_value(after.trim_start())?;
        pairs.push((name.trim().to_owned(), value));
        rest = after.trim_start();
    }
    Ok(Some(pairs))
}

/// Reads pairs for the engine that knows most of their names.
pub(super) fn parse(
    descriptors: &[&'static EngineDescriptor],
    pairs: Vec<Pair>,
) -> Result<ParsedUrl, UrlError> {
    let known = |descriptor: &EngineDescriptor| {
        let knows = |name: &str| {
            descriptor
                .parameters
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(name))
                || descriptor.field(name).is_some()
        };
        pairs.iter().filter(|(name, _)| knows(name)).count()
    };
    let mut best: Option<(usize, &'static EngineDescriptor)> = None;
    for descriptor in descriptors
        .iter()
        .filter(|found| found.field(field::HOST).is_some())
    {
        let knows = known(descriptor);
        if knows > best.map_or(0, |(most, _)| most) {
            best = Some((knows, descriptor));
        }
    }
    let Some((_, descriptor)) = best else {
        return Err(UrlError::new(
            "No engine here knows these names.",
            malformed().hint,
        ));
    };
    let mut filling = Filling::new(descriptor);
    for (name, value) in pairs {
        let value = query::first_of_several(&mut filling, &name, value);
        query::set_parameter(&mut filling, &name, value, false)?;
    }
    Ok(filling.done())
}

/// One value and what follows it; a backslash takes the next character as it is.
fn take_value(text: &str) -> Result<(String, &str), UrlError> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut chars = text.char_indices().skip(usize::from(quoted));
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            '\'' if quoted => return Ok((value, text.get(at + 1..).unwrap_or_default())),
            c if c.is_whitespace() && !quoted => {
                return Ok((value, text.get(at..).unwrap_or_default()));
            }
            c => value.push(c),
        }
    }
    if quoted {
        Err(malformed())
    } else {
        Ok((value, ""))
    }
}

fn malformed() -> UrlError {
    UrlError::new(
        "The pairs of names and values cannot be read.",
        "Write them as host=… port=… user=… dbname=…, with values in single quotes where they \
         hold spaces.",
    )
}
