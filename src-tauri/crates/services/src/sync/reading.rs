//! Reading a server: which databases there are, and which of them are read.

use std::sync::Arc;

use catalogue::{Applied, DatabaseEntry};
use engine::{Engine, EngineError, OpContext, Session};
use model::connection::field;
use model::snapshot::{Object, Warning};
use model::{
    Connection, ObjectKind, ObjectPath, Secret, Snapshot, SnapshotBuilder, SyncId, Target,
};
use tokio_util::sync::CancellationToken;

use super::record::Watch;
use crate::studio::{SignedIn, Studio};
use crate::{Error, probe};

/// Which part is read, by name; without a database all of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// Also what is known to be as it was.
    pub(super) anew: bool,
    /// Only the list of databases and what belongs to the server itself.
    pub(super) server: bool,
    pub(super) database: Option<String>,
    pub(super) schema: Option<String>,
    pub(super) table: Option<String>,
}

impl Part {
    /// Whether whole databases are read.
    pub(super) fn is_whole(&self) -> bool {
        self.schema.is_none() && self.table.is_none()
    }

    /// The part that an object stands for; what lies inside a table means the table.
    pub(super) fn of(path: &ObjectPath) -> Self {
        let name = |kind| path.name_of(kind).map(|name| name.to_string());
        let relation = path.0.iter().find(|step| step.kind.is_relation());
        Self {
            anew: false,
            server: path.name_of(ObjectKind::Server).is_some(),
            database: name(ObjectKind::Database),
            schema: name(ObjectKind::Schema),
            table: relation.map(|step| step.name.to_string()),
        }
    }
}

/// One reading of one connection.
pub(super) struct Reading<'a> {
    pub(super) studio: &'a Studio,
    pub(super) who: Arc<SignedIn>,
    pub(super) engine: &'static dyn Engine,
    pub(super) connection: &'a Connection,
    pub(super) secret: Option<Secret>,
    pub(super) sync: SyncId,
    pub(super) watch: Arc<Watch>,
    pub(super) cx: OpContext,
}

impl Reading<'_> {
    /// Opens a session, to the target's own database or to another one.
    pub(super) async fn open(&self, database: Option<&str>) -> Result<Box<dyn Session>, Error> {
        let own = &self.connection.draft.target;
        let target = match database {
            Some(database) => in_database(self.engine, own, database),
            None => own.clone(),
        };
        let opening = self.cx.within(probe::connect_limit(self.engine, &target));
        Ok(self
            .engine
            .open(&target, self.secret.as_ref(), &opening)
            .await?)
    }

    /// Reads the part and puts it into the catalogue, database by database.
    pub(super) async fn read(
        &self,
        mut session: Box<dyn Session>,
        part: &Part,
        totals: &mut Totals,
    ) -> Result<(), Error> {
        let databases = match &part.database {
            Some(database) => vec![database.clone()],
            None => {
                let databases = self.read_databases(&mut *session, totals).await?;
                if part.server {
                    return Ok(());
                }
                databases
            }
        };
        self.watch.reading(databases.len());
        self.read_all(databases, part, session, totals).await
    }

    /// The databases to read, after the catalogue has been told which there are and
    /// what belongs to the server itself.
    async fn read_databases(
        &self,
        session: &mut dyn Session,
        totals: &mut Totals,
    ) -> Result<Vec<String>, Error> {
        self.watch.doing("Listing databases".to_owned());
        let only = self
            .connection
            .draft
            .target
            .get(field::DATABASE)
            .map(str::to_owned);
        let mut infos = session.databases(only.is_some(), &self.cx).await?;
        if let Some(only) = &only {
            infos.retain(|info| *info.name == **only);
        }
        let open = infos.iter().filter(|info| info.closed.is_none());
        let names = open.map(|info| info.name.to_string()).collect();
        let entries: Vec<_> = infos
            .into_iter()
            .map(|info| DatabaseEntry {
                closed: info.closed,
                object: Object {
                    name: info.name,
                    native_id: info.native_id,
                    comment: info.comment,
                    attributes: Vec::new(),
                    statistics: info.statistics,
                    sample: None,
                    detail: info.detail,
                },
            })
            .collect();
        let server = self.inspect_server(session).await?;
        let (id, sync, complete) = (self.connection.id, self.sync, only.is_none());
        let applied = self
            .studio
            .write_as(self.who.clone(), move |scope| {
                scope
                    .objects()
                    .apply_databases(sync, id, &entries, complete, &server)
            })
            .await?;
        totals.add(applied);
        Ok(names)
    }

    /// Reads what belongs to the server itself; where that cannot be read, the
    /// databases still can.
    async fn inspect_server(&self, session: &mut dyn Session) -> Result<Snapshot, EngineError> {
        let mut builder = SnapshotBuilder::default();
        match session.inspect_server(&mut builder, &self.cx).await {
            Ok(()) => Ok(builder.finish()),
            Err(error) if is_of_one_database(&error) => {
                let mut builder = SnapshotBuilder::default();
                builder.warn(unread(ObjectPath::server(), &error));
                Ok(builder.finish())
            }
            Err(error) => Err(error),
        }
    }
}

