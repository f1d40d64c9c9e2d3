//! Facts of the fixture that holds everything, value by value.

use db_studio_tests::Postgres;
use model::ObjectKind;
use model::snapshot::{
    AttributeValue, ColumnDetail, Deferral, Detail, ForeignKeyDetail, Generated, IndexDetail,
    IndexPart, KeyDetail, MatchType, Object, ObjectName, ReferentialAction, RelationDetail,
    RelationName, TableForm, TriggerDetail,
};

use super::{EVERYTHING, fixture, outline, part, relation};

fn column(object: &Object<Detail>) -> &ColumnDetail {
    match &object.detail {
        Detail::Column(facts) => facts,
        other => panic!("{other:?} is no column"),
    }
}

fn index(object: &Object<Detail>) -> &IndexDetail {
    match &object.detail {
        Detail::Index(facts) => facts,
        other => panic!("{other:?} is no index"),
    }
}

fn foreign_key(object: &Object<Detail>) -> &ForeignKeyDetail {
    match &object.detail {
        Detail::ForeignKey(facts) => facts,
        other => panic!("{other:?} is no foreign key"),
    }
}

fn table(object: &Object<Detail>) -> &RelationDetail {
    match &object.detail {
        Detail::Table(facts) => facts,
        other => panic!("{other:?} is no table"),
    }
}

fn name(schema: &str, name: &str) -> RelationName {
    RelationName {
        schema: Some(schema.into()),
        name: name.into(),
    }
}

fn has(object: &Object<Detail>, key: &str, value: impl Into<AttributeValue>) -> bool {
    let value = value.into();
    object
        .attributes
        .iter()
        .any(|attribute| *attribute.key == *key && attribute.value == value)
}

#[tokio::test]
async fn the_outline_of_everything_is_as_reviewed() {
    for (server, version) in Postgres::every().await.into_iter().zip(["15", "18"]) {
        let (database, snapshot) = fixture(server, EVERYTHING).await;
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/postgres"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(format!("everything-{version}"), outline(&snapshot, &database.name));
        });
    }
}

#[tokio::test]
async fn columns_say_what_the_server_says() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let orders = relation(&snapshot, "sales", "orders");
    let id = column(part(orders, ObjectKind::Column, "id"));
    assert_eq!(
        *id,
        ColumnDetail {
            ordinal: 1,
            type_text: "bigint".into(),
            nullable: false,
            default: None,
            generated: Some(Generated::IdentityByDefault),
            collation: None,
        },
        "an identity is no default"
    );
    let status = column(part(orders, ObjectKind::Column, "status"));
    assert_eq!(
        &*status.type_text, "sales.order_status",
        "types outside of pg_catalog are qualified"
    );
    assert_eq!(
        status.default.as_deref(),
        Some("'draft'::sales.order_status"),
        "so are they in defaults"
    );
    let gross = column(part(orders, ObjectKind::Column, "gross"));
    let expression = "(net + tax)".into();
    assert_eq!(
        gross.generated,
        Some(Generated::Stored { expression }),
        "what computes it"
    );
    assert_eq!(gross.default, None, "a computed column has no default");
    let customers = relation(&snapshot, "crm", "customers");
    let late = part(customers, ObjectKind::Column, "late");
    assert_eq!(
        column(late).ordinal,
        13,
        "the server counts dropped columns too"
    );
    assert_eq!(
        late.native_id.as_deref(),
        Some("13"),
        "and that number survives renames"
    );
    let id = column(part(customers, ObjectKind::Column, "id"));
    assert_eq!(
        id.generated,
        Some(Generated::IdentityAlways),
        "always, not by default"
    );
    let email = part(customers, ObjectKind::Column, "email");
    assert_eq!(
        email.comment.as_deref(),
        Some("Where the papers go; \"quoted\", and\nover two lines"),
        "comments keep their lines"
    );
    let name = column(part(
        relation(&snapshot, "ref", "currencies"),
        ObjectKind::Column,
        "name",
    ));
    assert_eq!(
        name.collation.as_deref(),
        Some("\"C\""),
        "a collation of its own, as the server writes it"
    );
}

