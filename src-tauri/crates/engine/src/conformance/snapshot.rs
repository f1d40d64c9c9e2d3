//! Whether a snapshot says what its engine declares, and agrees with itself.

use std::collections::{BTreeMap, BTreeSet};

use model::snapshot::{AttributeValue, Detail, FieldDetail, Walker};
use model::{EngineDescriptor, ObjectKind, ObjectPath, Snapshot, Text};

use super::Complaints;

/// Every declared kind and attribute appears, and nothing that is not declared.
///
/// `absent` are kinds, and attributes as `kind.key`, that this server cannot show.
pub fn holds_what_is_declared(
    descriptor: &EngineDescriptor,
    snapshot: &Snapshot,
    absent: &[&str],
) -> Complaints {
    let mut complaints = Complaints::default();
    let counts = snapshot.counts();
    let mut seen: BTreeMap<ObjectKind, BTreeSet<&str>> = BTreeMap::new();
    for walker in snapshot.all() {
        let kind = walker.kind();
        let Some(declared) = descriptor.kind(kind) else {
            complaints.expect(false, || {
                format!("{} is a {kind}, not declared", walker.path())
            });
            continue;
        };
        let parent = walker.parent().map(Walker::kind);
        let stands_right = match parent {
            Some(parent) => declared.parents.contains(&parent),
            None => declared.parents.is_empty(),
        };
        complaints.expect(stands_right, || {
            format!("{} stands under {parent:?}", walker.path())
        });
        let mut order = declared.attributes.iter();
        for attribute in &walker.object().attributes {
            // Searching onwards finds a key only where the order is the declared one.
            let in_order = order.any(|known| known.key == &*attribute.key);
            complaints.expect(in_order, || {
                format!(
                    "{}: {} is not declared, or out of order",
                    walker.path(),
                    attribute.key
                )
            });
            seen.entry(kind).or_default().insert(&attribute.key);
        }
    }
    for declared in descriptor.kinds {
        let kind = declared.kind;
        let there = counts.contains_key(&kind);
        let expected = !absent.contains(&kind.as_str());
        complaints.expect(there == expected, || format!("there is a {kind}: {there}"));
        for attribute in declared.attributes.iter().filter(|_| expected) {
            let name = format!("{kind}.{}", attribute.key);
            let shown = seen
                .get(&kind)
                .is_some_and(|keys| keys.contains(attribute.key));
            let expected = !absent.contains(&name.as_str());
            complaints.expect(shown == expected, || format!("{name}: shown is {shown}"));
        }
    }
    complaints
}

/// The facts of a snapshot agree: paths are unique, keys and indexes name
/// columns that are there, columns are counted upwards, samples add up.
pub fn facts_agree(snapshot: &Snapshot) -> Complaints {
    let mut complaints = Complaints::default();
    let mut paths = BTreeSet::new();
    for walker in snapshot.all() {
        let path = walker.path();
        complaints.expect(paths.insert(path.clone()), || {
            format!("{path} is there twice")
        });
        if walker.kind() == ObjectKind::Server {
            complaints.expect(path == ObjectPath::server(), || {
                format!("the server is named {path}")
            });
        }
        attributes_say_something(walker, &mut complaints);
        if let Detail::Field(facts) = &walker.object().detail {
            field_agrees(walker, facts, &mut complaints);
        }
        if walker.kind().is_relation() {
            columns_ascend(walker, &mut complaints);
            parts_name_columns(walker, &mut complaints);
        }
    }
    complaints
}

/// No attribute is said twice or holds an empty list.
fn attributes_say_something(walker: Walker<'_>, complaints: &mut Complaints) {
    let mut keys = BTreeSet::new();
    for attribute in &walker.object().attributes {
        let (path, key) = (walker.path(), &attribute.key);
        complaints.expect(keys.insert(key), || format!("{path}: {key} is said twice"));
        let empty = match &attribute.value {
            AttributeValue::List(list) => list.is_empty(),
            AttributeValue::Objects(list) => list.is_empty(),
            AttributeValue::Flag(_) | AttributeValue::Number(_) | AttributeValue::Text(_) => false,
        };
        complaints.expect(!empty, || format!("{path}: {key} is an empty list"));
    }
}

