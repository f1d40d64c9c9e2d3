//! The levels of the tree: which objects stand below something, in order. Read once
//! and kept as numbers; a filter's finds give levels of the same shape.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use catalogue::{Above, CatalogueError, Found, LevelRow, Read, Scope};
use model::snapshot::Counts;
use model::{ConnectionId, EngineDescriptor, ObjectId, ObjectKind};

use super::key;
use super::shape::{Hidden, Span, groups, is_holder};

/// How many levels below tables are kept: more than any window shows.
const PARTS: usize = 512;

/// What is known of a connection before any of its rows.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) id: ConnectionId,
    pub(super) name: String,
    pub(super) engine: Option<&'static EngineDescriptor>,
    /// Whether the catalogue holds anything of it.
    pub(super) read: bool,
    /// By the key of what it would stand below, what could not be seen.
    pub(super) hidden: HashMap<String, Hidden>,
    /// Why the children of objects could not be seen.
    pub(super) unseen: BTreeMap<ObjectId, Arc<str>>,
    /// What the filter found, while there is one.
    pub(super) found: Option<Found>,
}

/// The objects of one level, in order.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) rows: Vec<(ObjectId, ObjectKind)>,
    /// Their names, where they are few or hold levels themselves.
    pub(super) names: Option<Vec<Box<str>>>,
    /// How many rows each takes unfolded, once that was asked for.
    pub(super) spans: Option<Vec<Span>>,
}

impl Level {
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}

/// The levels that were read.
#[derive(Debug, Default)]
pub(super) struct Levels {
    holders: HashMap<(Above, &'static [ObjectKind]), Arc<Level>>,
    parts: HashMap<(Above, &'static [ObjectKind]), Arc<Level>>,
}

impl Levels {
    pub(super) fn clear(&mut self) {
        self.holders.clear();
        self.parts.clear();
    }

    /// A level below a connection, a database or a schema.
    pub(super) fn of_holder(
        &mut self,
        scope: &Scope<'_, Read>,
        site: &Site,
        above: Above,
        kinds: &'static [ObjectKind],
        owner: &str,
        with_spans: bool,
    ) -> Result<Arc<Level>, CatalogueError> {
        let known = self.holders.get(&(above, kinds));
        if let Some(level) = known.filter(|level| !with_spans || level.spans.is_some()) {
            return Ok(level.clone());
        }
        let level = match &site.found {
            Some(found) => from_found(scope, site, found, above, kinds)?,
            None => from_catalogue(scope, site, above, kinds, owner, with_spans)?,
        };
        let level = Arc::new(level);
        self.holders.insert((above, kinds), level.clone());
        Ok(level)
    }

    /// A level below a table.
    pub(super) fn of_table(
        &mut self,
        scope: &Scope<'_, Read>,
        site: &Site,
        above: Above,
        kinds: &'static [ObjectKind],
    ) -> Result<Arc<Level>, CatalogueError> {
        if let Some(level) = self.parts.get(&(above, kinds)) {
            return Ok(level.clone());
        }
        let level = match &site.found {
            Some(found) => Level {
                rows: found_rows(found, above, kinds),
                names: None,
                spans: None,
            },
            None => {
                let read = scope.objects().level(above, kinds, false, |row| {
                    Ok(((row.id, row.kind), Box::from(row.name)))
                })?;
                let (rows, names) = read.into_iter().unzip();
                Level {
                    rows,
                    names: Some(names),
                    spans: None,
                }
            }
        };
        if self.parts.len() >= PARTS {
            self.parts.clear();
        }
        let level = Arc::new(level);
        self.parts.insert((above, kinds), level.clone());
        Ok(level)
    }
}

impl Site {
    /// How many children of each kind an object shows, given how many it has.
    pub(super) fn shown(&self, id: ObjectId, has: Counts) -> Counts {
        let Some(found) = &self.found else { return has };
        let mut counts = Counts::new();
        for part in found.below.get(&id).into_iter().flatten() {
            *counts.entry(part.kind).or_default() += 1;
        }
        counts
    }

    /// How many rows an object takes unfolded.
    pub(super) fn span(
        &self,
        id: ObjectId,
        kind: ObjectKind,
        counts: &Counts,
        hidden: Option<&Hidden>,
        above_unseen: bool,
    ) -> Span {
        if !kind.is_relation() {
            return Span::ONE;
        }
        let unseen = self.found.is_none() && (above_unseen || self.unseen.contains_key(&id));
        Span::of(&groups(self.engine, kind, counts, hidden), unseen)
    }
}

fn from_catalogue(
    scope: &Scope<'_, Read>,
    site: &Site,
    above: Above,
    kinds: &'static [ObjectKind],
    owner: &str,
    with_spans: bool,
) -> Result<Level, CatalogueError> {
    let above_unseen = match above {
        Above::Object(id, _) if with_spans && !site.unseen.is_empty() => {
            scope.objects().card(id)?.unseen.is_some()
        }
        _ => false,
    };
    let few = kinds.is_empty() || kinds.iter().any(|kind| is_holder(*kind));
    let make = |row: &LevelRow<'_>| {
        let span = if with_spans {
            let counts = row.child_counts()?;
            let hidden = if site.hidden.is_empty() {
                None
            } else {
                site.hidden.get(&key::object(owner, row.kind, row.name))
            };
            site.span(row.id, row.kind, &counts, hidden, above_unseen)
        } else {
            Span::ONE
        };
        let name = few.then(|| Box::from(row.name));
        Ok(((row.id, row.kind), name, span))
    };
    let read = scope.objects().level(above, kinds, with_spans, make)?;
    let spans = with_spans.then(|| read.iter().map(|(_, _, span)| *span).collect());
    let mut rows = Vec::with_capacity(read.len());
    let mut names = few.then(Vec::new);
    for (row, name, _) in read {
        rows.push(row);
        if let (Some(names), Some(name)) = (&mut names, name) {
            names.push(name);
        }
    }
    Ok(Level { rows, names, spans })
}

fn from_found(
    scope: &Scope<'_, Read>,
    site: &Site,
    found: &Found,
    above: Above,
    kinds: &'static [ObjectKind],
) -> Result<Level, CatalogueError> {
    let rows = found_rows(found, above, kinds);
    let name =
        |(id, kind): &(ObjectId, ObjectKind)| Ok(Box::from(&*scope.objects().name_of(*id, *kind)?));
    let names = if rows.iter().any(|(_, kind)| is_holder(*kind)) {
        let names: Result<_, CatalogueError> = rows.iter().map(name).collect();
        Some(names?)
    } else {
        None
    };
    let span = |(id, kind): &(ObjectId, ObjectKind)| {
        let counts = site.shown(*id, Counts::new());
        site.span(*id, *kind, &counts, None, false)
    };
    let spans = Some(rows.iter().map(span).collect());
    Ok(Level { rows, names, spans })
}

fn found_rows(found: &Found, above: Above, kinds: &[ObjectKind]) -> Vec<(ObjectId, ObjectKind)> {
    let all = match above {
        Above::Connection(_) => Some(&found.top),
        Above::Object(id, _) => found.below.get(&id),
    };
    all.into_iter()
        .flatten()
        .filter(|part| kinds.is_empty() || kinds.contains(&part.kind))
        .map(|part| (part.id, part.kind))
        .collect()
}
