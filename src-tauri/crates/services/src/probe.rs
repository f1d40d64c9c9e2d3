//! The staged test of a connection: one link, every stage with its own time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::{Engine, Observer, OpContext, Progress, ServerInfo};
use model::connection::field;
use model::stage::StageState;
use model::{AppError, Secret, Stage, StageReport, Target};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::Error;
use crate::strings::check_target;
use crate::studio::locked;
use crate::view::TestOutcome;

/// The time to connect and sign in where the engine declares none, in seconds.
const CONNECT_SECONDS: u64 = 8;
/// No field may ask for more, in seconds.
const LONGEST_CONNECT: u64 = 600;
/// What the stages behind sign in may take beyond it.
const ASK: Duration = Duration::from_secs(10);

/// A test as it ended, and what the server said of itself.
pub(crate) struct Probed {
    pub(crate) outcome: TestOutcome,
    pub(crate) server: Option<ServerInfo>,
    pub(crate) stage_failed: Option<Stage>,
}

/// Tests a target: parse, the stages of opening, server version, privileges.
pub(crate) async fn probe(
    engine: &'static dyn Engine,
    target: &Target,
    secret: Option<&Secret>,
    stop: CancellationToken,
    watch: impl Fn(StageReport) + Send + Sync + 'static,
) -> Probed {
    let began = Instant::now();
    let stages = Arc::new(Stages {
        reports: Mutex::default(),
        watch: Box::new(watch),
    });
    let cx = OpContext::lasting(connect_limit(engine, target) + ASK)
        .cancelled_by(stop)
        .observed(stages.clone());
    let asked = ask(engine, target, secret, &cx, &stages).await;
    let millis = began.elapsed().as_secs_f32() * 1000.0;
    let (server, lacks, error) = match asked {
        Ok((server, lacks)) => (Some(server), lacks, None),
        Err((server, error)) => (server, Vec::new(), Some(AppError::from(error))),
    };
    let stage_failed = error.as_ref().map(|error| stages.fail(error));
    let outcome = TestOutcome {
        stages: stages.all(),
        millis,
        server: server
            .as_ref()
            .map(|server| format!("{} {}", server.product, server.version)),
        user: server.as_ref().and_then(|server| server.user.clone()),
        error,
        lacks,
    };
    Probed {
        outcome,
        server,
        stage_failed,
    }
}

/// The longest time that opening a target may take.
pub(crate) fn connect_limit(engine: &dyn Engine, target: &Target) -> Duration {
    let default = engine
        .descriptor()
        .field(field::CONNECT_TIMEOUT)
        .map(|field| field.default);
    let seconds = target.get(field::CONNECT_TIMEOUT).or(default);
    Duration::from_secs(
        seconds
            .and_then(|text| text.parse().ok())
            .unwrap_or(CONNECT_SECONDS)
            .min(LONGEST_CONNECT),
    )
}

type Asked = (ServerInfo, Vec<model::snapshot::Warning>);

async fn ask(
    engine: &'static dyn Engine,
    target: &Target,
    secret: Option<&Secret>,
    cx: &OpContext,
    stages: &Stages,
) -> Result<Asked, (Option<ServerInfo>, Error)> {
    let bare = |error: Error| (None, error);
    let began = stages.begin(Stage::Parse);
    check_target(engine.descriptor(), target).map_err(bare)?;
    stages.pass(
        Stage::Parse,
        began,
        Some(engine.descriptor().label.to_owned()),
    );

    let opening = cx.within(connect_limit(engine, target));
    let open = engine.open(target, secret, &opening).await;
    let mut session = open.map_err(|error| bare(error.into()))?;

    let began = stages.begin(Stage::ServerVersion);
    let server = session
        .server(cx)
        .await
        .map_err(|error| bare(error.into()))?;
    let version = format!("{} {}", server.product, server.version);
    stages.pass(Stage::ServerVersion, began, Some(version));

    let began = stages.begin(Stage::Privileges);
    match session.privileges(cx).await {
        Ok(privileges) => {
            stages.pass(Stage::Privileges, began, Some(privileges.summary));
            Ok((server, privileges.lacks))
        }
        Err(error) => Err((Some(server), error.into())),
    }
}

/// Collects the stages of one test and passes them on.
struct Stages {
    reports: Mutex<Vec<StageReport>>,
    watch: Box<dyn Fn(StageReport) + Send + Sync>,
}

impl Stages {
    fn begin(&self, stage: Stage) -> Instant {
        let state = StageState::Running;
        self.stage(StageReport {
            stage,
            state,
            note: None,
            millis: None,
            error: None,
        });
        Instant::now()
    }

    fn pass(&self, stage: Stage, began: Instant, note: Option<String>) {
        let millis = Some(began.elapsed().as_secs_f32() * 1000.0);
        let state = StageState::Passed;
        self.stage(StageReport {
            stage,
            state,
            note,
            millis,
            error: None,
        });
    }

    /// Gives the error to the stage that it ended, and says which that is.
    fn fail(&self, error: &AppError) -> Stage {
        let last = locked(&self.reports).last().cloned();
        let Some(mut report) = last else {
            return Stage::Parse;
        };
        report.state = StageState::Failed;
        report.error = Some(error.clone());
        let stage = report.stage;
        self.stage(report);
        stage
    }

    fn all(&self) -> Vec<StageReport> {
        locked(&self.reports).clone()
    }
}

impl Observer for Stages {
    fn stage(&self, report: StageReport) {
        {
            let mut reports = locked(&self.reports);
            match reports.iter_mut().find(|known| known.stage == report.stage) {
                Some(known) => *known = report.clone(),
                None => reports.push(report.clone()),
            }
        }
        (self.watch)(report);
    }

    fn progress(&self, _: Progress) {}

    fn statement(&self, _: &str) {}
}
