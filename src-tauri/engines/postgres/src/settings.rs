//! What a target says about how to connect, checked and with its defaults.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use engine::dial::{Endpoint, TlsAsked};
use engine::{EngineError, TlsProblem};
use model::connection::field;
use model::{Secret, Target};
use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::descriptor::DESCRIPTOR;

/// The port that PostgreSQL has unless it is told otherwise; the form says the same.
pub(crate) const DEFAULT_PORT: u16 = 5432;
/// Who signs in where nothing is said.
pub(crate) const DEFAULT_USER: &str = "postgres";

const DEFAULT_HOST: &str = "localhost";
const DEFAULT_CONNECT_TIMEOUT: u32 = 8;
const DEFAULT_STATEMENT_TIMEOUT: u32 = 30;

/// How to connect.
pub(crate) struct Settings {
    pub(crate) endpoint: Endpoint,
    pub(crate) user: String,
    /// The database that the target names.
    pub(crate) database: Option<String>,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_timeout: Duration,
    host: String,
    port: u16,
    address: String,
    tls: TlsAsked,
    authority: Vec<u8>,
    password: Option<Secret>,
}

impl Settings {
    /// Reads a target; the file of trusted certificates too, if one is named.
    pub(crate) async fn read(
        target: &Target,
        secret: Option<&Secret>,
    ) -> Result<Self, EngineError> {
        if let Some(name) = DESCRIPTOR
            .environment
            .iter()
            .find(|name| std::env::var_os(name).is_some())
        {
            return Err(meddled_with(name));
        }
        let host = target.get(field::HOST).unwrap_or(DEFAULT_HOST);
        let port = number(target, field::PORT, DEFAULT_PORT)?;
        let local_socket = host.starts_with('/');
        let endpoint = if local_socket {
            Endpoint::socket(Path::new(host).join(format!(".s.PGSQL.{port}")))
        } else {
            Endpoint::tcp(host, port)
        };
        let tls = if local_socket {
            TlsAsked::Off
        } else {
            tls_asked(target)?
        };
        let address = endpoint.to_string();
        let connect = number(target, field::CONNECT_TIMEOUT, DEFAULT_CONNECT_TIMEOUT)?;
        let statement = number(target, field::STATEMENT_TIMEOUT, DEFAULT_STATEMENT_TIMEOUT)?;
        Ok(Self {
            authority: authority(target.get(field::CA_FILE), &address).await?,
            endpoint,
            user: target.get(field::USER).unwrap_or(DEFAULT_USER).to_owned(),
            database: target.get(field::DATABASE).map(str::to_owned),
            connect_timeout: Duration::from_secs(connect.into()),
            statement_timeout: Duration::from_secs(statement.into()),
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            address,
            tls,
            password: secret.cloned(),
        })
    }

    /// Host and port, or the path of the socket.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What is asked about TLS.
    pub(crate) fn tls(&self) -> TlsAsked {
        self.tls
    }

    pub(crate) fn has_password(&self) -> bool {
        self.password
            .as_ref()
            .is_some_and(|password| !password.is_empty())
    }

    /// The driver's options for a database, through a door in `folder` if there is one.
    ///
    /// Every field is set, so that nothing that the driver finds in the
    /// environment remains; the file with passwords is never read.
    pub(crate) fn options(
        &self,
        database: &str,
        folder: Option<&Path>,
        door: u16,
    ) -> PgConnectOptions {
        let name = if self.host.starts_with('/') {
            DEFAULT_HOST
        } else {
            &self.host
        };
        let password = self
            .password
            .as_ref()
            .map_or("", |password| password.expose());
        let options = PgConnectOptions::new_without_pgpass()
            .host(name)
            .username(&self.user)
            .password(password)
            .database(database)
            .application_name("db-studio")
            .extra_float_digits(None)
            .statement_cache_capacity(8)
            .ssl_mode(ssl_mode(self.tls))
            .ssl_root_cert_from_pem(self.authority.clone())
            .disable_statement_logging();
        match folder {
            Some(folder) => options.socket(folder).port(door),
            None => options.port(self.port),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What the target asks about TLS: unless it says otherwise, everything for
/// hosts elsewhere and what the server offers for those on this machine.
fn tls_asked(target: &Target) -> Result<TlsAsked, EngineError> {
    Ok(match target.get(field::TLS) {
        None if target.is_local() => TlsAsked::Preferred,
        None | Some("verify-full") => TlsAsked::Verified,
        Some("disable") => TlsAsked::Off,
        Some("prefer") => TlsAsked::Preferred,
        Some("require") => TlsAsked::Unverified,
        Some("verify-ca") => TlsAsked::Authority,
        Some(other) => {
            return Err(EngineError::InvalidTarget {
                field: field::TLS.to_owned(),
                message: format!("There is no TLS mode {other}."),
                hint: "Choose one of the modes under TLS.".to_owned(),
            });
        }
    })
}

fn ssl_mode(asked: TlsAsked) -> PgSslMode {
    match asked {
        TlsAsked::Off => PgSslMode::Disable,
        TlsAsked::Preferred => PgSslMode::Prefer,
        TlsAsked::Unverified => PgSslMode::Require,
        TlsAsked::Authority => PgSslMode::VerifyCa,
        TlsAsked::Verified => PgSslMode::VerifyFull,
    }
}

fn number<N>(target: &Target, key: &str, default: N) -> Result<N, EngineError>
where
    N: std::str::FromStr + PartialEq + From<u8>,
{
    let Some(text) = target.get(key) else {
        return Ok(default);
    };
    match text.trim().parse() {
        Ok(number) if number != N::from(0) => Ok(number),
        _ => Err(EngineError::InvalidTarget {
            field: key.to_owned(),
            message: format!(
                "{text} is not a usable number for {}.",
                key.replace('_', " ")
            ),
            hint: "Give a whole number above zero, or leave the field empty.".to_owned(),
        }),
    }
}

async fn authority(file: Option<&str>, address: &str) -> Result<Vec<u8>, EngineError> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let unusable = |detail: String| EngineError::Tls {
        address: address.to_owned(),
        problem: TlsProblem::CaFile,
        detail,
    };
    let pem = tokio::fs::read(file)
        .await
        .map_err(|error| unusable(format!("{file}: {error}")))?;
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    if !pem.windows(BEGIN.len()).any(|window| window == BEGIN) {
        return Err(unusable(format!(
            "{file} holds no certificate in PEM form."
        )));
    }
    Ok(pem)
}

fn meddled_with(name: &str) -> EngineError {
    EngineError::InvalidTarget {
        field: field::HOST.to_owned(),
        message: format!(
            "The environment variable {name} is set, and it would change how the driver connects."
        ),
        hint: format!("Start db-studio without {name}."),
    }
}
