//! The names of everything, for searches that are held in memory.

use model::{ConnectionId, ObjectId, ObjectKind};

use super::Objects;
use crate::CatalogueError;
use crate::table::object::parse_kind;

/// What a search looks at of one object.
#[derive(Debug, Clone, Copy)]
pub struct Named<'r> {
    /// The object.
    pub id: ObjectId,
    /// What holds it; absent at the top.
    pub parent: Option<ObjectId>,
    /// What it is.
    pub kind: ObjectKind,
    /// Its name.
    pub name: &'r str,
    /// The comment kept on the server.
    pub comment: Option<&'r str>,
    /// The type of a column or field, the summary of the rarer kinds.
    pub type_text: Option<&'r str>,
}

impl<M> Objects<'_, M> {
    /// Shows every object of a connection; those that hold others come first.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn each_name(
        &self,
        connection: ConnectionId,
        mut show: impl FnMut(Named<'_>),
    ) -> Result<(), CatalogueError> {
        self.access.require_connection(connection)?;
        let mut statement = self.access.db.prepare_cached(include_str!("names.sql"))?;
        let mut rows = statement.query((self.access.owner(), connection.0))?;
        while let Some(row) = rows.next()? {
            show(Named {
                id: ObjectId(row.get(0)?),
                parent: row.get::<_, Option<u32>>(1)?.map(ObjectId),
                kind: parse_kind(row.get_ref(2)?.as_str().unwrap_or_default())?,
                name: row.get_ref(3)?.as_str().unwrap_or_default(),
                comment: row.get_ref(4)?.as_str_or_null().ok().flatten(),
                type_text: row.get_ref(5)?.as_str_or_null().ok().flatten(),
            });
        }
        Ok(())
    }
}
