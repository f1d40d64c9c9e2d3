//! What a target says about how to connect and read, checked and with its defaults.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::dial::{Endpoint, TlsAsked};
use engine::{EngineError, TlsProblem};
use model::connection::field;
use model::{Secret, Target};
use mongodb::options::{
    AuthMechanism, ClientOptions, Credential, ReadPreference, SelectionCriteria, ServerAddress,
    ServerMonitoringMode, Tls, TlsOptions,
};

use crate::descriptor::{SRV_SCHEME, keys};
use crate::error;

const DEFAULT_PORT: u16 = 27017;
const DEFAULT_HOST: &str = "localhost";

/// Connections for reading at once; beside them there is one that watches each
/// server and one for what stops the others.
pub(crate) const LANES: usize = 3;

/// How to connect, and how much to read.
pub(crate) struct Settings {
    /// The database that the target names.
    pub(crate) database: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) replica_set: Option<String>,
    pub(crate) direct: bool,
    pub(crate) preference: Preference,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_timeout: Duration,
    pub(crate) sampling: Sampling,
    host: String,
    port: u16,
    srv: bool,
    srv_service: Option<String>,
    auth_source: Option<String>,
    mechanism: Option<AuthMechanism>,
    tls: TlsAsked,
    authority: Option<PathBuf>,
    certificate: Option<PathBuf>,
    password: Option<Secret>,
}

/// How documents are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sampling {
    /// Documents of each collection; none at all for 0.
    pub(crate) size: u32,
    pub(crate) limit: Duration,
    pub(crate) hints: Hints,
}

/// Which values are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hints {
    None,
    Numbers,
    All,
}

/// Which servers of a set are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    Primary,
    PrimaryPreferred,
    Secondary,
    SecondaryPreferred,
    Nearest,
}

impl Settings {
    /// Reads a target, and makes sure that the files it names can be used.
    pub(crate) async fn read(
        target: &Target,
        secret: Option<&Secret>,
    ) -> Result<Self, EngineError> {
        let host = target.get(field::HOST).unwrap_or(DEFAULT_HOST).to_owned();
        let port = u16::try_from(number(target, field::PORT, 1, DEFAULT_PORT.into())?)
            .map_err(|_| unusable(field::PORT, "The port"))?;
        let srv = target.get(field::SCHEME) == Some(SRV_SCHEME);
        let seconds = |key, default| {
            number(target, key, 1, default).map(|seconds| Duration::from_secs(seconds.into()))
        };
        let text = |key| target.get(key).map(str::to_owned);
        let settings = Self {
            database: text(field::DATABASE),
            user: text(field::USER),
            replica_set: text(keys::REPLICA_SET),
            direct: target.get(keys::DIRECT) == Some("yes"),
            preference: preference(target)?,
            connect_timeout: seconds(field::CONNECT_TIMEOUT, 8)?,
            statement_timeout: seconds(field::STATEMENT_TIMEOUT, 30)?,
            sampling: Sampling {
                size: number(target, keys::SAMPLE_SIZE, 0, 1000)?.min(100_000),
                limit: seconds(keys::SAMPLE_TIME, 20)?,
                hints: match target.get(keys::VALUE_HINTS) {
                    Some("none") => Hints::None,
                    Some("all") => Hints::All,
                    _ => Hints::Numbers,
                },
            },
            tls: tls_asked(target, srv || !is_local(&host))?,
            host,
            port,
            srv,
            srv_service: text(keys::SRV_SERVICE),
            auth_source: text(keys::AUTH_SOURCE),
            mechanism: mechanism(target)?,
            authority: text(field::CA_FILE).map(PathBuf::from),
            certificate: text(keys::CLIENT_CERTIFICATE).map(PathBuf::from),
            password: secret.cloned(),
        };
        if settings.host.starts_with('/') {
            return Err(EngineError::InvalidTarget {
                field: field::HOST.to_owned(),
                message: "A Unix socket cannot be used here.".to_owned(),
                hint: "Give the name or the address of the server.".to_owned(),
            });
        }
        let files = [&settings.authority, &settings.certificate];
        for file in files.into_iter().flatten() {
            check_pem(file, &settings.address()).await?;
        }
        Ok(settings)
    }

