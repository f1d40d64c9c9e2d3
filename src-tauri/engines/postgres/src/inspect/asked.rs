//! The questions that are asked, and where their answers go.

use engine::InspectScope;

use super::question::Question;
use crate::rows::{
    CheckRow, ClosedCatalogueRow, CommentRow, ConstraintRow, DatabaseRow, DefaultRow,
    DependencyRow, ExtensionRow, IdentityRow, IndexRow, LockedRow, MarkRow, MomentRow, NamedRow,
    NotNullRow, OtherRow, ParentRow, PlaceRow, PortionsRow, RelationRow, SchemaRow, SharedRow,
    TouchedRow, TriggerRow, TypeRow, WritersRow, WritesRow,
};
use crate::variant::Facts;

macro_rules! questions {
    ($($name:ident = $file:literal, $about:literal, $row:ident
        => |$catalog:ident, $answer:ident| $take:expr;)*) => {$(
        pub(super) const $name: Question = Question {
            sql: include_str!(concat!("../sql/", $file)),
            about: $about,
            pooled: false,
            file: $file,
            take: |$catalog, row| {
                let $answer = $row::read(row)?;
                $take;
                Ok(())
            },
        };
    )*};
}

questions! {
    SCHEMAS = "schemas.sql", "Schemas", SchemaRow => |catalog, row| catalog.add_schema(row);
    CLOSED = "closed_catalogues.sql", "", ClosedCatalogueRow => |catalog, row| {
        catalog.closed_catalogues.push(row.name);
    };
    LOCKED = "locked.sql", "", LockedRow => |catalog, row| catalog.locked.push(row);
    MOMENT = "moment.sql", "", MomentRow => |catalog, row| catalog.moments.push(row);
    WRITES = "writes.sql", "", WritesRow => |catalog, row| {
        catalog.writes.insert(row.database, row.count);
    };
    WRITERS = "writers.sql", "", WritersRow => |catalog, row| {
        catalog.writers = Some(row.databases.to_vec());
    };
    SHARED = "shared.sql", "", SharedRow => |catalog, row| {
        catalog.shared.insert(row.database, (row.own, row.named));
    };
    FINGERPRINT = "fingerprint.sql", "", MarkRow => |catalog, row| catalog.marks.push(row);
    FINGERPRINT_OF_TABLES = "fingerprint_of_tables.sql", "", MarkRow
        => |catalog, row| catalog.marks.push(row);
    TOUCHED = "touched.sql", "", TouchedRow => |catalog, row| catalog.touched.push(row.remainder);
    PORTIONS = "portions.sql", "Tables and views", PortionsRow => |catalog, row| {
        catalog.add_portions(&row);
    };
    PLACES = "places.sql", "Ways of storing tables", PlaceRow => |catalog, row| {
        catalog.names.add_place(row);
    };
    TYPES = "builtin_types.sql", "Types of columns", TypeRow => |catalog, row| {
        catalog.names.add_type(row);
    };
    COLLATIONS = "collations.sql", "Collations of columns", NamedRow
        => |catalog, row| catalog.names.add_collation(row);
    OPERATOR_CLASSES = "operator_classes.sql", "Operator classes of indexes", NamedRow
        => |catalog, row| catalog.names.add_operator_class(row);
    IDENTITIES = "identities.sql", "How identity columns count", IdentityRow
        => |catalog, row| catalog.add_identity(row);
    EXTENSION_RELATIONS = "extension_relations.sql", "Which extension brings a table", ExtensionRow
        => |catalog, row| catalog.names.extras.add_extension(row);
    DEPENDENCIES = "dependencies.sql", "What objects need", DependencyRow
        => |catalog, row| catalog.names.extras.add_need(row);
    RELATIONS = "relations.sql", "Tables and views", RelationRow => |catalog, row| {
        catalog.add_relation(row);
    };
    PARENTS = "parents.sql", "What tables inherit from", ParentRow => |catalog, row| {
        catalog.add_parent(row);
    };
    DEFAULTS = "defaults.sql", "What columns are filled with", DefaultRow
        => |catalog, row| catalog.add_default(row);
    COMMENTS = "comments.sql", "Comments", CommentRow => |catalog, row| catalog.add_comment(row);
    COMMENTS_ON_CONSTRAINTS = "comments_on_constraints.sql", "Comments", CommentRow
        => |catalog, row| catalog.add_comment(row);
    COMMENTS_ON_INDEXES = "comments_on_indexes.sql", "Comments", CommentRow
        => |catalog, row| catalog.add_comment(row);
    CONSTRAINTS = "constraints.sql", "Keys and constraints", ConstraintRow => |catalog, row| {
        catalog.add_constraint(row);
    };
    CHECKS = "checks.sql", "What checks say", CheckRow => |catalog, row| catalog.add_check(row);
    INDEXES = "indexes.sql", "Indexes", IndexRow => |catalog, row| catalog.add_index(row);
    TRIGGERS = "triggers.sql", "Triggers", TriggerRow => |catalog, row| {
        catalog.rows.triggers.push(row);
    };
    NOT_NULLS = "not_nulls.sql", "Names of constraints against nulls", NotNullRow
        => |catalog, row| catalog.names.extras.add_not_null(row);
    RULES = "kinds/rules.sql", "Rules", OtherRow => |catalog, row| catalog.rows.others.push(row);
    POLICIES = "kinds/policies.sql", "Policies", OtherRow => |catalog, row| {
        catalog.rows.others.push(row);
    };
}

