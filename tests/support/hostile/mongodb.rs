//! A server in MongoDB's protocol whose answers a test writes down: for what no test
//! server shows (replica sets, shards, old versions) and for what none should say.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use ::mongodb::bson::{Bson, DateTime, Document, doc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::background::Background;

const REPLY: i32 = 1;
const QUERY: i32 = 2004;
const MESSAGE: i32 = 2013;
const LONGEST: usize = 48 * 1000 * 1000;

/// What a server says to one command.
#[derive(Clone, Debug)]
pub enum Answer {
    /// This document; `ok: 1` is added where it says nothing of it.
    Say(Document),
    /// These bytes, whatever they are.
    Bytes(Vec<u8>),
    /// Nothing, and the connection stays open.
    Hang,
    /// Nothing, and the connection is closed.
    Close,
}

/// A server on a loopback port that answers commands from a list.
pub struct Scripted {
    listener: Background,
    lines: Lines,
    heard: Arc<Mutex<Vec<Document>>>,
}

/// What is left to say to each command; the last answer is said again and again.
type Lines = Arc<Mutex<HashMap<String, Vec<Answer>>>>;

impl Scripted {
    /// A server that greets with `hello` and answers each command with what is written
    /// for its name; several answers to one command are given one after the other, and
    /// a command without any is unknown (59).
    pub fn answering<'a>(
        hello: Document,
        answers: impl IntoIterator<Item = (&'a str, Answer)>,
    ) -> Self {
        let mut lines = greetings(hello);
        lines.insert("ping".to_owned(), vec![Answer::Say(doc! {})]);
        lines.insert("endSessions".to_owned(), vec![Answer::Say(doc! {})]);
        for (command, answer) in answers {
            lines.entry(command.to_owned()).or_default().push(answer);
        }
        let (lines, heard) = (Arc::new(Mutex::new(lines)), Arc::<Mutex<_>>::default());
        let (script, memory) = (Arc::clone(&lines), Arc::clone(&heard));
        let listener = Background::listen(move |stream| {
            let (script, memory) = (Arc::clone(&script), Arc::clone(&memory));
            async move {
                // A client that has gone away ends the play; that is its right.
                let _gone = converse(stream, &script, &memory).await;
            }
        });
        Self {
            listener,
            lines,
            heard,
        }
    }

