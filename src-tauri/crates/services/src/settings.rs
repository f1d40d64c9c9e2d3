//! What a user has set, kept in the catalogue.

use catalogue::{CatalogueError, Scope};
use model::Amount;

use crate::Error;
use crate::accounts::lock_after;
use crate::studio::{Studio, blocking, locked};
use crate::view::{DataFolder, Settings};

const LOCK_AFTER_MINUTES: &str = "lock_after_minutes";
const CLOSE_TO_TRAY: &str = "close_to_tray";
const KEEP_HISTORY_DAYS: &str = "keep_history_days";
/// A day; longer than that is never.
const LONGEST_LOCK: u32 = 24 * 60;

impl Studio {
    /// What the user has set; what they have not is at its default.
    ///
    /// # Errors
    /// Those of the catalogue.
    pub async fn settings(&self) -> Result<Settings, Error> {
        let (minutes, tray, days) = self
            .read(|scope| {
                let settings = scope.settings();
                Ok((
                    settings.get(LOCK_AFTER_MINUTES)?,
                    settings.get(CLOSE_TO_TRAY)?,
                    keep_history_days(scope)?,
                ))
            })
            .await?;
        let default = Settings::default();
        Ok(Settings {
            lock_after_minutes: minutes
                .and_then(|text| text.parse().ok())
                .unwrap_or(default.lock_after_minutes),
            close_to_tray: tray.map_or(default.close_to_tray, |text| text == "true"),
            keep_history_days: days,
        })
    }

    /// Keeps what the user sets; it holds at once.
    ///
    /// # Errors
    /// A lock time of more than a day.
    pub async fn set_settings(&self, settings: Settings) -> Result<(), Error> {
        if settings.lock_after_minutes > LONGEST_LOCK {
            return Err(Error::Field {
                field: LOCK_AFTER_MINUTES.to_owned(),
                message: "The lock time is at most a day.".to_owned(),
                hint: "Choose 0 to never lock by itself.".to_owned(),
            });
        }
        let who = self.signed_in()?;
        locked(&who.idle).set_after(lock_after(settings.lock_after_minutes));
        self.write(move |scope| {
            let kept = scope.settings();
            kept.set(LOCK_AFTER_MINUTES, &settings.lock_after_minutes.to_string())?;
            kept.set(CLOSE_TO_TRAY, &settings.close_to_tray.to_string())?;
            kept.set(KEEP_HISTORY_DAYS, &settings.keep_history_days.to_string())
        })
        .await
    }

    /// Where catalogue and vaults lie.
    ///
    /// # Errors
    /// `SignedOut`, or a catalogue that cannot be looked at.
    pub async fn data_folder(&self) -> Result<DataFolder, Error> {
        self.signed_in()?;
        let inner = self.inner.clone();
        let bytes = blocking(move || Ok(inner.catalogue.size_on_disk()?)).await?;
        Ok(DataFolder {
            path: self.folder().display().to_string(),
            next: None,
            catalogue: self.inner.catalogue.path().display().to_string(),
            catalogue_bytes: Amount::from(bytes),
        })
    }
}

/// For how many days the past of schemas is kept; 0 for ever.
pub(crate) fn keep_history_days<M>(scope: &Scope<'_, M>) -> Result<u32, CatalogueError> {
    let kept = scope.settings().get(KEEP_HISTORY_DAYS)?;
    let default = Settings::default().keep_history_days;
    Ok(kept.and_then(|text| text.parse().ok()).unwrap_or(default))
}
