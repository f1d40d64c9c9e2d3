//! What a connection, a database or a schema holds as a list: filtered and sorted
//! here, so that only rows in sight are sent. The order is kept until it changes.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use catalogue::{Above, CatalogueError, ObjectCard, Read, Scope, natural};
use model::snapshot::Detail;
use model::{EngineDescriptor, ObjectId, ObjectKind};

use super::card;
use crate::Error;
use crate::studio::{Studio, locked};
use crate::view::{
    Contents, ContentsColumn, ContentsFacts, ContentsRequest, ContentsSort, TreeParent,
};

/// The most rows that are given at once.
const MOST: u32 = 500;
/// How many lists are kept.
const KEPT: usize = 3;

/// The lists that were asked for last, the newest last.
#[derive(Debug, Default)]
pub(crate) struct Lists(Mutex<Vec<Arc<List>>>);

/// One list: what is asked for, and its order.
#[derive(Debug)]
struct List {
    edition: u32,
    /// The request without the part that is asked for.
    of: ContentsRequest,
    above: Above,
    rows: Vec<(ObjectId, ObjectKind)>,
    all: BTreeMap<ObjectKind, u32>,
    kept: BTreeMap<ObjectKind, u32>,
    known: ContentsFacts,
}

/// What a row is sorted by, besides its name.
#[derive(Debug, PartialEq, Eq)]
enum Value {
    Number(u64),
    Text(String),
    Nothing,
}

impl Studio {
    /// A part of the list of what a connection or an object holds.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn contents(&self, request: ContentsRequest) -> Result<Contents, Error> {
        let who = self.signed_in()?;
        let inner = self.inner.clone();
        self.read_as(who.clone(), move |scope| {
            let edition = scope.objects().edition()?;
            let of = ContentsRequest {
                from: 0,
                count: 0,
                find: None,
                ..request.clone()
            };
            let known = {
                let mut lists = locked(&who.lists.0);
                lists.retain(|list| list.edition == edition);
                lists.iter().find(|list| list.of == of).cloned()
            };
            let list = match known {
                Some(list) => list,
                None => {
                    let engine = |id| {
                        let kept = scope.connections().get(id)?;
                        let engine = inner.parts.registry.get(&kept.draft.target.engine);
                        Ok(engine.map(|engine| engine.descriptor()))
                    };
                    let list = Arc::new(list(scope, of, edition, &engine)?);
                    let mut lists = locked(&who.lists.0);
                    if lists.len() >= KEPT {
                        lists.remove(0);
                    }
                    lists.push(list.clone());
                    list
                }
            };
            part(scope, &list, &request)
        })
        .await
    }
}

fn part(
    scope: &Scope<'_, Read>,
    list: &List,
    request: &ContentsRequest,
) -> Result<Contents, CatalogueError> {
    let total = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
    let count = request.count.min(MOST);
    let at = request
        .find
        .and_then(|id| list.rows.iter().position(|(row, _)| *row == id))
        .and_then(|at| u32::try_from(at).ok());
    let from = request.from.min(total);
    let until = from.saturating_add(count).min(total);
    let rows = &list.rows[from as usize..until as usize];
    let rows = scope.objects().cards(list.above, rows)?;
    Ok(Contents {
        total,
        from,
        rows: rows.into_iter().map(card).collect(),
        at,
        all: list.all.clone(),
        kept: list.kept.clone(),
        known: list.known,
    })
}

type Engine<'e> =
    &'e dyn Fn(model::ConnectionId) -> Result<Option<&'static EngineDescriptor>, CatalogueError>;

fn list(
    scope: &Scope<'_, Read>,
    of: ContentsRequest,
    edition: u32,
    engine: Engine<'_>,
) -> Result<List, CatalogueError> {
    let (above, engine) = match of.parent {
        TreeParent::Connection { connection } => {
            (Above::Connection(connection), engine(connection)?)
        }
        TreeParent::Object { object } => {
            let holder = scope.objects().card(object)?;
            let engine = engine(holder.connection)?;
            (Above::Object(object, holder.kind), engine)
        }
    };
    let wanted = of.filter.trim().to_lowercase();
    let mut all = BTreeMap::new();
    let mut kept: BTreeMap<ObjectKind, u32> = BTreeMap::new();
    let mut known = ContentsFacts::default();
    let mut rows = Vec::new();
    scope.objects().each_card(above, |card| {
        *all.entry(card.kind).or_default() += 1;
        let letters = u32::try_from(card.name.chars().count()).unwrap_or(u32::MAX);
        known.longest = known.longest.max(letters);
        if !of.kinds.is_empty() && !of.kinds.contains(&card.kind) {
            return;
        }
        learn(&mut known, card);
        if !holds(card, &wanted) {
            return;
        }
        *kept.entry(card.kind).or_default() += 1;
        let value = of.sort.map(|sort| value(engine, card, sort.by));
        rows.push(Row {
            rank: rank(engine, card.kind),
            natural: natural(&card.name),
            value,
            name: card.name.clone(),
            id: card.id,
            kind: card.kind,
        });
    })?;
    rows.sort_unstable_by(|a, b| order(a, b, of.sort));
    Ok(List {
        edition,
        of,
        above,
        rows: rows.into_iter().map(|row| (row.id, row.kind)).collect(),
        all,
        kept,
        known,
    })
}

