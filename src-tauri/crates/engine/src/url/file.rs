//! Paths and `file:`-like strings, as engines have them whose database is a file.

use std::path::Path;

use model::EngineDescriptor;
use model::connection::field;

use super::encode::decode;
use super::{Filling, ParsedUrl, UrlError, is_file_engine, query};

/// The engine that a bare path is for: by its ending, or the first that has files.
pub(super) fn engine_for(
    descriptors: &[&'static EngineDescriptor],
    text: &str,
) -> Option<&'static EngineDescriptor> {
    let of_files = || {
        descriptors
            .iter()
            .copied()
            .filter(|found| is_file_engine(found))
    };
    let ending = text
        .rsplit(['/', '\\'])
        .next()?
        .rsplit_once('.')
        .map(|(_, ending)| ending);
    let by_ending = ending.and_then(|ending| {
        let known = |own: &&str| own.trim_start_matches('.').eq_ignore_ascii_case(ending);
        of_files().find(|found| found.file_extensions.iter().any(known))
    });
    by_ending.or_else(|| {
        if looks_like_path(text) {
            of_files().next()
        } else {
            None
        }
    })
}

fn looks_like_path(text: &str) -> bool {
    let drive =
        matches!(text.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    drive || text.starts_with(['/', '\\', '~']) || text.starts_with("./") || text.starts_with("../")
}

/// Reads a bare path, to the letter.
pub(super) fn parse_path(
    descriptor: &'static EngineDescriptor,
    path: &str,
) -> Result<ParsedUrl, UrlError> {
    let mut filling = Filling::new(descriptor);
    filling.set(field::FILE, path.to_owned())?;
    Ok(filling.done())
}

/// Reads what follows `scheme:`.
pub(super) fn parse_url(
    descriptor: &'static EngineDescriptor,
    scheme: &str,
    rest: &str,
) -> Result<ParsedUrl, UrlError> {
    let mut filling = Filling::new(descriptor);
    let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let path = if scheme.eq_ignore_ascii_case("file") {
        standard_path(path)?
    } else {
        slashed_path(path)?
    };
    filling.set(field::FILE, path)?;
    query::parse(&mut filling, parameters, false)?;
    Ok(filling.done())
}

/// The path of a `file:` URI: two slashes announce a host, which is this machine.
fn standard_path(text: &str) -> Result<String, UrlError> {
    let Some(after) = text.strip_prefix("//") else {
        return decode(text, "path");
    };
    let (host, path) = after
        .find('/')
        .map_or((after, ""), |slash| after.split_at(slash));
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return Err(UrlError::new(
            "The file is on another machine.",
            "Write file:///path for an absolute path and file:path for a relative one.",
        )
        .at(field::FILE));
    }
    Ok(without_slash_before_drive(decode(path, "path")?))
}

/// The path of `name:path`, `name://path`, `name:///relative` and `name:////absolute`.
///
/// Some programs write three slashes and mean an absolute path: it is taken so
/// where only that one exists.
fn slashed_path(text: &str) -> Result<String, UrlError> {
    let Some(after) = text.strip_prefix("//") else {
        return decode(text, "path");
    };
    let Some(path) = after.strip_prefix('/') else {
        return decode(after, "path");
    };
    let path = decode(path, "path")?;
    let absolute = format!("/{path}");
    let meant_absolute = !path.starts_with('/')
        && !path.is_empty()
        && !Path::new(&path).exists()
        && Path::new(&absolute).exists();
    Ok(if meant_absolute { absolute } else { path })
}

fn without_slash_before_drive(path: String) -> String {
    match path.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => {
            path.get(1..).unwrap_or_default().to_owned()
        }
        _ => path,
    }
}
