//! What a statement is read as against what SQLite itself answers for it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rusqlite::{Connection, Row};

use super::*;
use crate::rows::Names;

/// What SQLite answers, sorted as it need not be sorted there.
#[derive(Debug, PartialEq)]
struct Answers {
    relation: RelationRow,
    columns: Vec<ColumnRow>,
    indexes: Vec<IndexRow>,
    foreign_keys: Vec<ForeignKeyRow>,
}

impl Answers {
    fn sorted(mut self) -> Self {
        self.indexes.sort_by(|a, b| a.name.cmp(&b.name));
        self
    }
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>, &mut Names) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut statement = connection.prepare(sql).expect("the question is sound");
    let mut names = Names::default();
    let parameters = ["[\"t\"]", "[]"];
    let count = statement.parameter_count();
    let parameters = parameters.iter().take(count);
    statement
        .query_map(rusqlite::params_from_iter(parameters), |row| {
            read(row, &mut names)
        })
        .and_then(Iterator::collect)
        .expect("SQLite answers")
}

/// The table `t` by its statements, if they are plain, and as SQLite tells it.
/// None where SQLite does not take them.
fn both(sql: &str) -> Option<(Option<Answers>, Answers)> {
    let connection = Connection::open_in_memory().expect("memory opens");
    connection.execute_batch(sql).ok()?;
    let of = |statement: &StatementRow| &*statement.table == "t";
    let mut statements = rows(
        &connection,
        include_str!("../sql/statements.sql"),
        StatementRow::read,
    );
    statements.retain(of);
    let relations = include_str!("../sql/relations.sql");
    let told = Answers {
        relation: rows(&connection, relations, RelationRow::read).pop()?,
        columns: rows(
            &connection,
            include_str!("../sql/columns.sql"),
            ColumnRow::read,
        ),
        indexes: rows(
            &connection,
            include_str!("../sql/indexes.sql"),
            IndexRow::read,
        ),
        foreign_keys: rows(
            &connection,
            include_str!("../sql/foreign_keys.sql"),
            ForeignKeyRow::read,
        ),
    };
    let plain = PlainTable::read(&"t".into(), &statements).map(|table| Answers {
        relation: table.relation,
        columns: table.columns,
        indexes: table.indexes,
        foreign_keys: table.foreign_keys,
    });
    Some((plain.map(Answers::sorted), told.sorted()))
}

#[test]
fn common_tables_are_plain_and_read_as_sqlite_reads_them() {
    for sql in [
        "CREATE TABLE t (a)",
        "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, b varchar ( 40 ) NOT NULL DEFAULT '')",
        "CREATE TABLE t (id INT PRIMARY KEY, u TEXT UNIQUE COLLATE nocase, UNIQUE (u, id COLLATE RTRIM))",
        "CREATE TABLE t (a DOUBLE PRECISION DEFAULT -1.5, b DEFAULT (1 + 2 ), c DEFAULT CURRENT_TIMESTAMP,
            d DEFAULT \"x\", e DEFAULT x'00', f DEFAULT + 3, g DEFAULT NULL, h DEFAULT true)",
        "CREATE TABLE t (a INT NOT NULL, b INT, PRIMARY KEY (b, a)) STRICT",
        "CREATE TABLE t (id INTEGER, PRIMARY KEY (id ASC AUTOINCREMENT)) STRICT",
        "CREATE TABLE t (a REFERENCES p (x) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE, b INT,
            CONSTRAINT k FOREIGN KEY (A, b) REFERENCES \"P q\" ON DELETE SET DEFAULT, FOREIGN KEY (b) REFERENCES p)",
        "CREATE TABLE t (a, b CHECK (b > 0), CHECK (a <> ')')); CREATE UNIQUE INDEX i ON t (B DESC, a COLLATE NOCASE)
            WHERE a IS NOT NULL; CREATE INDEX IF NOT EXISTS main.j ON t (a)",
        "CREATE TABLE before (a INT UNIQUE); ALTER TABLE before RENAME TO t; ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\"",
        "CREATE TABLE t (\"a \"\"b\" INT -- the first\n, [c d] /* , */ TEXT)",
    ] {
        let (plain, told) = both(sql).unwrap_or_else(|| panic!("SQLite takes {sql}"));
        assert_eq!(plain, Some(told), "{sql}");
    }
}

#[test]
fn what_is_out_of_the_ordinary_is_left_to_sqlite() {
    for sql in [
        "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE t (id INTEGER PRIMARY KEY DESC)",
        "CREATE TABLE t (a, b AS (a + 1))",
        "CREATE TABLE t (a UNIQUE, UNIQUE (a))",
        "CREATE TABLE t (a DEFAULT 1e-5)",
        "CREATE TABLE t (a \"odd type\")",
        "CREATE TABLE t (a, b); CREATE INDEX i ON t (a + b)",
        "CREATE TABLE t (a, b); CREATE INDEX i ON t ((a))",
        "CREATE TABLE t (a DEFAULT (/* why */ 1))",
    ] {
        let (plain, _) = both(sql).unwrap_or_else(|| panic!("SQLite takes {sql}"));
        assert_eq!(plain, None, "{sql}");
    }
}

const NAMES: &[&str] = &[
    "a", "B", "\"c d\"", "[e]", "'g'", "key", "é", "`f`", "rowid",
];

