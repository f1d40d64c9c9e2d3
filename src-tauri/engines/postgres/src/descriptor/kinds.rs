//! The kinds of objects that PostgreSQL has, and the facts that only it knows.

mod routines;
mod search;
mod server;
mod whole;

use model::ObjectKind;
use model::engine::{AttributeDescriptor, KindDescriptor, Tab, TreeGroup};
use model::snapshot::Attribute;

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

const RULES: TreeGroup = folder("Rules", &[ObjectKind::Rule]);
const POLICIES: TreeGroup = folder("Policies", &[ObjectKind::Policy]);

/// The kinds, parents first.
pub(super) const KINDS: &[KindDescriptor] = &[
    KindDescriptor {
        kind: ObjectKind::Server,
        label: "Server",
        plural: "Servers",
        parents: &[],
        children: &[
            folder("Roles", &[ObjectKind::Role]),
            folder("Tablespaces", &[ObjectKind::Tablespace]),
        ],
        tabs: &[Tab::Contents, Tab::Details],
        attributes: &[
            attribute("product", "Product", ""),
            attribute("version", "Version", ""),
        ],
    },
    server::ROLE,
    server::TABLESPACE,
    KindDescriptor {
        kind: ObjectKind::Database,
        label: "Database",
        plural: "Databases",
        parents: &[],
        children: &[
            TreeGroup {
                folder: None,
                kinds: &[ObjectKind::Schema],
            },
            folder("Extensions", &[ObjectKind::Extension]),
            folder("Event triggers", &[ObjectKind::EventTrigger]),
            folder("Foreign data wrappers", &[ObjectKind::ForeignDataWrapper]),
            folder("Foreign servers", &[ObjectKind::ForeignServer]),
            folder("User mappings", &[ObjectKind::UserMapping]),
            folder("Publications", &[ObjectKind::Publication]),
            folder("Subscriptions", &[ObjectKind::Subscription]),
            folder("Casts", &[ObjectKind::Cast]),
            folder("Languages", &[ObjectKind::Language]),
            folder("Access methods", &[ObjectKind::AccessMethod]),
            folder("Default privileges", &[ObjectKind::DefaultPrivilege]),
        ],
        tabs: &[Tab::Contents, Tab::Definition, Tab::Details],
        attributes: &[
            TABLESPACE,
            attribute(
                "connection_limit",
                "Connection limit",
                "How many sessions it takes at once.",
            ),
            PRIVILEGES,
        ],
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
            folder("Sequences", &[ObjectKind::Sequence]),
            folder("Functions", &[ObjectKind::Function]),
            folder("Procedures", &[ObjectKind::Procedure]),
            folder("Aggregates", &[ObjectKind::Aggregate]),
            folder(
                "Types",
                &[
                    ObjectKind::EnumType,
                    ObjectKind::CompositeType,
                    ObjectKind::RangeType,
                    ObjectKind::BaseType,
                ],
            ),
            folder("Domains", &[ObjectKind::Domain]),
            folder("Collations", &[ObjectKind::Collation]),
            folder("Operators", &[ObjectKind::Operator]),
            folder("Operator classes", &[ObjectKind::OperatorClass]),
            folder("Operator families", &[ObjectKind::OperatorFamily]),
            folder(
                "Text search configurations",
                &[ObjectKind::TextSearchConfiguration],
            ),
            folder(
                "Text search dictionaries",
                &[ObjectKind::TextSearchDictionary],
            ),
            folder("Conversions", &[ObjectKind::Conversion]),
            folder("Statistics", &[ObjectKind::StatisticsObject]),
        ],
        tabs: &[Tab::Contents, Tab::Definition, Tab::Details],
        attributes: &[PRIVILEGES],
    },
    routines::SEQUENCE,
    routines::FUNCTION,
    routines::PROCEDURE,
    routines::AGGREGATE,
    routines::ENUM_TYPE,
    routines::DOMAIN,
    routines::COMPOSITE_TYPE,
    routines::RANGE_TYPE,
    routines::BASE_TYPE,
    search::COLLATION,
    search::OPERATOR,
    search::OPERATOR_CLASS,
    search::OPERATOR_FAMILY,
    search::TEXT_SEARCH_CONFIGURATION,
    search::TEXT_SEARCH_DICTIONARY,
    search::CONVERSION,
    search::STATISTICS_OBJECT,
    whole::EXTENSION,
    whole::EVENT_TRIGGER,
    whole::FOREIGN_DATA_WRAPPER,
    whole::FOREIGN_SERVER,
    whole::USER_MAPPING,
    whole::PUBLICATION,
    whole::SUBSCRIPTION,
    whole::CAST,
    whole::LANGUAGE,
    whole::ACCESS_METHOD,
    whole::DEFAULT_PRIVILEGE,
    KindDescriptor {
        kind: ObjectKind::Table,
        label: "Table",
        plural: "Tables",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, KEYS, INDEXES, TRIGGERS, RULES, POLICIES],
        tabs: &[
            Tab::Columns,
            Tab::Constraints,
            Tab::Indexes,
            Tab::Relationships,
            Tab::Triggers,
            Tab::Rules,
            Tab::Policies,
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
            TOAST_OPTIONS,
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
            EXTENSION,
            PRIVILEGES,
            DEPENDS_ON,
        ],
    },
    KindDescriptor {
        kind: ObjectKind::View,
        label: "View",
        plural: "Views",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, TRIGGERS, RULES],
        tabs: &[
            Tab::Columns,
            Tab::Relationships,
            Tab::Triggers,
            Tab::Rules,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[OPTIONS, EXTENSION, PRIVILEGES, DEPENDS_ON],
    },
    KindDescriptor {
        kind: ObjectKind::MaterializedView,
        label: "Materialised view",
        plural: "Materialised views",
        parents: &[ObjectKind::Schema],
        children: &[COLUMNS, INDEXES],
        tabs: &[
            Tab::Columns,
            Tab::Indexes,
            Tab::Relationships,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[
            attribute(
                "not_populated",
                "Not populated",
                "It holds no rows until it is refreshed.",
            ),
            ACCESS_METHOD,
            TABLESPACE,
            OPTIONS,
            TOAST_OPTIONS,
            PRIVILEGES,
            DEPENDS_ON,
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
            Tab::Relationships,
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
            FOREIGN_OPTIONS,
            PRIVILEGES,
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
            attribute(
                "compression",
                "Compression",
                "How long values are compressed, where it is said.",
            ),
            attribute(
                "statistics_target",
                "Statistics target",
                "How much is counted, where not the usual.",
            ),
            attribute(
                "options",
                "Options",
                "What the planner is told of its values.",
            ),
            FOREIGN_OPTIONS,
            attribute(
                "identity",
                "Identity",
                "How it counts, where not by one from one.",
            ),
            attribute(
                "not_null_constraint",
                "Not null constraint",
                "Its name and terms, where not the usual.",
            ),
            INHERITED,
            PRIVILEGES,
            DEPENDS_ON,
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
            DEPENDS_ON,
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
            DEPENDS_ON,
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
            INHERITED,
            DEPENDS_ON,
        ],
    ),
    whole::RULE,
    whole::POLICY,
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
const TOAST_OPTIONS: AttributeDescriptor = attribute(
    "toast_options",
    "Options of long values",
    "Storage parameters of the place where its long values are.",
);
const FOREIGN_OPTIONS: AttributeDescriptor = attribute(
    "foreign_options",
    "Foreign options",
    "What may be a secret is not read.",
);
const EXTENSION: AttributeDescriptor =
    attribute("extension", "Extension", "The extension that brings it.");
const PRIVILEGES: AttributeDescriptor = attribute(
    Attribute::PRIVILEGES,
    "Privileges",
    "Who may do what, where not as for all such objects.",
);
const DEPENDS_ON: AttributeDescriptor =
    attribute(Attribute::DEPENDS_ON, "Depends on", "What it needs.");
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

/// One of the rarer kinds, which has nothing below it.
const fn other(
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
        tabs: &[Tab::Definition, Tab::Relationships, Tab::Details],
        attributes,
    }
}
