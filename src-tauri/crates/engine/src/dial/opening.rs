//! Stages and their times, reported to whoever watches.

use model::stage::StageState;
use model::{Stage, StageReport};
use tokio::time::Instant;

use super::{Link, Proxy, Stamps};
use crate::{EngineError, OpContext};

/// What the driver was asked to do about TLS, as far as people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsAsked {
    /// No TLS.
    Off,
    /// TLS if the server offers it; nothing is verified.
    Preferred,
    /// TLS or nothing; nothing is verified.
    Unverified,
    /// TLS whose certificate is signed by a trusted authority, for whatever host.
    Authority,
    /// TLS whose certificate is signed by a trusted authority for this very host.
    Verified,
}

/// The part of opening that the driver does over a link: TLS and sign in.
///
/// Begin it before the driver connects and end it with how that went; both
/// stages are then told apart by what passed over the link.
#[derive(Debug)]
pub struct Opening<'a> {
    way: Way<'a>,
    cx: &'a OpContext,
    asked: TlsAsked,
    began: Instant,
}

/// Over what the driver opens.
#[derive(Debug, Clone, Copy)]
enum Way<'a> {
    Link(&'a Link),
    Proxy(&'a Proxy),
}

impl Way<'_> {
    fn stamps(self) -> Stamps {
        match self {
            Self::Link(link) => link.stamps(),
            Self::Proxy(proxy) => proxy.stamps(),
        }
    }

    fn is_local_socket(self) -> bool {
        match self {
            Self::Link(link) => link.is_local_socket(),
            Self::Proxy(_) => false,
        }
    }
}

impl<'a> Opening<'a> {
    /// Reports the first of the two stages as running.
    pub fn begin(link: &'a Link, asked: TlsAsked, cx: &'a OpContext) -> Self {
        Self::over(Way::Link(link), asked, cx)
    }

    /// The same for a driver that makes its connections by itself.
    pub fn through(proxy: &'a Proxy, asked: TlsAsked, cx: &'a OpContext) -> Self {
        Self::over(Way::Proxy(proxy), asked, cx)
    }

    fn over(way: Way<'a>, asked: TlsAsked, cx: &'a OpContext) -> Self {
        let opening = Self {
            way,
            cx,
            asked,
            began: Instant::now(),
        };
        opening.report(StageReport {
            stage: if opening.expects_tls() {
                Stage::Tls
            } else {
                Stage::SignIn
            },
            state: StageState::Running,
            note: None,
            millis: None,
            error: None,
        });
        opening
    }

    /// Reports both stages of a driver that is connected and signed in; `note`
    /// is what sign in tells (`as reporting_ro`).
    pub fn passed(self, note: Option<String>) {
        let (now, stamps) = (Instant::now(), self.way.stamps());
        let signing_in_since = self.report_tls(&stamps);
        self.report(ended(
            Stage::SignIn,
            StageState::Passed,
            note,
            signing_in_since,
            now,
        ));
    }

    /// Reports up to the stage that failed, without its error, which the caller has.
    pub fn failed(self, error: &EngineError) {
        let (now, stamps) = (Instant::now(), self.way.stamps());
        let note = Some(brief(error).to_owned());
        if self.failed_at_tls(&stamps, error) {
            self.report(ended(Stage::Tls, StageState::Failed, note, self.began, now));
        } else {
            let since = self.report_tls(&stamps);
            self.report(ended(Stage::SignIn, StageState::Failed, note, since, now));
        }
    }

    fn expects_tls(&self) -> bool {
        self.asked != TlsAsked::Off
    }

    fn failed_at_tls(&self, stamps: &Stamps, error: &EngineError) -> bool {
        if matches!(error, EngineError::Tls { .. }) {
            return true;
        }
        let under_way = stamps.tls_started.is_some() && stamps.tls_done.is_none();
        // Whoever wants TLS asks for it first: a server that says nothing at
        // all has not answered that question.
        let unanswered = self.expects_tls() && stamps.first_answer.is_none();
        under_way || unanswered
    }

    /// Reports TLS as passed or skipped, and gives the moment from which sign in counts.
    fn report_tls(&self, stamps: &Stamps) -> Instant {
        let Some(done) = stamps.tls_done else {
            let why = match self.asked {
                TlsAsked::Off if self.way.is_local_socket() => "local socket",
                TlsAsked::Off => "off",
                _ => "not offered by the server",
            };
            self.report(StageReport {
                stage: Stage::Tls,
                state: StageState::Skipped,
                note: Some(why.to_owned()),
                millis: None,
                error: None,
            });
            return self.began;
        };
        let checked = match self.asked {
            TlsAsked::Verified => "verified",
            TlsAsked::Authority => "authority verified, host not",
            TlsAsked::Off | TlsAsked::Preferred | TlsAsked::Unverified => "not verified",
        };
        let note = match stamps.tls_version {
            Some(version) => format!("{version}, {checked}"),
            None => checked.to_owned(),
        };
        self.report(ended(
            Stage::Tls,
            StageState::Passed,
            Some(note),
            self.began,
            done,
        ));
        done
    }

    fn report(&self, report: StageReport) {
        self.cx.observer().stage(report);
    }
}

/// A stage that the Dialer itself goes through.
pub(super) struct Running<'a> {
    stage: Stage,
    began: Instant,
    cx: &'a OpContext,
}

impl<'a> Running<'a> {
    pub(super) fn begin(stage: Stage, cx: &'a OpContext) -> Self {
        cx.observer().stage(StageReport {
            stage,
            state: StageState::Running,
            note: None,
            millis: None,
            error: None,
        });
        Self {
            stage,
            began: Instant::now(),
            cx,
        }
    }

    pub(super) fn passed(self, note: Option<String>) {
        self.end(StageState::Passed, note);
    }

    pub(super) fn skipped(self, why: &str) {
        self.end(StageState::Skipped, Some(why.to_owned()));
    }

    pub(super) fn failed(self, error: &EngineError) {
        self.end(StageState::Failed, Some(brief(error).to_owned()));
    }

    fn end(self, state: StageState, note: Option<String>) {
        self.cx
            .observer()
            .stage(ended(self.stage, state, note, self.began, Instant::now()));
    }
}

fn ended(
    stage: Stage,
    state: StageState,
    note: Option<String>,
    since: Instant,
    until: Instant,
) -> StageReport {
    let millis = until.saturating_duration_since(since).as_secs_f32() * 1000.0;
    StageReport {
        stage,
        state,
        note,
        millis: Some(millis),
        error: None,
    }
}

/// The gist of an error in a word or two, for the line of its stage.
fn brief(error: &EngineError) -> &'static str {
    match error {
        EngineError::UnknownHost { .. } => "unknown name",
        EngineError::Unreachable { source, .. } => match source.kind() {
            std::io::ErrorKind::ConnectionRefused => "refused",
            std::io::ErrorKind::NotFound => "not there",
            std::io::ErrorKind::PermissionDenied => "not permitted",
            _ => "unreachable",
        },
        EngineError::TimedOut { .. } => "no answer in time",
        EngineError::Cancelled => "stopped",
        EngineError::ConnectionLost { .. } => "cut off",
        EngineError::SignInRefused { .. } | EngineError::NotAllowed { .. } => "refused",
        EngineError::NoSuchDatabase { .. } => "no such database",
        EngineError::TooManyConnections { .. } => "no free connection",
        EngineError::NotReady { .. } => "not ready",
        EngineError::NotThisProtocol { .. } => "another protocol",
        _ => "failed",
    }
}
