//! The visible tree: what is unfolded, with the number of rows of everything, so that
//! any row is found by going down. Tables are not built: their height follows from
//! how many children they have, and what is below them is read when it is looked at.

use std::collections::HashMap;
use std::sync::Arc;

use catalogue::{Above, CatalogueError, Read, Scope};
use model::path::PathStep;
use model::{ObjectId, ObjectKind};

use super::key;
use super::level::{Level, Levels, Site};
use super::rules::{Rules, Usual};
use super::shape::{Group, Hidden, groups, is_holder};

/// A connection's rows.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) site: Arc<Site>,
    pub(super) key: Arc<str>,
    pub(super) open: bool,
    /// What it holds, where it is unfolded and was ever read.
    pub(super) branch: Option<Branch>,
}

impl Root {
    pub(super) fn height(&self) -> u32 {
        match &self.branch {
            Some(branch) => 1 + branch.height(),
            // The words that it was not read yet.
            None => 1 + u32::from(self.open),
        }
    }
}

/// The rows of one level, with what is unfolded in it.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) above: Above,
    pub(super) level: Arc<Level>,
    /// The key of what the level stands below.
    pub(super) owner: Arc<str>,
    pub(super) usual: Usual,
    /// Where each child begins, and where the last one ends; absent where each
    /// takes one row.
    starts: Option<Vec<u32>>,
    /// The unfolded ones that hold levels themselves.
    pub(super) holders: HashMap<u32, Opened>,
}

impl Branch {
    /// How many rows it takes: words stand in the place of nothing.
    pub(super) fn height(&self) -> u32 {
        self.start(self.level.len()).max(1)
    }

    /// Where a child's row stands in the branch.
    pub(super) fn start(&self, child: u32) -> u32 {
        self.starts
            .as_ref()
            .map_or(child, |starts| starts[child as usize])
    }

    /// The child whose rows hold this one.
    pub(super) fn child_at(&self, row: u32) -> u32 {
        let Some(starts) = &self.starts else {
            return row;
        };
        let after = starts.partition_point(|start| *start <= row);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Whether a child shows anything below itself.
    pub(super) fn is_open(&self, child: u32) -> bool {
        self.start(child + 1) - self.start(child) > 1
    }
}

/// What hangs from an unfolded object.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) key: Arc<str>,
    pub(super) above: Above,
    pub(super) groups: Vec<OpenGroup>,
    /// Words in the place of children that could not be seen.
    pub(super) note: Option<Arc<str>>,
}

/// A group below an unfolded object.
#[derive(Debug)]
pub(super) struct OpenGroup {
    pub(super) group: Group,
    /// Unfolded, or no folder at all.
    pub(super) open: bool,
    /// Its children; absent below tables, where they are read when looked at.
    pub(super) branch: Option<Branch>,
}

impl Opened {
    /// Without the object's own row.
    pub(super) fn height(&self) -> u32 {
        let groups: u32 = self.groups.iter().map(OpenGroup::height).sum();
        groups + u32::from(self.note.is_some())
    }
}

impl OpenGroup {
    pub(super) fn height(&self) -> u32 {
        u32::from(self.group.folder.is_some()) + self.body()
    }

    /// Whether its children are shown, and not words alone.
    pub(super) fn has_children(&self) -> bool {
        self.open && (self.group.unseen.is_none() || self.group.count > 0)
    }

    fn body(&self) -> u32 {
        if !self.open {
            return 0;
        }
        let note = u32::from(self.group.unseen.is_some());
        if !self.has_children() {
            return note;
        }
        let children = self.branch.as_ref().map(Branch::height);
        note + children.unwrap_or(self.group.count)
    }
}

/// What the tree is built from.
pub(super) struct Builder<'b, 's> {
    pub(super) scope: &'b Scope<'s, Read>,
    pub(super) levels: &'b mut Levels,
    pub(super) rules: &'b Rules,
}

impl Builder<'_, '_> {
    /// The rows of a connection.
    pub(super) fn root(&mut self, site: Arc<Site>, usual: Usual) -> Result<Root, CatalogueError> {
        let key: Arc<str> = key::connection(site.id).into();
        let rule = self.rules.get(&key);
        let open = usual.open(rule);
        let branch = if open && site.read {
            let above = Above::Connection(site.id);
            Some(self.branch(&site, above, &[], &key, usual.below(rule))?)
        } else {
            None
        };
        Ok(Root {
            site,
            key,
            open,
            branch,
        })
    }