    /// The servers, as people gave them.
    pub(crate) fn address(&self) -> String {
        if self.srv || self.host.contains(',') {
            self.host.clone()
        } else {
            self.endpoint(&self.host).to_string()
        }
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

    /// Whether a user signs in at all.
    pub(crate) fn signs_in(&self) -> bool {
        self.user.is_some() || self.mechanism == Some(AuthMechanism::MongoDbX509)
    }

    /// What each command says of the servers that may answer it.
    pub(crate) fn criteria(&self) -> SelectionCriteria {
        SelectionCriteria::ReadPreference(match self.preference {
            Preference::Primary => ReadPreference::Primary,
            Preference::PrimaryPreferred => ReadPreference::PrimaryPreferred { options: None },
            Preference::Secondary => ReadPreference::Secondary { options: None },
            Preference::SecondaryPreferred => ReadPreference::SecondaryPreferred { options: None },
            Preference::Nearest => ReadPreference::Nearest { options: None },
        })
    }

    /// The driver's options, with the servers to begin with: those that are
    /// named, or those that DNS lists.
    pub(crate) async fn options(&self) -> Result<(ClientOptions, Vec<Endpoint>), EngineError> {
        let mut options = if self.srv {
            self.listed_in_dns().await?
        } else {
            let hosts = self.host.split(',').map(|host| {
                let Endpoint::Tcp { host, port } = self.endpoint(host) else {
                    return ServerAddress::default();
                };
                ServerAddress::Tcp {
                    host,
                    port: Some(port),
                }
            });
            ClientOptions::builder()
                .hosts(hosts.collect::<Vec<_>>())
                .build()
        };
        options.app_name = Some("db-studio".to_owned());
        options.connect_timeout = Some(self.connect_timeout);
        options.server_selection_timeout = Some(self.connect_timeout);
        options.server_monitoring_mode = Some(ServerMonitoringMode::Poll);
        options.min_pool_size = None;
        options.max_pool_size = Some(u32::try_from(LANES + 1).unwrap_or(4));
        options.retry_reads = Some(true);
        options.selection_criteria = Some(self.criteria());
        if let Some(name) = &self.replica_set {
            options.repl_set_name = Some(name.clone());
        }
        if self.direct {
            options.direct_connection = Some(true);
        }
        options.tls = Some(match self.tls {
            TlsAsked::Off => Tls::Disabled,
            asked => {
                let mut tls = TlsOptions::default();
                tls.ca_file_path.clone_from(&self.authority);
                tls.cert_key_file_path.clone_from(&self.certificate);
                tls.allow_invalid_certificates = (asked == TlsAsked::Unverified).then_some(true);
                Tls::Enabled(tls)
            }
        });
        options.credential = self.signs_in().then(|| self.credential(&options));
        let seeds = options.hosts.iter().map(|address| match address {
            ServerAddress::Tcp { host, port } => {
                Endpoint::tcp(host.as_str(), port.unwrap_or(DEFAULT_PORT))
            }
            other => Endpoint::tcp(other.to_string(), DEFAULT_PORT),
        });
        let seeds = seeds.collect();
        Ok((options, seeds))
    }

    async fn listed_in_dns(&self) -> Result<ClientOptions, EngineError> {
        let service = match &self.srv_service {
            Some(service) => format!("?srvServiceName={service}"),
            None => String::new(),
        };
        let plain = |c: char| c.is_alphanumeric() || ".-_".contains(c);
        let speaks = self.host.chars().all(plain)
            && self.srv_service.as_deref().unwrap_or("").chars().all(plain);
        if !speaks {
            return Err(EngineError::InvalidTarget {
                field: field::HOST.to_owned(),
                message: "Servers that DNS lists are found by one name without a port.".to_owned(),
                hint: "Enter that one name, or choose servers by name.".to_owned(),
            });
        }
        ClientOptions::parse(format!("{SRV_SCHEME}://{}/{service}", self.host))
            .await
            .map_err(|failure| error::of_listing(&failure, &self.host))
    }

    fn credential(&self, found: &ClientOptions) -> Credential {
        let mut credential = Credential::default();
        credential.username.clone_from(&self.user);
        credential.mechanism.clone_from(&self.mechanism);
        let x509 = self.mechanism == Some(AuthMechanism::MongoDbX509);
        if !x509 {
            credential.password = Some(
                self.password
                    .as_ref()
                    .map_or_else(String::new, |password| password.expose().to_owned()),
            );
        }
        let listed = found
            .credential
            .as_ref()
            .and_then(|credential| credential.source.clone());
        credential.source = match &self.mechanism {
            Some(AuthMechanism::MongoDbX509 | AuthMechanism::Plain) => Some("$external".to_owned()),
            _ => self
                .auth_source
                .clone()
                .or(listed)
                .or_else(|| self.database.clone()),
        };
        credential
    }

    fn endpoint(&self, host: &str) -> Endpoint {
        let bare = host.parse::<std::net::Ipv6Addr>().is_ok();
        let after = host.rfind(']').map_or(0, |bracket| bracket + 1);
        let port = host
            .get(after..)
            .and_then(|rest| rest.rsplit_once(':'))
            .filter(|_| !bare)
            .and_then(|(_, port)| port.parse::<u16>().ok());
        let name = match port {
            Some(_) => host.rsplit_once(':').map_or(host, |(name, _)| name),
            None => host,
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        Endpoint::tcp(name, port.unwrap_or(self.port))
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("address", &self.address())
            .finish_non_exhaustive()
    }
}

/// Whether all of the hosts are this machine.
fn is_local(hosts: &str) -> bool {
    hosts.split(',').all(|host| {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.parse::<u16>().is_ok() && !name.ends_with(':') => name,
            _ => host,
        };
        let name = name.trim_matches(['[', ']']);
        name.eq_ignore_ascii_case("localhost")
            || name
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    })
}

/// What the target asks about TLS: unless it says otherwise, everything for
/// hosts elsewhere and nothing on this machine.
fn tls_asked(target: &Target, elsewhere: bool) -> Result<TlsAsked, EngineError> {
    Ok(match target.get(field::TLS) {
        None if elsewhere => TlsAsked::Verified,
        // Who names a file for it wants it.
        None if target.get(field::CA_FILE).is_some()
            || target.get(keys::CLIENT_CERTIFICATE).is_some() =>
        {
            TlsAsked::Verified
        }
        None | Some("disable") => TlsAsked::Off,
        Some("verify-full") => TlsAsked::Verified,
        Some("insecure") => TlsAsked::Unverified,
        Some(_) => return Err(unusable(field::TLS, "The TLS mode")),
    })
}

fn mechanism(target: &Target) -> Result<Option<AuthMechanism>, EngineError> {
    Ok(match target.get(keys::AUTH_MECHANISM) {
        None => None,
        Some("scram-sha-256") => Some(AuthMechanism::ScramSha256),
        Some("scram-sha-1") => Some(AuthMechanism::ScramSha1),
        Some("x509") => Some(AuthMechanism::MongoDbX509),
        Some("plain") => Some(AuthMechanism::Plain),
        Some(_) => return Err(unusable(keys::AUTH_MECHANISM, "The way of signing in")),
    })
}

fn preference(target: &Target) -> Result<Preference, EngineError> {
    Ok(match target.get(keys::READ_PREFERENCE) {
        None | Some("secondary-preferred") => Preference::SecondaryPreferred,
        Some("secondary") => Preference::Secondary,
        Some("primary-preferred") => Preference::PrimaryPreferred,
        Some("primary") => Preference::Primary,
        Some("nearest") => Preference::Nearest,
        Some(_) => return Err(unusable(keys::READ_PREFERENCE, "The choice of servers")),
    })
}

fn number(target: &Target, key: &str, least: u32, default: u32) -> Result<u32, EngineError> {
    let Some(text) = target.get(key) else {
        return Ok(default);
    };
    match text.trim().parse() {
        Ok(number) if number >= least => Ok(number),
        _ => Err(EngineError::InvalidTarget {
            field: key.to_owned(),
            message: format!(
                "{text} is not a usable number for {}.",
                key.replace('_', " ")
            ),
            hint: "Give a whole number, or leave the field empty.".to_owned(),
        }),
    }
}

fn unusable(field: &str, what: &str) -> EngineError {
    EngineError::InvalidTarget {
        field: field.to_owned(),
        message: format!("{what} has a value that is not known."),
        hint: "Choose one that the form offers.".to_owned(),
    }
}

async fn check_pem(file: &Path, address: &str) -> Result<(), EngineError> {
    let unusable = |detail: String| EngineError::Tls {
        address: address.to_owned(),
        problem: TlsProblem::CaFile,
        detail,
    };
    let pem = tokio::fs::read(file)
        .await
        .map_err(|error| unusable(format!("{}: {error}", file.display())))?;
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    if !pem.windows(BEGIN.len()).any(|window| window == BEGIN) {
        return Err(unusable(format!(
            "{} holds no certificate in PEM form.",
            file.display()
        )));
    }
    Ok(())
}
