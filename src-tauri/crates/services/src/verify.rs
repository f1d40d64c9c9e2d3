//! A check for damage, for which the server or the file itself is asked.

use std::time::{Duration, Instant};

use model::{ObjectId, ObjectPath};

use crate::Error;
use crate::studio::Studio;
use crate::view::VerificationView;

/// What a check may take beyond connecting; large files take long.
const LONGEST: Duration = Duration::from_secs(3600);

impl Studio {
    /// Checks the database that an object lies in for damage.
    ///
    /// # Errors
    /// `NotFound`, an engine that has no such check, or a server out of reach.
    pub async fn verify(&self, id: ObjectId) -> Result<VerificationView, Error> {
        let record = self.read(move |scope| scope.objects().get(id)).await?;
        let path = ObjectPath(record.path.into_iter().map(|(_, step)| step).collect());
        let (mut session, cx) = self.ask(record.card.connection, &path, LONGEST).await?;
        let began = Instant::now();
        let verified = session.verify(&cx).await?;
        Ok(VerificationView {
            checked: verified.checked,
            findings: verified.findings,
            more: verified.more,
            millis: began.elapsed().as_secs_f32() * 1000.0,
        })
    }
}
