//! Conversions, without a server.

use model::snapshot::Generated;

use super::*;
use crate::rows::{ConstraintOptions, ConstraintRow, IdentityRow, NamedRow, TriggerRow, TypeRow};
use model::snapshot::ReferentialAction;

fn facts(number: u32) -> Facts {
    Facts {
        version: "15.1".to_owned(),
        number,
        product: "PostgreSQL",
        user: "u".to_owned(),
        database: "d".to_owned(),
        process: 1,
        block_size: 8192,
        read_only: true,
        address: "h:1".to_owned(),
        statement_timeout: 1000,
        pooled: false,
    }
}

fn names() -> Names {
    let mut names = Names::default();
    let column = |number, name: &str, collation| ColumnRow {
        number,
        name: name.into(),
        collation,
        ..column_row()
    };
    let columns = [column(1, "a", 0), column(3, "c", 100)];
    names.columns.add(1, columns.into_iter());
    names.columns.add(2, [column(1, "x", 0)].into_iter());
    names.add_type(TypeRow {
        id: 25,
        spelling: "text".into(),
        collation: 100,
        storage: 'x',
        expected_storage: 'x',
    });
    names.add_collation(NamedRow {
        id: 950,
        schema: "pg_catalog".into(),
        name: "C".into(),
    });
    names
}

fn column_row() -> ColumnRow {
    ColumnRow {
        relation: 1,
        number: 3,
        name: "c".into(),
        type_id: 25,
        modifier: -1,
        collation: 100,
        not_null: true,
        identity: ' ',
        generated: ' ',
        storage: 'x',
        inherited: false,
        value: Some("'z'::text".into()),
        comment: None,
    }
}

fn relation_row() -> RelationRow {
    RelationRow {
        id: 1,
        schema: 9,
        name: "t".into(),
        kind: 'r',
        persistence: 'p',
        partition: false,
        owner: None,
        row_estimate: -1,
        pages: 0,
        toast_pages: 0,
        tablespace: 0,
        access_method: 2,
        row_security: false,
        forced_row_security: false,
        replica_identity: 'd',
        options: Vec::new(),
        toast_options: Vec::new(),
        foreign_options: Vec::new(),
        acl: None,
        age: 1,
        name_mark: 1,
        of_type: None,
        not_populated: false,
        definition: None,
        partition_key: None,
        partition_bound: None,
        foreign_server: None,
    }
}

#[test]
fn a_column_says_only_what_differs_from_its_type() {
    let usual = column(&column_row(), &relation_row(), &names());
    assert_eq!(
        usual.detail.collation, None,
        "the type's own collation goes without saying"
    );
    assert_eq!(
        usual.detail.default.as_deref(),
        Some("'z'::text"),
        "the value is a default"
    );
    assert!(
        usual.attributes.is_empty(),
        "the usual storage goes without saying"
    );
    let row = ColumnRow {
        collation: 950,
        storage: 'e',
        ..column_row()
    };
    let special = column(&row, &relation_row(), &names());
    assert_eq!(
        special.detail.collation.as_deref(),
        Some("\"C\""),
        "another collation is named"
    );
    assert_eq!(special.attributes.len(), 1, "another storage is told");
}

#[test]
fn the_value_of_a_generated_column_is_no_default() {
    let stored = column(
        &ColumnRow {
            generated: 's',
            ..column_row()
        },
        &relation_row(),
        &names(),
    );
    assert_eq!(stored.detail.default, None, "it has no default");
    let expected = Generated::Stored {
        expression: "'z'::text".into(),
    };
    assert_eq!(
        stored.detail.generated,
        Some(expected),
        "the value is what computes it"
    );
}

#[test]
fn estimates_that_the_server_does_not_have_are_unknown() {
    let unknown = relation(&relation_row(), &[], 0, &names(), &facts(150_000));
    assert_eq!(
        unknown.statistics,
        Statistics::default(),
        "-1 is no estimate"
    );
    let zero = RelationRow {
        row_estimate: 0,
        ..relation_row()
    };
    let old = relation(&zero, &[], 0, &names(), &facts(130_000));
    assert_eq!(
        old.statistics.rows, None,
        "before 14, no rows and no pages means not counted"
    );
    let empty = relation(&zero, &[], 0, &names(), &facts(150_000));
    assert_eq!(
        empty.statistics.rows,
        Some(0_u32.into()),
        "since 14 it means empty"
    );
    let full = RelationRow {
        row_estimate: 7,
        pages: 2,
        ..relation_row()
    };
    let full = relation(&full, &[], 0, &names(), &facts(150_000));
    assert_eq!(
        full.statistics.bytes,
        Some(16_384_u32.into()),
        "pages times the block size"
    );
}

#[test]
fn a_parent_is_either_partitioned_or_inherited_from() {
    let parents = [ObjectName {
        kind: model::ObjectKind::Table,
        schema: Some("s".into()),
        name: "P".into(),
    }];
    let child = relation(&relation_row(), &parents, 0, &names(), &facts(150_000));
    assert_eq!(child.detail.partition_of, None, "a child is no partition");
    assert_eq!(child.attributes.len(), 1, "it says what it inherits from");
    let row = RelationRow {
        partition: true,
        ..relation_row()
    };
    let partition = relation(&row, &parents, 0, &names(), &facts(150_000));
    assert!(
        partition.detail.partition_of.is_some(),
        "a partition names its table"
    );
    assert!(
        partition.attributes.is_empty(),
        "and inherits from nothing else"
    );
}

