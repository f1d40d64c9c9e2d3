//! What is known already is not read again, and every kind of change is noticed: an
//! incremental reading, put upon what was known, equals a full one.

use std::collections::HashMap;

use async_trait::async_trait;
use db_studio_tests::MySql;
use db_studio_tests::mysql::{Account, FreshDatabase, Variant};
use engine::{EngineError, InspectScope, Sink};
use model::snapshot::{Fingerprint, Portion, Touched, Walker};
use model::{ObjectKind, Snapshot, SnapshotBuilder};

use super::{cx, open};

/// What one reading handed over.
#[derive(Default)]
pub(super) struct Told {
    known: Option<Fingerprint>,
    pub(super) only: Option<Touched>,
    pub(super) read: SnapshotBuilder,
    portions: usize,
    pub(super) fingerprint: Option<Fingerprint>,
}

#[async_trait]
impl Sink for Told {
    fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    async fn put(&mut self, portion: Portion) -> Result<(), EngineError> {
        match portion {
            Portion::Read(snapshot) => {
                self.portions += 1;
                self.read.absorb(snapshot);
            }
            Portion::Only(touched) => {
                assert_eq!(self.portions, 0, "what is spoken of comes first");
                self.only = Some(touched);
            }
            Portion::Fingerprint(fingerprint) => self.fingerprint = Some(fingerprint),
            Portion::Restart => panic!("nothing stands in the way here"),
        }
        Ok(())
    }
}

pub(super) async fn tell(url: &str, database: &str, known: Option<&Fingerprint>) -> Told {
    let mut told = Told {
        known: known.cloned(),
        ..Told::default()
    };
    let mut session = open(url).await;
    session
        .inspect(&InspectScope::database(database), &mut told, &cx())
        .await
        .expect("the schema is read");
    session.close().await;
    told
}

/// Everything about each table and view, and about what else stands in the database.
fn facts(snapshot: &Snapshot) -> (HashMap<String, u128>, Vec<u128>) {
    let mut relations = HashMap::new();
    let mut others = Vec::new();
    for root in snapshot.roots() {
        others.push(u128::from(root.object().content_hash()));
        for child in root.children() {
            let hash = Walker::subtree_hash(child);
            if child.kind().is_relation() {
                relations.insert(child.name().to_owned(), hash);
            } else {
                others.push(hash);
            }
        }
    }
    (relations, others)
}

/// The state of a database that was read when the server's clock had moved on since the
/// last change.
struct Settled {
    snapshot: Snapshot,
    fingerprint: Fingerprint,
}

impl Settled {
    /// Reads until nothing is read again but what is read every time.
    async fn of(database: &FreshDatabase, every_time: usize) -> Self {
        let mut known = None;
        loop {
            let told = tell(&database.url, &database.name, known.as_ref()).await;
            let fingerprint = told.fingerprint.expect("nothing stood in the way");
            let touched = told.only.map_or(usize::MAX, |only| names(&only).len());
            if touched <= every_time {
                let all = tell(&database.url, &database.name, None).await;
                return Self {
                    snapshot: all.read.finish(),
                    fingerprint,
                };
            }
            known = Some(fingerprint);
        }
    }

    /// What is wrong with an incremental reading upon this state.
    async fn differences(&self, database: &FreshDatabase) -> (Vec<String>, Option<Touched>) {
        let told = tell(&database.url, &database.name, Some(&self.fingerprint)).await;
        let full = tell(&database.url, &database.name, None)
            .await
            .read
            .finish();
        let Some(only) = told.only else {
            return (vec!["everything was read".to_owned()], None);
        };
        let read = told.read.finish();
        let ((before, others_before), (now, others_now)) = (facts(&self.snapshot), facts(&full));
        let (again, others_again) = facts(&read);
        let mut wrong = Vec::new();
        let touched = names(&only);
        for (name, hash) in &now {
            let known = if touched.contains(name) {
                again.get(name)
            } else {
                before.get(name)
            };
            if known != Some(hash) {
                wrong.push(format!("{name} is not what it is"));
            }
        }
        for name in before.keys().filter(|name| !now.contains_key(*name)) {
            if !touched.contains(name) {
                wrong.push(format!("{name} is gone, and nothing said so"));
            }
        }
        let known = if only.others {
            others_again
        } else {
            others_before
        };
        if known != others_now {
            wrong.push("what stands beside tables is not what it is".to_owned());
        }
        wrong.sort();
        (wrong, Some(only))
    }
}

