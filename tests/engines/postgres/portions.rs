//! Large schemas come in portions: each is small, and together they are what single
//! readings tell.

use async_trait::async_trait;
use db_studio_tests::Postgres;
use engine::{EngineError, InspectScope, Sink};
use model::snapshot::{Detail, Portion};
use model::{ObjectKind, Snapshot, SnapshotBuilder};

use super::{cx, fixture, inspect, open, relation};

/// Tables that refer to one another across portions, with all that is told of tables.
const WIDE: &str = "CREATE TABLE first (id integer PRIMARY KEY, other integer UNIQUE);
    CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    DO $$ BEGIN FOR n IN 1..60 LOOP
        EXECUTE format('CREATE TABLE wide_%s (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            other integer REFERENCES first (other), %s, CHECK (c1 > 0), CHECK (c2 < c1))', n,
            (SELECT string_agg(format('c%s integer', c), ', ') FROM generate_series(1, 1200) AS c));
        EXECUTE format('ALTER TABLE wide_%s ADD FOREIGN KEY (c1) REFERENCES wide_%s (id)',
            n, greatest(n - 40, 1));
        EXECUTE format('ALTER TABLE wide_%s ALTER c3 SET DEFAULT %s', n, n);
        EXECUTE format('CREATE INDEX ON wide_%s ((c1 + %s)) WHERE c2 > 3', n, n);
        EXECUTE format('COMMENT ON COLUMN wide_%s.c4 IS %L', n, n);
        EXECUTE format('COMMENT ON CONSTRAINT wide_%s_pkey ON wide_%s IS %L', n, n, n);
        EXECUTE format('CREATE VIEW seen_%s AS SELECT c1, c5 FROM wide_%s', n, n);
        EXECUTE format('CREATE TRIGGER noted BEFORE INSERT ON wide_%s FOR EACH ROW
            EXECUTE FUNCTION noted()', n);
    END LOOP; END $$;";

/// Keeps the portions apart.
#[derive(Default)]
struct Apart(Vec<Snapshot>);

#[async_trait]
impl Sink for Apart {
    async fn put(&mut self, portion: Portion) -> Result<(), EngineError> {
        if let Portion::Read(snapshot) = portion {
            self.0.push(snapshot);
        }
        Ok(())
    }
}

#[tokio::test]
async fn portions_are_bounded_and_tell_what_single_readings_tell() {
    for server in Postgres::every().await {
        let database = server.fresh_database(WIDE).await;
        let mut session = open(&database.url).await;
        let mut apart = Apart::default();
        let scope = InspectScope::database(&database.name);
        let read = session.inspect(&scope, &mut apart, &cx()).await;
        read.expect("it is read");
        let most = apart.0.iter().map(|part| part.nodes().len()).max();
        assert!(apart.0.len() > 4, "{} portions", apart.0.len());
        assert!(
            most < Some(25_000),
            "none is larger than asked for: {most:?}"
        );
        let mut whole = SnapshotBuilder::default();
        apart.0.into_iter().for_each(|part| whole.absorb(part));
        let whole = whole.finish();
        assert_eq!(
            whole.counts().get(&ObjectKind::Table),
            Some(&61),
            "each table comes once"
        );
        for name in ["first", "wide_1", "wide_41", "wide_60", "seen_60"] {
            let scope = InspectScope {
                schema: Some("public".to_owned()),
                table: Some(name.to_owned()),
                ..InspectScope::database(&database.name)
            };
            let alone = inspect(session.as_mut(), &scope).await;
            assert_eq!(
                relation(&whole, "public", name).subtree_hash(),
                relation(&alone, "public", name).subtree_hash(),
                "{name} is in its portion what it is alone"
            );
        }
    }
}

#[tokio::test]
async fn checks_are_spelled_with_the_names_of_their_own_tables() {
    let sql = "CREATE TABLE a (x integer, y integer, CHECK (x > 0), CHECK (x < y), CHECK (a IS NOT NULL));
        CREATE TABLE b (x integer, z integer, CHECK (x > 0), CHECK (x < z), CHECK (b IS NOT NULL));
        CREATE TABLE c (gone integer, x integer, y integer, CHECK (x > 0), CHECK (x < y), CHECK (true));
        ALTER TABLE c DROP COLUMN gone;
        CREATE TABLE d (y integer, x integer, CHECK (x > 0), CHECK (x < y), CHECK (y > 0));";
    for server in Postgres::every().await {
        let (_database, snapshot) = fixture(server, sql).await;
        for (table, expected) in [
            ("a", ["(a.* IS NOT NULL)", "(x < y)", "(x > 0)"]),
            ("b", ["(b.* IS NOT NULL)", "(x < z)", "(x > 0)"]),
            ("c", ["(x < y)", "(x > 0)", "true"]),
            ("d", ["(x < y)", "(x > 0)", "(y > 0)"]),
        ] {
            let mut found: Vec<_> = relation(&snapshot, "public", table)
                .children_of(ObjectKind::Check)
                .filter_map(|check| match &check.object().detail {
                    Detail::Check(facts) => Some(facts.expression.to_string()),
                    _ => None,
                })
                .collect();
            found.sort();
            assert_eq!(found, expected, "of {table}");
        }
    }
}

#[tokio::test]
async fn modifiers_are_spelled_as_the_server_spells_them() {
    let types = [
        "character(7)",
        "bpchar",
        "character varying(80)",
        "varchar",
        "numeric",
        "numeric(12, 2)",
        "numeric(5)",
        "numeric(1000, 1000)",
        "bit(3)",
        "bit varying",
        "bit varying(9)",
        "time",
        "time(0)",
        "time(3) with time zone",
        "timestamp(2)",
        "timestamp(6) with time zone",
        "interval",
        "interval(3)",
        "interval year",
        "interval month",
        "interval day",
        "interval hour",
        "interval minute",
        "interval second(2)",
        "interval year to month",
        "interval day to hour",
        "interval day to minute",
        "interval day to second(1)",
        "interval hour to minute",
        "interval hour to second(4)",
        "interval minute to second",
        "money",
        "name",
        "\"char\"",
        "jsonb",
        "int4range",
    ];
    for server in Postgres::every().await {
        let columns: Vec<_> = types
            .iter()
            .enumerate()
            .map(|(n, name)| format!("c{n} {name}, a{n} {name}[]"))
            .collect();
        let sql = format!("CREATE TABLE all_types ({});", columns.join(", "));
        let database = server.fresh_database(&sql).await;
        let snapshot = super::read_fresh(&database).await;
        let of_types = |lines: super::oracle::Lines| -> Vec<String> {
            let types = lines.into_iter().filter(|line| line.starts_with("type "));
            types.collect()
        };
        let read = of_types(super::oracle::read(&snapshot));
        let told = of_types(super::oracle::told(&database).await);
        assert_eq!(read, told, "every type in the server's own words");
        assert_eq!(read.len(), types.len() * 2, "all of them");
    }
}
