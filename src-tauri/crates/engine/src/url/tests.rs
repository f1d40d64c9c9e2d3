//! Forms of connection strings, read for two made-up engines: one with a
//! server, one with files.

use model::engine::{Choice, FieldGroup, FormField, UrlParameter};

use super::*;

mod properties;

const fn form_field(key: &'static str, label: &'static str, input: FieldInput) -> FormField {
    FormField {
        key,
        label,
        help: "",
        placeholder: "",
        group: FieldGroup::Main,
        input,
        required: false,
        default: "",
    }
}

const fn choice(value: &'static str) -> Choice {
    Choice {
        value,
        label: "",
        help: "",
    }
}

const fn parameter(name: &'static str, field: &'static str) -> UrlParameter {
    UrlParameter {
        name,
        field,
        values: &[],
    }
}

const SECONDS: FieldInput = FieldInput::Number { min: 1, max: 600 };
const MODES: FieldInput = FieldInput::Choice {
    choices: &[choice("off"), choice("preferred"), choice("verify_full")],
};

static SERVER: EngineDescriptor = EngineDescriptor {
    id: "server",
    label: "Server",
    schemes: &["server", "srv"],
    file_extensions: &[],
    parameters: &[
        parameter("host", field::HOST),
        parameter("port", field::PORT),
        parameter("user", field::USER),
        parameter("password", field::PASSWORD),
        parameter("dbname", field::DATABASE),
        parameter("connect_timeout", field::CONNECT_TIMEOUT),
        UrlParameter {
            name: "sslmode",
            field: field::TLS,
            values: &[("disable", "off"), ("verify-full", "verify_full")],
        },
    ],
    form: &[
        FormField {
            required: true,
            ..form_field(field::HOST, "Host", FieldInput::Text)
        },
        form_field(
            field::PORT,
            "Port",
            FieldInput::Number { min: 1, max: 65535 },
        ),
        form_field(field::USER, "User", FieldInput::Text),
        form_field(field::PASSWORD, "Password", FieldInput::Password),
        form_field(field::DATABASE, "Database", FieldInput::Text),
        form_field(field::TLS, "TLS", MODES),
        form_field(field::CA_FILE, "Authority", FieldInput::File),
        form_field(field::CONNECT_TIMEOUT, "Time to connect", SECONDS),
    ],
    stages: &[],
    kinds: &[],
    environment: &[],
};

static FILES: EngineDescriptor = EngineDescriptor {
    id: "files",
    label: "Files",
    schemes: &["files", "file"],
    file_extensions: &["db", "files3"],
    parameters: &[],
    form: &[
        FormField {
            required: true,
            ..form_field(field::FILE, "File", FieldInput::File)
        },
        form_field(field::CONNECT_TIMEOUT, "Time to wait", SECONDS),
    ],
    stages: &[],
    kinds: &[],
    environment: &[],
};

