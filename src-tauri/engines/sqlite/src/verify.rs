//! The check for damage: SQLite's own, and that of foreign keys. It reads the
//! whole file and can be stopped at any time.

use engine::Verification;
use rusqlite::{Connection, Row, params};

use crate::error::{is_about_the_statement, message};
use crate::watch::Watch;

/// The most that is told to be wrong: SQLite itself stops one later.
const MOST: usize = 99;

/// What checks the rows behind foreign keys.
const ORPHANS: &str = include_str!("sql/orphans.sql");

/// What checks pages, rows and indexes.
const DAMAGE: &str = include_str!("sql/damage.sql");

/// Checks the file. What cannot be checked is a finding, not an error.
pub(crate) fn verify(connection: &mut Connection, watch: &Watch) -> rusqlite::Result<Verification> {
    let mut check = Check {
        connection,
        watch,
        findings: Vec::new(),
    };
    let checked = check.extent()?;
    check.whole_or_each(DAMAGE, damage)?;
    check.whole_or_each(ORPHANS, orphans)?;
    let mut findings = check.findings;
    let more = findings.len() > MOST;
    findings.truncate(MOST);
    Ok(Verification {
        checked,
        findings,
        more,
    })
}

struct Check<'a> {
    connection: &'a Connection,
    watch: &'a Watch,
    findings: Vec<String>,
}

impl Check<'_> {
    fn extent(&self) -> rusqlite::Result<String> {
        let sql = include_str!("sql/extent.sql");
        self.watch.cx().observer().statement(sql);
        let counted = self.connection.query_row(sql, [], |row| {
            let number = |column| row.get::<_, i64>(column);
            let (pages, tables, indexes) = (number(0)?, number(1)?, number(2)?);
            let pages = counted(pages, "page", "pages");
            let tables = counted(tables, "table", "tables");
            let indexes = counted(indexes, "index", "indexes");
            Ok(format!("{pages}, {tables}, {indexes} and all foreign keys"))
        });
        or_unknown(counted)
    }

    /// Asks of the whole file at once; where one table stands in the way, as with
    /// a collation that nobody here knows, of each table by itself.
    fn whole_or_each(&mut self, sql: &str, read: Read) -> rusqlite::Result<()> {
        let told = self.findings.len();
        match self.ask(sql, None, read) {
            Err(error) if is_about_the_statement(&error) => {
                self.findings.truncate(told);
                self.each(sql, read, &error)
            }
            other => other,
        }
    }

    fn each(&mut self, sql: &str, read: Read, why: &rusqlite::Error) -> rusqlite::Result<()> {
        let names = match self.tables() {
            Ok(names) => names,
            Err(error) if is_about_the_statement(&error) => {
                self.findings.push(sentence(&message(why)));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        for name in names {
            if self.findings.len() > MOST {
                break;
            }
            self.watch.go_on()?;
            match self.ask(sql, Some(&name), read) {
                Err(error) if is_about_the_statement(&error) => {
                    let why = message(&error);
                    let finding = format!("Table {name} could not be checked: {why}");
                    self.findings.push(sentence(&finding));
                }
                other => other?,
            }
        }
        Ok(())
    }

    fn ask(&mut self, sql: &str, table: Option<&str>, read: Read) -> rusqlite::Result<()> {
        self.watch.cx().observer().statement(sql);
        let mut statement = self.connection.prepare(sql)?;
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![table, most])?;
        while let Some(row) = rows.next()? {
            read(row, &mut self.findings)?;
            if self.findings.len() > MOST {
                break;
            }
        }
        Ok(())
    }

    fn tables(&self) -> rusqlite::Result<Vec<String>> {
        let sql = include_str!("sql/tables.sql");
        self.watch.cx().observer().statement(sql);
        let mut statement = self.connection.prepare(sql)?;
        statement.query_map([], |row| text(row, 0))?.collect()
    }
}

/// Takes what a row of a check says.
type Read = fn(&Row<'_>, &mut Vec<String>) -> rusqlite::Result<()>;

/// A row of `damage.sql`: `ok`, or lines with what is wrong below a heading.
fn damage(row: &Row<'_>, findings: &mut Vec<String>) -> rusqlite::Result<()> {
    let told = text(row, 0)?;
    let wrong = told
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && *line != "ok" && !line.starts_with("*** "));
    findings.extend(wrong.map(sentence));
    Ok(())
}

/// A row of `orphans.sql`.
fn orphans(row: &Row<'_>, findings: &mut Vec<String>) -> rusqlite::Result<()> {
    let (table, parent, count) = (text(row, 0)?, text(row, 1)?, row.get::<_, i64>(2)?);
    let rows = counted(count, "row", "rows");
    let refers = if count == 1 { "refers" } else { "refer" };
    let from = row
        .get::<_, Option<i64>>(3)?
        .map(|rowid| format!(", the first with rowid {rowid}"));
    let from = from.unwrap_or_default();
    findings.push(format!(
        "{rows} of {table} {refers} to what is not in {parent}{from}."
    ));
    Ok(())
}

fn or_unknown(counted: rusqlite::Result<String>) -> rusqlite::Result<String> {
    match counted {
        Err(error) if is_about_the_statement(&error) => Ok("what can be read".to_owned()),
        other => other,
    }
}

fn counted(count: i64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

fn sentence(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str() + "."
}

fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(crate::rows::lossy(row, column)?.unwrap_or_default())
}
