//! What is open here goes on in the process that takes this one's place.
//!
//! It opens the vault, so it goes from memory to memory and never to a disk.

use std::sync::{Arc, Mutex};

use model::{Secret, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use vault::{IdleLock, VaultKey};
use zeroize::Zeroizing;

use crate::Error;
use crate::browse::tree::Folds;
use crate::studio::{SignedIn, Studio, blocking, locked};
use crate::view::UserCard;

#[derive(Serialize, Deserialize)]
struct HandOver {
    signed_in: Option<Open>,
    folds: Vec<(UserId, Folds)>,
}

/// An open vault.
#[derive(Serialize, Deserialize)]
struct Open {
    user: String,
    verifier: Vec<u8>,
    key: Zeroizing<[u8; 32]>,
    last_used: Timestamp,
}

impl Studio {
    /// Whether nothing runs that another process could not go on with.
    pub fn is_at_rest(&self) -> bool {
        locked(&self.inner.syncs).is_empty() && locked(&self.inner.tests).is_empty()
    }

    /// All that [`Studio::take_over`] needs in another process.
    ///
    /// # Errors
    /// Those of the catalogue and the vault.
    pub async fn hand_over(&self) -> Result<Secret, Error> {
        let studio = self.clone();
        blocking(move || {
            let signed_in = match studio.signed_in() {
                Ok(who) => Some(studio.open_vault_of(&who)?),
                Err(_) => None,
            };
            let folds = studio.all_folds();
            let folds = folds
                .iter()
                .map(|(user, folds)| (*user, locked(folds).clone()));
            let all = HandOver {
                signed_in,
                folds: folds.collect(),
            };
            Ok(Secret::new(serde_json::to_string(&all).map_err(broken)?))
        })
        .await
    }

    /// Goes on where another process was; nobody is asked for a passphrase.
    ///
    /// # Errors
    /// What was not handed over like this, a passphrase that was changed meanwhile,
    /// or a damaged vault. Nobody is signed in then.
    pub async fn take_over(&self, from: &Secret) -> Result<(), Error> {
        let all: HandOver = serde_json::from_str(from.expose()).map_err(broken)?;
        let folds = all.folds.into_iter();
        self.all_folds()
            .extend(folds.map(|(user, folds)| (user, Arc::new(Mutex::new(folds)))));
        let Some(open) = all.signed_in else {
            return Ok(());
        };
        let studio = self.clone();
        let who = blocking(move || studio.resume_user(open)).await?;
        self.enter(who).await
    }

    fn open_vault_of(&self, who: &SignedIn) -> Result<Open, Error> {
        let catalogue = &self.inner.catalogue;
        let key = who.with_vault(|store| store.key())?;
        Ok(Open {
            user: who.card.name.clone(),
            verifier: catalogue.read(&who.session, |scope| scope.account().verifier())?,
            key: Zeroizing::new(*key.expose()),
            last_used: locked(&who.idle).last(),
        })
    }

    fn resume_user(&self, open: Open) -> Result<SignedIn, Error> {
        let catalogue = &self.inner.catalogue;
        let kept = catalogue.credentials(&open.user)?;
        let session = catalogue.resume(kept.user, &open.verifier)?;
        let key = VaultKey::from_bytes(open.key);
        let store = self.open_vault(&self.vault_path(&kept.vault_file), &key)?;
        let card = UserCard {
            id: kept.user,
            name: kept.name,
            last_signed_in_at: catalogue
                .read(&session, |scope| scope.account().card())?
                .last_signed_in_at,
        };
        Ok(SignedIn::new(
            session,
            card,
            store,
            IdleLock::new(None, open.last_used),
        ))
    }
}

/// The parser's own words could hold a part of the key.
fn broken(_: serde_json::Error) -> Error {
    Error::Broken {
        detail: "What one process hands over to the next cannot be read.".to_owned(),
    }
}
