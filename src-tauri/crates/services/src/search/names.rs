//! The names in memory: loaded when first searched, loaded anew when a sync has changed
//! what they were taken from, let go when nobody has searched for a while.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use catalogue::{CatalogueError, Read, Scope};
use futures_util::future::try_join_all;
use model::{Connection, ConnectionId, SyncId};

use super::index::{Filling, Segment};
use crate::Error;
use crate::studio::{SignedIn, Studio, locked};

/// How long the names stay in memory after a search.
const IDLE: Duration = Duration::from_secs(600);
/// How many connections are loaded side by side.
const LOADERS: usize = 2;

/// The names of one user's connections, as far as they were searched.
#[derive(Debug, Default)]
pub(crate) struct Names {
    kept: Mutex<HashMap<ConnectionId, Kept>>,
    /// Counts the searches: a newer one ends those before it.
    newest: AtomicU64,
    used: Mutex<Option<Instant>>,
    /// Whoever loads; others wait, for it may be what they want.
    loading: tokio::sync::Mutex<()>,
}

/// The names of one connection, and up to which sync they are known to be current.
#[derive(Debug, Clone)]
struct Kept {
    segment: Arc<Segment>,
    as_of: SyncId,
}

/// What a search needs: all segments, or which connections have to be loaded first.
pub(super) enum Wanted {
    Here(Vec<Arc<Segment>>),
    Missing(Vec<ConnectionId>),
}

impl Names {
    /// A number for a search, which ends all before it.
    pub(super) fn begin(&self) -> u64 {
        self.newest.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Whether no search has begun after this one.
    pub(super) fn is_newest(&self, number: u64) -> bool {
        self.newest.load(Ordering::SeqCst) == number
    }

    /// Forgets all names.
    pub(super) fn clear(&self) {
        locked(&self.kept).clear();
    }

    /// The segments of these connections, if all are there and current.
    pub(super) fn of(
        &self,
        scope: &Scope<'_, Read>,
        connections: &[Connection],
    ) -> Result<Wanted, CatalogueError> {
        let (mut here, mut missing) = (Vec::new(), Vec::new());
        for connection in connections {
            match self.current(scope, connection.id)? {
                Some(segment) => here.push(segment),
                None => missing.push(connection.id),
            }
        }
        Ok(if missing.is_empty() {
            Wanted::Here(here)
        } else {
            Wanted::Missing(missing)
        })
    }

    fn current(
        &self,
        scope: &Scope<'_, Read>,
        connection: ConnectionId,
    ) -> Result<Option<Arc<Segment>>, CatalogueError> {
        let kept = locked(&self.kept).get(&connection).cloned();
        Ok(match kept {
            Some(kept) if !scope.syncs().changed_after(connection, kept.as_of)? => {
                Some(kept.segment)
            }
            _ => None,
        })
    }

    fn load(
        &self,
        scope: &Scope<'_, Read>,
        connection: ConnectionId,
    ) -> Result<(), CatalogueError> {
        if self.current(scope, connection)?.is_some() {
            return Ok(());
        }
        let began = Instant::now();
        let as_of = scope.syncs().ended_up_to(connection)?;
        let mut filling = Filling::new(connection);
        scope
            .objects()
            .each_name(connection, |named| filling.add(named))?;
        let segment = Arc::new(filling.done());
        tracing::debug!(
            names = segment.len(),
            kib = segment.bytes() / 1024,
            millis = began.elapsed().as_millis(),
            "names were loaded for the search"
        );
        locked(&self.kept).insert(connection, Kept { segment, as_of });
        Ok(())
    }

    /// Lets go of connections that are there no more.
    pub(super) fn keep_only(&self, connections: &[Connection]) {
        let is_there = |id: &ConnectionId| connections.iter().any(|kept| kept.id == *id);
        locked(&self.kept).retain(|id, _| is_there(id));
    }
}

impl Studio {
    /// Loads the names of connections, unless a newer search has begun meanwhile.
    pub(super) async fn load_names(
        &self,
        who: &Arc<SignedIn>,
        missing: Vec<ConnectionId>,
        number: u64,
    ) -> Result<(), Error> {
        let _turn = who.names.loading.lock().await;
        let share = missing.len().div_ceil(LOADERS).max(1);
        let loaders = missing.chunks(share).map(|share| {
            let (who, share) = (who.clone(), share.to_vec());
            self.read_as(who.clone(), move |scope| {
                for connection in share {
                    if !who.names.is_newest(number) {
                        break;
                    }
                    match who.names.load(scope, connection) {
                        // Deleted since the search began.
                        Err(CatalogueError::NotFound { .. }) | Ok(()) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(())
            })
        });
        try_join_all(loaders).await?;
        Ok(())
    }

    /// Frees the names once nobody has searched for a while.
    pub(super) fn let_go_when_idle(&self, who: Arc<SignedIn>) {
        let waiting = locked(&who.names.used).replace(Instant::now()).is_some();
        if waiting {
            return;
        }
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = who.stop.cancelled() => break,
                    () = tokio::time::sleep(IDLE) => {}
                }
                let mut used = locked(&who.names.used);
                if used.is_none_or(|at| at.elapsed() >= IDLE) {
                    *used = None;
                    break;
                }
            }
            who.names.clear();
        });
    }
}
