//! The typed builder: what may stand under what is checked by the compiler.

use std::collections::HashMap;

use super::{
    CheckDetail, ColumnDetail, DatabaseDetail, Detail, ExclusionDetail, FieldDetail,
    ForeignKeyDetail, IndexDetail, KeyDetail, Node, NodeId, Object, OtherDetail, RelationDetail,
    SchemaDetail, ServerDetail, Snapshot, TriggerDetail, Walker, Warning,
};
use crate::ObjectKind;

/// Builds a snapshot, database by database.
///
/// A column cannot be put under a schema:
/// ```compile_fail
/// use model::snapshot::{ColumnDetail, DatabaseDetail, Object, SchemaDetail, SnapshotBuilder};
/// fn wrong(column: ColumnDetail) {
///     let mut builder = SnapshotBuilder::default();
///     let mut database = builder.database(Object::new("d", DatabaseDetail::default()));
///     let mut schema = database.schema(Object::new("s", SchemaDetail::default()));
///     schema.column(Object::new("c", column));
/// }
/// ```
/// Under a table it can:
/// ```
/// use model::snapshot::{ColumnDetail, DatabaseDetail, Object, RelationDetail, SchemaDetail, SnapshotBuilder};
/// fn right(column: ColumnDetail) {
///     let mut builder = SnapshotBuilder::default();
///     let mut database = builder.database(Object::new("d", DatabaseDetail::default()));
///     let mut schema = database.schema(Object::new("s", SchemaDetail::default()));
///     let mut table = schema.table(Object::new("t", RelationDetail::default()));
///     table.column(Object::new("c", column));
/// }
/// ```
#[derive(Debug, Default)]
pub struct SnapshotBuilder {
    snapshot: Snapshot,
    /// What was built elsewhere and belongs in.
    portions: Vec<Snapshot>,
}

impl SnapshotBuilder {
    /// A builder with room for so many objects.
    pub fn with_capacity(objects: usize) -> Self {
        let mut builder = Self::default();
        builder.snapshot.nodes.reserve(objects);
        builder
    }

    /// Begins a database; it ends when the returned builder is dropped.
    pub fn database(&mut self, object: Object<DatabaseDetail>) -> DatabaseBuilder<'_> {
        let id = self.push(None, object, Detail::Database);
        DatabaseBuilder { builder: self, id }
    }

    /// Begins the server itself, which is named as [`ObjectPath::server`] has it; it
    /// ends when the returned builder is dropped.
    ///
    /// [`ObjectPath::server`]: crate::ObjectPath::server
    pub fn server(&mut self, object: Object<ServerDetail>) -> ServerBuilder<'_> {
        let id = self.push(None, object, Detail::Server);
        ServerBuilder { builder: self, id }
    }

    /// Notes a part that could not be read.
    pub fn warn(&mut self, warning: Warning) {
        self.snapshot.warnings.push(warning);
    }

    /// How many objects of this kind there are so far.
    pub fn count(&self, kind: ObjectKind) -> usize {
        let parts = std::iter::once(&self.snapshot).chain(&self.portions);
        parts
            .flat_map(|part| &part.nodes)
            .filter(|node| node.kind() == kind)
            .count()
    }

    /// Adds what was built apart. Databases and schemas that have one name become one.
    pub fn absorb(&mut self, portion: Snapshot) {
        if self.snapshot.is_empty() {
            self.snapshot = portion;
        } else {
            self.portions.push(portion);
        }
    }

    /// Ends the snapshot.
    pub fn finish(self) -> Snapshot {
        let parts = std::iter::once(self.snapshot).chain(self.portions);
        let mut parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            return parts.pop().unwrap_or_default();
        }
        Self::together(&parts)
    }

    fn together(parts: &[Snapshot]) -> Snapshot {
        let mut out = Self::default();
        for part in parts {
            out.snapshot.warnings.extend_from_slice(&part.warnings);
        }
        let roots = parts.iter().flat_map(Snapshot::roots).collect();
        out.add_all(None, roots);
        out.snapshot
    }

    /// Adds siblings with all below them, those of one name as one where they are
    /// databases or schemas.
    fn add_all(&mut self, parent: Option<NodeId>, siblings: Vec<Walker<'_>>) {
        let mut alike: Vec<Vec<Walker<'_>>> = Vec::with_capacity(siblings.len());
        let mut places = HashMap::new();
        for node in siblings {
            let key = (node.kind(), node.name());
            if !matches!(
                node.kind(),
                ObjectKind::Server | ObjectKind::Database | ObjectKind::Schema
            ) {
                alike.push(vec![node]);
                continue;
            }
            let place = *places.entry(key).or_insert(alike.len());
            match alike.get_mut(place) {
                Some(same) => same.push(node),
                None => alike.push(vec![node]),
            }
        }
        for same in alike {
            let Some(first) = same.first() else { continue };
            let object = first.object().clone();
            let id = self.push(parent, object, |detail| detail);
            let below = same.iter().flat_map(|node| node.children()).collect();
            self.add_all(Some(id), below);
            self.close(id);
        }
    }

    fn push<D>(
        &mut self,
        parent: Option<NodeId>,
        object: Object<D>,
        detail: impl FnOnce(D) -> Detail,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.snapshot.nodes.len()).unwrap_or(u32::MAX));
        let Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail: facts,
        } = object;
        let object = Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail: detail(facts),
        };
        self.snapshot.nodes.push(Node {
            object,
            parent,
            end: id.0 + 1,
        });
        id
    }

    fn close(&mut self, id: NodeId) {
        let end = u32::try_from(self.snapshot.nodes.len()).unwrap_or(u32::MAX);
        if let Some(node) = self.snapshot.nodes.get_mut(id.0 as usize) {
            node.end = end;
        }
    }
}

