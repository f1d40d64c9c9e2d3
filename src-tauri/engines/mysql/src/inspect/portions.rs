//! Cutting a large database into portions, and handing each over once it is answered.

use std::ops::Range;

use async_trait::async_trait;
use engine::{EngineError, OpContext, Progress, Sink};
use model::snapshot::Portion;

use super::build::{Frame, Grouped};
use super::catalog::Parts;
use super::fill::Which;
use super::fingerprint::State;
use super::question::{self, Question};
use super::reader::{Reader, Step, Taker};
use super::unseen::Hidden;
use crate::rows::{RelationRow, StateRow};
use crate::variant::Facts;

/// As many tables are read in the first round trip already.
pub(super) const FEW: usize = 500;
/// Most tables of a portion: their rows are in memory at one time.
const MOST: usize = 4_000;
/// Most portions, as long as they are not too large: servers list all tables for each.
const PORTIONS: usize = 12;
/// How many tables are handed over at one time.
const AT_ONCE: usize = 100;
/// Up to this many tables are read by their names.
const BY_NAME: usize = 2_000;

/// How many tables make a portion.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size(usize);

impl Size {
    /// The best size for as many tables.
    pub(super) fn of(state: Option<&StateRow>, facts: &Facts, tables: usize) -> Self {
        const USUAL: usize = 500;
        const LEAST: usize = 100;
        // Several databases are read side by side, and others use the server too.
        const SHARE: usize = 4;
        let open = state.and_then(|state| state.open);
        let open = open.and_then(|open| usize::try_from(open).ok());
        let kept = if facts.mysql(80_000) {
            // Its catalogue is tables: it opens none of those that it tells of.
            2 * USUAL
        } else {
            open.map_or(USUAL, |open| (open / SHARE).clamp(LEAST, USUAL))
        };
        Self(tables.div_ceil(PORTIONS).clamp(kept, MOST.max(kept)))
    }
}

/// Whether so many of all tables have changed that all may as well be read.
pub(super) fn are_most(changed: usize, tables: usize) -> bool {
    changed > BY_NAME || (changed > FEW / 10 && changed * 2 > tables)
}

/// What is asked of tables, and of views and partitions where there are some.
pub(super) fn questions(
    facts: &Facts,
    views: bool,
    partitions: bool,
) -> impl Iterator<Item = Question> {
    // Those first that make the server open a table as a whole.
    let of_tables = [
        question::INDEXES,
        question::FOREIGN_KEYS,
        question::FOREIGN_RULES,
        question::COLUMNS,
    ];
    let checks = question::checks(facts);
    let views = views.then_some(question::VIEWS);
    let partitions = partitions.then_some(question::PARTITIONS);
    let more = [checks, views, partitions];
    of_tables.into_iter().chain(more.into_iter().flatten())
}

/// All that has to be asked of these tables, portion by portion, in one batch.
pub(super) fn steps(
    reader: &Reader<'_>,
    relations: &[&RelationRow],
    size: Size,
    by_name: bool,
    facts: &Facts,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut begin = 0;
    for tables in relations.chunks(size.0) {
        let names: Vec<&str> = tables.iter().map(|row| &*row.name).collect();
        let which = match (names.first(), names.last()) {
            _ if by_name => Which::Named(&names),
            (Some(first), Some(last)) if relations.len() > tables.len() => {
                Which::Between(first, last)
            }
            _ => Which::All,
        };
        let is_view = |row: &&RelationRow| &*row.kind == "VIEW";
        let partitioned = |row: &&RelationRow| {
            let options = row.options.as_deref().unwrap_or_default();
            options.contains("partitioned")
        };
        let views = tables.iter().any(is_view);
        let partitions = tables.iter().any(partitioned);
        let asked = questions(facts, views, partitions);
        steps.extend(asked.map(|question| reader.about(question, which)));
        steps.push(Step::HandOver(begin..begin + tables.len()));
        begin += tables.len();
    }
    steps
}

/// The same where everything was answered before.
pub(super) fn at_hand(tables: usize) -> Vec<Step> {
    vec![Step::HandOver(0..tables)]
}

/// Builds portions and hands them over.
pub(super) struct Filling<'a> {
    frame: &'a Frame,
    relations: &'a [&'a RelationRow],
    state: Option<State>,
    hidden: Hidden,
    out: &'a mut dyn Sink,
    cx: &'a OpContext,
}

impl<'a> Filling<'a> {
    pub(super) fn new(
        frame: &'a Frame,
        relations: &'a [&'a RelationRow],
        state: Option<State>,
        out: &'a mut dyn Sink,
        cx: &'a OpContext,
    ) -> Self {
        Self {
            frame,
            relations,
            state,
            hidden: Hidden::default(),
            out,
            cx,
        }
    }

    /// What was learnt of all portions, and was known of what is not in them.
    pub(super) fn end(mut self) -> (Option<State>, Hidden) {
        if let Some(state) = &mut self.state {
            state.remember(&mut self.hidden);
        }
        (self.state, self.hidden)
    }

    fn tell(&self, done: usize) {
        self.cx.observer().progress(Progress {
            database: self.frame.database().to_owned(),
            done: done as u64,
            total: Some(self.relations.len() as u64),
        });
    }
}

#[async_trait]
impl Taker for Filling<'_> {
    async fn take(&mut self, parts: Parts, tables: Range<usize>) -> Result<(), EngineError> {
        self.hidden.look_at(&parts);
        if let Some(state) = &mut self.state {
            for row in &parts.foreign_columns {
                state.lead(row, self.frame.database());
            }
        }
        let parts = Grouped::of(parts);
        let mut done = tables.start;
        let relations = self.relations.get(tables).unwrap_or_default();
        for relations in relations.chunks(AT_ONCE) {
            let built = self.frame.with_tables(&parts, relations);
            self.out.put(Portion::Read(built)).await?;
            done += relations.len();
            self.tell(done);
        }
        Ok(())
    }
}
