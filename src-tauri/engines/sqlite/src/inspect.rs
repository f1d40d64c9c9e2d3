//! Asks SQLite the questions, in one transaction, and puts the answers together.

use std::collections::HashMap;

use engine::Progress;
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath, Text};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Params, Row, params};

use crate::convert::{self, Parents, Sources, Virtuals};
use crate::depends::{self, Needs, Nesting};
use crate::error::{is_about_the_statement, message};
use crate::reading::{DATABASE, Reading};
use crate::rows::{
    ColumnRow, EstimateRow, Facts, ForeignKeyRow, IndexRow, Names, ParentRow, RelationRow,
    StatementRow,
};
use crate::watch::Watch;

/// How many columns pass between two words on the progress.
const STRIDE: usize = 1000;

/// Which part of the file is read.
#[derive(Debug)]
pub(crate) struct Part {
    /// Only this table or view.
    pub(crate) table: Option<Text>,
    /// Whether SQLite's own tables are read too.
    pub(crate) system: bool,
}

/// What is true of the file as a whole.
pub(crate) fn facts(
    connection: &mut Connection,
    watch: &Watch,
    alone: bool,
) -> rusqlite::Result<Facts> {
    let sql = include_str!("sql/facts.sql");
    watch.cx().observer().statement(sql);
    let mut facts = connection.query_row(sql, [], Facts::read)?;
    if alone {
        // Read without locks, SQLite itself no longer says what the header does.
        facts.journal_mode = Some("wal".into());
    }
    Ok(facts)
}

/// Reads a part of the file.
pub(crate) fn read(
    connection: &mut Connection,
    part: &Part,
    watch: &Watch,
    alone: bool,
) -> rusqlite::Result<Reading> {
    let database = convert::database(&facts(connection, watch, alone)?);
    let mut reader = Reader {
        connection,
        watch,
        table: part.table.clone(),
        names: Names::default(),
    };
    let statements = reader.statements()?;
    let nesting = Nesting::of(&statements);
    let mut relations = reader.relations()?;
    let unreadable = reader.unreadable(&relations, &nesting)?;
    relations.retain(|relation| part.system || !relation.is_system());
    relations.sort_by(|a, b| (a.is_view(), &a.name).cmp(&(b.is_view(), &b.name)));

    let mut sources = reader.sources(relations.len(), &unreadable)?;
    sources.needs = reader.needs(&statements, &nesting, &sources)?;
    sources.virtuals = Virtuals::of(&statements);
    sources.statements = grouped(statements, |row| &row.table);
    let parents = reader.parents(&relations, &sources)?;
    let relations = relations
        .iter()
        .map(|relation| convert::relation(relation, &sources, &parents))
        .collect();
    let warnings = unreadable.into_iter().map(Unreadable::warning).collect();
    Ok(Reading {
        database,
        relations,
        warnings,
    })
}

/// A table or view whose columns nobody can tell.
struct Unreadable {
    name: Text,
    is_view: bool,
    why: String,
}

/// Why the columns of some views are not worked out.
const TOO_LARGE: &str = "views within views make it larger than can be worked out";

impl Unreadable {
    fn new(relation: &RelationRow, why: String) -> Self {
        Self {
            name: Text::clone(&relation.name),
            is_view: relation.is_view(),
            why,
        }
    }

    fn warning(self) -> Warning {
        let kind = if self.is_view {
            ObjectKind::View
        } else {
            ObjectKind::Table
        };
        Warning {
            object: ObjectPath::database(DATABASE).child(kind, self.name),
            reason: format!("Its columns could not be read: {}.", self.why),
            grant: None,
            unseen: true,
        }
    }
}

/// One reading under way.
struct Reader<'a> {
    connection: &'a mut Connection,
    watch: &'a Watch,
    table: Option<Text>,
    names: Names,
}

