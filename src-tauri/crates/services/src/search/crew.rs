//! Looking through many segments at once, on as many threads as help.

use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::thread;

use super::best::Best;
use super::find::Search;
use super::index::Segment;
use super::path::Prepared;
use crate::studio::locked;

/// How many entries or comments are looked through in one go: less than a millisecond's
/// work, after which a newer search may take over.
const PART: usize = 32_768;
/// How many names are read in one go.
const NAMES: usize = 8192;
/// Threads beyond these would take the machine from others.
const MOST_THREADS: usize = 4;
/// With fewer parts than this for each thread, starting one costs more than it saves.
const WORTHWHILE: usize = 2;

enum Part<'a> {
    Names(&'a Prepared<'a>, Range<usize>),
    Comments(&'a Prepared<'a>, Range<usize>),
}

/// The best of all segments; absent where a newer search has begun.
pub(super) fn look(
    search: &Search<'_>,
    segments: &[Arc<Segment>],
    limit: usize,
    is_newest: &(dyn Fn() -> bool + Sync),
) -> Option<Best> {
    let prepared = prepare(search, segments, is_newest)?;
    let mut parts = Vec::new();
    for prepared in &prepared {
        let (entries, comments) = (prepared.segment.len(), prepared.segment.comments.len());
        if search.words.is_empty() || prepared.has_words() {
            parts.extend(split(entries).map(|range| Part::Names(prepared, range)));
        }
        if search.reads_comments() {
            parts.extend(split(comments).map(|range| Part::Comments(prepared, range)));
        }
    }
    let new = || Best::new(limit);
    let found = share(parts, new, is_newest, |best, part| one(search, &part, best))?;
    found.into_iter().reduce(|mut best, other| {
        best.merge(other);
        best
    })
}

/// All segments, with what their names say.
fn prepare<'a>(
    search: &Search<'_>,
    segments: &'a [Arc<Segment>],
    is_newest: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Prepared<'a>>> {
    let segments = segments.iter();
    let mut prepared: Vec<_> = segments.map(|segment| search.prepare(segment)).collect();
    if search.reads_names() {
        let parts = prepared.iter_mut().flat_map(|prepared| {
            let segment = prepared.segment;
            let parts = prepared.names.chunks_mut(NAMES).enumerate();
            parts.map(move |(number, said)| (segment, number * NAMES, said))
        });
        share(
            parts.collect(),
            || (),
            is_newest,
            |(), part| {
                let (segment, from, said) = part;
                search.read(segment, from, said);
            },
        )?;
    }
    if search.looks_up() {
        prepared.iter_mut().for_each(Prepared::hand_down);
    }
    Some(prepared)
}

/// Does parts of a work on as many threads as help, each with what it adds up; absent
/// where a newer search has begun.
fn share<P: Send, S: Send>(
    parts: Vec<P>,
    new: impl Fn() -> S + Sync,
    is_newest: &(dyn Fn() -> bool + Sync),
    one: impl Fn(&mut S, P) + Sync,
) -> Option<Vec<S>> {
    let threads = threads(parts.len());
    let parts = Mutex::new(parts.into_iter());
    let work = || {
        let mut sum = new();
        loop {
            let Some(part) = locked(&parts).next() else {
                return Some(sum);
            };
            if !is_newest() {
                return None;
            }
            one(&mut sum, part);
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let own = work();
        let others = others.into_iter().map(|other| {
            other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        std::iter::once(own).chain(others).collect()
    })
}

fn one(search: &Search<'_>, part: &Part<'_>, best: &mut Best) {
    let before = best.total();
    let prepared = match part {
        Part::Names(prepared, entries) => {
            search.names(prepared, entries.clone(), best);
            prepared
        }
        Part::Comments(prepared, lines) => {
            search.comments(prepared, lines.clone(), best);
            prepared
        }
    };
    if best.total() > before {
        best.found_in(prepared.segment.connection);
    }
}

fn split(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length)
        .step_by(PART)
        .map(move |from| from..(from + PART).min(length))
}

fn threads(parts: usize) -> usize {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    cores.min(MOST_THREADS).min(parts / WORTHWHILE).max(1)
}