#[tokio::test]
async fn composite_keys_keep_their_order_across_schemas() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let orders = relation(&snapshot, "sales", "orders");
    let key = foreign_key(part(orders, ObjectKind::ForeignKey, "orders_customer_fkey"));
    assert_eq!(
        *key,
        ForeignKeyDetail {
            columns: vec!["customer".into(), "tenant".into()],
            references: name("crm", "customers"),
            referenced_columns: vec!["id".into(), "tenant".into()],
            on_update: ReferentialAction::Cascade,
            on_delete: ReferentialAction::Restrict,
            match_type: MatchType::Full,
            deferral: Deferral::InitiallyDeferred,
            validated: true,
        },
        "columns pair up in the order of the key, not of the tables"
    );
    let coupon = foreign_key(part(orders, ObjectKind::ForeignKey, "orders_coupon_fkey"));
    assert!(!coupon.validated, "NOT VALID is told");
    assert_eq!(
        (coupon.on_update, coupon.on_delete),
        (ReferentialAction::SetDefault, ReferentialAction::SetNull),
        "each action is its own"
    );
    let customers = relation(&snapshot, "crm", "customers");
    let Detail::Unique(unique) = &part(customers, ObjectKind::Unique, "customers_email_key").detail
    else {
        panic!("it is a unique constraint");
    };
    assert_eq!(
        *unique,
        KeyDetail {
            columns: vec!["tenant".into(), "email".into()],
            deferral: Deferral::InitiallyDeferred,
            index: Some("customers_email_key".into()),
        },
        "a unique constraint"
    );
    let owner = part(
        relation(&snapshot, "archive", "order_lines"),
        ObjectKind::ForeignKey,
        "order_lines_owner_fkey",
    );
    assert!(
        has(owner, "set_columns", "owner"),
        "only some columns are set: {:?}",
        owner.attributes
    );
}

#[tokio::test]
async fn indexes_tell_their_parts_in_order() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let orders = relation(&snapshot, "sales", "orders");
    let plain = |column: &str| IndexPart {
        column: Some(column.into()),
        expression: None,
        included: false,
        descending: false,
        nulls_first: Some(false),
        collation: None,
        prefix: None,
    };
    let placed = index(part(orders, ObjectKind::Index, "orders_placed"));
    assert_eq!(
        placed.parts,
        [
            IndexPart {
                descending: true,
                nulls_first: Some(true),
                ..plain("placed_at")
            },
            plain("id"),
            IndexPart {
                included: true,
                nulls_first: None,
                ..plain("status")
            },
        ],
        "descending order puts nulls first, and included columns have no order"
    );
    assert_eq!(
        placed.predicate.as_deref(),
        Some("(status <> 'draft'::sales.order_status)"),
        "which rows it holds"
    );
    let words = part(orders, ObjectKind::Index, "orders_note_words");
    let parts = &index(words).parts;
    assert_eq!(
        parts[0].expression.as_deref(),
        Some("lower(note)"),
        "an expression"
    );
    assert_eq!(
        (parts[1].descending, parts[1].nulls_first),
        (true, Some(false)),
        "DESC NULLS LAST"
    );
    assert_eq!(
        (parts[2].column.as_deref(), parts[2].collation.as_deref()),
        (Some("note"), Some("\"C\"")),
        "a collation that is not the column's"
    );
    assert!(
        has(words, "operator_classes", "expression 1 text_pattern_ops"),
        "an operator class that is not the type's: {:?}",
        words.attributes
    );
    let gin = index(part(orders, ObjectKind::Index, "orders_attributes"));
    assert_eq!(
        (&*gin.method, gin.parts[0].nulls_first),
        ("gin", None),
        "only ordered indexes have an order"
    );
    assert!(
        !index(part(orders, ObjectKind::Index, "orders_failed")).valid,
        "a failed build is told"
    );
    assert!(
        index(part(orders, ObjectKind::Index, "orders_pkey")).primary,
        "the one behind the key"
    );
    assert!(
        index(part(orders, ObjectKind::Index, "orders_one_draft")).unique,
        "a unique one that is no constraint"
    );
}