const TYPES: &[&str] = &[
    "",
    "INT",
    "integer",
    "Text",
    "VARCHAR(40)",
    "DECIMAL( 10 , 2 )",
    "UNSIGNED BIG INT",
    "any",
    "\"INT\"",
    "'text'",
    "FLOAT(-1)",
    "INT /* x */ BIG",
    "BLOB",
    "INTEGER(4)",
    "\n INT",
    "INTEGER",
    "date",
];

/// What stands in most columns, and what only some of them may hold.
const CLAUSES: &[&str] = &[
    "NOT NULL",
    "NULL",
    "DEFAULT 1",
    "DEFAULT -1.5",
    "DEFAULT ( 'a' || 1 )",
    "DEFAULT ('x' /* y */)",
    "DEFAULT 'it''s'",
    "DEFAULT CURRENT_DATE",
    "DEFAULT abc",
    "DEFAULT .5",
    "DEFAULT - 2",
    "DEFAULT 0x1F",
    "CHECK (1)",
    "CONSTRAINT n CHECK (a > 1)",
    "COLLATE NOCASE",
    "COLLATE \"RTRIM\"",
    "COLLATE binary",
    "REFERENCES p",
    "REFERENCES P (x) ON DELETE CASCADE",
    "REFERENCES p ON UPDATE SET NULL MATCH FULL",
    "REFERENCES p NOT DEFERRABLE INITIALLY DEFERRED",
    "UNIQUE",
    "UNIQUE ON CONFLICT REPLACE",
    "CONSTRAINT one",
    "/* none */",
    "-- end\n",
];

const RARE_CLAUSES: &[&str] = &[
    "PRIMARY KEY",
    "PRIMARY KEY ASC ON CONFLICT IGNORE",
    "PRIMARY KEY AUTOINCREMENT",
    "PRIMARY KEY DESC",
    "AS (1)",
    "GENERATED ALWAYS AS (a) STORED",
    "ON CONFLICT ABORT",
    "DEFERRABLE",
    "REFERENCES p (x, y)",
];

const CONSTRAINTS: &[&str] = &[
    "PRIMARY KEY (a)",
    "PRIMARY KEY (a, B)",
    "PRIMARY KEY (b COLLATE NOCASE)",
    "UNIQUE (a)",
    "UNIQUE (b, a)",
    "UNIQUE (a DESC)",
    "CONSTRAINT u UNIQUE ([A] COLLATE rtrim, b) ON CONFLICT FAIL",
    "UNIQUE ('b')",
    "CHECK (a <> 1) CHECK (1)",
    "FOREIGN KEY (a) REFERENCES p (x) ON DELETE RESTRICT",
    "CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (x, y) DEFERRABLE INITIALLY DEFERRED",
    "FOREIGN KEY (A) REFERENCES \"t\"",
    "PRIMARY KEY (a AUTOINCREMENT)",
    "UNIQUE (rowid)",
    "UNIQUE (\"nothing\")",
];

const INDEXES: &[&str] = &[
    "CREATE INDEX i1 ON t (a)",
    "CREATE UNIQUE INDEX \"i 2\" ON T (B DESC, a COLLATE NOCASE ASC)",
    "CREATE INDEX i3 ON t (a) WHERE a > 1",
    "CREATE INDEX i4 ON t (lower(a))",
    "CREATE INDEX i5 ON t ('g')",
    "CREATE INDEX i6 ON t (\"A\", rowid)",
    "CREATE INDEX i7 ON t (a, a)",
    "CREATE INDEX i8 ON t ([b] /* e */)",
    "CREATE INDEX main . i9 ON t(`B`)",
    "CREATE UNIQUE INDEX i10 ON t (\"no such\")",
];

fn definition(name: &'static str) -> impl Strategy<Value = String> {
    let clause = prop_oneof![15 => select(CLAUSES), 1 => select(RARE_CLAUSES)];
    let clauses = vec(clause, 0..3);
    (select(TYPES), clauses)
        .prop_map(move |(of, clauses)| format!("{name} {of} {}", clauses.join(" ")))
}

fn script() -> impl Strategy<Value = String> {
    let columns = subsequence(&NAMES[2..], 0..5).prop_flat_map(|more| {
        [&NAMES[..2], &more]
            .concat()
            .into_iter()
            .map(definition)
            .collect::<Vec<_>>()
    });
    let constraints = subsequence(CONSTRAINTS, 0..3);
    let options = select(&["", "", "", "", "", " STRICT", " WITHOUT ROWID"][..]);
    let indexes = subsequence(INDEXES, 0..3);
    let separator = select(&[", ", " ,\n  ", ","][..]);
    (columns, constraints, options, indexes, separator).prop_map(
        |(mut parts, constraints, options, indexes, separator)| {
            parts.extend(constraints.into_iter().map(str::to_owned));
            let parts = parts.join(separator);
            format!(
                "CREATE TABLE t ({parts}){options};\n{};",
                indexes.join(";\n")
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_statement_is_read_as_sqlite_reads_it_or_left_to_it(sql in script()) {
        if let Some((Some(plain), told)) = both(&sql) {
            prop_assert_eq!(plain, told, "{}", sql);
        }
    }
}
