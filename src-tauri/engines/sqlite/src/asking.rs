//! Asks SQLite itself about views, virtual tables, triggers and whatever tables are
//! out of the ordinary, and puts the answers together.
//!
//! For this SQLite takes in the whole schema.

use std::collections::{HashMap, HashSet};

use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath, Text};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Params, Row, params};

use crate::convert::{self, Parents, Sources, Virtuals};
use crate::depends::{self, Needs, Nesting};
use crate::error::{is_about_the_statement, message};
use crate::link::schema;
use crate::listing::Listing;
use crate::reading::{DATABASE, Relation};
use crate::rows::{
    ColumnRow, ForeignKeyRow, IndexRow, Names, ParentRow, RelationRow, StatementRow,
};
use crate::watch::Watch;

/// What is asked about.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// These tables and views; all where none is named.
    pub(crate) only: Option<&'a Vec<&'a str>>,
    /// Whether SQLite's own tables are read too.
    pub(crate) system: bool,
    pub(crate) listing: &'a Listing,
}

/// Reads the tables and views that are asked about, and what of them cannot be read.
pub(crate) fn read(
    connection: &mut Connection,
    asked: &Asked<'_>,
    watch: &Watch,
) -> rusqlite::Result<(Vec<Relation>, Vec<Warning>)> {
    schema::whole(connection)?;
    let mut reader = Reader {
        connection,
        watch,
        asked,
        only: asked
            .only
            .map(|names| serde_json::to_string(names).unwrap_or_default()),
        names: Names::default(),
    };
    let statements = reader.statements()?;
    let nesting = Nesting::of(&statements);
    let mut relations = reader.relations()?;
    let unreadable = reader.unreadable(&relations, &nesting)?;
    relations.retain(|relation| asked.system || !relation.is_system());
    relations.sort_by(|a, b| (a.is_view(), &a.name).cmp(&(b.is_view(), &b.name)));

    let mut sources = reader.sources(&unreadable)?;
    sources.needs = reader.needs(&statements, &nesting, &sources)?;
    sources.virtuals = Virtuals::of(&statements);
    sources.statements = grouped(statements, |row| &row.table);
    let parents = reader.parents(&relations, &sources)?;
    let relations = relations
        .iter()
        .map(|relation| convert::relation(relation, &sources, &parents))
        .collect();
    let warnings = unreadable.into_iter().map(Unreadable::warning).collect();
    Ok((relations, warnings))
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
    asked: &'a Asked<'a>,
    /// The names that are asked about, as a list in JSON.
    only: Option<String>,
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
        let only = self.asked.only.map(|names| names.iter().copied().collect());
        let only: Option<HashSet<&str>> = only;
        let is_here =
            |row: &StatementRow| only.as_ref().is_none_or(|only| only.contains(&*row.table));
        let columns = &sources.columns;
        depends::needs(self.connection, all, nesting, columns, is_here, self.watch)
    }

    /// Asks all questions whose answers are joined by the table's name.
    fn sources(&mut self, unreadable: &[Unreadable]) -> rusqlite::Result<Sources> {
        let indexes = self.rows(include_str!("sql/indexes.sql"), IndexRow::read)?;
        let keys = self.rows(include_str!("sql/foreign_keys.sql"), ForeignKeyRow::read)?;
        let columns = self.columns(unreadable)?;
        Ok(Sources {
            columns,
            indexes: grouped(indexes, |row| &row.table),
            foreign_keys: grouped(keys, |row| &row.table),
            estimates: self.asked.listing.estimates.clone(),
            ..Sources::default()
        })
    }

    fn columns(
        &mut self,
        unreadable: &[Unreadable],
    ) -> rusqlite::Result<HashMap<Text, Vec<ColumnRow>>> {
        let unreadable: Vec<&str> = unreadable.iter().map(|relation| &*relation.name).collect();
        let unreadable = serde_json::to_string(&unreadable).unwrap_or_default();
        let params = params![self.only.clone(), unreadable];
        let columns = self.rows_with(include_str!("sql/columns.sql"), params, ColumnRow::read)?;
        Ok(grouped(columns, |row| &row.table))
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
        for key in sources.foreign_keys.values().flatten() {
            self.know(&key.parent, &mut parents)?;
        }
        Ok(parents)
    }

    /// Adds a table that is referred to, where it is not among those asked about.
    fn know(&mut self, parent: &str, parents: &mut Parents) -> rusqlite::Result<()> {
        let Some(entry) = self.asked.listing.find(parent) else {
            return Ok(());
        };
        if parents.knows(parent) {
            return Ok(());
        }
        let sql = include_str!("sql/parent.sql");
        match self.rows_with(sql, [&*entry.name], ParentRow::read) {
            Ok(rows) => {
                for row in rows {
                    parents.add(&entry.name, &row.column, row.key);
                }
                Ok(())
            }
            // A view that is broken has no columns to refer to.
            Err(error) if is_about_the_statement(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn rows<T>(
        &mut self,
        sql: &str,
        read: impl Fn(&Row<'_>, &mut Names) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let only = self.only.clone();
        self.rows_with(sql, [only], read)
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