#[tokio::test]
async fn partitions_and_children_name_their_parents() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let events = table(relation(&snapshot, "sales", "events").object());
    assert_eq!(
        (events.form, events.partition_key.as_deref()),
        (TableForm::Partitioned, Some("LIST (region)")),
        "how it is divided"
    );
    let middle = table(relation(&snapshot, "sales", "events_eu").object());
    assert_eq!(
        middle.form,
        TableForm::Partitioned,
        "a partition that is divided itself"
    );
    assert_eq!(
        middle.partition_of,
        Some(name("sales", "events")),
        "and is one of another table"
    );
    let leaf = table(relation(&snapshot, "sales", "events_eu_2026").object());
    assert_eq!(
        leaf.partition_of,
        Some(name("sales", "events_eu")),
        "the nearest parent"
    );
    let bound = "FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')";
    assert_eq!(
        leaf.partition_bound.as_deref(),
        Some(bound),
        "which rows it holds"
    );
    let papers = relation(&snapshot, "archive", "event_papers");
    assert_eq!(
        papers.children_of(ObjectKind::ForeignKey).count(),
        1,
        "a key to a partitioned table is one key, whatever the number of partitions"
    );
    let child = relation(&snapshot, "sales", "sticky_notes");
    let parents = child
        .object()
        .attributes
        .iter()
        .find(|attribute| &*attribute.key == "inherits")
        .map(|attribute| attribute.value.clone());
    let named = |schema: &str, name: &str| ObjectName {
        kind: ObjectKind::Table,
        schema: Some(schema.into()),
        name: name.into(),
    };
    assert_eq!(
        parents,
        Some(AttributeValue::Objects(vec![
            named("sales", "notes"),
            named("archive", "order_lines"),
        ])),
        "parents in their order"
    );
}

#[tokio::test]
async fn equal_table_names_in_two_schemas_never_mix() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let columns = |schema: &str| -> Vec<String> {
        relation(&snapshot, schema, "orders")
            .children_of(ObjectKind::Column)
            .map(|column| column.name().to_owned())
            .collect()
    };
    assert_eq!(
        columns("archive"),
        ["id", "tenant", "year", "closed_on"],
        "only its own columns"
    );
    assert_eq!(columns("sales").len(), 13, "and all of them");
    let archive = relation(&snapshot, "archive", "orders");
    assert_eq!(
        archive.children_of(ObjectKind::Check).count(),
        0,
        "checks stay with their table"
    );
    let keys: Vec<_> = archive
        .children_of(ObjectKind::PrimaryKey)
        .map(|key| match &key.object().detail {
            Detail::PrimaryKey(facts) => facts.columns.clone(),
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(keys, [vec!["id".into()]], "so do keys of the same name");
}

#[tokio::test]
async fn triggers_are_told_without_those_behind_keys() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let orders = relation(&snapshot, "sales", "orders");
    assert_eq!(
        orders.children_of(ObjectKind::Trigger).count(),
        3,
        "foreign keys hold themselves up by triggers that nobody made"
    );
    let Detail::Trigger(touch) = &part(orders, ObjectKind::Trigger, "orders_touch").detail else {
        panic!("it is a trigger");
    };
    let definition = touch.definition.clone();
    assert_eq!(
        *touch,
        TriggerDetail {
            timing: "before".into(),
            events: vec!["insert".into(), "update of net, tax".into()],
            for_each_row: true,
            enabled: true,
            definition: definition.clone(),
        },
        "when it fires"
    );
    assert!(
        definition.is_some_and(|text| text.contains("WHEN ((new.net > (0)::numeric))")),
        "its condition stands in the definition"
    );
    let emptied = part(orders, ObjectKind::Trigger, "orders_emptied");
    assert!(
        matches!(&emptied.detail, Detail::Trigger(facts) if !facts.enabled && !facts.for_each_row),
        "a disabled one for each statement"
    );
}

