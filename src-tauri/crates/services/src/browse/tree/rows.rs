//! What the rows of a part of the tree say: read for those rows and no others.

use catalogue::{Above, CatalogueError, Read, Scope};
use model::{ObjectId, ObjectKind};

use super::key;
use super::level::Site;
use super::shape::{groups, is_holder};
use super::slots::{Slot, What};
use crate::browse::{card, roles};
use crate::view::{ObjectCard, TreeRow, TreeRowOf};

/// The rows as the window shows them.
pub(super) fn rows(
    scope: &Scope<'_, Read>,
    slots: Vec<Slot>,
) -> Result<Vec<TreeRow>, CatalogueError> {
    let mut cards = cards(scope, &slots)?.into_iter();
    let mut rows = Vec::with_capacity(slots.len());
    for slot in slots {
        let of_object = matches!(slot.what, What::Object { .. });
        let card = if of_object { cards.next() } else { None };
        rows.push(row(slot, card));
    }
    Ok(rows)
}

/// What type-ahead compares with.
pub(super) fn name(scope: &Scope<'_, Read>, slot: &Slot) -> Result<String, CatalogueError> {
    Ok(match &slot.what {
        What::Connection => slot.site.name.clone(),
        What::Folder { label, .. } => (*label).to_owned(),
        What::Object {
            name: Some(name), ..
        } => name.to_string(),
        What::Object { id, kind, .. } => scope.objects().name_of(*id, *kind)?.to_string(),
        What::Note { .. } => String::new(),
    })
}

/// The key of a row.
pub(super) fn key(scope: &Scope<'_, Read>, slot: &Slot) -> Result<String, CatalogueError> {
    Ok(match &slot.what {
        What::Connection => key::connection(slot.connection()),
        What::Folder { key, .. } | What::Note { key, .. } => key.clone(),
        What::Object { kind, owner, .. } => key::object(owner, *kind, &name(scope, slot)?),
    })
}

/// Whether the filter found what stands in a row.
pub(super) fn is_found(slot: &Slot) -> bool {
    match slot.what {
        What::Object { above, id, .. } => is_match(&slot.site, above, id),
        _ => false,
    }
}

fn is_match(site: &Site, above: Above, id: ObjectId) -> bool {
    let Some(found) = &site.found else {
        return false;
    };
    let level = match above {
        Above::Connection(_) => Some(&found.top),
        Above::Object(above, _) => found.below.get(&above),
    };
    let mut level = level.into_iter().flatten();
    level.any(|part| part.id == id && part.found)
}

/// Rows that are read together.
struct Siblings {
    above: Above,
    ids: Vec<(ObjectId, ObjectKind)>,
    /// The place of each among the objects.
    places: Vec<usize>,
}

/// The cards of all objects among the rows, siblings read together.
fn cards(scope: &Scope<'_, Read>, slots: &[Slot]) -> Result<Vec<ObjectCard>, CatalogueError> {
    let mut wanted: Vec<Siblings> = Vec::new();
    let mut objects = 0;
    for slot in slots {
        let What::Object {
            above, id, kind, ..
        } = slot.what
        else {
            continue;
        };
        // A table's rows are interrupted by those of what is unfolded above it only.
        match wanted.iter_mut().rev().find(|known| known.above == above) {
            Some(known) => {
                known.ids.push((id, kind));
                known.places.push(objects);
            }
            None => wanted.push(Siblings {
                above,
                ids: vec![(id, kind)],
                places: vec![objects],
            }),
        }
        objects += 1;
    }
    let mut cards: Vec<(usize, ObjectCard)> = Vec::with_capacity(objects);
    for Siblings { above, ids, places } in wanted {
        let read = scope.objects().cards(above, &ids)?;
        let mut read: Vec<_> = read.into_iter().map(card).collect();
        if let Above::Object(table, _) = above
            && read.iter().any(|card| card.kind == ObjectKind::Column)
        {
            roles::add(scope, table, &mut read)?;
        }
        cards.extend(places.into_iter().zip(read));
    }
    cards.sort_unstable_by_key(|(place, _)| *place);
    Ok(cards.into_iter().map(|(_, card)| card).collect())
}

fn row(slot: Slot, card: Option<ObjectCard>) -> TreeRow {
    let connection = slot.connection();
    let (key, unfolds, of) = match (slot.what, card) {
        (
            What::Object {
                above,
                id,
                kind,
                owner,
                ..
            },
            Some(card),
        ) => {
            let key = key::object(&owner, kind, &card.name);
            let site = &slot.site;
            let unfolds = match &site.found {
                Some(found) => found.below.contains_key(&id),
                None => {
                    let counts = card.child_counts.iter();
                    let counts = counts.map(|(kind, count)| (*kind, u64::from(*count)));
                    (card.unseen.is_some() && (is_holder(kind) || kind.is_relation()))
                        || !groups(site.engine, kind, &counts.collect(), site.hidden.get(&key))
                            .is_empty()
                }
            };
            let found = is_match(site, above, id);
            let owner = match above {
                Above::Connection(_) => None,
                Above::Object(owner, _) => Some(owner),
            };
            let of = TreeRowOf::Object {
                card: Box::new(card),
                owner,
                found,
            };
            (key, unfolds, of)
        }
        (
            What::Folder {
                key,
                label,
                count,
                owner,
                kinds,
                unseen,
            },
            _,
        ) => {
            let of = TreeRowOf::Folder {
                label: label.to_owned(),
                count,
                owner,
                kinds: kinds.to_vec(),
                unseen: unseen.as_deref().map(str::to_owned),
            };
            (key, true, of)
        }
        (What::Note { key, about, text }, _) => (key, false, TreeRowOf::Note { about, text }),
        (What::Connection | What::Object { .. }, _) => {
            (key::connection(connection), true, TreeRowOf::Connection)
        }
    };
    let (parent_at, parent) = slot.parent.unzip();
    TreeRow {
        key,
        parent: parent.map(|key| key.to_string()),
        parent_at,
        connection,
        depth: u32::from(slot.depth),
        position: slot.position,
        siblings: slot.siblings,
        unfolds,
        open: slot.open && unfolds,
        of,
    }
}