/// A server that is being built.
#[derive(Debug)]
pub struct ServerBuilder<'a> {
    builder: &'a mut SnapshotBuilder,
    id: NodeId,
}

impl Drop for ServerBuilder<'_> {
    fn drop(&mut self) {
        self.builder.close(self.id);
    }
}

/// A database that is being built.
#[derive(Debug)]
pub struct DatabaseBuilder<'a> {
    builder: &'a mut SnapshotBuilder,
    id: NodeId,
}

impl DatabaseBuilder<'_> {
    /// Begins a schema of this database.
    pub fn schema(&mut self, object: Object<SchemaDetail>) -> SchemaBuilder<'_> {
        let id = self.builder.push(Some(self.id), object, Detail::Schema);
        SchemaBuilder {
            builder: self.builder,
            id,
        }
    }
}

impl Drop for DatabaseBuilder<'_> {
    fn drop(&mut self) {
        self.builder.close(self.id);
    }
}

/// A schema that is being built.
#[derive(Debug)]
pub struct SchemaBuilder<'a> {
    builder: &'a mut SnapshotBuilder,
    id: NodeId,
}

impl Drop for SchemaBuilder<'_> {
    fn drop(&mut self) {
        self.builder.close(self.id);
    }
}

macro_rules! holds_relations {
    ($builder:ident) => {
        impl $builder<'_> {
            /// Begins a table.
            pub fn table(&mut self, object: Object<RelationDetail>) -> RelationBuilder<'_> {
                self.relation(object, Detail::Table)
            }

            /// Begins a view.
            pub fn view(&mut self, object: Object<RelationDetail>) -> RelationBuilder<'_> {
                self.relation(object, Detail::View)
            }

            /// Begins a materialised view.
            pub fn materialized_view(
                &mut self,
                object: Object<RelationDetail>,
            ) -> RelationBuilder<'_> {
                self.relation(object, Detail::MaterializedView)
            }

            /// Begins a foreign table.
            pub fn foreign_table(&mut self, object: Object<RelationDetail>) -> RelationBuilder<'_> {
                self.relation(object, Detail::ForeignTable)
            }

            /// Begins a collection.
            pub fn collection(&mut self, object: Object<RelationDetail>) -> RelationBuilder<'_> {
                self.relation(object, Detail::Collection)
            }

            fn relation(
                &mut self,
                object: Object<RelationDetail>,
                detail: fn(RelationDetail) -> Detail,
            ) -> RelationBuilder<'_> {
                let id = self.builder.push(Some(self.id), object, detail);
                RelationBuilder {
                    builder: self.builder,
                    id,
                }
            }
        }
    };
}

holds_relations!(DatabaseBuilder);
holds_relations!(SchemaBuilder);

macro_rules! holds_others {
    ($($builder:ident)*) => {
        $(impl $builder<'_> {
            /// Adds an object of one of the rarer kinds.
            pub fn object(&mut self, object: Object<OtherDetail>) {
                self.builder.push(Some(self.id), object, Detail::Other);
            }
        })*
    };
}

holds_others!(ServerBuilder DatabaseBuilder SchemaBuilder RelationBuilder);

/// A table or view that is being built.
#[derive(Debug)]
pub struct RelationBuilder<'a> {
    builder: &'a mut SnapshotBuilder,
    id: NodeId,
}

macro_rules! relation_children {
    ($($(#[doc = $doc:literal])* $method:ident($facts:ty) => $detail:ident;)*) => {
        impl RelationBuilder<'_> {
            $($(#[doc = $doc])*
            pub fn $method(&mut self, object: Object<$facts>) {
                self.builder.push(Some(self.id), object, Detail::$detail);
            })*
        }
    };
}

relation_children! {
    /// Adds a column.
    column(ColumnDetail) => Column;
    /// Adds the primary key.
    primary_key(KeyDetail) => PrimaryKey;
    /// Adds a unique constraint.
    unique(KeyDetail) => Unique;
    /// Adds a check constraint.
    check(CheckDetail) => Check;
    /// Adds an exclusion constraint.
    exclusion(ExclusionDetail) => Exclusion;
    /// Adds a foreign key.
    foreign_key(ForeignKeyDetail) => ForeignKey;
    /// Adds an index.
    index(IndexDetail) => Index;
    /// Adds a trigger.
    trigger(TriggerDetail) => Trigger;
    /// Adds a field of documents.
    field(FieldDetail) => Field;
}

impl Drop for RelationBuilder<'_> {
    fn drop(&mut self) {
        self.builder.close(self.id);
    }
}
