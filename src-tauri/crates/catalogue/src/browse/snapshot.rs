//! A whole schema, built again from the open rows.

use std::collections::HashMap;

use model::snapshot::{Detail, Object, RelationBuilder, SnapshotBuilder};
use model::{ConnectionId, ObjectId, ObjectKind, Snapshot};

use super::Objects;
use super::order::Rank;
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Open, Table};
use crate::table::sample;
use crate::table::statistics::{self, Kept};

impl<M> Objects<'_, M> {
    /// The schema of a connection with what belongs to its server, or of one of its
    /// databases, as the catalogue holds it: siblings in the order of [`Objects::children`], tables after
    /// schemas, rarer kinds after tables, and below a table columns, constraints,
    /// indexes and the rest.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn snapshot(
        &self,
        connection: ConnectionId,
        database: Option<&str>,
    ) -> Result<Snapshot, CatalogueError> {
        self.access.require_connection(connection)?;
        let statistics = statistics::load(self.access, connection)?;
        let reader = Reader {
            access: self.access,
            statistics,
        };
        let mut builder = SnapshotBuilder::default();
        for open in reader.open(Table::Database, connection.0)? {
            let named =
                |name: &str| open.kind() == ObjectKind::Database && *open.object.name == *name;
            if database.is_none_or(named) {
                reader.root(&mut builder, open)?;
            }
        }
        Ok(builder.finish())
    }
}

/// Adds the objects of the rarer kinds below an object; the builders share no type.
macro_rules! others {
    ($reader:expr, $builder:expr, $parent:expr) => {
        for open in $reader.open(Table::Other, $parent)? {
            let (base, detail) = split(open.object);
            let Detail::Other(facts) = detail else {
                return Err(misplaced());
            };
            $builder.object(base.with(facts));
        }
    };
}

/// Begins a table or view below a database or schema; the two builders share no type.
macro_rules! relation {
    ($builder:expr, $object:expr) => {{
        let (base, detail) = split($object);
        match detail {
            Detail::Table(facts) => $builder.table(base.with(facts)),
            Detail::View(facts) => $builder.view(base.with(facts)),
            Detail::MaterializedView(facts) => $builder.materialized_view(base.with(facts)),
            Detail::ForeignTable(facts) => $builder.foreign_table(base.with(facts)),
            Detail::Collection(facts) => $builder.collection(base.with(facts)),
            _ => return Err(misplaced()),
        }
    }};
}

struct Reader<'c> {
    access: Access<'c>,
    statistics: HashMap<ObjectId, Kept>,
}

impl Reader<'_> {
    fn root(&self, builder: &mut SnapshotBuilder, open: Open) -> Result<(), CatalogueError> {
        let (base, detail) = split(open.object);
        let facts = match detail {
            Detail::Database(facts) => facts,
            Detail::Server(facts) => {
                let mut server = builder.server(base.with(facts));
                others!(self, server, open.id.0);
                return Ok(());
            }
            _ => return Err(misplaced()),
        };
        let mut database = builder.database(base.with(facts));
        for schema in self.open(Table::Schema, open.id.0)? {
            let (base, detail) = split(schema.object);
            let Detail::Schema(facts) = detail else {
                return Err(misplaced());
            };
            let mut builder = database.schema(base.with(facts));
            for relation in self.open(Table::Relation, schema.id.0)? {
                self.below(relation.id, relation!(builder, relation.object))?;
            }
            others!(self, builder, schema.id.0);
        }
        for relation in self.open(Table::Relation, open.id.0)? {
            self.below(relation.id, relation!(database, relation.object))?;
        }
        others!(self, database, open.id.0);
        Ok(())
    }

    fn below(&self, id: ObjectId, mut builder: RelationBuilder<'_>) -> Result<(), CatalogueError> {
        for table in Table::BELOW_RELATION {
            for open in self.open(*table, id.0)? {
                let (base, detail) = split(open.object);
                match detail {
                    Detail::Column(facts) => builder.column(base.with(facts)),
                    Detail::PrimaryKey(facts) => builder.primary_key(base.with(facts)),
                    Detail::Unique(facts) => builder.unique(base.with(facts)),
                    Detail::Check(facts) => builder.check(base.with(facts)),
                    Detail::Exclusion(facts) => builder.exclusion(base.with(facts)),
                    Detail::ForeignKey(facts) => builder.foreign_key(base.with(facts)),
                    Detail::Index(facts) => builder.index(base.with(facts)),
                    Detail::Trigger(facts) => builder.trigger(base.with(facts)),
                    Detail::Field(facts) => builder.field(base.with(facts)),
                    Detail::Other(facts) => builder.object(base.with(facts)),
                    Detail::Server(_)
                    | Detail::Database(_)
                    | Detail::Schema(_)
                    | Detail::Table(_)
                    | Detail::View(_)
                    | Detail::MaterializedView(_)
                    | Detail::ForeignTable(_)
                    | Detail::Collection(_) => return Err(misplaced()),
                }
            }
        }
        Ok(())
    }

    /// The open rows below an object in order, with their statistics.
    fn open(&self, table: Table, parent: u32) -> Result<Vec<Open>, CatalogueError> {
        let mut rows = object::children(self.access, table, parent)?;
        for open in &mut rows {
            let kept = self.statistics.get(&open.id);
            open.object.statistics = kept.map(|kept| kept.own).unwrap_or_default();
            if sample::may_have(open.kind()) {
                open.object.sample = sample::get(self.access, open.id)?.map(Box::new);
            }
        }
        rows.sort_by_cached_key(|open| {
            let ordinal = match &open.object.detail {
                Detail::Column(facts) => facts.ordinal,
                _ => 0,
            };
            Rank::of(open.kind(), ordinal, &open.object.name, open.id.0)
        });
        Ok(rows)
    }
}

/// Facts that every object has.
struct Base(Object<()>);

impl Base {
    fn with<D>(self, detail: D) -> Object<D> {
        let Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail: (),
        } = self.0;
        Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail,
        }
    }
}

fn split(object: Object<Detail>) -> (Base, Detail) {
    let Object {
        name,
        native_id,
        comment,
        attributes,
        statistics,
        sample,
        detail,
    } = object;
    let base = Object {
        name,
        native_id,
        comment,
        attributes,
        statistics,
        sample,
        detail: (),
    };
    (Base(base), detail)
}

fn misplaced() -> CatalogueError {
    CatalogueError::damaged("an object in the table of another kind")
}