#[test]
fn the_columns_of_a_foreign_key_keep_their_order() {
    let row = ConstraintRow {
        id: 5,
        relation: 1,
        name: "fk".into(),
        kind: 'f',
        columns: [3, 1].into_iter().collect(),
        index: None,
        foreign_relation: 2,
        foreign_schema: Some(9),
        foreign_table: Some("x".into()),
        foreign_columns: [1, 2].into_iter().collect(),
        foreign_names: None,
        said: ConstraintOptions {
            on_delete: Some('n'),
            matching: Some('f'),
            deferrable: true,
            deferred: true,
            not_validated: true,
            no_inherit: true,
            ..ConstraintOptions::default()
        },
        definition: None,
        age: 1,
    };
    let Constraint::ForeignKey(key) = constraint(&row, &names()) else {
        unreachable!("f is a foreign key");
    };
    assert_eq!(
        key.detail.columns,
        ["c".into(), "a".into()],
        "in the order of the key"
    );
    assert_eq!(
        key.detail.referenced_columns,
        ["x".into(), "#2".into()],
        "a column that went meanwhile is shown by its number"
    );
    let far = ConstraintRow {
        foreign_names: Some(vec!["p".into(), "".into()]),
        ..row.clone()
    };
    let Constraint::ForeignKey(far) = constraint(&far, &names()) else {
        unreachable!("f is a foreign key");
    };
    assert_eq!(
        far.detail.referenced_columns,
        ["p".into(), "#2".into()],
        "tables that are not at hand have their columns named by the server"
    );
    assert_eq!(
        key.detail.on_delete,
        ReferentialAction::SetNull,
        "n is set null"
    );
    assert!(
        key.attributes.is_empty(),
        "no_inherit says nothing about keys"
    );
}

#[test]
fn the_bits_of_a_trigger_become_words() {
    let row = TriggerRow {
        id: 6,
        relation: 1,
        name: "t".into(),
        bits: 1 | 2 | 4 | 16,
        enabled: 'R',
        columns: [1, 3].into_iter().collect(),
        constraint: false,
        deferrable: false,
        deferred: false,
        inherited: false,
        function_schema: "s".into(),
        function_name: "f".into(),
        definition: None,
        comment: None,
    };
    let trigger = trigger(&row, &names());
    assert_eq!(&*trigger.detail.timing, "before", "bit 2");
    assert_eq!(
        trigger.detail.events,
        ["insert".into(), "update of a, c".into()],
        "bits 4 and 16"
    );
    assert!(
        trigger.detail.for_each_row && trigger.detail.enabled,
        "R fires on replicas"
    );
    assert_eq!(
        trigger.attributes.len(),
        2,
        "its function and where it fires"
    );
}

#[test]
fn an_identity_tells_only_what_is_not_usual() {
    let identity = |name: &str, schema: u32, options: Option<&str>| {
        let mut names = names();
        let sequence = IdentityRow {
            sequence: 8,
            relation: Some(1),
            number: Some(3),
            schema,
            name: Some(name.into()),
            options: options.map(Into::into),
            age: 0,
            class_age: 0,
            estimates: 0,
        };
        names.extras.add_identity(1, 3, sequence);
        let row = ColumnRow {
            identity: 'a',
            ..column_row()
        };
        let column = column(&row, &relation_row(), &names);
        column.attributes.first().map(|fact| fact.value.clone())
    };
    assert_eq!(identity("t_c_seq", 9, None), None, "the usual name");
    assert_eq!(
        identity("t_c_seq", 9, Some("CACHE 5")),
        Some("CACHE 5".into()),
        "how it counts"
    );
    assert_eq!(
        identity("t_c_seq1", 9, Some("")),
        Some("SEQUENCE NAME \"\".t_c_seq1".into()),
        "another name"
    );
}

#[test]
fn a_key_to_a_table_that_was_read_before_has_its_names() {
    let mut names = names();
    names.add_referable(2, 9, &"earlier".into(), &[1]);
    names.sort_referable();
    names.forget_tables();
    let found = names.referable(2);
    assert_eq!(found, Some((9, "earlier".into())), "the table is kept");
    assert_eq!(
        names.referable_columns(2, &[1, 2]),
        ["x".into(), "#2".into()],
        "and of its columns those that keys can refer to"
    );
    assert_eq!(names.referable(1), None, "no other is");
}

#[test]
fn numbers_become_the_same_text_as_elsewhere() {
    for number in [0, 7, 10, 16_384, u32::MAX] {
        assert_eq!(*digits(number), *number.to_string(), "{number}");
    }
    for number in [-6, 0, 1, 1600, i16::MAX] {
        assert_eq!(*position(number), *number.to_string(), "{number}");
    }
}
