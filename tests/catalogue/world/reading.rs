//! What an engine would read of it.

use model::snapshot::{
    Attribute, CheckDetail, ColumnDetail, DatabaseDetail, ForeignKeyDetail, Generated, IndexDetail,
    IndexPart, KeyDetail, Object, ObjectName, RelationBuilder, RelationDetail, RelationName,
    SchemaDetail, Snapshot, SnapshotBuilder, Statistics, TriggerDetail,
};
use model::{Amount, ObjectKind};

use super::{Table, World, unseen};

impl World {
    /// What an engine reads of it: of unseen parts only that they are there.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.portion(|_| true, true)
    }

    /// What an engine reads of some tables; with their schemas, or with all.
    pub(crate) fn portion(&self, wanted: impl Fn(&Table) -> bool, all_schemas: bool) -> Snapshot {
        let mut builder = SnapshotBuilder::default();
        let mut warnings = Vec::new();
        let mut database = builder.database(self.object("shop", 0, DatabaseDetail::default()));
        for schema in &self.schemas {
            if !all_schemas && !schema.tables.iter().any(&wanted) {
                continue;
            }
            let mut inside =
                database.schema(self.object(&schema.name, schema.id, SchemaDetail::default()));
            if !schema.seen {
                warnings.push(unseen(self.path(schema, None)));
                continue;
            }
            for table in schema.tables.iter().filter(|table| wanted(table)) {
                let rows = Statistics {
                    rows: Some(Amount::from(table.rows)),
                    ..Statistics::default()
                };
                let object = self
                    .object(&table.name, table.id, RelationDetail::default())
                    .comment(table.comment.as_deref().map(Into::into))
                    .statistics(rows);
                let mut inside = inside.table(object);
                if table.seen {
                    self.read_table(table, &mut inside);
                } else {
                    warnings.push(unseen(self.path(schema, Some(table))));
                }
            }
        }
        drop(database);
        for warning in warnings {
            builder.warn(warning);
        }
        builder.finish()
    }

    fn read_table(&self, table: &Table, inside: &mut RelationBuilder<'_>) {
        for (position, column) in table.columns.iter().enumerate() {
            let facts = ColumnDetail {
                ordinal: u32::try_from(position).expect("few columns") + 1,
                type_text: column.type_text.into(),
                nullable: position > 0,
                default: (position == 1).then(|| "'0'".into()),
                generated: (position == 2).then(|| Generated::Stored {
                    expression: "id + 1".into(),
                }),
                collation: None,
            };
            let object = self.object(&column.name, column.id, facts);
            inside.column(match position {
                2 => object.attribute(Attribute::DEPENDS_ON, vec![function("next")]),
                _ => object,
            });
        }
        if let Some(first) = table.columns.first() {
            let columns = vec![first.name.as_str().into()];
            let key = KeyDetail {
                columns: columns.clone(),
                ..KeyDetail::default()
            };
            inside.primary_key(Object::new("key", key));
            let references = RelationName {
                schema: Some("public".into()),
                name: "orders".into(),
            };
            inside.foreign_key(Object::new(
                "link",
                ForeignKeyDetail {
                    columns,
                    references,
                    referenced_columns: vec!["id".into()],
                    on_update: Default::default(),
                    on_delete: model::snapshot::ReferentialAction::Cascade,
                    match_type: Default::default(),
                    deferral: Default::default(),
                    validated: true,
                },
            ));
            // SQLite knows several constraints of one name, or of none.
            for expression in ["id > 0", "id < 9"] {
                let facts = CheckDetail {
                    expression: expression.into(),
                    validated: true,
                };
                inside.check(Object::new("", facts));
            }
        }
        if table.index {
            let part = IndexPart {
                column: None,
                expression: Some("lower(a)".into()),
                included: false,
                descending: true,
                nulls_first: Some(false),
                collation: Some("C".into()),
                prefix: None,
            };
            let facts = IndexDetail {
                parts: vec![part],
                valid: true,
                ..IndexDetail::default()
            };
            let pages = Statistics {
                bytes: Some(Amount::from(table.rows)),
                ..Statistics::default()
            };
            let index = Object::new("by_a", facts).statistics(pages);
            inside.index(index.attribute(Attribute::DEPENDS_ON, vec![function("lower")]));
        }
        if table.trigger {
            inside.trigger(Object::new(
                "t",
                TriggerDetail {
                    timing: "before".into(),
                    events: vec!["insert".into(), "update of \"a\"".into()],
                    for_each_row: true,
                    enabled: true,
                    definition: Some("CREATE TRIGGER …".into()),
                },
            ));
        }
    }

    fn object<D>(&self, name: &str, id: u32, detail: D) -> Object<D> {
        let object = Object::new(name, detail)
            .attribute("flag", true)
            .attribute("number", -3_i64);
        if self.native {
            object.native_id(id.to_string())
        } else {
            object
        }
    }
}

fn function(name: &str) -> ObjectName {
    ObjectName {
        kind: ObjectKind::Function,
        schema: Some("public".into()),
        name: name.into(),
    }
}
