//! What a file's schema lists, read without SQLite taking the schema in.
//!
//! Each table and view is an entry with a hash of all that is listed of it. What the
//! statements say is not kept: those that are needed are read again.

mod statements;

use std::collections::HashMap;
use std::hash::Hasher;

use model::Text;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::ddl;
use crate::link::schema;
use crate::rows::{EstimateRow, Names, is_system, lossy};
use crate::watch::Watch;
use crate::{convert, error};

pub(crate) use statements::Statements;

/// How many rows there are to come.
const COUNT: &str = include_str!("sql/listed_rows.sql");

/// What a table or view is, as far as its first words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Table,
    Virtual,
    View,
    /// Something is listed of it, and not it itself.
    Missing,
}

/// A table or view.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: Text,
    pub(crate) sort: Sort,
    /// Whether anything fires by what is done to it.
    pub(crate) has_triggers: bool,
    /// Of all that is listed of it, in whatever order, and of what `ANALYZE` found.
    pub(crate) hash: u64,
    first: u32,
    count: u32,
}

/// A row of the schema.
#[derive(Debug)]
struct Piece {
    number: i64,
    of: u32,
}

/// All that is listed.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) entries: Vec<Entry>,
    /// Estimated rows by table.
    pub(crate) estimates: HashMap<Text, u64>,
    /// Whether something in it is not as SQLite would have written it.
    pub(crate) is_strange: bool,
    has_virtuals: bool,
    pieces: Vec<Piece>,
    /// Entries by the hash of their name in lower case.
    places: HashMap<u64, u32>,
}

impl Listing {
    /// Reads what is listed; SQLite knows no more than the list.
    pub(crate) fn read(connection: &mut Connection, watch: &Watch) -> rusqlite::Result<Self> {
        let sql = include_str!("sql/listing.sql");
        watch.cx().observer().statement(sql);
        watch.cx().observer().statement(COUNT);
        let mut listing = Self::default();
        let count = connection.query_row(COUNT, [], |row| row.get::<_, u32>(0))?;
        // No more is set aside than there is: this may be the most that is held at all.
        listing.pieces.reserve_exact(count as usize);
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut text = Vec::new();
        while let Some(row) = rows.next()? {
            listing.add(row, &mut text)?;
        }
        drop(rows);
        drop(statement);
        listing.settle();
        if listing.find("sqlite_stat1").is_some() {
            listing.estimate(connection, watch)?;
        }
        Ok(listing)
    }

    /// The table or view of this name, in whatever case.
    pub(crate) fn find(&self, name: &str) -> Option<&Entry> {
        let place = *self.places.get(&place_of(name))? as usize;
        let found = self.entries.get(place)?;
        found.name.eq_ignore_ascii_case(name).then_some(found)
    }

    /// Whether a table has the name of one where a virtual table keeps its data.
    pub(crate) fn may_be_a_shadow(&self, entry: &Entry) -> bool {
        self.has_virtuals
            && entry
                .name
                .match_indices('_')
                .filter_map(|(at, _)| self.find(entry.name.get(..at)?))
                .any(|owner| owner.sort == Sort::Virtual)
    }

    /// What is listed of a table or view, in the order in which it is.
    fn pieces(&self, entry: &Entry) -> &[Piece] {
        let (from, to) = (entry.first as usize, (entry.first + entry.count) as usize);
        self.pieces.get(from..to).unwrap_or_default()
    }

