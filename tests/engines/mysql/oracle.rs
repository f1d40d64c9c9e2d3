//! What a server says of its own schema when it is asked in another way: by `SHOW`,
//! table by table, and by InnoDB's own dictionary.

use std::collections::{BTreeMap, BTreeSet};

use db_studio_tests::mysql::{FreshDatabase, Variant};
use model::snapshot::{Detail, ReferentialAction, Walker};
use model::{ObjectKind, Snapshot};
use sqlx::mysql::{MySqlConnection, MySqlRow};
use sqlx::{AssertSqlSafe, Executor, Row};

/// Facts as lines that can be compared.
pub(crate) type Lines = BTreeSet<String>;

async fn rows(connection: &mut MySqlConnection, sql: String) -> Vec<MySqlRow> {
    connection
        .fetch_all(sqlx::raw_sql(AssertSqlSafe(sql)))
        .await
        .expect("the server answers")
}

fn text(row: &MySqlRow, column: &str) -> String {
    let bytes: Option<&[u8]> = row.try_get_unchecked(column).expect("the column is there");
    String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
}

/// Everything about the tables of the database, as the server tells it by other ways.
pub(crate) async fn told(database: &FreshDatabase, variant: Variant, snapshot: &Snapshot) -> Lines {
    let mut root = database.connect().await;
    let mut lines = Lines::new();
    for row in rows(&mut root, "SHOW TABLE STATUS".to_owned()).await {
        let name = text(&row, "Name");
        lines.insert(format!(
            "table {name} {} {}",
            text(&row, "Engine"),
            text(&row, "Collation")
        ));
        for row in rows(&mut root, format!("SHOW FULL COLUMNS FROM `{name}`")).await {
            lines.insert(format!(
                "column {name}.{} {} {} {} {}",
                text(&row, "Field"),
                text(&row, "Type"),
                text(&row, "Null"),
                text(&row, "Collation"),
                if text(&row, "Extra").contains("auto_increment") {
                    "counted"
                } else {
                    ""
                },
            ));
        }
        for row in rows(&mut root, format!("SHOW INDEX FROM `{name}`")).await {
            lines.insert(format!(
                "index {name}.{} #{} {} {} unique {} {}",
                text(&row, "Key_name"),
                text(&row, "Seq_in_index"),
                text(&row, "Column_name"),
                text(&row, "Sub_part"),
                text(&row, "Non_unique") == "0",
                text(&row, "Index_type").to_lowercase(),
            ));
        }
    }
    for row in rows(&mut root, "SHOW TRIGGERS".to_owned()).await {
        lines.insert(format!(
            "trigger {}.{} {} {}",
            text(&row, "Table"),
            text(&row, "Trigger"),
            text(&row, "Timing").to_lowercase(),
            text(&row, "Event").to_lowercase(),
        ));
    }
    lines.extend(foreign_keys(&mut root, &database.name, variant).await);
    assert!(snapshot.nodes().len() > 1, "there is something to compare");
    lines
}

/// A foreign key: its table, its name, the table it refers to, and its actions as bits.
type Key = (String, String, String, u32);