struct Row {
    rank: usize,
    natural: String,
    value: Option<Value>,
    name: model::Text,
    id: ObjectId,
    kind: ObjectKind,
}

/// The place of a kind among those that the engine declares.
fn rank(engine: Option<&'static EngineDescriptor>, kind: ObjectKind) -> usize {
    let kinds = engine.map_or(&[][..], |engine| engine.kinds);
    let place = kinds.iter().position(|declared| declared.kind == kind);
    place.unwrap_or(kinds.len())
}

fn learn(known: &mut ContentsFacts, card: &ObjectCard) {
    let statistics = &card.statistics;
    let relation = card.kind.is_relation();
    known.relations |= relation;
    known.collections |= card.kind == ObjectKind::Collection;
    known.columns |= relation && card.child_counts.contains_key(&ObjectKind::Column);
    known.rows |= relation && statistics.rows.is_some();
    known.sizes |= relation && statistics.bytes.is_some();
    known.estimates |= statistics.rows.is_some() || statistics.bytes.is_some();
    known.owners |= owner(&card.detail).is_some();
    let summarised = summary(&card.detail).is_some();
    known.summaries |= summarised;
    known.plain |= !summarised;
    known.holders |= card.child_counts.values().any(|count| *count > 0);
}

fn holds(card: &ObjectCard, wanted: &str) -> bool {
    let texts = [
        Some(&*card.name),
        card.comment.as_deref(),
        summary(&card.detail),
    ];
    let mut texts = texts.into_iter().flatten();
    wanted.is_empty() || texts.any(|text| text.to_lowercase().contains(wanted))
}

fn value(
    engine: Option<&'static EngineDescriptor>,
    card: &ObjectCard,
    by: ContentsColumn,
) -> Value {
    let text = |text: Option<&str>| match text {
        None | Some("") => Value::Nothing,
        Some(text) => Value::Text(natural(text)),
    };
    let number = |number: Option<u64>| number.map_or(Value::Nothing, Value::Number);
    match by {
        ContentsColumn::Name => text(Some(&card.name)),
        ContentsColumn::Kind => {
            let declared = engine.and_then(|engine| engine.kind(card.kind));
            text(Some(declared.map_or(card.kind.as_str(), |kind| kind.label)))
        }
        ContentsColumn::Inside => Value::Number(inside(card)),
        ContentsColumn::Rows => number(card.statistics.rows.map(|rows| rows.get())),
        ContentsColumn::Size => number(card.statistics.bytes.map(|bytes| {
            let indexes = card.statistics.index_bytes;
            bytes.get() + indexes.map_or(0, |bytes| bytes.get())
        })),
        ContentsColumn::Owner => text(owner(&card.detail)),
        ContentsColumn::Summary => text(summary(&card.detail)),
        ContentsColumn::Comment => text(card.comment.as_deref()),
        ContentsColumn::Words => text(summary(&card.detail).or(card.comment.as_deref())),
    }
}

/// How many objects of the sort that one asks after a holder has.
fn inside(card: &ObjectCard) -> u64 {
    let counted: &[ObjectKind] = match card.kind {
        ObjectKind::Database | ObjectKind::Schema => &[
            ObjectKind::Schema,
            ObjectKind::Table,
            ObjectKind::View,
            ObjectKind::MaterializedView,
            ObjectKind::ForeignTable,
            ObjectKind::Collection,
        ],
        _ => &[ObjectKind::Column, ObjectKind::Field],
    };
    let counts = counted
        .iter()
        .filter_map(|kind| card.child_counts.get(kind));
    counts.sum()
}

fn owner(detail: &Detail) -> Option<&str> {
    match detail {
        Detail::Database(facts) => facts.owner.as_deref(),
        Detail::Schema(facts) => facts.owner.as_deref(),
        Detail::Table(facts)
        | Detail::View(facts)
        | Detail::MaterializedView(facts)
        | Detail::ForeignTable(facts)
        | Detail::Collection(facts) => facts.owner.as_deref(),
        Detail::Other(facts) => facts.owner.as_deref(),
        _ => None,
    }
}

fn summary(detail: &Detail) -> Option<&str> {
    match detail {
        Detail::Other(facts) => facts.summary.as_deref(),
        _ => None,
    }
}

fn order(a: &Row, b: &Row, sort: Option<ContentsSort>) -> Ordering {
    let by_value = match (&a.value, &b.value, sort) {
        (Some(a), Some(b), Some(sort)) => compared(a, b, sort.descending),
        _ => Ordering::Equal,
    };
    by_value
        .then_with(|| a.rank.cmp(&b.rank))
        .then_with(|| a.natural.cmp(&b.natural))
        .then_with(|| a.name.cmp(&b.name))
        .then_with(|| a.id.cmp(&b.id))
}

fn compared(a: &Value, b: &Value, descending: bool) -> Ordering {
    let order = match (a, b) {
        (Value::Nothing, Value::Nothing) => return Ordering::Equal,
        (Value::Nothing, _) => return Ordering::Greater,
        (_, Value::Nothing) => return Ordering::Less,
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Number(_), Value::Text(_)) => Ordering::Less,
        (Value::Text(_), Value::Number(_)) => Ordering::Greater,
    };
    if descending { order.reverse() } else { order }
}
