//! The kinds of objects that PostgreSQL has, and the facts that only it knows.

use model::ObjectKind;
use model::engine::{AttributeDescriptor, KindDescriptor, Tab, TreeGroup};

const RELATIONS: &[ObjectKind] = &[
    ObjectKind::Table,
    ObjectKind::View,
    ObjectKind::MaterializedView,
    ObjectKind::ForeignTable,
];

const CONSTRAINTS: &[ObjectKind] = &[
    ObjectKind::PrimaryKey,
    ObjectKind::Unique,
    ObjectKind::ForeignKey,
    ObjectKind::Check,
    ObjectKind::Exclusion,
];

const COLUMNS: TreeGroup = folder("Columns", &[ObjectKind::Column]);
const KEYS: TreeGroup = folder("Keys and constraints", CONSTRAINTS);
const INDEXES: TreeGroup = folder("Indexes", &[ObjectKind::Index]);
const TRIGGERS: TreeGroup = folder("Triggers", &[ObjectKind::Trigger]);

/// The kinds, parents first.
pub(super) const KINDS: &[KindDescriptor] = &[
    KindDescriptor {
        kind: ObjectKind::Database,
        label: "Database",
        plural: "Databases",
        parents: &[],
        children: &[TreeGroup {
            folder: None,
            kinds: &[ObjectKind::Schema],
        }],
        tabs: &[Tab::Contents, Tab::Details],
        attributes: &[TABLESPACE],
    },
    KindDescriptor {
        kind: ObjectKind::Schema,
        label: "Schema",
        plural: "Schemas",
        parents: &[ObjectKind::Database],
        children: &[
            folder("Tables", &[ObjectKind::Table]),
            folder("Views", &[ObjectKind::View]),
            folder("Materialised views", &[ObjectKind::MaterializedView]),
            folder("Foreign tables", &[ObjectKind::ForeignTable]),
        ],
        tabs: &[Tab::Contents, Tab::Details],
        attributes: &[],
    },
    KindDescriptor {
        kind: ObjectKind::Table,
        label: "Table",
        plural: "Tables",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, KEYS, INDEXES, TRIGGERS],
        tabs: &[
            Tab::Columns,
            Tab::Constraints,
            Tab::Indexes,
            Tab::Triggers,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[
            attribute(
                "persistence",
                "Persistence",
                "Unlogged tables are emptied by a crash, temporary ones by the end of a session.",
            ),
            attribute(
                "inherits",
                "Inherits",
                "The tables whose columns it has too.",
            ),
            attribute(
                "of_type",
                "Of type",
                "The composite type that gives it its columns.",
            ),
            ACCESS_METHOD,
            TABLESPACE,
            OPTIONS,
            attribute(
                "row_security",
                "Row security",
                "Policies decide which rows a user sees.",
            ),
            attribute(
                "forced_row_security",
                "Forced row security",
                "Policies bind the owner too.",
            ),
            attribute(
                "replica_identity",
                "Replica identity",
                "How logical replication tells rows apart, where not by the primary key.",
            ),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::View,
        label: "View",
        plural: "Views",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, TRIGGERS],
        tabs: &[Tab::Columns, Tab::Triggers, Tab::Definition, Tab::Details],
        attributes: &[OPTIONS],
    },
    KindDescriptor {
        kind: ObjectKind::MaterializedView,
        label: "Materialised view",
        plural: "Materialised views",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, INDEXES],
        tabs: &[Tab::Columns, Tab::Indexes, Tab::Definition, Tab::Details],
        attributes: &[
            attribute(
                "not_populated",
                "Not populated",
                "It holds no rows until it is refreshed.",
            ),
            ACCESS_METHOD,
            TABLESPACE,
            OPTIONS,
        ],
    },
    KindDescriptor {
        kind: ObjectKind::ForeignTable,
        label: "Foreign table",
        plural: "Foreign tables",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, KEYS, TRIGGERS],
        tabs: &[
            Tab::Columns,
            Tab::Constraints,
            Tab::Triggers,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[
            attribute(
                "inherits",
                "Inherits",
                "The tables whose columns it has too.",
            ),
            attribute("server", "Server", "The foreign server that has the rows."),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Column,
        label: "Column",
        plural: "Columns",
        parents: RELATIONS,
        children: &[],
        tabs: &[Tab::Details],
        attributes: &[
            attribute(
                "storage",
                "Storage",
                "How long values are stored, where not as the type has it.",
            ),
            INHERITED,
        ],
    },
    part(
        ObjectKind::PrimaryKey,
        "Primary key",
        "Primary keys",
        &[ObjectKind::Table],
        &[INHERITED, PERIOD],
    ),
    part(
        ObjectKind::Unique,
        "Unique constraint",
        "Unique constraints",
        &[ObjectKind::Table],
        &[INHERITED, PERIOD],
    ),
    part(
        ObjectKind::ForeignKey,
        "Foreign key",
        "Foreign keys",
        &[ObjectKind::Table],
        &[
            INHERITED,
            attribute(
                "set_columns",
                "Columns set",
                "The only columns that a delete sets.",
            ),
            PERIOD,
            NOT_ENFORCED,
        ],
    ),
    part(
        ObjectKind::Check,
        "Check",
        "Checks",
        &[ObjectKind::Table, ObjectKind::ForeignTable],
        &[
            INHERITED,
            attribute(
                "no_inherit",
                "Not inherited",
                "Tables that inherit are not bound by it.",
            ),
            NOT_ENFORCED,
        ],
    ),
    part(
        ObjectKind::Exclusion,
        "Exclusion constraint",
        "Exclusion constraints",
        &[ObjectKind::Table],
        &[INHERITED],
    ),
    part(
        ObjectKind::Index,
        "Index",
        "Indexes",
        &[ObjectKind::Table, ObjectKind::MaterializedView],
        &[
            attribute(
                "operator_classes",
                "Operator classes",
                "What decides the order, where not as the type has it.",
            ),
            attribute(
                "nulls_not_distinct",
                "Nulls not distinct",
                "Two nulls count as equal.",
            ),
            TABLESPACE,
            OPTIONS,
            attribute("clustered", "Clustered", "CLUSTER orders the table by it."),
            attribute(
                "replica_identity",
                "Replica identity",
                "Logical replication tells rows apart by it.",
            ),
        ],
    ),
    part(
        ObjectKind::Trigger,
        "Trigger",
        "Triggers",
        &[
            ObjectKind::Table,
            ObjectKind::View,
            ObjectKind::ForeignTable,
        ],
        &[
            attribute("function", "Function", "What it calls."),
            attribute(
                "constraint",
                "Constraint trigger",
                "It is checked as constraints are.",
            ),
            attribute(
                "deferrable",
                "Deferrable",
                "It may wait for the end of a transaction.",
            ),
            attribute(
                "fires",
                "Fires",
                "In which sessions, where not in all usual ones.",
            ),
        ],
    ),
];

const ACCESS_METHOD: AttributeDescriptor = attribute(
    "access_method",
    "Access method",
    "How its rows are stored, where not as a heap.",
);
const TABLESPACE: AttributeDescriptor = attribute(
    "tablespace",
    "Tablespace",
    "Where its files lie, where not at the default place.",
);
const OPTIONS: AttributeDescriptor =
    attribute("options", "Options", "Its storage parameters, as given.");
const INHERITED: AttributeDescriptor =
    attribute("inherited", "Inherited", "It comes from a parent alone.");
const PERIOD: AttributeDescriptor = attribute(
    "period",
    "Period",
    "It is about periods that do not overlap.",
);
const NOT_ENFORCED: AttributeDescriptor = attribute(
    "not_enforced",
    "Not enforced",
    "The server does not check it.",
);

const fn attribute(
    key: &'static str,
    label: &'static str,
    help: &'static str,
) -> AttributeDescriptor {
    AttributeDescriptor { key, label, help }
}

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
    parents: &'static [ObjectKind],
    attributes: &'static [AttributeDescriptor],
) -> KindDescriptor {
    KindDescriptor {
        kind,
        label,
        plural,
        parents,
        children: &[],
        tabs: &[Tab::Definition, Tab::Details],
        attributes,
    }
}
