//! Asking: what goes to the server in one batch, and where its answers go.

use std::ops::Range;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use engine::{EngineError, OpContext};
use futures_util::TryStreamExt as _;
use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Either, Error};

use super::catalog::{Catalog, Parts};
use super::fill::{Fill, Which};
use super::question::{Question, UNTOLD};
use crate::answer::Intake;
use crate::error::{errno, is_of_one_part, running};
use crate::variant::Facts;

/// A wait after which the server may have taken our slowness for its own.
const LONG: Duration = Duration::from_secs(1);

/// One thing to do; all that is asked goes to the server at once.
pub(super) enum Step {
    /// Asks a question by this statement.
    Ask(Question, String),
    /// Has these tables built, of which everything was answered.
    HandOver(Range<usize>),
}

/// Takes what tables and views are made of.
#[async_trait]
pub(super) trait Taker: Send {
    /// Builds the tables of this range.
    async fn take(&mut self, parts: Parts, tables: Range<usize>) -> Result<(), EngineError>;
}

/// For batches in which nothing is handed over.
#[async_trait]
impl Taker for () {
    async fn take(&mut self, _parts: Parts, _tables: Range<usize>) -> Result<(), EngineError> {
        Ok(())
    }
}

/// Asks questions and gathers what is answered.
pub(super) struct Reader<'a> {
    pub(super) catalog: Catalog,
    /// What could not be asked, with the server's words.
    pub(super) failed: Vec<(&'static str, Error)>,
    pub(super) fill: &'a Fill,
    facts: &'a Facts,
    cx: &'a OpContext,
}

impl<'a> Reader<'a> {
    pub(super) fn new(fill: &'a Fill, facts: &'a Facts, cx: &'a OpContext) -> Self {
        Self {
            catalog: Catalog::default(),
            failed: Vec::new(),
            fill,
            facts,
            cx,
        }
    }

    /// A question about some of the tables.
    pub(super) fn about(&self, question: Question, which: Which<'_>) -> Step {
        Step::Ask(question, self.fill.sent_of(question.sql, which))
    }

    /// The same question about several objects in one statement.
    pub(super) fn about_each(
        &self,
        question: Question,
        each: &[Vec<(&'static str, String)>],
    ) -> Step {
        let template = self.fill.sent(question.sql);
        let one = |marks: &Vec<(&'static str, String)>| {
            let fill = |sql: String, (mark, value): &(&str, String)| sql.replace(mark, value);
            marks.iter().fold(template.clone(), fill)
        };
        let parts: Vec<_> = each.iter().map(one).collect();
        Step::Ask(question, parts.join("\nUNION ALL\n"))
    }

    /// Asks everything in one round trip; after a question that this user may not ask,
    /// or this server does not know, in one more without it.
    pub(super) async fn run(
        &mut self,
        connection: &mut MySqlConnection,
        mut steps: Vec<Step>,
        taker: &mut dyn Taker,
    ) -> Result<(), EngineError> {
        for step in &steps {
            if let Step::Ask(question, _) = step {
                self.cx.observer().statement(&self.fill.told(question.sql));
            }
        }
        let mut progress = Done::default();
        let mut intake = Intake::default();
        loop {
            let asked = self
                .batch(connection, &steps, &mut progress, &mut intake, taker)
                .await;
            let error = match asked {
                Ok(()) => return Ok(()),
                Err(Broken::Taker(error)) => return Err(error),
                Err(Broken::Server(error)) => error,
            };
            if progress.waited && matches!(errno(&error), Some(1969 | 3024)) {
                // The time was ours, not the server's.
                progress.rewind();
                self.catalog.parts = Parts::default();
            } else if is_of_one_part(&error) {
                self.leave_out(&mut steps, &mut progress, error);
            } else {
                return Err(running(error, self.facts));
            }
        }
    }

    /// Notes a failure, and leaves the question out where it would fail again.
    fn leave_out(&mut self, steps: &mut Vec<Step>, progress: &mut Done, error: Error) {
        const HELD: &[u16] = &[1205, 1305, 1356, 1449];
        let Some(Step::Ask(question, _)) = steps.get(progress.steps) else {
            return;
        };
        let question = *question;
        progress.steps += 1;
        if !errno(&error).is_some_and(|number| HELD.contains(&number)) {
            let mut place = 0;
            steps.retain(|step| {
                place += 1;
                let same = |asked: &Question| asked.sql == question.sql;
                place <= progress.steps || !matches!(step, Step::Ask(asked, _) if same(asked))
            });
        }
        let about = question.about;
        let told = self.failed.iter().any(|(failed, _)| *failed == about);
        if about != UNTOLD && !told {
            self.failed.push((about, error));
        }
    }

    /// Asks what is left, until something fails.
    async fn batch(
        &mut self,
        connection: &mut MySqlConnection,
        steps: &[Step],
        done: &mut Done,
        intake: &mut Intake,
        taker: &mut dyn Taker,
    ) -> Result<(), Broken> {
        self.hand_over(steps, done, taker).await?;
        let texts: Vec<&str> = steps
            .get(done.steps..)
            .unwrap_or_default()
            .iter()
            .filter_map(|step| match step {
                Step::Ask(_, sql) => Some(sql.as_str()),
                Step::HandOver(_) => None,
            })
            .collect();
        if texts.is_empty() {
            return Ok(());
        }
        let mut answers = sqlx::raw_sql(AssertSqlSafe(texts.join(";\n"))).fetch_many(connection);
        while let Some(piece) = answers.try_next().await? {
            match (piece, steps.get(done.steps)) {
                (Either::Right(row), Some(Step::Ask(question, _))) => {
                    (question.take)(&mut self.catalog, &row)?;
                    intake.count(self.catalog.texts.bytes()).await?;
                }
                (Either::Right(_), _) => intake.count(0).await?,
                (Either::Left(_), _) => {
                    done.steps += 1;
                    self.hand_over(steps, done, taker).await?;
                }
            }
        }
        Ok(())
    }

    async fn hand_over(
        &mut self,
        steps: &[Step],
        done: &mut Done,
        taker: &mut dyn Taker,
    ) -> Result<(), Broken> {
        while let Some(Step::HandOver(tables)) = steps.get(done.steps) {
            let began = Instant::now();
            let parts = std::mem::take(&mut self.catalog.parts);
            let taken = taker.take(parts, tables.clone()).await;
            done.steps += 1;
            done.portion = done.steps;
            done.waited = began.elapsed() > LONG;
            taken.map_err(Broken::Taker)?;
        }
        Ok(())
    }
}

/// How far a batch has come.
#[derive(Default)]
struct Done {
    steps: usize,
    /// Where what is not handed over yet begins.
    portion: usize,
    /// Handing over took long, so that the server could not go on sending.
    waited: bool,
}

impl Done {
    /// Goes back to what is not handed over yet.
    fn rewind(&mut self) {
        self.steps = self.portion;
        self.waited = false;
    }
}

enum Broken {
    Server(Error),
    Taker(EngineError),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Self::Server(error)
    }
}
