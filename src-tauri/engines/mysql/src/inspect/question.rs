//! The questions that are asked, and where their answers go.

use engine::{OpContext, Progress};
use futures_util::TryStreamExt as _;
use sqlx::mysql::{MySqlConnection, MySqlRow};
use sqlx::{AssertSqlSafe, Either, Error};

use super::catalog::Catalog;
use crate::answer::Intake;
use crate::error::is_of_one_part;
use crate::rows::{
    self, CheckRow, ColumnRow, DatabaseRow, EventRow, ForeignColumnRow, ForeignRuleRow,
    IndexPartRow, NameRow, ParameterRow, PartitionRow, PrivilegeRow, RelationRow, RoutineRow,
    SequenceRow, TriggerRow, ViewRow,
};
use crate::types::sent;
use crate::variant::Facts;

/// How often progress is told, in tables.
const STEP: u64 = 100;

/// A statement and what is done with each row of its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    /// What it is about, in the plural, as a warning names it.
    pub(super) about: &'static str,
    sql: &'static str,
    take: fn(&mut Catalog, &MySqlRow) -> Result<(), Error>,
}

macro_rules! questions {
    ($($name:ident = $about:literal, $file:literal, $row:path => |$catalog:ident, $answer:ident| $take:expr;)*) => {$(
        pub(super) const $name: Question = Question {
            about: $about,
            sql: include_str!(concat!("../sql/", $file)),
            take: |$catalog, row| {
                let $answer = $row(row)?;
                $take;
                Ok(())
            },
        };
    )*};
}

questions! {
    DATABASE = "database", "database.sql", DatabaseRow::read => |catalog, row| {
        catalog.database = Some(row);
    };
    RELATIONS = "tables", "relations.sql", RelationRow::read => |catalog, row| {
        catalog.relations.push(row);
    };
    NAMES = "names of tables", "names.sql", NameRow::read => |catalog, row| {
        catalog.names.push(row);
    };
    COLUMNS = "columns", "columns.sql", ColumnRow::read => |catalog, row| catalog.take_column(row);
    INDEXES = "indexes", "indexes.sql", IndexPartRow::read => |catalog, row| {
        catalog.take_index_part(row);
    };
    FOREIGN_KEYS = "foreign keys", "foreign_keys.sql", ForeignColumnRow::read => |catalog, row| {
        catalog.foreign_columns.push(row);
    };
    FOREIGN_RULES = "foreign keys' rules", "foreign_rules.sql", ForeignRuleRow::read => |catalog, row| {
        catalog.foreign_rules.push(row);
    };
    CHECKS_MYSQL = "checks", "checks_mysql.sql", CheckRow::read => |catalog, row| {
        catalog.checks.push(row);
    };
    CHECKS_MARIADB = "checks", "checks_mariadb.sql", CheckRow::read => |catalog, row| {
        catalog.checks.push(row);
    };
    TRIGGERS = "triggers", "triggers.sql", TriggerRow::read => |catalog, row| {
        catalog.triggers.push(row);
    };
    VIEWS = "queries of views", "views.sql", ViewRow::read => |catalog, row| {
        catalog.views.push(row);
    };
    ROUTINES = "functions and procedures", "routines.sql", RoutineRow::read => |catalog, row| {
        catalog.routines.push(row);
    };
    PARAMETERS = "parameters", "parameters.sql", ParameterRow::read => |catalog, row| {
        catalog.parameters.push(row);
    };
    LIBRARIES = "libraries", "libraries.sql", rows::line => |catalog, row| {
        catalog.libraries.push(row);
    };
    EVENTS = "events", "events.sql", EventRow::read => |catalog, row| catalog.events.push(row);
    PARTITIONS = "partitions", "partitions.sql", PartitionRow::read => |catalog, row| {
        catalog.partitions.push(row);
    };
    SEQUENCE = "sequences", "sequence.sql", SequenceRow::read => |catalog, row| {
        catalog.sequences.push(row);
    };
    ON_DATABASE = "privileges on it", "privileges_on_database.sql", PrivilegeRow::read => |catalog, row| {
        catalog.privileges.push(row);
    };
    ON_TABLES = "privileges on tables", "privileges_on_tables.sql", PrivilegeRow::read => |catalog, row| {
        catalog.privileges.push(row);
    };
    ON_COLUMNS = "privileges on columns", "privileges_on_columns.sql", PrivilegeRow::read => |catalog, row| {
        catalog.privileges.push(row);
    };
    GRANTS = "grants", "grants.sql", rows::line => |catalog, row| {
        catalog.grants.get_or_insert_default().take(&row);
    };
}

/// The questions about checks that this server understands.
pub(super) fn checks(facts: &Facts) -> Option<Question> {
    if facts.is_mariadb() {
        Some(CHECKS_MARIADB)
    } else {
        facts.mysql(80_016).then_some(CHECKS_MYSQL)
    }
}

