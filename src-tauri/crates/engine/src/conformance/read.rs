//! Whether sessions read as they should: stage by stage, the same each time,
//! in few statements, and only as long as they are told to.

use std::time::Duration;

use model::SnapshotBuilder;
use model::stage::StageState;
use tokio_util::sync::CancellationToken;

use super::{Complaints, Fixture, PATIENCE, Recorder, read};
use crate::{Engine, EngineError, InspectScope, OpContext};

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

/// Reading ends with its own error when it is stopped or out of time, and
/// another session reads on as if nothing had been.
pub async fn reading_ends_when_told(engine: &dyn Engine, fixture: &Fixture) -> Complaints {
    let mut complaints = Complaints::default();
    let recorder = Recorder::new();
    let stopped = CancellationToken::new();
    stopped.cancel();
    let is_cancelled: fn(&EngineError) -> bool = |error| matches!(error, EngineError::Cancelled);
    let is_late: fn(&EngineError) -> bool = |error| matches!(error, EngineError::TimedOut { .. });
    for (what, cx, expected) in [
        (
            "stopped",
            OpContext::lasting(PATIENCE).cancelled_by(stopped),
            is_cancelled,
        ),
        ("out of time", OpContext::lasting(Duration::ZERO), is_late),
    ] {
        let opened = fixture.open(engine, &recorder).await;
        let Some(mut session) = complaints.value("opening", opened) else {
            return complaints;
        };
        let mut out = SnapshotBuilder::default();
        let scope = InspectScope::database(&fixture.database);
        let reading = session.inspect(&scope, &mut out, &cx);
        match tokio::time::timeout(PATIENCE, reading).await {
            Err(_) => complaints.expect(false, || format!("{what}: hung")),
            Ok(Ok(())) => complaints.expect(false, || format!("{what}: read on")),
            Ok(Err(error)) => complaints.expect(expected(&error), || format!("{what}: {error:?}")),
        }
    }
    complaints.value("reading afterwards", fixture.read(engine, &recorder).await);
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
