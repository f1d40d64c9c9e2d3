//! Random schemas, written as SQL in random ways, read back and equal; and
//! random texts in place of statements, which break nothing.

use db_studio_tests::SqliteFile;
use model::snapshot::{Deferral, Detail, ReferentialAction, Walker};
use proptest::collection::vec;
use proptest::prelude::*;

use super::read;
use draft::schema;
use script::Script;

#[path = "random/draft.rs"]
mod draft;
#[path = "random/script.rs"]
mod script;

/// A table, in the words of its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    name: String,
    columns: Vec<Column>,
    primary_key: Option<(String, Vec<String>)>,
    unique: Option<(String, Vec<String>)>,
    checks: Vec<(String, String)>,
    foreign_keys: Vec<ForeignKey>,
    indexes: Vec<Index>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    type_text: String,
    not_null: bool,
    default: Option<String>,
    collation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ForeignKey {
    name: String,
    columns: Vec<String>,
    parent: String,
    parent_columns: Vec<String>,
    on_delete: ReferentialAction,
    deferral: Deferral,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Index {
    name: String,
    unique: bool,
    /// A column, or an expression, and whether it is descending.
    parts: Vec<(Result<String, String>, bool)>,
    predicate: Option<String>,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_schema_is_read_as_it_was_written(schema in schema(), styles in vec(0_u8..12, 64)) {
        let sql = Script::new(styles).schema(&schema);
        let file = SqliteFile::new(&sql);
        let snapshot = runtime().block_on(read(file.path()));
        prop_assert!(snapshot.warnings().is_empty(), "{:?}", snapshot.warnings());
        let mut expected = schema;
        expected.sort_by(|a, b| a.name.cmp(&b.name));
        let found: Vec<Table> = snapshot.roots().flat_map(Walker::children).map(table).collect();
        prop_assert_eq!(found, expected, "written as\n{}", sql);
    }

    #[test]
    fn a_statement_of_any_text_is_no_reason_to_fall(
        text in "CREATE (TABLE|VIRTUAL TABLE|TRIGGER|UNIQUE INDEX) t ?[(),\"'`\\[\\]a-c \n.;*/é-]{0,40}",
        more in "(CONSTRAINT|CHECK|REFERENCES|AS|COLLATE|DEFAULT|WHERE|WHEN|ON CONFLICT|KEY| |\\(|,){0,12}",
    ) {
        // SQLite itself refuses most of these, and may; what it takes, we read.
        let file = SqliteFile::new("CREATE TABLE t (a CHECK (a > 0))");
        let sql = format!("{text}{more}").replace('\'', "''");
        file.execute(&format!(
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = '{sql}';"
        ));
        let read = runtime().block_on(async {
            let mut session = super::try_open(file.path()).await?;
            let mut builder = model::SnapshotBuilder::default();
            let cx = engine::OpContext::lasting(super::PATIENCE);
            session.inspect(&super::whole(), &mut builder, &cx).await?;
            Ok::<_, engine::EngineError>(builder.finish())
        });
        let fell = matches!(read, Err(engine::EngineError::Unexpected { .. }));
        prop_assert!(!fell, "{read:?}");
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts")
}

fn table(walker: Walker<'_>) -> Table {
    let mut table = Table {
        name: walker.name().to_owned(),
        columns: Vec::new(),
        primary_key: None,
        unique: None,
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
    };
    for child in walker.children() {
        let name = child.name().to_owned();
        match &child.object().detail {
            Detail::Column(column) => table.columns.push(Column {
                name,
                type_text: column.type_text.to_string(),
                not_null: !column.nullable,
                default: column.default.as_deref().map(str::to_owned),
                collation: column.collation.as_deref().map(str::to_owned),
            }),
            Detail::PrimaryKey(key) => table.primary_key = Some((name, strings(&key.columns))),
            Detail::Unique(key) => table.unique = Some((name, strings(&key.columns))),
            Detail::Check(check) => table.checks.push((name, check.expression.to_string())),
            Detail::ForeignKey(key) => table.foreign_keys.push(ForeignKey {
                name,
                columns: strings(&key.columns),
                parent: key.references.name.to_string(),
                parent_columns: strings(&key.referenced_columns),
                on_delete: key.on_delete,
                deferral: key.deferral,
            }),
            Detail::Index(index) if index.definition.is_some() => table.indexes.push(Index {
                name,
                unique: index.unique,
                parts: index
                    .parts
                    .iter()
                    .map(|part| {
                        let what = match (&part.column, &part.expression) {
                            (Some(column), _) => Ok(column.to_string()),
                            (None, expression) => {
                                Err(expression.as_deref().unwrap_or_default().to_owned())
                            }
                        };
                        (what, part.descending)
                    })
                    .collect(),
                predicate: index.predicate.as_deref().map(str::to_owned),
            }),
            _ => {}
        }
    }
    table
}

fn strings(texts: &[model::Text]) -> Vec<String> {
    texts.iter().map(|text| text.to_string()).collect()
}
