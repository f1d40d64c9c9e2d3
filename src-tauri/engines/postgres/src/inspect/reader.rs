//! How questions are asked: many in one round trip, each answer where it belongs, and
//! what is read handed over portion by portion while the rest is still on its way.

use std::sync::atomic::{AtomicU32, Ordering};

use engine::{EngineError, OpContext, Progress, Sink};
use futures_util::TryStreamExt as _;
use model::ObjectPath;
use model::snapshot::Portion;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Either};

use super::build;
use super::catalog::Catalog;
use super::question::{Question, Values};
use super::warnings;
use crate::variant::Facts;

/// Few rows of many are read by their numbers; where nobody has counted a catalogue's
/// rows, the planner would read them all.
const BY_NUMBERS: &str = "SET LOCAL enable_seqscan = off;\nSET LOCAL random_page_cost = 1;\n";
const AS_USUAL: &str =
    "SET LOCAL enable_seqscan TO DEFAULT;\nSET LOCAL random_page_cost TO DEFAULT;\n";

/// Why a reading ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// The server or the link.
    Server(sqlx::Error),
    /// Nobody takes what is read.
    Sink(EngineError),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Server(error)
    }
}

/// Asks questions and gathers what is answered.
pub(super) struct Reader<'a> {
    pub(super) catalog: Catalog,
    /// Whether a part of what was read is with the sink already.
    pub(super) handed_over: bool,
    database: &'a str,
    facts: &'a Facts,
    server: Values,
    cx: &'a OpContext,
    done: u64,
}

/// Statements that are sent as one message, and what is done when each is answered.
#[derive(Default)]
struct Batch<'q> {
    text: String,
    steps: Vec<Step<'q>>,
}

