//! Behind a pooler that gives a client a session for one transaction at a time.

use db_studio_tests::{PgBouncer, Postgres};
use engine::InspectScope;
use model::ObjectKind;

use super::{EVERYTHING, cx, inspect, open, path, read};

#[tokio::test]
async fn a_pooler_changes_nothing_of_what_is_read() {
    let server = Postgres::shared().await;
    let database = server.fresh_database(EVERYTHING).await;
    // One refuses settings at the start, the other does as if it took them.
    let strict = PgBouncer::to(server).await;
    let lax = PgBouncer::with_settings(server, "ignore_startup_parameters = options").await;
    let straight = read(&database.url, &database.name).await;
    for pooler in [&strict, &lax] {
        let mut session = open(&pooler.through(&database.url)).await;
        let about = session.server(&cx()).await.expect("the server");
        assert!(about.read_only, "each transaction only reads");
        session.privileges(&cx()).await.expect("privileges");
        let scope = InspectScope::database(&database.name);
        let pooled = inspect(session.as_mut(), &scope).await;
        assert_eq!(
            pooled.outline(),
            straight.outline(),
            "names are spelled alike: {}",
            pooler.log()
        );
        let table = path(&database.name, "sales", &[(ObjectKind::Table, "coupons")]);
        let definition = session.definition(&table, &cx()).await;
        let definition = definition.expect("a definition").text;
        assert!(
            definition.starts_with("CREATE TABLE sales.coupons"),
            "names are qualified there too: {definition}"
        );
    }
}

#[tokio::test]
async fn a_pooled_session_is_given_back_as_it_was() {
    let server = Postgres::shared().await;
    let database = server.fresh_database("CREATE TABLE t (n integer)").await;
    let pooler = PgBouncer::with_settings(server, "default_pool_size = 1").await;
    let url = pooler.through(&database.url);
    let read = read(&url, &database.name).await;
    assert!(read.counts().contains_key(&ObjectKind::Table), "it is read");
    let mut other: sqlx::postgres::PgConnection =
        sqlx::Connection::connect(&format!("{url}?sslmode=disable&statement-cache-capacity=0"))
            .await
            .expect("another client gets the same session");
    let changed: Vec<String> = sqlx::Row::try_get(
        &sqlx::Executor::fetch_one(
            &mut other,
            sqlx::raw_sql(
                "SELECT array_agg(name::text) FROM pg_settings WHERE source = 'session' \
                 AND name IN ('default_transaction_read_only', 'statement_timeout', \
                 'lock_timeout', 'search_path', 'jit', 'idle_in_transaction_session_timeout')",
            ),
        )
        .await
        .expect("it may ask"),
        0,
    )
    .unwrap_or_default();
    assert!(changed.is_empty(), "nothing of ours stays: {changed:?}");
}
