//! The hand that writes during one apply: new versions, closed ones, statistics,
//! marks, and the count of it all.

use std::collections::{BTreeMap, HashMap};

use model::snapshot::{Detail, Object, Sample, Statistics, Warning};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, SyncId, Text};

use super::Applied;
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::late_part;
use crate::table::object::{self, Below, Inserts, NewVersion, Open, Table};
use crate::table::sample;
use crate::table::sequence::{self, Sequence};
use crate::table::statistics::{self, Adds, Kept};
use crate::table::unseen::{self, Mark};

/// Writes on behalf of one sync.
pub(super) struct Versions<'c> {
    pub(super) access: Access<'c>,
    pub(super) connection: ConnectionId,
    pub(super) sync: SyncId,
    pub(super) applied: Applied,
    /// How many objects of each kind came and went.
    pub(super) balance: BTreeMap<ObjectKind, i64>,
    inserts: Inserts<'c>,
    measures: Adds<'c>,
    marks: BTreeMap<ObjectId, Mark>,
    unseen: HashMap<ObjectPath, String>,
    versions: Numbers,
    lineages: Numbers,
    /// The last new table: the numbers that follow its own are those of its parts.
    table: Option<ObjectId>,
}

impl<'c> Versions<'c> {
    /// Begins with what the catalogue holds apart from the versions themselves.
    pub(super) fn begin(
        access: Access<'c>,
        connection: ConnectionId,
        sync: SyncId,
    ) -> Result<Self, CatalogueError> {
        Ok(Self {
            access,
            connection,
            sync,
            applied: Applied::default(),
            balance: BTreeMap::new(),
            inserts: Inserts::of(access, connection, sync),
            measures: Adds::of(access, connection),
            marks: unseen::load(access, connection)?,
            unseen: HashMap::new(),
            versions: Numbers::of(access, Sequence::Version)?,
            lineages: Numbers::of(access, Sequence::Lineage)?,
            table: None,
        })
    }

    /// Takes note of what could not be seen.
    pub(super) fn warned(&mut self, warnings: &[Warning]) {
        let unseen = warnings.iter().filter(|warning| warning.unseen);
        self.unseen
            .extend(unseen.map(|warning| (warning.object.clone(), warning.reason.clone())));
    }

    /// How many objects came and how many went so far, together.
    pub(super) fn came_and_went(&self) -> u64 {
        self.applied.added + self.applied.removed
    }

    /// Ends: keeps the numbers that were used and forgets marks of what is gone.
    pub(super) fn end(self) -> Result<Applied, CatalogueError> {
        self.versions.keep(self.access, Sequence::Version)?;
        self.lineages.keep(self.access, Sequence::Lineage)?;
        if self.applied.removed > 0 {
            for id in self.marks.keys() {
                if object::find(self.access, *id)?.is_none() {
                    unseen::remove(self.access, *id)?;
                }
            }
        }
        Ok(self.applied)
    }

    /// Writes the first version of a new object; `parent` is absent at the top.
    pub(super) fn add(
        &mut self,
        parent: Option<ObjectId>,
        object: &Object<Detail>,
        below: &Below,
    ) -> Result<ObjectId, CatalogueError> {
        let id = ObjectId(self.lineages.take()?);
        let kind = object.detail.kind();
        if kind.is_relation() {
            self.table = Some(id);
        }
        let parent = parent.unwrap_or(id);
        self.write(id, parent, object, below)?;
        if Table::of(kind).is_by_table() && Some(parent) != self.table {
            late_part::add(self.access, self.connection, id, parent)?;
        }
        self.applied.added += 1;
        *self.balance.entry(kind).or_default() += 1;
        Ok(id)
    }

    /// Writes the next version of an object where its own facts differ.
    ///
    /// Returns the row of its open version.
    pub(super) fn revise(
        &mut self,
        open: &Open,
        read: &Object<Detail>,
        below: &Below,
    ) -> Result<i64, CatalogueError> {
        let table = Table::of(open.kind());
        if same_facts(&open.object, read) {
            if open.below != *below {
                object::set_below(self.access, table, open.version, below)?;
            }
            return Ok(open.version);
        }
        object::close(self.access, table, open.version, open.first_sync, self.sync)?;
        // What this sync wrote itself differs from nothing that was there before.
        if open.first_sync != self.sync {
            self.applied.changed += 1;
        }
        self.write(open.id, open.parent, read, below)
    }

    /// Closes one object, which holds nothing or whose children are closed apart.
    pub(super) fn remove(
        &mut self,
        kind: ObjectKind,
        id: ObjectId,
        version: i64,
        first_sync: SyncId,
    ) -> Result<(), CatalogueError> {
        object::close(self.access, Table::of(kind), version, first_sync, self.sync)?;
        self.count_removed(kind, 1);
        if matches!(kind, ObjectKind::Field) {
            sample::remove(self.access, id)?;
        }
        self.set_statistics(id, Kept::default())
    }