/// What stands in the questions: columns that only some versions have, and values.
#[derive(Debug)]
pub(crate) struct Fill {
    dialect: [(&'static str, &'static str); 7],
    values: Vec<(&'static str, String)>,
}

impl Fill {
    /// What differs between the versions of servers.
    pub(crate) fn of(facts: &Facts) -> Self {
        let either = |there: bool, column| if there { column } else { "NULL" };
        let visible = if facts.mysql(80_000) {
            "IS_VISIBLE"
        } else if facts.mariadb(100_600) {
            "IF(IGNORED = 'YES', 'NO', 'YES')"
        } else {
            "'YES'"
        };
        Self {
            dialect: [
                (
                    "{database_comment}",
                    either(facts.mariadb(100_500), "SCHEMA_COMMENT"),
                ),
                (
                    "{database_encrypted}",
                    either(facts.mysql(80_016), "DEFAULT_ENCRYPTION"),
                ),
                ("{column_srid}", either(facts.mysql(80_003), "SRS_ID")),
                (
                    "{index_expression}",
                    either(facts.mysql(80_013), "EXPRESSION"),
                ),
                ("{index_visible}", visible),
                ("{view_algorithm}", either(facts.is_mariadb(), "ALGORITHM")),
                ("{check_level}", either(facts.mariadb(100_510), "LEVEL")),
            ],
            values: Vec::new(),
        }
    }

    /// The values: the database, and the one table where only that is meant.
    pub(crate) fn database(mut self, database: &str, table: Option<&str>) -> Self {
        let of = |column: &str| match table {
            Some(table) => format!("AND {column} = {}", sent(table)),
            None => String::new(),
        };
        self.values = vec![
            ("{and_table}", of("TABLE_NAME")),
            ("{and_event_table}", of("EVENT_OBJECT_TABLE")),
            ("{database}", sent(database)),
        ];
        self
    }

    /// The statement as it is told to people, without values.
    pub(crate) fn told(&self, sql: &str) -> String {
        let fill = |sql: String, (mark, column): &(&str, &str)| sql.replace(mark, column);
        self.dialect.iter().fold(sql.trim().to_owned(), fill)
    }

    /// The statement as it is sent.
    pub(crate) fn sent(&self, sql: &str) -> String {
        self.values
            .iter()
            .fold(self.told(sql), |sql, (mark, value)| {
                sql.replace(mark, value)
            })
    }
}

/// Asks questions and gathers what is answered.
pub(super) struct Reader<'a> {
    pub(super) catalog: Catalog,
    /// What could not be asked, with the server's words.
    pub(super) failed: Vec<(&'static str, Error)>,
    database: &'a str,
    fill: &'a Fill,
    cx: &'a OpContext,
}

impl<'a> Reader<'a> {
    pub(super) fn new(database: &'a str, fill: &'a Fill, cx: &'a OpContext) -> Self {
        Self {
            catalog: Catalog::default(),
            failed: Vec::new(),
            database,
            fill,
            cx,
        }
    }

    /// Asks all questions in one round trip; after one that this user may not ask,
    /// or this server does not know, in one more.
    pub(super) async fn ask(
        &mut self,
        connection: &mut MySqlConnection,
        questions: &[Question],
    ) -> Result<(), Error> {
        let sent: Vec<_> = questions
            .iter()
            .map(|question| {
                self.cx.observer().statement(&self.fill.told(question.sql));
                self.fill.sent(question.sql)
            })
            .collect();
        self.run(connection, questions, &sent).await
    }

    /// Asks one question of several objects in one statement.
    pub(super) async fn ask_of_each(
        &mut self,
        connection: &mut MySqlConnection,
        question: Question,
        each: &[Vec<(&'static str, String)>],
    ) -> Result<(), Error> {
        self.cx.observer().statement(&self.fill.told(question.sql));
        let template = self.fill.sent(question.sql);
        let parts: Vec<_> = each
            .iter()
            .map(|marks| {
                marks.iter().fold(template.clone(), |sql, (mark, value)| {
                    sql.replace(mark, value)
                })
            })
            .collect();
        self.run(connection, &[question], &[parts.join("\nUNION ALL\n")])
            .await
    }

    async fn run(
        &mut self,
        connection: &mut MySqlConnection,
        questions: &[Question],
        sent: &[String],
    ) -> Result<(), Error> {
        let mut done = 0;
        let mut told = 0;
        let mut intake = Intake::default();
        while let (Some(left), Some(texts)) = (questions.get(done..), sent.get(done..))
            && !left.is_empty()
        {
            let mut answers =
                sqlx::raw_sql(AssertSqlSafe(texts.join(";\n"))).fetch_many(&mut *connection);
            let failed = loop {
                let answer = answers.try_next().await;
                if let Ok(Some(piece)) = &answer {
                    intake.count(piece).await?;
                }
                match answer {
                    Ok(Some(Either::Right(row))) => {
                        if let Some(question) = questions.get(done) {
                            (question.take)(&mut self.catalog, &row)?;
                        }
                        if self.catalog.tables_seen() >= told + STEP {
                            told = self.catalog.tables_seen();
                            self.tell(told);
                        }
                    }
                    Ok(Some(Either::Left(_))) => done += 1,
                    Ok(None) => break None,
                    Err(error) => break Some(error),
                }
            };
            match failed {
                None => break,
                Some(error) if is_of_one_part(&error) => {
                    if let Some(question) = questions.get(done) {
                        self.failed.push((question.about, error));
                    }
                    done += 1;
                }
                Some(error) => return Err(error),
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
