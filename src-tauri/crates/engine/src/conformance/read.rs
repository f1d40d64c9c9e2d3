//! Whether sessions read as they should: the same each time, in few
//! statements, stage by stage, and without changing anything.

use std::future::Future;

use model::engine::Tab;
use model::snapshot::Walker;
use model::stage::StageState;
use model::{ObjectKind, ObjectPath, Snapshot};

use super::{Complaints, Fixture, Recorder, read, watched};
use crate::{Engine, EngineError, InspectScope};

/// Opening reports only declared stages, in their order, each begun and ended
/// with a time of its own.
pub async fn opening_tells_its_stages(engine: &dyn Engine, fixture: &Fixture) -> Complaints {
    let mut complaints = Complaints::default();
    let recorder = Recorder::new();
    let opened = fixture.open(engine, &recorder).await;
    if complaints.value("opening", opened).is_none() {
        return complaints;
    }
    let outcome = recorder.outcome();
    let declared = engine.descriptor().stages;
    let ascending = outcome.windows(2).all(|pair| pair[0].0 < pair[1].0);
    complaints.expect(ascending, || format!("the stages came as {outcome:?}"));
    complaints.expect(!outcome.is_empty(), || "no stage was reported".to_owned());
    for (stage, state) in &outcome {
        complaints.expect(declared.contains(stage), || {
            format!("{stage:?} is not declared")
        });
        let well = matches!(state, StageState::Passed | StageState::Skipped);
        complaints.expect(well, || format!("{stage:?} ended as {state:?}"));
        let last = recorder.stage(*stage);
        let timed = last.is_some_and(|last| last.millis.is_some() || *state == StageState::Skipped);
        complaints.expect(timed, || format!("{stage:?} has no time"));
    }
    complaints
}

/// Two readings are equal, over one session and over two.
pub async fn reading_twice_gives_the_same(engine: &dyn Engine, fixture: &Fixture) -> Complaints {
    let mut complaints = Complaints::default();
    let recorder = Recorder::new();
    let Some(mut session) = complaints.value("opening", fixture.open(engine, &recorder).await)
    else {
        return complaints;
    };
    let scope = InspectScope::database(&fixture.database);
    let first = read(session.as_mut(), &scope, &recorder).await;
    let second = read(session.as_mut(), &scope, &recorder).await;
    let third = fixture.read(engine, &recorder).await;
    let Some(first) = complaints.value("the first reading", first) else {
        return complaints;
    };
    for (which, other) in [("the second", second), ("another session's", third)] {
        let Some(other) = complaints.value(which, other) else {
            continue;
        };
        let changes = first.diff(&other);
        complaints.expect(changes.is_empty(), || {
            format!("{which} reading differs in {changes:?}")
        });
        let same = first.outline() == other.outline();
        complaints.expect(same, || format!("{which} reading has another order"));
    }
    complaints
}

/// Reading a large database takes as many statements as a small one.
pub async fn statements_do_not_grow(
    engine: &dyn Engine,
    small: &Fixture,
    large: &Fixture,
) -> Complaints {
    let mut complaints = Complaints::default();
    let mut numbers = Vec::new();
    for fixture in [small, large] {
        let recorder = Recorder::new();
        let snapshot = fixture.read(engine, &recorder).await;
        let Some(snapshot) = complaints.value("reading", snapshot) else {
            return complaints;
        };
        numbers.push((recorder.statements().len(), snapshot.nodes().len()));
    }
    if let [(few, objects), (many, more_objects)] = *numbers {
        complaints.expect(few > 0, || "no statement is recorded".to_owned());
        complaints.expect(objects * 5 < more_objects, || {
            "the large one is not large".to_owned()
        });
        complaints.expect(few == many, || {
            format!("{few} statements for {objects} objects, {many} for {more_objects}")
        });
    }
    complaints
}

