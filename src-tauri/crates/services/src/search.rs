//! Searching the names, types and comments of everything, as one types.
//!
//! The names lie in memory, a segment for each connection, for as long as somebody
//! searches; the catalogue tells which of them a sync has changed since.

mod best;
mod crew;
mod find;
mod fuzzy;
mod index;
mod kinds;
mod lines;
mod names;
mod path;
mod query;
mod term;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use catalogue::{CatalogueError, Glance, Read, Scope};
use model::snapshot::Detail;
use model::{Connection, ObjectId};

use self::best::{Best, Fit};
use self::find::{Recent, Search};
use self::index::Segment;
use self::kinds::Kinds;
pub(crate) use self::names::Names;
use self::names::Wanted;
use self::query::Query;
use crate::Error;
use crate::studio::Studio;
use crate::view::{SearchFit, SearchHit, SearchRequest, SearchResults};

/// How many hits are given at most.
const MOST: u32 = 500;
/// How many of the objects opened last come first.
const RECENT: u32 = 100;
/// With fewer hits than this, names with slips are looked for too.
const FEW: u32 = 5;
/// Where the log says that they are.
const SLIPS: &str = "services::search::slips";

/// What became of a search.
enum Outcome {
    Found(SearchResults),
    /// The names of these connections have to be loaded first.
    Missing(Vec<model::ConnectionId>),
    /// A newer search has begun.
    Outdated,
}

impl Studio {
    /// What the catalogue holds that a text means, best first. A newer search ends
    /// this one. A text without words finds nothing, but has the names loaded.
    ///
    /// # Errors
    /// `Cancelled` by a newer search.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchResults, Error> {
        let began = Instant::now();
        let who = self.signed_in()?;
        let number = who.names.begin();
        let request = Arc::new(request);
        loop {
            let outcome = self
                .read_as(who.clone(), {
                    let (who, request) = (who.clone(), request.clone());
                    move |scope| search(scope, &who.names, &request, number)
                })
                .await?;
            self.let_go_when_idle(who.clone());
            match outcome {
                Outcome::Found(results) => {
                    let millis = began.elapsed().as_secs_f32() * 1000.0;
                    return Ok(SearchResults { millis, ..results });
                }
                Outcome::Missing(connections) => {
                    self.load_names(&who, connections, number).await?;
                }
                Outcome::Outdated => {}
            }
            if !who.names.is_newest(number) {
                return Err(engine::EngineError::Cancelled.into());
            }
        }
    }

    /// Frees what is kept in memory for searches; the next one loads it again.
    pub fn end_searching(&self) {
        if let Ok(who) = self.signed_in() {
            who.names.clear();
        }
    }
}

fn search(
    scope: &Scope<'_, Read>,
    names: &Names,
    request: &SearchRequest,
    number: u64,
) -> Result<Outcome, CatalogueError> {
    let mut connections = scope.connections().list()?;
    names.keep_only(&connections);
    let of = connections.len();
    connections
        .retain(|kept| request.connections.is_empty() || request.connections.contains(&kept.id));
    let segments = match names.of(scope, &connections)? {
        Wanted::Here(segments) => segments,
        Wanted::Missing(missing) => return Ok(Outcome::Missing(missing)),
    };
    let query = Query::parse(&request.text);
    let recent = Recent::new(scope.visits().recent_ids(RECENT)?);
    let looking = Looking {
        query: &query,
        request,
        recent: &recent,
        connections: &connections,
        segments: &segments,
    };
    let Some(best) = looking.best(&|| names.is_newest(number)) else {
        return Ok(Outcome::Outdated);
    };
    let (total, counts, hit_connections) = (best.total(), best.counts(), best.connections());
    let mut hits = best.into_hits();
    hits.truncate(limit(request));
    let wanted = hits.iter().map(|hit| (hit.id, hit.kind));
    let glances = scope.objects().glances(wanted, &|| names.is_newest(number));
    let Some(glances) = glances? else {
        return Ok(Outcome::Outdated);
    };
    let fits: HashMap<_, _> = hits.iter().map(|hit| (hit.id, hit.fit)).collect();
    let hits = glances.into_iter().filter_map(|glance| {
        let fit = *fits.get(&glance.id)?;
        Some(shown(glance, fit, &query))
    });
    let hits = hits.collect();
    Ok(Outcome::Found(SearchResults {
        hits,
        total,
        counts,
        connections: hit_connections,
        of: u32::try_from(of).unwrap_or(u32::MAX),
        millis: 0.0,
    }))
}

