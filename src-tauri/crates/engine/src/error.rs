//! What can go wrong between us and a server.

use std::time::Duration;

/// The server's own account of an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerWords {
    /// SQLSTATE, errno or result code, as text.
    pub code: String,
    /// The message, as sent.
    pub message: String,
    /// Its detail, as sent.
    pub detail: Option<String>,
    /// Its hint, as sent.
    pub hint: Option<String>,
}

/// Why a server did not let a user in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    /// The password is wrong, or the user does not exist (servers do not tell which).
    Password,
    /// A password is needed and none was given.
    PasswordMissing,
    /// The user does not exist.
    UnknownUser,
    /// This address, user or encryption is not allowed to connect.
    NotFromHere,
    /// The user may not sign in at all.
    NotPermitted,
    /// The way of signing in is one that the driver does not know.
    Method,
}

/// Why a secure link could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsProblem {
    /// The server does not offer TLS and the connection asks for it.
    NotOffered,
    /// The server takes secure links only and the connection asks for none.
    Required,
    /// The server's certificate is signed by nobody we trust.
    Untrusted,
    /// The certificate is for another host.
    WrongHost,
    /// The certificate is no longer or not yet valid.
    Expired,
    /// The file with certificates cannot be used.
    CaFile,
    /// Anything else in the handshake.
    Handshake,
}

/// What went wrong between us and a server or file.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A field of the target is missing or unusable.
    #[error("{message}")]
    InvalidTarget {
        /// The key of the field.
        field: String,
        /// What is wrong with it.
        message: String,
        /// What to do.
        hint: String,
    },
    /// The host's name has no address.
    #[error("The name {host} could not be resolved.")]
    UnknownHost {
        /// The name.
        host: String,
        /// What the resolver said.
        #[source]
        source: std::io::Error,
    },
    /// Nothing answers at the address.
    #[error("Could not reach {address}.")]
    Unreachable {
        /// Host and port, or the path of the socket.
        address: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file does not exist.
    #[error("There is no file at {path}.")]
    FileMissing {
        /// The path.
        path: String,
    },
    /// The file exists and cannot be read.
    #[error("The file {path} could not be read.")]
    FileUnreadable {
        /// The path.
        path: String,
        /// What the system or the library said.
        words: ServerWords,
    },
    /// The file is not a database of this engine, or it is encrypted.
    #[error("The file {path} is not a database that can be read.")]
    NotADatabase {
        /// The path.
        path: String,
        /// What the library said.
        words: ServerWords,
    },
    /// What answers does not speak the protocol.
    #[error("What answers at {address} does not speak {expected}.")]
    NotThisProtocol {
        /// Host and port.
        address: String,
        /// The product that was expected.
        expected: &'static str,
        /// What the driver said.
        detail: String,
    },
    /// The secure link could not be made.
    #[error("{}", tls_message(.address, *.problem))]
    Tls {
        /// Host and port.
        address: String,
        /// Why.
        problem: TlsProblem,
        /// What the driver said.
        detail: String,
    },
    /// The server did not let the user in.
    #[error("{}", sign_in_message(.user, *.problem))]
    SignInRefused {
        /// The user.
        user: String,
        /// Why.
        problem: SignInProblem,
        /// What the server said.
        words: ServerWords,
    },
    /// The server has no such database.
    #[error("There is no database {database} on the server.")]
    NoSuchDatabase {
        /// The name.
        database: String,
        /// What the server said.
        words: ServerWords,
    },
    /// The user may not do this.
    #[error("This user may not {what}.")]
    NotAllowed {
        /// What it may not do, as in "connect to database orders".
        what: String,
        /// The statement that would allow it.
        grant: Option<String>,
        /// What the server said.
        words: ServerWords,
    },
    /// The server takes no more connections.
    #[error("The server has no free connection.")]
    TooManyConnections {
        /// What the server said.
        words: ServerWords,
    },
    /// The server is starting, stopping or recovering.
    #[error("The server is not ready yet.")]
    NotReady {
        /// What the server said.
        words: ServerWords,
    },
    /// The server is older than what can be read.
    #[error("{product} {version} is too old; {least} or newer can be read.")]
    TooOld {
        /// Its product.
        product: String,
        /// Its version.
        version: String,
        /// The least version.
        least: &'static str,
    },
    /// It took too long.
    #[error("Gave up to {what} after {:.1} s.", .after.as_secs_f32())]
    TimedOut {
        /// What was being done, as in "connect to 10.0.0.4:5432".
        what: String,
        /// How long it was tried.
        after: Duration,
    },
    /// Something else holds what is needed.
    #[error("{what} is in use and did not become free in time.")]
    Busy {
        /// What is held.
        what: String,
        /// What the server or library said.
        words: ServerWords,
    },
    /// The link broke.
    #[error("The connection to {address} was lost.")]
    ConnectionLost {
        /// Host and port.
        address: String,
        /// What the driver said.
        detail: String,
    },
    /// The user stopped it.
    #[error("Stopped.")]
    Cancelled,
    /// There is no such object.
    #[error("There is no {what} any more.")]
    NotFound {
        /// Kind and path.
        what: String,
    },
    /// The engine has no such thing.
    #[error("{what} is not available here.")]
    Unsupported {
        /// What was asked for.
        what: String,
    },
    /// The server reported something else.
    #[error("The server reported an error: {}", .words.message)]
    Server {
        /// What the server said.
        words: ServerWords,
    },
    /// The answer cannot be understood.
    #[error("The server's answer to {question} could not be understood.")]
    Unexpected {
        /// The name of the query.
        question: &'static str,
        /// What was wrong.
        detail: String,
    },
}

