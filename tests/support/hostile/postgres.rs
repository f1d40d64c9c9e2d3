//! Scripts in PostgreSQL's protocol: a server that breaks at each of its steps.

use super::Act;

/// Every way in which a server breaks before it has answered a first query,
/// each under a name for the message of the test.
pub fn broken_sign_ins() -> Vec<(&'static str, Vec<Act>)> {
    let trust = |rest: Vec<Act>| {
        let mut script = vec![start_up()];
        script.extend(rest);
        script
    };
    vec![
        ("closes before the first word", vec![]),
        ("closes after the first word", vec![Act::Listen]),
        (
            "closes after it refused TLS",
            vec![Act::Listen, Act::Say(b"N".to_vec())],
        ),
        ("closes after the start-up message", trust(vec![])),
        (
            "closes after it asked for SCRAM",
            trust(vec![Act::Say(ask_scram()), Act::Listen]),
        ),
        (
            "closes after it said welcome",
            trust(vec![Act::Say(welcome())]),
        ),
        (
            "closes after it was ready",
            trust(vec![Act::Say(welcome()), Act::Say(ready())]),
        ),
        (
            "asks for SCRAM and answers noise",
            trust(scram_with_noise()),
        ),
        (
            "asks for an unknown way to sign in",
            trust(vec![Act::Say(ask(99, &[])), Act::Hang]),
        ),
        (
            "sends a message with a huge length",
            trust(vec![Act::Say(huge()), Act::Hang]),
        ),
        (
            "sends a message with a negative length",
            trust(vec![Act::Say(negative()), Act::Hang]),
        ),
        (
            "sends an error without fields",
            trust(vec![Act::Say(message(b'E', &[0]))]),
        ),
        (
            "sends an error that is no text",
            trust(vec![Act::Say(error_of_noise())]),
        ),
    ]
}

/// A server that signs anyone in and then gives rows without end to any query.
pub fn endless_rows() -> Vec<Act> {
    let mut row = vec![0, 1, 0, 0, 0, 4];
    row.extend(b"more");
    let mut columns = vec![0, 1];
    columns.extend(b"name\0");
    columns.extend([0; 6]);
    columns.extend(25_u32.to_be_bytes());
    columns.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0]);
    vec![
        start_up(),
        Act::Say([welcome(), ready()].concat()),
        Act::Listen,
        Act::Say(message(b'T', &columns)),
        Act::Flood(message(b'D', &row).repeat(1000)),
    ]
}

/// A server that is correct but says one byte a second.
pub fn one_byte_a_second() -> Vec<Act> {
    vec![
        start_up(),
        Act::Drip([welcome(), ready()].concat()),
        Act::Hang,
    ]
}

/// A server that refuses to sign in, with words of the test's choice.
///
/// `fields` are pairs of a field's letter and its text, such as `(b'M', "…")`.
pub fn refusing(fields: &[(u8, &str)]) -> Vec<Act> {
    let mut body = Vec::new();
    for (letter, text) in fields {
        body.push(*letter);
        body.extend(text.as_bytes());
        body.push(0);
    }
    body.push(0);
    vec![start_up(), Act::Say(message(b'E', &body))]
}

/// Hears the start-up message; a client that would like TLS is told that there is none.
fn start_up() -> Act {
    Act::Decline {
        offer: vec![0, 0, 0, 8, 4, 210, 22, 47],
        answer: b"N".to_vec(),
    }
}

fn scram_with_noise() -> Vec<Act> {
    let noise = ask(11, b"r=\xff\xfe,s=!!!,i=99999999999999999999");
    vec![
        Act::Say(ask_scram()),
        Act::Listen,
        Act::Say(noise),
        Act::Hang,
    ]
}

fn ask_scram() -> Vec<u8> {
    ask(10, b"SCRAM-SHA-256\0\0")
}

fn welcome() -> Vec<u8> {
    let version = message(b'S', b"server_version\x0015.0\0");
    let encoding = message(b'S', b"client_encoding\0UTF8\0");
    [
        ask(0, &[]),
        version,
        encoding,
        message(b'K', &[0, 0, 0, 1, 0, 0, 0, 2]),
    ]
    .concat()
}

fn ready() -> Vec<u8> {
    message(b'Z', b"I")
}

fn ask(kind: u32, rest: &[u8]) -> Vec<u8> {
    message(b'R', &[&kind.to_be_bytes(), rest].concat())
}

fn huge() -> Vec<u8> {
    [&[b'R'][..], &i32::MAX.to_be_bytes(), b"and then nothing"].concat()
}

fn negative() -> Vec<u8> {
    [&[b'R'][..], &(-1_i32).to_be_bytes(), b"and then nothing"].concat()
}

fn error_of_noise() -> Vec<u8> {
    message(
        b'E',
        b"S\xff\xfe\0C\xc3\x28\xa0\xa1\x80\0M\x1b[31m<script>\xf0\x28\0\0",
    )
}

fn message(letter: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).expect("a test's message is short");
    [&[letter][..], &length.to_be_bytes(), body].concat()
}
