//! How questions are asked: many in one round trip, each answer where it belongs.

use engine::{OpContext, Progress};
use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Either, Error};

use super::catalog::Catalog;
use crate::asking;
use crate::connect::limits;
use crate::rows::RelationNamedRow;
use crate::variant::Facts;

/// How often progress is told, in tables.
const STEP: u64 = 100;

/// A statement and what is done with each row of its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    pub(super) sql: &'static str,
    /// What is missing where it cannot be asked.
    pub(super) about: &'static str,
    /// Whether it is asked only behind a pooler.
    pub(super) pooled: bool,
    pub(super) take: fn(&mut Catalog, &PgRow) -> Result<(), Error>,
}

impl Question {
    /// A statement without an answer.
    pub(crate) const fn silent(sql: &'static str) -> Self {
        Self {
            sql,
            about: "Something",
            pooled: false,
            take: |_, _| Ok(()),
        }
    }

    /// A statement that is sent only behind a pooler, and whose answer says nothing.
    pub(crate) const fn pooled(sql: &'static str) -> Self {
        Self {
            pooled: true,
            ..Self::silent(sql)
        }
    }

    /// Whether it reads a table of the server's catalogue.
    fn reads(&self, catalogue: &str) -> bool {
        ["FROM", "JOIN"].iter().any(|word| {
            let read = format!("{word} pg_catalog.{catalogue}");
            self.sql.match_indices(&read).any(|(place, _)| {
                let after = self.sql.get(place + read.len()..).unwrap_or_default();
                !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
        })
    }
}

/// Options of foreign objects that hold no secret; what others hold stays on the server.
pub(crate) const HARMLESS: &str = "{host,hostaddr,port,dbname,service,user,username,schema,schema_name,table,\
    table_name,column_name,key,use_remote_estimate,fetch_size,batch_size,fdw_startup_cost,\
    fdw_tuple_cost,updatable,truncatable,async_capable,parallel_commit,parallel_abort,extensions,\
    import_default,import_collate,import_generated,analyze_sampling,keep_connections,sslmode,\
    connect_timeout,application_name,client_encoding,filename,format,header,delimiter,quote,escape,\
    \"null\",encoding,force_not_null,force_null,on_error,read_only,database,dbserver,max_scan_value,\
    nls_lang,prefetch,sample_percent,readonly,type,mode,rowid,compression}";

/// Numbers that stand in the questions; nothing but numbers can.
#[derive(Debug, Default)]
pub(super) struct Values(Vec<(&'static str, String)>);

impl Values {
    /// What is the same in all questions to a server.
    fn of_server(facts: &Facts) -> Self {
        let newer = facts.has_column_compression();
        let words = [
            ("{number}", facts.number.to_string()),
            ("{harmless}", HARMLESS.to_owned()),
            (
                "{compression}",
                if newer { "a.attcompression" } else { "''" }.to_owned(),
            ),
            (
                "{statistics_expressions}",
                if newer {
                    "pg_get_statisticsobjdef_expressions(s.oid)"
                } else {
                    "NULL::text[]"
                }
                .to_owned(),
            ),
        ];
        let limits = limits(facts.statement_timeout).into_iter();
        Self(words.into_iter().chain(limits).collect())
    }

    pub(super) fn schemas(self, ids: &[u32]) -> Self {
        self.list("{schemas}", ids)
    }

    /// Only this table or view; 0 for all.
    pub(super) fn relation(mut self, id: u32) -> Self {
        self.0.push(("{relation}", id.to_string()));
        self
    }

    /// Without these tables and views.
    pub(super) fn skipping(self, ids: &[u32]) -> Self {
        self.list("{skipped}", ids)
    }

    pub(super) fn types(self, ids: &[u32], modifiers: &[i32]) -> Self {
        self.list("{type_ids}", ids).list("{modifiers}", modifiers)
    }

    pub(super) fn collations(self, ids: &[u32]) -> Self {
        self.list("{collations}", ids)
    }

    pub(super) fn relations(self, ids: &[u32]) -> Self {
        self.list("{relations}", ids)
    }

    fn list<N: Number>(mut self, mark: &'static str, numbers: &[N]) -> Self {
        let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
        self.0.push((mark, format!("{{{}}}", numbers.join(","))));
        self
    }

    fn fill(&self, sql: &str) -> String {
        self.0.iter().fold(sql.to_owned(), |sql, (mark, value)| {
            if sql.contains(mark) {
                sql.replace(mark, value)
            } else {
                sql
            }
        })
    }
}

trait Number: ToString {}
impl Number for u32 {}
impl Number for i32 {}

/// Asks questions and gathers what is answered.
pub(super) struct Reader<'a> {
    pub(super) catalog: Catalog,
    database: &'a str,
    server: Values,
    pooled: bool,
    cx: &'a OpContext,
}

impl<'a> Reader<'a> {
    pub(super) fn new(database: &'a str, facts: &Facts, cx: &'a OpContext) -> Self {
        Self {
            catalog: Catalog::default(),
            database,
            server: Values::of_server(facts),
            pooled: facts.pooled,
            cx,
        }
    }

    /// Asks all questions in one round trip, save those that this user may not ask.
    pub(super) async fn ask(
        &mut self,
        connection: &mut PgConnection,
        questions: &[Question],
        values: &Values,
    ) -> Result<(), Error> {
        let mut batch = String::new();
        let mut asked = Vec::new();
        for question in questions {
            if question.pooled && !self.pooled {
                continue;
            }
            if let Some(closed) = self.catalog.closed(|name| question.reads(name)) {
                self.catalog.unread.push((question.about, closed));
                continue;
            }
            self.cx.observer().statement(question.sql);
            batch.push_str(&values.fill(&self.server.fill(question.sql)));
            batch.push_str(";\n");
            asked.push(question);
        }
        let mut answers = sqlx::raw_sql(AssertSqlSafe(batch)).fetch_many(connection);
        let mut questions = asked.into_iter();
        let mut current = questions.next();
        let mut told = 0;
        while let Some(answer) = answers.try_next().await? {
            match answer {
                Either::Left(_) => current = questions.next(),
                Either::Right(row) => {
                    if let Some(question) = current {
                        (question.take)(&mut self.catalog, &row)?;
                    }
                    if self.catalog.tables_seen() >= told + STEP {
                        told = self.catalog.tables_seen();
                        self.tell(told);
                    }
                }
            }
        }
        if told > 0 {
            self.tell(self.catalog.relations.len() as u64);
        }
        Ok(())
    }

    fn tell(&self, done: u64) {
        let total = self.catalog.relations.len() as u64;
        self.cx.observer().progress(Progress {
            database: self.database.to_owned(),
            done: done.min(total),
            total: Some(total),
        });
    }
}

/// The number of a table or view, asked with its names as texts.
pub(crate) async fn relation_named(
    connection: &mut PgConnection,
    facts: &Facts,
    schema: &str,
    name: &str,
    cx: &OpContext,
) -> Result<Option<RelationNamedRow>, Error> {
    let sql = include_str!("../sql/relation_named.sql");
    let rows = asking::rows(connection, facts, sql, &[schema, name], cx).await?;
    rows.first().map(RelationNamedRow::read).transpose()
}
