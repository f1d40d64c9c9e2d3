//! Real servers that refuse, stop, break off and take rights away.

use db_studio_tests::Postgres;
use db_studio_tests::people::Person;
use db_studio_tests::postgres::{Build, execute};
use db_studio_tests::proxy::Proxy;
use model::connection::field;
use model::stage::StageState;
use model::{ErrorKind, ObjectKind, Stage};
use services::Event;
use services::view::{PasswordInput, SyncScope};

use crate::steps::{child, children, databases, kind, names, sync};

const SHOP: &str = "
    CREATE SCHEMA sales; CREATE SCHEMA archive;
    CREATE TABLE sales.orders (id bigint PRIMARY KEY, placed_at timestamptz NOT NULL);
    CREATE TABLE archive.orders (old_id integer);
    CREATE VIEW sales.recent AS SELECT id FROM sales.orders;";

#[tokio::test]
async fn a_wrong_password_fails_at_sign_in_and_the_right_one_passes() {
    let ada = Person::new("Ada").await;
    let database = Postgres::shared().await.fresh_database(SHOP).await;
    let role = database.role("").await;
    let parsed = engine::url::parse(&services::REGISTRY, &database.url_as(&role)).unwrap();
    let typed = |password: &str| PasswordInput::Typed {
        password: password.to_owned(),
    };
    let right = parsed.secret.unwrap();
    let target = parsed.target;
    let test = |run, password| ada.studio.test_draft(run, target.clone(), password, None);

    let wrong = test(1, typed("not the password")).await.unwrap();
    let failed = wrong.stages.last().unwrap();
    assert_eq!(
        (failed.stage, failed.state),
        (Stage::SignIn, StageState::Failed),
        "where"
    );
    let error = wrong.error.unwrap();
    assert_eq!(error.kind, ErrorKind::SignInRefused, "why");
    assert!(
        error.hint.is_some() && !error.causes.is_empty(),
        "what to do, and the server's words"
    );

    let passed = test(2, typed(right.expose())).await.unwrap();
    assert_eq!(passed.error, None, "the right one is let in");
    let stages: Vec<_> = passed.stages.iter().map(|stage| stage.stage).collect();
    let all = [
        Stage::Parse,
        Stage::Resolve,
        Stage::Connect,
        Stage::Tls,
        Stage::SignIn,
        Stage::ServerVersion,
        Stage::Privileges,
    ];
    assert_eq!(stages, all, "stage by stage");
    let told = format!("{passed:?}{error:?}");
    assert!(
        !told.contains(right.expose()),
        "no password in what is told"
    );
}

#[tokio::test]
async fn the_tree_stays_when_the_server_stops() {
    let ada = Person::new("Ada").await;
    let mut server = Postgres::private(Build::Debian).await;
    let database = server.fresh_database(SHOP).await;
    let id = ada.connect("shop", &database.url).await.connection.id;
    sync(&ada, id).await;
    let before = ada.studio.snapshot(id).await.unwrap();
    server.stop();

    let outcome = ada.studio.test_connection(1, id).await.unwrap();
    assert_eq!(
        outcome.error.unwrap().kind,
        ErrorKind::Unreachable,
        "nobody answers"
    );
    let ended = ada
        .studio
        .sync_to_end(id, SyncScope::Connection)
        .await
        .unwrap();
    assert_eq!(
        ended.error.unwrap().kind,
        ErrorKind::Unreachable,
        "a sync says so too"
    );
    assert_eq!(
        ada.studio.snapshot(id).await.unwrap(),
        before,
        "every fact is still there"
    );

    let ada = ada.after_restart();
    ada.sign_in().await;
    let shop = databases(&ada, id).await.remove(0);
    let sales = child(&ada, shop.id, ObjectKind::Schema, "sales").await;
    let orders = child(&ada, sales.id, ObjectKind::Table, "orders").await;
    let columns = children(&ada, orders.id, ObjectKind::Column).await;
    assert_eq!(
        names(&columns),
        ["id", "placed_at"],
        "browsed to the last column"
    );

    server.start().await;
    let ended = sync(&ada, id).await;
    let changed = ended.added.get() + ended.changed.get() + ended.removed.get();
    assert_eq!(changed, 0, "and it is the same when the server is back");
}

