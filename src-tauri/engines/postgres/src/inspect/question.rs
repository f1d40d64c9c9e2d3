//! Questions: statements, the numbers that stand in them, and where answers go.

use std::collections::BTreeSet;

use engine::OpContext;
use sqlx::Error;
use sqlx::postgres::{PgConnection, PgRow};

use super::catalog::Catalog;
use super::fingerprint::Changed;
use crate::asking;
use crate::connect::limits;
use crate::rows::RelationNamedRow;
use crate::spelling::modified_types;
use crate::variant::Facts;

/// The numbers of the tables at hand.
const PORTION: &str = "(SELECT current_setting('db_studio.portion')::oid[])::oid[]";
const PUBLISHED_SCHEMAS: &str = "(SELECT string_agg(p.xmin::text, ' ' ORDER BY p.oid) \
    FROM pg_catalog.pg_publication_namespace p)";

/// A statement and what is done with each row of its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    pub(super) sql: &'static str,
    /// What is missing where it cannot be asked.
    pub(super) about: &'static str,
    /// Whether it is asked only behind a pooler.
    pub(super) pooled: bool,
    /// The file that it stands in.
    pub(super) file: &'static str,
    pub(super) take: fn(&mut Catalog, &PgRow) -> Result<(), Error>,
}

impl Question {
    /// A statement without an answer.
    pub(crate) const fn silent(sql: &'static str) -> Self {
        Self {
            sql,
            about: "Something",
            pooled: false,
            file: "",
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
    pub(super) fn reads(&self, catalogue: &str) -> bool {
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
    pub(super) fn of_server(facts: &Facts) -> Self {
        let newer = facts.has_column_compression();
        let or = |has: bool, column: &str, otherwise: &str| {
            if has { column } else { otherwise }.to_owned()
        };
        let (set, temporal) = (
            facts.has_nulls_not_distinct(),
            facts.has_temporal_constraints(),
        );
        let words = [
            ("{number}", facts.number.to_string()),
            ("{portion}", PORTION.to_owned()),
            ("{modified}", modified_types()),
            ("{set_columns}", or(set, "k.confdelsetcols", "NULL::int2[]")),
            (
                "{nulls_not_distinct}",
                or(set, "x.indnullsnotdistinct", "false"),
            ),
            ("{published_schemas}", or(set, PUBLISHED_SCHEMAS, "NULL")),
            ("{period}", or(temporal, "k.conperiod", "false")),
            ("{not_enforced}", or(temporal, "NOT k.conenforced", "false")),
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

    /// Only the database of the session, or all.
    pub(super) fn databases(mut self, all: bool) -> Self {
        let condition = if all {
            "true"
        } else {
            "b.datname = current_database()"
        };
        self.0.push(("{databases}", condition.to_owned()));
        self
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

    /// Only tables and views with these remainders of their numbers; all of them for nothing.
    pub(super) fn touched(mut self, touched: Option<&BTreeSet<u32>>) -> Self {
        let condition = touched.map_or_else(
            || "true".to_owned(),
            |touched| {
                let list = listed(touched.iter());
                format!("c.oid::int8 & 1023 = ANY ('{list}'::int8[])")
            },
        );
        self.0.push(("{touched}", condition));
        self
    }

    /// What has changed.
    pub(super) fn changed(self, changed: &Changed) -> Self {
        self.numbers("{indexes}", &changed.indexes)
            .numbers("{sequences}", &changed.sequences)
            .numbers("{classes}", &changed.classes)
            .numbers("{comments}", &changed.comments)
            .numbers("{objects}", &changed.objects)
    }

    /// Only these sequences.
    pub(super) fn sequences(self, ids: &[u32]) -> Self {
        self.list("{sequences}", ids)
    }

    fn list(mut self, mark: &'static str, numbers: &[u32]) -> Self {
        self.0.push((mark, listed(numbers.iter())));
        self
    }

    fn numbers(mut self, mark: &'static str, numbers: &BTreeSet<u32>) -> Self {
        self.0.push((mark, listed(numbers.iter())));
        self
    }

    /// The statement with its marks replaced.
    pub(super) fn fill(&self, sql: &str) -> String {
        self.0.iter().fold(sql.to_owned(), |sql, (mark, value)| {
            if sql.contains(mark) {
                sql.replace(mark, value)
            } else {
                sql
            }
        })
    }
}

/// Numbers as the server reads a list.
fn listed<'n>(numbers: impl Iterator<Item = &'n u32>) -> String {
    let numbers: Vec<_> = numbers.map(u32::to_string).collect();
    format!("{{{}}}", numbers.join(","))
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
