//! Reading the schema of one database: everything in one, two or three round trips,
//! however many tables there are.
//!
//! First comes what is told of the database as a whole; of a small one its tables too,
//! of a large one portion by portion in the batch after it. A portion is as large as
//! what the server keeps open, or each question would make it open all tables again.

mod build;
pub(crate) mod catalog;
pub(crate) mod fill;
mod fingerprint;
mod portions;
mod question;
mod reader;
pub(crate) mod unseen;

use engine::{EngineError, InspectScope, OpContext, Sink};
use model::snapshot::{Portion, Touched, TouchedRelations};
use sqlx::mysql::MySqlConnection;

use crate::grants::Grants;
use crate::rows::RelationRow;
use crate::types::{qualified, sent};
use crate::variant::Facts;
use build::Frame;
use catalog::Catalog;
use fill::{Fill, Which};
use fingerprint::{Changes, State};
use portions::{Filling, Size};
use question::Question;
use reader::{Reader, Step};

/// Most sequences that one statement asks about.
const SEQUENCES_AT_ONCE: usize = 500;

/// Reads what the scope names into `out`, without what is known well enough.
///
/// What this user may not see, and what this server does not know, is left out
/// with a warning.
pub(crate) async fn inspect(
    connection: &mut MySqlConnection,
    scope: &InspectScope,
    facts: &Facts,
    grants: &mut Option<Grants>,
    out: &mut dyn Sink,
    cx: &OpContext,
) -> Result<(), EngineError> {
    if scope.schema.is_some() {
        // Databases have no schemas, so that there is none of this name.
        return Ok(());
    }
    let fill = Fill::of(facts).database(&scope.database, scope.table.as_deref());
    let mut reader = Reader::new(&fill, facts, cx);
    let read = if scope.table.is_some() {
        reader.catalog.grants = grants.take();
        read_one(connection, scope, facts, &mut reader, out).await
    } else {
        let known = out.known().and_then(State::read);
        let mut reading = Reading {
            scope,
            facts,
            known: known.filter(|_| fingerprint::is_told_by(facts)),
            cx,
        };
        reading.read(connection, &mut reader, out).await
    };
    *grants = reader.catalog.grants.take();
    read
}

/// Reads one table, or what else has this name.
async fn read_one(
    connection: &mut MySqlConnection,
    scope: &InspectScope,
    facts: &Facts,
    reader: &mut Reader<'_>,
    out: &mut dyn Sink,
) -> Result<(), EngineError> {
    let mut questions = vec![question::DATABASE, question::RELATIONS, question::TRIGGERS];
    if reader.catalog.grants.is_none() {
        questions.push(question::GRANTS);
    }
    questions.extend(question::OF_PRIVILEGES);
    questions.extend(portions::questions(facts, true, true));
    reader
        .run(connection, asked(reader, &questions), &mut ())
        .await?;
    let is_view = |row: &RelationRow| &*row.kind == "VIEW";
    if reader.catalog.relations.iter().any(is_view) {
        // What its query may name.
        let questions = [question::NAMES, question::ROUTINES];
        reader
            .run(connection, asked(reader, &questions), &mut ())
            .await?;
    }
    let Some(frame) = Frame::of(&mut reader.catalog, facts) else {
        return Ok(());
    };
    let failed = std::mem::take(&mut reader.failed);
    let mut warnings = unseen::at_first(&reader.catalog, failed, scope, facts);
    let parts = std::mem::take(&mut reader.catalog.parts);
    let mut hidden = unseen::Hidden::default();
    hidden.look_at(&parts);
    warnings.extend(unseen::at_last(&reader.catalog, Vec::new(), hidden, facts));
    let relations: Vec<_> = reader.catalog.relations.iter().collect();
    let tables = frame.with_tables(&build::Grouped::of(parts), &relations);
    out.put(Portion::Read(frame.alone(warnings))).await?;
    out.put(Portion::Read(tables)).await
}

fn asked(reader: &Reader<'_>, questions: &[Question]) -> Vec<Step> {
    let ask = |question: &Question| reader.about(*question, Which::All);
    questions.iter().map(ask).collect()
}

/// The reading of a whole database.
struct Reading<'a> {
    scope: &'a InspectScope,
    facts: &'a Facts,
    /// The state that the catalogue holds.
    known: Option<State>,
    cx: &'a OpContext,
}

