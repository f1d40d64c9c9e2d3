//! Sessions: what a server is set to does not change what is read, and reading
//! leaves nothing behind.

use db_studio_tests::MySql;
use db_studio_tests::mysql::Variant;

use super::{cx, everything, open, outline, read_fresh};

#[tokio::test]
async fn what_the_server_is_set_to_does_not_change_what_is_read() {
    for variant in [Variant::MariaDb, Variant::MySql] {
        let server = MySql::private(variant).await;
        let database = server.fresh_database(&everything(variant)).await;
        let before = read_fresh(&database).await;
        let path = super::path(&database.name, &[(model::ObjectKind::Table, "customers")]);
        let mut session = open(&database.url).await;
        let defined = session
            .definition(&path, &cx())
            .await
            .expect("a definition");
        session.close().await;
        database
            .execute(
                "SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT';
                 SET GLOBAL sql_quote_show_create = 0;
                 SET GLOBAL sql_select_limit = 1;
                 SET GLOBAL max_join_size = 1;
                 SET GLOBAL autocommit = 0;
                 SET GLOBAL time_zone = '+05:00';
                 SET GLOBAL character_set_results = latin1;",
            )
            .await;
        let after = read_fresh(&database).await;
        assert_eq!(
            outline(&after, &database.name),
            outline(&before, &database.name),
            "the session sets what matters by itself on {variant:?}"
        );
        let mut session = open(&database.url).await;
        let again = session
            .definition(&path, &cx())
            .await
            .expect("a definition");
        assert_eq!(again, defined, "statements too on {variant:?}");
    }
}

#[tokio::test]
async fn a_closed_session_leaves_nothing_on_the_server() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int)").await;
        let account = database
            .account("GRANT SELECT ON {database}.* TO {account}")
            .await;
        let count = format!(
            "SELECT CAST(COUNT(*) AS SIGNED) FROM information_schema.processlist WHERE user = '{}'",
            account.name
        );
        let mut session = open(&database.url_as(&account)).await;
        let info = session.server(&cx()).await.expect("the server");
        assert!(info.read_only, "the server refuses writes in it");
        assert_eq!(
            database.count(&count).await,
            1,
            "it is there while it is open"
        );
        session.close().await;
        let gone = async {
            while database.count(&count).await > 0 {
                tokio::task::yield_now().await;
            }
        };
        let gone = tokio::time::timeout(super::PATIENCE, gone).await;
        assert!(gone.is_ok(), "and not afterwards");
    }
}

#[tokio::test]
async fn reading_does_not_queue_behind_somebody_who_waits_to_change_a_table() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int)").await;
        let mut reader = database.connect().await;
        sqlx::raw_sql("BEGIN; SELECT * FROM t")
            .execute(&mut reader)
            .await
            .expect("it holds the table");
        let mut changer = database.connect().await;
        let change = tokio::spawn(async move {
            let change = sqlx::raw_sql("ALTER TABLE t ADD b int").execute(&mut changer);
            change.await.map(|_| ())
        });
        let waiting = format!(
            "SELECT CAST(COUNT(*) AS SIGNED) FROM information_schema.processlist
             WHERE db = '{}' AND state LIKE '%metadata lock%'",
            database.name
        );
        let queued = async {
            while database.count(&waiting).await == 0 {
                tokio::task::yield_now().await;
            }
        };
        let queued = tokio::time::timeout(super::PATIENCE, queued).await;
        assert!(queued.is_ok(), "the change waits for the reader");
        let snapshot = read_fresh(&database).await;
        assert!(snapshot.warnings().is_empty(), "{:?}", snapshot.warnings());
        let columns = snapshot
            .all()
            .filter(|walker| walker.kind() == model::ObjectKind::Column)
            .count();
        assert_eq!(columns, 1, "the table is read as it is");
        sqlx::raw_sql("COMMIT")
            .execute(&mut reader)
            .await
            .expect("it lets go");
        change.await.expect("it ran").expect("the change goes on");
    }
}

#[tokio::test]
async fn one_session_reads_many_databases() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int)").await;
        let name = &database.name;
        let others: String = (0..50)
            .map(|n| format!("CREATE DATABASE {name}_{n}; CREATE TABLE {name}_{n}.t{n} (a int);"))
            .collect();
        database.execute(&others).await;
        let mut session = open(&database.url).await;
        let listed = session.databases(false, &cx()).await.expect("the list");
        let ours: Vec<_> = listed
            .iter()
            .filter(|listed| listed.name.starts_with(name.as_str()))
            .collect();
        assert_eq!(ours.len(), 51, "all are listed");
        for listed in ours {
            assert!(session.reaches(&listed.name), "{} is in reach", listed.name);
            let scope = engine::InspectScope::database(&*listed.name);
            let snapshot = super::inspect(session.as_mut(), &scope).await;
            let tables = snapshot
                .all()
                .filter(|walker| walker.kind() == model::ObjectKind::Table)
                .count();
            assert_eq!(tables, 1, "{} has its table", listed.name);
        }
    }
}
