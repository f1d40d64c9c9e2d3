//! A session on one file; the work itself happens on threads that may block.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use engine::{
    Canceller, DatabaseInfo, Definition, EngineError, InspectScope, OpContext, Privileges,
    ServerInfo, Session, Sink, Verification,
};
use model::snapshot::Portion;
use model::{ObjectKind, ObjectPath, Text};
use rusqlite::{Connection, OptionalExtension, params};

use crate::connect::apart;
use crate::convert;
use crate::inspect::{self, Part, Setting};
use crate::link::{Link, first_look, schema};
use crate::outlet::Outlet;
use crate::reading::DATABASE;
use crate::variant;
use crate::verify;
use crate::watch::Watch;

/// An open file.
#[derive(Debug)]
pub(crate) struct SqliteSession {
    link: Arc<Mutex<Link>>,
    stop: Arc<AtomicBool>,
}

impl SqliteSession {
    /// A session over this link, stopped by this flag.
    pub(crate) fn new(link: Arc<Mutex<Link>>, stop: Arc<AtomicBool>) -> Self {
        Self { link, stop }
    }

    /// Reads on a thread of its own; `what` completes "Gave up to …".
    async fn read<T: Send + 'static>(
        &self,
        cx: &OpContext,
        what: &'static str,
        mut work: impl FnMut(&mut Connection, &Watch, &Setting) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, EngineError> {
        let watch = Watch::new(cx, &self.stop, what);
        let link = Arc::clone(&self.link);
        apart(&watch.clone(), move || {
            // A thread that panicked leaves the link as good as before: it only reads.
            let mut link = link.lock().unwrap_or_else(PoisonError::into_inner);
            let setting = Setting {
                alone: link.is_alone(),
                tracer: link.tracer(),
            };
            link.read(&watch, |connection| work(connection, &watch, &setting))
        })
        .await
    }
}

#[async_trait]
impl Session for SqliteSession {
    async fn server(&mut self, _cx: &OpContext) -> Result<ServerInfo, EngineError> {
        Ok(variant::server())
    }

    async fn privileges(&mut self, cx: &OpContext) -> Result<Privileges, EngineError> {
        // Whoever reads the file may see all of it, if SQLite understands it.
        self.read(cx, "read the schema", |connection, watch, _| {
            first_look(connection, watch)
        })
        .await?;
        Ok(variant::privileges())
    }

    async fn databases(
        &mut self,
        _system: bool,
        cx: &OpContext,
    ) -> Result<Vec<DatabaseInfo>, EngineError> {
        let facts = self
            .read(
                cx,
                "read the file's header",
                |connection, watch, setting| inspect::facts(connection, watch, setting.alone),
            )
            .await?;
        let object = convert::database(&facts);
        Ok(vec![DatabaseInfo {
            name: object.name,
            native_id: None,
            comment: None,
            detail: object.detail,
            statistics: object.statistics,
            closed: None,
        }])
    }

    fn reaches(&self, database: &str) -> bool {
        database == DATABASE
    }

    fn database(&self) -> &str {
        DATABASE
    }

    async fn inspect(
        &mut self,
        scope: &InspectScope,
        out: &mut dyn Sink,
        cx: &OpContext,
    ) -> Result<(), EngineError> {
        if !self.reaches(&scope.database) || scope.schema.is_some() {
            return Ok(());
        }
        let part = Part {
            table: scope.table.as_deref().map(Text::from),
            system: scope.system,
        };
        let known = out.known().cloned();
        let (outlet, mut portions) = Outlet::new();
        let mut again = false;
        let work = move |connection: &mut Connection, watch: &Watch, setting: &Setting| {
            if std::mem::replace(&mut again, true) {
                outlet.put(Portion::Restart)?;
            }
            inspect::read(connection, &part, known.as_ref(), setting, &outlet, watch)
        };
        let mut reading = pin!(self.read(cx, "read the schema", work));
        let read = loop {
            tokio::select! {
                biased;
                Some(portion) = portions.recv() => out.put(portion).await?,
                read = &mut reading => break read,
            }
        };
        while let Ok(portion) = portions.try_recv() {
            out.put(portion).await?;
        }
        read
    }

    async fn verify(&mut self, cx: &OpContext) -> Result<Verification, EngineError> {
        self.read(cx, "check the file", |connection, watch, _| {
            verify::verify(connection, watch)
        })
        .await
    }

    async fn definition(
        &mut self,
        object: &ObjectPath,
        cx: &OpContext,
    ) -> Result<Definition, EngineError> {
        let missing = || EngineError::NotFound {
            what: named(object),
        };
        let last = object.last().ok_or_else(missing)?;
        let kind = match last.kind {
            ObjectKind::Table => "table",
            ObjectKind::View => "view",
            ObjectKind::Index => "index",
            ObjectKind::Trigger => "trigger",
            kind => {
                let what = format!("A definition of a {}", kind.as_str().replace('_', " "));
                return Err(EngineError::Unsupported { what });
            }
        };
        let name = last.name.clone();
        let found = self.read(cx, "read the definition", move |connection, watch, _| {
            schema::only_the_list(connection, watch)?;
            let sql = include_str!("sql/definition.sql");
            watch.cx().observer().statement(sql);
            connection
                .query_row(sql, params![kind, &*name], |row| {
                    row.get::<_, Option<String>>(0)
                })
                .optional()
        });
        match found.await? {
            // The key of a table without rowid is listed as an index and stored as none.
            None if !last.name.starts_with("sqlite_autoindex_") => Err(missing()),
            None | Some(None) => Err(EngineError::Unsupported {
                what: format!("A definition of {}", named(object)),
            }),
            Some(Some(text)) => Ok(Definition {
                text,
                rendered: false,
            }),
        }
    }

    async fn close(self: Box<Self>) {}

    fn canceller(&self) -> Box<dyn Canceller> {
        Box::new(Stop(Arc::clone(&self.stop)))
    }
}

/// Stops the work of a session at the next step of SQLite's machine.
#[derive(Debug)]
struct Stop(Arc<AtomicBool>);

#[async_trait]
impl Canceller for Stop {
    async fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn named(object: &ObjectPath) -> String {
    match object.last() {
        Some(step) => format!("{} {object}", step.kind.as_str().replace('_', " ")),
        None => "object".to_owned(),
    }
}
