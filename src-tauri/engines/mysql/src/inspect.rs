//! Reading the schema of one database: a constant number of questions, over two
//! or three round trips.

mod build;
pub(crate) mod catalog;
pub(crate) mod question;
pub(crate) mod unseen;

use engine::{EngineError, InspectScope, OpContext};
use model::SnapshotBuilder;
use sqlx::mysql::MySqlConnection;

use crate::error;
use crate::grants::Grants;
use crate::types::{qualified, sent};
use crate::variant::Facts;
use question::{Fill, Question, Reader};

/// Most sequences that one statement asks about.
const SEQUENCES_AT_ONCE: usize = 500;

/// Reads what the scope names into `out`.
///
/// What this user may not see, and what this server does not know, is left out
/// with a warning.
pub(crate) async fn inspect(
    connection: &mut MySqlConnection,
    scope: &InspectScope,
    facts: &Facts,
    grants: &mut Option<Grants>,
    out: &mut SnapshotBuilder,
    cx: &OpContext,
) -> Result<(), EngineError> {
    if scope.schema.is_some() {
        // Databases have no schemas, so that there is none of this name.
        return Ok(());
    }
    let fill = Fill::of(facts).database(&scope.database, scope.table.as_deref());
    let mut reader = Reader::new(&scope.database, &fill, cx);
    reader.catalog.grants = grants.take();
    read(connection, scope, facts, &mut reader)
        .await
        .map_err(|failure| error::running(failure, facts))?;
    let Reader {
        mut catalog,
        failed,
        ..
    } = reader;
    *grants = catalog.grants.take();
    let warnings = unseen::warnings(&catalog, failed, grants.as_ref(), scope, facts);
    build::build(catalog, scope, facts, out);
    warnings.into_iter().for_each(|warning| out.warn(warning));
    Ok(())
}

async fn read(
    connection: &mut MySqlConnection,
    scope: &InspectScope,
    facts: &Facts,
    reader: &mut Reader<'_>,
) -> Result<(), sqlx::Error> {
    let mut questions = vec![question::DATABASE, question::RELATIONS, question::COLUMNS];
    if reader.catalog.grants.is_none() {
        questions.push(question::GRANTS);
    }
    questions.extend([
        question::INDEXES,
        question::FOREIGN_KEYS,
        question::FOREIGN_RULES,
        question::TRIGGERS,
        question::ON_DATABASE,
        question::ON_TABLES,
        question::ON_COLUMNS,
    ]);
    questions.extend(question::checks(facts));
    if scope.table.is_none() {
        questions.extend([question::ROUTINES, question::PARAMETERS, question::EVENTS]);
        if facts.mysql(90_200) {
            questions.push(question::LIBRARIES);
        }
    }
    reader.ask(connection, &questions).await?;
    // These open every table on some servers, and most databases have none.
    let relations = &reader.catalog.relations;
    let mut rest: Vec<Question> = Vec::new();
    if relations.iter().any(|row| &*row.kind == "VIEW") {
        rest.push(question::VIEWS);
        if scope.table.is_some() {
            // What its query may name.
            rest.extend([question::NAMES, question::ROUTINES]);
        }
    }
    let partitioned = |options: &str| options.contains("partitioned");
    if relations
        .iter()
        .any(|row| row.options.as_deref().is_some_and(partitioned))
    {
        rest.push(question::PARTITIONS);
    }
    if !rest.is_empty() {
        reader.ask(connection, &rest).await?;
    }
    if scope.table.is_none() {
        read_sequences(connection, scope, reader).await?;
    }
    Ok(())
}

async fn read_sequences(
    connection: &mut MySqlConnection,
    scope: &InspectScope,
    reader: &mut Reader<'_>,
) -> Result<(), sqlx::Error> {
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
        reader
            .ask_of_each(connection, question::SEQUENCE, marks)
            .await?;
        if reader.failed.len() > failed {
            // One of them may have gone since they were listed.
            reader.failed.truncate(failed);
            for one in marks {
                let one = std::slice::from_ref(one);
                reader
                    .ask_of_each(connection, question::SEQUENCE, one)
                    .await?;
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