/// The server's list names the database, and the session says that it reaches it.
pub async fn the_database_is_listed(engine: &dyn Engine, fixture: &Fixture) -> Complaints {
    let mut complaints = Complaints::default();
    let recorder = Recorder::new();
    let Some(mut session) = complaints.value("opening", fixture.open(engine, &recorder).await)
    else {
        return complaints;
    };
    let name = &*fixture.database;
    complaints.expect(session.database() == name, || {
        format!("the session says that it is in {}", session.database())
    });
    complaints.expect(session.reaches(name), || {
        "the session does not reach its own".to_owned()
    });
    let cx = watched(&recorder);
    let listed = session.databases(false, &cx).await;
    let Some(listed) = complaints.value("listing", listed) else {
        return complaints;
    };
    let names: Vec<_> = listed.iter().map(|database| &*database.name).collect();
    complaints.expect(names.contains(&name), || {
        format!("{name} is not among {names:?}")
    });
    complaints.expect(names.is_sorted(), || format!("{names:?} are not sorted"));
    let Some(all) = complaints.value("listing all", session.databases(true, &cx).await) else {
        return complaints;
    };
    let with_system = all.len() >= listed.len();
    complaints.expect(with_system, || {
        "with the server's own there are fewer".to_owned()
    });
    let server = session.server(&cx).await;
    if let Some(server) = complaints.value("the server", server) {
        complaints.expect(server.read_only, || "the session may write".to_owned());
        let named = !server.product.is_empty() && !server.version.is_empty();
        complaints.expect(named, || format!("{server:?} has no name"));
    }
    complaints.value("privileges", session.privileges(&cx).await);
    complaints
}

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

/// Objects of each kind with the tab for it have definitions, and a missing one is `NotFound`.
pub async fn definitions_are_there(engine: &dyn Engine, fixture: &Fixture) -> Complaints {
    let mut complaints = Complaints::default();
    let recorder = Recorder::new();
    let Some(mut session) = complaints.value("opening", fixture.open(engine, &recorder).await)
    else {
        return complaints;
    };
    let scope = InspectScope::database(&fixture.database);
    let snapshot = read(session.as_mut(), &scope, &recorder).await;
    let Some(snapshot) = complaints.value("reading", snapshot) else {
        return complaints;
    };
    let cx = watched(&recorder);
    let kinds = engine
        .descriptor()
        .kinds
        .iter()
        .filter(|kind| kind.tabs.contains(&Tab::Definition));
    for kind in kinds.map(|declared| declared.kind) {
        let objects: Vec<_> = snapshot
            .all()
            .filter(|walker| walker.kind() == kind)
            .collect();
        let mut given = 0;
        for path in objects.iter().map(|walker| walker.path()) {
            match session.definition(&path, &cx).await {
                // What the engine made by itself has no statement.
                Err(EngineError::Unsupported { .. }) => {}
                answer => {
                    let Some(definition) = complaints.value(&path.to_string(), answer) else {
                        continue;
                    };
                    let text = !definition.text.trim().is_empty();
                    complaints.expect(text, || format!("{path}: empty"));
                    given += 1;
                }
            }
        }
        complaints.expect(given > 0 || objects.is_empty(), || {
            format!("no {kind} has one")
        });
        let Some(mut missing) = objects.first().map(|walker| walker.path()) else {
            continue;
        };
        if let Some(step) = missing.0.last_mut() {
            step.name = "no such object".into();
        }
        let answer = session.definition(&missing, &cx).await;
        let not_found = matches!(answer, Err(EngineError::NotFound { .. }));
        complaints.expect(not_found, || format!("a missing {kind} gives {answer:?}"));
    }
    complaints
}

/// All that a session can do leaves `contents` as they were; they are what the
/// fixture's owner sees of the server or the file.
pub async fn nothing_is_changed_by_reading<C, F>(
    engine: &dyn Engine,
    fixture: &Fixture,
    contents: impl Fn() -> F,
) -> Complaints
where
    C: PartialEq,
    F: Future<Output = C>,
{
    let before = contents().await;
    let mut complaints = the_database_is_listed(engine, fixture).await;
    complaints
        .0
        .extend(definitions_are_there(engine, fixture).await.0);
    complaints.expect(before == contents().await, || {
        "reading changed something".to_owned()
    });
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
