//! Looking through many segments at once, on as many threads as help.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::best::Best;
use super::find::{Prepared, Search};
use super::index::Segment;

/// How many names or comments are looked through in one go: less than a millisecond's
/// work, after which a newer search may take over.
const PART: usize = 32_768;
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
    let prepared: Vec<_> = segments
        .iter()
        .map(|segment| search.prepare(segment))
        .collect();
    let mut parts = Vec::new();
    for prepared in &prepared {
        let (names, comments) = (prepared.segment.len(), prepared.segment.comments.len());
        parts.extend(split(names).map(|range| Part::Names(prepared, range)));
        if search.reads_comments() {
            parts.extend(split(comments).map(|range| Part::Comments(prepared, range)));
        }
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut best = Best::new(limit);
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            if !is_newest() {
                return None;
            }
            one(search, part, &mut best);
        }
        Some(best)
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads(parts.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut best = work();
        for other in others {
            let found = other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            match (&mut best, found) {
                (Some(best), Some(found)) => best.merge(found),
                _ => best = None,
            }
        }
        best
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
