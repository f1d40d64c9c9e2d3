//! The kinds of objects that MySQL and MariaDB have, and the facts that only they know.

mod facts;

use model::ObjectKind;
use model::engine::{AttributeDescriptor, KindDescriptor, Tab, TreeGroup};

const CONSTRAINTS: &[ObjectKind] = &[
    ObjectKind::PrimaryKey,
    ObjectKind::Unique,
    ObjectKind::ForeignKey,
    ObjectKind::Check,
];
const FUNCTIONS: &[ObjectKind] = &[ObjectKind::Function, ObjectKind::Aggregate];
const TABLE: &[ObjectKind] = &[ObjectKind::Table];
const DATABASE: &[ObjectKind] = &[ObjectKind::Database];

const COLUMNS: TreeGroup = folder("Columns", &[ObjectKind::Column]);

/// The kinds, parents first.
pub(super) const KINDS: &[KindDescriptor] = &[
    KindDescriptor {
        kind: ObjectKind::Server,
        label: "Server",
        plural: "Servers",
        parents: &[],
        children: &[
            folder("Users and roles", &[ObjectKind::Role]),
            folder("Foreign servers", &[ObjectKind::ForeignServer]),
        ],
        tabs: &[Tab::Contents, Tab::Details],
        attributes: &[],
    },
    KindDescriptor {
        kind: ObjectKind::Role,
        label: "User or role",
        plural: "Users and roles",
        parents: &[ObjectKind::Server],
        children: &[],
        tabs: &[Tab::Details],
        attributes: facts::ROLE,
    },
    KindDescriptor {
        kind: ObjectKind::ForeignServer,
        label: "Foreign server",
        plural: "Foreign servers",
        parents: &[ObjectKind::Server],
        children: &[],
        tabs: &[Tab::Details],
        attributes: facts::FOREIGN_SERVER,
    },
    KindDescriptor {
        kind: ObjectKind::Database,
        label: "Database",
        plural: "Databases",
        parents: &[],
        children: &[
            folder("Tables", TABLE),
            folder("Views", &[ObjectKind::View]),
            folder("Sequences", &[ObjectKind::Sequence]),
            folder("Functions", FUNCTIONS),
            folder("Procedures", &[ObjectKind::Procedure]),
            folder("Events", &[ObjectKind::Event]),
        ],
        tabs: &[Tab::Contents, Tab::Definition, Tab::Details],
        attributes: facts::DATABASE,
    },
    KindDescriptor {
        kind: ObjectKind::Table,
        label: "Table",
        plural: "Tables",
        parents: DATABASE,
        children: &[
            COLUMNS,
            folder("Keys and constraints", CONSTRAINTS),
            folder("Indexes", &[ObjectKind::Index]),
            folder("Triggers", &[ObjectKind::Trigger]),
            folder("Partitions", &[ObjectKind::Partition]),
        ],
        tabs: &[
            Tab::Columns,
            Tab::Constraints,
            Tab::Indexes,
            Tab::Relationships,
            Tab::Triggers,
            Tab::Partitions,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: facts::TABLE,
    },
    KindDescriptor {
        kind: ObjectKind::View,
        label: "View",
        plural: "Views",
        parents: DATABASE,
        children: &[COLUMNS],
        tabs: &[
            Tab::Columns,
            Tab::Relationships,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: facts::VIEW,
    },
    KindDescriptor {
        kind: ObjectKind::Column,
        label: "Column",
        plural: "Columns",
        parents: &[ObjectKind::Table, ObjectKind::View],
        children: &[],
        tabs: &[Tab::Details],
        attributes: facts::COLUMN,
    },
    part(ObjectKind::PrimaryKey, "Primary key", "Primary keys", &[]),
    part(
        ObjectKind::Unique,
        "Unique constraint",
        "Unique constraints",
        &[],
    ),
    part(ObjectKind::ForeignKey, "Foreign key", "Foreign keys", &[]),
    part(ObjectKind::Check, "Check", "Checks", facts::CHECK),
    part(ObjectKind::Index, "Index", "Indexes", facts::INDEX),
    part(ObjectKind::Trigger, "Trigger", "Triggers", facts::TRIGGER),
    KindDescriptor {
        kind: ObjectKind::Partition,
        label: "Partition",
        plural: "Partitions",
        parents: TABLE,
        children: &[],
        tabs: &[Tab::Details],
        attributes: facts::PARTITION,
    },
    in_database(
        ObjectKind::Sequence,
        "Sequence",
        "Sequences",
        facts::SEQUENCE,
    ),
    in_database(
        ObjectKind::Function,
        "Function",
        "Functions",
        facts::FUNCTION,
    ),
    in_database(
        ObjectKind::Aggregate,
        "Aggregate",
        "Aggregates",
        facts::AGGREGATE,
    ),
    in_database(
        ObjectKind::Procedure,
        "Procedure",
        "Procedures",
        facts::PROCEDURE,
    ),
    in_database(ObjectKind::Event, "Event", "Events", facts::EVENT),
];

const fn folder(name: &'static str, kinds: &'static [ObjectKind]) -> TreeGroup {
    TreeGroup {
        folder: Some(name),
        kinds,
    }
}

/// A part of a table, which has nothing below it.
const fn part(
    kind: ObjectKind,
    label: &'static str,
    plural: &'static str,
    attributes: &'static [AttributeDescriptor],
) -> KindDescriptor {
    KindDescriptor {
        kind,
        label,
        plural,
        parents: TABLE,
        children: &[],
        tabs: &[Tab::Definition, Tab::Details],
        attributes,
    }
}

/// Something beside the tables, which has nothing below it.
const fn in_database(
    kind: ObjectKind,
    label: &'static str,
    plural: &'static str,
    attributes: &'static [AttributeDescriptor],
) -> KindDescriptor {
    KindDescriptor {
        kind,
        label,
        plural,
        parents: DATABASE,
        children: &[],
        tabs: &[Tab::Definition, Tab::Details],
        attributes,
    }
}
