//! Connection strings as people paste them, for the engines of this build, and
//! what must hold for any.
#![allow(clippy::panic, reason = "helpers of tests fail as tests do")]

use engine::url::{self, ParsedUrl};
use model::connection::field;
use model::engine::FieldInput;
use model::{EngineDescriptor, Target};
use proptest::prelude::*;
use services::REGISTRY;

fn read(text: &str) -> ParsedUrl {
    url::parse(&REGISTRY, text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Engine, fields and password, in a line.
fn gist(text: &str) -> String {
    let parsed = read(text);
    let fields = parsed
        .target
        .fields
        .iter()
        .map(|(key, value)| format!(" {key}={value}"));
    let secret = parsed
        .secret
        .map(|secret| format!(" secret={}", secret.expose()));
    parsed.target.engine.to_string() + &fields.collect::<String>() + &secret.unwrap_or_default()
}

#[test]
fn postgres_is_read_in_every_common_form() {
    let full = "postgres database=orders host=10.0.0.4 port=5433 user=ro secret=p@ss";
    for text in [
        "postgres://ro:p%40ss@10.0.0.4:5433/orders",
        "postgresql://ro:p@ss@10.0.0.4:5433/orders",
        "jdbc:postgresql://10.0.0.4:5433/orders?user=ro&password=p%40ss",
        "postgresql+psycopg://ro:p%40ss@10.0.0.4:5433/orders",
        "postgresql+asyncpg://ro:p%40ss@10.0.0.4:5433/orders",
        "postgresql://ro:p%40ss@10.0.0.4:5433/orders?schema=public",
        "postgresql://ro:p%40ss@10.0.0.4:5433,10.0.0.5:5434/orders",
        "host=10.0.0.4 port=5433 user=ro password=p@ss dbname=orders",
        "host='10.0.0.4' port=5433 user='ro' password='p@ss' dbname='orders'",
        "DATABASE_URL=postgres://ro:p%40ss@10.0.0.4:5433/orders",
    ] {
        assert_eq!(gist(text), full, "{text}");
    }
    let socket = "postgres database=orders host=/var/run/postgresql";
    for text in [
        "postgres:///orders?host=/var/run/postgresql",
        "postgres://%2Fvar%2Frun%2Fpostgresql/orders",
        "host=/var/run/postgresql dbname=orders",
    ] {
        assert_eq!(gist(text), socket, "{text}");
    }
    let ignored = read("postgresql://h/d?schema=public&pgbouncer=true").ignored;
    assert_eq!(
        ignored,
        ["schema", "pgbouncer"],
        "what is not used is named"
    );
}

#[test]
fn sqlite_is_read_in_every_common_form() {
    for (text, path) in [
        ("sqlite:///shop.db", "shop.db"),
        ("sqlite:////data/shop.db", "/data/shop.db"),
        ("sqlite+pysqlite:////data/shop.db", "/data/shop.db"),
        ("sqlite:shop.db", "shop.db"),
        ("sqlite:/data/shop.db", "/data/shop.db"),
        ("jdbc:sqlite:/data/shop.db", "/data/shop.db"),
        ("jdbc:sqlite:C:/data/shop.db", "C:/data/shop.db"),
        ("file:./dev.db", "./dev.db"),
        ("file:/data/shop.db?mode=ro&immutable=1", "/data/shop.db"),
        ("/data/shop.sqlite", "/data/shop.sqlite"),
        ("shop.sqlite3", "shop.sqlite3"),
        (r"C:\data\shop.db", r"C:\data\shop.db"),
    ] {
        assert_eq!(gist(text), format!("sqlite file={path}"), "{text}");
    }
}

#[test]
fn mongodb_is_read_with_its_hosts_and_options() {
    for (text, expected) in [
        ("mongodb://h", "mongodb host=h"),
        (
            "mongodb://ro:p%40ss@a:27018/shop?authSource=admin&tls=true",
            "mongodb auth_source=admin database=shop host=a port=27018 tls=verify-full user=ro secret=p@ss",
        ),
        (
            "mongodb://a:27017,b:27018,c/?replicaSet=rs0&readPreference=primaryPreferred",
            "mongodb host=a:27017,b:27018,c read_preference=primary-preferred replica_set=rs0",
        ),
        (
            "mongodb+srv://ro:pw@cluster0.example.net/shop?authMechanism=SCRAM-SHA-256",
            "mongodb auth_mechanism=scram-sha-256 database=shop host=cluster0.example.net \
             scheme=mongodb+srv user=ro secret=pw",
        ),
        (
            "mongodb://[::1]:27018/?directConnection=true&tlsInsecure=true",
            "mongodb direct_connection=yes host=::1 port=27018 tls=insecure",
        ),
    ] {
        assert_eq!(gist(text), expected, "{text}");
    }
    let ignored = read("mongodb://h/?retryWrites=true&w=majority").ignored;
    assert_eq!(ignored, ["retryWrites", "w"], "what is not used is named");
    for text in [
        "mongodb+srv://ro@cluster0.example.net/shop",
        "mongodb://a:27017,[::1]:27018,c/?replicaSet=rs0",
    ] {
        let target = read(text).target;
        let descriptor = REGISTRY
            .get(&target.engine)
            .expect("it is registered")
            .descriptor();
        let again = read(&url::format(descriptor, &target)).target;
        assert_eq!(again, target, "{text} survives a round trip");
    }
}

#[test]
fn the_string_of_a_connection_can_be_pasted_elsewhere() {
    let target = read("postgres://ro:pw@orders.example.net:5433/orders").target;
    let descriptor = REGISTRY
        .get(&target.engine)
        .expect("it is registered")
        .descriptor();
    let text = url::format(descriptor, &target);
    assert_eq!(
        text, "postgres://ro@orders.example.net:5433/orders",
        "and holds no password"
    );
    let target = read("/data/music shop.db").target;
    let descriptor = REGISTRY
        .get(&target.engine)
        .expect("it is registered")
        .descriptor();
    assert_eq!(
        url::format(descriptor, &target),
        "sqlite:/data/music%20shop.db",
        "as do files"
    );
}

/// Any value that a field may have, and none at all.
fn value(input: FieldInput) -> BoxedStrategy<Option<String>> {
    let value = match input {
        FieldInput::Password => return Just(None).boxed(),
        FieldInput::Text | FieldInput::File => "[^\0]{1,16}".boxed(),
        FieldInput::Hosts => {
            let host = r"([a-z][a-z0-9.-]{0,8}|\[::1\])(:[1-9][0-9]{0,3})?";
            proptest::collection::vec(host, 1..4)
                .prop_map(|hosts| hosts.join(","))
                .boxed()
        }
        FieldInput::Number { min, max } => (min..=max).prop_map(|n| n.to_string()).boxed(),
        FieldInput::Choice { choices } => {
            let values: Vec<_> = choices
                .iter()
                .map(|choice| choice.value.to_owned())
                .collect();
            proptest::sample::select(values).boxed()
        }
    };
    proptest::option::of(value).boxed()
}

fn any_target() -> impl Strategy<Value = (&'static EngineDescriptor, Target)> {
    let descriptors: Vec<_> = REGISTRY.descriptors().collect();
    proptest::sample::select(descriptors).prop_flat_map(|descriptor| {
        let values: Vec<_> = descriptor
            .form
            .iter()
            .map(|field| value(field.input))
            .collect();
        values.prop_map(move |values| {
            let fields = descriptor.form.iter().zip(values);
            let target = fields.fold(Target::new(descriptor.id), |target, (field, value)| {
                target.with(field.key, value.unwrap_or_default())
            });
            (descriptor, target)
        })
    })
}

proptest! {
    #[test]
    fn a_valid_target_survives_its_string((descriptor, target) in any_target()) {
        let required = |key: &str| descriptor.field(key).is_some_and(|field| field.required);
        let problems = url::validate(descriptor, &target);
        // What is only missing is no reason for a string to lose the rest.
        prop_assume!(problems.iter().all(|problem| {
            required(&problem.field) && target.get(&problem.field).is_none()
        }));
        let text = url::format(descriptor, &target);
        let parsed = url::parse(&REGISTRY, &text);
        let parsed = parsed.map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert_eq!(&parsed.target, &target, "{}", &text);
        prop_assert!(parsed.ignored.is_empty(), "{}: {:?}", text, parsed.ignored);
    }

    #[test]
    fn any_text_is_read_or_refused_in_sentences(
        mark in "(postgres://|sqlite:|file:|jdbc:|host=|)",
        text in "\\PC{0,50}",
    ) {
        if let Err(error) = url::parse(&REGISTRY, &format!("{mark}{text}")) {
            prop_assert!(error.message.ends_with('.') && error.hint.ends_with('.'), "{:?}", error);
        }
    }

    #[test]
    fn no_message_holds_the_password(password in "[!-~]{6,24}", form in 0..7_usize) {
        let text = match form {
            0 => format!("postgres://ro:{password}@h/x"),
            1 => format!("postgres://ro:{password}@h:bad/x?sslmode=never"),
            2 => format!("postgres://ro:{password}"),
            3 => format!("host=h password={password} user=x"),
            4 => format!("mysql://ro:{password}@h/x"),
            5 => format!("postgres://h/x?user=ro&password={password}&colour=red"),
            _ => format!("ro:{password}@h/x"),
        };
        let told = match url::parse(&REGISTRY, &text) {
            Ok(parsed) => format!("{:?} {:?}", parsed.ignored, parsed.secret),
            Err(error) => format!("{error} {error:?}"),
        };
        prop_assert!(!told.contains(&password), "{} is told: {}", password, told);
    }

    #[test]
    fn an_encoded_password_is_read_whole_and_kept_apart(password in "\\PC{1,20}") {
        let encoded: String = password.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let parsed = read(&format!("postgres://ro:{encoded}@db.example.net/orders"));
        prop_assert_eq!(parsed.secret.as_ref().map(model::Secret::expose), Some(&*password));
        prop_assert_eq!(parsed.target.get(field::PASSWORD), None, "a target never holds it");
        let debug = format!("{parsed:?}");
        prop_assert!(password.len() < 4 || !debug.contains(&password), "{}", debug);
    }
}
