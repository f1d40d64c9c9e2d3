//! A schema that changes: what the properties draw at random.

mod reading;

use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath};
use proptest::prelude::*;

/// Names that meet often, and some that mean ill.
const NAMES: &[&str] = &[
    "a",
    "b",
    "A",
    "orders",
    "t2",
    "t10",
    "",
    "x.y",
    "'; DROP TABLE relation; --",
    "ö\n\u{202e}<b>\0💥",
];

pub(crate) fn name() -> impl Strategy<Value = String> {
    proptest::sample::select(NAMES).prop_map(str::to_owned)
}

/// A database with its schemas; each thing has a number of its own for life.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) native: bool,
    pub(crate) schemas: Vec<Schema>,
    next: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) tables: Vec<Table>,
    /// Whether the role can see what it holds.
    pub(crate) seen: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub(crate) id: u32,
    pub(crate) name: String,
    comment: Option<String>,
    columns: Vec<Column>,
    index: bool,
    trigger: bool,
    rows: u32,
    /// Whether the role can see its columns.
    pub(crate) seen: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Column {
    id: u32,
    name: String,
    type_text: &'static str,
}

/// One thing that happens to a schema; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    AddTable(u8, String),
    DropTable(u8, u8),
    RecreateTable(u8, u8),
    RenameTable(u8, u8, String),
    CommentTable(u8, u8, String),
    AddColumn(u8, u8, String),
    DropColumn(u8, u8, u8),
    RenameColumn(u8, u8, u8, String),
    RetypeColumn(u8, u8, u8),
    ToggleIndex(u8, u8),
    ToggleTrigger(u8, u8),
    Insert(u8, u8, u32),
    ToggleSchemaSeen(u8),
    ToggleTableSeen(u8, u8),
    Nothing,
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    let at = any::<u8>;
    prop_oneof![
        3 => (at(), name()).prop_map(|(s, n)| Event::AddTable(s, n)),
        1 => (at(), at()).prop_map(|(s, t)| Event::DropTable(s, t)),
        1 => (at(), at()).prop_map(|(s, t)| Event::RecreateTable(s, t)),
        2 => (at(), at(), name()).prop_map(|(s, t, n)| Event::RenameTable(s, t, n)),
        1 => (at(), at(), name()).prop_map(|(s, t, n)| Event::CommentTable(s, t, n)),
        2 => (at(), at(), name()).prop_map(|(s, t, n)| Event::AddColumn(s, t, n)),
        1 => (at(), at(), at()).prop_map(|(s, t, c)| Event::DropColumn(s, t, c)),
        2 => (at(), at(), at(), name()).prop_map(|(s, t, c, n)| Event::RenameColumn(s, t, c, n)),
        1 => (at(), at(), at()).prop_map(|(s, t, c)| Event::RetypeColumn(s, t, c)),
        1 => (at(), at()).prop_map(|(s, t)| Event::ToggleIndex(s, t)),
        1 => (at(), at()).prop_map(|(s, t)| Event::ToggleTrigger(s, t)),
        1 => (at(), at(), any::<u32>()).prop_map(|(s, t, n)| Event::Insert(s, t, n)),
        1 => Just(Event::Nothing),
    ]
}

/// Events among which the role also loses and regains sight of things.
pub(crate) fn event_or_blindness() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => event(),
        1 => any::<u8>().prop_map(Event::ToggleSchemaSeen),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(s, t)| Event::ToggleTableSeen(s, t)),
    ]
}

impl World {
    /// Two schemas without tables.
    pub(crate) fn new(native: bool) -> Self {
        let schema = |id, name: &str| Schema {
            id,
            name: name.to_owned(),
            tables: Vec::new(),
            seen: true,
        };
        Self {
            native,
            schemas: vec![schema(1, "public"), schema(2, "x.y")],
            next: 3,
        }
    }

