//! A database of a test's own, and the accounts that look at it.

use std::os::unix::fs::MetadataExt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Connection, Row};

use super::{Account, Address, SignIn, Variant, execute};

/// A database that is dropped, with its accounts, when the test ends.
///
/// So is every other database whose name begins with this one's.
pub struct FreshDatabase {
    /// The database's name, unique in the run.
    pub name: String,
    /// The URL of it for `root`, without any TLS setting.
    pub url: String,
    variant: Variant,
    address: Address,
    accounts: Mutex<Vec<String>>,
}

impl FreshDatabase {
    pub(super) async fn create(variant: Variant, address: &Address, sql: &str) -> Self {
        let name = unique("db");
        let mut root = address.connect("").await;
        execute(&mut root, &format!("CREATE DATABASE {name}")).await;
        let database = Self {
            url: address.url(&name),
            name,
            variant,
            address: address.clone(),
            accounts: Mutex::default(),
        };
        if !sql.trim().is_empty() {
            database.execute(sql).await;
        }
        database
    }

    /// The connection of `root` to this database.
    pub async fn connect(&self) -> MySqlConnection {
        self.address.connect(&self.name).await
    }

    /// Runs many statements as `root` and ends the test where one fails.
    pub async fn execute(&self, sql: &str) {
        let mut root = self.connect().await;
        execute(&mut root, sql).await;
        let _polite = root.close().await;
    }

    /// The one column of the one row that `sql` gives, as a number.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut root = self.connect().await;
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut root)
            .await
            .unwrap_or_else(|error| panic!("The server refused the count {sql}: {error}."))
    }

    /// The first column of the first row that `sql` gives, as text.
    pub async fn text(&self, sql: &str) -> String {
        let mut root = self.connect().await;
        let row = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut root)
            .await
            .unwrap_or_else(|error| panic!("The server refused {sql}: {error}."));
        let bytes: Vec<u8> = row
            .try_get_unchecked(0)
            .unwrap_or_else(|error| panic!("{sql} gives no text: {error}."));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A new account with a password; `grants` run as `root` with `{account}` standing
    /// for it and `{database}` for this database.
    pub async fn account(&self, grants: &str) -> Account {
        self.account_by(SignIn::Password, grants).await
    }

    /// The same for an account that signs in another way.
    ///
    /// By `Socket` it has the name of the user who runs the tests, so a server can have
    /// one at a time: use a private server.
    pub async fn account_by(&self, sign_in: SignIn, grants: &str) -> Account {
        let account = if sign_in == SignIn::Socket {
            Account {
                name: own_user_name(),
                password: String::new(),
            }
        } else {
            Account {
                name: unique("user"),
                password: unique("Password"),
            }
        };
        let quoted = match sign_in {
            SignIn::Socket => format!("'{}'@localhost", account.name),
            _ => format!("'{}'@'%'", account.name),
        };
        self.execute(&format!(
            "DROP USER IF EXISTS {quoted}; CREATE USER {quoted} {}; {}",
            sign_in.clause(self.variant, &account.password),
            grants
                .replace("{account}", &quoted)
                .replace("{database}", &self.name),
        ))
        .await;
        self.accounts.lock().unwrap().push(quoted);
        account
    }

    /// The URL of this database for an account, without any TLS setting.
    pub fn url_as(&self, account: &Account) -> String {
        self.address
            .url_as(&account.name, &account.password, &self.name)
    }

    /// The URL of this database for an account with another password than its own.
    pub fn url_with_wrong_password(&self, account: &Account) -> String {
        self.address
            .url_as(&account.name, "not-the-password", &self.name)
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
    let mut root = address.try_connect("").await?;
    let databases: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT CAST(schema_name AS BINARY) FROM information_schema.schemata \
         WHERE LEFT(schema_name, CHAR_LENGTH(?)) = ?",
    )
    .bind(&name)
    .bind(&name)
    .fetch_all(&mut root)
    .await?;
    let databases = databases.iter().map(|database| {
        let database = String::from_utf8_lossy(database).replace('`', "``");
        format!("DROP DATABASE IF EXISTS `{database}`")
    });
    let accounts = accounts
        .iter()
        .map(|account| format!("DROP USER IF EXISTS {account}"));
    for statement in databases.chain(accounts) {
        let _dropped = sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut root)
            .await;
    }
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

fn own_user_name() -> String {
    let own = std::fs::metadata("/proc/self").expect("/proc can be read");
    let users = std::fs::read_to_string("/etc/passwd").expect("/etc/passwd can be read");
    users
        .lines()
        .find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)?.parse() == Ok(own.uid())).then(|| name.to_owned())
        })
        .expect("whoever runs the tests is a user of this system")
}
