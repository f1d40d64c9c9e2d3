//! Behind a pooler that gives a client a session for one transaction at a time.

use db_studio_tests::{PgBouncer, Postgres};
use engine::InspectScope;
use model::ObjectKind;
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Row as _};

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
    let pooler = PgBouncer::with_settings(
        server,
        "default_pool_size = 1\nignore_startup_parameters = extra_float_digits",
    )
    .await;
    let url = pooler.through(&database.url);
    let read = read(&url, &database.name).await;
    assert!(read.counts().contains_key(&ObjectKind::Table), "it is read");
    let same = format!("{url}?sslmode=disable");
    let mut other = PgConnection::connect(&same)
        .await
        .expect("another client gets the same session");
    let changed = sqlx::raw_sql(
        "SELECT name::text FROM pg_catalog.pg_settings WHERE source = 'session' AND name IN (\
         'default_transaction_read_only', 'statement_timeout', 'lock_timeout', 'search_path', \
         'jit', 'idle_in_transaction_session_timeout')",
    )
    .fetch_all(&mut other)
    .await
    .expect("it may ask");
    let changed: Vec<String> = changed.iter().map(|row| row.get(0)).collect();
    assert!(changed.is_empty(), "nothing of ours stays: {changed:?}");
}
