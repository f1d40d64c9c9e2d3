//! Reads a file in one transaction and hands it over portion by portion.
//!
//! What the schema lists is read first. It tells what has changed since the last time;
//! and tables of the plain kind are told by their statements alone. Only what is left
//! makes SQLite take in the whole schema: see `asking`.

use model::Text;
use model::snapshot::{Fingerprint, Portion, Touched, TouchedRelations};
use rusqlite::Connection;

use crate::asking::{self, Asked};
use crate::changes::{self, Change};
use crate::convert::{self, Parents, Rows, Sources};
use crate::fingerprint::{Known, State};
use crate::link::{Tracer, schema};
use crate::listing::{Entry, Listing, Sort, Statements};
use crate::outlet::{Filling, Outlet};
use crate::plain::{self, PlainTable};
use crate::rows::{Facts, StatementRow};
use crate::watch::Watch;

/// The table that lists the schema; it is not listed itself.
const LIST: &str = "sqlite_schema";

/// How many tables that others refer to are remembered: some 400 bytes each.
const REMEMBERED: usize = 16_384;

/// Which part of the file is read.
#[derive(Debug)]
pub(crate) struct Part {
    /// Only this table or view.
    pub(crate) table: Option<Text>,
    /// Whether SQLite's own tables are read too.
    pub(crate) system: bool,
}

/// How the file is open.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Whether it is in WAL mode and SQLite cannot tell.
    pub(crate) alone: bool,
    /// What tells whether anybody has touched it.
    pub(crate) tracer: Tracer,
}

/// What is true of the file as a whole.
pub(crate) fn facts(
    connection: &mut Connection,
    watch: &Watch,
    alone: bool,
) -> rusqlite::Result<Facts> {
    schema::only_the_list(connection, watch)?;
    let sql = include_str!("sql/facts.sql");
    watch.cx().observer().statement(sql);
    let mut facts = connection.query_row(sql, [], Facts::read)?;
    if alone {
        // Read without locks, SQLite itself no longer says what the header does.
        facts.journal_mode = Some("wal".into());
    }
    Ok(facts)
}

/// Reads a part of the file, but for what is known of it already.
pub(crate) fn read(
    connection: &mut Connection,
    part: &Part,
    known: Option<&Fingerprint>,
    setting: &Setting,
    outlet: &Outlet,
    watch: &Watch,
) -> rusqlite::Result<()> {
    let facts = facts(connection, watch, setting.alone)?;
    // The transaction has begun, so that no writer is at work.
    let state = State::new(&facts, part.system, setting.tracer.mark());
    let known = known.filter(|_| part.table.is_none());
    let then = known.and_then(Known::read);
    if then.as_ref().is_some_and(|then| state.is_untouched(then)) {
        outlet.put(Portion::Only(Touched::default()))?;
        return hand_over(known.cloned(), outlet);
    }
    let listing = Listing::read(connection, watch)?;
    let mut now: Vec<&Entry> = listing.entries.iter().collect();
    now.retain(|entry| part.holds(entry));
    now.sort_by_key(|entry| &*entry.name);

    let change = match &then {
        Some(then) if !listing.is_strange => {
            changes::since(then, &state, &now, &listing, connection)?
        }
        _ => Change::All,
    };
    let entries = now.iter().map(|entry| (&entry.name, entry.hash));
    let whole = part.table.is_none();
    let fingerprint = whole.then(|| state.fingerprint(entries));
    let mut read = now.clone();
    if let Change::Some { names, facts } = change {
        read.retain(|entry| names.contains(&entry.name));
        let is_nothing = names.is_empty() && !facts;
        outlet.put(Portion::Only(Touched {
            relations: TouchedRelations::Named(
                names.into_iter().map(|name| (None, name)).collect(),
            ),
            others: facts,
        }))?;
        if is_nothing {
            return hand_over(fingerprint, outlet);
        }
    }
    drop(now);
    let total = read.len();
    let database = convert::database(&facts);
    let mut reading = Reading {
        connection,
        watch,
        listing: &listing,
        filling: Filling::new(outlet, watch, database, total),
    };
    let left = reading.plain(read)?;
    let seen_all = reading.left(left, part)?;
    reading.filling.end()?;
    hand_over(fingerprint.filter(|_| seen_all), outlet)
}

