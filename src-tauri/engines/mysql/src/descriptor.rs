//! What MySQL and MariaDB declare about themselves: form, stages, kinds.

mod kinds;

use model::Stage;
use model::connection::field;
use model::engine::{Choice, EngineDescriptor, FieldGroup, FieldInput, FormField, UrlParameter};

pub(crate) static DESCRIPTOR: EngineDescriptor = EngineDescriptor {
    id: "mysql",
    label: "MySQL",
    schemes: &["mysql", "mariadb"],
    file_extensions: &[],
    parameters: PARAMETERS,
    form: FORM,
    stages: &[
        Stage::Parse,
        Stage::Resolve,
        Stage::Connect,
        Stage::Tls,
        Stage::SignIn,
        Stage::ServerVersion,
        Stage::Privileges,
    ],
    kinds: kinds::KINDS,
    environment: &[],
};

/// The names that the servers' own clients, JDBC, Go, PHP and Node.js use.
const PARAMETERS: &[UrlParameter] = &[
    parameter("host", field::HOST, &[]),
    parameter("socket", field::HOST, &[]),
    parameter("unix_socket", field::HOST, &[]),
    parameter("port", field::PORT, &[]),
    parameter("user", field::USER, &[]),
    parameter("database", field::DATABASE, &[]),
    parameter("dbname", field::DATABASE, &[]),
    parameter("ssl-mode", field::TLS, TLS_MODES),
    parameter("sslmode", field::TLS, TLS_MODES),
    parameter("ssl_mode", field::TLS, TLS_MODES),
    parameter("tls", field::TLS, TLS_SWITCH),
    parameter("ssl", field::TLS, TLS_SWITCH),
    parameter("usessl", field::TLS, TLS_SWITCH),
    parameter("ssl-ca", field::CA_FILE, &[]),
    parameter("ssl_ca", field::CA_FILE, &[]),
    parameter("sslca", field::CA_FILE, &[]),
    parameter("connect_timeout", field::CONNECT_TIMEOUT, &[]),
    parameter("statement_timeout", field::STATEMENT_TIMEOUT, &[]),
];

const TLS_MODES: &[(&str, &str)] = &[
    ("disabled", "disable"),
    ("disable", "disable"),
    ("preferred", "prefer"),
    ("prefer", "prefer"),
    ("required", "require"),
    ("require", "require"),
    ("trust", "require"),
    ("verify_ca", "verify-ca"),
    ("verify-ca", "verify-ca"),
    ("verify_identity", "verify-full"),
    ("verify-full", "verify-full"),
];

const TLS_SWITCH: &[(&str, &str)] = &[
    ("true", "verify-full"),
    ("1", "verify-full"),
    ("false", "disable"),
    ("0", "disable"),
    ("skip-verify", "require"),
    ("preferred", "prefer"),
];

const fn parameter(
    name: &'static str,
    field: &'static str,
    values: &'static [(&'static str, &'static str)],
) -> UrlParameter {
    UrlParameter {
        name,
        field,
        values,
    }
}

const FORM: &[FormField] = &[
    FormField {
        key: field::HOST,
        label: "Host",
        help: "Name or address of the server, or the path of its Unix socket.",
        placeholder: "localhost",
        group: FieldGroup::Main,
        input: FieldInput::Text,
        required: false,
        default: "localhost",
    },
    FormField {
        key: field::PORT,
        label: "Port",
        help: "",
        placeholder: "3306",
        group: FieldGroup::Main,
        input: FieldInput::Number {
            min: 1,
            max: 65_535,
        },
        required: false,
        default: "3306",
    },
    FormField {
        key: field::USER,
        label: "User",
        help: "",
        placeholder: "root",
        group: FieldGroup::Main,
        input: FieldInput::Text,
        required: false,
        default: "root",
    },
    FormField {
        key: field::PASSWORD,
        label: "Password",
        help: "",
        placeholder: "",
        group: FieldGroup::Main,
        input: FieldInput::Password,
        required: false,
        default: "",
    },
    FormField {
        key: field::DATABASE,
        label: "Database",
        help: "Leave it empty to read all databases of the server.",
        placeholder: "",
        group: FieldGroup::Main,
        input: FieldInput::Text,
        required: false,
        default: "",
    },
    FormField {
        key: field::TLS,
        label: "TLS",
        help: "Unless chosen: verified in full, or what the server offers on this machine.",
        placeholder: "Automatic",
        group: FieldGroup::Tls,
        input: FieldInput::Choice {
            choices: TLS_CHOICES,
        },
        required: false,
        default: "",
    },
    FormField {
        key: field::CA_FILE,
        label: "Certificate authority",
        help: "A file in PEM form with authorities to trust besides the system's.",
        placeholder: "/path/to/ca.pem",
        group: FieldGroup::Tls,
        input: FieldInput::File,
        required: false,
        default: "",
    },
    FormField {
        key: field::CONNECT_TIMEOUT,
        label: "Connect timeout",
        help: "Seconds to reach the server and sign in.",
        placeholder: "8",
        group: FieldGroup::Limits,
        input: FieldInput::Number { min: 1, max: 600 },
        required: false,
        default: "8",
    },
    FormField {
        key: field::STATEMENT_TIMEOUT,
        label: "Statement timeout",
        help: "Seconds after which the server itself stops a statement.",
        placeholder: "30",
        group: FieldGroup::Limits,
        input: FieldInput::Number { min: 1, max: 3600 },
        required: false,
        default: "30",
    },
];

/// What the driver really offers.
const TLS_CHOICES: &[Choice] = &[
    Choice {
        value: "verify-full",
        label: "Verify identity",
        help: "The certificate must be signed by a trusted authority and name this host.",
    },
    Choice {
        value: "verify-ca",
        label: "Verify authority",
        help: "The certificate must be signed by a trusted authority; the host is not checked.",
    },
    Choice {
        value: "require",
        label: "Require",
        help: "The link is encrypted, but nobody checks who is at the other end.",
    },
    Choice {
        value: "prefer",
        label: "Prefer",
        help: "The link is encrypted if the server offers it, and nothing is checked.",
    },
    Choice {
        value: "disable",
        label: "Off",
        help: "Nothing is encrypted.",
    },
];
