//! What a server says to those whom it does not let in, by errno.

use engine::dial::Link;
use engine::{EngineError, ServerWords, SignInProblem};
use sqlx::mysql::MySqlDatabaseError;

use super::{METHODS, stranger, words};
use crate::settings::Settings;
use crate::types::{granted_on, literal};

/// The refusal of a server while somebody signs in.
pub(super) fn sign_in(said: &MySqlDatabaseError, settings: &Settings, link: &Link) -> EngineError {
    let words = words(said);
    let database = settings.database.clone().unwrap_or_default();
    let refused = |problem, words| EngineError::SignInRefused {
        user: settings.user.clone(),
        problem,
        words,
    };
    let with_hint = |hint: &str, words| ServerWords {
        hint: Some(hint.to_owned()),
        ..words
    };
    match said.number() {
        1045 if !settings.has_password() => refused(SignInProblem::PasswordMissing, words),
        // Servers do not tell a user who must use TLS from a wrong password.
        1045 if link.stamps().tls_started.is_none() && !link.is_local_socket() => refused(
            SignInProblem::Password,
            with_hint(
                "Check user and password; a user who must use TLS is refused like this too.",
                words,
            ),
        ),
        1045 => refused(SignInProblem::Password, words),
        1129 => refused(
            SignInProblem::NotFromHere,
            with_hint(
                "Too many attempts from this address failed; ask for FLUSH HOSTS on the server.",
                words,
            ),
        ),
        1130 => refused(SignInProblem::NotFromHere, words),
        1698 => refused(
            SignInProblem::NotFromHere,
            with_hint(
                "This user signs in by the name of a user of the server's machine, over its socket.",
                words,
            ),
        ),
        3159 => refused(
            SignInProblem::NotFromHere,
            with_hint(
                "This server lets nobody in without TLS: choose another mode under TLS.",
                words,
            ),
        ),
        1820 | 1862 => refused(
            SignInProblem::NotPermitted,
            with_hint("Set a new password with another program first.", words),
        ),
        3118 | 4151 => refused(
            SignInProblem::NotPermitted,
            with_hint(
                "The account is locked; ask for ALTER USER … ACCOUNT UNLOCK.",
                words,
            ),
        ),
        3955 | 4150 => refused(
            SignInProblem::NotPermitted,
            with_hint(
                "Too many attempts failed; wait, or ask for the account to be unlocked.",
                words,
            ),
        ),
        1251 | 1275 | 1524 | 2059 | 2061 => {
            refused(SignInProblem::Method, with_hint(METHODS, words))
        }
        1049 => EngineError::NoSuchDatabase { database, words },
        1044 => EngineError::NotAllowed {
            what: format!("use database {database}"),
            grant: Some(format!(
                "GRANT SELECT ON {}.* TO {};",
                granted_on(&database),
                literal(&settings.user)
            )),
            words,
        },
        1040 | 1203 | 1226 => EngineError::TooManyConnections { words },
        1053 | 3032 | 3168 => EngineError::NotReady { words },
        1158..=1161 | 1927 | 4031 => EngineError::ConnectionLost {
            address: settings.address().to_owned(),
            detail: words.message,
        },
        1043 | 1047 | 1156 => stranger(settings.address(), &words.message),
        _ => EngineError::Server { words },
    }
}
