//! What SQLite declares about itself: its form, its tree and its facts.

use std::time::Duration;

use model::connection::field;
use model::engine::{
    AttributeDescriptor, EngineDescriptor, FieldGroup, FieldInput, FormField, KindDescriptor, Tab,
    TreeGroup, UrlParameter,
};
use model::{ObjectKind, Stage};

/// How long a locked file is waited for where nothing is said; the form says the same.
pub(crate) const DEFAULT_PATIENCE: Duration = Duration::from_secs(5);

pub(crate) static DESCRIPTOR: EngineDescriptor = EngineDescriptor {
    id: "sqlite",
    label: "SQLite",
    schemes: &["sqlite", "file", "sqlite3"],
    file_extensions: &[
        "db", "sqlite", "sqlite3", "db3", "s3db", "sl3", "gpkg", "mbtiles",
    ],
    parameters: &[
        UrlParameter {
            name: "busy_timeout",
            field: field::CONNECT_TIMEOUT,
            values: &[],
        },
        UrlParameter {
            name: "connect_timeout",
            field: field::CONNECT_TIMEOUT,
            values: &[],
        },
        UrlParameter {
            name: "timeout",
            field: field::CONNECT_TIMEOUT,
            values: &[],
        },
    ],
    form: &[
        FormField {
            key: field::FILE,
            label: "File",
            help: "The file is only read, and a missing one is never created.",
            placeholder: "/path/to/database.sqlite",
            group: FieldGroup::Main,
            input: FieldInput::File,
            required: true,
            default: "",
        },
        FormField {
            key: field::CONNECT_TIMEOUT,
            label: "Busy timeout",
            help: "Seconds to wait for a file that another program has locked.",
            placeholder: "5",
            group: FieldGroup::Limits,
            input: FieldInput::Number { min: 1, max: 600 },
            required: false,
            default: "5",
        },
    ],
    stages: &[
        Stage::Parse,
        Stage::Connect,
        Stage::ServerVersion,
        Stage::Privileges,
    ],
    kinds: KINDS,
    environment: &[],
};

