//! Reading the collections of one database.
//!
//! The protocol has no question about the indexes of several collections: each
//! collection is asked about by itself, a few at the same time.

mod collection;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bson::{Document, doc};
use engine::{EngineError, InspectScope, OpContext, Progress, Sink};
use futures_util::future::join_all;
use model::snapshot::{DatabaseBuilder, Portion, Warning};
use model::{Clock as _, ObjectKind, ObjectPath, SnapshotBuilder, SystemClock, Timestamp};

use crate::convert;
use crate::error::{code, code_of};
use crate::privileges::{is_system, read_grant};
use crate::rows::{CollectionRow, ShardedRow, Sort};
use crate::sample;
use crate::server::Server;
use crate::variant::Topology;
use collection::{Read, Reading};

pub(crate) use whole::inspect_server;

/// How many collections a portion has.
const PORTION: usize = 100;

/// Reads what the scope names into `out`.
pub(crate) async fn inspect(
    server: &mut Server,
    scope: &InspectScope,
    out: &mut dyn Sink,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let name = scope.database.as_str();
    let mut warnings = Vec::new();
    let stats = match server.ask(name, doc! { "dbStats": 1 }).await {
        Ok(stats) => stats,
        // Sizes are a courtesy.
        Err(failure) if code_of(&failure).is_some() => Document::new(),
        Err(failure) => return Err(server.failed(&failure, &format!("read {name}"))),
    };
    let mut rows = list(server, scope, &mut warnings).await?;
    rows.retain(|row| {
        let wanted = scope.table.as_ref().is_none_or(|table| *table == row.name);
        wanted && (scope.system || !row.is_system())
    });
    rows.sort_by(|a, b| (a.sort == Sort::View, &a.name).cmp(&(b.sort == Sort::View, &b.name)));
    let sharded = sharded(server, name, &mut warnings).await?;
    let mut object = convert::database(name, &stats, is_system(name));
    if let Some(primary) = &sharded.primary {
        object = object.attribute("primary_shard", primary.as_str());
    }
    let views: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.sort == Sort::View)
        .map(|row| row.name.as_str())
        .collect();
    let mut done = 0;
    loop {
        let rest = rows.get(done..).unwrap_or_default();
        let portion = rest.get(..PORTION).unwrap_or(rest);
        let reads = read_all(server, name, portion, (done, rows.len()), cx).await?;
        let at = SystemClock.now();
        let mut builder = SnapshotBuilder::default();
        let mut database = builder.database(object.clone());
        for (row, read) in portion.iter().zip(&reads) {
            let shards = sharded.of.get(&row.name);
            build(&mut database, row, read, shards, &views, at);
        }
        drop(database);
        warnings.extend(reads.into_iter().flatten().flat_map(|read| read.warnings));
        for warning in warnings.drain(..) {
            builder.warn(warning);
        }
        out.put(Portion::Read(builder.finish())).await?;
        done += portion.len();
        if done >= rows.len() {
            return Ok(());
        }
    }
}

fn build(
    database: &mut DatabaseBuilder<'_>,
    row: &CollectionRow,
    read: &Option<Read>,
    sharded: Option<&ShardedRow>,
    views: &BTreeSet<&str>,
    at: Timestamp,
) {
    // One that was dropped while it was to be read.
    let Some(read) = read else { return };
    let found = read.found.as_ref();
    let mut relation = if row.sort == Sort::View {
        database.view(convert::view(row, views, found, at))
    } else {
        database.collection(convert::collection(row, &read.stats, sharded, found, at))
    };
    let declared = convert::declared(row.options.get("validator"));
    for field in sample::fields(found, declared, at) {
        relation.field(field);
    }
    let mut indexes: Vec<_> = read.indexes.iter().collect();
    indexes.sort_by(|a, b| a.name.cmp(&b.name));
    for index in indexes {
        relation.index(convert::index(
            index,
            &read.stats,
            read.uses.get(&index.name).copied(),
            row,
        ));
    }
}

