//! The fields of a connection, and the parameters of connection strings that set them.

use model::connection::field;
use model::engine::{Choice, FieldGroup, FieldInput, FormField, UrlParameter};

/// The scheme of strings whose servers are listed in DNS.
pub(crate) const SRV_SCHEME: &str = "mongodb+srv";

/// The keys of the fields that only this engine has.
pub(crate) mod keys {
    pub(crate) const SRV_SERVICE: &str = "srv_service";
    pub(crate) const AUTH_SOURCE: &str = "auth_source";
    pub(crate) const AUTH_MECHANISM: &str = "auth_mechanism";
    pub(crate) const REPLICA_SET: &str = "replica_set";
    pub(crate) const DIRECT: &str = "direct_connection";
    pub(crate) const READ_PREFERENCE: &str = "read_preference";
    pub(crate) const CLIENT_CERTIFICATE: &str = "client_certificate";
    pub(crate) const SAMPLE_SIZE: &str = "sample_size";
    pub(crate) const SAMPLE_TIME: &str = "sample_time";
    pub(crate) const VALUE_HINTS: &str = "value_hints";
}

pub(super) const PARAMETERS: &[UrlParameter] = &[
    parameter("tls", field::TLS, TLS_SWITCH),
    parameter("ssl", field::TLS, TLS_SWITCH),
    parameter("tlsInsecure", field::TLS, INSECURE_SWITCH),
    parameter("tlsAllowInvalidCertificates", field::TLS, INSECURE_SWITCH),
    parameter("tlsCAFile", field::CA_FILE, &[]),
    parameter("tlsCertificateKeyFile", keys::CLIENT_CERTIFICATE, &[]),
    parameter("authSource", keys::AUTH_SOURCE, &[]),
    parameter("authMechanism", keys::AUTH_MECHANISM, MECHANISMS),
    parameter("replicaSet", keys::REPLICA_SET, &[]),
    parameter(
        "directConnection",
        keys::DIRECT,
        &[("true", "yes"), ("false", "no")],
    ),
    parameter("readPreference", keys::READ_PREFERENCE, PREFERENCES),
    parameter("srvServiceName", keys::SRV_SERVICE, &[]),
    parameter("sampleSize", keys::SAMPLE_SIZE, &[]),
];

const TLS_SWITCH: &[(&str, &str)] = &[("true", "verify-full"), ("false", "disable")];
const INSECURE_SWITCH: &[(&str, &str)] = &[("true", "insecure"), ("false", "")];

const MECHANISMS: &[(&str, &str)] = &[
    ("DEFAULT", ""),
    ("SCRAM-SHA-256", "scram-sha-256"),
    ("SCRAM-SHA-1", "scram-sha-1"),
    ("MONGODB-X509", "x509"),
    ("PLAIN", "plain"),
];

