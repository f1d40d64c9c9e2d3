//! What views and triggers need, as SQLite itself resolves their names.
//!
//! A statement that uses each is compiled and never run; SQLite asks for leave
//! for every table that it comes upon, and so tells them. Views of views are
//! put into each other for that, so what would grow too large is left out.

mod nesting;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use model::snapshot::ObjectName;
use model::{ObjectKind, Text};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;

use crate::ddl::{self, ModuleClause};
use crate::error::is_about_the_statement;
use crate::rows::{ColumnRow, Hiding, StatementRow};
use crate::watch::Watch;

pub(crate) use nesting::Nesting;

/// How deep triggers may fire each other where they are compiled.
const TRIGGERS: i32 = 32;

/// How deep they may where anything is run, which is nothing.
const NO_TRIGGERS: i32 = 1;

/// What is told of the statements that are compiled.
const TOLD: &str = include_str!("sql/depends.sql");

/// What each view and trigger needs, by its kind and name.
pub(crate) type Needs = HashMap<(ObjectKind, Text), Vec<ObjectName>>;

/// Finds what the views and triggers in `wanted` need.
///
/// `all` are the statements of the whole file, `columns` those of the tables
/// and views that have any in `wanted`. Where one of them is no proper
/// text, nothing is found: the names in it could not be told apart.
pub(crate) fn needs(
    connection: &mut Connection,
    all: &[StatementRow],
    nesting: &Nesting,
    columns: &HashMap<Text, Vec<ColumnRow>>,
    wanted: impl Fn(&StatementRow) -> bool,
    watch: &Watch,
) -> rusqlite::Result<Needs> {
    let wanted: Vec<_> = all
        .iter()
        .filter(|row| wanted(row) && needs_others(row, nesting))
        .collect();
    if wanted.is_empty() || !all.iter().all(|row| row.is_text) {
        return Ok(Needs::new());
    }
    watch.cx().observer().statement(TOLD);
    let uses = wanted.iter().filter_map(|row| use_of(row, columns));
    let seen = compile_all(connection, uses.collect(), watch)?;
    let schema = Schema::of(all);
    Ok(wanted
        .into_iter()
        .filter_map(|row| {
            let needs = schema.needs(row, &seen);
            let key = (kind(row)?, Text::clone(&row.name));
            (!needs.is_empty()).then_some((key, needs))
        })
        .collect())
}

/// Whether it may need others, and is small enough to be compiled.
fn needs_others(row: &StatementRow, nesting: &Nesting) -> bool {
    let sql = row.sql.as_deref().unwrap_or_default();
    match &*row.sort {
        "view" | "trigger" => nesting.is_small(sql),
        "table" => ddl::parse_module(sql).is_some(),
        _ => false,
    }
}

/// The tables that a module is given by name: what full text is indexed of, and
/// the index whose words are listed.
fn given_to_module(module: &ModuleClause) -> Vec<String> {
    let named = |argument: &Text| match argument.split_once('=') {
        Some((key, value)) if key.trim().eq_ignore_ascii_case("content") => Some(value.to_owned()),
        Some(_) => None,
        None => Some(argument.to_string()),
    };
    let lists_words = ["fts5vocab", "fts4aux"]
        .iter()
        .any(|known| module.name.eq_ignore_ascii_case(known));
    let indexes_text = ["fts3", "fts4", "fts5"]
        .iter()
        .any(|known| module.name.eq_ignore_ascii_case(known));
    module
        .arguments
        .iter()
        .filter(|argument| lists_words || (indexes_text && argument.contains('=')))
        .filter_map(named)
        .flat_map(|given| ddl::names(&given))
        .collect()
}

/// Which tables were come upon, by the view, trigger or `WITH` that names them;
/// all in lower case.
type Seen = HashMap<String, HashSet<String>>;

fn compile_all(
    connection: &mut Connection,
    uses: BTreeSet<String>,
    watch: &Watch,
) -> rusqlite::Result<Seen> {
    let notes = Arc::new(Mutex::new(Seen::new()));
    let (taken, over) = (Arc::clone(&notes), watch.clone());
    connection.authorizer(Some(move |context: AuthContext<'_>| {
        if over.over().is_some() {
            return Authorization::Deny;
        }
        if let Some((by, table)) = noted(&context) {
            let mut notes = taken.lock().unwrap_or_else(PoisonError::into_inner);
            let tables = notes.entry(by.to_ascii_lowercase()).or_default();
            tables.insert(table.to_ascii_lowercase());
        }
        Authorization::Allow
    }))?;
    let triggers = DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
    connection.set_db_config(triggers, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, TRIGGERS)?;
    let done = uses.iter().try_for_each(|statement| {
        watch.go_on()?;
        match connection.prepare(statement) {
            // What is broken needs what nobody can tell.
            Err(error) if is_about_the_statement(&error) => watch.go_on(),
            Err(error) => Err(error),
            Ok(_) => Ok(()),
        }
    });
    connection.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, NO_TRIGGERS)?;
    connection.set_db_config(triggers, false)?;
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    done?;
    let seen = std::mem::take(&mut *notes.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(seen)
}

