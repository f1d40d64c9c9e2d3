//! From a target to an open session: dial, sign in, make the session read-only.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use engine::dial::{Dialer, Link, LinkShape, Opening};
use engine::{EngineError, OpContext};
use futures_util::{FutureExt as _, TryStreamExt as _};
use model::Secret;
use model::Target;
use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Connection as _, Either};

use crate::answer::{Intake, bytes_of};
use crate::error;
use crate::rows::{FirstWordsRow, SessionRow};
use crate::session::MySqlSession;
use crate::settings::{DOOR, Settings};
use crate::variant::{self, Facts};

/// How long a lock is waited for: reading a schema must not queue behind DDL,
/// where all others would queue behind it.
const LOCK_TIMEOUT: Duration = Duration::from_secs(3);

/// How long the server may take to hear a farewell.
const FAREWELL: Duration = Duration::from_secs(2);

/// A driver's connection and the link that it runs over.
pub(crate) struct Linked {
    // Before the link, so that its farewell still passes when both are dropped.
    pub(crate) connection: MySqlConnection,
    _link: Link,
}

impl Linked {
    /// Says farewell and waits, not for ever, until the server has heard it.
    pub(crate) async fn close(self) {
        let farewell = self.connection.close();
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
    }
}

/// Opens a session.
pub(crate) async fn open(
    target: &Target,
    secret: Option<&Secret>,
    cx: &OpContext,
) -> Result<MySqlSession, EngineError> {
    let settings = Arc::new(Settings::read(target, secret).await?);
    let cx = cx.within(settings.connect_timeout);
    let (linked, facts) = enter(&settings, &cx).await?;
    Ok(MySqlSession::new(linked, facts, settings))
}

/// Connects and signs in.
pub(crate) async fn enter(
    settings: &Settings,
    cx: &OpContext,
) -> Result<(Linked, Facts), EngineError> {
    let shape = LinkShape {
        socket_file_name: DOOR.to_owned(),
    };
    let link = Dialer::dial(&settings.endpoint, &shape, cx).await?;
    let opening = Opening::begin(&link, settings.tls(), cx);
    let what = format!("sign in to {}", settings.address());
    let signing_in = async {
        let options = settings.options(link.socket_dir());
        let connecting = MySqlConnection::connect_with(&options);
        let mut connection = unbroken(connecting)
            .await
            .unwrap_or_else(|| Err(error::nonsense()))
            .map_err(|error| error::connecting(error, settings, &link))?;
        let facts = begin(&mut connection, settings, &link, cx).await?;
        Ok((connection, facts))
    };
    match cx.guard(&what, signing_in).await {
        Ok((connection, facts)) => {
            opening.passed(Some(format!("as {}", facts.user)));
            let linked = Linked {
                connection,
                _link: link,
            };
            Ok((linked, facts))
        }
        Err(error) => {
            let error = error::seen(error, settings, &link);
            opening.failed(&error);
            Err(error)
        }
    }
}

/// What the driver does, or nothing where what the server sent broke it: it takes
/// short packets for whole ones.
pub(crate) async fn unbroken<T>(driver: impl Future<Output = T>) -> Option<T> {
    AssertUnwindSafe(driver).catch_unwind().await.ok()
}

/// Makes the session read-only and learns what it is, in one round trip.
async fn begin(
    connection: &mut MySqlConnection,
    settings: &Settings,
    link: &Link,
    cx: &OpContext,
) -> Result<Facts, EngineError> {
    let texts = [
        include_str!("sql/first_words.sql"),
        include_str!("sql/settings.sql"),
        include_str!("sql/session.sql"),
    ];
    for text in texts {
        cx.observer().statement(text);
    }
    let batch = texts
        .concat()
        .replace("{lock_timeout}", &LOCK_TIMEOUT.as_secs().to_string())
        .replace(
            "{statement_millis}",
            &settings.statement_timeout.as_millis().to_string(),
        )
        .replace(
            "{statement_seconds}",
            &settings.statement_timeout.as_secs().to_string(),
        );
    let mut first = None;
    let mut session = None;
    let asking = async {
        let mut answers = sqlx::raw_sql(AssertSqlSafe(batch)).fetch_many(connection);
        let mut intake = Intake::default();
        while let Some(answer) = answers.try_next().await? {
            intake
                .count(answer.as_ref().right().map_or(0, bytes_of))
                .await?;
            match answer {
                Either::Right(row) if first.is_none() => first = Some(FirstWordsRow::read(&row)?),
                Either::Right(row) => session = Some(SessionRow::read(&row)?),
                Either::Left(_) => {}
            }
        }
        Ok(())
    };
    let asked = unbroken(asking)
        .await
        .unwrap_or_else(|| Err(error::nonsense()));
    if let Some(words) = &first {
        // Before the rest: what is too old for us may not know our settings.
        let family = variant::family(&words.version);
        let product = variant::product(&words.version, &words.comment);
        variant::check(family, product, &variant::version(&words.version))?;
    }
    asked.map_err(|error| error::connecting(error, settings, link))?;
    let (Some(words), Some(row)) = (first, session) else {
        return Err(EngineError::Unexpected {
            question: "session",
            detail: "The server answered without a row.".to_owned(),
        });
    };
    let version = variant::version(&words.version);
    Ok(Facts {
        number: variant::number(&version),
        family: variant::family(&words.version),
        product: variant::product(&words.version, &words.comment),
        version,
        user: row.user,
        database: row.database,
        connection: row.connection,
        read_only: row.read_only,
        address: settings.address().to_owned(),
        statement_timeout: u64::try_from(settings.statement_timeout.as_millis())
            .unwrap_or(u64::MAX),
    })
}
