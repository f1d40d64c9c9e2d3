//! Whatever happens to a schema, the catalogue holds what was read last, and
//! the versions of an object follow one another.

use proptest::prelude::*;

use crate::support::{Store, assert_lifespans, facts};
use crate::world::{World, event};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_applied_last_is_what_is_held(
        native: bool,
        rounds in prop::collection::vec(prop::collection::vec(event(), 0..4), 1..8),
    ) {
        let store = Store::new();
        let person = store.person("ada");
        let mut world = World::new(native);
        for round in &rounds {
            round.iter().for_each(|event| world.happen(event));
            let snapshot = world.snapshot();
            person.sync(&snapshot);
            let held = person.snapshot();
            prop_assert_eq!(facts(&held), facts(&snapshot), "every fact is as it was read");
            let counts = person.read(|scope| scope.objects().counts(person.connection));
            prop_assert_eq!(counts, snapshot.counts(), "the kept counts are those of what is held");
            let again = person.sync(&snapshot);
            prop_assert_eq!(
                (again.added, again.changed, again.removed), (0, 0, 0),
                "the same schema once more is no change"
            );
        }
        assert_lifespans(&store.plain());
    }

    #[test]
    fn an_object_keeps_its_lineage_for_as_long_as_the_server_knows_it(
        rounds in prop::collection::vec(event(), 1..16),
    ) {
        let store = Store::new();
        let person = store.person("ada");
        let mut world = World::new(true);
        let mut known = std::collections::HashMap::new();
        for event in &rounds {
            world.happen(event);
            person.sync(&world.snapshot());
            let mut current = std::collections::HashMap::new();
            for (number, path) in world.tables().into_iter().chain(world.columns()) {
                let id = person.read(|scope| scope.objects().find(person.connection, &path));
                let id = id.expect("what was read is found by its path");
                let record = person.read(|scope| scope.objects().get(id));
                prop_assert_eq!(&record.card.path, &path, "it is found by its number too");
                current.insert(number, id);
            }
            for (number, id) in &known {
                let now = current.get(number);
                // A table made anew takes its columns, which keep their numbers, along.
                if let Some(now) = now.filter(|_| !matches!(event, crate::world::Event::RecreateTable(..))) {
                    prop_assert_eq!(now, id, "a rename or a change keeps the lineage");
                }
            }
            let distinct: std::collections::HashSet<_> = current.values().collect();
            prop_assert_eq!(distinct.len(), current.len(), "no two objects share a lineage");
            known = current;
        }
        assert_lifespans(&store.plain());
    }
}
