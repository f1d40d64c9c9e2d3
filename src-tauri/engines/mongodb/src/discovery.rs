//! What the driver found out about the servers while it opens: which answered,
//! which did not, and whether that settles the matter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use bson::Document;
use engine::EngineError;
use model::connection::field;
use mongodb::error::Error;
use mongodb::event::sdam::SdamEvent;
use tokio::sync::Notify;

use crate::descriptor::keys;
use crate::error;
use crate::settings::{Preference, Settings};
use crate::variant;

/// What is known of the servers so far.
#[derive(Debug, Default)]
pub(crate) struct Discovery {
    seen: Mutex<Seen>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Seen {
    known: BTreeSet<String>,
    replies: BTreeMap<String, Document>,
    failures: BTreeMap<String, Error>,
}

/// Why opening cannot succeed.
pub(crate) enum Verdict {
    /// None of the servers can be spoken with; the driver says why.
    Failed(Error),
    /// What they say of themselves stands in the way.
    Refused(EngineError),
}

impl Discovery {
    /// Takes in what the driver tells.
    pub(crate) fn tell(&self, event: SdamEvent) {
        {
            let mut seen = self.lock();
            match event {
                SdamEvent::ServerOpening(event) => {
                    seen.known.insert(event.address.to_string());
                }
                SdamEvent::ServerHeartbeatSucceeded(event) => {
                    let address = event.server_address.to_string();
                    seen.failures.remove(&address);
                    seen.replies.insert(address, event.reply);
                }
                SdamEvent::ServerHeartbeatFailed(event) => {
                    let address = event.server_address.to_string();
                    seen.failures.insert(address, event.failure);
                }
                _ => return,
            }
        }
        self.changed.notify_one();
    }

    /// Waits until opening cannot succeed any more; for ever where it can.
    pub(crate) async fn hopeless(&self, settings: &Settings) -> Verdict {
        loop {
            if let Some(verdict) = self.verdict(settings) {
                return verdict;
            }
            self.changed.notified().await;
        }
    }

    /// Why opening cannot succeed, if that is settled.
    pub(crate) fn verdict(&self, settings: &Settings) -> Option<Verdict> {
        let seen = self.lock();
        let refused = seen
            .replies
            .values()
            .find_map(|reply| refusal(reply, settings));
        if let Some(refused) = refused {
            return Some(Verdict::Refused(refused));
        }
        let settled = |address: &String| {
            seen.replies.contains_key(address) || seen.failures.contains_key(address)
        };
        if seen.known.is_empty() || !seen.known.iter().all(settled) {
            return None;
        }
        if seen.replies.is_empty() {
            let failure = seen
                .failures
                .values()
                .max_by_key(|failure| error::tells_much(failure));
            return failure.cloned().map(Verdict::Failed);
        }
        let readable = seen
            .replies
            .values()
            .any(|reply| is_readable(reply, settings));
        (!readable).then(|| Verdict::Refused(error::nobody_to_read_from(settings)))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refusal(reply: &Document, settings: &Settings) -> Option<EngineError> {
    if let Some(too_old) = variant::too_old(reply) {
        return Some(too_old);
    }
    let wanted = settings.replica_set.as_deref()?;
    let message = match reply.get_str("setName") {
        Ok(name) if name == wanted => return None,
        Ok(name) => format!("The server belongs to replica set {name}, not to {wanted}."),
        // One that has not joined its set yet may still do so.
        Err(_) if crate::types::is_on(reply, "isreplicaset") => return None,
        Err(_) => format!("The server belongs to no replica set, and {wanted} is asked for."),
    };
    Some(EngineError::InvalidTarget {
        field: keys::REPLICA_SET.to_owned(),
        message,
        hint: format!(
            "Correct the name of the replica set, or check {}.",
            field::HOST
        ),
    })
}

fn is_readable(reply: &Document, settings: &Settings) -> bool {
    let flag = |key: &str| crate::types::is_on(reply, key);
    let in_set = reply.contains_key("setName") || flag("isreplicaset");
    if !in_set {
        return true;
    }
    let primary = flag("isWritablePrimary") || flag("ismaster");
    let secondary = flag("secondary");
    if settings.direct {
        return primary || secondary;
    }
    match settings.preference {
        Preference::Primary => primary,
        Preference::Secondary => secondary,
        _ => primary || secondary,
    }
}
