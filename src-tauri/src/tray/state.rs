//! How things stand, in a picture and in a few words.

use model::path::visible;
use model::{AppError, ErrorKind};
use services::view::{ConnectionCard, TestOutcome};
use tauri::image::Image;

/// What the icon tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing is known to fail.
    Well,
    /// An active connection was not reached when last asked.
    Failing,
    /// Nobody is signed in.
    Locked,
    /// A test or a sync is running.
    Working,
}

impl State {
    /// What connections amount to; work comes before failures, for it may end them.
    pub(super) fn of(cards: &[ConnectionCard], testing: bool) -> Self {
        let failing = |card: &ConnectionCard| {
            card.connection.active
                && card
                    .reach
                    .as_ref()
                    .is_some_and(|reach| reach.error.is_some())
        };
        if testing || cards.iter().any(|card| card.running.is_some()) {
            Self::Working
        } else if cards.iter().any(failing) {
            Self::Failing
        } else {
            Self::Well
        }
    }

    /// Its picture.
    pub(super) fn icon(self) -> Image<'static> {
        match self {
            Self::Well => tauri::include_image!("../icons/tray/well.png"),
            Self::Failing => tauri::include_image!("../icons/tray/failing.png"),
            Self::Locked => tauri::include_image!("../icons/tray/locked.png"),
            Self::Working => tauri::include_image!("../icons/tray/working.png"),
        }
    }

    /// Its words.
    pub(super) fn tooltip(self) -> &'static str {
        match self {
            Self::Well => "db-studio: all well",
            Self::Failing => "db-studio: something fails",
            Self::Locked => "db-studio: locked",
            Self::Working => "db-studio: working",
        }
    }
}

/// How a connection was when it was last asked, in two or three words.
pub(super) fn last(card: &ConnectionCard) -> String {
    match &card.reach {
        _ if card.running.is_some() => "syncing".to_owned(),
        None => "not tested yet".to_owned(),
        Some(reach) => match (&reach.error, reach.millis) {
            (Some(error), _) => word(error).to_owned(),
            (None, Some(millis)) => format!("{millis:.0} ms"),
            (None, None) => "fine".to_owned(),
        },
    }
}

/// `orders-prod: fine, 12 ms`, or why not.
pub(super) fn outcome(name: &str, outcome: &TestOutcome) -> String {
    let name = visible(name);
    match &outcome.error {
        None => format!("{name}: fine, {:.0} ms", outcome.millis),
        Some(error) => format!("{name}: {}", word(error)),
    }
}

/// The reason and the hint of a test that failed; nothing else.
pub(super) fn body(outcome: &TestOutcome) -> String {
    let Some(error) = &outcome.error else {
        return String::new();
    };
    let hint = error.hint.as_deref().unwrap_or_default();
    format!("{} {hint}", error.message).trim_end().to_owned()
}

/// How several connections are, and below it those that fail.
pub(super) fn together(outcomes: &[(String, TestOutcome)]) -> (String, String) {
    let failing: Vec<_> = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.error.is_some())
        .collect();
    let (all, fine) = (outcomes.len(), outcomes.len() - failing.len());
    let summary = match (all, fine) {
        (0, _) => "There is no active connection to test".to_owned(),
        (1, 1) => "The only connection is fine".to_owned(),
        _ if all == fine => format!("All {all} connections are fine"),
        _ => format!("{fine} of {all} connections are fine"),
    };
    let lines: Vec<_> = failing
        .iter()
        .map(|(name, failed)| self::outcome(name, failed))
        .collect();
    (summary, lines.join("\n"))
}

fn word(error: &AppError) -> &'static str {
    match error.kind {
        ErrorKind::SignInRefused => "password refused",
        ErrorKind::Unreachable => "not reached",
        ErrorKind::TimedOut => "no answer in time",
        ErrorKind::Tls => "no secure link",
        ErrorKind::NotAllowed => "not allowed",
        ErrorKind::NotFound => "no such database",
        ErrorKind::Busy => "busy",
        ErrorKind::Unsupported => "not understood",
        ErrorKind::Server => "server error",
        ErrorKind::Cancelled => "stopped",
        ErrorKind::SignedOut => "locked",
        ErrorKind::InvalidInput => "not complete",
        ErrorKind::WrongPassphrase
        | ErrorKind::VaultDamaged
        | ErrorKind::Conflict
        | ErrorKind::Storage
        | ErrorKind::Internal => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome_of(error: Option<ErrorKind>) -> TestOutcome {
        TestOutcome {
            stages: Vec::new(),
            millis: 12.4,
            server: None,
            user: None,
            error: error.map(|kind| AppError::new(kind, "It failed.").hint("Mend it.")),
            lacks: Vec::new(),
        }
    }

    #[test]
    fn an_outcome_is_a_name_and_a_few_words() {
        assert_eq!(
            outcome("orders-prod", &outcome_of(None)),
            "orders-prod: fine, 12 ms"
        );
        let refused = outcome_of(Some(ErrorKind::SignInRefused));
        assert_eq!(
            outcome("orders-prod", &refused),
            "orders-prod: password refused"
        );
        assert_eq!(body(&refused), "It failed. Mend it.");
    }

    #[test]
    fn several_outcomes_name_only_those_that_fail() {
        let outcomes = [
            ("a".to_owned(), outcome_of(None)),
            ("b".to_owned(), outcome_of(Some(ErrorKind::Unreachable))),
        ];
        let (summary, body) = together(&outcomes);
        assert_eq!(summary, "1 of 2 connections are fine");
        assert_eq!(body, "b: not reached");
    }

    #[test]
    fn a_hostile_name_stays_on_its_line() {
        let told = outcome("a\nb\u{1b}[2J", &outcome_of(None));
        assert!(
            !told.contains(['\n', '\u{1b}']),
            "control characters are escaped: {told}"
        );
    }
}
