//! An object as lists and trees show it.

use model::snapshot::{Attribute, Counts, Detail, Sample, Statistics};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, Text};

use super::Objects;
use crate::CatalogueError;
use crate::table::object::Open;
use crate::table::{sample, statistics};

/// An object as lists and trees show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectCard {
    /// The object.
    pub id: ObjectId,
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// What it is.
    pub kind: ObjectKind,
    /// Its name, as the server gave it.
    pub name: Text,
    /// Where it stands.
    pub path: ObjectPath,
    /// The comment kept on the server.
    pub comment: Option<Text>,
    /// How many children of each kind it has.
    pub child_counts: Counts,
    /// Estimates and sizes.
    pub statistics: Statistics,
    /// What was seen of it among documents, of all samples together.
    pub sample: Option<Sample>,
    /// Facts of its engine alone.
    pub attributes: Vec<Attribute>,
    /// Why the last sync could not see it or what it holds.
    pub unseen: Option<String>,
    /// The facts of its kind, without the statements that make it.
    pub detail: Detail,
}

impl<M> Objects<'_, M> {
    /// One object as lists show it.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn card(&self, id: ObjectId) -> Result<ObjectCard, CatalogueError> {
        let place = self.place(id)?;
        let path = place.path();
        self.card_of(place.open, path, place.mark.map(|mark| mark.reason))
    }

    pub(super) fn card_of(
        &self,
        open: Open,
        path: ObjectPath,
        unseen: Option<String>,
    ) -> Result<ObjectCard, CatalogueError> {
        let sampled = sample::may_have(open.kind());
        let sample = if sampled {
            sample::get(self.access, open.id)?
        } else {
            None
        };
        Ok(ObjectCard {
            id: open.id,
            connection: open.connection,
            kind: open.kind(),
            name: open.object.name,
            path,
            comment: open.object.comment,
            child_counts: open.below.children,
            statistics: statistics::get(self.access, open.id)?,
            sample,
            attributes: open.object.attributes,
            unseen,
            detail: without_definition(open.object.detail),
        })
    }
}

/// Statements can be long, and no list shows them.
pub(super) fn without_definition(mut detail: Detail) -> Detail {
    match &mut detail {
        Detail::Table(facts)
        | Detail::View(facts)
        | Detail::MaterializedView(facts)
        | Detail::ForeignTable(facts)
        | Detail::Collection(facts) => facts.definition = None,
        Detail::Index(facts) => facts.definition = None,
        Detail::Trigger(facts) => facts.definition = None,
        Detail::Other(facts) => facts.definition = None,
        Detail::Server(_)
        | Detail::Database(_)
        | Detail::Schema(_)
        | Detail::Column(_)
        | Detail::PrimaryKey(_)
        | Detail::Unique(_)
        | Detail::Check(_)
        | Detail::Exclusion(_)
        | Detail::ForeignKey(_)
        | Detail::Field(_) => {}
    }
    detail
}
