//! Starts one server of each kind that the window has not met yet, puts a small shop
//! into it and prints where it is as `NAME=url` lines and then `ready`. The servers
//! end when its input closes or it is killed.
#![allow(clippy::print_stdout, reason = "its output is what it is run for")]

use std::io::{Read as _, stdin};

use db_studio_tests::{MongoDb, MySql};
use mongodb::bson::doc;

const SHOP: &str = "
    CREATE TABLE customers (id integer PRIMARY KEY, email varchar(80) NOT NULL UNIQUE);
    CREATE TABLE orders (
        id integer PRIMARY KEY AUTO_INCREMENT,
        customer_id integer NOT NULL,
        total decimal(12, 2) NOT NULL CHECK (total >= 0),
        CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
    ) COMMENT = 'What was ordered.';
    CREATE VIEW open_orders AS SELECT id, total FROM orders;
    CREATE PROCEDURE close_all (IN why text) COMMENT 'At night' SELECT why;";

#[tokio::main]
async fn main() {
    let mariadb = MySql::shared_mariadb().await.fresh_database(SHOP).await;
    println!("MARIADB={}", mariadb.url);
    let mysql = MySql::shared_mysql().await.fresh_database(SHOP).await;
    println!("MYSQL={}", mysql.url);
    let mongodb = MongoDb::shared().await.fresh_database().await;
    let deliveries = (0..2500_i32).map(|n| {
        let mut delivery = doc! {
            "_id": n,
            "status": if n % 3 == 0 { "new" } else { "sent" },
            "customer": { "name": format!("Customer {n}"), "email": format!("{n}@example.org") },
            "parcels": [{ "barcode": format!("B{n}"), "weightKg": f64::from(n) / 7.0 }],
        };
        if n % 3 == 0 {
            delivery.insert("legacyRef", n);
        }
        delivery
    });
    mongodb.insert("deliveries", deliveries).await;
    println!("MONGODB={}", mongodb.url);
    println!("ready");
    let mut orders = Vec::new();
    // Whatever ends the input ends the servers.
    let _ = stdin().read_to_end(&mut orders);
}
