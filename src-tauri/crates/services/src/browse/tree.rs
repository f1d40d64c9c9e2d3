//! The tree of the window, row by row: which rows there are is known here, and only
//! those in sight are read and sent. What is unfolded is remembered for each user as
//! long as the program runs.

mod build;
mod key;
mod level;
mod place;
mod rows;
mod rules;
mod shape;
mod site;
mod slots;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use catalogue::{CatalogueError, Read, Scope};
use model::{ConnectionId, EngineDescriptor, EngineId};
use serde::{Deserialize, Serialize};

use self::build::{Builder, Root};
use self::level::{Levels, Site};
use self::rules::{Rules, Usual};
use self::slots::{Slot, Walk};
use crate::Error;
use crate::studio::{Studio, locked};
use crate::view::{TreeAct, TreeMark, TreeRequest, TreeView};

/// The most rows that are given at once.
const MOST: u32 = 500;
/// How many rows type-ahead looks through at once.
const STRIDE: u32 = 1000;

/// How an engine's name leads to what it declares.
type Engines<'e> = &'e dyn Fn(&EngineId) -> Option<&'static EngineDescriptor>;

/// What a user has unfolded.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Folds {
    rules: Rules,
    /// Unfolded connections whose only database unfolds with them, once it is known.
    lonely: BTreeSet<ConnectionId>,
}

/// The tree as it was last asked for, and what was read for it.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    levels: Levels,
    /// What the filter found, in levels.
    found: Levels,
    /// What is unfolded of that: everything, where nothing else is said.
    found_rules: Rules,
    total_found: Option<u64>,
    sites: Vec<Arc<Site>>,
    roots: Option<Vec<Root>>,
    connections: Vec<ConnectionId>,
    filter: String,
    edition: u32,
    version: u32,
}

/// The tree, and the filter that somebody waits for.
#[derive(Debug, Default)]
pub(crate) struct Trees {
    tree: Mutex<Tree>,
    wanted: Mutex<String>,
}

impl Studio {
    /// The rows of the tree from one to another, after something was done to it.
    ///
    /// # Errors
    /// `Cancelled` where another filter is wanted by now; those of the catalogue.
    pub async fn tree(&self, request: TreeRequest) -> Result<TreeView, Error> {
        let who = self.signed_in()?;
        request.filter.clone_into(&mut locked(&who.trees.wanted));
        let folds = self.folds(who.card.id);
        let inner = self.inner.clone();
        let of = who.clone();
        let view = self.read_as(who, move |scope| {
            let engines = |id: &EngineId| {
                let engine = inner.parts.registry.get(id);
                engine.map(|engine| engine.descriptor())
            };
            let is_wanted = || *locked(&of.trees.wanted) == request.filter;
            let mut tree = locked(&of.trees.tree);
            let mut folds = locked(&folds);
            tree.answer(scope, &engines, &mut folds, &request, &is_wanted)
        });
        let view = view.await?;
        view.ok_or_else(|| engine::EngineError::Cancelled.into())
    }
}

