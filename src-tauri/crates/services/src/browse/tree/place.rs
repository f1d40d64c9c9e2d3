//! Where a row stands that is known by its key: in the visible tree, or, where it is
//! folded away, the row that it is folded into.

use catalogue::{Above, CatalogueError};
use model::path::PathStep;

use super::build::{Branch, Builder, OpenGroup, Opened, Root};
use super::key::{self, Step};
use super::level::Site;

/// A row that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: u32,
    pub(super) key: String,
    /// Whether it is the row itself, not one that it is folded into.
    pub(super) exact: bool,
}

impl Builder<'_, '_> {
    /// Where the row with this key stands, or the nearest one above it that is there.
    pub(super) fn place(
        &mut self,
        roots: &[Root],
        key: &str,
    ) -> Result<Option<Place>, CatalogueError> {
        let Some((connection, steps)) = key::parse(key) else {
            return Ok(None);
        };
        let mut at = 0;
        let mut roots = roots.iter();
        let root = roots.find(|root| {
            let here = root.site.id == connection;
            at += if here { 0 } else { root.height() };
            here
        });
        let Some(root) = root else { return Ok(None) };
        let mut place = Place {
            at,
            key: root.key.to_string(),
            exact: steps.is_empty(),
        };
        if let Some(branch) = &root.branch {
            self.in_branch(&root.site, branch, at + 1, &steps, &mut place)?;
        }
        Ok(Some(place))
    }

    fn in_branch(
        &mut self,
        site: &Site,
        branch: &Branch,
        at: u32,
        steps: &[Step],
        place: &mut Place,
    ) -> Result<(), CatalogueError> {
        let Some((Step::Object { kind, name }, rest)) = steps.split_first() else {
            return Ok(());
        };
        let Some(id) = self.named(branch.above, *kind, name)? else {
            return Ok(());
        };
        let rows = &branch.level.rows;
        let Some(child) = rows.iter().position(|row| *row == (id, *kind)) else {
            return Ok(());
        };
        let child = u32::try_from(child).unwrap_or(u32::MAX);
        let start = at + branch.start(child);
        *place = Place {
            at: start,
            key: key::object(&branch.owner, *kind, name),
            exact: rest.is_empty(),
        };
        if rest.is_empty() || !branch.is_open(child) {
            return Ok(());
        }
        if let Some(opened) = branch.holders.get(&child) {
            return self.in_opened(site, opened, start + 1, rest, place);
        }
        let opened = self.opened(site, id, *kind, &place.key.clone(), branch.usual)?;
        self.in_opened(site, &opened, start + 1, rest, place)
    }

    fn in_opened(
        &mut self,
        site: &Site,
        opened: &Opened,
        at: u32,
        steps: &[Step],
        place: &mut Place,
    ) -> Result<(), CatalogueError> {
        let Some(next) = steps.first() else {
            return Ok(());
        };
        let holds = |group: &OpenGroup| match next {
            Step::Folder { label } => group.group.folder == Some(label.as_str()),
            Step::Object { kind, .. } => group.group.kinds.contains(kind),
        };
        let mut start = at;
        let mut groups = opened.groups.iter();
        let group = groups.find(|group| {
            let here = holds(group);
            start += if here { 0 } else { group.height() };
            here
        });
        let Some(group) = group else { return Ok(()) };
        if let Some(label) = group.group.folder {
            let is_it = matches!(next, Step::Folder { .. });
            *place = Place {
                at: start,
                key: key::folder(&opened.key, label),
                exact: is_it && steps.len() == 1,
            };
            if is_it {
                return Ok(());
            }
            start += 1;
        }
        if !group.has_children() {
            return Ok(());
        }
        start += u32::from(group.group.unseen.is_some());
        if let Some(branch) = &group.branch {
            return self.in_branch(site, branch, start, steps, place);
        }
        let Step::Object { kind, name } = next else {
            return Ok(());
        };
        let Some(id) = self.named(opened.above, *kind, name)? else {
            return Ok(());
        };
        let kinds = group.group.kinds;
        let level = self
            .levels
            .of_table(self.scope, site, opened.above, kinds)?;
        if let Some(child) = level.rows.iter().position(|row| *row == (id, *kind)) {
            *place = Place {
                at: start + u32::try_from(child).unwrap_or(u32::MAX),
                key: key::object(&opened.key, *kind, name),
                exact: steps.len() == 1,
            };
        }
        Ok(())
    }

    fn named(
        &self,
        above: Above,
        kind: model::ObjectKind,
        name: &str,
    ) -> Result<Option<model::ObjectId>, CatalogueError> {
        let step = PathStep {
            kind,
            name: name.into(),
        };
        self.scope.objects().child_named(above, &step)
    }
}