impl Reader<'_> {
    /// The tables and views there are.
    ///
    /// SQLite works out the columns of every view for this, and looks up no
    /// deadline while it puts one view into the other: a few lines of nested
    /// views would hold it for hours. So views within views are forbidden here,
    /// and worked out one by one afterwards.
    fn relations(&mut self) -> rusqlite::Result<Vec<RelationRow>> {
        let views = DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW;
        self.connection.set_db_config(views, false)?;
        let relations = self.rows(include_str!("sql/relations.sql"), RelationRow::read);
        self.connection.set_db_config(views, true)?;
        relations
    }

    /// The statements of the whole file, also where only a part of it is read:
    /// what stands in that part may name whatever there is.
    fn statements(&mut self) -> rusqlite::Result<Vec<StatementRow>> {
        self.rows_with(include_str!("sql/statements.sql"), [], StatementRow::read)
    }

    fn needs(
        &mut self,
        all: &[StatementRow],
        nesting: &Nesting,
        sources: &Sources,
    ) -> rusqlite::Result<Needs> {
        let part = self.table.clone();
        let is_here = |row: &StatementRow| part.as_ref().is_none_or(|table| row.table == *table);
        let columns = &sources.columns;
        depends::needs(self.connection, all, nesting, columns, is_here, self.watch)
    }

    /// Asks all questions whose answers are joined by the table's name.
    fn sources(&mut self, total: usize, unreadable: &[Unreadable]) -> rusqlite::Result<Sources> {
        let indexes = self.rows(include_str!("sql/indexes.sql"), IndexRow::read)?;
        let keys = self.rows(include_str!("sql/foreign_keys.sql"), ForeignKeyRow::read)?;
        let estimates = self.estimates()?;
        let columns = self.columns(total, unreadable)?;
        Ok(Sources {
            columns,
            indexes: grouped(indexes, |row| &row.table),
            foreign_keys: grouped(keys, |row| &row.table),
            estimates: convert::estimates(estimates),
            ..Sources::default()
        })
    }

    fn estimates(&mut self) -> rusqlite::Result<Vec<EstimateRow>> {
        let sql = include_str!("sql/has_estimates.sql");
        self.watch.cx().observer().statement(sql);
        if !self.connection.prepare(sql)?.exists([])? {
            return Ok(Vec::new());
        }
        match self.rows(include_str!("sql/estimates.sql"), EstimateRow::read) {
            // Estimates are worth having, not worth failing for.
            Err(error) if is_about_the_statement(&error) => Ok(Vec::new()),
            other => other,
        }
    }

    /// The columns, which are by far the most, with word on how far they are read.
    fn columns(
        &mut self,
        total: usize,
        unreadable: &[Unreadable],
    ) -> rusqlite::Result<HashMap<Text, Vec<ColumnRow>>> {
        let sql = include_str!("sql/columns.sql");
        self.watch.cx().observer().statement(sql);
        let mut statement = self.connection.prepare(sql)?;
        let unreadable: Vec<&str> = unreadable.iter().map(|relation| &*relation.name).collect();
        let unreadable = serde_json::to_string(&unreadable).unwrap_or_default();
        let mut rows = statement.query(params![self.table.as_deref(), unreadable])?;
        let mut columns: HashMap<Text, Vec<ColumnRow>> = HashMap::with_capacity(total);
        let mut count = 0_usize;
        while let Some(row) = rows.next()? {
            let row = ColumnRow::read(row, &mut self.names)?;
            columns
                .entry(Text::clone(&row.table))
                .or_default()
                .push(row);
            if count.is_multiple_of(STRIDE) {
                self.progress(columns.len().saturating_sub(1), total);
            }
            count += 1;
        }
        self.progress(total, total);
        Ok(columns)
    }

    fn progress(&self, done: usize, total: usize) {
        self.watch.cx().observer().progress(Progress {
            database: DATABASE.to_owned(),
            done: done.min(total) as u64,
            total: Some(total as u64),
        });
    }

    /// The tables and views whose columns nobody can tell.
    fn unreadable(
        &mut self,
        relations: &[RelationRow],
        nesting: &Nesting,
    ) -> rusqlite::Result<Vec<Unreadable>> {
        let sql = include_str!("sql/columns_of.sql");
        let mut unreadable = Vec::new();
        for relation in relations.iter().filter(|relation| relation.columns <= 0) {
            self.watch.go_on()?;
            if relation.is_view() && !nesting.is_readable(&relation.name) {
                unreadable.push(Unreadable::new(relation, TOO_LARGE.to_owned()));
                continue;
            }
            self.watch.cx().observer().statement(sql);
            let why = match self.has_columns(sql, &relation.name) {
                Ok(true) => continue,
                Ok(false) => "there are none".to_owned(),
                Err(error) if is_about_the_statement(&error) => message(&error),
                Err(error) => return Err(error),
            };
            unreadable.push(Unreadable::new(relation, why));
        }
        Ok(unreadable)
    }

    fn has_columns(&self, sql: &str, relation: &str) -> rusqlite::Result<bool> {
        let mut statement = self.connection.prepare(sql)?;
        let row = statement.query([relation])?.next()?.is_some();
        Ok(row)
    }

    /// The tables that foreign keys refer to, also those outside the part that is read.
    fn parents(
        &mut self,
        relations: &[RelationRow],
        sources: &Sources,
    ) -> rusqlite::Result<Parents> {
        let mut parents = Parents::default();
        for relation in relations {
            for column in sources.columns.get(&relation.name).into_iter().flatten() {
                parents.add(&relation.name, &column.name, column.key);
            }
        }
        if self.table.is_some() {
            let sql = include_str!("sql/parent.sql");
            for key in sources.foreign_keys.values().flatten() {
                if !parents.knows(&key.parent) {
                    let parent = [&*key.parent];
                    for row in self.rows_with(sql, parent, ParentRow::read)? {
                        parents.add(&row.table, &row.column, row.key);
                    }
                }
            }
        }
        Ok(parents)
    }

    fn rows<T>(
        &mut self,
        sql: &str,
        read: impl Fn(&Row<'_>, &mut Names) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let table = self.table.clone();
        self.rows_with(sql, [table.as_deref()], read)
    }

    fn rows_with<T>(
        &mut self,
        sql: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>, &mut Names) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.watch.cx().observer().statement(sql);
        let mut statement = self.connection.prepare(sql)?;
        let names = &mut self.names;
        statement
            .query_map(params, |row| read(row, names))?
            .collect()
    }
}

fn grouped<T>(rows: Vec<T>, table: impl Fn(&T) -> &Text) -> HashMap<Text, Vec<T>> {
    let mut groups: HashMap<Text, Vec<T>> = HashMap::new();
    for row in rows {
        groups
            .entry(Text::clone(table(&row)))
            .or_default()
            .push(row);
    }
    groups
}
