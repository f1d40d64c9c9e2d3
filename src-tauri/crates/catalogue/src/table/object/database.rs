//! The columns of `database` for the facts of databases, and of the server, which
//! stands beside them and has none of these.

use model::ObjectKind;
use model::snapshot::{DatabaseDetail, Detail, ServerDetail};

use super::row::{Binder, Facts};
use crate::CatalogueError;

pub(super) const COLUMNS: &[&str] = &["owner", "encoding", "collation", "is_system"];

pub(super) fn bind(binder: &mut Binder<'_, '_>, facts: &DatabaseDetail) -> rusqlite::Result<()> {
    binder.text_if(facts.owner.as_ref())?;
    binder.text_if(facts.encoding.as_ref())?;
    binder.text_if(facts.collation.as_ref())?;
    binder.put(facts.system)
}

pub(super) fn read(kind: ObjectKind, facts: &mut Facts<'_, '_>) -> Result<Detail, CatalogueError> {
    if kind == ObjectKind::Server {
        return Ok(Detail::Server(ServerDetail {}));
    }
    Ok(Detail::Database(DatabaseDetail {
        owner: facts.text_if()?,
        encoding: facts.text_if()?,
        collation: facts.text_if()?,
        system: facts.get()?,
    }))
}