fn read(text: &str) -> ParsedUrl {
    parse_among(&[&SERVER, &FILES], text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refused(text: &str) -> UrlError {
    parse_among(&[&SERVER, &FILES], text).expect_err(text)
}

/// What was read, in a line.
fn gist(text: &str) -> String {
    let parsed = read(text);
    let mut gist: Vec<String> = vec![parsed.target.engine.to_string()];
    gist.extend(
        parsed
            .target
            .fields
            .iter()
            .map(|(key, value)| format!("{key}={value}")),
    );
    gist.extend(
        parsed
            .secret
            .map(|secret| format!("secret={}", secret.expose())),
    );
    gist.extend(parsed.ignored.iter().map(|word| format!("ignored {word}")));
    gist.join("; ")
}

#[test]
fn servers_are_read_in_every_common_form() {
    let plain = "server; database=shop; host=db.example.net; port=5433; user=ro; secret=pw";
    for (text, expected) in [
        ("server://ro:pw@db.example.net:5433/shop", plain),
        ("  SERVER://ro:pw@db.example.net:5433/shop\n", plain),
        ("srv://ro:pw@db.example.net:5433/shop", plain),
        ("server+driver://ro:pw@db.example.net:5433/shop", plain),
        (
            "jdbc:server://db.example.net:5433/shop?user=ro&password=pw",
            plain,
        ),
        (
            "DATABASE_URL=\"server://ro:pw@db.example.net:5433/shop\"",
            plain,
        ),
        ("export DB='server://ro:pw@db.example.net:5433/shop'", plain),
        (
            "host=db.example.net port=5433 user=ro password=pw dbname=shop",
            plain,
        ),
        (
            "host = db.example.net port='5433' user=ro password='pw' dbname=shop",
            plain,
        ),
        ("server://h", "server; host=h"),
        ("server://h/", "server; host=h"),
        ("server://u@h", "server; host=h; user=u"),
        ("server://u:@h", "server; host=h; user=u"),
        ("server:///shop", "server; database=shop"),
        (
            "server://[2001:db8::1]:5433/x",
            "server; database=x; host=2001:db8::1; port=5433",
        ),
        ("server://[::1]/x", "server; database=x; host=::1"),
        (
            "server:///x?host=/var/run/srv",
            "server; database=x; host=/var/run/srv",
        ),
        (
            "server://%2Fvar%2Frun%2Fsrv/x",
            "server; database=x; host=/var/run/srv",
        ),
        (
            "server://h/x?sslmode=verify-full",
            "server; database=x; host=h; tls=verify_full",
        ),
        (
            "server://h/x?SSLMODE=DISABLE",
            "server; database=x; host=h; tls=off",
        ),
        (
            "server://h/x?tls=preferred",
            "server; database=x; host=h; tls=preferred",
        ),
        (
            "server://h/x?schema=public",
            "server; database=x; host=h; ignored schema",
        ),
        ("server://h/a%2Fb%20c", "server; database=a/b c; host=h"),
        (
            "server://a:1,b:2,c/x",
            "server; database=x; host=a; port=1; ignored 2 other hosts (the first is used)",
        ),
        (
            "host=a,b port=1,2 dbname=x",
            "server; database=x; host=a; port=1; ignored 1 other host (the first is used)",
        ),
        (
            "server://h/x?connect_timeout=0",
            "server; database=x; host=h; ignored connect_timeout (not a number from 1 to 600)",
        ),
        (
            r"host=h password='it\'s \\ here'",
            r"server; host=h; secret=it's \ here",
        ),
    ] {
        assert_eq!(gist(text), expected, "{text}");
    }
}

#[test]
fn passwords_that_nobody_encoded_are_still_passwords() {
    for password in [
        "p@ss",
        "p/w",
        "a?b",
        "a#b",
        "a:b",
        "p@s/s?w#d",
        "100%",
        "a=b&c=d@e",
    ] {
        let parsed = read(&format!("server://ro:{password}@db.example.net:5433/shop"));
        let secret = parsed.secret.expect("there is one");
        assert_eq!(secret.expose(), password, "the password is whole");
        assert_eq!(
            parsed.target.get(field::HOST),
            Some("db.example.net"),
            "{password}"
        );
        assert!(
            parsed.ignored.is_empty(),
            "nothing of {password} is left over"
        );
    }
    assert_eq!(
        gist("server://ro:p%40ss%2F@h/x"),
        "server; database=x; host=h; user=ro; secret=p@ss/"
    );
}

#[test]
fn files_are_read_in_every_common_form() {
    for (text, path) in [
        ("files:///shop.db", "shop.db"),
        ("files:////data/shop.db", "/data/shop.db"),
        ("files+driver:////data/shop.db", "/data/shop.db"),
        ("files:shop.db", "shop.db"),
        ("files:/data/shop.db", "/data/shop.db"),
        ("files://shop.db", "shop.db"),
        ("jdbc:files:/data/shop.db", "/data/shop.db"),
        ("file:./dev.db", "./dev.db"),
        ("file:dev.db", "dev.db"),
        ("file:/data/dev.db", "/data/dev.db"),
        ("file:///data/my%20shop.db", "/data/my shop.db"),
        ("file://localhost/data/dev.db", "/data/dev.db"),
        ("file:///C:/data/dev.db", "C:/data/dev.db"),
        ("files:///C:/data/dev.db", "C:/data/dev.db"),
        ("shop.db", "shop.db"),
        ("data/shop.FILES3", "data/shop.FILES3"),
        ("/data/shop", "/data/shop"),
        ("./shop", "./shop"),
        (r"C:\data\shop.bin", r"C:\data\shop.bin"),
        ("c:/data/shop.bin", "c:/data/shop.bin"),
        (r"\\server\share\shop.db", r"\\server\share\shop.db"),
        ("/data/100%25.db", "/data/100%25.db"),
    ] {
        assert_eq!(gist(text), format!("files; file={path}"), "{text}");
    }
    assert_eq!(
        gist("file:./dev.db?mode=ro"),
        "files; file=./dev.db; ignored mode"
    );
    assert_eq!(
        gist("files:a.db?connect_timeout=9"),
        "files; connect_timeout=9; file=a.db"
    );
}

#[test]
fn three_slashes_mean_the_root_where_only_that_file_exists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("there");
    std::fs::write(&path, "").unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(
        gist(&format!("files://{path}")),
        format!("files; file={path}"),
        "it is there"
    );
}

#[test]
fn what_cannot_be_used_is_refused_with_the_field() {
    for (text, at) in [
        ("", None),
        ("hello", None),
        ("other://h/x", None),
        ("server:h", None),
        ("host=h password='unended", None),
        ("a=b c", None),
        ("server://h:port/x", Some(field::PORT)),
        ("server://h:70000/x", Some(field::PORT)),
        ("server://h:0/x", Some(field::PORT)),
        ("server://[::1/x", Some(field::PORT)),
        ("server://h/x?sslmode=verify-fool", Some(field::TLS)),
        ("server://h/%00", Some(field::DATABASE)),
        ("server://h%0A/x", Some(field::HOST)),
        ("server://h/%ff", None),
        ("file://elsewhere/x.db", Some(field::FILE)),
        ("files::memory:", Some(field::FILE)),
    ] {
        let error = refused(text);
        assert_eq!(
            error.field.as_deref(),
            at,
            "{text} is refused at its field: {error}"
        );
        assert!(
            error.message.ends_with('.') && error.hint.ends_with('.'),
            "{text}: {error:?}"
        );
    }
}

#[test]
fn a_name_is_proposed() {
    for (text, name) in [
        ("server://u@db.example.net/shop", "shop"),
        ("server://db.example.net", "db"),
        ("server://10.0.0.4", "10.0.0.4"),
        ("server:///?host=/var/run", ""),
        ("/data/music shop.db", "music shop"),
        (r"C:\data\clinic.db", "clinic"),
        ("/data/.db", ".db"),
    ] {
        assert_eq!(read(text).name_hint, name, "{text}");
    }
}

#[test]
fn strings_are_written_in_one_form() {
    let server = Target::new("server")
        .with(field::HOST, "::1")
        .with(field::USER, "r@o");
    let server = server
        .with(field::PORT, "5433")
        .with(field::DATABASE, "größe/1");
    let server = server.with(field::TLS, "verify_full");
    let text = "server://r%40o@[::1]:5433/größe%2F1?sslmode=verify-full";
    assert_eq!(format(&SERVER, &server), text, "names stay readable");
    let socket = Target::new("server")
        .with(field::HOST, "/var/run")
        .with(field::PORT, "5433");
    assert_eq!(
        format(&SERVER, &socket),
        "server:///?host=/var/run&port=5433",
        "a socket's folder"
    );
    let file = Target::new("files").with(field::FILE, "/data/100% mine?.db");
    assert_eq!(
        format(&FILES, &file),
        "files:/data/100%25%20mine%3F.db",
        "a path"
    );
}

#[test]
fn a_target_is_checked_field_by_field() {
    let fields = |target: &Target| {
        let problems = validate(&SERVER, target);
        problems
            .into_iter()
            .map(|problem| problem.field)
            .collect::<Vec<_>>()
    };
    let good = Target::new("server").with(field::HOST, "h");
    assert!(fields(&good).is_empty(), "a host is enough");
    assert_eq!(
        fields(&Target::new("server")),
        [field::HOST],
        "without it, it is missing"
    );
    let bad = good
        .clone()
        .with(field::HOST, "two hosts")
        .with(field::PORT, "0")
        .with(field::TLS, "perhaps")
        .with(field::USER, "nu\0ll")
        .with(field::CONNECT_TIMEOUT, "+5")
        .with(field::PASSWORD, "never here")
        .with("colour", "red");
    let expected = [
        field::HOST,
        field::PORT,
        field::USER,
        field::TLS,
        field::CONNECT_TIMEOUT,
        "colour",
        field::PASSWORD,
    ];
    assert_eq!(
        fields(&bad),
        expected,
        "all at once, in the order of the form"
    );
    let told = format!("{:?}", validate(&SERVER, &bad));
    assert!(
        !told.contains("never here"),
        "and no value is repeated: {told}"
    );
}