#[derive(Clone, Copy)]
enum Step<'q> {
    /// Nothing comes of it.
    Silent,
    Take(&'q Question),
    /// A portion with this many tables is complete.
    Ends(Option<&'q Question>, u64),
}

impl<'a> Reader<'a> {
    pub(super) fn new(database: &'a str, facts: &'a Facts, cx: &'a OpContext) -> Self {
        Self {
            catalog: Catalog::default(),
            handed_over: false,
            database,
            facts,
            server: Values::of_server(facts),
            cx,
            done: 0,
        }
    }

    /// Asks all questions in one round trip, save those that this user may not ask.
    pub(super) async fn ask(
        &mut self,
        connection: &mut PgConnection,
        questions: &[Question],
        values: &Values,
    ) -> Result<(), sqlx::Error> {
        let questions = self.admitted(questions);
        let mut batch = Batch::default();
        for question in &questions {
            batch.question(&self.filled(question, values), question);
        }
        let mut answers = sqlx::raw_sql(AssertSqlSafe(batch.text)).fetch_many(connection);
        let mut steps = batch.steps.into_iter();
        let mut current = steps.next();
        while let Some(answer) = answers.try_next().await? {
            match (answer, current) {
                (Either::Left(_), _) => current = steps.next(),
                (Either::Right(row), Some(Step::Take(question))) => {
                    (question.take)(&mut self.catalog, &row)?;
                }
                (Either::Right(_), _) => {}
            }
        }
        Ok(())
    }

    /// Asks `first`, then `tables` about each portion and then the rest, in one round trip,
    /// and hands over each portion as soon as its last answer has come.
    pub(super) async fn ask_in_portions(
        &mut self,
        connection: &mut PgConnection,
        first: &[Question],
        tables: &[Question],
        rest: &[Question],
        values: &Values,
        out: &mut dyn Sink,
    ) -> Result<(), Failure> {
        let (tables, rest) = (self.admitted(tables), self.admitted(rest));
        let first = self.admitted(first);
        let batch = self.in_portions(&first, &tables, &rest, values);
        let told = warnings::closed(
            &self.catalog,
            &ObjectPath::database(self.database),
            self.facts,
        );
        self.catalog.warnings.extend(told);
        let head = build::head(&mut self.catalog);
        self.put(head, out).await?;
        self.tell();
        let mut answers = sqlx::raw_sql(AssertSqlSafe(batch.text)).fetch_many(connection);
        let mut steps = batch.steps.into_iter();
        let mut current = steps.next();
        while let Some(answer) = answers.try_next().await? {
            match (answer, current) {
                (
                    Either::Right(row),
                    Some(Step::Take(question) | Step::Ends(Some(question), _)),
                ) => {
                    (question.take)(&mut self.catalog, &row)?;
                }
                (Either::Right(_), _) => {}
                (Either::Left(_), ended) => {
                    if let Some(Step::Ends(_, read)) = ended {
                        let portion = build::tables(&mut self.catalog, self.facts);
                        self.put(portion, out).await?;
                        self.done += read;
                        self.tell();
                    }
                    current = steps.next();
                }
            }
        }
        drop(answers);
        let rest = build::rest(&mut self.catalog);
        self.put(rest, out).await
    }

    /// The portions and the rest as one message. Where there are many portions, the server
    /// reads and plans each question once; behind a pooler nothing may stay in a session.
    fn in_portions<'q>(
        &self,
        first: &[&'q Question],
        tables: &[&'q Question],
        rest: &[&'q Question],
        values: &Values,
    ) -> Batch<'q> {
        static PREPARED: AtomicU32 = AtomicU32::new(0);
        let mut batch = Batch::default();
        for question in first {
            batch.question(&self.filled(question, values), question);
        }
        let filled: Vec<_> = tables
            .iter()
            .map(|question| self.filled(question, values))
            .collect();
        let prepared = self.catalog.portions.len() > 1 && !self.facts.pooled;
        let number = match prepared {
            true => PREPARED.fetch_add(u32::try_from(tables.len()).unwrap_or(0), Ordering::Relaxed),
            false => 0,
        };
        let names: Vec<_> = (number..)
            .take(tables.len())
            .map(|number| format!("db_studio_{number}"))
            .collect();
        if !self.catalog.portions.is_empty() {
            batch.silent(BY_NUMBERS, 2);
        }
        if prepared {
            for (name, text) in names.iter().zip(&filled) {
                batch.silent(&format!("PREPARE {name} AS {text};\n"), 1);
            }
        }
        for portion in &self.catalog.portions {
            batch.silent(
                &format!(
                    "SET LOCAL db_studio.portion = '{}';\nSET LOCAL db_studio.known = '{}';\n",
                    portion.ids,
                    if self.catalog.all { portion.known } else { 0 }
                ),
                2,
            );
            for ((name, text), question) in names.iter().zip(&filled).zip(tables) {
                match prepared {
                    true => batch.question(&format!("EXECUTE {name}"), question),
                    false => batch.question(text, question),
                }
            }
            batch.ends(portion.tables);
        }
        if prepared {
            for name in &names {
                batch.silent(&format!("DEALLOCATE {name};\n"), 1);
            }
        }
        if !self.catalog.portions.is_empty() {
            batch.silent(AS_USUAL, 2);
        }
        for question in rest {
            batch.question(&self.filled(question, values), question);
        }
        batch
    }

    fn filled(&self, question: &Question, values: &Values) -> String {
        values.fill(&self.server.fill(question.sql))
    }

    /// The questions that this user may ask here; the observer hears of them.
    fn admitted<'q>(&mut self, questions: &'q [Question]) -> Vec<&'q Question> {
        let mut admitted = Vec::with_capacity(questions.len());
        for question in questions {
            if question.pooled && !self.facts.pooled {
                continue;
            }
            if let Some(closed) = self.catalog.closed(|name| question.reads(name)) {
                if !question.about.is_empty() {
                    self.catalog.unread.push((question.about, closed));
                }
                continue;
            }
            self.cx.observer().statement(question.sql);
            admitted.push(question);
        }
        admitted
    }

    async fn put(&mut self, snapshot: model::Snapshot, out: &mut dyn Sink) -> Result<(), Failure> {
        self.handed_over = true;
        out.put(Portion::Read(snapshot))
            .await
            .map_err(Failure::Sink)
    }

    fn tell(&self) {
        let total = self.catalog.tables();
        self.cx.observer().progress(Progress {
            database: self.database.to_owned(),
            done: self.done.min(total),
            total: Some(total),
        });
    }
}

impl<'q> Batch<'q> {
    fn silent(&mut self, text: &str, statements: usize) {
        self.text.push_str(text);
        self.steps
            .extend(std::iter::repeat_n(Step::Silent, statements));
    }

    fn question(&mut self, text: &str, question: &'q Question) {
        self.text.push_str(text);
        self.text.push_str(";\n");
        self.steps.push(Step::Take(question));
    }

    /// The last statement so far is the last about a portion.
    fn ends(&mut self, tables: u64) {
        if let Some(last) = self.steps.last_mut() {
            *last = match *last {
                Step::Take(question) => Step::Ends(Some(question), tables),
                _ => Step::Ends(None, tables),
            };
        }
    }
}