/// The database of the session alone.
pub(super) const DATABASE: Question = Question {
    sql: concat!(
        include_str!("../sql/databases.sql"),
        "    AND b.datname = current_database()"
    ),
    about: "The database",
    pooled: false,
    file: "databases.sql",
    take: |catalog, row| {
        catalog.database = Some(DatabaseRow::read(row)?);
        Ok(())
    },
};

/// All columns of a table at once.
const COLUMNS: Question = Question {
    sql: include_str!("../sql/columns.sql"),
    about: "Columns",
    pooled: false,
    file: "columns.sql",
    take: |catalog, row| catalog.add_columns(row),
};

macro_rules! kinds {
    ($($name:ident = $file:literal, $about:literal;)*) => {
        questions! {$(
            $name = $file, $about, OtherRow => |catalog, row| catalog.others.push(row);
        )*}
    };
}

kinds! {
    SEQUENCES = "kinds/sequences.sql", "Sequences";
    USER_TYPES = "kinds/types.sql", "Enums, domains and other types";
    ROUTINES = "kinds/routines.sql", "Functions, procedures and aggregates";
    USER_COLLATIONS = "kinds/collations.sql", "Collations";
    OPERATORS = "kinds/operators.sql", "Operators";
    USER_OPERATOR_CLASSES = "kinds/operator_classes.sql", "Operator classes";
    OPERATOR_FAMILIES = "kinds/operator_families.sql", "Operator families";
    TEXT_SEARCH_CONFIGURATIONS = "kinds/text_search_configurations.sql", "Text search configurations";
    TEXT_SEARCH_DICTIONARIES = "kinds/text_search_dictionaries.sql", "Text search dictionaries";
    CONVERSIONS = "kinds/conversions.sql", "Conversions";
    STATISTICS_OBJECTS = "kinds/statistics_objects.sql", "Statistics objects";
    EXTENSIONS = "kinds/extensions.sql", "Extensions";
    EVENT_TRIGGERS = "kinds/event_triggers.sql", "Event triggers";
    FOREIGN_DATA_WRAPPERS = "kinds/foreign_data_wrappers.sql", "Foreign data wrappers";
    FOREIGN_SERVERS = "kinds/foreign_servers.sql", "Foreign servers";
    USER_MAPPINGS = "kinds/user_mappings.sql", "User mappings";
    PUBLICATIONS = "kinds/publications.sql", "Publications";
    PUBLICATIONS_15 = "kinds/publications_15.sql", "Publications";
    SUBSCRIPTIONS = "kinds/subscriptions.sql", "Subscriptions";
    CASTS = "kinds/casts.sql", "Casts";
    LANGUAGES = "kinds/languages.sql", "Languages";
    ACCESS_METHODS = "kinds/access_methods.sql", "Access methods";
    DEFAULT_PRIVILEGES = "kinds/default_privileges.sql", "Default privileges";
    ROLES = "kinds/roles.sql", "Roles";
    TABLESPACES = "kinds/tablespaces.sql", "Tablespaces";
}