impl Reading<'_> {
    async fn read(
        &mut self,
        connection: &mut MySqlConnection,
        reader: &mut Reader<'_>,
        out: &mut dyn Sink,
    ) -> Result<(), EngineError> {
        let facts = self.facts;
        self.read_first(connection, reader).await?;
        let small = self.known.is_none() && are_few(&reader.catalog);
        reader.catalog.relations.sort_by(|a, b| a.name.cmp(&b.name));
        read_sequences(connection, self.scope, reader).await?;
        let mut catalog = std::mem::take(&mut reader.catalog);
        let (texts, parts) = (
            std::mem::take(&mut catalog.texts),
            std::mem::take(&mut catalog.parts),
        );
        (reader.catalog.texts, reader.catalog.parts) = (texts, parts);
        let state = State::before(&catalog, facts);
        let Some(frame) = Frame::of(&mut catalog, facts) else {
            return Ok(());
        };
        let failed = std::mem::take(&mut reader.failed);
        let told: Vec<_> = failed.iter().map(|(about, _)| *about).collect();
        let warnings = unseen::at_first(&catalog, failed, self.scope, facts);
        let others = frame.with_others(&catalog);
        let mut state = state.map(|state| state.with_others(&others));
        let changes = self.changes(&mut state);
        let relations = touched(&catalog.relations, changes.as_ref());
        if let Some(changes) = &changes {
            out.put(Portion::Only(spoken_of(changes))).await?;
        }
        let none = changes.as_ref().is_some_and(Changes::is_none);
        if !none || !warnings.is_empty() {
            out.put(Portion::Read(frame.alone(warnings))).await?;
        }
        let size = Size::of(catalog.state.as_ref(), facts, relations.len());
        let steps = if small {
            portions::at_hand(relations.len())
        } else {
            portions::steps(reader, &relations, size, changes.is_some(), facts)
        };
        let mut filling = Filling::new(&frame, &relations, state, out, self.cx);
        reader.run(connection, steps, &mut filling).await?;
        let (state, hidden) = filling.end();
        if changes.as_ref().is_none_or(|changes| changes.others) {
            out.put(Portion::Read(others)).await?;
        }
        let complete = told.is_empty() && reader.failed.is_empty();
        reader.catalog.grants = catalog.grants.take();
        catalog.grants.clone_from(&reader.catalog.grants);
        let mut failed = std::mem::take(&mut reader.failed);
        failed.retain(|(about, _)| !told.contains(about));
        let warnings = unseen::at_last(&catalog, failed, hidden, facts);
        if !warnings.is_empty() {
            out.put(Portion::Read(frame.alone(warnings))).await?;
        }
        if let Some(state) = state.filter(|_| complete) {
            out.put(Portion::Fingerprint(state.write())).await?;
        }
        Ok(())
    }

    /// Asks what is told of the database as a whole, and of the tables of a small one.
    async fn read_first(
        &self,
        connection: &mut MySqlConnection,
        reader: &mut Reader<'_>,
    ) -> Result<(), EngineError> {
        let facts = self.facts;
        let told = fingerprint::is_told_by(facts);
        let mut questions = Vec::new();
        if told && self.known.is_none() {
            questions.push(question::COUNT);
        }
        if told {
            questions.push(question::STATE);
        }
        questions.extend([
            question::DATABASE,
            question::RELATIONS,
            question::GRANTS,
            question::TRIGGERS,
        ]);
        questions.extend(question::OF_PRIVILEGES);
        questions.extend([question::ROUTINES, question::PARAMETERS, question::EVENTS]);
        if facts.mysql(90_200) {
            questions.push(question::LIBRARIES);
        }
        let mut steps = asked(reader, &questions);
        if told && self.known.is_none() {
            let few = Which::AllOfFew(portions::FEW);
            let questions = portions::questions(facts, true, true);
            steps.extend(questions.map(|question| reader.about(question, few)));
        }
        if told && !facts.is_mariadb() {
            // Last, because few may ask it.
            steps.push(reader.about(question::SPACES, Which::All));
        }
        reader.run(connection, steps, &mut ()).await
    }

    /// What differs from the known state; absent where all has to be read.
    fn changes(&self, state: &mut Option<State>) -> Option<Changes> {
        let (state, known) = (state.as_mut()?, self.known.as_ref()?);
        let changes = state.changes_since(known)?;
        if portions::are_most(changes.relations.len(), state.len()) {
            return None;
        }
        state.keep(known, &changes);
        Some(changes)
    }
}

/// Whether the server found the database small, and so told of its tables at once.
fn are_few(catalog: &Catalog) -> bool {
    let counted = catalog.state.as_ref().and_then(|state| state.counted);
    counted.is_some_and(|tables| tables <= portions::FEW as u64)
}

/// The tables and views that are read: all of them, or those that changed.
fn touched<'r>(relations: &'r [RelationRow], changes: Option<&Changes>) -> Vec<&'r RelationRow> {
    let read = |row: &&RelationRow| {
        &*row.kind != "SEQUENCE"
            && changes.is_none_or(|changes| changes.relations.contains(&row.name))
    };
    relations.iter().filter(read).collect()
}

fn spoken_of(changes: &Changes) -> Touched {
    let names = changes.relations.iter();
    Touched {
        relations: TouchedRelations::Named(names.map(|name| (None, name.clone())).collect()),
        others: changes.others,
    }
}

async fn read_sequences(
    connection: &mut MySqlConnection,
    scope: &InspectScope,
    reader: &mut Reader<'_>,
) -> Result<(), EngineError> {
    let marks: Vec<_> = reader
        .catalog
        .relations
        .iter()
        .filter(|row| &*row.kind == "SEQUENCE")
        // One that may not be read would take the others of its statement with it.
        .filter(|row| {
            let grants = reader.catalog.grants.as_ref();
            grants.is_none_or(|grants| grants.on_table(&scope.database, &row.name, "SELECT"))
        })
        .map(|row| {
            vec![
                ("{sequence_name}", sent(&row.name)),
                ("{sequence}", qualified(&scope.database, &row.name)),
            ]
        })
        .collect();
    for marks in marks.chunks(SEQUENCES_AT_ONCE) {
        let failed = reader.failed.len();
        let step = reader.about_each(question::SEQUENCE, marks);
        reader.run(connection, vec![step], &mut ()).await?;
        if reader.failed.len() > failed {
            // One of them may have gone since they were listed.
            reader.failed.truncate(failed);
            for one in marks {
                let step = reader.about_each(question::SEQUENCE, std::slice::from_ref(one));
                reader.run(connection, vec![step], &mut ()).await?;
            }
        }
    }
    Ok(())
}

/// Whether a database is the server's own.
pub(crate) fn is_system(database: &str) -> bool {
    const OWN: &[&str] = &[
        "information_schema",
        "mysql",
        "performance_schema",
        "sys",
        "metrics_schema",
    ];
    OWN.iter().any(|own| database.eq_ignore_ascii_case(own))
}
