//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use model::ObjectKind;

use crate::folder;

/// Every database you live with, catalogued on your own disk.
///
/// Without a command, opens the window.
#[derive(Debug, Parser)]
#[command(name = "db-studio", version, disable_help_subcommand = true)]
#[command(after_help = "Exit codes: 0 done, 1 the server or the sync failed, 2 wrong usage.")]
pub(super) struct Args {
    /// Folder of catalogue and vaults
    #[arg(long, global = true, value_name = "DIR", env = folder::VARIABLE)]
    pub(super) data_dir: Option<PathBuf>,

    /// Write JSON: results on stdout, errors on stderr
    #[arg(long, global = true)]
    pub(super) json: bool,

    /// Who signs in, for the commands that need a user
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) user: Option<String>,

    /// Read the passphrase from the first line of stdin
    #[arg(long, global = true)]
    pub(super) passphrase_stdin: bool,

    /// Go on in the tray with what stdin holds
    #[arg(long, hide = true)]
    pub(super) in_tray: bool,

    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Test a connection stage by stage, without signing in
    Test(Server),
    /// Read a schema and print it, without signing in or keeping anything
    Inspect(Inspect),
    #[command(flatten)]
    Account(Account),
    /// Make a throw-away user, read the sample database and print it
    #[command(hide = true)]
    Demo,
    /// Make a throw-away user with one connection and do what each line of input says
    #[command(hide = true)]
    Measure,
    /// Write the TypeScript of all commands and events
    #[command(hide = true)]
    Bindings {
        /// Only compare
        #[arg(long)]
        check: bool,
    },
}

/// What needs a user.
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// List the connections of a user
    Connections,
    /// Read a connection's schema into the catalogue
    Sync {
        /// The connection's name
        connection: String,
        /// Read everything again, also what is known to be as it was
        #[arg(long)]
        full: bool,
    },
    /// Print what the catalogue holds of a connection; its server is not asked
    Tree {
        /// The connection's name
        connection: String,
        /// Only this object, as names joined by dots: shop.public.orders
        path: Option<String>,

        /// In folders with counts, as the window shows it, without facts
        #[arg(long)]
        folders: bool,
    },
    /// Print all that the catalogue holds of one object; its server is not asked
    Show(Place),
    /// Print the statement that makes an object; its server may be asked once
    Definition(Place),
    /// Print the statements that the last sync sent
    Statements {
        /// The connection's name
        connection: String,
    },
    /// Check a database for damage; reads all of it and may take long
    Verify {
        /// The connection's name
        connection: String,
        /// The database, where there are several
        database: Option<String>,
    },
}

/// An object of a connection.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// The connection's name
    pub(super) connection: String,

    /// Names joined by dots: shop.public.orders
    pub(super) path: String,

    /// What it is, where several kinds share a name: index, unique, function
    #[arg(long, value_parser = kind)]
    pub(super) kind: Option<ObjectKind>,
}

fn kind(name: &str) -> Result<ObjectKind, String> {
    ObjectKind::parse(&name.replace(['-', ' '], "_")).ok_or_else(|| {
        let known: Vec<_> = ObjectKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("known are {}", known.join(", "))
    })
}

#[derive(clap::Args)]
pub(super) struct Server {
    /// Connection string or database file; DATABASE_URL when it is left out
    pub(super) url: Option<String>,

    /// Read the password from the first line of stdin
    #[arg(long)]
    pub(super) password_stdin: bool,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("password_stdin", &self.password_stdin)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Inspect {
    #[command(flatten)]
    pub(super) server: Server,

    /// How it is written
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,

    /// Also what belongs to the server itself
    #[arg(long)]
    pub(super) system: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One object a line, indented
    Outline,
    /// The whole tree
    Json,
    /// How many objects of each kind: kind, tab, number
    Counts,
}
