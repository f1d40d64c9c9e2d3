//! A SQLite file of any number of tables in a time that grows as the number does.
//!
//! SQLite looks through the whole schema at each `CREATE`, which takes hours for 100,000
//! tables. So the schema's rows are written as such, and the empty first page of each table
//! and index is put behind them; what comes out is what SQLite itself would have written.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use rusqlite::Connection;

const PAGE: u16 = 4096;
/// The kind of an empty page without others below it.
const TABLE_LEAF: u8 = 0x0D;
const INDEX_LEAF: u8 = 0x0A;

/// A table or an index as the schema lists it.
pub(super) struct Entry {
    pub(super) is_table: bool,
    pub(super) name: String,
    pub(super) table: String,
    pub(super) sql: String,
}

/// Writes a new file.
///
/// # Errors
/// What SQLite or the disk refuses.
pub(super) fn write(
    file: &Path,
    entries: impl Iterator<Item = Entry>,
) -> Result<(), Box<dyn Error>> {
    let mut connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = off; PRAGMA synchronous = off;
         PRAGMA user_version = 1; PRAGMA writable_schema = on",
    )?;
    let transaction = connection.transaction()?;
    let mut kinds = Vec::new();
    {
        let mut insert = transaction
            .prepare("INSERT INTO sqlite_schema VALUES (?1, ?2, ?3, 16777216 + ?4, ?5)")?;
        for entry in entries {
            let kind = if entry.is_table { "table" } else { "index" };
            let row = (kind, entry.name, entry.table, kinds.len() as u32, entry.sql);
            insert.execute(row)?;
            kinds.push(if entry.is_table {
                TABLE_LEAF
            } else {
                INDEX_LEAF
            });
        }
    }
    // No row grows by this, so the schema stays within its pages.
    let pages: u32 = transaction.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    transaction.execute(
        "UPDATE sqlite_schema SET rootpage = rootpage - 16777216 + ?1 + 1",
        [pages],
    )?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    append(file, pages, &kinds)?;
    Ok(())
}

/// Puts an empty page for each entry behind the last page, and tells the header of them.
fn append(file: &Path, pages: u32, kinds: &[u8]) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(file)?;
    let mut file = BufWriter::new(file);
    file.seek(SeekFrom::Start(u64::from(pages) * u64::from(PAGE)))?;
    let mut page = vec![0; usize::from(PAGE)];
    page[5..7].copy_from_slice(&PAGE.to_be_bytes());
    for kind in kinds {
        page[0] = *kind;
        file.write_all(&page)?;
    }
    let all = pages + u32::try_from(kinds.len()).unwrap_or_default();
    // The count of pages holds only where the file's two change counters agree, and they do.
    file.seek(SeekFrom::Start(28))?;
    file.write_all(&all.to_be_bytes())?;
    file.flush()
}