fn hand_over(fingerprint: Option<Fingerprint>, outlet: &Outlet) -> rusqlite::Result<()> {
    match fingerprint {
        Some(fingerprint) => outlet.put(Portion::Fingerprint(fingerprint)),
        None => Ok(()),
    }
}

impl Part {
    fn holds(&self, entry: &Entry) -> bool {
        let is_wanted = self
            .table
            .as_ref()
            .is_none_or(|table| **table == *entry.name);
        is_wanted && (self.system || !entry.is_system())
    }
}

/// One reading under way.
struct Reading<'a> {
    connection: &'a mut Connection,
    watch: &'a Watch,
    listing: &'a Listing,
    filling: Filling<'a>,
}

impl<'a> Reading<'a> {
    /// Reads the tables that their statements tell all of, and gives the others.
    fn plain(&mut self, entries: Vec<&'a Entry>) -> rusqlite::Result<Vec<&'a Entry>> {
        let sources = Sources {
            estimates: self.listing.estimates.clone(),
            ..Sources::default()
        };
        let mut tables = PlainTables {
            listing: self.listing,
            statements: Statements::new(self.listing, self.connection),
            parents: Parents::default(),
        };
        let mut left = Vec::new();
        for entry in entries {
            let Some((table, statements)) = tables.read(entry)? else {
                left.push(entry);
                continue;
            };
            let rows = Rows {
                relation: &table.relation,
                statements: &statements,
                columns: &table.columns,
                indexes: &table.indexes,
                foreign_keys: &table.foreign_keys,
                clauses: &table.clauses,
            };
            self.filling
                .add(convert::assemble(&rows, &sources, &tables.parents))?;
        }
        Ok(left)
    }

    /// Reads what SQLite must be asked about, and says whether all could be seen.
    fn left(&mut self, left: Vec<&Entry>, part: &Part) -> rusqlite::Result<bool> {
        let list = part.system && part.table.as_ref().is_none_or(|table| **table == *LIST);
        if left.is_empty() && !list {
            return Ok(true);
        }
        let mut names: Vec<&str> = left.iter().map(|entry| &*entry.name).collect();
        names.extend(list.then_some(LIST));
        // What is strange may be named otherwise than it seems.
        let all = self.listing.is_strange && part.table.is_none();
        let asked = Asked {
            only: (!all).then_some(&names),
            system: part.system,
            listing: self.listing,
        };
        let (relations, warnings) = asking::read(self.connection, &asked, self.watch)?;
        let seen_all = warnings.is_empty();
        self.filling.warn(warnings);
        for relation in relations {
            self.filling.add(relation)?;
        }
        Ok(seen_all)
    }
}

/// Tables that their statements tell all of, and those that they refer to.
struct PlainTables<'a> {
    listing: &'a Listing,
    statements: Statements<'a>,
    parents: Parents,
}

impl PlainTables<'_> {
    fn read(&mut self, entry: &Entry) -> rusqlite::Result<Option<(PlainTable, Vec<StatementRow>)>> {
        let is_plain = entry.sort == Sort::Table && !entry.has_triggers && !entry.is_system();
        if self.listing.is_strange || !is_plain || self.listing.may_be_a_shadow(entry) {
            return Ok(None);
        }
        let statements = self.statements.of(entry)?;
        let Some(table) = PlainTable::read(&entry.name, &statements) else {
            return Ok(None);
        };
        if self.parents.len() > REMEMBERED {
            self.parents.clear();
        }
        self.parents.add_table(&entry.name, &table.columns);
        for key in &table.foreign_keys {
            if !self.knows(&key.parent)? {
                return Ok(None);
            }
        }
        Ok(Some((table, statements)))
    }

    /// Whether a table that is referred to is known, or known not to be there.
    fn knows(&mut self, parent: &str) -> rusqlite::Result<bool> {
        if self.parents.knows(parent) {
            return Ok(true);
        }
        let Some(entry) = self.listing.find(parent) else {
            return Ok(true);
        };
        let statement = self.statements.own(entry)?;
        let columns = statement.and_then(|statement| plain::columns(&entry.name, &statement));
        let Some(columns) = columns else {
            return Ok(false);
        };
        self.parents.add_table(&entry.name, &columns);
        Ok(true)
    }
}
