//! Sequences, routines and types.

use model::ObjectKind;
use model::engine::KindDescriptor;

use super::{DEPENDS_ON, PRIVILEGES, attribute, other};

pub(super) const SEQUENCE: KindDescriptor = other(
    ObjectKind::Sequence,
    "Sequence",
    "Sequences",
    &[ObjectKind::Schema],
    &[
        attribute("data_type", "Data type", "The type of its numbers."),
        attribute("start", "Start", "The first number."),
        attribute("increment", "Increment", "How far apart its numbers are."),
        attribute("minimum", "Minimum", "The least number."),
        attribute("maximum", "Maximum", "The largest number."),
        attribute(
            "cache",
            "Cache",
            "How many numbers a session takes at once.",
        ),
        attribute("cycles", "Cycles", "It begins anew at its end."),
        attribute(
            "persistence",
            "Persistence",
            "Unlogged ones are reset by a crash, temporary ones end with their session.",
        ),
        attribute(
            "owned_by",
            "Owned by",
            "The column with which it is dropped.",
        ),
        PRIVILEGES,
    ],
);

pub(super) const FUNCTION: KindDescriptor = other(
    ObjectKind::Function,
    "Function",
    "Functions",
    &[ObjectKind::Schema],
    &[
        attribute(
            "arguments",
            "Arguments",
            "With their modes, names, types and defaults.",
        ),
        attribute("result", "Result", "The type of what it gives."),
        attribute("language", "Language", "What it is written in."),
        attribute(
            "volatility",
            "Volatility",
            "Whether it gives the same for the same, always, within a statement, or never for sure.",
        ),
        attribute(
            "window",
            "Window function",
            "It computes over a window of rows.",
        ),
        attribute(
            "strict",
            "Strict",
            "It is not called when an argument is null.",
        ),
        attribute(
            "security_definer",
            "Security definer",
            "It runs with the rights of its owner.",
        ),
        attribute(
            "leakproof",
            "Leakproof",
            "It tells nothing of its arguments but by its result.",
        ),
        attribute(
            "parallel",
            "Parallel",
            "Whether it may run in parallel queries, where it may.",
        ),
        attribute(
            "cost",
            "Cost",
            "Its estimated cost, where not the usual one.",
        ),
        attribute(
            "rows",
            "Rows",
            "How many rows it is estimated to give, where not 1000.",
        ),
        attribute(
            "support",
            "Support function",
            "What helps the planner with it.",
        ),
        attribute("settings", "Settings", "Server settings while it runs."),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const PROCEDURE: KindDescriptor = other(
    ObjectKind::Procedure,
    "Procedure",
    "Procedures",
    &[ObjectKind::Schema],
    &[
        attribute(
            "arguments",
            "Arguments",
            "With their modes, names, types and defaults.",
        ),
        attribute("language", "Language", "What it is written in."),
        attribute(
            "security_definer",
            "Security definer",
            "It runs with the rights of its owner.",
        ),
        attribute("settings", "Settings", "Server settings while it runs."),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const AGGREGATE: KindDescriptor = other(
    ObjectKind::Aggregate,
    "Aggregate",
    "Aggregates",
    &[ObjectKind::Schema],
    &[
        attribute("arguments", "Arguments", "With their names and types."),
        attribute("result", "Result", "The type of what it gives."),
        attribute(
            "volatility",
            "Volatility",
            "Always immutable, as the server has it.",
        ),
        attribute(
            "parallel",
            "Parallel",
            "Whether it may run in parallel queries, where it may.",
        ),
        attribute(
            "form",
            "Form",
            "Ordered or hypothetical sets, where not a plain aggregate.",
        ),
        attribute(
            "transition",
            "Transition",
            "The function that takes in a row.",
        ),
        attribute("state_type", "State type", "What it keeps from row to row."),
        attribute(
            "initial_state",
            "Initial state",
            "What it keeps before the first row.",
        ),
        attribute(
            "final",
            "Final function",
            "What makes the result of the state.",
        ),
        attribute(
            "combine",
            "Combine function",
            "What makes one state of two.",
        ),
        attribute(
            "serialize",
            "Serialize function",
            "What makes bytes of a state.",
        ),
        attribute(
            "deserialize",
            "Deserialize function",
            "What makes a state of bytes.",
        ),
        attribute(
            "moving_transition",
            "Moving transition",
            "The function that takes in a row of a moving window.",
        ),
        attribute(
            "sort_operator",
            "Sort operator",
            "The order in which its result comes first.",
        ),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const ENUM_TYPE: KindDescriptor = other(
    ObjectKind::EnumType,
    "Enum",
    "Enums",
    &[ObjectKind::Schema],
    &[
        attribute("labels", "Values", "Its values, in their order."),
        PRIVILEGES,
    ],
);

pub(super) const DOMAIN: KindDescriptor = other(
    ObjectKind::Domain,
    "Domain",
    "Domains",
    &[ObjectKind::Schema],
    &[
        attribute("base_type", "Base type", "The type that it narrows."),
        attribute("not_null", "Not null", "It takes no null."),
        attribute(
            "default",
            "Default",
            "The value of columns without one of their own.",
        ),
        attribute("checks", "Checks", "What its values must be like."),
        attribute(
            "collation",
            "Collation",
            "How its values are compared, where not as the base type has it.",
        ),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const COMPOSITE_TYPE: KindDescriptor = other(
    ObjectKind::CompositeType,
    "Composite type",
    "Composite types",
    &[ObjectKind::Schema],
    &[
        attribute("attributes", "Attributes", "What it is made of."),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const RANGE_TYPE: KindDescriptor = other(
    ObjectKind::RangeType,
    "Range type",
    "Range types",
    &[ObjectKind::Schema],
    &[
        attribute("subtype", "Subtype", "The type of its bounds."),
        attribute(
            "operator_class",
            "Operator class",
            "What orders the bounds, where not as the type has it.",
        ),
        attribute(
            "collation",
            "Collation",
            "How the bounds are compared, where not as the type has it.",
        ),
        attribute(
            "canonical",
            "Canonical function",
            "What gives equal ranges the same form.",
        ),
        attribute(
            "subtype_difference",
            "Difference function",
            "What tells how far apart two bounds are.",
        ),
        attribute(
            "multirange",
            "Multirange",
            "The type of several such ranges.",
        ),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);

pub(super) const BASE_TYPE: KindDescriptor = other(
    ObjectKind::BaseType,
    "Base type",
    "Base types",
    &[ObjectKind::Schema],
    &[
        attribute("input", "Input function", ""),
        attribute("output", "Output function", ""),
        attribute("receive", "Receive function", ""),
        attribute("send", "Send function", ""),
        attribute("length", "Length", "Bytes, or how the length is told."),
        attribute("alignment", "Alignment", "How its values are aligned."),
        attribute("storage", "Storage", "How long values are stored."),
        attribute(
            "category",
            "Category",
            "The letter that guides implicit casts.",
        ),
        PRIVILEGES,
        DEPENDS_ON,
    ],
);
