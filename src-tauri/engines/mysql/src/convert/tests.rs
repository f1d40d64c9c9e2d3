//! Conversions of rows that need no server: what both families tell, in one spelling.

use model::snapshot::{AttributeValue, Generated};

use super::*;
use crate::rows::ColumnRow;

fn known(mariadb: bool) -> Known {
    Known {
        mariadb,
        database: "shop".into(),
        relations: HashMap::new(),
        functions: HashMap::new(),
        granted: Granted::default(),
    }
}

fn row(data_type: &str, default: Option<&str>, extra: &str) -> ColumnRow {
    ColumnRow {
        relation: "t".into(),
        name: "c".into(),
        ordinal: 1,
        default: default.map(Text::from),
        nullable: true,
        data_type: data_type.into(),
        column_type: data_type.into(),
        charset: None,
        collation: None,
        extra: Some(extra.into()).filter(|extra: &Text| !extra.is_empty()),
        comment: None,
        generated: None,
        srid: None,
    }
}

#[test]
fn defaults_read_the_same_whichever_server_tells_them() {
    let mysql = known(false);
    let mariadb = known(true);
    for (data_type, by_mysql, extra, by_mariadb, expected) in [
        (
            "varchar",
            Some("it's \\"),
            "",
            Some("'it\\'s \\\\'"),
            Some("'it''s \\\\'"),
        ),
        ("varchar", Some(""), "", Some("''"), Some("''")),
        ("varchar", Some("NULL"), "", Some("'NULL'"), Some("'NULL'")),
        ("varchar", None, "", Some("NULL"), None),
        ("int", Some("5"), "", Some("5"), Some("5")),
        (
            "date",
            Some("2000-01-01"),
            "",
            Some("'2000-01-01'"),
            Some("'2000-01-01'"),
        ),
        ("bit", Some("b'101'"), "", Some("b'101'"), Some("b'101'")),
        (
            "varchar",
            Some("uuid()"),
            "DEFAULT_GENERATED",
            Some("uuid()"),
            Some("uuid()"),
        ),
        (
            "varchar",
            Some("concat(_utf8mb4\\'a\\',1)"),
            "DEFAULT_GENERATED",
            Some("concat(_utf8mb4'a',1)"),
            Some("concat(_utf8mb4'a',1)"),
        ),
        (
            "datetime",
            Some("CURRENT_TIMESTAMP(3)"),
            "DEFAULT_GENERATED",
            Some("current_timestamp(3)"),
            Some("CURRENT_TIMESTAMP(3)"),
        ),
        (
            "timestamp",
            Some("CURRENT_TIMESTAMP"),
            "",
            Some("current_timestamp()"),
            Some("CURRENT_TIMESTAMP"),
        ),
    ] {
        let default =
            |told, extra, known| column(&row(data_type, told, extra), known).detail.default;
        assert_eq!(
            default(by_mysql, extra, &mysql).as_deref(),
            expected,
            "MySQL: {by_mysql:?}"
        );
        assert_eq!(
            default(by_mariadb, "", &mariadb).as_deref(),
            expected,
            "MariaDB: {by_mariadb:?}"
        );
    }
}

#[test]
fn the_words_beside_a_column_become_facts() {
    let told = "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6) INVISIBLE";
    let object = column(&row("timestamp", None, told), &known(false));
    let fact = |key: &str| {
        let attributes = &object.attributes;
        let found = attributes.iter().find(|attribute| &*attribute.key == key);
        found.map(|attribute| attribute.value.clone())
    };
    assert_eq!(
        fact("on_update"),
        Some(AttributeValue::from("CURRENT_TIMESTAMP(6)")),
        "without the words after it"
    );
    assert_eq!(
        fact("invisible"),
        Some(AttributeValue::from(true)),
        "that too"
    );
    let counted = column(&row("int", None, "auto_increment"), &known(false));
    assert_eq!(
        counted.detail.generated,
        Some(Generated::Autoincrement),
        "counted by the server"
    );
    let mut computed = row("int", None, "STORED GENERATED");
    computed.generated = Some("(`a` + 1)".into());
    let computed = column(&computed, &known(false));
    assert!(
        matches!(computed.detail.generated, Some(Generated::Stored { .. })),
        "stored"
    );
}
