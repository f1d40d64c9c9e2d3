//! A database of a test's own, and the users that look at it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ::mongodb::bson::{Bson, Document, doc};
use ::mongodb::{Client, Collection, Database};

use super::{Account, Address, run};

/// A database that is dropped, with its users, when the test ends.
///
/// So is every other database whose name begins with this one's.
pub struct FreshDatabase {
    /// The database's name, unique in the run.
    pub name: String,
    /// The superuser's URL of it, with TLS where the server asks for it.
    pub url: String,
    client: Client,
    address: Address,
    accounts: Mutex<Vec<String>>,
}

impl FreshDatabase {
    pub(super) async fn new(address: &Address) -> Self {
        let name = unique("db");
        Self {
            url: address.url(&name),
            name,
            client: address.client().await,
            address: address.clone(),
            accounts: Mutex::default(),
        }
    }

    /// The superuser's client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The superuser's handle of this database.
    pub fn database(&self) -> Database {
        self.client.database(&self.name)
    }

    /// The superuser's handle of a collection in this database.
    pub fn collection(&self, name: &str) -> Collection<Document> {
        self.database().collection(name)
    }

    /// Runs a command on this database and ends the test where it fails.
    pub async fn run(&self, command: Document) -> Document {
        run(&self.database(), command).await
    }

    /// Puts documents into a collection, which is made where it is missing.
    pub async fn insert(&self, collection: &str, documents: impl IntoIterator<Item = Document>) {
        self.collection(collection)
            .insert_many(documents)
            .await
            .unwrap_or_else(|error| panic!("The server refused the documents: {error}."));
    }

    /// A new user of this database with these roles, which need a secured server to matter.
    ///
    /// A role is a name, such as `"read"`, or a document, such as `doc! {"role": …, "db": …}`.
    pub async fn account(&self, roles: Vec<Bson>) -> Account {
        let account = Account {
            name: unique("user"),
            password: unique("Password"),
            source: self.name.clone(),
        };
        self.run(doc! {
            "createUser": &account.name,
            "pwd": &account.password,
            "roles": roles,
        })
        .await;
        self.accounts.lock().unwrap().push(account.name.clone());
        account
    }

    /// The URL of this database for a user, with TLS where the server asks for it.
    pub fn url_as(&self, account: &Account) -> String {
        let Account {
            name,
            password,
            source,
        } = account;
        self.address.url_as(name, password, source, &self.name)
    }

    /// The URL of this database for a user with another password than its own.
    pub fn url_with_wrong_password(&self, account: &Account) -> String {
        let Account { name, source, .. } = account;
        self.address
            .url_as(name, "not-the-password", source, &self.name)
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let address = self.address.clone();
        let name = self.name.clone();
        let accounts = std::mem::take(&mut *self.accounts.lock().unwrap());
        // A thread, because the test's own runtime may be ending. Failures are
        // left alone: the server may be stopped, and it is thrown away anyway.
        let _ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(remove(address, name, accounts))
        })
        .join();
    }
}

async fn remove(
    address: Address,
    name: String,
    accounts: Vec<String>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let client = address.client_within(Duration::from_secs(2)).await;
    for account in accounts {
        let database = client.database(&name);
        let _dropped = database.run_command(doc! {"dropUser": account}).await;
    }
    for database in client.list_database_names().await? {
        if database.starts_with(&name) {
            let _dropped = client.database(&database).drop().await;
        }
    }
    client.shutdown().await;
    Ok(())
}

/// The last letter keeps one name from being the beginning of another.
fn unique(what: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{what}_{}_{}x",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}
