//! What a user without rights sees: less, with the command that would show the rest.

use db_studio_tests::MongoDb;
use engine::conformance::{PATIENCE, Recorder};
use engine::{InspectScope, OpContext};
use engine_mongodb::ENGINE;
use model::{ObjectKind, SnapshotBuilder};
use mongodb::bson::doc;

use super::fixture_at;

#[tokio::test]
async fn a_user_without_roles_is_told_which_grant_shows_the_collections() {
    let database = MongoDb::shared_secured().await.fresh_database().await;
    database.insert("hidden", vec![doc! { "a": 1 }]).await;
    let nobody = database.account(vec![]).await;
    let fixture = fixture_at(&database.url_as(&nobody), &database.name);
    let mut session = fixture
        .open(&ENGINE, &Recorder::new())
        .await
        .expect("it may sign in");
    let cx = OpContext::lasting(PATIENCE);
    let listed = session
        .databases(false, &cx)
        .await
        .expect("its own database at least");
    assert!(
        listed.iter().any(|known| *known.name == *database.name),
        "the one in the URL"
    );
    let mut out = SnapshotBuilder::default();
    let scope = InspectScope::database(&database.name);
    session
        .inspect(&scope, &mut out, &cx)
        .await
        .expect("a warning is no failure");
    let snapshot = out.finish();
    let warning = snapshot
        .warnings()
        .first()
        .expect("what it may not see is told");
    assert!(warning.unseen, "nothing of it is known: {warning:?}");
    let grant = warning.grant.as_deref().unwrap_or_default();
    let expected = format!(
        "db.getSiblingDB(\"{}\").grantRolesToUser(\"{}\", [{{ role: \"read\", db: \"{}\" }}])",
        nobody.source, nobody.name, database.name
    );
    assert_eq!(grant, expected, "the very command");
    session.close().await;
}

#[tokio::test]
async fn a_reader_of_one_database_reads_it_and_is_told_of_the_servers_users() {
    let database = MongoDb::shared_secured().await.fresh_database().await;
    database.insert("seen", vec![doc! { "a": 1 }]).await;
    let reader = database.account(vec!["read".into()]).await;
    let fixture = fixture_at(&database.url_as(&reader), &database.name);
    let snapshot = fixture
        .read(&ENGINE, &Recorder::new())
        .await
        .expect("it may read");
    let seen = snapshot
        .all()
        .find(|walker| walker.name() == "seen")
        .expect("its collection");
    let fields = seen.children_of(ObjectKind::Field).count();
    assert_eq!(fields, 2, "and the fields of its documents");
    let about_server = snapshot.warnings().iter().filter(|warning| {
        warning
            .object
            .last()
            .is_some_and(|step| step.kind == ObjectKind::Server)
    });
    let about_server: Vec<_> = about_server.collect();
    assert!(
        about_server.iter().all(|warning| warning.grant.is_some()) && !about_server.is_empty(),
        "with the grants that would show them: {about_server:?}"
    );
    let own = format!("db.getSiblingDB(\"{}\").grantRolesToUser(", reader.source);
    let exact = about_server.iter().all(|warning| {
        let grant = warning.grant.as_deref().unwrap_or_default();
        grant.starts_with(&own)
    });
    assert!(
        exact,
        "a user is changed where it is defined: {about_server:?}"
    );
}