#[tokio::test]
async fn equal_names_in_two_schemas_and_two_databases_never_mix() {
    let ada = Person::new("Ada").await;
    let server = Postgres::private(Build::Debian).await;
    let one = server.fresh_database(SHOP).await;
    let two = server
        .fresh_database("CREATE SCHEMA sales; CREATE TABLE sales.orders (x int)")
        .await;
    let id = ada.connect("all", &server.url("")).await.connection.id;
    sync(&ada, id).await;
    let mut columns = Vec::new();
    for database in databases(&ada, id).await {
        for schema in children(&ada, database.id, ObjectKind::Schema).await {
            for table in children(&ada, schema.id, ObjectKind::Table).await {
                let rows = children(&ada, table.id, ObjectKind::Column).await;
                columns.push((
                    database.name.clone(),
                    schema.name.clone(),
                    names(&rows).join(","),
                ));
            }
        }
    }
    let expected = |database: &str, schema: &str, columns: &str| {
        (database.to_owned(), schema.to_owned(), columns.to_owned())
    };
    for table in [
        expected(&one.name, "sales", "id,placed_at"),
        expected(&one.name, "archive", "old_id"),
        expected(&two.name, "sales", "x"),
    ] {
        assert!(columns.contains(&table), "{table:?} is among {columns:?}");
    }
    assert_eq!(columns.len(), 3, "and there is nothing else");
}

#[tokio::test]
async fn what_a_role_may_no_longer_see_is_not_told_as_dropped() {
    let ada = Person::new("Ada").await;
    let server = Postgres::private(Build::Debian).await;
    let kept = server.fresh_database(SHOP).await;
    let closed = server.fresh_database(SHOP).await;
    let role = kept.role("").await;
    let mut target = engine::url::parse(&services::REGISTRY, &kept.url_as(&role)).unwrap();
    target.target.set(field::DATABASE, "");
    let draft = model::ConnectionDraft::new("all", target.target);
    let password = PasswordInput::Typed {
        password: target.secret.unwrap().expose().to_owned(),
    };
    let id = ada
        .studio
        .create_connection(draft, password)
        .await
        .unwrap()
        .connection
        .id;
    sync(&ada, id).await;
    let before = ada.studio.snapshot(id).await.unwrap();

    let mut superuser = server.superuser("postgres").await;
    execute(
        &mut superuser,
        &format!("REVOKE CONNECT ON DATABASE \"{}\" FROM PUBLIC", closed.name),
    )
    .await;
    let ended = sync(&ada, id).await;
    assert_eq!(ended.removed.get(), 0, "nothing is told as dropped");
    let warning = ended.warnings.iter().find(|warning| {
        warning
            .object
            .name_of(ObjectKind::Database)
            .is_some_and(|name| **name == *closed.name)
    });
    let grant = warning
        .expect("the closed database is named")
        .grant
        .clone()
        .unwrap_or_default();
    assert!(
        grant.starts_with("GRANT CONNECT"),
        "with what would open it: {grant}"
    );
    let rows = databases(&ada, id).await;
    let marked = rows
        .iter()
        .find(|row| row.name == closed.name)
        .expect("it is still in the tree");
    assert!(marked.unseen.is_some(), "marked as not seen");
    let sales = child(&ada, marked.id, ObjectKind::Schema, "sales").await;
    assert_eq!(
        children(&ada, sales.id, ObjectKind::Table).await.len(),
        1,
        "with all below it"
    );

    execute(
        &mut superuser,
        &format!("GRANT CONNECT ON DATABASE \"{}\" TO PUBLIC", closed.name),
    )
    .await;
    let again = sync(&ada, id).await;
    assert_eq!(
        (again.added.get(), again.removed.get()),
        (0, 0),
        "nothing had happened to it"
    );
    assert_eq!(
        ada.studio.snapshot(id).await.unwrap().outline(),
        before.outline(),
        "all is seen"
    );
}