#[tokio::test]
async fn a_view_brings_its_query_and_its_columns() {
    let (_database, snapshot) = fixture(Postgres::shared().await, EVERYTHING).await;
    let view = relation(&snapshot, "sales", "open_orders");
    let Detail::View(facts) = &view.object().detail else {
        panic!("it is a view");
    };
    assert!(
        facts
            .definition
            .as_deref()
            .is_some_and(|query| query.contains("FROM (sales.orders o")),
        "names in it are qualified: {:?}",
        facts.definition
    );
    let email = part(view, ObjectKind::Column, "email");
    assert_eq!(
        &*column(email).type_text,
        "character varying(320)",
        "with the size of the type"
    );
    assert_eq!(
        email.comment.as_deref(),
        Some("Of the customer"),
        "and comments"
    );
}

#[tokio::test]
async fn estimates_are_the_servers_own() {
    let server = Postgres::shared().await;
    let database = server
        .fresh_database(
            "CREATE TABLE counted AS SELECT n, 'text ' || n AS t FROM generate_series(1, 5000) n;
             CREATE INDEX ON counted (n); ANALYZE counted;
             CREATE TABLE uncounted AS SELECT 1 AS n;",
        )
        .await;
    let snapshot = super::read_fresh(&database).await;
    let counted = relation(&snapshot, "public", "counted").object().statistics;
    let expected = database
        .count("SELECT relpages * 8192::bigint FROM pg_class WHERE relname = 'counted'")
        .await;
    assert_eq!(
        counted.rows.map(|rows| rows.get()),
        Some(5000),
        "rows as last counted"
    );
    assert_eq!(
        counted.bytes.map(|bytes| bytes.get().try_into().unwrap()),
        Some(expected),
        "bytes from pages"
    );
    assert!(
        counted.index_bytes.is_some_and(|bytes| bytes.get() > 0),
        "indexes are counted apart"
    );
    let uncounted = relation(&snapshot, "public", "uncounted")
        .object()
        .statistics;
    assert_eq!(
        uncounted,
        model::snapshot::Statistics::default(),
        "what was never counted is not known, not 0"
    );
}

#[tokio::test]
async fn tablespaces_are_named_where_they_are_not_the_default() {
    let server = Postgres::private(db_studio_tests::Build::Debian).await;
    let mut superuser = server.superuser("postgres").await;
    for statement in [
        "SET allow_in_place_tablespaces = on",
        "CREATE TABLESPACE fast LOCATION ''",
        "CREATE DATABASE placed TABLESPACE fast TEMPLATE template0",
    ] {
        sqlx::raw_sql(statement)
            .execute(&mut superuser)
            .await
            .unwrap();
    }
    let database = server
        .fresh_database(
            "CREATE TABLE t (n integer) TABLESPACE fast;
             CREATE INDEX i ON t (n) TABLESPACE fast;
             CREATE MATERIALIZED VIEW m TABLESPACE fast AS SELECT 1 AS n;",
        )
        .await;
    let snapshot = super::read_fresh(&database).await;
    let table = relation(&snapshot, "public", "t");
    let objects = [
        table.object(),
        part(table, ObjectKind::Index, "i"),
        relation(&snapshot, "public", "m").object(),
    ];
    for object in objects {
        assert!(
            has(object, "tablespace", "fast"),
            "{} lies there: {:?}",
            object.name,
            object.attributes
        );
    }
    let placed = super::read(&server.url("placed"), "placed").await;
    let root = placed.roots().next().expect("the database");
    assert!(
        has(root.object(), "tablespace", "fast"),
        "so does a whole database: {:?}",
        root.object().attributes
    );
}
