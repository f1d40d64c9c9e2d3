//! From a target to an open session: dial, sign in, make the session read-only.

use std::sync::Arc;
use std::time::Duration;

use engine::dial::{Dialer, Link, LinkShape, Opening};
use engine::{EngineError, OpContext};
use model::{Secret, Target};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::error;
use crate::rows::SessionRow;
use crate::session::PostgresSession;
use crate::settings::{DEFAULT_PORT, Settings};
use crate::variant::{self, Facts};

/// How long a lock is waited for: reading a schema must not queue behind DDL,
/// where all others would queue behind it.
const LOCK_TIMEOUT: Duration = Duration::from_secs(3);

/// How long the server keeps a transaction open whose client has gone quiet.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// A driver's connection and the link that it runs over.
pub(crate) struct Linked {
    // Before the link, so that its farewell still passes when both are dropped.
    pub(crate) connection: PgConnection,
    _link: Link,
}

impl Linked {
    /// Says farewell and waits, not for ever, until the server has heard it.
    pub(crate) async fn close(self) {
        let farewell = self.connection.close();
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
    }
}

/// How long the server may take to hear a farewell.
const FAREWELL: Duration = Duration::from_secs(2);

/// Opens a session.
pub(crate) async fn open(
    target: &Target,
    secret: Option<&Secret>,
    cx: &OpContext,
) -> Result<PostgresSession, EngineError> {
    let settings = Arc::new(Settings::read(target, secret).await?);
    let cx = cx.within(settings.connect_timeout);
    let candidates = candidates(&settings);
    let mut last = None;
    for (place, database) in candidates.iter().enumerate() {
        let more = place + 1 < candidates.len();
        match enter(&settings, database, more, &cx).await {
            Ok((linked, facts)) => return Ok(PostgresSession::new(linked, facts, settings)),
            Err(error) if more && error::is_about_the_database(&error) => {
                // The first is the one that people expect; later ones only help out.
                last.get_or_insert(error);
            }
            Err(error) => {
                return Err(last
                    .filter(|_| error::is_about_the_database(&error))
                    .unwrap_or(error));
            }
        }
    }
    Err(EngineError::Cancelled)
}

/// The databases to try: the named one alone, or else those that servers usually have.
fn candidates(settings: &Settings) -> Vec<String> {
    match &settings.database {
        Some(database) => vec![database.clone()],
        None => {
            let mut usual = vec![
                "postgres".to_owned(),
                settings.user.clone(),
                "template1".to_owned(),
            ];
            usual.dedup();
            usual
        }
    }
}

/// Connects to one database and signs in; reports a failure only where `more` do not follow.
///
/// A pooler refuses to open a session with settings; behind one they are said anew in
/// each transaction.
pub(crate) async fn enter(
    settings: &Settings,
    database: &str,
    more: bool,
    cx: &OpContext,
) -> Result<(Linked, Facts), EngineError> {
    match attempt(settings, database, (true, more), cx).await {
        Err(EngineError::Server { words }) if NO_PARAMETERS.contains(&&*words.code) => {
            attempt(settings, database, (false, more), cx).await
        }
        entered => entered,
    }
}

/// The codes of those who refuse settings when a session is opened: what they are asked
/// breaks their protocol, is not supported, or is a setting that they do not know.
const NO_PARAMETERS: &[&str] = &["08P01", "0A000", "42704"];

async fn attempt(
    settings: &Settings,
    database: &str,
    (parameters, more): (bool, bool),
    cx: &OpContext,
) -> Result<(Linked, Facts), EngineError> {
    let shape = LinkShape {
        socket_file_name: format!(".s.PGSQL.{DEFAULT_PORT}"),
    };
    let link = Dialer::dial(&settings.endpoint, &shape, cx).await?;
    let opening = Opening::begin(&link, settings.tls(), cx);
    let what = format!("sign in to {}", settings.address());
    let signed_in = cx
        .guard(&what, async {
            let mut options = settings.options(database, link.socket_dir(), DEFAULT_PORT);
            if parameters {
                options = options.options(session_parameters(settings.statement_timeout));
            }
            let connecting = |error| error::connecting(error, settings, database, &link);
            let mut connection = PgConnection::connect_with(&options)
                .await
                .map_err(connecting)?;
            let facts = begin(&mut connection, settings, cx)
                .await
                .map_err(connecting)?;
            Ok((connection, facts.check()?))
        })
        .await;
    match signed_in {
        Ok((connection, facts)) => {
            opening.passed(Some(format!("as {}", facts.user)));
            Ok((
                Linked {
                    connection,
                    _link: link,
                },
                facts,
            ))
        }
        Err(error) => {
            let again = match &error {
                EngineError::Server { words } => {
                    parameters && NO_PARAMETERS.contains(&&*words.code)
                }
                _ => false,
            };
            if !(again || more && error::is_about_the_database(&error)) {
                opening.failed(&error);
            }
            Err(error)
        }
    }
}

/// Learns what the session is, and whether it is ours alone.
async fn begin(
    connection: &mut PgConnection,
    settings: &Settings,
    cx: &OpContext,
) -> Result<Facts, sqlx::Error> {
    let ask = include_str!("sql/session.sql");
    cx.observer().statement(ask);
    let limit = u64::try_from(settings.statement_timeout.as_millis()).unwrap_or(u64::MAX);
    let mut row = SessionRow::read(&connection.fetch_one(sqlx::raw_sql(ask)).await?)?;
    let pooled = !row.settled;
    if pooled {
        let batch = format!("{};\n{ask}", local_settings(limit));
        let rows = connection
            .fetch_all(sqlx::raw_sql(AssertSqlSafe(batch)))
            .await?;
        if let Some(last) = rows.last() {
            row = SessionRow::read(last)?;
        }
    }
    Ok(Facts {
        version: variant::version(&row.version),
        number: row.number,
        product: variant::product(&row.version_text),
        user: row.user,
        database: row.database,
        process: row.process,
        block_size: row.block_size,
        read_only: row.read_only == "on",
        address: settings.address().to_owned(),
        statement_timeout: limit,
        pooled,
    })
}

/// The settings that a session of our own is opened with.
pub(crate) fn session_parameters(statement_timeout: Duration) -> [(&'static str, String); 8] {
    let millis = |limit: Duration| format!("{}ms", limit.as_millis());
    [
        ("default_transaction_read_only", "on".to_owned()),
        ("statement_timeout", millis(statement_timeout)),
        ("lock_timeout", millis(LOCK_TIMEOUT)),
        ("idle_in_transaction_session_timeout", millis(IDLE_TIMEOUT)),
        ("max_parallel_workers_per_gather", "0".to_owned()),
        ("jit", "off".to_owned()),
        ("quote_all_identifiers", "off".to_owned()),
        ("search_path", String::new()),
    ]
}

/// The same settings for one transaction; `statement_timeout` in milliseconds.
pub(crate) fn local_settings(statement_timeout: u64) -> String {
    let text = include_str!("sql/local_settings.sql").trim_end().to_owned();
    let limits = limits(statement_timeout).into_iter();
    limits.fold(text, |text, (mark, limit)| text.replace(mark, &limit))
}

/// The marks of limits in statements, and what they stand for, in milliseconds.
pub(crate) fn limits(statement_timeout: u64) -> [(&'static str, String); 3] {
    [
        ("{statement_timeout}", statement_timeout.to_string()),
        ("{lock_timeout}", LOCK_TIMEOUT.as_millis().to_string()),
        ("{idle_timeout}", IDLE_TIMEOUT.as_millis().to_string()),
    ]
}
