//! What a fingerprint notices: after each change, what is read again, put in the place
//! of what was known, is what a reading of everything tells.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use db_studio_tests::{Build, FreshDatabase, Postgres};
use engine::{EngineError, InspectScope, Observer, Progress, Sink};
use model::snapshot::{Fingerprint, Portion, Statistics, Touched, Walker};
use model::{Snapshot, StageReport};

use super::rest::{elsewhere, rests};
use super::{cx, open};

pub(super) const CHANGING: &str = include_str!("../../fixtures/postgres/changing.sql");

/// One a line; what a comment says is not run. Each is a change that must be noticed.
const CHANGES: &str = include_str!("../../fixtures/postgres/changes.sql");

/// Keeps all that comes of a reading.
#[derive(Default)]
pub(super) struct Heard {
    known: Option<Fingerprint>,
    only: Option<Touched>,
    read: Vec<Snapshot>,
    pub(super) ended: Option<Fingerprint>,
    /// The statements of the reading.
    asked: Vec<String>,
}

#[async_trait]
impl Sink for Heard {
    fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    async fn put(&mut self, portion: Portion) -> Result<(), EngineError> {
        match portion {
            Portion::Read(snapshot) => self.read.push(snapshot),
            Portion::Only(touched) => {
                assert!(self.read.is_empty(), "it comes first");
                self.only = Some(touched);
            }
            Portion::Restart => {
                self.read.clear();
                self.only = None;
            }
            Portion::Fingerprint(fingerprint) => self.ended = Some(fingerprint),
        }
        Ok(())
    }
}

/// An object as a catalogue keeps it: all facts of it, and of all within a table.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    relation: Option<(String, String, Option<String>)>,
    facts: Vec<String>,
}

type State = BTreeMap<String, Kept>;

fn facts(walker: Walker<'_>, all: &mut Vec<String>) {
    let mut object = walker.object().clone();
    object.statistics = Statistics::default();
    all.push(format!("{object:?}"));
    if walker.kind().is_relation() {
        for child in walker.children() {
            facts(child, all);
        }
    }
}

fn state<'s>(snapshots: impl IntoIterator<Item = &'s Snapshot>) -> State {
    let mut state = State::new();
    for walker in snapshots.into_iter().flat_map(Snapshot::all) {
        let inside = walker
            .parent()
            .is_some_and(|parent| parent.kind().is_relation());
        if inside {
            continue;
        }
        let mut all = Vec::new();
        facts(walker, &mut all);
        let relation = walker.kind().is_relation().then(|| {
            let schema = walker.parent().expect("it stands in a schema").name();
            let id = walker.object().native_id.as_deref().map(str::to_owned);
            (schema.to_owned(), walker.name().to_owned(), id)
        });
        let kept = Kept {
            relation,
            facts: all,
        };
        state.insert(format!("{} {}", walker.kind(), walker.path()), kept);
    }
    state
}

/// What is known once a reading is put in its place.
fn applied(mut known: State, heard: &Heard) -> State {
    let fresh = state(&heard.read);
    let Some(only) = &heard.only else {
        return fresh;
    };
    let is_touched = |kept: &Kept| match &kept.relation {
        Some((schema, name, id)) => only.relations.has(Some(schema), name, id.as_deref()),
        None => only.others,
    };
    assert!(
        fresh
            .values()
            .all(|kept| kept.relation.is_none() || is_touched(kept)),
        "it speaks of nothing but what it says"
    );
    known.retain(|_, kept| !is_touched(kept));
    known.extend(fresh);
    known
}

pub(super) async fn heard(database: &FreshDatabase, known: Option<Fingerprint>) -> Heard {
    heard_as(&database.url, database, known).await
}

async fn heard_as(url: &str, database: &FreshDatabase, known: Option<Fingerprint>) -> Heard {
    let mut heard = Heard {
        known,
        ..Heard::default()
    };
    let mut session = open(url).await;
    let asked = Arc::new(Asked::default());
    let cx = cx().observed(asked.clone());
    session
        .inspect(&InspectScope::database(&database.name), &mut heard, &cx)
        .await
        .expect("it is read");
    heard.asked = std::mem::take(&mut *asked.0.lock().unwrap());
    heard
}

/// Keeps the statements that are sent.
#[derive(Default)]
struct Asked(Mutex<Vec<String>>);

impl Observer for Asked {
    fn stage(&self, _: StageReport) {}
    fn progress(&self, _: Progress) {}
    fn statement(&self, sql: &str) {
        self.0.lock().unwrap().push(sql.to_owned());
    }
}

fn difference(found: &State, expected: &State) -> Vec<String> {
    let keys: std::collections::BTreeSet<_> = found.keys().chain(expected.keys()).collect();
    keys.into_iter()
        .filter(|key| found.get(*key) != expected.get(*key))
        .map(|key| format!("{key}\n  {:?}\n  {:?}", found.get(key), expected.get(key)))
        .collect()
}

/// Who reads while the owner makes changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Owner,
    /// Somebody without any right of their own.
    Ordinary,
}

