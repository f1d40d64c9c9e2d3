//! Whether a part that is read alone is what it is in the whole.

use model::snapshot::Walker;
use model::{ObjectKind, ObjectPath, Snapshot};

use super::{Complaints, Fixture, Recorder, read};
use crate::{Engine, InspectScope};

/// A schema or a table read alone is what it is in the whole; one that is not
/// there is simply left out.
pub async fn a_part_equals_that_part_of_the_whole(
    engine: &dyn Engine,
    fixture: &Fixture,
) -> Complaints {
    let mut complaints = Complaints::default();
    let recorder = Recorder::new();
    let Some(mut session) = complaints.value("opening", fixture.open(engine, &recorder).await)
    else {
        return complaints;
    };
    let whole = InspectScope::database(&fixture.database);
    let read_whole = read(session.as_mut(), &whole, &recorder).await;
    let Some(snapshot) = complaints.value("the whole", read_whole) else {
        return complaints;
    };
    let parts: Vec<Walker<'_>> = snapshot.all().filter(|walker| is_part(*walker)).collect();
    complaints.expect(!parts.is_empty(), || "there is no part to read".to_owned());
    for part in parts {
        let path = part.path();
        let scope = scope_of(&whole, &path);
        let alone = read(session.as_mut(), &scope, &recorder).await;
        let Some(alone) = complaints.value(&path.to_string(), alone) else {
            continue;
        };
        let same = alone
            .find(&path)
            .is_some_and(|found| found.subtree_hash() == part.subtree_hash());
        complaints.expect(same, || format!("{path} reads differently alone"));
        let strangers = strangers(&alone, &path);
        complaints.expect(strangers.is_empty(), || {
            format!("{path} brings along {strangers:?}")
        });
    }
    let missing = InspectScope {
        table: Some("no such table".to_owned()),
        ..whole
    };
    let missing = InspectScope {
        schema: first_schema(&snapshot),
        ..missing
    };
    if let Some(nothing) = complaints.value(
        "a missing table",
        read(session.as_mut(), &missing, &recorder).await,
    ) {
        let found = nothing.all().find(|walker| walker.kind().is_relation());
        complaints.expect(found.is_none(), || "a missing table was found".to_owned());
    }
    complaints
}

/// What may be read alone: schemas, and a few tables and views of each kind.
fn is_part(walker: Walker<'_>) -> bool {
    if walker.kind() == ObjectKind::Schema {
        return true;
    }
    let before = walker.parent().map(|parent| {
        parent
            .children_of(walker.kind())
            .take_while(|other| other.id() != walker.id())
            .count()
    });
    walker.kind().is_relation() && before.is_some_and(|before| before < 5)
}

fn scope_of(whole: &InspectScope, path: &ObjectPath) -> InspectScope {
    let relation = path.last().filter(|last| last.kind.is_relation());
    InspectScope {
        schema: path.name_of(ObjectKind::Schema).map(ToString::to_string),
        table: relation.map(|last| last.name.to_string()),
        ..whole.clone()
    }
}

/// What a snapshot holds beside an object, what stands above it and below it.
fn strangers(snapshot: &Snapshot, path: &ObjectPath) -> Vec<String> {
    let paths = snapshot.all().map(Walker::path);
    let strange = paths.filter(|other| !path.contains(other) && !other.contains(path));
    strange.map(|other| other.to_string()).collect()
}

fn first_schema(snapshot: &Snapshot) -> Option<String> {
    let schema = snapshot
        .all()
        .find(|walker| walker.kind() == ObjectKind::Schema)?;
    Some(schema.name().to_owned())
}