/// Few rows of many are looked up; where nobody has counted a catalogue's rows, the planner would
/// read them all.
pub(super) const BY_INDEX: Question = Question::silent("SET LOCAL enable_seqscan = off");
pub(super) const AS_PLANNED: Question = Question::silent("SET LOCAL enable_seqscan TO DEFAULT");

/// Many rows are added up as they come; the planner, which expects few, would sort them first.
pub(super) const UNSORTED: Question = Question::silent("SET LOCAL enable_sort = off");
pub(super) const SORTED: Question = Question::silent("SET LOCAL enable_sort TO DEFAULT");

/// What the catalogue adds up to, without what is read of tables and sequences.
pub(super) const STATE: [Question; 5] = [UNSORTED, BY_INDEX, FINGERPRINT, AS_PLANNED, SORTED];

/// The same of tables and sequences.
pub(super) const STATE_OF_TABLES: [Question; 3] = [UNSORTED, FINGERPRINT_OF_TABLES, SORTED];

/// What tells whether anything was written in a database. Who is there comes before the counts:
/// whoever ends meanwhile has been counted by then.
pub(super) const WRITTEN: [Question; 3] = [SHARED, WRITERS, WRITES];

/// What is asked before anything is read: which tables there are, and what they share.
pub(super) const OUTSET: [Question; 7] = [
    PORTIONS,
    PLACES,
    TYPES,
    COLLATIONS,
    OPERATOR_CLASSES,
    IDENTITIES,
    EXTENSION_RELATIONS,
];

/// What is asked about each portion of the tables and views; columns come before what is said
/// of them.
pub(super) fn about_tables(facts: &Facts) -> Vec<Question> {
    let mut questions = vec![
        RELATIONS,
        COLUMNS,
        DEFAULTS,
        COMMENTS,
        CONSTRAINTS,
        CHECKS,
        INDEXES,
        PARENTS,
        TRIGGERS,
        RULES,
        POLICIES,
        COMMENTS_ON_CONSTRAINTS,
        COMMENTS_ON_INDEXES,
    ];
    questions.extend(facts.has_temporal_constraints().then_some(NOT_NULLS));
    questions
}

/// All that the reading of a database and its fingerprint may ask.
pub(super) fn all(facts: &Facts, scope: &InspectScope) -> Vec<Question> {
    let mut questions = OUTSET.to_vec();
    questions.extend([SHARED, FINGERPRINT, FINGERPRINT_OF_TABLES, DEPENDENCIES]);
    questions.extend(about_tables(facts));
    questions.extend(about_the_rest(facts, scope));
    questions
}

/// What is asked about all else within the scope.
pub(super) fn about_the_rest(facts: &Facts, scope: &InspectScope) -> Vec<Question> {
    let mut questions = Vec::new();
    if scope.table.is_none() {
        questions.extend([
            SEQUENCES,
            USER_TYPES,
            ROUTINES,
            USER_COLLATIONS,
            OPERATORS,
            USER_OPERATOR_CLASSES,
            OPERATOR_FAMILIES,
            TEXT_SEARCH_CONFIGURATIONS,
            TEXT_SEARCH_DICTIONARIES,
            CONVERSIONS,
            STATISTICS_OBJECTS,
        ]);
    }
    if scope.table.is_none() && scope.schema.is_none() {
        questions.extend([
            EXTENSIONS,
            EVENT_TRIGGERS,
            FOREIGN_DATA_WRAPPERS,
            FOREIGN_SERVERS,
            USER_MAPPINGS,
            if facts.has_published_schemas() {
                PUBLICATIONS_15
            } else {
                PUBLICATIONS
            },
            SUBSCRIPTIONS,
            CASTS,
            LANGUAGES,
            ACCESS_METHODS,
            DEFAULT_PRIVILEGES,
        ]);
    }
    questions
}
