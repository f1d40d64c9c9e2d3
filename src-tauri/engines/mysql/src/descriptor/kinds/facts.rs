//! The facts of each kind that only MySQL and MariaDB know, in the order of lists.

use model::engine::AttributeDescriptor;

type Facts = &'static [AttributeDescriptor];

pub(super) const ROLE: Facts = &[
    fact(
        "role",
        "Role",
        "It stands for rights and is not meant to sign in.",
    ),
    fact(
        "method",
        "Signs in by",
        "The plugin that checks who signs in.",
    ),
    fact("locked", "Locked", "It may not sign in."),
    fact(
        "expired",
        "Password expired",
        "It must set a new password first.",
    ),
    fact("tls", "TLS", "What its link must have."),
    fact("member_of", "Member of", "The roles that it was granted."),
    fact(
        "privileges",
        "Privileges",
        "What it may do on the whole server.",
    ),
];

pub(super) const FOREIGN_SERVER: Facts = &[
    fact("wrapper", "Wrapper", "What speaks to it."),
    fact("host", "Host", "Where it is."),
    fact("port", "Port", "The port it listens on."),
    fact("socket", "Socket", "Its Unix socket, on the same machine."),
    fact("database", "Database", "The database there."),
    fact("user", "User", "Who signs in there."),
];

pub(super) const DATABASE: Facts = &[
    fact(
        "encrypted",
        "Encrypted",
        "New tables are encrypted unless they say otherwise.",
    ),
    PRIVILEGES,
];

pub(super) const TABLE: Facts = &[
    fact("engine", "Engine", "What stores its rows."),
    fact("row_format", "Row format", "How its rows are stored."),
    fact(
        "charset",
        "Character set",
        "That of text columns that name none.",
    ),
    fact(
        "collation",
        "Collation",
        "That of text columns that name none.",
    ),
    fact("options", "Options", "What it was made with besides."),
    fact(
        "system_versioned",
        "System-versioned",
        "Its rows keep their history.",
    ),
    PRIVILEGES,
];

pub(super) const VIEW: Facts = &[
    DEFINER,
    SECURITY,
    fact(
        "check_option",
        "Check option",
        "Rows that are written through it must show in it.",
    ),
    fact("updatable", "Updatable", "Rows can be written through it."),
    fact(
        "algorithm",
        "Algorithm",
        "How its query joins the one that uses it.",
    ),
    fact("depends_on", "Depends on", "What its query names."),
    PRIVILEGES,
];

pub(super) const COLUMN: Facts = &[
    fact("charset", "Character set", "How its text is encoded."),
    fact("on_update", "On update", "Its value when the row changes."),
    fact(
        "invisible",
        "Invisible",
        "Queries show it only when they name it.",
    ),
    fact("srid", "SRID", "The reference system of its shapes."),
    fact(
        "system_time",
        "System time",
        "The server keeps the time of the row here.",
    ),
    fact(
        "unversioned",
        "Not versioned",
        "Its changes are not kept as history.",
    ),
    PRIVILEGES,
];

pub(super) const CHECK: Facts = &[
    fact(
        "of_column",
        "Of a column",
        "It was written with its column.",
    ),
    fact(
        "not_enforced",
        "Not enforced",
        "The server does not check it.",
    ),
];

pub(super) const INDEX: Facts = &[fact("invisible", "Invisible", "Queries do not use it.")];

pub(super) const TRIGGER: Facts = &[
    fact(
        "order",
        "Order",
        "Its place among those that fire at the same time.",
    ),
    DEFINER,
    SQL_MODE,
];

pub(super) const PARTITION: Facts = &[
    fact(
        "part_of",
        "Part of",
        "The partition that it divides further.",
    ),
    fact("position", "Position", "Its place, counted from 1."),
];

pub(super) const SEQUENCE: Facts = &[
    fact("start", "Start", "The first value."),
    fact("increment", "Increment", "What is added each time."),
    fact("minimum", "Minimum", "The least value."),
    fact("maximum", "Maximum", "The largest value."),
    fact("cache", "Cache", "How many values are taken at once."),
    fact("cycle", "Cycle", "It begins again at its end."),
    fact("engine", "Engine", "What stores it."),
    PRIVILEGES,
];

pub(super) const FUNCTION: Facts = &[
    RETURNS,
    LANGUAGE,
    DETERMINISTIC,
    DATA_ACCESS,
    SECURITY,
    DEFINER,
    SQL_MODE,
];

/// Written in SQL always.
pub(super) const AGGREGATE: Facts = &[
    RETURNS,
    DETERMINISTIC,
    DATA_ACCESS,
    SECURITY,
    DEFINER,
    SQL_MODE,
];

pub(super) const PROCEDURE: Facts = &[
    LANGUAGE,
    DETERMINISTIC,
    DATA_ACCESS,
    SECURITY,
    DEFINER,
    SQL_MODE,
];

pub(super) const EVENT: Facts = &[
    fact("status", "Status", "Whether it happens."),
    fact(
        "on_completion",
        "In the end",
        "What becomes of it after the last time.",
    ),
    DEFINER,
    fact("time_zone", "Time zone", "The zone of its times."),
    SQL_MODE,
];

const RETURNS: AttributeDescriptor = fact("returns", "Returns", "The type of its value.");
const LANGUAGE: AttributeDescriptor = fact(
    "language",
    "Language",
    "What it is written in, where not in SQL.",
);
const DETERMINISTIC: AttributeDescriptor = fact(
    "deterministic",
    "Deterministic",
    "The same arguments give the same value.",
);
const DATA_ACCESS: AttributeDescriptor = fact(
    "data_access",
    "Data access",
    "What it says that it does with data.",
);
const SECURITY: AttributeDescriptor = fact("security", "Security", "With whose rights it runs.");
const DEFINER: AttributeDescriptor = fact("definer", "Definer", "The account that it belongs to.");
const SQL_MODE: AttributeDescriptor = fact("sql_mode", "SQL mode", "The mode that it runs in.");
const PRIVILEGES: AttributeDescriptor = fact(
    "privileges",
    "Privileges",
    "Who may do what, as far as this user sees it.",
);

const fn fact(key: &'static str, label: &'static str, help: &'static str) -> AttributeDescriptor {
    AttributeDescriptor { key, label, help }
}
