//! Browsing the catalogue: children, pages of objects, links. No server is asked.

pub(crate) mod contents;
mod link;
mod relationships;
mod roles;
pub(crate) mod tree;

use std::sync::Arc;

use catalogue::{CatalogueError, Page, Read, Scope};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, Snapshot};

use crate::Error;
use crate::studio::{SignedIn, Studio};
use crate::view::{
    Children, ChildrenRequest, ObjectCard, ObjectPage, PathLink, SampleView, TreeParent,
};

/// The largest page of children.
const LARGEST_PAGE: u32 = 1000;

impl Studio {
    /// One page of the children of a connection or an object.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn children(&self, request: ChildrenRequest) -> Result<Children, Error> {
        self.read(move |scope| children(scope, &request)).await
    }

    /// The page of an object; notes that it was opened.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn object(&self, id: ObjectId) -> Result<ObjectPage, Error> {
        let page = self.read(move |scope| page(scope, id)).await?;
        self.write_in_passing(move |scope| scope.visits().record(id))
            .await?;
        Ok(page)
    }

    /// The object that a copied link names.
    ///
    /// # Errors
    /// Text that is no link, or an object that is not in this catalogue.
    pub async fn open_link(&self, link: String) -> Result<ObjectId, Error> {
        let (uuid, path) = link::parse(&link).ok_or(Error::BadLink)?;
        let found = self
            .read(move |scope| {
                let connections = scope.connections().list()?;
                match connections.into_iter().find(|kept| kept.uuid == uuid) {
                    Some(kept) => scope.objects().find(kept.id, &path),
                    None => Ok(None),
                }
            })
            .await?;
        found.ok_or(Error::LinkTarget)
    }

    /// What the catalogue holds of a connection, as one snapshot.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn snapshot(&self, connection: ConnectionId) -> Result<Snapshot, Error> {
        self.read(move |scope| scope.objects().snapshot(connection, None))
            .await
    }

    /// The way to an object of this connection.
    pub(crate) async fn path_of(
        &self,
        who: Arc<SignedIn>,
        connection: ConnectionId,
        object: ObjectId,
    ) -> Result<ObjectPath, Error> {
        let record = self
            .read_as(who, move |scope| scope.objects().get(object))
            .await?;
        if record.card.connection != connection {
            return Err(CatalogueError::NotFound { what: "object" }.into());
        }
        Ok(plain(&record.path))
    }
}

fn children(
    scope: &Scope<'_, Read>,
    request: &ChildrenRequest,
) -> Result<Children, CatalogueError> {
    let page = Page {
        offset: request.offset,
        limit: request.limit.clamp(1, LARGEST_PAGE),
    };
    let filter = (!request.filter.is_empty()).then_some(request.filter.as_str());
    let objects = scope.objects();
    let parent = match request.parent {
        TreeParent::Connection { connection } => {
            let rows = objects.roots(connection)?;
            return Ok(window(rows, filter, page));
        }
        TreeParent::Object { object } => object,
    };
    let listing = objects.children(parent, &request.kinds, filter, page)?;
    let mut rows: Vec<_> = listing.rows.into_iter().map(card).collect();
    if rows.iter().any(|row| row.kind == ObjectKind::Column) {
        roles::add(scope, parent, &mut rows)?;
    }
    Ok(Children {
        total: u32::try_from(listing.total).unwrap_or(u32::MAX),
        rows,
    })
}

/// The databases of a connection, which the catalogue gives all at once.
fn window(rows: Vec<catalogue::ObjectCard>, filter: Option<&str>, page: Page) -> Children {
    let wanted = filter.map(str::to_lowercase).unwrap_or_default();
    let mut rows: Vec<_> = rows
        .into_iter()
        .filter(|row| row.name.to_lowercase().contains(&wanted))
        .collect();
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    rows.drain(..rows.len().min(page.offset as usize));
    rows.truncate(page.limit as usize);
    Children {
        total,
        rows: rows.into_iter().map(card).collect(),
    }
}

fn page(scope: &Scope<'_, Read>, id: ObjectId) -> Result<ObjectPage, CatalogueError> {
    let record = scope.objects().get(id)?;
    let path = plain(&record.path);
    let kept = scope.connections().get(record.card.connection)?;
    let warnings = scope.syncs().warnings(kept.id)?;
    let here = warnings.into_iter().map(|kept| kept.warning);
    let mut card = card(record.card);
    if let Some((parent, _)) = record.path.iter().rev().nth(1)
        && card.kind == ObjectKind::Column
    {
        roles::add(scope, *parent, std::slice::from_mut(&mut card))?;
    }
    Ok(ObjectPage {
        card,
        link: link::format(kept.uuid, &path),
        warnings: here
            .filter(|warning| path.contains(&warning.object))
            .collect(),
        path: links(record.path),
        native_id: record.native_id.map(|id| id.to_string()),
        first_seen_at: record.first_seen_at,
        changed_at: record.changed_at,
        seen_at: record.seen_at,
    })
}

fn card(kept: catalogue::ObjectCard) -> ObjectCard {
    ObjectCard {
        id: kept.id,
        connection: kept.connection,
        kind: kept.kind,
        name: kept.name.to_string(),
        comment: kept.comment.map(|comment| comment.to_string()),
        detail: kept.detail,
        attributes: kept.attributes,
        statistics: kept.statistics,
        sample: kept.sample.map(SampleView::from),
        child_counts: kept
            .child_counts
            .into_iter()
            .map(|(kind, count)| (kind, u32::try_from(count).unwrap_or(u32::MAX)))
            .collect(),
        roles: Vec::new(),
        unseen: kept.unseen,
    }
}

fn links(path: Vec<(ObjectId, model::PathStep)>) -> Vec<PathLink> {
    path.into_iter()
        .map(|(id, step)| PathLink { id, step })
        .collect()
}

fn plain(path: &[(ObjectId, model::PathStep)]) -> ObjectPath {
    ObjectPath(path.iter().map(|(_, step)| step.clone()).collect())
}
