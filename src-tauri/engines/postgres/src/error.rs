//! From the driver's errors to ours: by SQLSTATE and by kind, never by a server's text.

use std::time::Duration;

use engine::dial::Link;
use engine::{EngineError, ServerWords, SignInProblem, TlsProblem};
use rustls::CertificateError;
use sqlx::Error;
use sqlx::postgres::PgDatabaseError;

use crate::settings::Settings;
use crate::types::identifier;
use crate::variant::Facts;

/// An error of the driver while it connects and signs in.
pub(crate) fn connecting(
    error: Error,
    settings: &Settings,
    database: &str,
    link: &Link,
) -> EngineError {
    let address = settings.address();
    match error {
        Error::Database(ref said) => match said.try_downcast_ref::<PgDatabaseError>() {
            Some(said) => sign_in(said, settings, database),
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
            None => link.lost().unwrap_or_else(|| lost(address, &source)),
        },
        // The driver has no kind of its own for this, only its own constant words.
        Error::Protocol(detail) if detail.contains("unsupported") => EngineError::SignInRefused {
            user: settings.user.clone(),
            problem: SignInProblem::Method,
            words: ServerWords {
                message: detail,
                ..ServerWords::default()
            },
        },
        other => match link.lost() {
            Some(lost) if link.stamps().bytes_received == 0 => lost,
            _ => EngineError::NotThisProtocol {
                address: address.to_owned(),
                expected: "PostgreSQL",
                detail: other.to_string(),
            },
        },
    }
}

/// An error of the driver in an open session.
pub(crate) fn running(error: Error, facts: &Facts) -> EngineError {
    let database = &facts.database;
    match error {
        Error::Database(ref said) => {
            let Some(said) = said.try_downcast_ref::<PgDatabaseError>() else {
                return EngineError::Server {
                    words: ServerWords::default(),
                };
            };
            let words = words(said);
            match said.code() {
                // What was being done is stopped by the server's own clock; our
                // own deadline and Cancel never come this way.
                "57014" => EngineError::TimedOut {
                    what: format!("read {database}"),
                    after: Duration::from_millis(facts.statement_timeout),
                },
                "55P03" => EngineError::Busy {
                    what: format!("A table of {database}"),
                    words,
                },
                "42501" => EngineError::NotAllowed {
                    what: format!("read the catalogue of {database}"),
                    grant: None,
                    words,
                },
                "57P01" | "57P02" | "57P05" => EngineError::ConnectionLost {
                    address: facts.address.clone(),
                    detail: words.message,
                },
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

/// Somebody holds what is needed, and the server was not even asked.
pub(crate) fn busy(what: &str, reason: &str) -> EngineError {
    EngineError::Busy {
        what: what.to_owned(),
        words: ServerWords {
            message: reason.to_owned(),
            ..ServerWords::default()
        },
    }
}

/// Whether a read failed because what it read was changed meanwhile: something
/// is gone, the server lost track of it, or the view of the data could not hold.
pub(crate) fn is_torn(error: &Error) -> bool {
    let code = error.as_database_error().and_then(|said| said.code());
    matches!(
        code.as_deref(),
        Some("42P01" | "42703" | "42704" | "42883" | "3F000" | "XX000" | "40001" | "55000")
    )
}

/// Whether a read failed because somebody holds a lock on what it reads.
pub(crate) fn is_locked(error: &Error) -> bool {
    let code = error.as_database_error().and_then(|said| said.code());
    code.as_deref() == Some("55P03")
}

/// Whether another database may still let this user in.
pub(crate) fn is_about_the_database(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::NoSuchDatabase { .. } | EngineError::NotAllowed { .. }
    )
}

/// What the server said, as it said it.
fn words(said: &PgDatabaseError) -> ServerWords {
    ServerWords {
        code: said.code().to_owned(),
        message: said.message().to_owned(),
        detail: said.detail().map(str::to_owned),
        hint: said.hint().map(str::to_owned),
    }
}

fn sign_in(said: &PgDatabaseError, settings: &Settings, database: &str) -> EngineError {
    let words = words(said);
    let refused = |problem, words| EngineError::SignInRefused {
        user: settings.user.clone(),
        problem,
        words,
    };
    match said.code() {
        "28P01" if !settings.has_password() => refused(SignInProblem::PasswordMissing, words),
        "28P01" => refused(SignInProblem::Password, words),
        // One code for "no rule lets you in" and for "no such role, or one that
        // may not log in"; only the place in the server's source tells them apart.
        "28000" if said.routine() == Some("InitializeSessionUserId") => {
            refused(SignInProblem::NotPermitted, words)
        }
        "28000" => refused(SignInProblem::NotFromHere, words),
        "3D000" => EngineError::NoSuchDatabase {
            database: database.to_owned(),
            words,
        },
        "42501" => EngineError::NotAllowed {
            what: format!("connect to database {database}"),
            grant: Some(connect_grant(database, &settings.user)),
            words,
        },
        "53300" => EngineError::TooManyConnections { words },
        "57P03" => EngineError::NotReady { words },
        "57P01" | "57P02" => EngineError::ConnectionLost {
            address: settings.address().to_owned(),
            detail: words.message,
        },
        _ => EngineError::Server { words },
    }
}

/// The statement that lets a user into a database.
pub(crate) fn connect_grant(database: &str, user: &str) -> String {
    format!(
        "GRANT CONNECT ON DATABASE {} TO {};",
        identifier(database),
        identifier(user)
    )
}

fn tls(source: &(dyn std::error::Error + 'static), address: &str, link: &Link) -> EngineError {
    let problem = if link.stamps().tls_started.is_none() {
        // The driver was told to insist, and the handshake never began.
        TlsProblem::NotOffered
    } else {
        source
            .downcast_ref()
            .map_or(TlsProblem::Handshake, certificate)
    };
    EngineError::Tls {
        address: address.to_owned(),
        problem,
        detail: source.to_string(),
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