pub(super) fn names(touched: &Touched) -> Vec<String> {
    let model::snapshot::TouchedRelations::Named(names) = &touched.relations else {
        panic!("tables are told by their names here");
    };
    names.iter().map(|(_, name)| name.to_string()).collect()
}

/// A table for each kind of change, and the change; `{t}` stands for the table.
const CHANGES: &[(&str, &str)] = &[
    ("(a int)", "ALTER TABLE {t} ADD COLUMN b int"),
    (
        "(a int)",
        "ALTER TABLE {t} ADD COLUMN b int, ALGORITHM = INSTANT",
    ),
    ("(a int, b int)", "ALTER TABLE {t} DROP COLUMN b"),
    ("(a int)", "ALTER TABLE {t} RENAME COLUMN a TO b"),
    ("(a int)", "ALTER TABLE {t} MODIFY a bigint"),
    ("(a varchar(20))", "ALTER TABLE {t} MODIFY a varchar(30)"),
    ("(a int)", "ALTER TABLE {t} MODIFY a int NOT NULL"),
    ("(a int)", "ALTER TABLE {t} ALTER COLUMN a SET DEFAULT 5"),
    (
        "(a int DEFAULT 5)",
        "ALTER TABLE {t} ALTER COLUMN a DROP DEFAULT",
    ),
    ("(a int)", "ALTER TABLE {t} MODIFY a int COMMENT 'told'"),
    (
        "(a varchar(9))",
        "ALTER TABLE {t} MODIFY a varchar(9) CHARACTER SET ascii",
    ),
    ("(a int, b int)", "ALTER TABLE {t} MODIFY b int INVISIBLE"),
    ("(a int, b int)", "ALTER TABLE {t} MODIFY b int FIRST"),
    ("(a int)", "ALTER TABLE {t} ADD b int AS (a + 1) VIRTUAL"),
    (
        "(a int, b int AS (a + 1) VIRTUAL)",
        "ALTER TABLE {t} MODIFY b int AS (a + 2) VIRTUAL",
    ),
    ("(a int)", "ALTER TABLE {t} ADD b int AS (a + 1) STORED"),
    (
        "(a int)",
        "ALTER TABLE {t} ADD CONSTRAINT {t}_c CHECK (a > 0)",
    ),
    (
        "(a int, CONSTRAINT {t}_c CHECK (a > 0))",
        "ALTER TABLE {t} DROP CONSTRAINT {t}_c",
    ),
    (
        "(a int)",
        "ALTER TABLE {t} ADD FOREIGN KEY (a) REFERENCES same (id)",
    ),
    (
        "(a int)",
        "SET foreign_key_checks = 0; ALTER TABLE {t} ADD FOREIGN KEY (a) REFERENCES same (id), ALGORITHM = INPLACE; SET foreign_key_checks = 1",
    ),
    (
        "(a int, CONSTRAINT {t}_f FOREIGN KEY (a) REFERENCES same (id))",
        "ALTER TABLE {t} DROP FOREIGN KEY {t}_f",
    ),
    ("(a int)", "CREATE INDEX i ON {t} (a)"),
    ("(a int, KEY i (a))", "DROP INDEX i ON {t}"),
    ("(a int, KEY i (a))", "ALTER TABLE {t} RENAME INDEX i TO j"),
    ("(a int)", "ALTER TABLE {t} ADD UNIQUE (a)"),
    (
        "(a int PRIMARY KEY, b int NOT NULL)",
        "ALTER TABLE {t} DROP PRIMARY KEY, ADD PRIMARY KEY (b)",
    ),
    ("(a int)", "ALTER TABLE {t} COMMENT = 'told'"),
    ("(a int)", "ALTER TABLE {t} ROW_FORMAT = COMPACT"),
    (
        "(a varchar(9))",
        "ALTER TABLE {t} CONVERT TO CHARACTER SET ascii",
    ),
    (
        "(a varchar(9))",
        "ALTER TABLE {t} DEFAULT CHARACTER SET ascii",
    ),
    ("(a int)", "ALTER TABLE {t} ENGINE = MyISAM"),
    (
        "(a int)",
        "CREATE TRIGGER {t}_g BEFORE INSERT ON {t} FOR EACH ROW SET NEW.a = 1",
    ),
    (
        "(a int); CREATE TRIGGER {t}_g BEFORE INSERT ON {t} FOR EACH ROW SET NEW.a = 1",
        "DROP TRIGGER {t}_g",
    ),
    (
        "(a int); CREATE TRIGGER {t}_g BEFORE INSERT ON {t} FOR EACH ROW SET NEW.a = 1",
        "DROP TRIGGER {t}_g; CREATE TRIGGER {t}_g BEFORE INSERT ON {t} FOR EACH ROW SET NEW.a = 2",
    ),
    (
        "(a int) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN (10))",
        "ALTER TABLE {t} ADD PARTITION (PARTITION q VALUES LESS THAN (20))",
    ),
    (
        "(a int) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN (10), PARTITION q VALUES LESS THAN (20))",
        "ALTER TABLE {t} DROP PARTITION q",
    ),
    (
        "(a int) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN (10))",
        "ALTER TABLE {t} REORGANIZE PARTITION p INTO (PARTITION p VALUES LESS THAN (5), PARTITION q VALUES LESS THAN (10) COMMENT 'told')",
    ),
    (
        "(a int) PARTITION BY HASH (a) PARTITIONS 3",
        "ALTER TABLE {t} COALESCE PARTITION 1",
    ),
    (
        "(a int) PARTITION BY HASH (a) PARTITIONS 3",
        "ALTER TABLE {t} REMOVE PARTITIONING",
    ),
    (
        "(a int)",
        "ALTER TABLE {t} PARTITION BY HASH (a) PARTITIONS 2",
    ),
    (
        "(a int) PARTITION BY HASH (a) PARTITIONS 3",
        "ALTER TABLE {t} ADD COLUMN b int",
    ),
    ("(a int)", "RENAME TABLE {t} TO {t}_renamed"),
    ("(a int)", "DROP TABLE {t}"),
    ("(a int)", "DROP TABLE {t}; CREATE TABLE {t} (b int)"),
    ("(a int)", "CREATE TABLE {t}_made (a int)"),
    (
        "(a int); CREATE TABLE {t}_too (b int)",
        "RENAME TABLE {t} TO {t}_third, {t}_too TO {t}, {t}_third TO {t}_too",
    ),
    (
        "(a int); CREATE TABLE {t}_p (id int PRIMARY KEY); ALTER TABLE {t} ADD FOREIGN KEY (a) REFERENCES {t}_p (id)",
        "RENAME TABLE {t}_p TO {t}_q",
    ),
    (
        "(a int); CREATE TABLE {t}_p (id int PRIMARY KEY); ALTER TABLE {t} ADD FOREIGN KEY (a) REFERENCES {t}_p (id)",
        "ALTER TABLE {t}_p RENAME COLUMN id TO number",
    ),
    (
        "(a int, FOREIGN KEY (a) REFERENCES {elsewhere}.{t}_p (id))",
        "RENAME TABLE {elsewhere}.{t}_p TO {elsewhere}.{t}_q",
    ),
    (
        "(a int) ENGINE = MyISAM",
        "ALTER TABLE {t} ALTER COLUMN a SET DEFAULT 5",
    ),
    (
        "(a int) ENGINE = MyISAM",
        "ALTER TABLE {t} MODIFY a int COMMENT 'told'",
    ),
    (
        "(a int, KEY i (a)) ENGINE = MyISAM",
        "ALTER TABLE {t} DISABLE KEYS",
    ),
    ("(a int)", "GRANT INSERT ON {t} TO {account}"),
    ("(a int, b int)", "GRANT SELECT (b) ON {t} TO {account}"),
    (
        "(a int); CREATE VIEW {t}_v AS SELECT a FROM {t}",
        "CREATE OR REPLACE VIEW {t}_v AS SELECT a AS b FROM {t}",
    ),
    (
        "(a int); CREATE VIEW {t}_v AS SELECT a FROM {t}",
        "ALTER TABLE {t} MODIFY a bigint",
    ),
    (
        "(a int); CREATE VIEW {t}_v AS SELECT a FROM {t}",
        "DROP VIEW {t}_v",
    ),
];