    pub(super) fn count_removed(&mut self, kind: ObjectKind, count: u64) {
        self.applied.removed += count;
        *self.balance.entry(kind).or_default() -= i64::try_from(count).unwrap_or(i64::MAX);
    }

    /// What is kept of an object's statistics.
    pub(super) fn kept(&self, id: ObjectId) -> Result<Kept, CatalogueError> {
        if i64::from(id.0) >= self.lineages.first {
            // Written a moment ago, by us, and measured only now.
            return Ok(Kept::default());
        }
        statistics::kept(self.access, id)
    }

    /// Keeps the statistics of an object that was added a moment ago.
    pub(super) fn measure(&mut self, id: ObjectId, kept: Kept) -> Result<(), CatalogueError> {
        self.measures.add(id, kept)
    }

    /// Replaces an object's own statistics where they differ.
    pub(super) fn refresh(&mut self, id: ObjectId, own: Statistics) -> Result<(), CatalogueError> {
        let kept = self.kept(id)?;
        self.replace_statistics(id, kept, Kept { own, ..kept })
    }

    /// Replaces what is kept of an object's statistics where it differs.
    pub(super) fn set_statistics(
        &mut self,
        id: ObjectId,
        kept: Kept,
    ) -> Result<(), CatalogueError> {
        self.replace_statistics(id, self.kept(id)?, kept)
    }

    fn replace_statistics(
        &self,
        id: ObjectId,
        before: Kept,
        kept: Kept,
    ) -> Result<(), CatalogueError> {
        if before == kept {
            return Ok(());
        }
        statistics::put(self.access, self.connection, id, kept)
    }

    /// Replaces what samples say of an object.
    pub(super) fn set_sample(
        &mut self,
        id: ObjectId,
        sample: &Sample,
    ) -> Result<(), CatalogueError> {
        sample::put(self.access, self.connection, id, sample)
    }

    /// Why the object at this path, or what it holds, could not be seen.
    pub(super) fn reason(&self, path: &ObjectPath) -> Option<&str> {
        self.unseen.get(path).map(String::as_str)
    }

    /// Why the child of this name, or all of its kind here or further up, could not
    /// be seen.
    pub(super) fn child_reason(
        &self,
        parent: &ObjectPath,
        kind: ObjectKind,
        name: &Text,
    ) -> Option<String> {
        if self.unseen.is_empty() {
            return None;
        }
        let own = self.reason(&parent.child(kind, name.clone()));
        let all = || {
            (0..=parent.0.len())
                .rev()
                .find_map(|length| self.reason(&ObjectPath(parent.0[..length].to_vec()).all(kind)))
        };
        own.or_else(all).map(str::to_owned)
    }

    /// Marks an object with a reason, or lifts its mark where there is none.
    pub(super) fn mark(
        &mut self,
        id: ObjectId,
        reason: Option<&str>,
    ) -> Result<(), CatalogueError> {
        let held = self.marks.get(&id);
        match reason {
            None if held.is_none() => Ok(()),
            None => {
                self.marks.remove(&id);
                unseen::remove(self.access, id)
            }
            Some(reason) if held.is_some_and(|mark| mark.reason == reason) => Ok(()),
            Some(reason) => {
                let since = held.map_or(self.sync, |mark| mark.since);
                let mark = Mark {
                    reason: reason.to_owned(),
                    since,
                };
                unseen::put(self.access, self.connection, id, &mark)?;
                self.marks.insert(id, mark);
                Ok(())
            }
        }
    }

    fn write(
        &mut self,
        id: ObjectId,
        parent: ObjectId,
        object: &Object<Detail>,
        below: &Below,
    ) -> Result<i64, CatalogueError> {
        let table = Table::of(object.detail.kind());
        let version = table.row(parent, self.versions.take()?);
        self.inserts.insert(&NewVersion {
            version,
            id,
            parent,
            object,
            below,
        })?;
        Ok(version)
    }
}

/// Whether two objects have the same facts, statistics aside.
pub(super) fn same_facts(a: &Object<Detail>, b: &Object<Detail>) -> bool {
    a.name == b.name
        && a.native_id == b.native_id
        && a.comment == b.comment
        && a.attributes == b.attributes
        && a.detail == b.detail
}

/// Numbers of a sequence, written back once at the end.
struct Numbers {
    first: i64,
    next: i64,
}

impl Numbers {
    fn of(access: Access<'_>, sequence: Sequence) -> Result<Self, CatalogueError> {
        let next = sequence::peek(access.db, sequence)?;
        Ok(Self { first: next, next })
    }

    fn take(&mut self) -> Result<u32, CatalogueError> {
        let number = u32::try_from(self.next)
            .map_err(|_| CatalogueError::damaged("its numbers are used up"))?;
        self.next += 1;
        Ok(number)
    }

    fn keep(self, access: Access<'_>, sequence: Sequence) -> Result<(), CatalogueError> {
        if self.next > self.first {
            sequence::take(access.db, sequence, self.next - self.first)?;
        }
        Ok(())
    }
}
