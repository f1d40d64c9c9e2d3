//! A part of the visible tree, from one row to another: what stands in each row, by
//! number. Goes down only where the part is; what rows say is read by `rows`.

use std::sync::Arc;

use catalogue::{Above, CatalogueError};
use model::{ConnectionId, ObjectId, ObjectKind};

use super::build::{Branch, Builder, Opened, Root};
use super::key;
use super::level::{Level, Site};
use crate::view::TreeNote;

/// One row of the visible tree.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) at: u32,
    pub(super) parent: Option<(u32, Arc<str>)>,
    pub(super) site: Arc<Site>,
    pub(super) depth: u16,
    /// Its place among its siblings, from 1.
    pub(super) position: u32,
    pub(super) siblings: u32,
    pub(super) open: bool,
    pub(super) what: What,
}

/// What stands in a row.
#[derive(Debug, Clone)]
pub(super) enum What {
    Connection,
    Object {
        above: Above,
        id: ObjectId,
        kind: ObjectKind,
        /// Where its level knows it.
        name: Option<Box<str>>,
        /// The key of what it stands below.
        owner: Arc<str>,
    },
    Folder {
        key: String,
        label: &'static str,
        count: u32,
        owner: ObjectId,
        kinds: &'static [ObjectKind],
        unseen: Option<Arc<str>>,
    },
    Note {
        key: String,
        about: TreeNote,
        text: String,
    },
}

impl Slot {
    pub(super) fn connection(&self) -> ConnectionId {
        self.site.id
    }
}

/// Where a block of rows hangs.
#[derive(Clone)]
struct Hook {
    site: Arc<Site>,
    parent: (u32, Arc<str>),
    depth: u16,
}

/// Collects the rows from `from` to before `until`.
pub(super) struct Walk<'w, 'b, 's> {
    pub(super) builder: &'w mut Builder<'b, 's>,
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) slots: Vec<Slot>,
}