    fn add(&mut self, row: &Row<'_>, text: &mut Vec<u8>) -> rusqlite::Result<()> {
        let [sort, name, table, sql] = [0, 1, 2, 3].map(|column| row.get_ref(column));
        let [sort, name, table, sql] = [sort?, name?, table?, sql?];
        text.clear();
        for value in [sort, name, table, sql] {
            let bytes = bytes(value).unwrap_or_default();
            text.extend_from_slice(&bytes.len().to_le_bytes());
            text.extend_from_slice(bytes);
        }
        let (Ok(table), Ok(page)) = (table.as_str(), row.get_ref(4)?.as_i64()) else {
            self.is_strange = true;
            return Ok(());
        };
        let place = self.place(table);
        let Some(entry) = self.entries.get_mut(place as usize) else {
            return Ok(());
        };
        entry.hash = entry.hash.wrapping_add(xxh3_64(text));
        entry.count += 1;
        let sort = bytes(sort).unwrap_or_default();
        let own = matches!(sort, b"table" | b"view");
        if own {
            let head = bytes(sql).and_then(|sql| sql.get(..32.min(sql.len())));
            let head = head.and_then(|head| std::str::from_utf8(head).ok());
            let is_virtual = head.is_some_and(ddl::is_module);
            self.has_virtuals |= is_virtual;
            self.is_strange |= entry.sort != Sort::Missing || name.as_str() != Ok(table);
            entry.sort = match sort {
                b"view" => Sort::View,
                _ if is_virtual => Sort::Virtual,
                _ => Sort::Table,
            };
            self.is_strange |= (page > 0) != (entry.sort == Sort::Table);
        }
        entry.has_triggers |= sort == b"trigger";
        self.is_strange |= !own && !matches!(sort, b"index" | b"trigger");
        self.pieces.push(Piece {
            number: row.get(5)?,
            of: place,
        });
        Ok(())
    }

    /// Where the entry of this name stands; it is made where there is none.
    fn place(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(place_of(name)).or_insert(next);
        match self.entries.get(place as usize) {
            Some(known) => self.is_strange |= &*known.name != name,
            None => self.entries.push(Entry {
                name: name.into(),
                sort: Sort::Missing,
                has_triggers: false,
                hash: 0,
                first: 0,
                count: 0,
            }),
        }
        place
    }

    /// Puts the pieces of each entry together, in the order in which they are listed.
    fn settle(&mut self) {
        self.pieces
            .sort_unstable_by_key(|piece| (piece.of, piece.number));
        let mut first = 0;
        for entry in &mut self.entries {
            entry.first = first;
            first += entry.count;
        }
        let missing = |entry: &Entry| entry.sort == Sort::Missing;
        self.is_strange |= self.entries.iter().any(missing);
    }

    fn estimate(&mut self, connection: &mut Connection, watch: &Watch) -> rusqlite::Result<()> {
        schema::only_short_statements(connection)?;
        let rows = estimates(connection, watch)?;
        for (row, text) in &rows {
            let place = self.places.get(&place_of(&row.table));
            if let Some(entry) = place.and_then(|&place| self.entries.get_mut(place as usize)) {
                entry.hash = entry.hash.wrapping_add(*text);
            }
        }
        self.estimates = convert::estimates(rows.into_iter().map(|(row, _)| row).collect());
        Ok(())
    }
}

/// What `ANALYZE` found, each with a hash of the whole row.
fn estimates(connection: &Connection, watch: &Watch) -> rusqlite::Result<Vec<(EstimateRow, u64)>> {
    let sql = include_str!("sql/estimates.sql");
    watch.cx().observer().statement(sql);
    let mut names = Names::default();
    let read = |row: &Row<'_>| {
        let mut hash = Xxh3Default::new();
        for column in 0..3 {
            let text = lossy(row, column)?.unwrap_or_default();
            hash.write(text.as_bytes());
            hash.write_u8(0xff);
        }
        Ok((EstimateRow::read(row, &mut names)?, hash.finish()))
    };
    let rows = connection.prepare(sql).and_then(|mut statement| {
        let rows = statement.query_map([], read)?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    });
    match rows {
        // Estimates are worth having, not worth failing for.
        Err(error) if error::is_about_the_statement(&error) => Ok(Vec::new()),
        other => other,
    }
}

impl Entry {
    /// Whether SQLite keeps it for itself.
    pub(crate) fn is_system(&self) -> bool {
        is_system(&self.name)
    }

    /// Its place in the list.
    pub(crate) fn place(&self) -> u32 {
        self.first
    }
}

/// The bytes of a text or a blob.
fn bytes(value: ValueRef<'_>) -> Option<&[u8]> {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(bytes),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => None,
    }
}

fn place_of(name: &str) -> u64 {
    // FNV-1a: names are short, and differ in their last letters.
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}