    pub(crate) fn happen(&mut self, event: &Event) {
        match event {
            Event::AddTable(s, name) => {
                let (id, column) = (self.fresh(), self.fresh());
                let schema = self.schema(*s);
                // A server refuses two tables of one name in one schema.
                if schema.tables.iter().all(|table| table.name != *name) {
                    schema.tables.push(Table {
                        id,
                        name: name.clone(),
                        comment: None,
                        columns: vec![Column {
                            id: column,
                            name: "id".to_owned(),
                            type_text: "int",
                        }],
                        index: false,
                        trigger: false,
                        rows: 0,
                        seen: true,
                    });
                }
            }
            Event::DropTable(s, t) => {
                let schema = self.schema(*s);
                if !schema.tables.is_empty() {
                    let position = usize::from(*t) % schema.tables.len();
                    schema.tables.remove(position);
                }
            }
            Event::RecreateTable(s, t) => {
                let id = self.fresh();
                self.table(*s, *t, |table| table.id = id);
            }
            Event::RenameTable(s, t, name) => {
                if self
                    .schema(*s)
                    .tables
                    .iter()
                    .all(|table| table.name != *name)
                {
                    self.table(*s, *t, |table| table.name.clone_from(name));
                }
            }
            Event::CommentTable(s, t, text) => {
                self.table(*s, *t, |table| table.comment = Some(text.clone()));
            }
            Event::AddColumn(s, t, name) => {
                let id = self.fresh();
                self.table(*s, *t, |table| {
                    if table.columns.iter().all(|column| column.name != *name) {
                        table.columns.push(Column {
                            id,
                            name: name.clone(),
                            type_text: "int",
                        });
                    }
                });
            }
            Event::DropColumn(s, t, c) => self.table(*s, *t, |table| {
                if !table.columns.is_empty() {
                    let position = usize::from(*c) % table.columns.len();
                    table.columns.remove(position);
                }
            }),
            Event::RenameColumn(s, t, c, name) => self.table(*s, *t, |table| {
                if table.columns.iter().all(|column| column.name != *name) {
                    table.column(*c, |column| column.name.clone_from(name));
                }
            }),
            Event::RetypeColumn(s, t, c) => {
                self.table(*s, *t, |table| {
                    table.column(*c, |column| column.type_text = "text")
                });
            }
            Event::ToggleIndex(s, t) => self.table(*s, *t, |table| table.index = !table.index),
            Event::ToggleTrigger(s, t) => {
                self.table(*s, *t, |table| table.trigger = !table.trigger)
            }
            Event::Insert(s, t, rows) => self.table(*s, *t, |table| table.rows = *rows),
            Event::ToggleSchemaSeen(s) => {
                let schema = self.schema(*s);
                schema.seen = !schema.seen;
            }
            Event::ToggleTableSeen(s, t) => self.table(*s, *t, |table| table.seen = !table.seen),
            Event::Nothing => {}
        }
    }

    pub(crate) fn path(&self, schema: &Schema, table: Option<&Table>) -> ObjectPath {
        let path = ObjectPath::database("shop").child(ObjectKind::Schema, schema.name.as_str());
        match table {
            Some(table) => path.child(ObjectKind::Table, table.name.as_str()),
            None => path,
        }
    }

    /// Every table with its number and its path.
    pub(crate) fn tables(&self) -> Vec<(u32, ObjectPath)> {
        self.schemas
            .iter()
            .flat_map(|schema| {
                schema
                    .tables
                    .iter()
                    .map(|table| (table.id, self.path(schema, Some(table))))
            })
            .collect()
    }

    /// Every column with its number and its path.
    pub(crate) fn columns(&self) -> Vec<(u32, ObjectPath)> {
        let mut columns = Vec::new();
        for schema in &self.schemas {
            for table in &schema.tables {
                let path = self.path(schema, Some(table));
                columns.extend(table.columns.iter().map(|column| {
                    (
                        column.id,
                        path.child(ObjectKind::Column, column.name.as_str()),
                    )
                }));
            }
        }
        columns
    }

    fn schema(&mut self, position: u8) -> &mut Schema {
        let count = self.schemas.len();
        &mut self.schemas[usize::from(position) % count]
    }

    fn table(&mut self, schema: u8, position: u8, change: impl FnOnce(&mut Table)) {
        let tables = &mut self.schema(schema).tables;
        if !tables.is_empty() {
            let position = usize::from(position) % tables.len();
            change(&mut tables[position]);
        }
    }

    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

impl Table {
    fn column(&mut self, position: u8, change: impl FnOnce(&mut Column)) {
        if !self.columns.is_empty() {
            let position = usize::from(position) % self.columns.len();
            change(&mut self.columns[position]);
        }
    }
}

/// The warning of a part whose children could not be seen.
pub(crate) fn unseen(object: ObjectPath) -> Warning {
    Warning {
        object,
        reason: "The role may not look inside.".to_owned(),
        grant: None,
        unseen: true,
    }
}
