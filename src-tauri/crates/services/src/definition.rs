//! The statement that makes an object: kept with it, or asked of the server once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use catalogue::CachedDefinition;
use engine::{OpContext, Session};
use model::snapshot::Detail;
use model::{ObjectId, ObjectKind, ObjectPath, PathStep};

use crate::studio::Studio;
use crate::sync::in_database;
use crate::view::DefinitionView;
use crate::{Error, probe};

/// What reading one definition may take beyond connecting.
const ASK: Duration = Duration::from_secs(15);

impl Studio {
    /// The statement that makes an object; asked of the server once, then kept for
    /// as long as the object stays the same.
    ///
    /// # Errors
    /// `NotFound`, a kind that has none, or a server that is out of reach.
    pub async fn definition(&self, id: ObjectId) -> Result<DefinitionView, Error> {
        let (record, hash, kept) = self
            .read(move |scope| {
                let record = scope.objects().get(id)?;
                let hash = with_names(record.hash, &record.path);
                let kept = scope.objects().cached_definition(id, hash)?;
                Ok((record, hash, kept))
            })
            .await?;
        if let Some(text) = given(&record.card.detail) {
            return Ok(DefinitionView {
                text,
                rendered: false,
            });
        }
        if let Some(kept) = kept {
            return Ok(DefinitionView {
                text: kept.text,
                rendered: kept.rendered,
            });
        }
        let path = ObjectPath(record.path.into_iter().map(|(_, step)| step).collect());
        let fresh = self.ask_definition(record.card.connection, &path).await?;
        let keep = fresh.clone();
        self.write_in_passing(move |scope| scope.objects().cache_definition(id, hash, &keep))
            .await?;
        Ok(DefinitionView {
            text: fresh.text,
            rendered: fresh.rendered,
        })
    }

    async fn ask_definition(
        &self,
        connection: model::ConnectionId,
        path: &ObjectPath,
    ) -> Result<CachedDefinition, Error> {
        let (mut session, cx) = self.ask(connection, path, ASK).await?;
        let definition = session.definition(path, &cx).await?;
        Ok(CachedDefinition {
            text: definition.text,
            rendered: definition.rendered,
        })
    }

    /// Opens a session for one question about an object, which may take so long.
    pub(crate) async fn ask(
        &self,
        connection: model::ConnectionId,
        path: &ObjectPath,
        patience: Duration,
    ) -> Result<(Box<dyn Session>, OpContext), Error> {
        let kept = self
            .read(move |scope| scope.connections().get(connection))
            .await?;
        if !kept.active {
            return Err(Error::Inactive(kept.draft.name));
        }
        let engine = self.engine(&kept.draft.target.engine)?;
        let secret = self.password(&kept).await?;
        let own = kept.draft.target;
        let target = match path.name_of(ObjectKind::Database) {
            Some(database) => in_database(engine, &own, database),
            None => own,
        };
        let limit = probe::connect_limit(engine, &target);
        let stop = self.signed_in()?.stop.child_token();
        let cx = OpContext::lasting(limit + patience).cancelled_by(stop);
        let session = engine
            .open(&target, secret.as_ref(), &cx.within(limit))
            .await?;
        Ok((session, cx))
    }
}

/// The hash of an object together with the names above it, which its statement holds too.
fn with_names(hash: u128, path: &[(ObjectId, PathStep)]) -> u128 {
    let mut names = DefaultHasher::new();
    path.iter().for_each(|(_, step)| step.name.hash(&mut names));
    hash ^ u128::from(names.finish())
}

/// The statement that the server gave with the rest.
fn given(detail: &Detail) -> Option<String> {
    let text = match detail {
        Detail::Table(facts)
        | Detail::View(facts)
        | Detail::MaterializedView(facts)
        | Detail::ForeignTable(facts)
        | Detail::Collection(facts) => facts.definition.as_ref(),
        Detail::Index(facts) => facts.definition.as_ref(),
        Detail::Trigger(facts) => facts.definition.as_ref(),
        Detail::Other(facts) => facts.definition.as_ref(),
        Detail::Server(_)
        | Detail::Database(_)
        | Detail::Schema(_)
        | Detail::Column(_)
        | Detail::PrimaryKey(_)
        | Detail::Unique(_)
        | Detail::Check(_)
        | Detail::Exclusion(_)
        | Detail::ForeignKey(_)
        | Detail::Field(_) => None,
    };
    text.map(|text| text.to_string())
}