const ON_MARIADB: &[(&str, &str)] = &[
    (
        "(a int, KEY i (a))",
        "ALTER TABLE {t} ALTER INDEX i IGNORED",
    ),
    ("(a int)", "ALTER TABLE {t} ADD SYSTEM VERSIONING"),
    ("(a int)", "CREATE OR REPLACE TABLE {t} (b int)"),
    (
        "(a int) ENGINE = Aria",
        "ALTER TABLE {t} ALTER COLUMN a SET DEFAULT 5",
    ),
];

const ON_MYSQL: &[(&str, &str)] = &[
    (
        "(a int, KEY i (a))",
        "ALTER TABLE {t} ALTER INDEX i INVISIBLE",
    ),
    (
        "(a int, b int)",
        "ALTER TABLE {t} ALTER COLUMN b SET INVISIBLE",
    ),
    (
        "(a int, CONSTRAINT {t}_c CHECK (a > 0))",
        "ALTER TABLE {t} ALTER CHECK {t}_c NOT ENFORCED",
    ),
    (
        "(a point NOT NULL)",
        "ALTER TABLE {t} MODIFY a point NOT NULL SRID 4326",
    ),
];

#[tokio::test]
async fn each_kind_of_change_of_a_table_is_noticed() {
    for server in MySql::every().await {
        let own = match server.variant() {
            Variant::MariaDb => ON_MARIADB,
            Variant::MySql => ON_MYSQL,
        };
        let elsewhere = server.fresh_database("").await;
        let database = server.fresh_database("").await;
        let account = database
            .account("GRANT SELECT ON {database}.* TO {account}")
            .await;
        let fill = |text: &str, n: usize| {
            text.replace("{t}", &format!("t{n}"))
                .replace("{elsewhere}", &elsewhere.name)
                .replace("{account}", &grantee(&account))
        };
        let changes: Vec<_> = CHANGES.iter().chain(own).collect();
        let mut made = "CREATE TABLE same (id int PRIMARY KEY, a int);".to_owned();
        // Where most have changed, all are read again.
        made.extend((0..100).map(|n| format!("CREATE TABLE same{n} (a int);")));
        let mut there = String::new();
        for (n, (table, _)) in changes.iter().enumerate() {
            if table.contains("{elsewhere}") {
                there += &format!("CREATE TABLE t{n}_p (id int PRIMARY KEY);");
            }
            made += &format!("CREATE TABLE t{n} {};", fill(table, n));
        }
        elsewhere.execute(&there).await;
        database.execute(&made).await;
        let settled = Settled::of(&database, 20).await;
        for (n, (_, change)) in changes.iter().enumerate() {
            database.execute(&fill(change, n)).await;
        }
        let (wrong, only) = settled.differences(&database).await;
        let told: Vec<_> = wrong
            .iter()
            .map(|wrong| explained(wrong, &changes))
            .collect();
        assert!(told.is_empty(), "on {}: {told:#?}", server.variant().name());
        let touched = names(&only.expect("something is as it was"));
        assert!(
            !touched.contains(&"same".to_owned()),
            "what nobody changed is not read again on {}",
            server.variant().name()
        );
    }
}

