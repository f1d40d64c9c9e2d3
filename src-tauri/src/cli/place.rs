//! The way to an object from a path of names.

use model::snapshot::Walker;
use model::{
    AppError, ConnectionId, EngineDescriptor, ErrorKind, ObjectId, ObjectKind, ObjectPath, Snapshot,
};
use services::view::{ChildrenRequest, ConnectionCard, TreeParent};
use services::{REGISTRY, Studio};

use super::terminal::Failure;

/// How many objects are looked through at a time.
const PAGE: u32 = 1000;

/// The object that names joined by dots lead to; a name may be quoted, and where
/// there is only one database, its name may be left out.
///
/// # Errors
/// A path that leads nowhere.
pub(super) fn find<'a>(
    snapshot: &'a Snapshot,
    connection: &str,
    path: &str,
    kind: Option<ObjectKind>,
) -> Result<Walker<'a>, Failure> {
    let found = split(path).and_then(|names| lead(snapshot, &names, kind));
    found.ok_or_else(|| {
        let what = kind.map(|kind| kind.as_str().replace('_', " ") + " ");
        let what = what.unwrap_or_default();
        Failure::misnamed(
            AppError::new(
                ErrorKind::NotFound,
                format!("The catalogue of {connection} holds no {what}{path}."),
            )
            .hint("Write the names from the database down, joined by dots."),
        )
    })
}

/// The database of this name, or the only one.
///
/// # Errors
/// There is none, or there are several.
pub(super) fn database(
    snapshot: &Snapshot,
    connection: &str,
    name: Option<&str>,
) -> Result<ObjectPath, Failure> {
    if let Some(name) = name {
        return Ok(find(snapshot, connection, name, Some(ObjectKind::Database))?.path());
    }
    let databases: Vec<_> = databases(snapshot).collect();
    match databases.as_slice() {
        [only] => Ok(only.path()),
        [] => Err(Failure::misnamed(
            AppError::new(
                ErrorKind::NotFound,
                format!("The catalogue of {connection} holds no database."),
            )
            .hint("Read its schema first: db-studio sync."),
        )),
        _ => Err(Failure::usage(
            "There are several databases.",
            "Name one behind the connection.",
        )),
    }
}

/// The object at a path, as services know it.
///
/// # Errors
/// It has gone meanwhile.
pub(super) async fn id(
    studio: &Studio,
    connection: ConnectionId,
    path: &ObjectPath,
) -> Result<ObjectId, Failure> {
    let mut parent = TreeParent::Connection { connection };
    let mut found = None;
    for step in &path.0 {
        let mut offset = 0;
        let id = loop {
            let page = studio
                .children(ChildrenRequest {
                    parent,
                    kinds: vec![step.kind],
                    filter: step.name.to_string(),
                    offset,
                    limit: PAGE,
                })
                .await?;
            let mut rows = page.rows.iter();
            let here = rows.find(|row| row.kind == step.kind && *row.name == *step.name);
            if let Some(row) = here {
                break row.id;
            }
            offset += PAGE;
            if offset >= page.total {
                return Err(gone(path));
            }
        };
        parent = TreeParent::Object { object: id };
        found = Some(id);
    }
    found.ok_or_else(|| gone(path))
}

/// What the engine of a connection declares.
///
/// # Errors
/// An engine that this program does not have.
pub(super) fn descriptor(card: &ConnectionCard) -> Result<&'static EngineDescriptor, Failure> {
    let name = &card.connection.draft.target.engine;
    let engine = REGISTRY.get(name);
    let unknown = || services::Error::UnknownEngine(name.0.clone());
    Ok(engine.ok_or_else(unknown)?.descriptor())
}

fn gone(path: &ObjectPath) -> Failure {
    Failure::misnamed(AppError::new(
        ErrorKind::NotFound,
        format!("There is no {path} any more."),
    ))
}

fn lead<'a>(
    snapshot: &'a Snapshot,
    names: &[String],
    kind: Option<ObjectKind>,
) -> Option<Walker<'a>> {
    let from_top = snapshot.roots().find_map(|root| walk(root, names, kind));
    from_top.or_else(|| {
        let mut databases = databases(snapshot);
        let (only, more) = (databases.next()?, databases.next());
        more.is_none()
            .then(|| only.children().find_map(|child| walk(child, names, kind)))
            .flatten()
    })
}

fn databases(snapshot: &Snapshot) -> impl Iterator<Item = Walker<'_>> {
    let roots = snapshot.roots();
    roots.filter(|root| root.kind() == ObjectKind::Database)
}

fn walk<'a>(walker: Walker<'a>, names: &[String], kind: Option<ObjectKind>) -> Option<Walker<'a>> {
    let (first, rest) = names.split_first()?;
    if walker.name() != first {
        return None;
    }
    if rest.is_empty() {
        return kind
            .is_none_or(|kind| walker.kind() == kind)
            .then_some(walker);
    }
    walker.children().find_map(|child| walk(child, rest, kind))
}

/// Names as [`ObjectPath`] writes them: quoted where they are not plain, and then
/// with escapes for what would leave its line.
fn split(path: &str) -> Option<Vec<String>> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    let mut letters = path.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => names.last_mut()?.push('"'),
            '"' => quoted = !quoted,
            '\\' if quoted => {
                let (meant, length) = escaped(letters.clone());
                names.last_mut()?.push(meant);
                letters.by_ref().take(length).for_each(drop);
            }
            '.' if !quoted => names.push(String::new()),
            _ => names.last_mut()?.push(letter),
        }
    }
    (!quoted).then_some(names)
}

/// What the letters behind a backslash stand for, and how many they are; none
/// where the backslash is one.
fn escaped(mut letters: impl Iterator<Item = char>) -> (char, usize) {
    match letters.next() {
        Some('\\') => ('\\', 1),
        Some('n') => ('\n', 1),
        Some('r') => ('\r', 1),
        Some('t') => ('\t', 1),
        Some('u') if letters.next() == Some('{') => {
            let digits: String = letters.take_while(|&letter| letter != '}').collect();
            let code = u32::from_str_radix(&digits, 16).ok();
            match code.and_then(char::from_u32) {
                Some(letter) => (letter, digits.len() + 3),
                None => ('\\', 0),
            }
        }
        _ => ('\\', 0),
    }
}

#[cfg(test)]
mod tests {
    use model::{ObjectKind, ObjectPath};

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
    fn whatever_is_written_leads_back() {
        for name in [
            "line\nfeed",
            "tab\t",
            "\u{7f}\u{1b}[2J",
            "back\\slash",
            "\\n",
            "\\u{1b}",
            "",
        ] {
            let path = ObjectPath::database("main").child(ObjectKind::Table, name);
            let path = path.child(ObjectKind::Column, "id");
            assert_eq!(
                split(&path.to_string()),
                Some(vec!["main".to_owned(), name.to_owned(), "id".to_owned()]),
                "{path} is what is printed of {name:?}"
            );
        }
    }

    #[test]
    fn an_open_quote_is_no_path() {
        assert_eq!(split("shop.\"public"), None);
    }
}