/// Makes each change and compares.
async fn every_change_is_noticed(server: &Postgres, reader: Reader) {
    let database = server.fresh_database(CHANGING).await;
    let role = database.role("").await;
    let url = match reader {
        Reader::Owner => database.url.clone(),
        Reader::Ordinary => database.url_as(&role),
    };
    let first = heard_as(&url, &database, None).await;
    let (mut known, mut fingerprint) = (state(&first.read), first.ended);
    let mut elsewhere = elsewhere(&url, &database).await;
    let (mut parts, mut missed) = (0, Vec::new());
    for change in CHANGES.lines().filter(|line| !line.starts_with("--")) {
        let change = change.replace("{database}", &database.name);
        let before = known.clone();
        database.execute(&change).await;
        database.left().await;
        if rests(&mut *elsewhere, &database, &fingerprint).await {
            missed.push(format!("{change} leaves the database at rest"));
        }
        let again = heard_as(&url, &database, fingerprint).await;
        let all = state(&heard_as(&url, &database, None).await.read);
        if all == before && reader == Reader::Owner {
            missed.push(format!("{change} changes nothing that is told"));
        }
        parts += usize::from(again.only.is_some());
        let found = applied(known, &again);
        for line in difference(&found, &all) {
            missed.push(format!("{change}\n{line}"));
        }
        (known, fingerprint) = (all, again.ended);
        assert!(fingerprint.is_some(), "{change}: nothing stands in the way");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
    assert!(parts > 80, "most changes need no reading of all: {parts}");
}

#[tokio::test]
async fn every_kind_of_change_is_noticed_on_the_oldest_server() {
    every_change_is_noticed(Postgres::every().await[0], Reader::Owner).await;
}

#[tokio::test]
async fn every_kind_of_change_is_noticed_on_the_newest_server() {
    every_change_is_noticed(Postgres::every().await[1], Reader::Owner).await;
}

#[tokio::test]
async fn every_kind_of_change_is_noticed_by_somebody_without_rights() {
    for server in Postgres::every().await {
        every_change_is_noticed(server, Reader::Ordinary).await;
    }
}

/// Where nothing of a kind is there, a first reading does not look for it again.
#[tokio::test]
async fn the_first_of_a_kind_is_noticed() {
    let begin = "CREATE SCHEMA app;
        CREATE TABLE app.plain (a integer);
        CREATE FUNCTION app.noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
    let changes = [
        "CREATE TRIGGER noted BEFORE UPDATE ON app.plain
            FOR EACH ROW EXECUTE FUNCTION app.noted()",
        "DROP TRIGGER noted ON app.plain",
        "CREATE CONSTRAINT TRIGGER held AFTER UPDATE ON app.plain DEFERRABLE
            FOR EACH ROW EXECUTE FUNCTION app.noted()",
        "DROP TRIGGER held ON app.plain",
        "CREATE TYPE app.pair AS (a integer, b text)",
        "ALTER TYPE app.pair ADD ATTRIBUTE c text",
        "CREATE DOMAIN app.positive AS integer",
        "ALTER DOMAIN app.positive ADD CONSTRAINT above CHECK (VALUE > 0)",
        "CREATE SEQUENCE app.numbers",
        "ALTER SEQUENCE app.numbers INCREMENT BY 2",
        "ALTER TABLE app.plain ADD id bigint GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE app.plain ALTER id SET START WITH 7",
    ];
    for build in [Build::Debian, Build::Wheel] {
        // Roles that others make would be a reason to read all again.
        let server = Postgres::private(build).await;
        let database = server.fresh_database(begin).await;
        for change in changes {
            let before = heard(&database, None).await;
            database.execute(change).await;
            let again = heard(&database, before.ended).await;
            let all = heard(&database, None).await;
            let (before, all) = (state(&before.read), state(&all.read));
            assert!(again.only.is_some(), "{change}: not all is read again");
            assert_ne!(before, all, "{change} is told");
            let missed = difference(&applied(before, &again), &all);
            assert!(missed.is_empty(), "{change}\n{}", missed.join("\n"));
        }
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_read_again() {
    for build in [Build::Debian, Build::Wheel] {
        let server = Postgres::private(build).await;
        let database = server.fresh_database(CHANGING).await;
        let first = heard(&database, None).await;
        // Somebody writes, so that the number of the next transaction moves.
        let elsewhere = server.fresh_database("CREATE TABLE t (a integer)").await;
        let again = heard(&database, first.ended.clone()).await;
        assert!(
            again.only.as_ref().is_some_and(Touched::is_nothing) && again.read.is_empty(),
            "other databases are none of it: {:?}",
            again.only
        );
        assert!(again.ended.is_some(), "the state is told anew");
        database.left().await;
        elsewhere.execute("INSERT INTO t VALUES (1)").await;
        let later = heard(&database, again.ended).await;
        assert!(
            later.only.as_ref().is_some_and(Touched::is_nothing) && later.ended.is_some(),
            "nothing has changed there: {:?}",
            later.only
        );
        let looked = later
            .asked
            .iter()
            .any(|sql| sql.contains("pg_catalog.pg_attribute"));
        assert!(
            !looked,
            "nobody wrote there, and nobody could: {:?}",
            later.asked
        );
        let other = heard(&elsewhere, first.ended).await;
        assert!(
            other.only.is_none() && !other.read.is_empty(),
            "the state of another database says nothing of this one"
        );
    }
}

#[tokio::test]
async fn another_role_reads_all_for_itself() {
    let database = Postgres::shared().await.fresh_database(CHANGING).await;
    let first = heard(&database, None).await;
    let role = database.role("").await;
    let mut theirs = Heard {
        known: first.ended,
        ..Heard::default()
    };
    let mut session = open(&database.url_as(&role)).await;
    session
        .inspect(&InspectScope::database(&database.name), &mut theirs, &cx())
        .await
        .expect("it is read");
    assert!(theirs.only.is_none(), "rights decide on what is shown");
    let strange = Heard {
        known: Some(Fingerprint(b"what nobody wrote".to_vec())),
        ..Heard::default()
    };
    let strange = heard(&database, strange.known).await;
    assert!(strange.only.is_none(), "strange bytes say nothing");
}