const PREFERENCES: &[(&str, &str)] = &[
    ("secondaryPreferred", "secondary-preferred"),
    ("secondary", "secondary"),
    ("primaryPreferred", "primary-preferred"),
    ("primary", "primary"),
    ("nearest", "nearest"),
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

const fn choice(value: &'static str, label: &'static str, help: &'static str) -> Choice {
    Choice { value, label, help }
}

/// A field of text in the first section, without help; others differ from it.
const PLAIN: FormField = FormField {
    key: "",
    label: "",
    help: "",
    placeholder: "",
    group: FieldGroup::Main,
    input: FieldInput::Text,
    required: false,
    default: "",
};

pub(super) const FORM: &[FormField] = &[
    FormField {
        key: field::SCHEME,
        label: "Servers",
        help: "Whether the host below is a server, or the name under which DNS lists them.",
        placeholder: "By name",
        input: FieldInput::Choice {
            choices: &[choice(
                SRV_SCHEME,
                "Listed in DNS",
                "The hosts that the SRV record of the one name below lists, as Atlas has it.",
            )],
        },
        ..PLAIN
    },
    FormField {
        key: field::HOST,
        label: "Host",
        help: "Name or address of the server; for a replica set several, joined by commas, each \
               with its port or without.",
        placeholder: "localhost",
        input: FieldInput::Hosts,
        default: "localhost",
        ..PLAIN
    },
    FormField {
        key: field::PORT,
        label: "Port",
        help: "Of each host that brings none of its own; servers listed in DNS bring theirs.",
        placeholder: "27017",
        input: FieldInput::Number {
            min: 1,
            max: 65_535,
        },
        default: "27017",
        ..PLAIN
    },
    FormField {
        key: field::USER,
        label: "User",
        help: "Leave it empty where the server knows no users.",
        ..PLAIN
    },
    FormField {
        key: field::PASSWORD,
        label: "Password",
        input: FieldInput::Password,
        ..PLAIN
    },
    FormField {
        key: field::DATABASE,
        label: "Database",
        help: "Leave it empty to read all databases that this user may see.",
        ..PLAIN
    },
    FormField {
        key: keys::AUTH_SOURCE,
        label: "Authentication database",
        help: "The database that holds the user; unless given, the database above or admin.",
        placeholder: "admin",
        ..PLAIN
    },
    FormField {
        key: keys::AUTH_MECHANISM,
        label: "Authentication",
        help: "Unless chosen, the best that the server offers for a password.",
        placeholder: "Automatic",
        input: FieldInput::Choice {
            choices: &[
                choice("scram-sha-256", "SCRAM-SHA-256", ""),
                choice("scram-sha-1", "SCRAM-SHA-1", ""),
                choice(
                    "x509",
                    "X.509",
                    "The client certificate under TLS signs in.",
                ),
                choice(
                    "plain",
                    "LDAP (PLAIN)",
                    "The password goes to the server as it is; use it with TLS only.",
                ),
            ],
        },
        ..PLAIN
    },
    FormField {
        key: keys::REPLICA_SET,
        label: "Replica set",
        help: "The name of the set; servers of another set are then refused.",
        ..PLAIN
    },
    FormField {
        key: keys::DIRECT,
        label: "Direct connection",
        help: "Whether to read from exactly this server, whatever set it belongs to.",
        input: FieldInput::Choice {
            choices: &[
                choice(
                    "no",
                    "All servers of its set",
                    "Under the names by which the set knows them.",
                ),
                choice("yes", "This server only", ""),
            ],
        },
        default: "no",
        ..PLAIN
    },
    FormField {
        key: keys::READ_PREFERENCE,
        label: "Read from",
        help: "Which servers of a set are read; a secondary spares the one that takes writes.",
        input: FieldInput::Choice {
            choices: &[
                choice("secondary-preferred", "Secondaries if there are any", ""),
                choice("secondary", "Secondaries only", ""),
                choice("primary-preferred", "The primary if there is one", ""),
                choice("primary", "The primary only", ""),
                choice("nearest", "Whichever is nearest", ""),
            ],
        },
        default: "secondary-preferred",
        ..PLAIN
    },
    FormField {
        key: keys::SRV_SERVICE,
        label: "SRV service",
        help: "The name of the service in DNS, where it is not mongodb.",
        placeholder: "mongodb",
        ..PLAIN
    },
    FormField {
        key: field::TLS,
        label: "TLS",
        help: "Unless chosen: verified in full, or none on this machine.",
        placeholder: "Automatic",
        group: FieldGroup::Tls,
        input: FieldInput::Choice {
            choices: &[
                choice(
                    "verify-full",
                    "Verify identity",
                    "Encrypted, and the certificate must be for this host and from a trusted authority.",
                ),
                choice(
                    "insecure",
                    "Encrypt without verifying",
                    "Encrypted, but anybody in between could pose as the server.",
                ),
                choice("disable", "Off", "Everything is sent in the clear."),
            ],
        },
        ..PLAIN
    },
    FormField {
        key: field::CA_FILE,
        label: "Certificate authority",
        help: "A file in PEM form with the authorities to trust instead of the public ones.",
        placeholder: "/path/to/ca.pem",
        group: FieldGroup::Tls,
        input: FieldInput::File,
        ..PLAIN
    },
    FormField {
        key: keys::CLIENT_CERTIFICATE,
        label: "Client certificate",
        help: "A file in PEM form with our certificate and its unencrypted key.",
        placeholder: "/path/to/client.pem",
        group: FieldGroup::Tls,
        input: FieldInput::File,
        ..PLAIN
    },
    seconds(
        field::CONNECT_TIMEOUT,
        "Connect timeout",
        "Seconds to reach a server and sign in.",
        "8",
        600,
    ),
    seconds(
        field::STATEMENT_TIMEOUT,
        "Command timeout",
        "Seconds after which the server itself stops a command.",
        "30",
        3600,
    ),
    FormField {
        key: keys::SAMPLE_SIZE,
        label: "Sample size",
        help: "Documents of each collection that are looked at for its fields; 0 for none. The \
               server counts names and types, whole documents stay there; of an array its first \
               1,000 elements are looked at.",
        placeholder: "1000",
        group: FieldGroup::Limits,
        input: FieldInput::Number {
            min: 0,
            max: 100_000,
        },
        default: "1000",
        ..PLAIN
    },
    seconds(
        keys::SAMPLE_TIME,
        "Sample time limit",
        "Seconds after which the server stops looking at the documents of a collection.",
        "20",
        3600,
    ),
    FormField {
        key: keys::VALUE_HINTS,
        label: "Value hints",
        help: "The least and greatest values that are kept of a field; never of one whose name \
               looks like a secret.",
        group: FieldGroup::Limits,
        input: FieldInput::Choice {
            choices: &[
                choice("numbers", "Numbers and dates", ""),
                choice(
                    "all",
                    "Short texts too",
                    "Texts of up to 40 characters are kept in the catalogue on this machine.",
                ),
                choice("none", "None", ""),
            ],
        },
        default: "numbers",
        ..PLAIN
    },
];

const fn seconds(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    default: &'static str,
    max: u32,
) -> FormField {
    FormField {
        key,
        label,
        help,
        placeholder: default,
        group: FieldGroup::Limits,
        input: FieldInput::Number { min: 1, max },
        default,
        ..PLAIN
    }
}