    /// Greets with `hello` from now on: members of a set name each other's addresses,
    /// which they have once they listen.
    pub fn greet(&self, hello: Document) {
        self.lines.lock().unwrap().extend(greetings(hello));
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// The port the server listens on.
    pub fn port(&self) -> u16 {
        self.address().port()
    }

    /// The URL of the server, with `options` such as `directConnection=true`.
    pub fn url(&self, options: &str) -> String {
        format!("mongodb://{}/?{options}", self.address())
    }

    /// The commands of this name that clients have sent so far.
    pub fn heard(&self, command: &str) -> Vec<Document> {
        let heard = self.heard.lock().unwrap();
        let named = |said: &&Document| said.keys().next().is_some_and(|name| name == command);
        heard.iter().filter(named).cloned().collect()
    }
}

/// The greeting of a server on its own, of the version with this wire protocol
/// (8 is MongoDB 4.2, 21 is 7.0, 25 is 8.0).
pub fn standalone(wire_version: i32) -> Document {
    doc! {
        "isWritablePrimary": true,
        "ismaster": true,
        "maxBsonObjectSize": 16_777_216,
        "maxMessageSizeBytes": 48_000_000,
        "maxWriteBatchSize": 100_000,
        "localTime": DateTime::from_millis(0),
        "logicalSessionTimeoutMinutes": 30,
        "connectionId": 1,
        "minWireVersion": 0,
        "maxWireVersion": wire_version,
        "readOnly": false,
    }
}

/// The greeting of a router in front of shards.
pub fn router(wire_version: i32) -> Document {
    let mut hello = standalone(wire_version);
    hello.insert("msg", "isdbgrid");
    hello
}

/// The greeting of the primary of a replica set that has these members.
pub fn primary(set: &str, members: &[SocketAddr], me: SocketAddr) -> Document {
    let mut hello = member(set, members, me);
    hello.insert("primary", me.to_string());
    hello.insert("secondary", false);
    hello
}

/// The greeting of a secondary of a replica set that has these members and, where it
/// has no primary, cannot be written to.
pub fn secondary(set: &str, members: &[SocketAddr], me: SocketAddr) -> Document {
    let mut hello = member(set, members, me);
    hello.insert("isWritablePrimary", false);
    hello.insert("ismaster", false);
    hello.insert("secondary", true);
    hello
}

/// The answer of a server that refuses a command.
pub fn refusal(code: i32, name: &str, message: &str) -> Answer {
    Answer::Say(doc! {"ok": 0, "code": code, "codeName": name, "errmsg": message})
}

/// The answer with all that a cursor has.
pub fn all_of(namespace: &str, documents: Vec<Document>) -> Answer {
    let batch: Vec<Bson> = documents.into_iter().map(Bson::from).collect();
    Answer::Say(doc! {"cursor": {"id": 0_i64, "ns": namespace, "firstBatch": batch}})
}

/// The answer with the beginning of a cursor that never ends.
pub fn beginning_of(namespace: &str, documents: Vec<Document>) -> Answer {
    let batch: Vec<Bson> = documents.into_iter().map(Bson::from).collect();
    Answer::Say(doc! {"cursor": {"id": 7_i64, "ns": namespace, "firstBatch": batch}})
}

/// The further answers of that cursor, to `getMore`.
pub fn more_of(namespace: &str, documents: Vec<Document>) -> Answer {
    let batch: Vec<Bson> = documents.into_iter().map(Bson::from).collect();
    Answer::Say(doc! {"cursor": {"id": 7_i64, "ns": namespace, "nextBatch": batch}})
}

fn member(set: &str, members: &[SocketAddr], me: SocketAddr) -> Document {
    let hosts: Vec<Bson> = members.iter().map(|host| host.to_string().into()).collect();
    let mut hello = standalone(21);
    hello.extend(doc! {
        "setName": set,
        "setVersion": 1,
        "hosts": hosts,
        "me": me.to_string(),
    });
    hello
}

fn greetings(hello: Document) -> HashMap<String, Vec<Answer>> {
    ["hello", "isMaster", "ismaster"]
        .into_iter()
        .map(|name| (name.to_owned(), vec![Answer::Say(hello.clone())]))
        .collect()
}

async fn converse(
    mut stream: TcpStream,
    lines: &Lines,
    memory: &Mutex<Vec<Document>>,
) -> std::io::Result<()> {
    loop {
        let (request, kind, body) = hear(&mut stream).await?;
        let Some(command) = command_in(kind, &body) else {
            return Ok(());
        };
        let answer = answer_to(&command, lines);
        memory.lock().unwrap().push(command);
        match answer {
            Answer::Say(mut reply) => {
                if !reply.contains_key("ok") {
                    reply.insert("ok", 1.0);
                }
                stream.write_all(&framed(request, kind, &reply)).await?;
            }
            Answer::Bytes(bytes) => stream.write_all(&bytes).await?,
            Answer::Hang => while stream.read(&mut [0; 1024]).await? > 0 {},
            Answer::Close => return Ok(()),
        }
    }
}

/// The number, kind and body of the next message.
async fn hear(stream: &mut TcpStream) -> std::io::Result<(i32, i32, Vec<u8>)> {
    let length = stream.read_i32_le().await?;
    let request = stream.read_i32_le().await?;
    let _answers = stream.read_i32_le().await?;
    let kind = stream.read_i32_le().await?;
    let length = usize::try_from(length).unwrap_or(0);
    let mut body = vec![0; length.clamp(16, LONGEST) - 16];
    stream.read_exact(&mut body).await?;
    Ok((request, kind, body))
}

/// The command in a message's body, past its flags, and its name and numbers in the old kind.
fn command_in(kind: i32, body: &[u8]) -> Option<Document> {
    let document = match kind {
        MESSAGE => body.get(5..)?,
        QUERY => {
            let name = body.get(4..)?.iter().position(|byte| *byte == 0)?;
            body.get(4 + name + 1 + 8..)?
        }
        _ => return None,
    };
    Document::from_reader(document).ok()
}

fn answer_to(command: &Document, lines: &Lines) -> Answer {
    let name = command.keys().next().map_or("", String::as_str);
    let mut lines = lines.lock().unwrap();
    match lines.get_mut(name) {
        Some(left) if left.len() > 1 => left.remove(0),
        Some(left) => left[0].clone(),
        None => refusal(59, "CommandNotFound", &format!("no such command: '{name}'")),
    }
}

/// A reply in the kind of message that the question came in.
fn framed(request: i32, kind: i32, reply: &Document) -> Vec<u8> {
    let document = reply.to_vec().expect("a test's document can be written");
    let (kind, head) = match kind {
        // No flags, cursor 0, from 0, one document.
        QUERY => (REPLY, [vec![0; 16], vec![1, 0, 0, 0]].concat()),
        // No flags, one section of kind 0.
        _ => (MESSAGE, vec![0; 5]),
    };
    let length = i32::try_from(16 + head.len() + document.len()).expect("a test's reply is short");
    let mut bytes = Vec::new();
    for number in [length, 1, request, kind] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(head);
    bytes.extend(document);
    bytes
}
