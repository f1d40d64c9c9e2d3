//! What a server says of its own schema when it is asked in another way:
//! through `information_schema` and the descriptions made for people.

use std::collections::BTreeSet;

use db_studio_tests::FreshDatabase;
use model::snapshot::{Detail, Generated, RelationName, Walker};
use model::{ObjectKind, Snapshot};
use sqlx::{AssertSqlSafe, Row};

/// Facts as lines that can be compared.
pub(crate) type Lines = BTreeSet<String>;

const OURS: &str = "NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

async fn lines(database: &FreshDatabase, sql: String) -> Lines {
    let mut superuser = database.connect().await;
    // So that the server writes every name with its schema.
    sqlx::raw_sql("SET search_path = ''")
        .execute(&mut superuser)
        .await
        .unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut superuser)
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Everything about the database, as the server tells it by `information_schema`.
pub(crate) async fn told(database: &FreshDatabase) -> Lines {
    let mut all = Lines::new();
    for sql in [
        format!(
            "SELECT format('%s %I.%I', CASE table_type WHEN 'BASE TABLE' THEN 'table'
                 WHEN 'VIEW' THEN 'view' ELSE 'foreign_table' END, table_schema, table_name)
             FROM information_schema.tables WHERE table_schema {OURS}"
        ),
        format!(
            "SELECT format('column %I.%I.%I #%s %s default %s', table_schema, table_name,
                 column_name, ordinal_position,
                 CASE is_nullable WHEN 'NO' THEN 'not null' ELSE 'null' END,
                 coalesce(column_default, '-'))
             FROM information_schema.columns WHERE table_schema {OURS}"
        ),
        format!(
            "SELECT format('type %I.%I.%I %s', n.nspname, c.relname, a.attname,
                 format_type(a.atttypid, a.atttypmod))
             FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
             JOIN pg_namespace n ON n.oid = relnamespace
             WHERE n.nspname {OURS} AND attnum > 0 AND NOT attisdropped
                 AND relkind = ANY ('{{r,p,v,m,f}}')"
        ),
        format!(
            "SELECT format('%s %I.%I.%I (%s)', CASE constraint_type
                 WHEN 'PRIMARY KEY' THEN 'primary_key' ELSE 'unique' END,
                 t.table_schema, t.table_name, t.constraint_name,
                 string_agg(k.column_name, ',' ORDER BY k.ordinal_position))
             FROM information_schema.table_constraints t
             JOIN information_schema.key_column_usage k
                 USING (constraint_schema, constraint_name, table_schema, table_name)
             WHERE t.table_schema {OURS} AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')
             GROUP BY constraint_type, t.table_schema, t.table_name, t.constraint_name"
        ),
        format!(
            "SELECT format('foreign_key %I.%I.%I %s', n.nspname, c.relname, k.conname,
                 pg_get_constraintdef(k.oid))
             FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname {OURS} AND k.contype = 'f'"
        ),
        format!(
            "SELECT format('index %I.%I %I', schemaname, tablename, indexname)
             FROM pg_indexes WHERE schemaname {OURS}"
        ),
        format!(
            "SELECT DISTINCT format('trigger %I.%I %I', event_object_schema,
                 event_object_table, trigger_name)
             FROM information_schema.triggers WHERE event_object_schema {OURS}"
        ),
        format!(
            "SELECT format('check %I.%I %I', n.nspname, c.relname, k.conname)
             FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname {OURS} AND k.contype = 'c'"
        ),
    ] {
        let told = lines(database, sql).await;
        all.extend(told);
    }
    all
}

/// The same facts as the engine read them.
pub(crate) fn read(snapshot: &Snapshot) -> Lines {
    snapshot.all().flat_map(facts).collect()
}

fn facts(walker: Walker<'_>) -> Vec<String> {
    let kind = walker.kind();
    let place = || {
        let relation = walker.parent().expect("it stands in a table");
        let schema = relation.parent().expect("which stands in a schema");
        format!("{}.{}", quoted(schema.name()), quoted(relation.name()))
    };
    let name = quoted(walker.name());
    match &walker.object().detail {
        Detail::Database(_) | Detail::Schema(_) | Detail::MaterializedView(_) => Vec::new(),
        Detail::Table(_) | Detail::View(_) | Detail::ForeignTable(_) => {
            let schema = walker.parent().expect("it stands in a schema");
            vec![format!("{kind} {}.{name}", quoted(schema.name()))]
        }
        Detail::Column(facts) => {
            let null = if facts.nullable { "null" } else { "not null" };
            let default = match (&facts.default, &facts.generated) {
                (Some(default), _) => default,
                (None, Some(Generated::Stored { .. }) | None | Some(_)) => "-",
            };
            let mut lines = vec![format!("type {}.{name} {}", place(), facts.type_text)];
            let of_view = walker
                .parent()
                .is_some_and(|parent| parent.kind() == ObjectKind::MaterializedView);
            if !of_view {
                lines.push(format!(
                    "column {}.{name} #{} {null} default {default}",
                    place(),
                    facts.ordinal
                ));
            }
            lines
        }
        Detail::PrimaryKey(facts) | Detail::Unique(facts) => {
            let columns = facts.columns.join(",");
            vec![format!("{kind} {}.{name} ({columns})", place())]
        }
        Detail::ForeignKey(facts) => {
            let columns = |names: &[model::Text]| {
                let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
                names.join(", ")
            };
            let mut line = format!(
                "foreign_key {}.{name} FOREIGN KEY ({}) REFERENCES {}({})",
                place(),
                columns(&facts.columns),
                target(&facts.references),
                columns(&facts.referenced_columns)
            );
            for (event, action) in [("UPDATE", facts.on_update), ("DELETE", facts.on_delete)] {
                line.push_str(&match action {
                    model::snapshot::ReferentialAction::NoAction => String::new(),
                    other => format!(" ON {event} {}", words(other)),
                });
            }
            line.push_str(match facts.deferral {
                model::snapshot::Deferral::NotDeferrable => "",
                model::snapshot::Deferral::InitiallyImmediate => " DEFERRABLE",
                model::snapshot::Deferral::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
            });
            vec![line]
        }
        Detail::Index(_) | Detail::Trigger(_) | Detail::Check(_) => {
            vec![format!("{kind} {} {name}", place())]
        }
        _ => Vec::new(),
    }
}

fn words(action: model::snapshot::ReferentialAction) -> &'static str {
    use model::snapshot::ReferentialAction as Action;
    match action {
        Action::NoAction => "NO ACTION",
        Action::Restrict => "RESTRICT",
        Action::Cascade => "CASCADE",
        Action::SetNull => "SET NULL",
        Action::SetDefault => "SET DEFAULT",
    }
}

fn target(relation: &RelationName) -> String {
    let schema = relation.schema.as_deref().unwrap_or_default();
    format!("{}.{}", quoted(schema), quoted(&relation.name))
}

/// Real schemas use no reserved words as names but these.
fn quoted(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let reserved = [
        "user",
        "group",
        "offset",
        "end",
        "timestamp",
        "table",
        "order",
        "default",
        "primary",
    ];
    if plain && !name.is_empty() && !reserved.contains(&name) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}
