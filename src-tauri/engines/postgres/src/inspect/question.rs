//! The questions that are asked, and where their answers go.

use engine::{OpContext, Progress};
use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Either, Error};

use super::catalog::Catalog;
use crate::rows::{
    ColumnRow, ConstraintRow, DatabaseRow, ForeignColumnRow, IdRow, IndexRow, LockedRow, NamedRow,
    ParentRow, RelationNamedRow, RelationRow, SchemaRow, SetColumnsRow, TemporalRow, TriggerRow,
    TypeRow,
};
use crate::variant::Facts;

/// How often progress is told, in tables.
const STEP: u64 = 100;

/// A statement and what is done with each row of its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    sql: &'static str,
    take: fn(&mut Catalog, &PgRow) -> Result<(), Error>,
}

impl Question {
    /// A statement without an answer.
    pub(crate) const fn silent(sql: &'static str) -> Self {
        Self {
            sql,
            take: |_, _| Ok(()),
        }
    }
}

macro_rules! questions {
    ($($name:ident = $file:literal, $row:ident => |$catalog:ident, $answer:ident| $take:expr;)*) => {$(
        pub(super) const $name: Question = Question {
            sql: include_str!(concat!("../sql/", $file)),
            take: |$catalog, row| {
                let $answer = $row::read(row)?;
                $take;
                Ok(())
            },
        };
    )*};
}

questions! {
    DATABASE = "databases.sql", DatabaseRow => |catalog, row| if row.current {
        catalog.database = Some(row);
    };
    SCHEMAS = "schemas.sql", SchemaRow => |catalog, row| catalog.schemas.push(row);
    RELATIONS = "relations.sql", RelationRow => |catalog, row| catalog.relations.push(row);
    PARENTS = "parents.sql", ParentRow => |catalog, row| {
        catalog.parents.entry(row.relation).or_default().push((row.schema, row.name));
    };
    COLUMNS = "columns.sql", ColumnRow => |catalog, row| catalog.take_column(row);
    CONSTRAINTS = "constraints.sql", ConstraintRow => |catalog, row| catalog.constraints.push(row);
    INDEXES = "indexes.sql", IndexRow => |catalog, row| catalog.indexes.push(row);
    TRIGGERS = "triggers.sql", TriggerRow => |catalog, row| catalog.triggers.push(row);
    OPERATOR_CLASSES = "operator_classes.sql", NamedRow => |catalog, row| {
        catalog.names.add_operator_class(row);
    };
    NULLS_NOT_DISTINCT = "nulls_not_distinct.sql", IdRow => |catalog, row| {
        catalog.names.nulls_not_distinct.insert(row.id);
    };
    SET_COLUMNS = "columns_set_on_delete.sql", SetColumnsRow => |catalog, row| {
        catalog.names.set_columns.insert(row.id, row.columns);
    };
    TEMPORAL = "temporal.sql", TemporalRow => |catalog, row| {
        catalog.names.temporal.insert(row.id, (row.period, row.enforced));
    };
    TYPES = "types.sql", TypeRow => |catalog, row| catalog.names.add_type(row);
    COLLATIONS = "collations.sql", NamedRow => |catalog, row| catalog.names.add_collation(row);
    LOCKED = "locked.sql", LockedRow => |catalog, row| catalog.locked.push(row);
    FOREIGN_COLUMNS = "foreign_columns.sql", ForeignColumnRow => |catalog, row| {
        catalog.names.add_column(row.relation, row.number, row.name, 0);
    };
}

/// What is asked about the contents of schemas on this server.
pub(super) fn contents(facts: &Facts) -> Vec<Question> {
    let mut questions = vec![
        RELATIONS,
        PARENTS,
        COLUMNS,
        CONSTRAINTS,
        INDEXES,
        TRIGGERS,
        OPERATOR_CLASSES,
    ];
    if facts.has_nulls_not_distinct() {
        questions.extend([NULLS_NOT_DISTINCT, SET_COLUMNS]);
    }
    if facts.has_temporal_constraints() {
        questions.push(TEMPORAL);
    }
    questions
}

/// Numbers that stand in the questions; nothing but numbers can.
#[derive(Debug, Default)]
pub(super) struct Values(Vec<(&'static str, String)>);

impl Values {
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
            sql.replace(mark, value)
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
    cx: &'a OpContext,
}

impl<'a> Reader<'a> {
    pub(super) fn new(database: &'a str, cx: &'a OpContext) -> Self {
        Self {
            catalog: Catalog::default(),
            database,
            cx,
        }
    }

    /// Asks all questions in one round trip.
    pub(super) async fn ask(
        &mut self,
        connection: &mut PgConnection,
        questions: &[Question],
        values: &Values,
    ) -> Result<(), Error> {
        let mut batch = String::new();
        for question in questions {
            self.cx.observer().statement(question.sql);
            batch.push_str(&values.fill(question.sql));
            batch.push_str(";\n");
        }
        let mut answers = sqlx::raw_sql(AssertSqlSafe(batch)).fetch_many(connection);
        let mut questions = questions.iter();
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

    /// The number of a table or view, asked with its names apart from the text.
    pub(super) async fn relation_named(
        &self,
        connection: &mut PgConnection,
        schema: &str,
        name: &str,
    ) -> Result<Option<RelationNamedRow>, Error> {
        relation_named(connection, schema, name, self.cx).await
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

/// The number and kind of a table or view, asked with its names apart from the text.
pub(crate) async fn relation_named(
    connection: &mut PgConnection,
    schema: &str,
    name: &str,
    cx: &OpContext,
) -> Result<Option<RelationNamedRow>, Error> {
    let sql = include_str!("../sql/relation_named.sql");
    cx.observer().statement(sql);
    let row = sqlx::query(sql)
        .bind(schema)
        .bind(name)
        .persistent(false)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(RelationNamedRow::read).transpose()
}
