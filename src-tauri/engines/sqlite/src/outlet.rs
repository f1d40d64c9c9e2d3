//! Where the reading thread puts what it has read: portion by portion, and never many
//! ahead of whoever takes them.

use engine::Progress;
use model::SnapshotBuilder;
use model::snapshot::{DatabaseDetail, Object, Portion, Warning};
use rusqlite::ffi;
use tokio::sync::mpsc;

use crate::reading::{DATABASE, Reading, Relation};
use crate::watch::Watch;

/// The most tables and views in one portion.
const TABLES: usize = 500;

/// The most objects in one portion, but for those of a single table: as many as the
/// processor keeps at hand until they are put in.
const OBJECTS: usize = 500;

/// The way out of a reading thread.
#[derive(Debug)]
pub(crate) struct Outlet(mpsc::Sender<Portion>);

impl Outlet {
    /// A way out, and its other end.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Portion>) {
        let (sender, receiver) = mpsc::channel(1);
        (Self(sender), receiver)
    }

    /// Hands over a portion and waits until there is room for it.
    pub(crate) fn put(&self, portion: Portion) -> rusqlite::Result<()> {
        self.0.blocking_send(portion).map_err(|_| {
            // Nobody takes it any more.
            rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_INTERRUPT), None)
        })
    }
}

/// A portion that is being filled.
pub(crate) struct Filling<'a> {
    outlet: &'a Outlet,
    watch: &'a Watch,
    database: Object<DatabaseDetail>,
    relations: Vec<Relation>,
    warnings: Vec<Warning>,
    objects: usize,
    /// Tables and views handed over, and how many there will be.
    done: usize,
    total: usize,
    is_first: bool,
}

impl<'a> Filling<'a> {
    pub(crate) fn new(
        outlet: &'a Outlet,
        watch: &'a Watch,
        database: Object<DatabaseDetail>,
        total: usize,
    ) -> Self {
        Self {
            outlet,
            watch,
            database,
            relations: Vec::new(),
            warnings: Vec::new(),
            objects: 0,
            done: 0,
            total,
            is_first: true,
        }
    }

    /// Adds what could not be read.
    pub(crate) fn warn(&mut self, warnings: Vec<Warning>) {
        self.warnings.extend(warnings);
    }

    /// Adds a table or view, and hands over what is full.
    pub(crate) fn add(&mut self, relation: Relation) -> rusqlite::Result<()> {
        self.watch.go_on()?;
        self.objects += relation.objects();
        self.relations.push(relation);
        if self.relations.len() >= TABLES || self.objects >= OBJECTS {
            self.hand_over()?;
        }
        Ok(())
    }

    /// Hands over what is left; the database itself comes at least once.
    pub(crate) fn end(mut self) -> rusqlite::Result<()> {
        let is_left = !self.relations.is_empty() || !self.warnings.is_empty();
        if self.is_first || is_left {
            self.hand_over()?;
        }
        Ok(())
    }

    fn hand_over(&mut self) -> rusqlite::Result<()> {
        let mut relations = std::mem::take(&mut self.relations);
        relations.sort_by(|a, b| (a.is_view, &a.object.name).cmp(&(b.is_view, &b.object.name)));
        self.done += relations.len();
        let reading = Reading {
            database: self.database.clone(),
            relations,
            warnings: std::mem::take(&mut self.warnings),
        };
        let mut builder = SnapshotBuilder::with_capacity(self.objects + 1);
        reading.build(&mut builder);
        self.objects = 0;
        self.is_first = false;
        self.outlet.put(Portion::Read(builder.finish()))?;
        self.watch.cx().observer().progress(Progress {
            database: DATABASE.to_owned(),
            done: self.done.min(self.total) as u64,
            total: Some(self.total as u64),
        });
        Ok(())
    }
}