fn grantee(account: &Account) -> String {
    format!("'{}'@'%'", account.name)
}

/// What is wrong, with the change that it came by.
fn explained(wrong: &str, changes: &[&(&str, &str)]) -> String {
    let number = wrong.trim_start_matches('t');
    let end = number.find(|c: char| !c.is_ascii_digit());
    let number = number
        .get(..end.unwrap_or(0))
        .and_then(|n| n.parse::<usize>().ok());
    let change = number.and_then(|n| changes.get(n));
    format!("{wrong}: {change:?}")
}

/// What is made of things beside tables, and how it changes.
const BESIDE: &[(&str, &str)] = &[
    ("", "CREATE PROCEDURE p() SELECT 1"),
    ("CREATE PROCEDURE p() SELECT 1", "DROP PROCEDURE p"),
    (
        "CREATE PROCEDURE p() SELECT 1",
        "DROP PROCEDURE p; CREATE PROCEDURE p() SELECT 2",
    ),
    (
        "CREATE PROCEDURE p() SELECT 1",
        "ALTER PROCEDURE p COMMENT 'told'",
    ),
    (
        "CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC RETURN a",
        "DROP FUNCTION f; CREATE FUNCTION f(a bigint) RETURNS int DETERMINISTIC RETURN a",
    ),
    (
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SET @x = 1",
        "ALTER EVENT e ON SCHEDULE EVERY 2 DAY",
    ),
    (
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SET @x = 1",
        "ALTER EVENT e ENABLE",
    ),
    ("", "ALTER DATABASE {database} CHARACTER SET ascii"),
    ("", "GRANT INSERT ON {database}.* TO {account}"),
];