#[tokio::test]
async fn a_sync_that_is_stopped_leaves_the_last_good_catalogue() {
    let ada = Person::new("Ada").await;
    let server = Postgres::shared().await;
    let database = server.fresh_database(SHOP).await;
    let proxy = Proxy::to(server.host(), server.port());
    let id = connect_through(&ada, &proxy, &database.url).await;
    sync(&ada, id).await;
    let before = ada.studio.snapshot(id).await.unwrap();
    database.execute("DROP TABLE sales.orders CASCADE").await;

    proxy.pause();
    let run = ada
        .studio
        .start_sync(id, SyncScope::Connection)
        .await
        .unwrap();
    ada.studio.cancel_sync(run.run).await.unwrap();
    let ended = ada.events.first(ended_of(run.run)).await;
    assert_eq!(
        ended.error.unwrap().kind,
        ErrorKind::Cancelled,
        "stopped, and said so"
    );
    assert_eq!(
        ada.studio.snapshot(id).await.unwrap(),
        before,
        "the tree is the last good one"
    );

    proxy.resume();
    assert!(
        sync(&ada, id).await.removed.get() > 0,
        "the next one sees what happened"
    );
}

#[tokio::test]
async fn a_lock_stops_what_is_running() {
    let ada = Person::new("Ada").await;
    let server = Postgres::shared().await;
    let database = server.fresh_database(SHOP).await;
    let proxy = Proxy::to(server.host(), server.port());
    let id = connect_through(&ada, &proxy, &database.url).await;
    proxy.pause();
    let run = ada
        .studio
        .start_sync(id, SyncScope::Connection)
        .await
        .unwrap();
    ada.studio.lock().await.unwrap();
    ada.events.first(ended_of(run.run)).await;
    assert_eq!(
        kind(ada.studio.running_syncs().await),
        ErrorKind::SignedOut,
        "locked"
    );
    ada.sign_in().await;
    assert!(
        ada.studio.running_syncs().await.unwrap().is_empty(),
        "and nothing goes on"
    );
}

#[tokio::test]
async fn a_link_that_breaks_in_the_middle_changes_nothing() {
    let ada = Person::new("Ada").await;
    let server = Postgres::shared().await;
    let database = server.fresh_database(SHOP).await;
    let proxy = Proxy::to(server.host(), server.port());
    let id = connect_through(&ada, &proxy, &database.url).await;
    sync(&ada, id).await;
    let before = ada.studio.snapshot(id).await.unwrap();
    database.execute("DROP TABLE sales.orders CASCADE").await;
    proxy.cut_after(proxy.answered_bytes() / 2);
    let ended = ada
        .studio
        .sync_to_end(id, SyncScope::Connection)
        .await
        .unwrap();
    assert!(ended.error.is_some(), "half an answer is no answer");
    assert_eq!(
        ada.studio.snapshot(id).await.unwrap(),
        before,
        "the tree is the last good one"
    );
}

#[tokio::test]
async fn the_passwords_of_servers_stand_in_no_file() {
    let ada = Person::new("Ada").await;
    let database = Postgres::shared().await.fresh_database(SHOP).await;
    let role = database.role("").await;
    let url = database.url_as(&role);
    let secret = engine::url::parse(&services::REGISTRY, &url)
        .unwrap()
        .secret
        .unwrap();
    let id = ada.connect("shop", &url).await.connection.id;
    ada.studio.test_connection(1, id).await.unwrap();
    sync(&ada, id).await;
    let mut files = 0;
    for entry in std::fs::read_dir(ada.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(secret.expose().len())
                .any(|at| at == secret.expose().as_bytes());
            assert!(!found, "{} holds the password", path.display());
            files += 1;
        }
    }
    assert!(files > 0, "there was something to look at");
}

async fn connect_through(person: &Person, proxy: &Proxy, url: &str) -> model::ConnectionId {
    let mut parsed = engine::url::parse(&services::REGISTRY, url).unwrap();
    parsed
        .target
        .set(field::HOST, proxy.address().ip().to_string());
    parsed.target.set(field::PORT, proxy.port().to_string());
    let draft = model::ConnectionDraft::new("far", parsed.target);
    let password = PasswordInput::Typed {
        password: parsed.secret.unwrap().expose().to_owned(),
    };
    let card = person
        .studio
        .create_connection(draft, password)
        .await
        .unwrap();
    card.connection.id
}

fn ended_of(number: u32) -> impl Fn(&Event) -> Option<services::view::SyncEnded> {
    move |event| match event {
        Event::Sync { run } if run.run == number => run.ended.clone(),
        _ => None,
    }
}
