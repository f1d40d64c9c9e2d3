//! Random schemas, with names as bad as servers allow, and their snapshots.

use std::collections::BTreeMap;

use model::snapshot::{
    CheckDetail, ColumnDetail, DatabaseDetail, ForeignKeyDetail, IndexDetail, KeyDetail, Object,
    RelationBuilder, RelationDetail, RelationName, SchemaDetail, Statistics, TriggerDetail,
};
use model::{ObjectKind, Snapshot, SnapshotBuilder, Text};
use proptest::prelude::*;

/// What stands in one database; names are unique where a server has them unique.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) statistics: Statistics,
    pub(crate) relations: Relations,
    pub(crate) schemas: BTreeMap<String, Relations>,
}

type Relations = BTreeMap<(ObjectKind, String), Relation>;

/// What stands in one table or view.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    pub(crate) comment: Option<String>,
    pub(crate) parts: BTreeMap<(ObjectKind, String), String>,
}

impl Schema {
    /// One table with one column, in one schema.
    pub(crate) fn small() -> Self {
        let parts = BTreeMap::from([((ObjectKind::Column, "c".to_owned()), "text".to_owned())]);
        let table = Relation {
            comment: None,
            parts,
        };
        let tables = BTreeMap::from([((ObjectKind::Table, "t".to_owned()), table)]);
        Self {
            statistics: Statistics::default(),
            relations: Relations::new(),
            schemas: BTreeMap::from([("s".to_owned(), tables)]),
        }
    }
}

/// Names that people give, and names that nobody should.
pub(crate) fn hostile_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abc]{1,2}",
        1 => "[a\\\\n\n\r\t\".'\u{0}\u{1b}\u{7f}\u{85}\u{202e} <>🦊é]{0,5}",
    ]
}

/// Few names and few facts, so that two random schemas have much in common.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    (
        relations(),
        proptest::collection::btree_map(hostile_name(), relations(), 0..3),
    )
        .prop_map(|(relations, schemas)| Schema {
            statistics: Statistics::default(),
            relations,
            schemas,
        })
}

fn relations() -> impl Strategy<Value = Relations> {
    let kind = proptest::sample::select(vec![
        ObjectKind::Table,
        ObjectKind::View,
        ObjectKind::MaterializedView,
        ObjectKind::ForeignTable,
    ]);
    proptest::collection::btree_map((kind, hostile_name()), relation(), 0..4)
}

fn relation() -> impl Strategy<Value = Relation> {
    let kind = proptest::sample::select(vec![
        ObjectKind::Column,
        ObjectKind::PrimaryKey,
        ObjectKind::Unique,
        ObjectKind::Check,
        ObjectKind::ForeignKey,
        ObjectKind::Index,
        ObjectKind::Trigger,
    ]);
    let parts = proptest::collection::btree_map((kind, hostile_name()), "[xy]{1}", 0..5);
    (proptest::option::of(hostile_name()), parts)
        .prop_map(|(comment, parts)| Relation { comment, parts })
}

/// The snapshot of a schema.
pub(crate) fn build(schema: &Schema) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    fill(&mut builder, schema);
    builder.finish()
}

/// Puts a schema into a builder, as a database named `d`.
pub(crate) fn fill(builder: &mut SnapshotBuilder, schema: &Schema) {
    let mut database = builder.database(Object::new("d", DatabaseDetail::default()));
    let statistics = schema.statistics;
    for ((kind, name), facts) in &schema.relations {
        let object = relation_object(name, facts, statistics);
        let relation = match kind {
            ObjectKind::Table => database.table(object),
            ObjectKind::View => database.view(object),
            ObjectKind::MaterializedView => database.materialized_view(object),
            _ => database.foreign_table(object),
        };
        fill_relation(relation, facts);
    }
    for (name, relations) in &schema.schemas {
        let mut schema = database.schema(Object::new(name.as_str(), SchemaDetail::default()));
        for ((kind, name), facts) in relations {
            let object = relation_object(name, facts, statistics);
            let relation = match kind {
                ObjectKind::Table => schema.table(object),
                ObjectKind::View => schema.view(object),
                ObjectKind::MaterializedView => schema.materialized_view(object),
                _ => schema.foreign_table(object),
            };
            fill_relation(relation, facts);
        }
    }
}

fn relation_object(name: &str, facts: &Relation, statistics: Statistics) -> Object<RelationDetail> {
    Object::new(name, RelationDetail::default())
        .comment(facts.comment.as_deref().map(Text::from))
        .statistics(statistics)
}

fn fill_relation(mut relation: RelationBuilder<'_>, facts: &Relation) {
    for (ordinal, ((kind, name), fact)) in (1..).zip(&facts.parts) {
        let fact: Text = fact.as_str().into();
        let key = || KeyDetail {
            columns: vec![fact.clone()],
            ..KeyDetail::default()
        };
        let name = name.as_str();
        match kind {
            ObjectKind::Column => relation.column(Object::new(name, column(ordinal, &fact))),
            ObjectKind::PrimaryKey => relation.primary_key(Object::new(name, key())),
            ObjectKind::Unique => relation.unique(Object::new(name, key())),
            ObjectKind::Check => {
                let facts = CheckDetail {
                    expression: fact,
                    validated: true,
                };
                relation.check(Object::new(name, facts));
            }
            ObjectKind::ForeignKey => relation.foreign_key(Object::new(name, foreign_key(&fact))),
            ObjectKind::Index => {
                let facts = IndexDetail {
                    method: fact,
                    ..IndexDetail::default()
                };
                relation.index(Object::new(name, facts));
            }
            _ => relation.trigger(Object::new(name, trigger(&fact))),
        }
    }
}

fn column(ordinal: u32, type_text: &Text) -> ColumnDetail {
    ColumnDetail {
        ordinal,
        type_text: type_text.clone(),
        nullable: true,
        default: None,
        generated: None,
        collation: None,
    }
}

fn foreign_key(column: &Text) -> ForeignKeyDetail {
    ForeignKeyDetail {
        columns: vec![column.clone()],
        references: RelationName {
            schema: None,
            name: column.clone(),
        },
        referenced_columns: Vec::new(),
        on_update: Default::default(),
        on_delete: Default::default(),
        match_type: Default::default(),
        deferral: Default::default(),
        validated: true,
    }
}

fn trigger(timing: &Text) -> TriggerDetail {
    TriggerDetail {
        timing: timing.clone(),
        events: vec!["insert".into()],
        for_each_row: true,
        enabled: true,
        definition: None,
    }
}
