//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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

    /// Who signs in, for connections, sync and tree
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) user: Option<String>,

    /// Read the passphrase from the first line of stdin
    #[arg(long, global = true)]
    pub(super) passphrase_stdin: bool,

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
    },
    /// Print what the catalogue holds of a connection; its server is not asked
    Tree {
        /// The connection's name
        connection: String,
        /// Only this object, as names joined by dots: shop.public.orders
        path: Option<String>,
    },
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
