//! The way to a part of a snapshot from a path of names.

use model::Snapshot;
use model::snapshot::Walker;

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

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_quoted_name_may_hold_dots_and_quotes() {
        let names = split(r#"shop.public."odd.""name""".id"#);
        let wanted = ["shop", "public", "odd.\"name\"", "id"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(names, Some(wanted));
    }

    #[test]
    fn an_open_quote_is_no_path() {
        assert_eq!(split("shop.\"public"), None);
    }
}
