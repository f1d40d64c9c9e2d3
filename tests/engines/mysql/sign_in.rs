//! Ways to sign in, and the errors of those that do not get in.

use db_studio_tests::MySql;
use db_studio_tests::hostile::{self, Hostile};
use db_studio_tests::mysql::{SignIn, Variant};
use engine::{Engine, EngineError, SignInProblem};
use engine_mysql::ENGINE;
use model::connection::field;
use model::{Secret, Target};

use super::{cx, open, parsed, refusal};

const GRANT: &str = "GRANT SELECT ON {database}.* TO {account}";

async fn opens(target: &Target, secret: Option<&Secret>, what: &str) {
    let opened = ENGINE.open(target, secret, &cx()).await;
    match opened {
        Ok(session) => session.close().await,
        Err(error) => panic!("{what}: {error:?}"),
    }
}

#[tokio::test]
async fn each_method_of_the_driver_opens_with_tls_and_without() {
    for (variant, sign_in) in [
        (Variant::MariaDb, SignIn::Password),
        (Variant::MySql, SignIn::Password),
        (Variant::MySql, SignIn::Sha256),
    ] {
        let server = MySql::shared(variant).await;
        let database = server.fresh_database("").await;
        for mode in ["disable", "require"] {
            // A new account each time: the server remembers who was let in before.
            let account = database.account_by(sign_in, GRANT).await;
            let (target, secret) = parsed(&database.url_as(&account));
            let target = target.with(field::TLS, mode);
            for time in ["first", "second"] {
                let what = format!("{sign_in:?} on {variant:?}, TLS {mode}, the {time} time");
                opens(&target, secret.as_ref(), &what).await;
            }
        }
    }
}

#[tokio::test]
async fn the_unix_socket_is_as_good_as_a_port() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int)").await;
        let account = database.account(GRANT).await;
        let (target, secret) = parsed(&database.url_as(&account));
        let target = target.with(field::HOST, server.socket_file().to_str().unwrap());
        opens(&target, secret.as_ref(), "a password over the socket").await;
        let url = format!(
            "mysql://{}:{}@localhost/{}?socket={}",
            account.name,
            account.password,
            database.name,
            server.socket_file().display()
        );
        let snapshot = super::read(&url, &database.name).await;
        assert!(snapshot.nodes().len() > 2, "its tables are read");
    }
}

#[tokio::test]
async fn the_user_of_this_machine_signs_in_over_the_socket_without_a_password() {
    for variant in [Variant::MariaDb, Variant::MySql] {
        let server = MySql::private(variant).await;
        let database = server.fresh_database("").await;
        let account = database.account_by(SignIn::Socket, GRANT).await;
        let (target, _) = parsed(&database.url);
        let target = target
            .with(field::USER, account.name.as_str())
            .with(field::HOST, server.socket_file().to_str().unwrap());
        opens(&target, None, "the socket says who it is").await;
    }
}

#[tokio::test]
async fn methods_that_the_driver_lacks_are_named() {
    let method = |error: &EngineError| match error {
        EngineError::SignInRefused {
            problem: SignInProblem::Method,
            words,
            ..
        } => words.message.clone(),
        other => panic!("it is the method: {other:?}"),
    };
    let database = MySql::shared(Variant::MariaDb)
        .await
        .fresh_database("")
        .await;
    let account = database.account_by(SignIn::Ed25519, GRANT).await;
    let (target, secret) = parsed(&database.url_as(&account));
    let error = refusal(&target, secret.as_ref()).await;
    assert!(method(&error).contains("ed25519"), "{error:?} names it");
    let (target, secret) = parsed("mysql://somebody:secret@127.0.0.1:1/");
    for plugin in [
        "dialog",
        "auth_gssapi_client",
        "parsec",
        "mysql_clear_password",
    ] {
        let server = Hostile::playing(hostile::mysql::asking_for(plugin));
        let target = target.clone().with(field::PORT, server.port().to_string());
        let error = refusal(&target, secret.as_ref()).await;
        assert!(method(&error).contains(plugin), "{error:?} names {plugin}");
        assert!(!server.heard(b"secret"), "{plugin}: no password was sent");
        let hint = error.hint().unwrap_or_default();
        assert!(
            hint.contains("caching_sha2_password"),
            "{hint} says what helps"
        );
    }
}

