//! A part of a snapshot as text, and the way to it from a path of names.

use std::fmt::Write as _;

use model::Snapshot;
use model::path::visible;
use model::snapshot::{Detail, Walker};

/// The object that names joined by dots lead to; a name may be quoted, and where
/// there is only one database, its name may be left out.
pub(super) fn find<'a>(snapshot: &'a Snapshot, path: &str) -> Option<Walker<'a>> {
    let names = split(path)?;
    let roots: Vec<_> = snapshot.roots().collect();
    let from_top = roots.iter().find_map(|root| walk(*root, &names));
    from_top.or_else(|| match roots.as_slice() {
        [only] => only.children().find_map(|child| walk(child, &names)),
        _ => None,
    })
}

/// One object a line, indented below what holds it.
pub(super) fn text<'a>(top: impl IntoIterator<Item = Walker<'a>>) -> String {
    let mut out = String::new();
    top.into_iter().for_each(|walker| write(&mut out, walker, 0));
    out
}

fn walk<'a>(walker: Walker<'a>, names: &[String]) -> Option<Walker<'a>> {
    let (first, rest) = names.split_first()?;
    if walker.name() != first {
        return None;
    }
    if rest.is_empty() {
        return Some(walker);
    }
    walker.children().find_map(|child| walk(child, rest))
}

/// Names as [`model::ObjectPath`] writes them: quoted where they are not plain.
fn split(path: &str) -> Option<Vec<String>> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    let mut letters = path.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => names.last_mut()?.push('"'),
            '"' => quoted = !quoted,
            '.' if !quoted => names.push(String::new()),
            _ => names.last_mut()?.push(letter),
        }
    }
    (!quoted).then_some(names)
}

fn write(out: &mut String, walker: Walker<'_>, depth: usize) {
    let (kind, name) = (walker.kind(), visible(walker.name()));
    let facts = facts(&walker.object().detail);
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{:indent$}{kind} {name}{facts}", "", indent = depth * 2);
    walker.children().for_each(|child| write(out, child, depth + 1));
}

fn facts(detail: &Detail) -> String {
    match detail {
        Detail::Column(column) => {
            let null = if column.nullable { "" } else { " not null" };
            format!("  {}{null}", visible(&column.type_text))
        }
        Detail::PrimaryKey(key) | Detail::Unique(key) => format!("  ({})", list(&key.columns)),
        Detail::ForeignKey(key) => format!(
            "  ({}) -> {} ({})",
            list(&key.columns),
            visible(&key.references.name),
            list(&key.referenced_columns)
        ),
        _ => String::new(),
    }
}

fn list(names: &[model::Text]) -> String {
    names.iter().map(|name| visible(name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_quoted_name_may_hold_dots_and_quotes() {
        let names = split(r#"shop.public."odd.""name""".id"#);
        let wanted = ["shop", "public", "odd.\"name\"", "id"].map(str::to_owned).to_vec();
        assert_eq!(names, Some(wanted));
    }

    #[test]
    fn an_open_quote_is_no_path() {
        assert_eq!(split("shop.\"public"), None);
    }
}
