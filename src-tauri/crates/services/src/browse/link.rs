//! Links to objects, as people copy them: `db-studio://<connection>/<kind>:<name>/…`.

use model::path::PathStep;
use model::{ConnectionUuid, ObjectKind, ObjectPath};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const SCHEME: &str = "db-studio://";

/// The link of an object.
pub(super) fn format(connection: ConnectionUuid, path: &ObjectPath) -> String {
    let mut link = format!("{SCHEME}{connection}");
    for step in &path.0 {
        let name = utf8_percent_encode(&step.name, NON_ALPHANUMERIC);
        link.push_str(&format!("/{}:{name}", step.kind));
    }
    link
}

/// What a link names, unless it is no link.
pub(super) fn parse(link: &str) -> Option<(ConnectionUuid, ObjectPath)> {
    let mut parts = link.trim().strip_prefix(SCHEME)?.split('/');
    let connection = ConnectionUuid(uuid::Uuid::parse_str(parts.next()?).ok()?);
    let steps: Option<Vec<PathStep>> = parts.map(step).collect();
    Some((connection, ObjectPath(steps?)))
}

fn step(part: &str) -> Option<PathStep> {
    let (kind, name) = part.split_once(':')?;
    let name = percent_decode_str(name).decode_utf8().ok()?;
    Some(PathStep {
        kind: ObjectKind::parse(kind)?,
        name: name.as_ref().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_back_to_its_object() {
        let path = ObjectPath::database("a/b:c")
            .child(ObjectKind::Schema, "ö \"quoted\"\n")
            .child(ObjectKind::Table, "100 %");
        let connection = ConnectionUuid::generate();
        assert_eq!(
            parse(&format(connection, &path)),
            Some((connection, path)),
            "every name survives"
        );
    }

    #[test]
    fn other_text_is_no_link() {
        for text in [
            "",
            "db-studio://",
            "https://example.net",
            "db-studio://x/table:y",
        ] {
            assert!(parse(text).is_none(), "{text:?} names no object");
        }
    }
}