fn limit(request: &SearchRequest) -> usize {
    request.limit.clamp(1, MOST) as usize
}

/// What is looked for, and in what.
struct Looking<'a> {
    query: &'a Query,
    request: &'a SearchRequest,
    recent: &'a Recent,
    connections: &'a [Connection],
    segments: &'a [Arc<Segment>],
}

impl Looking<'_> {
    /// The best, those with slips behind the others; absent where a newer search has begun.
    fn best(&self, is_newest: &(dyn Fn() -> bool + Sync)) -> Option<Best> {
        // All of a few are kept, so that none of them is found a second time.
        let limit = limit(self.request).max(FEW as usize);
        if self.query.is_empty() {
            return Some(Best::new(limit));
        }
        let mut best = self.look(false, Vec::new(), limit, is_newest)?;
        if best.total() < FEW && self.query.may_be_misspelt() {
            tracing::debug!(target: SLIPS, "names with slips are looked for too");
            let known = best.hits().map(|hit| hit.id).collect();
            best.merge(self.look(true, known, limit, is_newest)?);
        }
        Some(best)
    }

    fn look(
        &self,
        nearly: bool,
        known: Vec<ObjectId>,
        limit: usize,
        is_newest: &(dyn Fn() -> bool + Sync),
    ) -> Option<Best> {
        let (words, within) = Search::terms(self.query, nearly);
        let shown = &self.request.kinds;
        let search = Search {
            words,
            in_connection: &|id| {
                let called = self.connections.iter().find(|kept| kept.id == id);
                let name = called.map(|kept| kept.draft.name.to_lowercase());
                let holds = |place: &String| name.as_ref().is_some_and(|name| name.contains(place));
                let places = self.query.within.iter().take(within.len()).enumerate();
                places.fold(0, |bits, (at, place)| bits | u8::from(holds(place)) << at)
            },
            within: &within,
            types: &self.query.types,
            wanted: Kinds::which(|kind| self.query.wants(kind)),
            shown: Kinds::which(|kind| shown.is_empty() || shown.contains(&kind)),
            recent: self.recent,
            known,
            nearly,
        };
        crew::look(&search, self.segments, limit, is_newest)
    }
}

fn shown(glance: Glance, fit: Fit, query: &Query) -> SearchHit {
    SearchHit {
        object: glance.id,
        connection: glance.connection,
        kind: glance.kind,
        path: glance.path.iter().map(ToString::to_string).collect(),
        type_text: type_text(&glance.detail),
        rows: glance.statistics.rows,
        comment: glance.comment.as_deref().map(str::to_owned),
        name: glance.name.to_string(),
        fit: match fit {
            Fit::Nearly => SearchFit::Nearly,
            Fit::Comment => SearchFit::Comment,
            Fit::Exact | Fit::Prefix | Fit::Word | Fit::Within => SearchFit::Name,
        },
        words: query.words.clone(),
    }
}

fn type_text(detail: &Detail) -> Option<String> {
    match detail {
        Detail::Column(facts) => Some(facts.type_text.to_string()),
        Detail::Field(facts) => Some(facts.types.join(", ")),
        Detail::Other(facts) => facts.summary.as_deref().map(str::to_owned),
        _ => None,
    }
}