/// A session that can read a database: the one at hand, or another one once that is
/// closed, for the server may have room for one alone.
pub(crate) async fn reach(
    engine: &'static dyn Engine,
    target: &Target,
    secret: Option<&Secret>,
    at_hand: Option<Box<dyn Session>>,
    database: &str,
    cx: &OpContext,
) -> Result<Box<dyn Session>, EngineError> {
    match at_hand {
        Some(session) if session.reaches(database) => return Ok(session),
        Some(session) => session.close().await,
        None => {}
    }
    let target = in_database(engine, target, database);
    let limit = probe::connect_limit(engine, &target);
    engine.open(&target, secret, &cx.within(limit)).await
}

/// Whether an error is about one of several databases, and not about the link or
/// the wish of the user.
pub(crate) fn is_of_one_database(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::NotAllowed { .. }
            | EngineError::SignInRefused { .. }
            | EngineError::NoSuchDatabase { .. }
            | EngineError::TooManyConnections { .. }
            | EngineError::NotReady { .. }
            | EngineError::TimedOut { .. }
            | EngineError::Busy { .. }
            | EngineError::Unexpected { .. }
            | EngineError::Server { .. }
    )
}

/// What is told of a database, or of the server itself, that could not be read.
pub(crate) fn unread(object: ObjectPath, error: &EngineError) -> Warning {
    let grant = match error {
        EngineError::NotAllowed { grant, .. } => grant.clone(),
        _ => None,
    };
    Warning {
        object,
        reason: error.to_string(),
        grant,
        unseen: true,
    }
}

/// The same target with another database to begin with, where the engine has a
/// field for it.
pub(crate) fn in_database(engine: &dyn Engine, target: &Target, database: &str) -> Target {
    let mut target = target.clone();
    if engine.descriptor().field(field::DATABASE).is_some() {
        target.set(field::DATABASE, database);
    }
    target
}

/// How many objects the databases of one sync changed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Totals(pub(super) catalogue::SyncTotals);

impl Totals {
    pub(super) fn add(&mut self, applied: Applied) {
        self.0.added += applied.added;
        self.0.changed += applied.changed;
        self.0.removed += applied.removed;
        self.0.unseen += applied.unseen;
    }
}

/// The context of one reading: no deadline of its own beyond a day, for the
/// statements have theirs, and stopped by this token.
pub(super) fn context(watch: Arc<Watch>, stop: CancellationToken) -> OpContext {
    const LONGEST: std::time::Duration = std::time::Duration::from_secs(24 * 3600);
    OpContext::lasting(LONGEST)
        .cancelled_by(stop)
        .observed(watch)
}
