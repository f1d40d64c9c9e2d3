//! Steps that several journeys take.

use db_studio_tests::people::Person;
use model::{AppError, ConnectionId, ErrorKind, ObjectId, ObjectKind};
use services::view::{ChildrenRequest, ObjectCard, SyncEnded, SyncScope, TreeParent};

/// The kind of error that this ended with.
pub(crate) fn kind<T: std::fmt::Debug>(result: Result<T, services::Error>) -> ErrorKind {
    AppError::from(result.expect_err("it must be refused")).kind
}

/// The connection of this name.
pub(crate) async fn named(person: &Person, name: &str) -> ConnectionId {
    let cards = person.studio.connections().await.unwrap();
    let card = cards.iter().find(|card| card.connection.draft.name == name);
    card.unwrap_or_else(|| panic!("{name} is not there"))
        .connection
        .id
}

/// Reads all of a connection; it must go well.
pub(crate) async fn sync(person: &Person, connection: ConnectionId) -> SyncEnded {
    let ended = person
        .studio
        .sync_to_end(connection, SyncScope::Connection)
        .await
        .unwrap();
    assert_eq!(ended.error, None, "the sync must go well");
    ended
}

/// The databases of a connection.
pub(crate) async fn databases(person: &Person, connection: ConnectionId) -> Vec<ObjectCard> {
    rows(person, TreeParent::Connection { connection }, &[]).await
}

/// The children of an object, of one kind.
pub(crate) async fn children(
    person: &Person,
    object: ObjectId,
    kind: ObjectKind,
) -> Vec<ObjectCard> {
    rows(person, TreeParent::Object { object }, &[kind]).await
}

/// The child of this kind and name.
pub(crate) async fn child(
    person: &Person,
    object: ObjectId,
    kind: ObjectKind,
    name: &str,
) -> ObjectCard {
    let found = children(person, object, kind)
        .await
        .into_iter()
        .find(|row| row.name == name);
    found.unwrap_or_else(|| panic!("there is no {kind} {name}"))
}

/// The names of rows.
pub(crate) fn names(rows: &[ObjectCard]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

async fn rows(person: &Person, parent: TreeParent, kinds: &[ObjectKind]) -> Vec<ObjectCard> {
    let (kinds, filter) = (kinds.to_vec(), String::new());
    let request = ChildrenRequest {
        parent,
        kinds,
        filter,
        offset: 0,
        limit: 1000,
    };
    person.studio.children(request).await.unwrap().rows
}
