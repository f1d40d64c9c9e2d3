//! Samples of documents over syncs: confidence grows, and missing something once is
//! no proof that it is gone.

use model::snapshot::{
    DatabaseDetail, Detail, FieldDetail, Object, RelationDetail, Sample, TypeCount,
};
use model::{Amount, ObjectKind, ObjectPath, Snapshot, SnapshotBuilder, Text, Timestamp};

use crate::support::{Person, Store, assert_lifespans};

/// One field of one sample: its path, how many held it, and the types of its values.
type Seen<'s> = (&'s [&'s str], u64, &'s [(&'s str, u64)]);

fn collection(documents: u64, whole: bool, fields: &[Seen<'_>]) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("events", DatabaseDetail::default()));
    let mut own = Sample::new(documents, documents, Timestamp(1));
    own.whole = whole;
    let object = Object::new("deliveries", RelationDetail::default()).sample(own);
    let mut collection = database.collection(object);
    for (path, present, types) in fields {
        let path: Vec<Text> = path.iter().map(|step| (*step).into()).collect();
        let mut sample = Sample::new(documents, *present, Timestamp(1));
        sample.whole = whole;
        sample.types = types
            .iter()
            .map(|(name, count)| TypeCount {
                name: (*name).into(),
                count: Amount::from(*count),
            })
            .collect();
        let mut types: Vec<Text> = types.iter().map(|(name, _)| (*name).into()).collect();
        types.sort();
        let name = FieldDetail::name(&path);
        collection.field(Object::new(name, FieldDetail { path, types }).sample(sample));
    }
    drop(collection);
    drop(database);
    builder.finish()
}

fn field(person: &Person<'_>, name: &str) -> Option<(Vec<Text>, Sample)> {
    let path = ObjectPath::database("events")
        .child(ObjectKind::Collection, "deliveries")
        .child(ObjectKind::Field, name);
    person.read(|scope| {
        let Some(id) = scope.objects().find(person.connection, &path)? else {
            return Ok(None);
        };
        let card = scope.objects().card(id)?;
        let types = match card.detail {
            Detail::Field(facts) => Some(facts.types),
            _ => None,
        };
        Ok(types.zip(card.sample))
    })
}

const STRING: &[(&str, u64)] = &[("string", 1000)];

#[test]
fn samples_are_put_together_and_narrow_the_interval() {
    let store = Store::new();
    let person = store.person("ada");
    let read = collection(1000, false, &[(&["status"], 900, &[("string", 900)])]);
    person.sync(&read);
    let once = field(&person, "status").expect("it is there").1;
    let again = person.sync(&read);
    assert_eq!(
        (again.added, again.changed, again.removed),
        (0, 0, 0),
        "another sample that says the same changes no object"
    );
    let twice = field(&person, "status").expect("it is there").1;
    assert_eq!(
        (twice.of, twice.present),
        (2000_u32.into(), 1800_u32.into()),
        "counts add up"
    );
    assert_eq!(twice.types[0].count, 1800_u32.into(), "also those of types");
    let width = |sample: &Sample| sample.presence().high - sample.presence().low;
    assert!(width(&twice) < width(&once), "more documents say more");
}

#[test]
fn a_rare_field_that_one_sample_misses_is_kept_and_told() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&collection(
        1000,
        false,
        &[(&["status"], 1000, STRING), (&["debug"], 3, &[("bool", 3)])],
    ));
    let applied = person.sync(&collection(1000, false, &[(&["status"], 1000, STRING)]));
    assert_eq!(applied.removed, 0, "three of a thousand are easily missed");
    let (_, sample) = field(&person, "debug").expect("it is still there");
    assert_eq!(
        (sample.absent_for, sample.of),
        (1000_u32.into(), 2000_u32.into()),
        "and it says how many did not hold it"
    );
}

#[test]
fn a_common_field_that_is_missed_is_gone() {
    let store = Store::new();
    let person = store.person("ada");
    let both = [(&["status"] as &[_], 1000, STRING), (&["old"], 800, STRING)];
    person.sync(&collection(1000, false, &both));
    let applied = person.sync(&collection(1000, false, &[(&["status"], 1000, STRING)]));
    assert_eq!(
        applied.removed, 1,
        "eight of ten held it, of a thousand none does"
    );
    assert!(field(&person, "old").is_none(), "it is closed");
    assert_lifespans(&store.plain());
}

#[test]
fn looking_at_everything_leaves_no_doubt() {
    let store = Store::new();
    let person = store.person("ada");
    let both = [(&["status"] as &[_], 12, STRING), (&["debug"], 1, STRING)];
    person.sync(&collection(12, true, &both));
    person.sync(&collection(12, true, &both));
    let (_, sample) = field(&person, "debug").expect("it is there");
    assert_eq!(
        sample.of,
        12_u32.into(),
        "the same documents are not counted twice"
    );
    let applied = person.sync(&collection(12, true, &[(&["status"], 12, STRING)]));
    assert_eq!(applied.removed, 1, "no document holds it");
}

#[test]
fn a_rare_type_stays_until_missing_it_is_no_chance() {
    let store = Store::new();
    let person = store.person("ada");
    let mixed: &[(&str, u64)] = &[("string", 995), ("int", 5)];
    person.sync(&collection(1000, false, &[(&["code"], 1000, mixed)]));
    let applied = person.sync(&collection(1000, false, &[(&["code"], 1000, STRING)]));
    assert_eq!(applied.changed, 0, "five of a thousand are easily missed");
    let types = field(&person, "code").expect("it is there").0;
    assert_eq!(types, ["int".into(), "string".into()], "both are known");
    let even: &[(&str, u64)] = &[("string", 500), ("int", 500)];
    person.sync(&collection(1000, false, &[(&["size"], 1000, even)]));
    person.sync(&collection(1000, false, &[(&["size"], 1000, STRING)]));
    let types = field(&person, "size").expect("it is there").0;
    assert_eq!(
        types,
        ["string".into()],
        "half of the values are not missed by chance"
    );
}

#[test]
fn a_sync_without_a_sample_leaves_what_is_known() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&collection(1000, false, &[(&["status"], 1000, STRING)]));
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("events", DatabaseDetail::default()));
    database.collection(Object::new("deliveries", RelationDetail::default()));
    drop(database);
    let applied = person.sync(&builder.finish());
    assert_eq!(
        applied.removed, 0,
        "sampling was off, which says nothing of fields"
    );
    assert!(
        field(&person, "status").is_some(),
        "the field is known as before"
    );
}

#[test]
fn a_dropped_collection_takes_its_samples_with_it() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&collection(1000, false, &[(&["status"], 1000, STRING)]));
    let mut builder = SnapshotBuilder::default();
    builder.database(Object::new("events", DatabaseDetail::default()));
    let applied = person.sync(&builder.finish());
    assert_eq!(applied.removed, 2, "the collection and its field");
    let left: i64 = store
        .plain()
        .query_row("SELECT count(*) FROM sample", [], |row| row.get(0))
        .expect("samples can be counted");
    assert_eq!(left, 0, "nothing is left of it");
}
