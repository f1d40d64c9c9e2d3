//! From the driver's errors to ours: by code and by kind, never by a server's text.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use engine::dial::{Stamps, TlsAsked};
use engine::{EngineError, ServerWords, SignInProblem, TlsProblem};
use mongodb::error::{CommandError, Error, ErrorKind};
use rustls::CertificateError;

use crate::settings::{Preference, Settings};
use crate::variant::Facts;

/// Codes as the server names them in its `error_codes.yml`.
pub(crate) mod code {
    pub(crate) const HOST_UNREACHABLE: i32 = 6;
    pub(crate) const HOST_NOT_FOUND: i32 = 7;
    pub(crate) const USER_NOT_FOUND: i32 = 11;
    pub(crate) const UNAUTHORIZED: i32 = 13;
    pub(crate) const AUTHENTICATION_FAILED: i32 = 18;
    pub(crate) const NAMESPACE_NOT_FOUND: i32 = 26;
    pub(crate) const MAX_TIME_EXPIRED: i32 = 50;
    pub(crate) const COMMAND_NOT_FOUND: i32 = 59;
    pub(crate) const NETWORK_TIMEOUT: i32 = 89;
    pub(crate) const SHUTDOWN_IN_PROGRESS: i32 = 91;
    pub(crate) const PRIMARY_STEPPED_DOWN: i32 = 189;
    pub(crate) const TOO_MANY_CONNECTIONS: i32 = 202;
    pub(crate) const EXCEEDED_TIME: i32 = 262;
    pub(crate) const UNSUPPORTED_MECHANISM: i32 = 334;
    pub(crate) const NOT_WRITABLE_PRIMARY: i32 = 10107;
    pub(crate) const INTERRUPTED_AT_SHUTDOWN: i32 = 11600;
    pub(crate) const INTERRUPTED: i32 = 11601;
    pub(crate) const INTERRUPTED_BY_CHANGE: i32 = 11602;
    pub(crate) const NO_PRIMARY_NO_SECONDARY_OK: i32 = 13435;
    pub(crate) const RECOVERING: i32 = 13436;
}

/// What the server said, where the error is its own.
pub(crate) fn said(error: &Error) -> Option<&CommandError> {
    if let ErrorKind::Command(said) = error.kind.as_ref() {
        return Some(said);
    }
    let source = error.source()?.downcast_ref::<Error>()?;
    said(source)
}

/// The code of the server's own error.
pub(crate) fn code_of(error: &Error) -> Option<i32> {
    said(error).map(|said| said.code)
}

/// An error of the driver while it connects and signs in; `failed` is why the
/// last connection could not be made, if one could not.
pub(crate) fn connecting(
    error: &Error,
    settings: &Settings,
    stamps: &Stamps,
    failed: Option<EngineError>,
) -> EngineError {
    if let Some(said) = said(error) {
        return sign_in(said, error, settings);
    }
    let address = settings.address();
    match error.kind.as_ref() {
        ErrorKind::Authentication { message, .. } => refused(
            settings,
            if settings.has_password() {
                SignInProblem::Password
            } else {
                SignInProblem::PasswordMissing
            },
            ServerWords {
                message: message.clone(),
                ..ServerWords::default()
            },
        ),
        ErrorKind::InvalidTlsConfig { message, .. } => EngineError::Tls {
            address,
            problem: TlsProblem::CaFile,
            detail: message.clone(),
        },
        ErrorKind::Io(source) => of_link(source, settings, stamps, failed),
        ErrorKind::ProxyConnect { message, .. } => failed.unwrap_or(EngineError::ConnectionLost {
            address,
            detail: message.clone(),
        }),
        ErrorKind::InvalidArgument { message, .. } => EngineError::InvalidTarget {
            field: String::new(),
            message: format!(
                "The driver refuses these settings: {}.",
                message.trim_end_matches('.')
            ),
            hint: "Correct the fields that it names.".to_owned(),
        },
        other if stamps.bytes_received > 0 => EngineError::NotThisProtocol {
            address,
            expected: "MongoDB's protocol",
            detail: other.to_string(),
        },
        other => failed.unwrap_or_else(|| EngineError::ConnectionLost {
            address,
            detail: other.to_string(),
        }),
    }
}

/// An error of the driver in an open session.
pub(crate) fn running(error: &Error, facts: &Facts, what: &str, limit: Duration) -> EngineError {
    let Some(said) = said(error) else {
        return match error.kind.as_ref() {
            ErrorKind::Io(_)
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::ProxyConnect { .. }
            | ErrorKind::ServerSelection { .. }
            | ErrorKind::Shutdown => EngineError::ConnectionLost {
                address: facts.address.clone(),
                detail: error.kind.to_string(),
            },
            other => EngineError::Unexpected {
                question: "a command",
                detail: other.to_string(),
            },
        };
    };
    let words = words(said);
    match said.code {
        code::UNAUTHORIZED => EngineError::NotAllowed {
            what: what.to_owned(),
            grant: None,
            words,
        },
        code::MAX_TIME_EXPIRED | code::EXCEEDED_TIME | code::NETWORK_TIMEOUT => {
            EngineError::TimedOut {
                what: what.to_owned(),
                after: limit,
            }
        }
        code::INTERRUPTED => EngineError::Cancelled,
        code if is_not_ready(code) => EngineError::NotReady { words },
        _ => EngineError::Server { words },
    }
}