const BESIDE_ON_MARIADB: &[(&str, &str)] = &[
    ("CREATE SEQUENCE s", "ALTER SEQUENCE s INCREMENT BY 5"),
    ("CREATE SEQUENCE s", "DROP SEQUENCE s"),
    ("", "ALTER DATABASE {database} COMMENT 'told'"),
];

#[tokio::test]
async fn each_kind_of_change_beside_tables_is_noticed() {
    for server in MySql::every().await {
        let own = match server.variant() {
            Variant::MariaDb => BESIDE_ON_MARIADB,
            Variant::MySql => &[],
        };
        for (made, change) in BESIDE.iter().chain(own) {
            let database = server.fresh_database(made).await;
            let account = database
                .account("GRANT SELECT ON {database}.* TO {account}")
                .await;
            let before = tell(&database.url, &database.name, None).await;
            let settled = Settled {
                snapshot: before.read.finish(),
                fingerprint: before.fingerprint.expect("nothing stood in the way"),
            };
            let (wrong, only) = settled.differences(&database).await;
            assert_eq!(wrong, Vec::<String>::new(), "before {change}");
            assert!(
                only.is_some_and(|only| only.is_nothing()),
                "nothing has changed before {change}"
            );
            let change = change
                .replace("{database}", &database.name)
                .replace("{account}", &grantee(&account));
            database.execute(&change).await;
            let (wrong, only) = settled.differences(&database).await;
            assert_eq!(wrong, Vec::<String>::new(), "after {change}");
            assert!(
                only.is_some_and(|only| only.others),
                "it is told that something changed after {change}"
            );
        }
    }
}

