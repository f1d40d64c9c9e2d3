//! What a target says about how to connect, checked and with its defaults.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use engine::dial::{Endpoint, TlsAsked};
use engine::{EngineError, TlsProblem};
use model::connection::field;
use model::{Secret, Target};
use sqlx::ConnectOptions as _;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

/// The port that servers have unless they are told otherwise; the form says the same.
pub(crate) const DEFAULT_PORT: u16 = 3306;
/// Who signs in where nothing is said.
pub(crate) const DEFAULT_USER: &str = "root";
/// What the door to the server is called in its folder.
pub(crate) const DOOR: &str = "mysqld.sock";

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
        let host = target.get(field::HOST).unwrap_or(DEFAULT_HOST);
        let port = number(target, field::PORT, DEFAULT_PORT)?;
        let local_socket = host.starts_with('/');
        let endpoint = if local_socket {
            Endpoint::socket(host)
        } else {
            Endpoint::tcp(host, port)
        };
        let tls = match tls_asked(target)? {
            TlsAsked::Off => TlsAsked::Off,
            // Servers take what comes over a socket for secure, and the driver does
            // not: only with TLS do they agree on how a password is sent.
            _ if local_socket => TlsAsked::Preferred,
            asked => asked,
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
            password: secret.filter(|secret| !secret.is_empty()).cloned(),
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
        self.password.is_some()
    }

    /// The driver's options, through a door in `folder` if there is one.
    ///
    /// The driver is told to set nothing by itself: what the session needs is set
    /// in one statement of our own.
    pub(crate) fn options(&self, folder: Option<&Path>) -> MySqlConnectOptions {
        let name = if self.host.starts_with('/') {
            DEFAULT_HOST
        } else {
            &self.host
        };
        let mut options = MySqlConnectOptions::new()
            .host(name)
            .username(&self.user)
            .ssl_mode(ssl_mode(self.tls))
            .statement_cache_capacity(1)
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None)
            .set_names(false)
            .enable_cleartext_plugin(false)
            .disable_statement_logging();
        if !self.authority.is_empty() {
            options = options.ssl_ca_from_pem(self.authority.clone());
        }
        if let Some(password) = &self.password {
            options = options.password(password.expose());
        }
        if let Some(database) = &self.database {
            options = options.database(database);
        }
        match folder {
            Some(folder) => options.socket(folder.join(DOOR)),
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

fn ssl_mode(asked: TlsAsked) -> MySqlSslMode {
    match asked {
        TlsAsked::Off => MySqlSslMode::Disabled,
        TlsAsked::Preferred => MySqlSslMode::Preferred,
        TlsAsked::Unverified => MySqlSslMode::Required,
        TlsAsked::Authority => MySqlSslMode::VerifyCa,
        TlsAsked::Verified => MySqlSslMode::VerifyIdentity,
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