impl Walk<'_, '_, '_> {
    /// Goes through all connections.
    pub(super) fn roots(&mut self, roots: &[Root]) -> Result<(), CatalogueError> {
        let siblings = u32::try_from(roots.len()).unwrap_or(u32::MAX);
        let mut at = 0;
        for (root, position) in roots.iter().zip(1..) {
            let end = at + root.height();
            if self.meets(at, end) {
                self.push(Slot {
                    at,
                    parent: None,
                    site: root.site.clone(),
                    depth: 0,
                    position,
                    siblings,
                    open: root.open,
                    what: What::Connection,
                });
                let hook = Hook {
                    site: root.site.clone(),
                    parent: (at, root.key.clone()),
                    depth: 1,
                };
                match &root.branch {
                    Some(branch) => self.branch(branch, at + 1, &hook)?,
                    None if root.open => {
                        self.note(at + 1, &hook, TreeNote::NeverRead, "Not read yet.");
                    }
                    None => {}
                }
            }
            at = end;
        }
        Ok(())
    }

    fn branch(&mut self, branch: &Branch, at: u32, hook: &Hook) -> Result<(), CatalogueError> {
        let level = &branch.level;
        if level.rows.is_empty() {
            self.note(at, hook, TreeNote::Nothing, "Nothing here.");
            return Ok(());
        }
        let first = branch.child_at(self.from.saturating_sub(at));
        for child in first..level.len() {
            let start = at + branch.start(child);
            if start >= self.until {
                break;
            }
            let (id, kind) = level.rows[child as usize];
            let open = branch.is_open(child);
            self.object(branch.above, &branch.owner, level, child, start, open, hook);
            if !open {
                continue;
            }
            if let Some(opened) = branch.holders.get(&child) {
                self.opened(opened, start, hook)?;
            } else {
                let name = self.builder.scope.objects().name_of(id, kind)?;
                let key = key::object(&branch.owner, kind, &name);
                let (site, usual) = (hook.site.clone(), branch.usual);
                let opened = self.builder.opened(&site, id, kind, &key, usual)?;
                self.opened(&opened, start, hook)?;
            }
        }
        Ok(())
    }

    /// What hangs from the object in row `at`.
    fn opened(&mut self, opened: &Opened, at: u32, hook: &Hook) -> Result<(), CatalogueError> {
        let own = Hook {
            site: hook.site.clone(),
            parent: (at, opened.key.clone()),
            depth: hook.depth + 1,
        };
        let Above::Object(owner, _) = opened.above else {
            return Ok(());
        };
        let folders = opened.groups.iter();
        let siblings = folders.filter(|group| group.group.folder.is_some()).count();
        let siblings = u32::try_from(siblings).unwrap_or(u32::MAX);
        let (mut at, mut position) = (at + 1, 0);
        for open in &opened.groups {
            let group = &open.group;
            position += u32::from(group.folder.is_some());
            let end = at + open.height();
            if self.meets(at, end) {
                let mut below = own.clone();
                let mut start = at;
                if let Some(label) = group.folder {
                    let key = key::folder(&opened.key, label);
                    below = Hook {
                        parent: (at, key.as_str().into()),
                        depth: own.depth + 1,
                        ..own.clone()
                    };
                    self.push(Slot {
                        at,
                        parent: Some(own.parent.clone()),
                        site: own.site.clone(),
                        depth: own.depth,
                        position,
                        siblings,
                        open: open.open,
                        what: What::Folder {
                            key,
                            label,
                            count: group.count,
                            owner,
                            kinds: group.kinds,
                            unseen: group.unseen.clone(),
                        },
                    });
                    start += 1;
                }
                if let Some(reason) = group.unseen.as_ref().filter(|_| open.open) {
                    self.note(start, &below, TreeNote::Unseen, reason);
                    start += 1;
                }
                if open.has_children() {
                    match &open.branch {
                        Some(branch) => self.branch(branch, start, &below)?,
                        None => self.parts(opened, group, start, &below)?,
                    }
                }
            }
            at = end;
        }
        if let Some(reason) = &opened.note {
            self.note(at, &own, TreeNote::Unseen, reason);
        }
        Ok(())
    }

    /// What stands in a folder of a table.
    fn parts(
        &mut self,
        opened: &Opened,
        group: &super::shape::Group,
        at: u32,
        hook: &Hook,
    ) -> Result<(), CatalogueError> {
        if !self.meets(at, at + group.count) {
            return Ok(());
        }
        let (levels, scope) = (&mut self.builder.levels, self.builder.scope);
        let level = levels.of_table(scope, &hook.site, opened.above, group.kinds)?;
        let first = self.from.saturating_sub(at);
        for child in first..level.len().min(group.count) {
            if at + child >= self.until {
                break;
            }
            self.object(
                opened.above,
                &opened.key,
                &level,
                child,
                at + child,
                false,
                hook,
            );
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "the facts of one row")]
    fn object(
        &mut self,
        above: Above,
        owner: &Arc<str>,
        level: &Level,
        child: u32,
        at: u32,
        open: bool,
        hook: &Hook,
    ) {
        let (id, kind) = level.rows[child as usize];
        let name = level.names.as_ref().map(|names| &names[child as usize]);
        self.push(Slot {
            at,
            parent: Some(hook.parent.clone()),
            site: hook.site.clone(),
            depth: hook.depth,
            position: child + 1,
            siblings: level.len(),
            open,
            what: What::Object {
                above,
                id,
                kind,
                name: name.cloned(),
                owner: owner.clone(),
            },
        });
    }

    fn note(&mut self, at: u32, hook: &Hook, about: TreeNote, text: &str) {
        self.push(Slot {
            at,
            parent: Some(hook.parent.clone()),
            site: hook.site.clone(),
            depth: hook.depth,
            position: 1,
            siblings: 1,
            open: false,
            what: What::Note {
                key: format!("{}+!", hook.parent.1),
                about,
                text: text.to_owned(),
            },
        });
    }

    fn push(&mut self, slot: Slot) {
        if (self.from..self.until).contains(&slot.at) {
            self.slots.push(slot);
        }
    }

    fn meets(&self, start: u32, end: u32) -> bool {
        start < self.until && end > self.from
    }
}
