//! MongoDB servers of the support.

use std::net::TcpStream;
use std::time::Duration;

use ::mongodb::Client;
use ::mongodb::bson::{Document, doc};
use ::mongodb::options::ClientOptions;
use db_studio_tests::MongoDb;
use db_studio_tests::mongodb::Setup;

#[tokio::test]
async fn each_test_has_databases_of_its_own_on_mongodb() {
    for server in [MongoDb::shared().await, MongoDb::shared_secured().await] {
        let database = server.fresh_database().await;
        database.insert("things", [doc! {"a": 1}]).await;
        let second = format!("{}-2", database.name);
        let second = database.client().database(&second);
        second
            .collection("more")
            .insert_one(doc! {"b": 2})
            .await
            .expect("a test may have further databases");
        let name = database.name.clone();
        drop(database);
        let left = server.client().await.list_database_names().await;
        let left = left.expect("the superuser sees all databases");
        assert!(
            !left.iter().any(|database| database.starts_with(&name)),
            "nothing is left behind: {left:?}"
        );
    }
}

#[tokio::test]
async fn a_secured_mongodb_admits_its_users_over_tls_only() {
    let server = MongoDb::shared_secured().await;
    let database = server.fresh_database().await;
    database.insert("things", [doc! {"a": 1}]).await;
    let account = database.account(vec!["read".into()]).await;
    let things = |url: String| {
        let name = database.name.clone();
        async move {
            let mut options = ClientOptions::parse(url).await?;
            options.server_selection_timeout = Some(Duration::from_secs(2));
            let database = Client::with_options(options)?.database(&name);
            database
                .collection::<Document>("things")
                .find_one(doc! {})
                .await
        }
    };
    let found = things(database.url_as(&account)).await;
    assert!(
        matches!(found, Ok(Some(_))),
        "the user may read over a verified link: {found:?}"
    );
    let found = things(database.url_with_wrong_password(&account)).await;
    assert!(found.is_err(), "the password is checked");
    let plain = database.url_as(&account).replace("tls=true", "tls=false");
    let (plain, _) = plain
        .split_once("&tlsCAFile")
        .expect("the URL names the authority");
    let found = things(plain.to_owned()).await;
    assert!(found.is_err(), "there is no way in without TLS");
}

#[tokio::test]
async fn a_private_mongodb_stops_and_starts_with_its_data() {
    for setup in [Setup::Open, Setup::Secured] {
        let mut server = MongoDb::private(setup).await;
        let database = server.fresh_database().await;
        database.insert("things", [doc! {"a": 1}]).await;
        server.stop();
        let address = (server.host(), server.port());
        assert!(TcpStream::connect(address).is_err(), "it does not answer");
        server.start().await;
        let things = server.client().await.database(&database.name);
        let things = things.collection::<Document>("things");
        let count = things.count_documents(doc! {}).await;
        assert_eq!(count.ok(), Some(1), "its data is there again");
        server.crash();
        server.start().await;
    }
}
