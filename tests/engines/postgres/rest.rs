//! Which databases are told to be at rest without being entered.

use db_studio_tests::postgres::execute;
use db_studio_tests::{Build, FreshDatabase, Postgres};
use engine::Session;
use model::snapshot::Fingerprint;
use sqlx::Connection as _;

use super::fingerprints::{CHANGING, heard};
use super::{cx, open};

/// A session in another database of the same server, as the same role.
pub(super) async fn elsewhere(url: &str, database: &FreshDatabase) -> Box<dyn Session> {
    let elsewhere = url.replace(&format!("/{}", database.name), "/postgres");
    assert_ne!(elsewhere, url, "it names the database");
    open(&elsewhere).await
}

/// Whether the server tells that a database is as it was known.
pub(super) async fn rests(
    session: &mut dyn Session,
    database: &FreshDatabase,
    known: &Option<Fingerprint>,
) -> bool {
    let known = known.clone().expect("it is known");
    let known = vec![(database.name.clone(), known)];
    let resting = session.at_rest(known.clone(), &cx()).await;
    let resting = resting.expect("the server answers");
    assert!(resting.is_empty() || resting == known, "as it was known");
    !resting.is_empty()
}

#[tokio::test]
async fn what_others_write_leaves_a_database_at_rest() {
    for build in [Build::Debian, Build::Wheel] {
        // Roles that others make would be noticed.
        let server = Postgres::private(build).await;
        let one = server.fresh_database(CHANGING).await;
        let other = server.fresh_database("CREATE TABLE t (a integer)").await;
        let (of_one, of_other) = (heard(&one, None).await, heard(&other, None).await);
        let session = &mut *elsewhere(&one.url, &one).await;
        other.execute("INSERT INTO t VALUES (1)").await;
        one.execute("SELECT * FROM app.parent").await;
        one.left().await;
        other.left().await;
        assert!(
            rests(session, &one, &of_one.ended).await,
            "it was looked at"
        );
        let resting = rests(session, &other, &of_other.ended).await;
        assert!(!resting, "a row was written");
        let again = heard(&other, of_other.ended).await;
        one.execute("DROP TABLE app.free").await;
        one.left().await;
        other.left().await;
        assert!(
            rests(session, &other, &again.ended).await,
            "it was read since"
        );
        assert!(
            !rests(session, &one, &of_one.ended).await,
            "a table is gone"
        );
    }
}

#[tokio::test]
async fn who_is_still_there_may_have_written() {
    for build in [Build::Debian, Build::Wheel] {
        let server = Postgres::private(build).await;
        let database = server.fresh_database(CHANGING).await;
        let known = heard(&database, None).await.ended;
        let session = &mut *elsewhere(&database.url, &database).await;
        let mut somebody = database.connect().await;
        server.fresh_database("CREATE TABLE t (a integer)").await;
        let resting = rests(session, &database, &known).await;
        assert!(!resting, "what somebody does there may not be counted yet");
        execute(&mut somebody, "CREATE TABLE app.uncounted (a integer)").await;
        let resting = rests(session, &database, &known).await;
        assert!(!resting, "somebody has changed something");
        somebody.close().await.expect("it leaves");
        database.left().await;
        let resting = rests(session, &database, &known).await;
        assert!(!resting, "it is counted");
    }
}

#[tokio::test]
async fn a_server_that_lost_its_counts_tells_no_rest() {
    let mut server = Postgres::private(Build::Debian).await;
    let database = server.fresh_database("").await;
    let known = heard(&database, None).await.ended;
    let mut somebody = database.connect().await;
    let change = "SET synchronous_commit = on; CREATE TABLE kept (a integer)";
    execute(&mut somebody, change).await;
    let process: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
        .fetch_one(&mut somebody)
        .await
        .expect("it says who it is");
    server.kill(process).await;
    let session = &mut *elsewhere(&database.url, &database).await;
    let resting = rests(session, &database, &known).await;
    assert!(!resting, "counts begin anew");
}

#[tokio::test]
async fn where_somebody_is_told_not_to_count_no_counts_are_believed() {
    let server = Postgres::private(Build::Wheel).await;
    let database = server.fresh_database("CREATE TABLE t (a integer)").await;
    let known = heard(&database, None).await.ended;
    let setting = format!("ALTER DATABASE {} SET track_counts = off", database.name);
    database.execute(&setting).await;
    database.execute("ALTER TABLE t ADD b text").await;
    database.left().await;
    let session = &mut *elsewhere(&database.url, &database).await;
    let resting = rests(session, &database, &known).await;
    assert!(!resting, "it was not counted");
}
