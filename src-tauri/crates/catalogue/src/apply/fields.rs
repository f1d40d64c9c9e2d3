//! Fields of documents: what a sample saw, put to what earlier samples saw. Nothing
//! is read or written here.
//!
//! A sample that did not meet a field or a type proves nothing by itself. What
//! was met before stays until missing it by chance is less than likely.

use std::collections::HashMap;

use model::Text;
use model::snapshot::{Detail, FieldDetail, Object, Sample, Walker};

/// What this sync's sample says of the fields of one collection.
pub(super) struct Sampled<'s> {
    collection: Option<&'s Sample>,
    fields: HashMap<&'s [Text], &'s Sample>,
}

impl<'s> Sampled<'s> {
    pub(super) fn of(collection: Walker<'s>) -> Self {
        let fields = collection.children().filter_map(|child| {
            let sample = child.object().sample.as_deref()?;
            match &child.object().detail {
                Detail::Field(facts) => Some((facts.path.as_slice(), sample)),
                _ => None,
            }
        });
        Self {
            collection: collection.object().sample.as_deref(),
            fields: fields.collect(),
        }
    }

    /// A sample that did not meet the field: how many objects were looked at that
    /// could have held it. Absent where nothing was sampled.
    fn without(&self, field: &FieldDetail) -> Option<Sample> {
        let collection = self.collection?;
        let above = &field.path[..field.path.len().saturating_sub(1)];
        let of = if above.is_empty() {
            collection.present
        } else {
            self.fields
                .get(above)
                .map_or_else(Default::default, |sample| sample.present)
        };
        let mut sample = Sample::new(of.get(), 0, collection.at);
        sample.whole = collection.whole;
        Some(sample)
    }

    /// What is now known of a field that this sync read.
    pub(super) fn met(
        &self,
        stored: Option<(&Object<Detail>, &Sample)>,
        read: &Object<Detail>,
    ) -> (Object<Detail>, Option<Sample>) {
        let mut object = read.clone();
        let Detail::Field(facts) = &mut object.detail else {
            return (object, None);
        };
        let newer = match &read.sample {
            Some(sample) => Some((**sample).clone()),
            None => self.without(facts),
        };
        let Some((before, known)) = stored else {
            return (object, newer);
        };
        let Some(newer) = newer else {
            keep_types(facts, before, |_| true);
            return (object, Some(known.clone()));
        };
        keep_types(facts, before, |name| !known.type_is_gone(name, &newer));
        (object, Some(known.merged(&newer)))
    }

    /// What is now known of a field that this sync did not meet; absent where it is gone.
    pub(super) fn missed(&self, field: &FieldDetail, known: Option<&Sample>) -> Missed {
        // What only a validator declared has no sample.
        let Some(known) = known else {
            return Missed::Gone;
        };
        let Some(newer) = self.without(field) else {
            return Missed::Unknown;
        };
        let absent_for = known.absent_for.plus(newer.of).get();
        if newer.whole || known.is_gone_after(absent_for) {
            return Missed::Gone;
        }
        Missed::NotMet(Box::new(known.merged(&newer)))
    }
}

/// What not meeting a field means.
pub(super) enum Missed {
    /// Nothing was sampled.
    Unknown,
    /// The sample may have missed it; this is what is known of it now.
    NotMet(Box<Sample>),
    /// It is no longer there.
    Gone,
}

fn keep_types(facts: &mut FieldDetail, before: &Object<Detail>, keep: impl Fn(&str) -> bool) {
    let Detail::Field(before) = &before.detail else {
        return;
    };
    for name in &before.types {
        if !facts.types.contains(name) && keep(name) {
            facts.types.push(name.clone());
        }
    }
    facts.types.sort();
}
