//! From a target to an open session: find the servers, reach one, sign in.

mod probe;

use std::sync::Arc;

use bson::{Document, doc};
use engine::dial::{Dialer, Endpoint, Opening, Proxy};
use engine::{EngineError, OpContext, TlsProblem};
use model::{Secret, Target};
use mongodb::Client;
use mongodb::event::EventHandler;
use mongodb::options::{ClientOptions, Socks5Proxy};

use crate::ask::Ear;
use crate::discovery::{Discovery, Verdict};
use crate::error;
use crate::server::Server;
use crate::session::MongoSession;
use crate::settings::Settings;
use crate::variant::Facts;

/// Opens a session.
pub(crate) async fn open(
    target: &Target,
    secret: Option<&Secret>,
    cx: &OpContext,
) -> Result<MongoSession, EngineError> {
    let settings = Arc::new(Settings::read(target, secret).await?);
    let cx = cx.within(settings.connect_timeout);
    let mut found = None;
    let mut first = None;
    let seeds = async {
        let (options, seeds) = settings.options().await?;
        first = seeds.first().cloned();
        found = Some(options);
        Ok(seeds)
    };
    let proxy = Dialer::proxy(seeds, settings.connect_timeout, &cx).await?;
    let options = found.unwrap_or_default();
    let opening = Opening::through(&proxy, settings.tls(), &cx);
    match enter(options, &proxy, &settings, first.as_ref(), &cx).await {
        Ok((client, ear, facts)) => {
            let user = facts.user.as_ref();
            opening.passed(Some(match user {
                Some(user) => format!("as {user}"),
                None => "without a user".to_owned(),
            }));
            Ok(MongoSession::new(Server::new(
                client, proxy, ear, facts, settings,
            )))
        }
        Err(error) => {
            let error = probe::look_closer(error, &proxy, &settings, first.as_ref()).await;
            opening.failed(&error);
            Err(error)
        }
    }
}

async fn enter(
    mut options: ClientOptions,
    proxy: &Proxy,
    settings: &Settings,
    first: Option<&Endpoint>,
    cx: &OpContext,
) -> Result<(Client, Arc<Ear>, Facts), EngineError> {
    let discovery = Arc::new(Discovery::default());
    let ear = Arc::new(Ear::default());
    ear.belongs_to(cx.observer());
    let door = Socks5Proxy::builder()
        .host("127.0.0.1")
        .port(proxy.port())
        .authentication((proxy.user().to_owned(), proxy.password().to_owned()))
        .build();
    options.socks5_proxy = Some(door);
    let told = Arc::clone(&discovery);
    options.sdam_event_handler = Some(EventHandler::callback(move |event| told.tell(event)));
    let heard = Arc::clone(&ear);
    options.command_event_handler = Some(EventHandler::callback(move |event| heard.tell(event)));
    let connecting = |failure: &mongodb::error::Error| {
        error::connecting(failure, settings, &proxy.stamps(), proxy.take_failure())
    };
    let client = Client::with_options(options).map_err(|failure| connecting(&failure))?;
    let what = format!("sign in to {}", settings.address());
    let entered = cx
        .guard(&what, async {
            let hello = tokio::select! {
                hello = hello(&client, settings) => hello.map_err(|failure| {
                    // What the servers say of themselves tells more than the driver.
                    match discovery.verdict(settings) {
                        Some(Verdict::Refused(refused)) => refused,
                        _ => connecting(&failure),
                    }
                })?,
                () = probe::answers_in_the_clear(proxy, settings, first) => {
                    return Err(EngineError::Tls {
                        address: settings.address(),
                        problem: TlsProblem::NotOffered,
                        detail: "It is silent to a secure greeting and answers a plain one."
                            .to_owned(),
                    });
                }
                verdict = discovery.hopeless(settings) => {
                    return Err(match verdict {
                        Verdict::Failed(failure) => connecting(&failure),
                        Verdict::Refused(refused) => refused,
                    });
                }
            };
            let build = ask(&client, settings, doc! { "buildInfo": 1 })
                .await
                .unwrap_or_default();
            let mut facts = Facts::of(&hello, &build, settings.address());
            if let Some((user, database)) = who(&client, settings).await {
                facts.user = Some(user);
                facts.user_database = database;
            }
            facts.database = settings.database.clone().unwrap_or_default();
            Ok(facts)
        })
        .await;
    match entered {
        Ok(facts) => Ok((client, ear, facts)),
        Err(error) => {
            // What the driver has begun in the background ends with it.
            tokio::spawn(client.shutdown().immediate(true).into_future());
            Err(error)
        }
    }
}

/// Says hello over a connection that has signed in.
async fn hello(client: &Client, settings: &Settings) -> Result<Document, mongodb::error::Error> {
    match ask(client, settings, doc! { "hello": 1 }).await {
        // Servers before 4.4.2 know it by its old name only.
        Err(failure) if error::code_of(&failure) == Some(error::code::COMMAND_NOT_FOUND) => {
            ask(client, settings, doc! { "isMaster": 1 }).await
        }
        said => said,
    }
}

/// Who has signed in, and in which database that user is defined.
async fn who(client: &Client, settings: &Settings) -> Option<(String, String)> {
    let status = ask(client, settings, doc! { "connectionStatus": 1 })
        .await
        .ok()?;
    let users = status
        .get_document("authInfo")
        .and_then(|info| info.get_array("authenticatedUsers"));
    let user = users.ok()?.first()?.as_document()?;
    let database = user.get_str("db").unwrap_or_default();
    Some((user.get_str("user").ok()?.to_owned(), database.to_owned()))
}

async fn ask(
    client: &Client,
    settings: &Settings,
    command: Document,
) -> Result<Document, mongodb::error::Error> {
    client
        .database("admin")
        .run_command(command)
        .selection_criteria(settings.criteria())
        .await
}