fn tls_message(address: &str, problem: TlsProblem) -> String {
    match problem {
        TlsProblem::NotOffered => format!("The server at {address} does not offer TLS."),
        TlsProblem::Required => format!("The server at {address} takes secure links only."),
        TlsProblem::Untrusted => {
            format!("The certificate of {address} is not signed by an authority trusted here.")
        }
        TlsProblem::WrongHost => format!("The certificate of {address} is for another host."),
        TlsProblem::Expired => format!("The certificate of {address} is not valid now."),
        TlsProblem::CaFile => "The file of trusted certificates could not be used.".to_owned(),
        TlsProblem::Handshake => format!("The secure link to {address} could not be made."),
    }
}

fn sign_in_message(user: &str, problem: SignInProblem) -> String {
    match problem {
        SignInProblem::Password => format!("The server refused the password for user {user}."),
        SignInProblem::PasswordMissing => format!("User {user} needs a password to sign in."),
        SignInProblem::UnknownUser => format!("The server knows no user {user}."),
        SignInProblem::NotFromHere => {
            format!("The server does not let user {user} connect from here in this way.")
        }
        SignInProblem::NotPermitted => format!("User {user} may not sign in."),
        SignInProblem::Method => {
            format!("The server asks user {user} to sign in by a method that is not supported.")
        }
    }
}

impl EngineError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::InvalidTarget { hint, .. } => return Some(hint.clone()),
            Self::UnknownHost { .. } => {
                "Check the spelling of the host, and that this machine is on the network that knows it."
            }
            Self::Unreachable { source, .. } => match source.kind() {
                std::io::ErrorKind::ConnectionRefused => {
                    "Check that the server runs there and listens on this port."
                }
                std::io::ErrorKind::NotFound => "Check the path of the socket.",
                _ => "Check host and port, the network, and any firewall in between.",
            },
            Self::FileMissing { .. } => "Check the path. A missing file is never created.",
            Self::FileUnreadable {
                words: ServerWords {
                    hint: Some(hint), ..
                },
                ..
            }
            | Self::NotADatabase {
                words: ServerWords {
                    hint: Some(hint), ..
                },
                ..
            } => hint,
            Self::FileUnreadable { .. } => "Check that you may read the file and its folder.",
            Self::NotADatabase { .. } => {
                "Choose another file. If it is encrypted, it cannot be read here."
            }
            Self::NotThisProtocol { .. } => "Check host and port, and the engine chosen.",
            Self::Tls { problem, .. } => tls_hint(*problem),
            Self::SignInRefused {
                words: ServerWords {
                    hint: Some(hint), ..
                },
                ..
            } => hint,
            Self::SignInRefused { problem, .. } => sign_in_hint(*problem),
            Self::NoSuchDatabase { .. } => {
                "Check the name, or leave it empty to read all databases."
            }
            Self::NotAllowed { grant, .. } => {
                return grant
                    .as_ref()
                    .map(|grant| format!("An owner can allow it: {grant}"));
            }
            Self::TooManyConnections { .. } => {
                "Try again later, or ask for more connections on the server."
            }
            Self::NotReady { .. } => "Try again in a moment.",
            Self::TooOld { .. } => "Upgrade the server.",
            Self::TimedOut { .. } => {
                "Check host, port and firewall, or allow more time under Limits."
            }
            Self::Busy { .. } => "Try again when the other program has finished.",
            Self::ConnectionLost { .. } => "Check that the server still runs, then try again.",
            Self::Unexpected { .. } | Self::Cancelled | Self::NotFound { .. } => return None,
            Self::Unsupported { .. } => return None,
            Self::Server { words } => return words.hint.clone(),
        };
        Some(text.to_owned())
    }

    /// The server's own words, to be shown folded.
    pub fn words(&self) -> Option<&ServerWords> {
        match self {
            Self::FileUnreadable { words, .. }
            | Self::NotADatabase { words, .. }
            | Self::SignInRefused { words, .. }
            | Self::NoSuchDatabase { words, .. }
            | Self::NotAllowed { words, .. }
            | Self::TooManyConnections { words }
            | Self::NotReady { words }
            | Self::Busy { words, .. }
            | Self::Server { words } => Some(words),
            _ => None,
        }
    }
}

fn tls_hint(problem: TlsProblem) -> &'static str {
    match problem {
        TlsProblem::NotOffered => "Turn TLS on at the server, or choose another mode under TLS.",
        TlsProblem::Required => "Choose a mode that encrypts under TLS.",
        TlsProblem::Untrusted => "Name the file of the authority that signed it under TLS.",
        TlsProblem::WrongHost => "Use the host's name as the certificate spells it.",
        TlsProblem::Expired => "Renew the server's certificate, and check this machine's clock.",
        TlsProblem::CaFile => "Choose a file with certificates in PEM form.",
        TlsProblem::Handshake => "Check that the server speaks TLS 1.2 or newer on this port.",
    }
}

fn sign_in_hint(problem: SignInProblem) -> &'static str {
    match problem {
        SignInProblem::Password => {
            "Check user and password, and that this user may connect from this address."
        }
        SignInProblem::PasswordMissing => "Enter the password.",
        SignInProblem::UnknownUser => "Check the user's name.",
        SignInProblem::NotFromHere => {
            "Ask for a rule that lets this user in from this address, or change the TLS mode."
        }
        SignInProblem::NotPermitted => "Ask for the right to sign in.",
        SignInProblem::Method => "Ask for a common way to sign in by password for this user.",
    }
}
