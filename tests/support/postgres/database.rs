//! A database of a test's own, and the roles that look at it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::{Address, execute};

/// A database that is dropped, with its roles, when the test ends.
pub struct FreshDatabase {
    /// The database's name, unique in the run.
    pub name: String,
    /// The superuser's URL of it, without any TLS setting.
    pub url: String,
    address: Address,
    roles: Mutex<Vec<String>>,
}

/// A role that may sign in and owns nothing.
#[derive(Clone, Debug)]
pub struct Role {
    /// The role's name, unique in the run.
    pub name: String,
    /// Its password.
    pub password: String,
}

impl FreshDatabase {
    pub(super) async fn create(address: &Address, sql: &str) -> Self {
        let name = unique("db");
        let mut superuser = address.connect("postgres").await;
        execute(
            &mut superuser,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )
        .await;
        let database = Self {
            url: address.url(&name),
            name,
            address: address.clone(),
            roles: Mutex::default(),
        };
        if !sql.trim().is_empty() {
            database.execute(sql).await;
        }
        database
    }

    /// The superuser's connection to this database.
    pub async fn connect(&self) -> PgConnection {
        self.address.connect(&self.name).await
    }

    /// Runs many statements as the superuser and ends the test where one fails.
    pub async fn execute(&self, sql: &str) {
        let mut superuser = self.connect().await;
        execute(&mut superuser, sql).await;
        let _polite = superuser.close().await;
    }

    /// Waits until nobody is in it any more.
    pub async fn left(&self) {
        let mut superuser = self.address.connect("postgres").await;
        let wait = format!(
            "SET statement_timeout = '1min';
            DO $$
            BEGIN
                WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = '{}') LOOP
                    PERFORM pg_sleep(0.005);
                    PERFORM pg_stat_clear_snapshot();
                END LOOP;
            END
            $$",
            self.name
        );
        execute(&mut superuser, &wait).await;
    }

    /// The one column of the one row that `sql` gives, as a number.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut superuser = self.connect().await;
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut superuser)
            .await
            .unwrap_or_else(|error| panic!("PostgreSQL refused the count {sql}: {error}."))
    }

    /// A new role; `grants` run as the superuser with `{role}` standing for its name.
    pub async fn role(&self, grants: &str) -> Role {
        let role = Role {
            name: unique("role"),
            password: unique("Password"),
        };
        self.execute(&format!(
            "CREATE ROLE {} LOGIN PASSWORD '{}'; {}",
            role.name,
            role.password,
            grants.replace("{role}", &role.name),
        ))
        .await;
        self.roles.lock().unwrap().push(role.name.clone());
        role
    }

    /// A new role that the server admits over TLS only.
    pub async fn tls_only_role(&self, grants: &str) -> Role {
        self.role(&format!("GRANT tls_only TO {{role}}; {grants}"))
            .await
    }

    /// The URL of this database for a role, without any TLS setting.
    pub fn url_as(&self, role: &Role) -> String {
        self.address.url_as(&role.name, &role.password, &self.name)
    }

    /// The URL of this database for a role with another password than its own.
    pub fn url_with_wrong_password(&self, role: &Role) -> String {
        self.address
            .url_as(&role.name, "not-the-password", &self.name)
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let address = self.address.clone();
        let mut statements = vec![format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            self.name
        )];
        let roles = std::mem::take(&mut *self.roles.lock().unwrap());
        statements.extend(
            roles
                .iter()
                .map(|role| format!("DROP ROLE IF EXISTS {role}")),
        );
        // A thread, because the test's own runtime may be ending. Failures are
        // left alone: the server may be stopped, and it is thrown away anyway.
        let _ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async move {
                let mut superuser = address.try_connect("postgres").await?;
                for statement in statements {
                    let _dropped = sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
                        .execute(&mut superuser)
                        .await;
                }
                Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
            })
        })
        .join();
    }
}

fn unique(what: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{what}_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}
