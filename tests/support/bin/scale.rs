//! Makes schemas of any size, counts what a place holds, reads a file as leanly as can be,
//! and stands as a far link before a server: what the benchmark does in Rust.
//!
//! `scale make ENGINE PLACE SIZE`, `scale run ENGINE PLACE SQL`, `scale count ENGINE PLACE`,
//! `scale kept CATALOGUE CONNECTION flat|placed`, `scale raw FILE`, `scale far HOST PORT
//! MILLISECONDS`; a place is a URL or a file. `far` prints its port, and at each line of input how many connections and
//! round trips there were.
#![allow(
    clippy::print_stdout,
    clippy::panic,
    reason = "its output is what it is run for"
)]

use std::io::{BufRead, stdin};
use std::path::Path;
use std::time::Duration;

use db_studio_tests::proxy::Proxy;
use db_studio_tests::scale::shapes::{self, Shape, Step};
use db_studio_tests::scale::{self, Counts, Size};
use sqlx::Connection;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["make", engine, place, size] => {
            if let Some(size) = Size::parse(size) {
                make(engine, place, size).await;
            } else if let Some(shape) = Shape::parse(size) {
                make_shape(engine, place, shape).await;
            } else {
                panic!("There is no size or shape {size}.");
            }
        }
        ["run", engine, place, sql] => run(engine, place, sql).await,
        ["count", engine, place] => print(&count(engine, place).await),
        ["kept", file, connection, form] => {
            print(&scale::kept(Path::new(file), connection, form == "flat"));
        }
        ["raw", file] => println!("{}", scale::raw_sqlite(Path::new(file))),
        ["far", host, port, millis] => far(host, number(port), u64::from(number(millis))),
        _ => panic!("Wrong arguments: see the head of tests/support/bin/scale.rs."),
    }
}

async fn make(engine: &str, place: &str, size: Size) {
    match engine {
        "postgres" => scale::make_postgres(&mut postgres(place).await, size).await,
        "mariadb" => scale::make_mariadb(&mut mariadb(place).await, size).await,
        "sqlite" => scale::make_sqlite(Path::new(place), size),
        _ => panic!("There is no engine {engine}."),
    }
}

async fn make_shape(engine: &str, place: &str, shape: Shape) {
    let steps = match engine {
        "postgres" => shapes::on_postgres(shape),
        "mariadb" => shapes::on_mariadb(shape),
        _ => shapes::on_sqlite(shape),
    };
    // Of those in one database many together, as the products like it best.
    let (here, elsewhere): (Vec<Step>, _) =
        steps.into_iter().partition(|step| step.database.is_none());
    for some in here.chunks(200) {
        let sql: String = some.iter().map(|step| step.sql.as_str()).collect();
        run(engine, place, &sql).await;
    }
    for Step { database, sql } in elsewhere {
        let database = database.unwrap_or_default();
        run(engine, place, &format!("CREATE DATABASE {database}")).await;
        run(engine, &in_database(place, &database), &sql).await;
    }
}

/// The URL of another database of the same server.
fn in_database(place: &str, database: &str) -> String {
    let host = place.find("://").map_or(0, |at| at + 3);
    let path = place[host..].find('/').map_or(place.len(), |at| host + at);
    let settings = place.find('?').map_or("", |at| &place[at..]);
    format!("{}/{database}{settings}", &place[..path])
}

async fn run(engine: &str, place: &str, sql: &str) {
    match engine {
        "postgres" => db_studio_tests::postgres::execute(&mut postgres(place).await, sql).await,
        "mariadb" => db_studio_tests::mysql::execute(&mut mariadb(place).await, sql).await,
        "sqlite" => rusqlite::Connection::open(place)
            .and_then(|file| file.execute_batch(sql))
            .unwrap_or_else(|error| panic!("{place} refused: {error}.")),
        _ => panic!("There is no engine {engine}."),
    }
}

async fn count(engine: &str, place: &str) -> Counts {
    match engine {
        "postgres" => {
            let mut all = Counts::new();
            for place in databases(place).await {
                let of_one = scale::postgres(&mut postgres(&place).await).await;
                scale::add_up(&mut all, of_one);
            }
            all
        }
        "mariadb" => scale::mariadb(&mut mariadb(place).await).await,
        "sqlite" => scale::sqlite(Path::new(place)),
        _ => panic!("There is no engine {engine}."),
    }
}

/// The database that a URL of PostgreSQL names, or all where it names none.
async fn databases(place: &str) -> Vec<String> {
    let path = place.rsplit('/').next().unwrap_or_default();
    if !path.is_empty() && !path.starts_with('?') {
        return vec![place.to_owned()];
    }
    let mut any = postgres(&in_database(place, "postgres")).await;
    let all = "SELECT datname::text FROM pg_database WHERE NOT datistemplate";
    let names: Vec<String> = sqlx::query_scalar(all)
        .fetch_all(&mut any)
        .await
        .expect("PostgreSQL lists its databases");
    names.iter().map(|name| in_database(place, name)).collect()
}

async fn postgres(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().expect("the URL is one of PostgreSQL");
    PgConnection::connect_with(&options.ssl_mode(PgSslMode::Disable))
        .await
        .expect("PostgreSQL answers")
}

async fn mariadb(url: &str) -> MySqlConnection {
    let options: MySqlConnectOptions = url.parse().expect("the URL is one of MariaDB");
    MySqlConnection::connect_with(&options.ssl_mode(MySqlSslMode::Disabled))
        .await
        .expect("MariaDB answers")
}

fn print(counts: &Counts) {
    let text = serde_json::to_string(counts).expect("numbers become JSON");
    println!("{text}");
}

fn far(host: &str, port: u16, one_way: u64) {
    let proxy = Proxy::to(host, port);
    proxy.delay(Duration::from_millis(one_way));
    println!("{}", proxy.port());
    for _order in stdin().lock().lines() {
        println!("{} {}", proxy.connections(), proxy.round_trips());
    }
}

fn number(text: &str) -> u16 {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no small number."))
}