/// The table that SQLite came upon, and whose statement it stands in.
fn noted<'a>(context: &AuthContext<'a>) -> Option<(&'a str, &'a str)> {
    let table = match context.action {
        AuthAction::Read { table_name, .. }
        | AuthAction::Update { table_name, .. }
        | AuthAction::Insert { table_name }
        | AuthAction::Delete { table_name } => table_name,
        _ => return None,
    };
    let here = context.database_name == Some("main");
    here.then_some((context.accessor?, table))
}

/// A statement that uses a view, or that makes a trigger fire.
fn use_of(row: &StatementRow, columns: &HashMap<Text, Vec<ColumnRow>>) -> Option<String> {
    let table = quoted(&row.table);
    match &*row.sort {
        "view" => return Some(format!("SELECT 1 FROM main.{table}")),
        "trigger" => {}
        _ => return None,
    }
    let head = ddl::parse_trigger(row.sql.as_deref()?);
    match &*head.event {
        "insert" => Some(format!("INSERT INTO main.{table} DEFAULT VALUES")),
        "delete" => Some(format!("DELETE FROM main.{table}")),
        _ => {
            let column = head.column.or_else(|| {
                let mut all = columns.get(&row.table)?.iter();
                let plain = all.find(|column| column.hiding == Hiding::None)?;
                Some(Text::clone(&plain.name))
            })?;
            Some(format!(
                "UPDATE main.{table} SET {} = NULL",
                quoted(&column)
            ))
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn kind(row: &StatementRow) -> Option<ObjectKind> {
    match &*row.sort {
        "table" => Some(ObjectKind::Table),
        "view" => Some(ObjectKind::View),
        "trigger" => Some(ObjectKind::Trigger),
        _ => None,
    }
}

/// What there is in the file, by name without regard to case.
struct Schema<'a> {
    relations: HashMap<String, (ObjectKind, &'a Text)>,
    /// The names of views and triggers, which may lead to a table too.
    users: HashSet<String>,
}

impl<'a> Schema<'a> {
    fn of(all: &'a [StatementRow]) -> Self {
        let of_kinds = |kinds: &'static [ObjectKind]| {
            all.iter()
                .filter_map(|row| Some((kind(row)?, &row.name)))
                .filter(move |(kind, _)| kinds.contains(kind))
        };
        Self {
            relations: of_kinds(&[ObjectKind::Table, ObjectKind::View])
                .map(|(kind, name)| (name.to_ascii_lowercase(), (kind, name)))
                .collect(),
            users: of_kinds(&[ObjectKind::View, ObjectKind::Trigger])
                .map(|(_, name)| name.to_ascii_lowercase())
                .collect(),
        }
    }

    /// The tables and views that this view or trigger names itself.
    ///
    /// SQLite tells the innermost name that leads to a table, which within the
    /// statement may be that of a `WITH`; the words of the statement tell whose.
    /// It is silent on tables of which only columns in `USING` are met, so that
    /// what stands behind `FROM` and `JOIN` counts too.
    fn needs(&self, row: &StatementRow, seen: &Seen) -> Vec<ObjectName> {
        let sql = row.sql.as_deref().unwrap_or_default();
        if let Some(module) = ddl::parse_module(sql) {
            return self.named(given_to_module(&module).into_iter());
        }
        let words = ddl::names(sql);
        let own = [
            row.name.to_ascii_lowercase(),
            row.table.to_ascii_lowercase(),
        ];
        let of_with = words.iter().filter(|word| !self.users.contains(*word));
        let found = of_with
            .chain(own.first())
            .filter_map(|by| seen.get(by))
            .flatten()
            .filter(|table| words.contains(*table))
            .cloned()
            .chain(ddl::joined_names(sql))
            .filter(|table| !own.contains(table));
        self.named(found)
    }

    /// The tables and views of these names, each once and in order.
    fn named(&self, names: impl Iterator<Item = String>) -> Vec<ObjectName> {
        let found: BTreeSet<ObjectName> = names
            .filter_map(|name| self.relations.get(&name))
            .map(|&(kind, name)| ObjectName {
                kind,
                schema: None,
                name: Text::clone(name),
            })
            .collect();
        found.into_iter().collect()
    }
}
