//! An observer that remembers, for checks that ask afterwards.

use std::sync::{Arc, Mutex, PoisonError};

use model::stage::StageState;
use model::{Stage, StageReport};

use crate::{Observer, Progress};

/// Remembers what it was told, in order.
#[derive(Debug, Default)]
pub struct Recorder {
    told: Mutex<Told>,
}

#[derive(Debug, Default)]
struct Told {
    stages: Vec<StageReport>,
    statements: Vec<String>,
    progress: Vec<Progress>,
}

impl Recorder {
    /// A recorder that an operation and a check can share.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// All reports of stages so far.
    pub fn stages(&self) -> Vec<StageReport> {
        self.with(|told| told.stages.clone())
    }

    /// The last report of a stage.
    pub fn stage(&self, stage: Stage) -> Option<StageReport> {
        self.stages()
            .into_iter()
            .rfind(|report| report.stage == stage)
    }

    /// How each stage stands, in the order in which they were last reported.
    pub fn outcome(&self) -> Vec<(Stage, StageState)> {
        let mut outcome: Vec<(Stage, StageState)> = Vec::new();
        for report in self.stages() {
            outcome.retain(|(stage, _)| *stage != report.stage);
            outcome.push((report.stage, report.state));
        }
        outcome
    }

    /// All statements so far.
    pub fn statements(&self) -> Vec<String> {
        self.with(|told| told.statements.clone())
    }

    /// All progress so far.
    pub fn progress(&self) -> Vec<Progress> {
        self.with(|told| told.progress.clone())
    }

    fn with<T>(&self, look: impl FnOnce(&mut Told) -> T) -> T {
        look(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Observer for Recorder {
    fn stage(&self, report: StageReport) {
        self.with(|told| told.stages.push(report));
    }

    fn progress(&self, progress: Progress) {
        self.with(|told| told.progress.push(progress));
    }

    fn statement(&self, text: &str) {
        self.with(|told| told.statements.push(text.to_owned()));
    }
}
