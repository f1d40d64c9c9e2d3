//! The check for damage, on files that are whole and on files that are not.

use std::fs;
use std::time::Duration;

use db_studio_tests::SqliteFile;
use engine::{EngineError, OpContext, Verification};

use super::facts::everything;
use super::{PATIENCE, open};

async fn verify(file: &SqliteFile) -> Verification {
    open(file.path())
        .await
        .verify(&OpContext::lasting(PATIENCE))
        .await
        .unwrap_or_else(|error| panic!("what is wrong is a finding, not an error: {error:?}"))
}

#[tokio::test]
async fn a_whole_file_has_no_findings_and_is_not_changed() {
    let file = everything();
    let before = file.contents();
    let told = verify(&file).await;
    assert_eq!(told.findings, Vec::<String>::new(), "nothing is wrong");
    assert!(!told.more, "nor is there more");
    assert!(
        told.checked.contains("pages") && told.checked.contains("indexes"),
        "it says what was checked: {}",
        told.checked
    );
    assert_eq!(file.contents(), before, "checking changes nothing");
}

#[tokio::test]
async fn rows_without_parents_are_counted_by_foreign_key() {
    let file = SqliteFile::new(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE parent (id INTEGER PRIMARY KEY);
         CREATE TABLE child (a INT REFERENCES parent, b INT REFERENCES nowhere (x)) ;
         CREATE TABLE bare (a TEXT PRIMARY KEY REFERENCES parent) WITHOUT ROWID;
         INSERT INTO child (rowid, a) VALUES (7, 1), (8, 2);
         INSERT INTO bare VALUES (5);",
    );
    let mut told = verify(&file).await;
    told.findings.sort();
    assert_eq!(
        told.findings,
        [
            "1 row of bare refers to what is not in parent.",
            "2 rows of child refer to what is not in parent, the first with rowid 7."
        ],
        "each foreign key once, however many rows there are"
    );
}

#[tokio::test]
async fn an_index_that_lost_rows_is_found() {
    let file = SqliteFile::new("CREATE TABLE t (a INT); CREATE INDEX i ON t (a)");
    file.execute(
        "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
             SELECT i FROM n;
         CREATE TABLE empty (a INT); CREATE INDEX no_rows ON empty (a);
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET rootpage =
             (SELECT rootpage FROM sqlite_schema WHERE name = 'no_rows') WHERE name = 'i';
         DELETE FROM sqlite_schema WHERE name = 'no_rows';",
    );
    let told = verify(&file).await;
    assert_eq!(told.findings.len(), 99, "no more than can be read");
    assert!(told.more, "and it says that there is more");
    let missing = |finding: &String| finding.contains("missing from index i");
    assert!(
        told.findings.iter().any(missing),
        "SQLite's own words: {:?}",
        told.findings.first()
    );
    assert!(
        told.findings.iter().all(|finding| finding.ends_with('.')),
        "each is a sentence"
    );
}

#[tokio::test]
async fn a_damaged_page_is_a_finding() {
    let file = SqliteFile::new(
        "CREATE TABLE t (a TEXT); CREATE TABLE u (a TEXT);
         INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
             SELECT hex(zeroblob(200)) FROM n;",
    );
    let mut bytes = fs::read(file.path()).expect("the file can be read");
    let page = 4096;
    for byte in bytes.iter_mut().skip(4 * page).take(page) {
        *byte = 0xff;
    }
    fs::write(file.path(), bytes).expect("the file can be written");
    let told = verify(&file).await;
    assert!(!told.findings.is_empty(), "a page of noise is damage");
}

#[tokio::test]
async fn what_stands_in_the_way_of_the_check_is_told_and_the_rest_is_checked() {
    let file = SqliteFile::new(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE parent (id INTEGER PRIMARY KEY);
         CREATE TABLE child (a INT REFERENCES parent);
         INSERT INTO child VALUES (1);
         CREATE TABLE notes (body TEXT, CHECK (length(body) > 0));
         CREATE INDEX by_body ON notes (body);
         CREATE TABLE odd (a INT, b INT REFERENCES notes (body));",
    );
    file.execute(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = 'CREATE INDEX by_body ON notes (body COLLATE LOCALIZED)'
         WHERE name = 'by_body';",
    );
    let told = verify(&file).await;
    let told_of = |words: &str| told.findings.iter().any(|finding| finding.contains(words));
    assert!(
        told_of("Table notes could not be checked: no such collation sequence: LOCALIZED"),
        "a collation that only its program knows: {:?}",
        told.findings
    );
    assert!(
        told_of("1 row of child refers to what is not in parent"),
        "the others are checked: {:?}",
        told.findings
    );
    assert!(
        told_of("Table odd could not be checked: foreign key mismatch"),
        "a key that cannot hold: {:?}",
        told.findings
    );
}

#[tokio::test]
async fn a_check_ends_when_it_is_told_to() {
    let file = SqliteFile::new("CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (a, b)");
    file.execute(
        "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
             SELECT i, i * 7 FROM n;",
    );
    let mut session = open(file.path()).await;
    let late = OpContext::lasting(Duration::from_millis(1));
    let result = session.verify(&late).await;
    assert!(
        matches!(result, Err(EngineError::TimedOut { .. })),
        "the deadline: {result:?}"
    );
    let cancel = tokio_util::sync::CancellationToken::new();
    cancel.cancel();
    let stopped = OpContext::lasting(PATIENCE).cancelled_by(cancel);
    let result = session.verify(&stopped).await;
    assert!(
        matches!(result, Err(EngineError::Cancelled)),
        "a person: {result:?}"
    );
    let after = session.verify(&OpContext::lasting(PATIENCE)).await;
    assert!(after.is_ok(), "and the session goes on: {after:?}");
}
