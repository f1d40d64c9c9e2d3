//! From the driver's errors to ours: by errno and by kind, never by a server's text.

mod sign_in;

use std::time::Duration;

use engine::dial::Link;
use engine::{EngineError, ServerWords, SignInProblem, TlsProblem};
use rustls::CertificateError;
use sqlx::Error;
use sqlx::mysql::MySqlDatabaseError;

use crate::settings::Settings;
use crate::variant::Facts;

/// The driver's own words, constant in it, for what it has no kind of error for.
const UNKNOWN_METHOD: &str = "unknown authentication plugin: ";
const NO_TLS: &str = "server does not support TLS";
const CLEAR_TEXT: &str = "mysql_cleartext_plugin disabled";

/// What helps where the driver does not know the method.
const METHODS: &str =
    "Ask for caching_sha2_password or mysql_native_password as the method of this user.";

/// The error for bytes that the driver broke on.
pub(crate) fn nonsense() -> Error {
    Error::Protocol("The server's bytes do not hold together.".to_owned())
}

/// An error of the driver while it connects and signs in.
pub(crate) fn connecting(error: Error, settings: &Settings, link: &Link) -> EngineError {
    let address = settings.address();
    match error {
        Error::Database(ref said) => match said.try_downcast_ref::<MySqlDatabaseError>() {
            Some(said) => sign_in::sign_in(said, settings, link),
            None => EngineError::Server {
                words: ServerWords::default(),
            },
        },
        Error::Tls(source) => tls(source.as_ref(), address, link),
        Error::Io(source) => match source.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(problem) => EngineError::Tls {
                address: address.to_owned(),
                problem: certificate(problem),
                detail: source.to_string(),
            },
            None if never_greeted(link) => stranger(address, "It said no greeting to its end."),
            None => link.lost().unwrap_or_else(|| lost(address, &source)),
        },
        Error::Protocol(detail) => match method(&detail) {
            Some(method) => EngineError::SignInRefused {
                user: settings.user.clone(),
                problem: SignInProblem::Method,
                words: ServerWords {
                    message: format!("The server asks for the method {method}."),
                    hint: Some(METHODS.to_owned()),
                    ..ServerWords::default()
                },
            },
            None => other(detail, settings, link),
        },
        error => other(error.to_string(), settings, link),
    }
}

fn other(detail: String, settings: &Settings, link: &Link) -> EngineError {
    match link.lost() {
        Some(lost) if link.stamps().bytes_received == 0 => lost,
        _ => stranger(settings.address(), &detail),
    }
}

/// What happened while somebody signed in, seen once more with what passed over
/// the link: who speaks and never ends a greeting is no server of ours.
pub(crate) fn seen(error: EngineError, settings: &Settings, link: &Link) -> EngineError {
    match error {
        EngineError::TimedOut { .. } if never_greeted(link) => {
            stranger(settings.address(), "It said no greeting to its end.")
        }
        other => other,
    }
}

/// Whether the other side spoke, and never to the point where a client answers:
/// servers of ours speak first, and in one piece.
fn never_greeted(link: &Link) -> bool {
    let stamps = link.stamps();
    stamps.bytes_received > 0 && stamps.bytes_sent == 0
}

fn stranger(address: &str, detail: &str) -> EngineError {
    EngineError::NotThisProtocol {
        address: address.to_owned(),
        expected: "the protocol of MySQL",
        detail: detail.to_owned(),
    }
}

/// The way of signing in that the server asks for and the driver does not know.
fn method(detail: &str) -> Option<String> {
    if detail.contains(CLEAR_TEXT) {
        return Some("mysql_clear_password, which sends the password as it is".to_owned());
    }
    let (_, name) = detail.split_once(UNKNOWN_METHOD)?;
    // The server's own word; only what can be a name is repeated.
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    Some(match name {
        "client_ed25519" => "ed25519 (client_ed25519)".to_owned(),
        name => name.chars().take_while(plain).take(64).collect(),
    })
}

/// An error of the driver in an open session.
pub(crate) fn running(error: Error, facts: &Facts) -> EngineError {
    match error {
        Error::Database(ref said) => {
            let Some(said) = said.try_downcast_ref::<MySqlDatabaseError>() else {
                return EngineError::Server {
                    words: ServerWords::default(),
                };
            };
            let words = words(said);
            match said.number() {
                // The server's own clock; our own deadline and Cancel never come this way.
                1969 | 3024 => EngineError::TimedOut {
                    what: "read the catalogue".to_owned(),
                    after: Duration::from_millis(facts.statement_timeout),
                },
                1205 | 1213 | 3572 => EngineError::Busy {
                    what: "A table".to_owned(),
                    words,
                },
                1317 => EngineError::Cancelled,
                1044 | 1045 | 1095 | 1142 | 1143 | 1227 | 1370 | 1792 => EngineError::NotAllowed {
                    what: "read this part of the catalogue".to_owned(),
                    grant: None,
                    words,
                },
                1820 | 1862 => EngineError::SignInRefused {
                    user: facts.user.clone(),
                    problem: SignInProblem::NotPermitted,
                    words,
                },
                1053 | 1077 | 1079 | 1080 | 1152 | 1158..=1161 | 1184 | 1927 | 3169 | 4031 => {
                    EngineError::ConnectionLost {
                        address: facts.address.clone(),
                        detail: words.message,
                    }
                }
                _ => EngineError::Server { words },
            }
        }
        Error::Io(source) => lost(&facts.address, &source),
        other => EngineError::Unexpected {
            question: "the catalogue",
            detail: other.to_string(),
        },
    }
}

/// The server's number of an error, where the error is the server's.
pub(crate) fn errno(error: &Error) -> Option<u16> {
    let said = error.as_database_error()?;
    Some(said.try_downcast_ref::<MySqlDatabaseError>()?.number())
}

/// Whether an error means only that this one part cannot be read: not allowed,
/// not known to this server, or held by somebody.
pub(crate) fn is_of_one_part(error: &Error) -> bool {
    matches!(
        errno(error),
        Some(
            1044 | 1054
                | 1064
                | 1109
                | 1142
                | 1143
                | 1146
                | 1205
                | 1227
                | 1235
                | 1305
                | 1356
                | 1370
                | 1449
        )
    )
}

/// What the server said, as it said it.
fn words(said: &MySqlDatabaseError) -> ServerWords {
    ServerWords {
        code: said.number().to_string(),
        message: said.message().to_owned(),
        detail: said.code().map(|state| format!("SQLSTATE {state}")),
        hint: None,
    }
}

fn tls(source: &(dyn std::error::Error + 'static), address: &str, link: &Link) -> EngineError {
    let detail = source.to_string();
    let begun = link.stamps().tls_started.is_some();
    let problem = match source.downcast_ref() {
        Some(error) => certificate(error),
        None if !begun && detail == NO_TLS => TlsProblem::NotOffered,
        // The handshake never began: what stands for the host can be in no certificate.
        None if !begun => TlsProblem::WrongHost,
        None => TlsProblem::Handshake,
    };
    EngineError::Tls {
        address: address.to_owned(),
        problem,
        detail,
    }
}

fn certificate(error: &rustls::Error) -> TlsProblem {
    let rustls::Error::InvalidCertificate(problem) = error else {
        return TlsProblem::Handshake;
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

fn lost(address: &str, source: &std::io::Error) -> EngineError {
    EngineError::ConnectionLost {
        address: address.to_owned(),
        detail: source.to_string(),
    }
}
