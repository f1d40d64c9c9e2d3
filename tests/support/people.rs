//! A person with a studio of their own: a data folder, a passphrase, a clock
//! that the test moves, and all events.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::{Clock, ConnectionDraft, Secret, SystemClock, Timestamp};
use services::view::{ConnectionCard, PasswordInput};
use services::{Event, EventSink, Parts, REGISTRY, Studio};
use tempfile::TempDir;
use tokio::sync::Notify;
use vault::memory::MemoryStores;

const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who uses db-studio; signed in from the start.
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their passphrase, as they type it.
    pub passphrase: String,
    /// What they use.
    pub studio: Studio,
    /// What they are told.
    pub events: Arc<Events>,
    /// Their clock, which stands still until it is moved.
    pub clock: Arc<StoppedClock>,
    computer: Arc<Computer>,
}

/// What outlives a restart: the data folder, and vaults that are kept in memory.
struct Computer {
    folder: TempDir,
    stores: MemoryStores,
}

/// All events so far, in order.
#[derive(Default)]
pub struct Events {
    all: Mutex<Vec<Event>>,
    more: Notify,
}

/// A clock that the test moves.
pub struct StoppedClock(AtomicI64);

impl Person {
    /// Somebody new, on a computer where nobody was before, without the sample database.
    pub async fn new(name: &str) -> Self {
        let computer = Computer {
            folder: tempfile::tempdir().expect("the temporary folder can be written"),
            stores: MemoryStores::default(),
        };
        Self::sign_up(name, Arc::new(computer), false).await
    }

    /// The same, with the sample database synced.
    pub async fn with_sample(name: &str) -> Self {
        let computer = Computer {
            folder: tempfile::tempdir().expect("the temporary folder can be written"),
            stores: MemoryStores::default(),
        };
        Self::sign_up(name, Arc::new(computer), true).await
    }

    /// Somebody else, new on the same computer, with a program of their own.
    pub async fn beside(&self, name: &str) -> Self {
        Self::sign_up(name, Arc::clone(&self.computer), false).await
    }

    /// The same person after the program was ended and started again, signed out.
    pub fn after_restart(self) -> Self {
        let Self {
            name,
            passphrase,
            studio,
            computer,
            ..
        } = self;
        drop(studio);
        Self::at(name, passphrase, computer, false)
    }

    /// Signs in with the passphrase that they signed up with.
    pub async fn sign_in(&self) {
        self.studio
            .sign_in(self.name.clone(), Secret::new(self.passphrase.clone()))
            .await
            .unwrap_or_else(|error| panic!("{} could not sign in: {error}", self.name));
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.computer.folder.path()
    }

    /// Keeps a connection that a URL describes, with the URL's password in the vault.
    pub async fn connect(&self, name: &str, url: &str) -> ConnectionCard {
        let parsed = engine::url::parse(&REGISTRY, url)
            .unwrap_or_else(|error| panic!("The test's URL is not understood: {error}"));
        let password = match parsed.secret {
            Some(secret) => PasswordInput::Typed {
                password: secret.expose().to_owned(),
            },
            None => PasswordInput::None,
        };
        self.studio
            .create_connection(ConnectionDraft::new(name, parsed.target), password)
            .await
            .unwrap_or_else(|error| panic!("{name} could not be kept: {error}"))
    }

    async fn sign_up(name: &str, computer: Arc<Computer>, sample: bool) -> Self {
        let passphrase = format!("{name} walks the dog at dawn");
        let person = Self::at(name.to_owned(), passphrase, computer, sample);
        person
            .studio
            .sign_up(person.name.clone(), Secret::new(person.passphrase.clone()))
            .await
            .unwrap_or_else(|error| panic!("{name} could not sign up: {error}"));
        person
    }

    fn at(name: String, passphrase: String, computer: Arc<Computer>, sample: bool) -> Self {
        let (events, clock) = (Arc::<Events>::default(), Arc::new(StoppedClock::now()));
        let studio = Studio::open(Parts {
            folder: computer.folder.path().to_owned(),
            registry: REGISTRY,
            stores: Arc::new(computer.stores.clone()),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            events: Arc::clone(&events) as Arc<dyn EventSink>,
            cost: Some(vault::Cost::FLOOR),
            sample,
        })
        .unwrap_or_else(|error| panic!("The studio of {name} does not open: {error}"));
        Self {
            name,
            passphrase,
            studio,
            events,
            clock,
            computer,
        }
    }
}

impl Events {
    /// What `wanted` makes of the first event that it wants, also of one that is to come.
    pub async fn first<T>(&self, wanted: impl Fn(&Event) -> Option<T>) -> T {
        let found = async {
            loop {
                let more = self.more.notified();
                if let Some(found) = self.all().iter().find_map(&wanted) {
                    return found;
                }
                more.await;
            }
        };
        tokio::time::timeout(PATIENCE, found)
            .await
            .unwrap_or_else(|_| panic!("The event did not come; there were {:?}.", self.all()))
    }

    /// All events so far.
    pub fn all(&self) -> Vec<Event> {
        self.all.lock().unwrap().clone()
    }
}

impl EventSink for Events {
    fn emit(&self, event: Event) {
        self.all.lock().unwrap().push(event);
        self.more.notify_waiters();
    }
}

impl StoppedClock {
    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).expect("a test does not last for ages");
        self.0.fetch_add(by, Ordering::SeqCst);
    }

    fn now() -> Self {
        Self(AtomicI64::new(SystemClock.now().0))
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
