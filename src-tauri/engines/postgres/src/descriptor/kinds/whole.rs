//! What belongs to a database as a whole, and the rarer parts of tables.

use model::ObjectKind;
use model::engine::KindDescriptor;

use super::{DEPENDS_ON, PRIVILEGES, attribute, other};

pub(super) const EXTENSION: KindDescriptor = other(
    ObjectKind::Extension,
    "Extension",
    "Extensions",
    &[ObjectKind::Database],
    &[
        attribute("version", "Version", ""),
        attribute("schema", "Schema", "Where its objects are."),
        attribute(
            "relocatable",
            "Relocatable",
            "Its objects may move to another schema.",
        ),
        attribute(
            "members",
            "Members",
            "What it brings; it is not listed elsewhere.",
        ),
    ],
);

pub(super) const EVENT_TRIGGER: KindDescriptor = other(
    ObjectKind::EventTrigger,
    "Event trigger",
    "Event triggers",
    &[ObjectKind::Database],
    &[
        attribute("event", "Event", "When it fires."),
        attribute("tags", "Tags", "The only statements that it fires on."),
        attribute("function", "Function", "What it calls."),
        attribute(
            "fires",
            "Fires",
            "In which sessions, where not in all usual ones.",
        ),
        DEPENDS_ON,
    ],
);

pub(super) const FOREIGN_DATA_WRAPPER: KindDescriptor = other(
    ObjectKind::ForeignDataWrapper,
    "Foreign data wrapper",
    "Foreign data wrappers",
    &[ObjectKind::Database],
    &[
        attribute("handler", "Handler", ""),
        attribute("validator", "Validator", ""),
        attribute(
            "foreign_options",
            "Options",
            "What may be a secret is not read.",
        ),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const FOREIGN_SERVER: KindDescriptor = other(
    ObjectKind::ForeignServer,
    "Foreign server",
    "Foreign servers",
    &[ObjectKind::Database],
    &[
        attribute("wrapper", "Wrapper", "What reaches it."),
        attribute("type", "Type", ""),
        attribute("version", "Version", ""),
        attribute(
            "foreign_options",
            "Options",
            "What may be a secret is not read.",
        ),
        PRIVILEGES,
    ],
);

pub(super) const USER_MAPPING: KindDescriptor = other(
    ObjectKind::UserMapping,
    "User mapping",
    "User mappings",
    &[ObjectKind::Database],
    &[
        attribute("user", "User", "Who is mapped."),
        attribute("server", "Server", "The foreign server."),
        attribute(
            "foreign_options",
            "Options",
            "What may be a secret is not read.",
        ),
    ],
);

pub(super) const PUBLICATION: KindDescriptor = other(
    ObjectKind::Publication,
    "Publication",
    "Publications",
    &[ObjectKind::Database],
    &[
        attribute("all_tables", "All tables", "It publishes every table."),
        attribute("operations", "Operations", "Which changes it publishes."),
        attribute(
            "via_root",
            "Via root",
            "Changes of partitions count as changes of the whole.",
        ),
        attribute(
            "tables",
            "Tables",
            "With their columns and rows, where not all.",
        ),
        attribute("schemas", "Schemas", "Of which it publishes every table."),
        attribute(
            "generated_columns",
            "Generated columns",
            "Which of them it publishes.",
        ),
    ],
);

pub(super) const SUBSCRIPTION: KindDescriptor = other(
    ObjectKind::Subscription,
    "Subscription",
    "Subscriptions",
    &[ObjectKind::Database],
    &[
        attribute("publications", "Publications", "What it takes in."),
        attribute("disabled", "Disabled", "It takes in nothing now."),
        attribute("slot", "Slot", "The replication slot at the publisher."),
        attribute("synchronous_commit", "Synchronous commit", ""),
    ],
);

pub(super) const CAST: KindDescriptor = other(
    ObjectKind::Cast,
    "Cast",
    "Casts",
    &[ObjectKind::Database],
    &[
        attribute("source", "Source", ""),
        attribute("target", "Target", ""),
        attribute("method", "Method", "How it converts."),
        attribute("function", "Function", "What converts."),
        attribute(
            "context",
            "Context",
            "Where it works without being asked for.",
        ),
        DEPENDS_ON,
    ],
);

pub(super) const LANGUAGE: KindDescriptor = other(
    ObjectKind::Language,
    "Language",
    "Languages",
    &[ObjectKind::Database],
    &[
        attribute("trusted", "Trusted", "All users may write in it."),
        attribute("handler", "Handler", ""),
        attribute("inline_handler", "Inline handler", ""),
        attribute("validator", "Validator", ""),
        PRIVILEGES,
    ],
);

pub(super) const ACCESS_METHOD: KindDescriptor = other(
    ObjectKind::AccessMethod,
    "Access method",
    "Access methods",
    &[ObjectKind::Database],
    &[
        attribute("stores", "Stores", "Tables or indexes."),
        attribute("handler", "Handler", ""),
    ],
);

pub(super) const DEFAULT_PRIVILEGE: KindDescriptor = other(
    ObjectKind::DefaultPrivilege,
    "Default privilege",
    "Default privileges",
    &[ObjectKind::Database],
    &[
        attribute("objects", "Objects", "What it is about."),
        attribute("schema", "Schema", "The only schema where it holds."),
        PRIVILEGES,
    ],
);

pub(super) const RULE: KindDescriptor = other(
    ObjectKind::Rule,
    "Rule",
    "Rules",
    &[ObjectKind::Table, ObjectKind::View],
    &[
        attribute("event", "Event", "The statements that it rewrites."),
        attribute("instead", "Instead", "What it does replaces the statement."),
        attribute(
            "fires",
            "Fires",
            "In which sessions, where not in all usual ones.",
        ),
        DEPENDS_ON,
    ],
);

pub(super) const POLICY: KindDescriptor = other(
    ObjectKind::Policy,
    "Policy",
    "Policies",
    &[ObjectKind::Table],
    &[
        attribute("command", "Command", "The statements that it bears on."),
        attribute(
            "restrictive",
            "Restrictive",
            "Rows must pass it beside others.",
        ),
        attribute("roles", "Roles", "Whom it binds."),
        attribute("using", "Using", "Which rows are seen."),
        attribute("with_check", "With check", "Which rows may be written."),
        DEPENDS_ON,
    ],
);
