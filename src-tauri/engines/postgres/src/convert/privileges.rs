//! Access lists as the server keeps them, as lines that people read.

use std::collections::BTreeMap;

use model::Text;
use model::snapshot::AttributeValue;

use crate::types::identifier;

/// The lines of an access list (`SELECT, INSERT to reader`), one a grantee; nothing
/// where it is the usual one. A list without anybody takes all rights from all.
pub(crate) fn privileges(acl: &Option<Vec<Text>>) -> Option<AttributeValue> {
    let acl = acl.as_deref()?;
    if acl.is_empty() {
        return Some(AttributeValue::List(vec!["nobody".into()]));
    }
    let mut lines: Vec<Text> = Vec::new();
    let mut by_grantee: BTreeMap<(String, bool), Vec<char>> = BTreeMap::new();
    for item in acl {
        let Some((grantee, rights)) = taken_apart(item) else {
            continue;
        };
        let mut rights = rights.chars().peekable();
        while let Some(right) = rights.next() {
            let grantable = rights.next_if_eq(&'*').is_some();
            let known = by_grantee.entry((grantee.clone(), grantable)).or_default();
            if !known.contains(&right) {
                known.push(right);
            }
        }
    }
    for ((grantee, grantable), rights) in by_grantee {
        let words: Vec<_> = rights.into_iter().map(word).collect();
        let end = if grantable { " with grant option" } else { "" };
        lines.push(format!("{} to {grantee}{end}", words.join(", ")).into());
    }
    (!lines.is_empty()).then_some(AttributeValue::List(lines))
}

/// Who may do it, as a statement names them, and the letters of what; the name stands in
/// quotes where it is not plain, and nobody's name is everybody.
fn taken_apart(item: &str) -> Option<(String, &str)> {
    let (name, rest) = if let Some(quoted) = item.strip_prefix('"') {
        let mut name = String::new();
        let mut letters = quoted.char_indices().peekable();
        let rest = loop {
            match letters.next()? {
                (_, '"') if letters.next_if(|(_, next)| *next == '"').is_some() => name.push('"'),
                (end, '"') => break quoted.get(end + 1..)?,
                (_, other) => name.push(other),
            }
        };
        (name, rest.strip_prefix('=')?)
    } else {
        let (name, rest) = item.split_once('=')?;
        (name.to_owned(), rest)
    };
    let grantee = if item.starts_with('=') {
        "PUBLIC".to_owned()
    } else {
        identifier(&name)
    };
    let rights = rest.split('/').next()?;
    Some((grantee, rights))
}

/// What a letter of an access list allows.
fn word(right: char) -> &'static str {
    match right {
        'a' => "INSERT",
        'r' => "SELECT",
        'w' => "UPDATE",
        'd' => "DELETE",
        'D' => "TRUNCATE",
        'x' => "REFERENCES",
        't' => "TRIGGER",
        'X' => "EXECUTE",
        'U' => "USAGE",
        'C' => "CREATE",
        'T' => "TEMPORARY",
        'c' => "CONNECT",
        's' => "SET",
        'A' => "ALTER SYSTEM",
        'm' => "MAINTAIN",
        _ => "UNKNOWN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(acl: &[&str]) -> Vec<String> {
        let acl: Vec<Text> = acl.iter().map(|item| Text::from(*item)).collect();
        match privileges(&Some(acl)) {
            Some(AttributeValue::List(lines)) => lines.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn each_grantee_has_a_line() {
        assert_eq!(
            lines(&["owner=arwdDxt/owner", "=r/owner"]),
            [
                "SELECT to PUBLIC",
                "INSERT, SELECT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER to owner"
            ],
            "an empty name is everybody"
        );
        assert_eq!(
            lines(&["reader=r*w/owner", "reader=a/another"]),
            [
                "UPDATE, INSERT to reader",
                "SELECT to reader with grant option"
            ],
            "what may be passed on is told apart, whoever granted it"
        );
    }

    #[test]
    fn nobody_is_told_apart_from_the_usual() {
        assert_eq!(lines(&[]), ["nobody"], "all rights were taken from all");
        assert_eq!(privileges(&None), None, "the usual rights are not told");
    }

    #[test]
    fn names_are_taken_as_they_are_written() {
        assert_eq!(
            lines(&["\"a=b \"\"c/d\"=r/owner"]),
            ["SELECT to \"a=b \"\"c/d\""],
            "a name may hold every mark of the list"
        );
        assert!(
            lines(&["broken"]).is_empty(),
            "what is no item says nothing"
        );
    }
}
