//! By what the objects of a database are told to be the same as those stored.

use model::ObjectKind;
use model::snapshot::Walker;

use super::Only;
use super::contents::Holder;
use super::pair::{By, Sibling};
use super::schemas::Schemas;
use crate::CatalogueError;
use crate::scope::Access;

/// From how many tables with new ids on they are taken for a restore.
const MANY: usize = 3;

/// What the portions so far say of it.
///
/// A restore gives everything new ids at the old paths. It is one when most
/// tables have new ids; few tables that were made anew, in a place that was
/// not, are only that.
pub(super) struct Identity {
    same_path: usize,
    other_id: usize,
    /// Whether the database, or a schema, has another id itself.
    other_place: bool,
}

impl Identity {
    /// `anew` says whether the database itself has a new id.
    pub(super) fn new(anew: bool) -> Self {
        Self {
            same_path: 0,
            other_id: 0,
            other_place: anew,
        }
    }

    /// By what those of a portion are told to be the same, given all so far.
    pub(super) fn by(
        &mut self,
        access: Access<'_>,
        (top, schemas): (&Holder, &mut Schemas),
        read: Walker<'_>,
        only: &Only<'_>,
    ) -> Result<By, CatalogueError> {
        self.compare(top, read);
        for schema in read.children_of(ObjectKind::Schema) {
            if let Some(open) = schemas.unmet(&schema) {
                self.other_place |= differ(open, &schema) == Some(true);
            }
            if let Some(holder) = schemas.under_name(access, schema, only)? {
                self.compare(holder, schema);
            }
        }
        let most = self.other_id * 2 > self.same_path;
        let restored = most && (self.other_id >= MANY || self.other_place);
        Ok(if restored { By::Path } else { By::NativeId })
    }

    fn compare(&mut self, holder: &Holder, read: Walker<'_>) {
        for node in read.children().filter(|node| node.kind().is_relation()) {
            let stored = holder.relations.named(&node);
            if let Some(differs) = stored.and_then(|stored| differ(stored, &node)) {
                self.same_path += 1;
                self.other_id += usize::from(differs);
            }
        }
    }
}

/// Whether two objects have different ids, where both have one.
fn differ(stored: &impl Sibling, read: &impl Sibling) -> Option<bool> {
    Some(stored.native_id()? != read.native_id()?)
}
