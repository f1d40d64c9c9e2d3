//! Starts the shared servers of a test run, prints where they are as
//! `NAME=value` lines and then `ready`, and ends them when its input closes.
#![allow(clippy::print_stdout, reason = "its output is what it is run for")]

use std::io::Read;

use db_studio_tests::{Build, Postgres};

fn main() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let (debian, wheel) = runtime.block_on(async {
        tokio::join!(
            Postgres::private(Build::Debian),
            Postgres::private(Build::Wheel)
        )
    });
    for (build, server) in [(Build::Debian, &debian), (Build::Wheel, &wheel)] {
        println!("{}={}", build.url_variable(), server.url("postgres"));
    }
    println!(
        "{}={}",
        Build::Debian.authority_variable(),
        debian.authority_file().display()
    );
    println!("ready");
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
