//! Somebody who may read one database and nothing else: what is known is not read again
//! for such a user either, and what cannot be seen is told each time.

use std::collections::HashSet;

use db_studio_tests::MySql;
use db_studio_tests::mysql::Variant;
use model::Snapshot;

use super::fingerprints::{Told, names, tell};

const SCHEMA: &str = "
    CREATE TABLE a (id int PRIMARY KEY);
    CREATE TABLE b (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES a (id));
    CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @x = 1;
    CREATE PROCEDURE p () SELECT 1;";

fn reasons(snapshot: &Snapshot) -> HashSet<String> {
    let told = |warning: &model::snapshot::Warning| {
        format!("{:?} {} {}", warning.object, warning.reason, warning.unseen)
    };
    snapshot.warnings().iter().map(told).collect()
}

/// The tables that are read again; absent where all are.
fn again(told: &Told) -> Option<Vec<String>> {
    let mut names = names(told.only.as_ref()?);
    names.sort();
    Some(names)
}

#[tokio::test]
async fn an_ordinary_user_reads_again_only_what_changed_and_is_told_what_stays_hidden() {
    for server in MySql::every().await {
        let database = server.fresh_database(SCHEMA).await;
        let account = database
            .account("GRANT SELECT ON {database}.* TO {account}")
            .await;
        let url = database.url_as(&account);
        let (every_time, changed): (usize, &[&str]) = match server.variant() {
            Variant::MariaDb => (0, &["b"]),
            // It tells where tables lie to those with PROCESS alone.
            Variant::MySql => (2, &["a", "b"]),
        };
        let mut first = tell(&url, &database.name, None).await;
        // What was written in this second is read again.
        while again(&first).is_none_or(|names| names.len() > every_time) {
            first = tell(&url, &database.name, first.fingerprint.as_ref()).await;
        }
        let known = first.fingerprint;
        let hidden = reasons(&first.read.finish());
        assert!(!hidden.is_empty(), "there is something to be told");
        let full = tell(&url, &database.name, None).await.read.finish();
        assert_eq!(hidden, reasons(&full), "nothing of it is left out");

        database.execute("ALTER TABLE b ADD COLUMN c int").await;
        let told = tell(&url, &database.name, known.as_ref()).await;
        assert_eq!(
            again(&told).unwrap_or_default(),
            changed,
            "what is read again on {}",
            server.variant().name()
        );
        assert_eq!(hidden, reasons(&told.read.finish()), "and told again");
    }
}
