//! Properties of snapshots, for whatever schema: the arena's shape, what a
//! difference says, what a hash depends on.

mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use model::snapshot::{Change, ChangeKind, Statistics, Warning};
use model::{Amount, ObjectKind, ObjectPath, Snapshot, SnapshotBuilder};
use proptest::prelude::*;

use schemas::{Schema, build, hostile_name, schema};

/// The kinds under which the builder lets an object stand.
fn parents_of(kind: ObjectKind) -> &'static [Option<ObjectKind>] {
    use ObjectKind as K;
    match kind {
        K::Database => &[None],
        K::Schema => &[Some(K::Database)],
        K::Table | K::View | K::MaterializedView | K::ForeignTable => {
            &[Some(K::Database), Some(K::Schema)]
        }
        _ => &[
            Some(K::Table),
            Some(K::View),
            Some(K::MaterializedView),
            Some(K::ForeignTable),
        ],
    }
}

/// What a snapshot holds, without the order in which it was read.
fn contents(snapshot: &Snapshot) -> BTreeMap<ObjectPath, u64> {
    let entry =
        |walker: model::snapshot::Walker<'_>| (walker.path(), walker.object().content_hash());
    snapshot.all().map(entry).collect()
}

/// Follows a difference: what is gone goes, what is new or changed is taken from `newer`.
fn apply(
    mut contents: BTreeMap<ObjectPath, u64>,
    changes: &[Change],
    newer: &Snapshot,
) -> BTreeMap<ObjectPath, u64> {
    for Change { object, change } in changes {
        match change {
            ChangeKind::Removed => {
                let was = contents.remove(object);
                assert!(was.is_some(), "{object} can only go where it was");
            }
            ChangeKind::Added | ChangeKind::Changed => {
                let taken = newer.find(object).expect("what is new is there");
                let was = contents.insert(object.clone(), taken.object().content_hash());
                let known = *change == ChangeKind::Changed;
                assert_eq!(was.is_some(), known, "{object} is new or changed, not both");
            }
        }
    }
    contents
}