    fn branch(
        &mut self,
        site: &Site,
        above: Above,
        kinds: &'static [ObjectKind],
        owner: &Arc<str>,
        usual: Usual,
    ) -> Result<Branch, CatalogueError> {
        let all_open = usual.each.unwrap_or(usual.all);
        let mut level = self
            .levels
            .of_holder(self.scope, site, above, kinds, owner, false)?;
        let mut holders = HashMap::new();
        let mut heights: Option<Vec<u32>> = None;
        if level.rows.iter().any(|(_, kind)| is_holder(*kind)) {
            let level = level.clone();
            for (at, (id, kind)) in (0_u32..).zip(&level.rows) {
                let name = level.names.as_ref().map(|names| &*names[at as usize]);
                let key = key::object(owner, *kind, name.unwrap_or_default());
                if usual.open(self.rules.get(&key)) {
                    let opened = self.opened(site, *id, *kind, &key, usual)?;
                    let heights = heights.get_or_insert_with(|| vec![1; level.rows.len()]);
                    heights[at as usize] += opened.height();
                    holders.insert(at, opened);
                }
            }
        } else {
            if all_open && level.rows.iter().any(|(_, kind)| kind.is_relation()) {
                level = self
                    .levels
                    .of_holder(self.scope, site, above, kinds, owner, true)?;
                let spans = level.spans.iter().flatten();
                let height = |span: &super::shape::Span| {
                    if usual.all { span.deep } else { span.shallow }
                };
                heights = Some(spans.map(height).collect());
            }
            self.exceptions(site, above, kinds, owner, usual, &level, &mut heights)?;
        }
        Ok(Branch {
            above,
            level,
            owner: owner.clone(),
            usual,
            starts: heights.map(|heights| starts(&heights)),
            holders,
        })
    }

    /// The heights of those tables of which something was said.
    #[allow(clippy::too_many_arguments, reason = "a step of one function")]
    fn exceptions(
        &mut self,
        site: &Site,
        above: Above,
        kinds: &'static [ObjectKind],
        owner: &str,
        usual: Usual,
        level: &Level,
        heights: &mut Option<Vec<u32>>,
    ) -> Result<(), CatalogueError> {
        for kind in kinds {
            let prefix = key::object(owner, *kind, "");
            for child in self.rules.children(&prefix) {
                let Some(key::Step::Object { kind, name }) =
                    key::parse(&child).and_then(|(_, steps)| steps.into_iter().next_back())
                else {
                    continue;
                };
                let step = PathStep {
                    kind,
                    name: name.as_str().into(),
                };
                let Some(id) = self.scope.objects().child_named(above, &step)? else {
                    continue;
                };
                let Some(at) = level.rows.iter().position(|row| *row == (id, kind)) else {
                    continue;
                };
                let height = if usual.open(self.rules.get(&child)) {
                    1 + self.opened(site, id, kind, &child, usual)?.height()
                } else {
                    1
                };
                let heights = heights.get_or_insert_with(|| vec![1; level.rows.len()]);
                heights[at] = height;
            }
        }
        Ok(())
    }

    /// What hangs from an object, were it unfolded.
    pub(super) fn opened(
        &mut self,
        site: &Site,
        id: ObjectId,
        kind: ObjectKind,
        key: &str,
        usual: Usual,
    ) -> Result<Opened, CatalogueError> {
        let usual = usual.below(self.rules.get(key));
        let (groups, unseen) = self.groups(site, id, kind, key)?;
        let above = Above::Object(id, kind);
        let key: Arc<str> = key.into();
        let note = unseen.filter(|_| groups.is_empty());
        let mut opened = Vec::with_capacity(groups.len());
        for group in groups {
            let (open, below) = match group.folder {
                None => (true, usual),
                Some(label) => {
                    let rule = self.rules.get(&key::folder(&key, label));
                    (usual.open(rule), usual.below(rule))
                }
            };
            let mut group = OpenGroup {
                group,
                open,
                branch: None,
            };
            if is_holder(kind) && group.has_children() {
                let kinds = group.group.kinds;
                group.branch = Some(self.branch(site, above, kinds, &key, below)?);
            }
            opened.push(group);
        }
        Ok(Opened {
            key,
            above,
            groups: opened,
            note,
        })
    }

    /// The groups below an object, and why it could not be seen, if so.
    fn groups(
        &mut self,
        site: &Site,
        id: ObjectId,
        kind: ObjectKind,
        key: &str,
    ) -> Result<(Vec<Group>, Option<Arc<str>>), CatalogueError> {
        if !is_holder(kind) && !kind.is_relation() {
            return Ok((Vec::new(), None));
        }
        if site.found.is_some() {
            let counts = site.shown(id, model::snapshot::Counts::new());
            return Ok((groups(site.engine, kind, &counts, None), None));
        }
        let counts = self.scope.objects().sibling(id, kind)?.child_counts;
        let hidden: Option<&Hidden> = site.hidden.get(key);
        let unseen = match site.unseen.is_empty() {
            true => None,
            false => self.scope.objects().card(id)?.unseen.map(Arc::from),
        };
        Ok((groups(site.engine, kind, &counts, hidden), unseen))
    }
}

fn starts(heights: &[u32]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(heights.len() + 1);
    let mut sum: u32 = 0;
    starts.push(0);
    for height in heights {
        sum = sum.saturating_add(*height);
        starts.push(sum);
    }
    starts
}