/// The foreign keys, as InnoDB keeps them: the actions are bits of a number.
async fn foreign_keys(root: &mut MySqlConnection, database: &str, variant: Variant) -> Lines {
    let (keys, columns) = match variant {
        Variant::MariaDb => ("INNODB_SYS_FOREIGN", "INNODB_SYS_FOREIGN_COLS"),
        Variant::MySql => ("INNODB_FOREIGN", "INNODB_FOREIGN_COLS"),
    };
    let sql = format!(
        "SELECT k.ID AS id, k.FOR_NAME AS here, k.REF_NAME AS there, k.TYPE AS bits,
             c.FOR_COL_NAME AS a, c.REF_COL_NAME AS b, c.POS AS place
         FROM information_schema.{keys} k JOIN information_schema.{columns} c ON c.ID = k.ID
         WHERE k.ID LIKE '{}/%' ORDER BY k.ID, c.POS",
        database.replace('_', "\\_")
    );
    let mut keys: BTreeMap<Key, Vec<(String, String)>> = BTreeMap::new();
    let plain = |name: String| name.rsplit('/').next().unwrap_or_default().to_owned();
    for row in rows(root, sql).await {
        let key = (
            plain(text(&row, "here")),
            plain(text(&row, "id")),
            plain(text(&row, "there")),
            text(&row, "bits").parse().expect("a number"),
        );
        let pair = (text(&row, "a"), text(&row, "b"));
        keys.entry(key).or_default().push(pair);
    }
    let action = |bits: u32, cascade: u32, null: u32| match bits {
        bits if bits & cascade != 0 => "cascade",
        bits if bits & null != 0 => "set null",
        _ => "refuse",
    };
    keys.into_iter()
        .map(|((table, name, there, bits), pairs)| {
            let delete = action(bits, 1, 2);
            let update = action(bits, 4, 8);
            format!("foreign_key {table}.{name} {there} {pairs:?} {update} {delete}")
        })
        .collect()
}

/// The same facts as the engine read them.
pub(crate) fn read(snapshot: &Snapshot) -> Lines {
    snapshot.all().flat_map(facts).collect()
}

fn facts(walker: Walker<'_>) -> Vec<String> {
    let name = walker.name();
    let table = walker.parent().map_or("", |parent| parent.name());
    let attribute = |key: &str| {
        let attributes = &walker.object().attributes;
        let found = attributes.iter().find(|attribute| &*attribute.key == key);
        match found.map(|found| &found.value) {
            Some(model::snapshot::AttributeValue::Text(text)) => text.to_string(),
            _ => String::new(),
        }
    };
    match &walker.object().detail {
        Detail::Table(_) => vec![format!(
            "table {name} {} {}",
            attribute("engine"),
            attribute("collation")
        )],
        Detail::Column(facts) => {
            let null = if facts.nullable { "YES" } else { "NO" };
            let counted = match facts.generated {
                Some(model::snapshot::Generated::Autoincrement) => "counted",
                _ => "",
            };
            let collation = facts.collation.as_deref().unwrap_or_default();
            vec![format!(
                "column {table}.{name} {} {null} {collation} {counted}",
                facts.type_text
            )]
        }
        Detail::Index(facts) => {
            let part = |(place, part): (usize, &model::snapshot::IndexPart)| {
                let prefix = part.prefix.map(|prefix| prefix.to_string());
                format!(
                    "index {table}.{name} #{} {} {} unique {} {}",
                    place + 1,
                    part.column.as_deref().unwrap_or_default(),
                    prefix.unwrap_or_default(),
                    facts.unique,
                    facts.method
                )
            };
            facts.parts.iter().enumerate().map(part).collect()
        }
        Detail::Trigger(facts) => {
            let events: Vec<_> = facts.events.iter().map(|event| &**event).collect();
            vec![format!(
                "trigger {table}.{name} {} {}",
                facts.timing,
                events.join(",")
            )]
        }
        Detail::ForeignKey(facts) => {
            let pairs: Vec<_> = facts
                .columns
                .iter()
                .zip(&facts.referenced_columns)
                .map(|(a, b)| (a.to_string(), b.to_string()))
                .collect();
            let action = |action| match action {
                ReferentialAction::Cascade => "cascade",
                ReferentialAction::SetNull => "set null",
                _ => "refuse",
            };
            vec![format!(
                "foreign_key {table}.{name} {} {pairs:?} {} {}",
                facts.references.name,
                action(facts.on_update),
                action(facts.on_delete)
            )]
        }
        _ if walker.kind() == ObjectKind::Partition => vec![format!("partition {table}.{name}")],
        _ => Vec::new(),
    }
}
