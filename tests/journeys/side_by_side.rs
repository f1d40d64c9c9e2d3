//! Servers with many databases, read several at a time.

use db_studio_tests::Postgres;
use db_studio_tests::people::Person;
use db_studio_tests::postgres::{Build, FreshDatabase, execute};
use model::{ConnectionId, ObjectKind};
use services::Event;
use services::view::{SyncRun, SyncScope};

use crate::steps::{children, databases, sync};

const MANY: usize = 7;

async fn grow(server: &Postgres) -> Vec<FreshDatabase> {
    let mut grown = Vec::new();
    for number in 0..MANY {
        let sql = format!("CREATE TABLE t{number} (id int PRIMARY KEY)");
        grown.push(server.fresh_database(&sql).await);
    }
    grown
}

/// How many tables there are in all databases.
async fn tables(person: &Person, id: ConnectionId) -> usize {
    let mut tables = 0;
    for database in databases(person, id).await {
        for schema in children(person, database.id, ObjectKind::Schema).await {
            tables += children(person, schema.id, ObjectKind::Table).await.len();
        }
    }
    tables
}

#[tokio::test]
async fn databases_are_counted_while_they_are_read() {
    let ada = Person::new("Ada").await;
    let server = Postgres::private(Build::Debian).await;
    let _grown = grow(&server).await;
    let id = ada.connect("all", &server.url("")).await.connection.id;
    sync(&ada, id).await;
    assert_eq!(tables(&ada, id).await, MANY, "each was read");

    // The server has one database of its own for everybody.
    let all = MANY as u64 + 1;
    let told: Vec<SyncRun> = ada
        .events
        .all()
        .into_iter()
        .filter_map(|event| match event {
            Event::Sync { run } if run.doing.contains("databases") => Some(run),
            _ => None,
        })
        .filter(|run| run.total.is_some())
        .collect();
    assert!(
        told.iter()
            .all(|run| run.total.map(|total| total.get()) == Some(all)),
        "the total is known before any is read: {told:?}"
    );
    let done: Vec<_> = told.iter().map(|run| run.done.get()).collect();
    assert!(done.is_sorted(), "it only grows: {done:?}");
    assert_eq!(done.last(), Some(&all), "up to all of them");
}

#[tokio::test]
async fn a_server_with_room_for_one_session_is_read_all_the_same() {
    let ada = Person::new("Ada").await;
    let server = Postgres::private(Build::Debian).await;
    let grown = grow(&server).await;
    let role = grown[0].role("").await;
    let limit = format!("ALTER ROLE {} CONNECTION LIMIT 1", role.name);
    execute(&mut server.superuser("postgres").await, &limit).await;
    let url = grown[0].url_as(&role);
    let (before, _) = url.rsplit_once('/').expect("a database is named");
    let id = ada.connect("all", before).await.connection.id;
    let ended = ada.studio.sync_to_end(id, SyncScope::Connection).await;
    let ended = ended.expect("the sync runs");
    assert_eq!(ended.error, None, "there is room for one after the other");
    assert_eq!(tables(&ada, id).await, MANY, "each was read");
    let crowded: Vec<_> = ended
        .warnings
        .iter()
        .filter(|warning| warning.reason.contains("connections"))
        .collect();
    assert!(crowded.is_empty(), "nothing was given up: {crowded:?}");
}

/// How many databases the last sync had to enter to ask whether they had changed.
async fn entered(person: &Person, id: ConnectionId) -> u32 {
    let connection = person.studio.connection(id).await.expect("it is kept");
    let last = connection.last_sync.expect("it was read").sync;
    let sent = person.studio.sent_statements(last).await;
    let sent = sent.expect("the statements are kept");
    sent.iter()
        .filter(|sent| sent.text.starts_with("-- Which schemas"))
        .map(|sent| sent.times)
        .sum()
}

#[tokio::test]
async fn databases_are_entered_only_where_something_was_written_on_their_server() {
    let ada = Person::new("Ada").await;
    let server = Postgres::private(Build::Debian).await;
    let grown = grow(&server).await;
    let id = ada.connect("all", &server.url("")).await.connection.id;
    sync(&ada, id).await;
    assert!(entered(&ada, id).await > 0, "at first each is entered");

    let again = sync(&ada, id).await;
    assert_eq!(entered(&ada, id).await, 0, "nothing was written");
    assert_eq!(again.warnings, [], "and all of them were told about");
    assert_eq!(tables(&ada, id).await, MANY, "which keeps what they hold");

    grown[3].execute("ALTER TABLE t3 ADD COLUMN b int").await;
    let again = sync(&ada, id).await;
    assert!(
        entered(&ada, id).await > 0,
        "something was written somewhere"
    );
    assert_eq!(again.added.get(), 1, "the column");

    let mut writing = grown[0].connect().await;
    execute(&mut writing, "BEGIN; CREATE TABLE unfinished (id int)").await;
    let before = sync(&ada, id).await;
    assert_eq!(before.added.get(), 0, "nobody sees it yet");
    execute(&mut writing, "COMMIT").await;
    let after = sync(&ada, id).await;
    assert!(
        after.added.get() > 0,
        "it was begun before, and ended since"
    );

    let all = ada.studio.sync_to_end(id, SyncScope::Everything).await;
    assert_eq!(all.expect("the sync runs").error, None, "all is read anew");
    assert!(entered(&ada, id).await > 0, "where that is asked for");
}

#[tokio::test]
async fn the_past_is_kept_for_as_long_as_the_setting_says() {
    const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 3600);
    let ada = Person::new("Ada").await;
    let file =
        db_studio_tests::sqlite::SqliteFile::new("CREATE TABLE old (a); CREATE TABLE b (a);");
    let path = file.path().display().to_string();
    let id = ada.connect("shop", &path).await.connection.id;
    sync(&ada, id).await;
    file.execute("DROP TABLE old");
    sync(&ada, id).await;
    let closed = || {
        let catalogue = services::catalogue_path(ada.folder());
        let plain = rusqlite::Connection::open(catalogue).expect("any SQLite opens it");
        let sql = "SELECT count(*) FROM relation WHERE closed_sync IS NOT NULL";
        plain
            .query_row(sql, (), |row| row.get::<_, u32>(0))
            .expect("closed rows can be counted")
    };
    ada.clock.advance(DAY * 31);
    sync(&ada, id).await;
    assert_eq!(closed(), 1, "by default the past is kept for ever");
    let mut settings = ada.studio.settings().await.expect("there are settings");
    settings.keep_history_days = 30;
    ada.studio
        .set_settings(settings)
        .await
        .expect("they can be set");
    sync(&ada, id).await;
    assert_eq!(closed(), 0, "what was gone a month ago is forgotten");
}
