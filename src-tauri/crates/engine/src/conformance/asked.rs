//! Whether a session answers what else it can be asked, and changes nothing by it.

use std::future::Future;

use model::engine::Tab;

use super::{Complaints, Fixture, Recorder, read, watched};
use crate::{Engine, EngineError, InspectScope};

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