#[tokio::test]
async fn nothing_is_read_of_tables_that_nobody_changed() {
    for server in MySql::every().await {
        let tables = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b varchar(9)
                DEFAULT 'x', KEY (a), FOREIGN KEY (a) REFERENCES p (id), CHECK (a > 0));
             CREATE TABLE h (a int) PARTITION BY HASH (a) PARTITIONS 2;
             CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;";
        let database = server.fresh_database(tables).await;
        let settled = Settled::of(&database, 0).await;
        database
            .execute("INSERT INTO p VALUES (1), (2); ANALYZE TABLE p; INSERT INTO h VALUES (1)")
            .await;
        let told = tell(&database.url, &database.name, Some(&settled.fingerprint)).await;
        assert!(
            told.only.is_some_and(|only| only.is_nothing()),
            "rows and estimates are no schema on {}",
            server.variant().name()
        );
        assert_eq!(told.portions, 0, "nothing is handed over");
        assert_eq!(
            told.fingerprint.as_ref(),
            Some(&settled.fingerprint),
            "the state is the same"
        );
    }
}

#[tokio::test]
async fn another_user_or_other_rights_or_foreign_bytes_mean_that_everything_is_read() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int)").await;
        let rights = "GRANT ALL PRIVILEGES ON {database}.* TO {account}";
        let account = database.account(rights).await;
        let settled = Settled::of(&database, 0).await;
        let fingerprint = &settled.fingerprint;
        let other = tell(
            &database.url_as(&account),
            &database.name,
            Some(fingerprint),
        )
        .await;
        assert_eq!(other.only, None, "another user may see other things");
        let own = tell(&database.url_as(&account), &database.name, None).await;
        if let Some(own) = &own.fingerprint {
            database
                .execute(&format!(
                    "REVOKE TRIGGER ON {}.* FROM {}",
                    database.name,
                    grantee(&account)
                ))
                .await;
            let told = tell(&database.url_as(&account), &database.name, Some(own)).await;
            assert_eq!(told.only, None, "other rights show other things");
        }
        let mut cut = fingerprint.0.clone();
        cut.truncate(cut.len() - 3);
        for bytes in [Vec::new(), b"not ours".to_vec(), cut, vec![255; 64]] {
            let known = Fingerprint(bytes);
            let told = tell(&database.url, &database.name, Some(&known)).await;
            assert_eq!(told.only, None, "{known:?} is no state that we know");
            let relations = told.read.count(ObjectKind::Table);
            assert_eq!(relations, 1, "so that everything is read");
        }
    }
}

#[tokio::test]
async fn a_large_database_is_read_in_portions_that_are_each_table_once() {
    for server in MySql::every().await {
        let tables: String = (0..1_100)
            .map(|n| {
                format!(
                    "CREATE TABLE `T{n} é` (id int PRIMARY KEY, a int, KEY (a)) ENGINE = MyISAM;"
                )
            })
            .collect();
        let database = server.fresh_database(&tables).await;
        let told = tell(&database.url, &database.name, None).await;
        assert!(told.portions > 5, "it came in {} portions", told.portions);
        let snapshot = told.read.finish();
        let mut names: Vec<_> = snapshot
            .all()
            .filter(|node| node.kind() == ObjectKind::Table)
            .map(|table| (table.name().to_owned(), table.subtree_size()))
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 1_100, "each table once");
        let whole = |(_, size): &(String, u32)| *size == 6;
        assert!(names.iter().all(whole), "with all that it has");
    }
}

#[tokio::test]
async fn one_session_reads_what_is_known_after_what_is_not() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int)").await;
        let mut session = open(&database.url).await;
        let scope = InspectScope::database(&database.name);
        let mut first = Told::default();
        let read = session.inspect(&scope, &mut first, &cx()).await;
        read.expect("the schema is read");
        database.execute("ALTER TABLE t ADD COLUMN b int").await;
        let mut second = Told {
            known: first.fingerprint,
            ..Told::default()
        };
        let read = session.inspect(&scope, &mut second, &cx()).await;
        read.expect("the schema is read again");
        assert_eq!(second.only.as_ref().map(names), Some(vec!["t".to_owned()]));
        let columns = second.read.count(ObjectKind::Column);
        assert_eq!(
            columns,
            2,
            "with all its columns on {}",
            server.variant().name()
        );
    }
}
