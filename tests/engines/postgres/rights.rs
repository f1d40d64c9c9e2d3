//! What roles with few rights see, and what they are told that they do not.

use db_studio_tests::Postgres;
use model::ObjectKind;

use super::{EVERYTHING, cx, open, outline, read, read_fresh, try_open};

#[tokio::test]
async fn a_role_with_only_select_sees_all_that_the_owner_sees() {
    for server in Postgres::every().await {
        let database = server.fresh_database(EVERYTHING).await;
        let reader = database
            .role(
                "GRANT USAGE ON SCHEMA sales, crm TO {role};
                 GRANT SELECT ON ALL TABLES IN SCHEMA sales, crm TO {role};",
            )
            .await;
        let seen = read(&database.url_as(&reader), &database.name).await;
        let owned = read_fresh(&database).await;
        // What a mapping holds is shown to those alone whom it is for.
        let shown = |snapshot: &model::Snapshot| -> Vec<String> {
            outline(snapshot, &database.name)
                .lines()
                .filter(|line| !line.trim_start().starts_with("user_mapping"))
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(
            shown(&seen),
            shown(&owned),
            "the structure is no secret on PostgreSQL"
        );
    }
}

#[tokio::test]
async fn a_role_without_any_right_sees_the_same_and_is_told_what_it_lacks() {
    let database = Postgres::shared().await.fresh_database(EVERYTHING).await;
    let reader = database.role("GRANT USAGE ON SCHEMA sales TO {role}").await;
    let mut session = open(&database.url_as(&reader)).await;
    let lacks = session.privileges(&cx()).await.expect("privileges").lacks;
    let about = |schema: &str| {
        let object = super::path(&database.name, schema, &[]);
        let found = lacks.iter().filter(move |lack| lack.object == object);
        found
            .filter_map(|lack| lack.grant.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        about("archive"),
        [
            format!("GRANT USAGE ON SCHEMA archive TO {};", reader.name),
            format!(
                "GRANT SELECT ON ALL TABLES IN SCHEMA archive TO {};",
                reader.name
            ),
        ],
        "both rights are missing there"
    );
    assert_eq!(about("sales").len(), 1, "only the rows are closed there");
    let grants: String = lacks.iter().filter_map(|lack| lack.grant.clone()).collect();
    database.execute(&grants).await;
    let lacks = session.privileges(&cx()).await.expect("privileges").lacks;
    let left: Vec<_> = lacks
        .iter()
        .filter(|lack| lack.object.name_of(ObjectKind::Schema).is_some())
        .collect();
    assert!(
        left.is_empty(),
        "the statements that are given do help: {left:?}"
    );
}

#[tokio::test]
async fn a_database_that_a_role_may_not_enter_is_listed_as_closed() {
    let server = Postgres::shared().await;
    let (open_one, closed) = (
        server.fresh_database("").await,
        server.fresh_database("").await,
    );
    closed
        .execute(&format!(
            "REVOKE CONNECT ON DATABASE {} FROM PUBLIC",
            closed.name
        ))
        .await;
    let reader = open_one.role("").await;
    let mut session = open(&open_one.url_as(&reader)).await;
    let listed = session.databases(false, &cx()).await.expect("the list");
    let found = listed
        .iter()
        .find(|database| *database.name == *closed.name)
        .expect("it is listed all the same");
    let warning = found.closed.as_ref().expect("it says that it is closed");
    let grant = format!(
        "GRANT CONNECT ON DATABASE {} TO {};",
        closed.name, reader.name
    );
    assert_eq!(warning.grant, Some(grant.clone()), "and what would open it");
    assert!(warning.unseen, "what it holds is unknown, not gone");
    let entered = open_one
        .url_as(&reader)
        .replace(&open_one.name, &closed.name);
    let error = try_open(&entered).await.err().expect("it is closed");
    assert!(
        matches!(&error, engine::EngineError::NotAllowed { grant: Some(given), .. } if *given == grant),
        "entering it says the same: {error:?}"
    );
}

#[tokio::test]
async fn system_schemas_are_read_only_when_asked_for() {
    let database = Postgres::shared().await.fresh_database("").await;
    let usual = read_fresh(&database).await;
    let schemas = |snapshot: &model::Snapshot| -> Vec<String> {
        snapshot
            .all()
            .filter(|walker| walker.kind() == ObjectKind::Schema)
            .map(|schema| schema.name().to_owned())
            .collect()
    };
    assert_eq!(schemas(&usual), ["public"], "only what is people's own");
    let scope = engine::InspectScope {
        system: true,
        ..engine::InspectScope::database(&database.name)
    };
    let all = super::inspect(open(&database.url).await.as_mut(), &scope).await;
    let names = schemas(&all);
    assert!(
        ["pg_catalog", "information_schema"]
            .iter()
            .all(|name| names.contains(&(*name).to_owned())),
        "the server's own too: {names:?}"
    );
    let pg_class = super::relation(&all, "pg_catalog", "pg_class");
    assert!(
        pg_class.children_of(ObjectKind::Column).count() > 20,
        "with their contents"
    );
}

#[tokio::test]
async fn a_closed_table_of_the_catalogue_leaves_out_its_kinds_alone() {
    let server = Postgres::shared().await;
    let database = server.fresh_database(EVERYTHING).await;
    database
        .execute("REVOKE SELECT ON pg_catalog.pg_policy, pg_catalog.pg_sequence FROM PUBLIC")
        .await;
    let reader = database.role("").await;
    let seen = read(&database.url_as(&reader), &database.name).await;
    let counts = seen.counts();
    assert_eq!(counts.get(&ObjectKind::Policy), None, "they are not seen");
    assert_eq!(counts.get(&ObjectKind::Sequence), None, "nor are these");
    assert!(
        counts
            .get(&ObjectKind::Function)
            .is_some_and(|count| *count > 5),
        "all else is: {counts:?}"
    );
    let grant = format!("GRANT SELECT ON pg_catalog.pg_policy TO {};", reader.name);
    let told: Vec<_> = seen
        .warnings()
        .iter()
        .filter(|warning| warning.grant.as_deref() == Some(&grant))
        .collect();
    assert!(
        told.iter()
            .any(|warning| warning.reason.starts_with("Policies")),
        "the kind is named with what would show it: {:?}",
        seen.warnings()
    );
    assert!(
        told.iter().all(|warning| warning.unseen),
        "what is not seen is unknown, not gone"
    );
    database.execute(&grant).await;
    database
        .execute(&grant.replace("pg_policy", "pg_sequence"))
        .await;
    let seen = read(&database.url_as(&reader), &database.name).await;
    assert!(
        seen.warnings().is_empty() && seen.counts().contains_key(&ObjectKind::Policy),
        "the statements that are given do help: {:?}",
        seen.warnings()
    );
}
