//! Starts test servers, prints where they are as `NAME=value` lines and then
//! `ready`, and ends them when its input closes or it is killed.
//!
//! `servers` starts all, `servers debian` or `servers wheel` that one. Each
//! line of input is an order: `stop` and `crash` are answered with `stopped`,
//! `start` with `ready`.
#![allow(clippy::print_stdout, reason = "its output is what it is run for")]

use std::io::{BufRead, Error, ErrorKind};

use db_studio_tests::{Build, Postgres};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut servers = Vec::new();
    for build in wanted()? {
        servers.push((build, Postgres::private(build).await));
    }
    for (build, server) in &servers {
        println!("{}={}", build.url_variable(), server.url("postgres"));
        if *build == Build::Debian {
            println!(
                "{}={}",
                build.authority_variable(),
                server.authority_file().display()
            );
        }
    }
    println!("ready");
    for order in std::io::stdin().lock().lines() {
        for (_, server) in &mut servers {
            match order.as_deref() {
                Ok("stop") => server.stop(),
                Ok("crash") => server.crash(),
                Ok("start") => server.start().await,
                _ => return Err(Error::new(ErrorKind::InvalidInput, "Unknown order.")),
            }
        }
        println!(
            "{}",
            if order?.as_str() == "start" {
                "ready"
            } else {
                "stopped"
            }
        );
    }
    Ok(())
}

fn wanted() -> std::io::Result<Vec<Build>> {
    let named = std::env::args().nth(1);
    match named.as_deref() {
        None => Ok(vec![Build::Debian, Build::Wheel]),
        Some("debian") => Ok(vec![Build::Debian]),
        Some("wheel") => Ok(vec![Build::Wheel]),
        Some(_) => Err(Error::new(
            ErrorKind::InvalidInput,
            "The servers are debian and wheel.",
        )),
    }
}
