//! Looking at documents here: the same counts as the server's, for where it
//! cannot. A document is walked as its bytes lie, without a copy.

use bson::spec::ElementType;
use bson::{Bson, RawBsonRef, RawDocument};

use super::tally::Tally;
use crate::pipelines::{ELEMENTS, Path, Step};
use crate::settings::Hints;

/// Levels that are followed; a server keeps no deeper documents.
const DEPTH: usize = 200;
const LONGEST_HINT: usize = 40;

/// Counts what one document holds.
pub(super) fn walk(document: &RawDocument, hints: Hints, tally: &mut Tally) {
    let mut path = Path::new();
    tally.at(&path, "object").add(None, None);
    below_object(document, hints, tally, &mut path);
}

fn below_object(document: &RawDocument, hints: Hints, tally: &mut Tally, path: &mut Path) {
    if path.len() >= DEPTH || tally.is_full() {
        return;
    }
    for field in document.iter() {
        // What is broken ends its object: nothing after it can be trusted.
        let Ok((name, value)) = field else { return };
        path.push(Step::Name(name.as_str().to_owned()));
        value_at(value, hints, tally, path);
        path.pop();
    }
}

fn value_at(value: RawBsonRef<'_>, hints: Hints, tally: &mut Tally, path: &mut Path) {
    let length = match value {
        RawBsonRef::String(text) => Some(text.chars().count()),
        RawBsonRef::Array(array) => Some(array.into_iter().count()),
        _ => None,
    };
    let hint = hint(value, hints);
    let length = length.map(|length| u32::try_from(length).unwrap_or(u32::MAX));
    tally
        .at(path, type_name(value.element_type()))
        .add(hint, length);
    match value {
        RawBsonRef::Document(document) => below_object(document, hints, tally, path),
        RawBsonRef::Array(array) if path.len() < DEPTH => {
            path.push(Step::Element);
            for element in array.into_iter().take(ELEMENTS as usize) {
                let Ok(element) = element else { break };
                value_at(element, hints, tally, path);
            }
            path.pop();
        }
        _ => {}
    }
}

fn hint(value: RawBsonRef<'_>, hints: Hints) -> Option<Bson> {
    let kept = match value {
        RawBsonRef::Int32(_)
        | RawBsonRef::Int64(_)
        | RawBsonRef::Double(_)
        | RawBsonRef::Decimal128(_)
        | RawBsonRef::DateTime(_) => hints != Hints::None,
        RawBsonRef::String(text) => hints == Hints::All && text.chars().nth(LONGEST_HINT).is_none(),
        _ => false,
    };
    if kept {
        Bson::try_from(value).ok()
    } else {
        None
    }
}

/// The name of a type as the server's own `$type` gives it.
fn type_name(of: ElementType) -> &'static str {
    match of {
        ElementType::Double => "double",
        ElementType::String => "string",
        ElementType::EmbeddedDocument => "object",
        ElementType::Array => "array",
        ElementType::Binary => "binData",
        ElementType::Undefined => "undefined",
        ElementType::ObjectId => "objectId",
        ElementType::Boolean => "bool",
        ElementType::DateTime => "date",
        ElementType::Null => "null",
        ElementType::RegularExpression => "regex",
        ElementType::DbPointer => "dbPointer",
        ElementType::JavaScriptCode => "javascript",
        ElementType::Symbol => "symbol",
        ElementType::JavaScriptCodeWithScope => "javascriptWithScope",
        ElementType::Int32 => "int",
        ElementType::Timestamp => "timestamp",
        ElementType::Int64 => "long",
        ElementType::Decimal128 => "decimal",
        ElementType::MaxKey => "maxKey",
        ElementType::MinKey => "minKey",
    }
}