static KINDS: &[KindDescriptor] = &[
    KindDescriptor {
        kind: ObjectKind::Database,
        label: "Database",
        plural: "Databases",
        parents: &[],
        children: &[
            TreeGroup {
                folder: Some("Tables"),
                kinds: &[ObjectKind::Table],
            },
            TreeGroup {
                folder: Some("Views"),
                kinds: &[ObjectKind::View],
            },
        ],
        tabs: &[Tab::Contents, Tab::Integrity, Tab::Details],
        attributes: &[
            AttributeDescriptor {
                key: "page_size",
                label: "Page size",
                help: "Bytes in one page of the file.",
            },
            AttributeDescriptor {
                key: "journal_mode",
                label: "Journal mode",
                help: "How changes are made safe: wal for a write-ahead log, else a rollback journal.",
            },
            AttributeDescriptor {
                key: "user_version",
                label: "User version",
                help: "A number that the owning program keeps in the file.",
            },
            AttributeDescriptor {
                key: "application_id",
                label: "Application id",
                help: "A number that says which program the file belongs to.",
            },
            AttributeDescriptor {
                key: "auto_vacuum",
                label: "Auto-vacuum",
                help: "Whether free pages are given back: none, full (at each change) or incremental.",
            },
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Table,
        label: "Table",
        plural: "Tables",
        parents: &[ObjectKind::Database],
        children: &[
            COLUMNS,
            TreeGroup {
                folder: Some("Keys and constraints"),
                kinds: &[
                    ObjectKind::PrimaryKey,
                    ObjectKind::Unique,
                    ObjectKind::ForeignKey,
                    ObjectKind::Check,
                ],
            },
            TreeGroup {
                folder: Some("Indexes"),
                kinds: &[ObjectKind::Index],
            },
            TRIGGERS,
        ],
        tabs: &[
            Tab::Columns,
            Tab::Constraints,
            Tab::Indexes,
            Tab::Relationships,
            Tab::Triggers,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[
            AttributeDescriptor {
                key: "strict",
                label: "Strict",
                help: "Values must be of the declared types.",
            },
            AttributeDescriptor {
                key: "without_rowid",
                label: "Without rowid",
                help: "Rows are stored in the order of the primary key.",
            },
            AttributeDescriptor {
                key: "module",
                label: "Module",
                help: "The module that answers for a virtual table.",
            },
            AttributeDescriptor {
                key: "arguments",
                label: "Arguments",
                help: "What the module of a virtual table is given.",
            },
            AttributeDescriptor {
                key: "shadow_of",
                label: "Shadow of",
                help: "The virtual table whose module keeps its data here.",
            },
            DEPENDS_ON,
        ],
    },
    KindDescriptor {
        kind: ObjectKind::View,
        label: "View",
        plural: "Views",
        parents: &[ObjectKind::Database],
        children: &[COLUMNS, TRIGGERS],
        tabs: &[
            Tab::Columns,
            Tab::Relationships,
            Tab::Triggers,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[DEPENDS_ON],
    },
    KindDescriptor {
        kind: ObjectKind::Column,
        label: "Column",
        plural: "Columns",
        parents: &[ObjectKind::Table, ObjectKind::View],
        children: &[],
        tabs: &[Tab::Details],
        attributes: &[
            AttributeDescriptor {
                key: "rowid",
                label: "Rowid",
                help: "The column stands for the row's own number.",
            },
            AttributeDescriptor {
                key: "affinity",
                label: "Affinity",
                help: "How values are kept, where the declared type does not say it.",
            },
            AttributeDescriptor {
                key: "hidden",
                label: "Hidden",
                help: "The column of a virtual table is left out of SELECT *.",
            },
            ON_CONFLICT,
        ],
    },
    constraint(
        ObjectKind::PrimaryKey,
        "Primary key",
        "Primary keys",
        &[ON_CONFLICT],
    ),
    constraint(
        ObjectKind::Unique,
        "Unique constraint",
        "Unique constraints",
        &[ON_CONFLICT],
    ),
    constraint(ObjectKind::ForeignKey, "Foreign key", "Foreign keys", &[]),
    constraint(ObjectKind::Check, "Check", "Checks", &[]),
    KindDescriptor {
        kind: ObjectKind::Index,
        label: "Index",
        plural: "Indexes",
        parents: &[ObjectKind::Table],
        children: &[],
        tabs: &[Tab::Definition, Tab::Details],
        attributes: &[],
    },
    KindDescriptor {
        kind: ObjectKind::Trigger,
        label: "Trigger",
        plural: "Triggers",
        parents: &[ObjectKind::Table, ObjectKind::View],
        children: &[],
        tabs: &[Tab::Definition, Tab::Details],
        attributes: &[
            AttributeDescriptor {
                key: "when",
                label: "When",
                help: "The condition that it fires under.",
            },
            DEPENDS_ON,
        ],
    },
];

const COLUMNS: TreeGroup = TreeGroup {
    folder: Some("Columns"),
    kinds: &[ObjectKind::Column],
};

const TRIGGERS: TreeGroup = TreeGroup {
    folder: Some("Triggers"),
    kinds: &[ObjectKind::Trigger],
};

const ON_CONFLICT: AttributeDescriptor = AttributeDescriptor {
    key: "on_conflict",
    label: "On conflict",
    help: "What happens to a row that breaks the rule, where it is not refused.",
};

const DEPENDS_ON: AttributeDescriptor = AttributeDescriptor {
    key: model::snapshot::Attribute::DEPENDS_ON,
    label: "Depends on",
    help: "The tables and views that it reads or writes.",
};

const fn constraint(
    kind: ObjectKind,
    label: &'static str,
    plural: &'static str,
    attributes: &'static [AttributeDescriptor],
) -> KindDescriptor {
    KindDescriptor {
        kind,
        label,
        plural,
        parents: &[ObjectKind::Table],
        children: &[],
        tabs: &[Tab::Details],
        attributes,
    }
}
