//! Collations, operators and what text search and the planner use.

use model::ObjectKind;
use model::engine::KindDescriptor;

use super::{DEPENDS_ON, attribute, other};

pub(super) const COLLATION: KindDescriptor = other(
    ObjectKind::Collation,
    "Collation",
    "Collations",
    &[ObjectKind::Schema],
    &[
        attribute("provider", "Provider", "Who compares."),
        attribute("locale", "Locale", "The locale of the provider."),
        attribute(
            "lc_collate",
            "LC_COLLATE",
            "The order, as the operating system names it.",
        ),
        attribute(
            "lc_ctype",
            "LC_CTYPE",
            "The classes of letters, as the operating system names them.",
        ),
        attribute("rules", "Rules", "Rules beside those of the locale."),
        attribute(
            "not_deterministic",
            "Not deterministic",
            "Texts of other bytes may be equal.",
        ),
        attribute(
            "encoding",
            "Encoding",
            "The only encoding that it works with.",
        ),
        attribute(
            "version",
            "Version",
            "The version of the provider when it was made.",
        ),
    ],
);

pub(super) const OPERATOR: KindDescriptor = other(
    ObjectKind::Operator,
    "Operator",
    "Operators",
    &[ObjectKind::Schema],
    &[
        attribute("left_type", "Left type", ""),
        attribute("right_type", "Right type", ""),
        attribute("result", "Result", ""),
        attribute("function", "Function", "What computes it."),
        attribute(
            "commutator",
            "Commutator",
            "The operator for swapped sides.",
        ),
        attribute("negator", "Negator", "The operator for the opposite."),
        attribute(
            "restriction_estimator",
            "Restriction estimator",
            "What estimates how many rows it leaves.",
        ),
        attribute(
            "join_estimator",
            "Join estimator",
            "What estimates how many rows a join leaves.",
        ),
        attribute("hashes", "Hashes", "It can join by hash."),
        attribute("merges", "Merges", "It can join by merging."),
        DEPENDS_ON,
    ],
);

pub(super) const OPERATOR_CLASS: KindDescriptor = other(
    ObjectKind::OperatorClass,
    "Operator class",
    "Operator classes",
    &[ObjectKind::Schema],
    &[
        attribute("method", "Index method", ""),
        attribute("for_type", "For type", "The type of the indexed column."),
        attribute(
            "is_default",
            "Default",
            "Indexes use it unless they say otherwise.",
        ),
        attribute(
            "family",
            "Family",
            "The operator family that it belongs to.",
        ),
        attribute(
            "stored_type",
            "Stored type",
            "What the index holds, where not the type itself.",
        ),
        attribute("operators", "Operators", "By their strategy."),
        attribute("functions", "Functions", "By their number."),
        DEPENDS_ON,
    ],
);

pub(super) const OPERATOR_FAMILY: KindDescriptor = other(
    ObjectKind::OperatorFamily,
    "Operator family",
    "Operator families",
    &[ObjectKind::Schema],
    &[
        attribute("method", "Index method", ""),
        attribute(
            "classes",
            "Classes",
            "The operator classes that belong to it.",
        ),
    ],
);

pub(super) const TEXT_SEARCH_CONFIGURATION: KindDescriptor = other(
    ObjectKind::TextSearchConfiguration,
    "Text search configuration",
    "Text search configurations",
    &[ObjectKind::Schema],
    &[
        attribute("parser", "Parser", "What takes the text apart."),
        attribute(
            "mappings",
            "Mappings",
            "Which dictionaries each kind of token asks.",
        ),
    ],
);

pub(super) const TEXT_SEARCH_DICTIONARY: KindDescriptor = other(
    ObjectKind::TextSearchDictionary,
    "Text search dictionary",
    "Text search dictionaries",
    &[ObjectKind::Schema],
    &[
        attribute("template", "Template", "What works by its options."),
        attribute("options", "Options", ""),
    ],
);

pub(super) const CONVERSION: KindDescriptor = other(
    ObjectKind::Conversion,
    "Conversion",
    "Conversions",
    &[ObjectKind::Schema],
    &[
        attribute("source_encoding", "Source encoding", ""),
        attribute("target_encoding", "Target encoding", ""),
        attribute("function", "Function", "What converts."),
        attribute("is_default", "Default", "The server uses it by itself."),
    ],
);

pub(super) const STATISTICS_OBJECT: KindDescriptor = other(
    ObjectKind::StatisticsObject,
    "Statistics object",
    "Statistics objects",
    &[ObjectKind::Schema],
    &[
        attribute("table", "Table", "The table that it is about."),
        attribute("kinds", "Kinds", "What is counted."),
        attribute("columns", "Columns", ""),
        attribute("expressions", "Expressions", ""),
        attribute(
            "target",
            "Target",
            "How much is counted, where not the usual.",
        ),
        DEPENDS_ON,
    ],
);