impl Tree {
    /// Absent where nobody waits for the filter's finds any more.
    fn answer(
        &mut self,
        scope: &Scope<'_, Read>,
        engines: Engines<'_>,
        folds: &mut Folds,
        request: &TreeRequest,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Option<TreeView>, CatalogueError> {
        let act = request.act.as_ref();
        let edition = scope.objects().edition()?;
        let other = self.filter != request.filter.trim();
        let stale = edition != self.edition || matches!(act, Some(TreeAct::Refresh));
        if stale {
            self.levels.clear();
        }
        if stale || other || self.connections != request.connections {
            let Some(found) = self.set_sites(scope, engines, request, is_wanted)? else {
                return Ok(None);
            };
            if other {
                self.found_rules = Rules::default();
            }
            self.total_found = found;
            self.found.clear();
            self.roots = None;
            self.edition = edition;
            request.connections.clone_into(&mut self.connections);
            request.filter.trim().clone_into(&mut self.filter);
        }
        if let Some(act) = act
            && self.fold(scope, folds, act)?
        {
            self.roots = None;
        }
        let roots = match self.roots.take() {
            Some(roots) => roots,
            None => self.build(scope, folds)?,
        };
        let view = self.show(scope, folds, request, &roots);
        self.roots = Some(roots);
        view.map(Some)
    }

    /// What is known of the connections, and how much the filter found; absent where
    /// nobody waits for it any more.
    #[allow(clippy::option_option, reason = "two questions")]
    fn set_sites(
        &mut self,
        scope: &Scope<'_, Read>,
        engines: Engines<'_>,
        request: &TreeRequest,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Option<Option<u64>>, CatalogueError> {
        let filter = request.filter.trim();
        let mut total = (!filter.is_empty()).then_some(0);
        let mut sites = Vec::with_capacity(request.connections.len());
        let kept = scope.connections().list()?;
        for id in &request.connections {
            let Some(kept) = kept.iter().find(|kept| kept.id == *id) else {
                continue;
            };
            let mut site = site::of(scope, kept, engines)?;
            if let Some(total) = &mut total {
                let Some(found) = scope.objects().search(*id, filter, is_wanted)? else {
                    return Ok(None);
                };
                *total += found.total;
                if found.total == 0 {
                    continue;
                }
                site.found = Some(found);
            }
            sites.push(Arc::new(site));
        }
        self.sites = sites;
        Ok(Some(total))
    }

    /// Unfolds and folds; whether anything may look different.
    fn fold(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &mut Folds,
        act: &TreeAct,
    ) -> Result<bool, CatalogueError> {
        let filtered = self.total_found.is_some();
        let sites = &self.sites;
        let rules = if filtered {
            &mut self.found_rules
        } else {
            &mut folds.rules
        };
        let wide = |key: &str| site::prefixes(sites, key);
        match act {
            TreeAct::Expand { keys } => {
                for key in keys {
                    rules.set(key, true);
                    folds.lonely.extend(connection_in(key));
                }
            }
            TreeAct::Collapse { keys } => {
                for key in keys {
                    if filtered {
                        rules.set_open(key, false);
                    } else {
                        rules.set(key, false);
                    }
                    folds.lonely.retain(|id| key::connection(*id) != *key);
                }
            }
            TreeAct::ExpandEach { key: Some(key) } => rules.set_each(key, &wide(key)),
            TreeAct::ExpandEach { key: None } => {
                for site in sites {
                    rules.set(&key::connection(site.id), true);
                    folds.lonely.insert(site.id);
                }
            }
            TreeAct::ExpandAll { key } => rules.set_all(key, &wide(key), true),
            TreeAct::CollapseAll { key } => {
                rules.set_all(key, &wide(key), false);
                if filtered {
                    rules.set_open(key, false);
                }
            }
            TreeAct::Reveal { object } if !filtered => {
                let card = scope.objects().card(*object)?;
                let site = sites.iter().find(|site| site.id == card.connection);
                let engine = site.and_then(|site| site.engine);
                let way = site::way(engine, card.connection, &card.path);
                for key in &way {
                    rules.set(key, true);
                }
                return Ok(!way.is_empty());
            }
            TreeAct::Reveal { .. }
            | TreeAct::Find { .. }
            | TreeAct::TypeAhead { .. }
            | TreeAct::FirstFound
            | TreeAct::Refresh => return Ok(false),
        }
        Ok(true)
    }

    fn build(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &mut Folds,
    ) -> Result<Vec<Root>, CatalogueError> {
        self.version = self.version.wrapping_add(1);
        let usual = Usual {
            each: None,
            all: self.total_found.is_some(),
        };
        let mut roots = Vec::with_capacity(self.sites.len());
        for site in self.sites.clone() {
            let root = self.builder(scope, folds).root(site.clone(), usual)?;
            let only = match &root.branch {
                Some(branch) if self.total_found.is_none() => {
                    if folds.lonely.remove(&site.id) {
                        site::only_database(branch)
                    } else {
                        None
                    }
                }
                _ => None,
            };
            let Some(key) = only else {
                roots.push(root);
                continue;
            };
            folds.rules.set(&key, true);
            roots.push(self.builder(scope, folds).root(site, usual)?);
        }
        Ok(roots)
    }

    fn show(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &Folds,
        request: &TreeRequest,
        roots: &[Root],
    ) -> Result<TreeView, CatalogueError> {
        let total = roots.iter().map(Root::height).sum();
        let to = match &request.act {
            Some(act) => self.target(scope, folds, act, roots, total)?,
            None => None,
        };
        let count = request.count.min(MOST);
        let mut from = request.from.min(total.saturating_sub(count));
        if let Some(mark) = &to
            && !(from..from + count).contains(&mark.at)
        {
            from = mark.at.saturating_sub(count / 2);
        }
        let slots = self.slots(scope, folds, roots, from, from.saturating_add(count))?;
        let rows = rows::rows(scope, slots)?;
        let mut marks = Vec::with_capacity(request.marks.len());
        for key in &request.marks {
            let place = self.builder(scope, folds).place(roots, key)?;
            marks.push(place.map(mark));
        }
        Ok(TreeView {
            version: self.version,
            total,
            from,
            rows,
            marks,
            to,
            found: self.total_found.map(Into::into),
        })
    }

    /// The row that something led to.
    fn target(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &Folds,
        act: &TreeAct,
        roots: &[Root],
        total: u32,
    ) -> Result<Option<TreeMark>, CatalogueError> {
        match act {
            TreeAct::Find { key } => {
                let place = self.builder(scope, folds).place(roots, key)?;
                Ok(place.map(mark))
            }
            TreeAct::Reveal { object } => {
                let card = scope.objects().card(*object)?;
                let key = key::path(card.connection, &card.path);
                let place = self.builder(scope, folds).place(roots, &key)?;
                Ok(place.map(mark))
            }
            TreeAct::TypeAhead { text, at } => self.ahead(scope, folds, roots, total, text, *at),
            TreeAct::FirstFound => self.first(scope, folds, roots, (0, total), |slot| {
                Ok(rows::is_found(slot))
            }),
            _ => Ok(None),
        }
    }

    /// The next row, from the cursor on and around, whose name begins with a text.
    fn ahead(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &Folds,
        roots: &[Root],
        total: u32,
        text: &str,
        at: u32,
    ) -> Result<Option<TreeMark>, CatalogueError> {
        let wanted = text.to_lowercase();
        // A longer text may still mean the row that the shorter one found.
        let first = at.saturating_add(u32::from(text.chars().count() == 1));
        for part in [(first, total), (0, first.min(total))] {
            let begins =
                |slot: &Slot| Ok(rows::name(scope, slot)?.to_lowercase().starts_with(&wanted));
            let found = self.first(scope, folds, roots, part, begins)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The first row between two that is the right one.
    fn first(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &Folds,
        roots: &[Root],
        (mut from, until): (u32, u32),
        is_it: impl Fn(&Slot) -> Result<bool, CatalogueError>,
    ) -> Result<Option<TreeMark>, CatalogueError> {
        while from < until {
            let end = from.saturating_add(STRIDE).min(until);
            for slot in self.slots(scope, folds, roots, from, end)? {
                if is_it(&slot)? {
                    return Ok(Some(TreeMark {
                        at: slot.at,
                        key: rows::key(scope, &slot)?,
                        exact: true,
                    }));
                }
            }
            from = end;
        }
        Ok(None)
    }

    fn slots(
        &mut self,
        scope: &Scope<'_, Read>,
        folds: &Folds,
        roots: &[Root],
        from: u32,
        until: u32,
    ) -> Result<Vec<Slot>, CatalogueError> {
        let mut builder = self.builder(scope, folds);
        let mut walk = Walk {
            builder: &mut builder,
            from,
            until,
            slots: Vec::new(),
        };
        walk.roots(roots)?;
        Ok(walk.slots)
    }

    fn builder<'b, 's>(
        &'b mut self,
        scope: &'b Scope<'s, Read>,
        folds: &'b Folds,
    ) -> Builder<'b, 's> {
        let filtered = self.total_found.is_some();
        Builder {
            scope,
            levels: if filtered {
                &mut self.found
            } else {
                &mut self.levels
            },
            rules: if filtered {
                &self.found_rules
            } else {
                &folds.rules
            },
        }
    }
}

fn mark(place: place::Place) -> TreeMark {
    TreeMark {
        at: place.at,
        key: place.key,
        exact: place.exact,
    }
}

/// The connection that a key names, if it names one and nothing below.
fn connection_in(key: &str) -> Option<ConnectionId> {
    let (id, steps) = key::parse(key)?;
    steps.is_empty().then_some(id)
}