/// The collections and views, or the names of those that this user may list.
async fn list(
    server: &mut Server,
    scope: &InspectScope,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<CollectionRow>, EngineError> {
    let name = scope.database.as_str();
    let mut command = doc! { "listCollections": 1, "nameOnly": false };
    if let Some(table) = &scope.table {
        command.insert("filter", doc! { "name": table.as_str() });
    }
    let listed = match server.list(name, command.clone()).await {
        Err(failure) if code_of(&failure) == Some(code::UNAUTHORIZED) => {
            command.insert("nameOnly", true);
            command.insert("authorizedCollections", true);
            let names = server.list(name, command).await;
            let refused =
                matches!(&names, Err(failure) if code_of(failure) == Some(code::UNAUTHORIZED));
            warnings.push(Warning {
                object: ObjectPath::database(name),
                reason: if refused {
                    format!("This user may not list the collections of {name}.")
                } else {
                    format!("This user may list only those collections of {name} that it may read, and not their options.")
                },
                grant: Some(read_grant(&server.facts, name)),
                unseen: true,
            });
            if refused { Ok(Vec::new()) } else { names }
        }
        listed => listed,
    };
    let rows = listed
        .map_err(|failure| server.failed(&failure, &format!("list the collections of {name}")))?;
    Ok(rows.iter().filter_map(CollectionRow::read).collect())
}

/// How the collections of a database lie on the shards.
#[derive(Debug, Default)]
struct Sharded {
    primary: Option<String>,
    of: BTreeMap<String, ShardedRow>,
}

async fn sharded(
    server: &mut Server,
    database: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Sharded, EngineError> {
    if server.facts.topology != Topology::Sharded {
        return Ok(Sharded::default());
    }
    let prefix = format!("{database}.");
    // The byte after a dot ends the range of names that begin with it.
    let names = doc! { "$gte": prefix, "$lt": format!("{database}/") };
    let asked = async {
        let collections = doc! { "find": "collections", "filter": { "_id": names } };
        let rows = server.list("config", collections).await?;
        let databases = doc! { "find": "databases", "filter": { "_id": database } };
        let own = server.list("config", databases).await?;
        Ok((rows, own))
    };
    let asked: Result<_, mongodb::error::Error> = asked.await;
    match asked {
        Ok((rows, own)) => Ok(Sharded {
            primary: own
                .first()
                .and_then(|row| row.get_str("primary").ok().map(str::to_owned)),
            of: convert::by_collection(
                rows.iter()
                    .filter_map(|row| ShardedRow::read(row, database))
                    .collect(),
            ),
        }),
        Err(failure) if code_of(&failure) == Some(code::UNAUTHORIZED) => {
            warnings.push(Warning {
                object: ObjectPath::database(database),
                reason: "This user may not read how collections are sharded.".to_owned(),
                grant: Some(read_grant(&server.facts, "config")),
                unseen: false,
            });
            Ok(Sharded::default())
        }
        Err(failure) => Err(server.failed(&failure, "read how collections are sharded")),
    }
}

/// Reads each collection, over all conversations at once; none is there for one
/// that is gone. `before` of the `total` were read already.
async fn read_all(
    server: &mut Server,
    database: &str,
    rows: &[CollectionRow],
    (before, total): (usize, usize),
    cx: &OpContext,
) -> Result<Vec<Option<Read>>, EngineError> {
    let settings = std::sync::Arc::clone(&server.settings);
    let facts = server.facts.clone();
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(before);
    let reads: Mutex<Vec<Option<Read>>> = Mutex::new(rows.iter().map(|_| None).collect());
    let workers = server.lanes().await?.iter_mut().map(|lane| async {
        let mut reading = Reading {
            lane,
            database,
            settings: &settings,
            facts: &facts,
        };
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(row) = rows.get(place) else {
                return Ok::<_, mongodb::error::Error>(());
            };
            let read = reading.read(row).await?;
            if let Some(slot) = lock(&reads).get_mut(place) {
                *slot = read;
            }
            cx.observer().progress(Progress {
                database: database.to_owned(),
                done: done.fetch_add(1, Ordering::Relaxed) as u64 + 1,
                total: Some(total as u64),
            });
        }
    });
    let ended = join_all(workers).await;
    if let Some(failure) = ended.into_iter().find_map(Result::err) {
        return Err(server.failed(&failure, &format!("read {database}")));
    }
    Ok(reads
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The path of a collection or a view.
pub(crate) fn path_of(database: &str, row: &CollectionRow) -> ObjectPath {
    let kind = match row.sort {
        Sort::View => ObjectKind::View,
        _ => ObjectKind::Collection,
    };
    ObjectPath::database(database).child(kind, row.name.as_str())
}
