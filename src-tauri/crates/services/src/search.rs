//! Searching the names, types and comments of everything, as one types.
//!
//! The names lie in memory, a segment for each connection: filled when first
//! searched, refreshed with each sync, let go when nobody has searched for a while
//! or the vault locks.

mod find;
mod fuzzy;
mod index;
mod query;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use catalogue::{CatalogueError, Read, Scope};
use model::snapshot::Detail;
use model::{ConnectionId, ObjectId};

use self::find::{Best, Fit, Hit, Search};
use self::index::{Filling, Segment};
use self::query::Query;
use crate::Error;
use crate::studio::{SignedIn, Studio, blocking, locked};
use crate::view::{SearchFit, SearchHit, SearchRequest, SearchResults};

/// How many hits are given at most.
const MOST: u32 = 500;
/// How many of the objects opened last come first.
const RECENT: u32 = 100;
/// With fewer hits than this, names with slips are looked for too.
const FEW: u32 = 5;
/// How long the names stay in memory after a search.
const IDLE: Duration = Duration::from_secs(600);

/// The names of one user's connections, as far as they were searched.
#[derive(Debug, Default)]
pub(crate) struct Names {
    segments: Mutex<HashMap<ConnectionId, Arc<Segment>>>,
    /// Counts the searches: a newer one ends those before it.
    newest: AtomicU64,
    used: Mutex<Option<Instant>>,
}

impl Studio {
    /// What the catalogue holds that a text means, best first. A newer search ends
    /// this one.
    ///
    /// # Errors
    /// `Cancelled` by a newer search.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchResults, Error> {
        let who = self.signed_in()?;
        let number = who.names.newest.fetch_add(1, Ordering::SeqCst) + 1;
        let results = self
            .read_as(who.clone(), {
                let who = who.clone();
                move |scope| search(scope, &who.names, &request, number)
            })
            .await?;
        self.let_go_when_idle(who);
        results.ok_or_else(|| engine::EngineError::Cancelled.into())
    }

    /// Brings the names of a connection up to what its sync put in.
    pub(crate) async fn refresh_names(&self, who: Arc<SignedIn>, connection: ConnectionId) {
        if !locked(&who.names.segments).contains_key(&connection) {
            return;
        }
        let inner = self.inner.clone();
        let refreshed = blocking(move || {
            let filled = inner
                .catalogue
                .read(&who.session, |scope| fill(scope, connection));
            let mut segments = locked(&who.names.segments);
            match filled {
                Ok(segment) => segments.insert(connection, Arc::new(segment)),
                // Filled again when next searched, or gone with its connection.
                Err(_) => segments.remove(&connection),
            };
            Ok(())
        });
        if let Err(error) = refreshed.await {
            tracing::warn!(%error, "the names for the search could not be refreshed");
        }
    }

    /// Frees the names once nobody has searched for a while.
    fn let_go_when_idle(&self, who: Arc<SignedIn>) {
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
            locked(&who.names.segments).clear();
        });
    }
}

/// Absent where a newer search has begun.
fn search(
    scope: &Scope<'_, Read>,
    names: &Names,
    request: &SearchRequest,
    number: u64,
) -> Result<Option<SearchResults>, CatalogueError> {
    let began = Instant::now();
    let is_newest = || names.newest.load(Ordering::SeqCst) == number;
    let mut connections = scope.connections().list()?;
    let of = connections.len();
    connections
        .retain(|kept| request.connections.is_empty() || request.connections.contains(&kept.id));
    let query = Query::parse(&request.text);
    let mut segments = Vec::new();
    for kept in &connections {
        segments.push(segment(scope, names, kept.id)?);
        if !is_newest() {
            return Ok(None);
        }
    }
    let recent: HashSet<ObjectId> = scope
        .visits()
        .recent(RECENT)?
        .into_iter()
        .map(|(card, _)| card.id)
        .collect();
    let called: BTreeMap<_, _> = connections
        .iter()
        .map(|kept| (kept.id, kept.draft.name.to_lowercase()))
        .collect();
    let in_connection =
        |id: ConnectionId, place: &str| called.get(&id).is_some_and(|name| name.contains(place));
    let looking = Search {
        query: &query,
        recent: &recent,
        in_connection: &in_connection,
        kinds: &request.kinds,
        limit: request.limit.clamp(1, MOST) as usize,
    };
    let mut best = Best::new(looking.limit);
    if !query.is_empty() {
        for nearly in [false, true] {
            if nearly && best.total() >= FEW {
                break;
            }
            let Some(found) = look(&looking, &segments, nearly, &is_newest) else {
                return Ok(None);
            };
            if !nearly || best.total() == 0 {
                best = found;
            }
        }
    }
    let (total, counts, hit_connections) = (best.total(), best.counts.clone(), best.connections);
    let mut hits = Vec::new();
    for hit in best.into_hits() {
        match show(scope, hit, &query) {
            Ok(hit) => hits.push(hit),
            Err(CatalogueError::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Some(SearchResults {
        hits,
        total,
        counts,
        connections: hit_connections,
        of: u32::try_from(of).unwrap_or(u32::MAX),
        millis: began.elapsed().as_secs_f32() * 1000.0,
    }))
}

/// Looks through all segments; absent where a newer search has begun.
fn look(
    looking: &Search<'_>,
    segments: &[Arc<Segment>],
    nearly: bool,
    is_newest: &dyn Fn() -> bool,
) -> Option<Best> {
    let mut best = Best::new(looking.limit);
    for segment in segments {
        if !is_newest() {
            return None;
        }
        best.merge(looking.look(segment, nearly));
    }
    Some(best)
}

fn segment(
    scope: &Scope<'_, Read>,
    names: &Names,
    connection: ConnectionId,
) -> Result<Arc<Segment>, CatalogueError> {
    if let Some(segment) = locked(&names.segments).get(&connection) {
        return Ok(segment.clone());
    }
    let segment = Arc::new(fill(scope, connection)?);
    locked(&names.segments).insert(connection, segment.clone());
    Ok(segment)
}

fn fill(scope: &Scope<'_, Read>, connection: ConnectionId) -> Result<Segment, CatalogueError> {
    let mut filling = Filling::new(connection);
    scope
        .objects()
        .each_name(connection, |named| filling.add(named))?;
    Ok(filling.done())
}

fn show(scope: &Scope<'_, Read>, hit: Hit, query: &Query) -> Result<SearchHit, CatalogueError> {
    let card = scope.objects().card(hit.id)?;
    let path = card.path.0.iter().rev().skip(1).rev();
    Ok(SearchHit {
        object: card.id,
        connection: card.connection,
        kind: card.kind,
        path: path.map(|step| step.name.to_string()).collect(),
        type_text: type_text(&card.detail),
        rows: card.statistics.rows,
        comment: card.comment.as_deref().map(str::to_owned),
        name: card.name.to_string(),
        fit: match hit.fit {
            Fit::Nearly => SearchFit::Nearly,
            Fit::Comment => SearchFit::Comment,
            Fit::Exact | Fit::Prefix | Fit::Word | Fit::Within => SearchFit::Name,
        },
        words: query.words.clone(),
    })
}

fn type_text(detail: &Detail) -> Option<String> {
    match detail {
        Detail::Column(facts) => Some(facts.type_text.to_string()),
        Detail::Field(facts) => Some(facts.types.join(", ")),
        Detail::Other(facts) => facts.summary.as_deref().map(str::to_owned),
        _ => None,
    }
}