/// Why the servers of a name could not be found in DNS.
pub(crate) fn of_listing(error: &Error, host: &str) -> EngineError {
    match error.kind.as_ref() {
        ErrorKind::DnsResolve { message, .. } => EngineError::UnknownHost {
            host: host.to_owned(),
            source: io::Error::new(io::ErrorKind::NotFound, message.clone()),
        },
        other => EngineError::InvalidTarget {
            field: model::connection::field::HOST.to_owned(),
            message: format!(
                "The servers of {host} cannot be listed: {}.",
                other.to_string().trim_end_matches('.')
            ),
            hint: "Check the name, or choose servers by name.".to_owned(),
        },
    }
}

/// Servers answered, and none of them may be read as asked.
pub(crate) fn nobody_to_read_from(settings: &Settings) -> EngineError {
    let message = match settings.preference {
        Preference::Primary => "No server of the replica set is its primary now.",
        Preference::Secondary => "No server of the replica set is a secondary now.",
        _ => "No server of the replica set can be read now.",
    };
    EngineError::NotReady {
        words: ServerWords {
            message: message.to_owned(),
            ..ServerWords::default()
        },
    }
}

/// How much an error says of why a server cannot be spoken with.
pub(crate) fn tells_much(error: &Error) -> u8 {
    match error.kind.as_ref() {
        ErrorKind::Command(_) | ErrorKind::Authentication { .. } => 3,
        ErrorKind::Io(source) if certificate_in(source).is_some() => 2,
        ErrorKind::ProxyConnect { .. } => 0,
        _ => 1,
    }
}

/// What the server said, as it said it.
pub(crate) fn words(said: &CommandError) -> ServerWords {
    ServerWords {
        code: said.code.to_string(),
        message: said.message.clone(),
        detail: (!said.code_name.is_empty()).then(|| said.code_name.clone()),
        hint: None,
    }
}

fn sign_in(said: &CommandError, error: &Error, settings: &Settings) -> EngineError {
    let words = words(said);
    match said.code {
        code::USER_NOT_FOUND => refused(settings, SignInProblem::UnknownUser, words),
        code::UNSUPPORTED_MECHANISM => refused(settings, SignInProblem::Method, words),
        code::TOO_MANY_CONNECTIONS => EngineError::TooManyConnections { words },
        code::AUTHENTICATION_FAILED if !settings.has_password() => {
            refused(settings, SignInProblem::PasswordMissing, words)
        }
        code::AUTHENTICATION_FAILED => refused(settings, SignInProblem::Password, words),
        // Before any user has signed in there is nothing that one may do.
        code::UNAUTHORIZED if !settings.signs_in() => {
            refused(settings, SignInProblem::PasswordMissing, words)
        }
        code if is_not_ready(code) => EngineError::NotReady { words },
        _ if matches!(error.kind.as_ref(), ErrorKind::Authentication { .. }) => {
            refused(settings, SignInProblem::Password, words)
        }
        _ => EngineError::Server { words },
    }
}

fn is_not_ready(code: i32) -> bool {
    matches!(
        code,
        code::SHUTDOWN_IN_PROGRESS
            | code::PRIMARY_STEPPED_DOWN
            | code::NOT_WRITABLE_PRIMARY
            | code::INTERRUPTED_AT_SHUTDOWN
            | code::INTERRUPTED_BY_CHANGE
            | code::NO_PRIMARY_NO_SECONDARY_OK
            | code::RECOVERING
            | code::HOST_UNREACHABLE
            | code::HOST_NOT_FOUND
    )
}

fn refused(settings: &Settings, problem: SignInProblem, words: ServerWords) -> EngineError {
    EngineError::SignInRefused {
        user: settings.user.clone().unwrap_or_else(|| "(none)".to_owned()),
        problem,
        words,
    }
}

fn of_link(
    source: &io::Error,
    settings: &Settings,
    stamps: &Stamps,
    failed: Option<EngineError>,
) -> EngineError {
    let address = settings.address();
    let tls = settings.tls() != TlsAsked::Off;
    if let Some(problem) = certificate_in(source) {
        return EngineError::Tls {
            address,
            problem: certificate(problem, stamps),
            detail: source.to_string(),
        };
    }
    if tls && stamps.tls_started.is_some() && stamps.tls_done.is_none() {
        // A server that knows no TLS hangs up on its first words.
        let problem = match stamps.tls_version {
            None => TlsProblem::NotOffered,
            Some(_) => TlsProblem::Handshake,
        };
        return EngineError::Tls {
            address,
            problem,
            detail: source.to_string(),
        };
    }
    if let Some(failed) = failed {
        return failed;
    }
    if stamps.bytes_received > 0 && !tls {
        return EngineError::NotThisProtocol {
            address,
            expected: "MongoDB's protocol",
            detail: source.to_string(),
        };
    }
    EngineError::ConnectionLost {
        address,
        detail: source.to_string(),
    }
}

fn certificate_in(source: &io::Error) -> Option<&rustls::Error> {
    source.get_ref()?.downcast_ref()
}

fn certificate(error: &rustls::Error, stamps: &Stamps) -> TlsProblem {
    let problem = match error {
        rustls::Error::InvalidCertificate(problem) => problem,
        // What answers does not speak TLS at all.
        rustls::Error::InvalidMessage(_) if stamps.tls_version.is_none() => {
            return TlsProblem::NotOffered;
        }
        _ => return TlsProblem::Handshake,
    };
    match problem {
        // One of the last two comes where an authority of the same name is trusted.
        CertificateError::UnknownIssuer
        | CertificateError::Other(_)
        | CertificateError::BadSignature
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            TlsProblem::Untrusted
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsProblem::WrongHost
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => TlsProblem::Expired,
        _ => TlsProblem::Handshake,
    }
}
