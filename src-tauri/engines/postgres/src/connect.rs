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
pub(crate) async fn enter(
    settings: &Settings,
    database: &str,
    more: bool,
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
            let options = settings.options(database, link.socket_dir(), DEFAULT_PORT);
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
            if !(more && error::is_about_the_database(&error)) {
                opening.failed(&error);
            }
            Err(error)
        }
    }
}

/// Makes the session read-only and learns what it is, in one round trip.
async fn begin(
    connection: &mut PgConnection,
    settings: &Settings,
    cx: &OpContext,
) -> Result<Facts, sqlx::Error> {
    let (make, ask) = (
        include_str!("sql/settings.sql"),
        include_str!("sql/session.sql"),
    );
    cx.observer().statement(make);
    cx.observer().statement(ask);
    let millis = |limit: Duration| limit.as_millis().to_string();
    let make = make
        .replace("{statement_timeout}", &millis(settings.statement_timeout))
        .replace("{lock_timeout}", &millis(LOCK_TIMEOUT))
        .replace("{idle_timeout}", &millis(IDLE_TIMEOUT));
    let batch = sqlx::raw_sql(AssertSqlSafe(format!("{make}{ask}")));
    let row = SessionRow::read(&connection.fetch_one(batch).await?)?;
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
        statement_timeout: u64::try_from(settings.statement_timeout.as_millis())
            .unwrap_or(u64::MAX),
    })
}