#[tokio::test]
async fn the_codes_of_servers_become_typed_errors() {
    use SignInProblem::{NotFromHere, NotPermitted, Password};
    let refused = |expected: SignInProblem| move |error: &EngineError| matches!(error, EngineError::SignInRefused { problem, .. } if *problem == expected);
    let too_many = |error: &EngineError| matches!(error, EngineError::TooManyConnections { .. });
    let not_ready = |error: &EngineError| matches!(error, EngineError::NotReady { .. });
    let no_database = |error: &EngineError| matches!(error, EngineError::NoSuchDatabase { .. });
    let not_allowed =
        |error: &EngineError| matches!(error, EngineError::NotAllowed { grant: Some(_), .. });
    type Expected<'a> = &'a dyn Fn(&EngineError) -> bool;
    let cases: &[(u16, &str, Expected<'_>)] = &[
        (1045, "28000", &refused(Password)),
        (1130, "HY000", &refused(NotFromHere)),
        (1129, "HY000", &refused(NotFromHere)),
        (1698, "28000", &refused(NotFromHere)),
        (3118, "HY000", &refused(NotPermitted)),
        (4151, "HY000", &refused(NotPermitted)),
        (1862, "HY000", &refused(NotPermitted)),
        (1040, "08004", &too_many),
        (1203, "42000", &too_many),
        (1226, "42000", &too_many),
        (1053, "08S01", &not_ready),
        (1049, "42000", &no_database),
        (1044, "42000", &not_allowed),
    ];
    let (target, secret) = parsed("mysql://somebody:secret@127.0.0.1:1/shop?tls=disable");
    for (code, state, expected) in cases {
        let words = "\u{1b}[31m<b>no</b>";
        for script in [
            hostile::mysql::refusing_sign_in(*code, state, words),
            hostile::mysql::refusing(*code, words),
        ] {
            let server = Hostile::playing(script);
            let target = target.clone().with(field::PORT, server.port().to_string());
            let error = refusal(&target, secret.as_ref()).await;
            assert!(expected(&error), "{code}: {error:?}");
            assert!(
                !format!("{error:?}").contains("secret"),
                "{code} tells no password"
            );
        }
    }
}

#[tokio::test]
async fn accounts_that_may_not_sign_in_are_told_apart_by_real_servers() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        let locked = database
            .account("ALTER USER {account} ACCOUNT LOCK; GRANT SELECT ON {database}.* TO {account}")
            .await;
        let (target, secret) = parsed(&database.url_as(&locked));
        let error = refusal(&target, secret.as_ref()).await;
        assert!(
            matches!(
                error,
                EngineError::SignInRefused {
                    problem: SignInProblem::NotPermitted,
                    ..
                }
            ),
            "locked: {error:?}"
        );
        let expired = database
            .account(
                "GRANT SELECT ON {database}.* TO {account}; ALTER USER {account} PASSWORD EXPIRE",
            )
            .await;
        let (target, secret) = parsed(&database.url_as(&expired));
        let error = refusal(&target, secret.as_ref()).await;
        assert!(
            matches!(
                error,
                EngineError::SignInRefused {
                    problem: SignInProblem::NotPermitted,
                    ..
                }
            ),
            "expired: {error:?}"
        );
        let few = database
            .account("GRANT SELECT ON {database}.* TO {account}; ALTER USER {account} WITH MAX_USER_CONNECTIONS 1")
            .await;
        let url = database.url_as(&few);
        let first = open(&url).await;
        let (target, secret) = parsed(&url);
        let error = refusal(&target, secret.as_ref()).await;
        assert!(
            matches!(error, EngineError::TooManyConnections { .. }),
            "one is its limit: {error:?}"
        );
        first.close().await;
        opens(
            &target,
            secret.as_ref(),
            "a session that ended leaves its place",
        )
        .await;
        let nobody = parsed(&server.url("")).0.with(field::USER, "no-such-user");
        let wrong = refusal(&nobody, Some(&Secret::new("x".to_owned()))).await;
        assert!(
            matches!(
                wrong,
                EngineError::SignInRefused {
                    problem: SignInProblem::Password,
                    ..
                }
            ),
            "an unknown user is told as a wrong password: {wrong:?}"
        );
        let missing = parsed(&server.url("no such database"));
        let error = refusal(&missing.0, missing.1.as_ref()).await;
        assert!(
            matches!(error, EngineError::NoSuchDatabase { .. }),
            "root is told that there is none: {error:?}"
        );
    }
}

#[test]
fn connection_strings_of_other_programs_are_read() {
    for (text, expected) in [
        (
            "mysql://ann:pw@db.example:3307/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca.pem",
            [
                (field::HOST, "db.example"),
                (field::PORT, "3307"),
                (field::DATABASE, "shop"),
                (field::TLS, "verify-full"),
                (field::CA_FILE, "/ca.pem"),
            ]
            .as_slice(),
        ),
        (
            "mariadb://ann:pw@db.example/shop?sslMode=trust",
            &[(field::HOST, "db.example"), (field::TLS, "require")],
        ),
        (
            "jdbc:mysql://db.example/shop?user=ann&useSSL=false",
            &[(field::USER, "ann"), (field::TLS, "disable")],
        ),
        (
            "mysql+pymysql://ann:pw@localhost/shop?unix_socket=/run/mysqld/mysqld.sock",
            &[
                (field::HOST, "/run/mysqld/mysqld.sock"),
                (field::DATABASE, "shop"),
            ],
        ),
    ] {
        let (target, _) = parsed(text);
        assert_eq!(
            target.engine.0.as_str(),
            ENGINE.descriptor().id,
            "{text} is for this engine"
        );
        for (key, value) in expected {
            assert_eq!(target.get(key), Some(*value), "{key} of {text}");
        }
    }
}