/// A field is named after its path, and its sample counts no more than there was.
fn field_agrees(walker: Walker<'_>, facts: &FieldDetail, complaints: &mut Complaints) {
    let path = walker.path();
    complaints.expect(*FieldDetail::name(&facts.path) == *walker.name(), || {
        format!("{path} is not named after {:?}", facts.path)
    });
    complaints.expect(facts.types.is_sorted(), || {
        format!("{path}: the types {:?} are not sorted", facts.types)
    });
    let Some(sample) = &walker.object().sample else {
        complaints.expect(facts.types.is_empty(), || {
            format!("{path} has types and no sample")
        });
        return;
    };
    complaints.expect(sample.present <= sample.of, || {
        format!("{path} is there more often than it could be")
    });
    let mut counted: Vec<_> = sample.types.iter().map(|known| &known.name).collect();
    counted.sort();
    complaints.expect(counted.into_iter().eq(&facts.types), || {
        format!("{path} counts other types than it has")
    });
    let values: u64 = sample.types.iter().map(|known| known.count.get()).sum();
    let element = facts
        .path
        .last()
        .is_some_and(|step| **step == *FieldDetail::ELEMENT);
    complaints.expect(element || values == sample.present.get(), || {
        format!(
            "{path}: {values} values of {} that are there",
            sample.present.get()
        )
    });
}

fn columns_ascend(relation: Walker<'_>, complaints: &mut Complaints) {
    let ordinals: Vec<u32> = relation
        .children_of(ObjectKind::Column)
        .filter_map(|column| match &column.object().detail {
            Detail::Column(facts) => Some(facts.ordinal),
            _ => None,
        })
        .collect();
    let ascending = ordinals.windows(2).all(|pair| pair[0] < pair[1]);
    let from_one = ordinals.first().is_none_or(|first| *first >= 1);
    complaints.expect(ascending && from_one, || {
        format!("{}: the columns are counted {ordinals:?}", relation.path())
    });
}

fn parts_name_columns(relation: Walker<'_>, complaints: &mut Complaints) {
    let columns: BTreeSet<&str> = relation
        .children_of(ObjectKind::Column)
        .map(Walker::name)
        .collect();
    let indexes: BTreeSet<&str> = relation
        .children_of(ObjectKind::Index)
        .map(Walker::name)
        .collect();
    for part in relation.children() {
        let mut wrong = |what: &str, good: bool| {
            complaints.expect(good, || format!("{}: {what}", part.path()));
        };
        let known = |names: &[Text]| names.iter().all(|name| columns.contains(&**name));
        match &part.object().detail {
            Detail::PrimaryKey(facts) | Detail::Unique(facts) => {
                wrong("names a column that is not there", known(&facts.columns));
                wrong("names no column", !facts.columns.is_empty());
                let index = facts
                    .index
                    .as_ref()
                    .is_none_or(|index| indexes.contains(&**index));
                wrong("names an index that is not there", index);
            }
            Detail::ForeignKey(facts) => {
                wrong("names a column that is not there", known(&facts.columns));
                wrong("names no column", !facts.columns.is_empty());
                let there = facts.referenced_columns.len();
                let pairs = there == 0 || there == facts.columns.len();
                wrong("has more columns on one side than on the other", pairs);
            }
            Detail::Index(facts) => {
                wrong("has no parts", !facts.parts.is_empty());
                for part in &facts.parts {
                    let either = part.column.is_some() != part.expression.is_some();
                    wrong(
                        "has a part that is not just a column or an expression",
                        either,
                    );
                    // What documents hold is not declared, so an index may name anything.
                    let there = relation.kind() == ObjectKind::Collection
                        || part
                            .column
                            .as_ref()
                            .is_none_or(|name| columns.contains(&**name));
                    wrong("names a column that is not there", there);
                }
            }
            _ => {}
        }
    }
}