proptest! {
    #[test]
    fn parents_come_before_children_and_enclose_them(schema in schema()) {
        let snapshot = build(&schema);
        let nodes = snapshot.nodes();
        for (id, node) in nodes.iter().enumerate() {
            let end = node.end as usize;
            prop_assert!(id < end && end <= nodes.len(), "a subtree begins with its root");
            let above = node.parent.map(|parent| &nodes[parent.0 as usize]);
            let allowed = parents_of(node.kind());
            let kind_above = above.map(|above| above.kind());
            prop_assert!(allowed.contains(&kind_above), "{} under {:?}", node.kind(), kind_above);
            if let (Some(parent), Some(above)) = (node.parent, above) {
                prop_assert!((parent.0 as usize) < id, "parents come first");
                prop_assert!(node.end <= above.end, "and enclose their children");
            }
        }
    }

    #[test]
    fn children_share_out_the_subtree_between_them(schema in schema()) {
        let snapshot = build(&schema);
        for walker in snapshot.all() {
            let below: u32 = walker.children().map(|child| child.subtree_size()).sum();
            prop_assert_eq!(below + 1, walker.subtree_size(), "nothing twice, nothing left out");
            for child in walker.children() {
                prop_assert_eq!(child.parent().map(|parent| parent.id()), Some(walker.id()));
            }
        }
        let roots: u32 = snapshot.roots().map(|root| root.subtree_size()).sum();
        prop_assert_eq!(roots as usize, snapshot.nodes().len(), "every object is below a root");
        let counted: u64 = snapshot.counts().values().sum();
        prop_assert_eq!(counted as usize, snapshot.nodes().len(), "every object has a kind");
    }

    #[test]
    fn every_object_is_found_by_its_path(schema in schema()) {
        let snapshot = build(&schema);
        for walker in snapshot.all() {
            let found = snapshot.find(&walker.path()).map(|found| found.id());
            prop_assert_eq!(found, Some(walker.id()), "{}", walker.path());
        }
        prop_assert!(snapshot.find(&ObjectPath::default()).is_none(), "no path, no object");
    }

    #[test]
    fn a_difference_leads_from_one_to_the_other(before in schema(), after in schema()) {
        let (before, after) = (build(&before), build(&after));
        let changes = before.diff(&after);
        prop_assert_eq!(apply(contents(&before), &changes, &after), contents(&after));
    }

    #[test]
    fn the_way_back_undoes_the_way_there(before in schema(), after in schema()) {
        let (before, after) = (build(&before), build(&after));
        let turned = |change: Change| Change {
            change: match change.change {
                ChangeKind::Added => ChangeKind::Removed,
                ChangeKind::Changed => ChangeKind::Changed,
                ChangeKind::Removed => ChangeKind::Added,
            },
            ..change
        };
        let there: Vec<_> = before.diff(&after).into_iter().map(turned).collect();
        prop_assert_eq!(there, after.diff(&before));
    }

    #[test]
    fn equal_schemas_hash_equally_and_do_not_differ(schema in schema(), rows in any::<u32>()) {
        let once = build(&schema);
        let mut busier = schema.clone();
        let statistics = Statistics { rows: Some(Amount::from(rows)), ..Statistics::default() };
        busier.statistics = statistics;
        let again = build(&busier);
        prop_assert!(once.diff(&again).is_empty(), "row counts are no change of the schema");
        let hashes = |snapshot: &Snapshot| -> Vec<u128> {
            snapshot.all().map(|walker| walker.subtree_hash()).collect()
        };
        prop_assert_eq!(hashes(&once), hashes(&again), "nor part of any hash");
    }

    #[test]
    fn a_subtrees_hash_tells_every_change_below_it(before in schema(), after in schema()) {
        let (before, after) = (build(&before), build(&after));
        let changes = before.diff(&after);
        for walker in before.all() {
            let path = walker.path();
            let Some(twin) = after.find(&path) else { continue };
            let differs = changes.iter().any(|change| path.contains(&change.object));
            if differs {
                prop_assert_ne!(walker.subtree_hash(), twin.subtree_hash(), "{}", path);
            }
        }
    }

    #[test]
    fn an_outline_has_a_line_for_each_object_whatever_its_name(
        schema in schema(),
        reason in hostile_name(),
    ) {
        let mut builder = SnapshotBuilder::default();
        schemas::fill(&mut builder, &schema);
        builder.warn(Warning {
            object: ObjectPath::database("d"),
            reason: reason.clone(),
            grant: None,
            unseen: false,
        });
        let snapshot = builder.finish();
        let outline = snapshot.outline();
        let expected = snapshot.nodes().len() + 1;
        prop_assert_eq!(outline.lines().count(), expected, "{}", outline);
        let breaks = |c: char| c.is_control() && c != '\n';
        prop_assert!(!outline.contains(breaks), "control characters are shown, not sent");
    }

    #[test]
    fn two_paths_never_read_alike(
        one in proptest::collection::vec(hostile_name(), 1..4),
        other in proptest::collection::vec(hostile_name(), 1..4),
    ) {
        let path = |names: &[String]| names.iter().fold(ObjectPath::default(), |path, name| {
            path.child(ObjectKind::Schema, name.as_str())
        });
        let alike = path(&one).to_string() == path(&other).to_string();
        prop_assert_eq!(alike, one == other, "{} and {}", path(&one), path(&other));
    }
}

#[test]
fn names_that_look_like_escapes_do_not_read_like_what_they_escape() {
    let path = |name: &str| ObjectPath::database(name).to_string();
    let names = [
        "a\nb", "a\\nb", "a\\\nb", "a\"b", "a\"\"b", "a.b", "a", "", " ", "\u{7f}",
    ];
    let told: BTreeSet<String> = names.iter().map(|name| path(name)).collect();
    assert_eq!(
        told.len(),
        names.len(),
        "each name has a spelling of its own: {told:?}"
    );
    assert!(
        !told.iter().any(|text| text.contains('\n')),
        "and stays on its line"
    );
}

#[test]
fn an_object_contains_itself_and_what_is_below_and_nothing_else() {
    let shop = ObjectPath::database("shop");
    let sales = shop.child(ObjectKind::Schema, "sales");
    let view = shop.child(ObjectKind::View, "sales");
    assert!(
        shop.contains(&shop) && shop.contains(&sales),
        "itself and its schema"
    );
    assert!(!sales.contains(&shop), "not what holds it");
    assert!(!sales.contains(&view), "nor a view of the same name");
    assert!(
        ObjectPath::default().contains(&view),
        "the connection holds everything"
    );
}

#[test]
fn an_empty_snapshot_is_nothing_to_anybody() {
    let empty = SnapshotBuilder::default().finish();
    let full = build(&Schema::small());
    assert_eq!(empty.outline(), "", "no lines");
    assert!(empty.diff(&empty).is_empty(), "no difference to itself");
    let all_new = empty
        .diff(&full)
        .iter()
        .all(|change| change.change == ChangeKind::Added);
    assert!(all_new, "everything is new against it");
    assert_eq!(
        empty.diff(&full).len(),
        full.nodes().len(),
        "object by object"
    );
}
