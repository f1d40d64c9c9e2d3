//! What the tree must know of a connection before it shows any of its rows.

use std::collections::HashMap;
use std::sync::Arc;

use catalogue::{Above, CatalogueError, Read, Scope};
use model::{Connection, ConnectionId, EngineDescriptor, ObjectKind, ObjectPath};

use super::Engines;
use super::build::Branch;
use super::key::{self, Step};
use super::level::Site;
use super::shape::{Hidden, folder_of};
use crate::sync::WHOLE;

/// What is known of a connection.
pub(super) fn of(
    scope: &Scope<'_, Read>,
    kept: &Connection,
    engines: Engines<'_>,
) -> Result<Site, CatalogueError> {
    let unseen = scope.objects().unseen(kept.id)?;
    Ok(Site {
        id: kept.id,
        name: kept.draft.name.clone(),
        engine: engines(&kept.draft.target.engine),
        read: scope.syncs().last_good(kept.id, WHOLE)?.is_some(),
        hidden: hidden(scope, kept.id)?,
        unseen: unseen
            .into_iter()
            .map(|(id, reason)| (id, reason.into()))
            .collect(),
        found: None,
    })
}

/// The kinds of which nothing could be seen: warnings that end in every object of one.
fn hidden(
    scope: &Scope<'_, Read>,
    id: ConnectionId,
) -> Result<HashMap<String, Hidden>, CatalogueError> {
    let mut hidden: HashMap<String, Hidden> = HashMap::new();
    for kept in scope.syncs().warnings(id)? {
        let ObjectPath(mut steps) = kept.warning.object;
        let Some(last) = steps.pop().filter(|step| *step.name == *ObjectPath::EVERY) else {
            continue;
        };
        let owner = key::path(id, &ObjectPath(steps));
        let reasons = hidden.entry(owner).or_default();
        reasons
            .entry(last.kind)
            .or_insert_with(|| Arc::from(&*kept.warning.reason));
    }
    Ok(hidden)
}

/// The beginnings of the keys of what hangs from a row.
pub(super) fn prefixes(sites: &[Arc<Site>], row: &str) -> Vec<String> {
    let Some((connection, mut steps)) = key::parse(row) else {
        return Vec::new();
    };
    let Some(Step::Folder { label }) = steps.pop_if(|step| matches!(step, Step::Folder { .. }))
    else {
        return vec![format!("{row}/")];
    };
    // What stands in a folder has keys below the folder's owner.
    let Some(Step::Object { kind, .. }) = steps.last() else {
        return Vec::new();
    };
    let owner = row.strip_suffix(key::folder("", &label).as_str());
    let site = sites.iter().find(|site| site.id == connection);
    let declared = site
        .and_then(|site| site.engine)
        .and_then(|engine| engine.kind(*kind));
    let groups = declared.map_or(&[][..], |declared| declared.children);
    let group = groups.iter().find(|group| group.folder == Some(&label));
    let kinds = group.map_or(&[][..], |group| group.kinds);
    kinds
        .iter()
        .filter_map(|kind| Some(key::object(owner?, *kind, "")))
        .collect()
}

/// The keys of all rows above an object, folders among them.
pub(super) fn way(
    engine: Option<&'static EngineDescriptor>,
    connection: ConnectionId,
    path: &ObjectPath,
) -> Vec<String> {
    let mut owner = key::connection(connection);
    let mut way = Vec::new();
    let mut above: Option<ObjectKind> = None;
    for step in &path.0 {
        way.push(owner.clone());
        let folder = above.and_then(|above| folder_of(engine, above, step.kind));
        way.extend(folder.map(|label| key::folder(&owner, label)));
        owner = key::object(&owner, step.kind, &step.name);
        above = Some(step.kind);
    }
    way
}

/// The key of the database of a connection that has no other.
pub(super) fn only_database(branch: &Branch) -> Option<String> {
    if !matches!(branch.above, Above::Connection(_)) {
        return None;
    }
    let names = branch.level.names.as_ref()?;
    let rows = branch.level.rows.iter().zip(names);
    let mut databases = rows.filter(|((_, kind), _)| *kind == ObjectKind::Database);
    let (_, name) = databases.next()?;
    if databases.next().is_some() {
        return None;
    }
    Some(key::object(&branch.owner, ObjectKind::Database, name))
}
