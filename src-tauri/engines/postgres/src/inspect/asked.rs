//! The questions that are asked, and where their answers go.

use engine::InspectScope;

use super::question::Question;
use crate::rows::{
    ClosedCatalogueRow, ColumnOptionsRow, ColumnRow, ConstraintRow, DatabaseRow, DependencyRow,
    ExtensionRow, ForeignColumnRow, IdRow, IdentityRow, IndexRow, LockedRow, NamedRow, NotNullRow,
    OtherRow, ParentRow, RelationRow, SchemaRow, SetColumnsRow, TemporalRow, TriggerRow, TypeRow,
};
use crate::variant::Facts;

macro_rules! questions {
    ($($name:ident = $file:literal, $about:literal, $row:ident
        => |$catalog:ident, $answer:ident| $take:expr;)*) => {$(
        pub(super) const $name: Question = Question {
            sql: include_str!(concat!("../sql/", $file)),
            about: $about,
            pooled: false,
            take: |$catalog, row| {
                let $answer = $row::read(row)?;
                $take;
                Ok(())
            },
        };
    )*};
}

questions! {
    DATABASE = "databases.sql", "The database", DatabaseRow => |catalog, row| if row.current {
        catalog.database = Some(row);
    };
    SCHEMAS = "schemas.sql", "Schemas", SchemaRow => |catalog, row| catalog.schemas.push(row);
    CLOSED = "closed_catalogues.sql", "", ClosedCatalogueRow => |catalog, row| {
        catalog.closed_catalogues.push(row.name);
    };
    RELATIONS = "relations.sql", "Tables and views", RelationRow => |catalog, row| {
        catalog.relations.push(row);
    };
    PARENTS = "parents.sql", "What tables inherit from", ParentRow => |catalog, row| {
        catalog.add_parent(row);
    };
    COLUMNS = "columns.sql", "Columns", ColumnRow => |catalog, row| catalog.take_column(row);
    CONSTRAINTS = "constraints.sql", "Keys and constraints", ConstraintRow => |catalog, row| {
        catalog.constraints.push(row);
    };
    INDEXES = "indexes.sql", "Indexes", IndexRow => |catalog, row| catalog.indexes.push(row);
    TRIGGERS = "triggers.sql", "Triggers", TriggerRow => |catalog, row| catalog.triggers.push(row);
    OPERATOR_CLASSES = "operator_classes.sql", "Operator classes of indexes", NamedRow
        => |catalog, row| catalog.names.add_operator_class(row);
    NULLS_NOT_DISTINCT = "nulls_not_distinct.sql", "How indexes compare nulls", IdRow
        => |catalog, row| { catalog.names.nulls_not_distinct.insert(row.id); };
    SET_COLUMNS = "columns_set_on_delete.sql", "Columns that foreign keys set", SetColumnsRow
        => |catalog, row| { catalog.names.set_columns.insert(row.id, row.columns); };
    TEMPORAL = "temporal.sql", "Periods of constraints", TemporalRow => |catalog, row| {
        catalog.names.temporal.insert(row.id, (row.period, row.enforced));
    };
    COLUMN_OPTIONS = "column_options.sql", "Settings and privileges of columns", ColumnOptionsRow
        => |catalog, row| catalog.names.extras.add_column(row);
    IDENTITIES = "identities.sql", "How identity columns count", IdentityRow
        => |catalog, row| catalog.names.extras.add_identity(row);
    NOT_NULLS = "not_nulls.sql", "Names of constraints against nulls", NotNullRow
        => |catalog, row| catalog.names.extras.add_not_null(row);
    EXTENSION_RELATIONS = "extension_relations.sql", "Which extension brings a table", ExtensionRow
        => |catalog, row| catalog.names.extras.add_extension(row);
    DEPENDENCIES = "dependencies.sql", "What objects need", DependencyRow
        => |catalog, row| catalog.names.extras.add_need(row);
    TYPES = "types.sql", "Types of columns", TypeRow => |catalog, row| catalog.names.add_type(row);
    COLLATIONS = "collations.sql", "Collations of columns", NamedRow
        => |catalog, row| catalog.names.add_collation(row);
    LOCKED = "locked.sql", "", LockedRow => |catalog, row| catalog.locked.push(row);
    FOREIGN_COLUMNS = "foreign_columns.sql", "Columns of referenced tables", ForeignColumnRow
        => |catalog, row| catalog.names.add_column(row.relation, row.number, row.name, 0);
}

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
    RULES = "kinds/rules.sql", "Rules";
    POLICIES = "kinds/policies.sql", "Policies";
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

/// What is asked about the part that the scope names on this server.
pub(super) fn contents(facts: &Facts, scope: &InspectScope) -> Vec<Question> {
    let mut questions = vec![
        RELATIONS,
        PARENTS,
        COLUMNS,
        CONSTRAINTS,
        INDEXES,
        TRIGGERS,
        RULES,
        POLICIES,
        OPERATOR_CLASSES,
        COLUMN_OPTIONS,
        IDENTITIES,
        EXTENSION_RELATIONS,
        DEPENDENCIES,
    ];
    if facts.has_nulls_not_distinct() {
        questions.extend([NULLS_NOT_DISTINCT, SET_COLUMNS]);
    }
    if facts.has_temporal_constraints() {
        questions.extend([TEMPORAL, NOT_NULLS]);
    }
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
