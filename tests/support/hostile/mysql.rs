//! Scripts in MySQL's protocol: a server that breaks at each of its steps.

use super::Act;

const NATIVE: &str = "mysql_native_password";
const SHA2: &str = "caching_sha2_password";

/// What a server can do, as it says in its greeting: everything up to MySQL 5.7's
/// abilities but TLS, with `LOCAL INFILE`.
const CAPABILITIES: u32 = 0x003f_a38f;

/// Every way in which a server breaks before it has answered a first query,
/// each under a name for the message of the test.
pub fn broken_sign_ins() -> Vec<(&'static str, Vec<Act>)> {
    let greeted = |rest: Vec<Act>| greeted_for(NATIVE, rest);
    vec![
        ("closes before the first word", vec![]),
        (
            "closes after its greeting",
            vec![Act::Say(greeting(NATIVE))],
        ),
        ("closes after the sign-in", greeted(vec![])),
        (
            "closes after it said welcome",
            greeted(vec![Act::Say(welcome(2))]),
        ),
        (
            "greets with an empty packet",
            vec![Act::Say(packet(0, &[])), Act::Hang],
        ),
        (
            "greets with one byte",
            vec![Act::Say(packet(0, &[10])), Act::Hang],
        ),
        (
            "stops in the middle of its greeting",
            vec![Act::Say(packet(0, &greeting(NATIVE)[4..30])), Act::Hang],
        ),
        (
            "greets in an older protocol",
            vec![Act::Say(packet(0, b"\x093.23.58\0\x01\0\0\0")), Act::Hang],
        ),
        (
            "greets in an unknown protocol",
            vec![Act::Say(packet(0, &[255; 80])), Act::Hang],
        ),
        (
            "greets without an end to its version",
            vec![Act::Say(packet(0, &[b'8'; 80])), Act::Hang],
        ),
        (
            "announces a huge packet and sends little",
            vec![Act::Say(vec![255, 255, 255, 0, 10, 56]), Act::Hang],
        ),
        (
            "announces a huge packet and closes",
            vec![Act::Say(vec![255, 255, 255, 0, 10, 56])],
        ),
        (
            "answers the sign-in with an empty packet",
            greeted(vec![Act::Say(packet(2, &[])), Act::Hang]),
        ),
        (
            "answers the sign-in with noise",
            greeted(vec![
                Act::Say(packet(2, b"\x01\x28\xc3\xa0\xa1")),
                Act::Hang,
            ]),
        ),
        (
            "asks for an unknown way to sign in",
            greeted(vec![Act::Say(switch_to("no_such_plugin")), Act::Hang]),
        ),
        (
            "asks for the way to sign in before MySQL 4.1",
            greeted(vec![Act::Say(packet(2, &[0xfe])), Act::Hang]),
        ),
        (
            "asks for another way to sign in without an end to its name",
            greeted(vec![Act::Say(packet(2, b"\xfemysql_native")), Act::Hang]),
        ),
        (
            "asks for the rest of a sign-in that it never named",
            greeted_for(SHA2, vec![Act::Say(packet(2, &[1])), Act::Hang]),
        ),
        (
            "sends an error without fields",
            vec![Act::Say(packet(0, &[0xff]))],
        ),
        (
            "sends an error that is no text",
            greeted(vec![Act::Say(error(
                2,
                1045,
                Some("28000"),
                b"\x1b[31m<script>\xf0\x28\xc3",
            ))]),
        ),
    ]
}

/// A server that refuses before it has greeted, as one does that is full (1040) or
/// knows no such host (1129, 1130).
pub fn refusing(code: u16, message: &str) -> Vec<Act> {
    vec![Act::Say(error(0, code, None, message.as_bytes()))]
}

/// A server that greets and then refuses whoever signs in, with words of the test's choice.
pub fn refusing_sign_in(code: u16, state: &str, message: &str) -> Vec<Act> {
    let refusal = error(2, code, Some(state), message.as_bytes());
    greeted_for(NATIVE, vec![Act::Say(refusal)])
}

/// A server that signs in by one plugin only, such as `client_ed25519`, `dialog` or
/// `auth_gssapi_client`.
pub fn asking_for(plugin: &str) -> Vec<Act> {
    greeted_for(NATIVE, vec![Act::Say(switch_to(plugin)), Act::Hang])
}

/// A server without TLS that asks for the password as it is.
pub fn asking_for_the_password_in_clear() -> Vec<Act> {
    asking_for("mysql_clear_password")
}

/// A server without TLS that asks for the password under a key of its own.
pub fn asking_for_the_password_under_its_own_key(public_key: &str) -> Vec<Act> {
    let key = [&[1], public_key.as_bytes()].concat();
    greeted_for(
        SHA2,
        vec![
            Act::Say(packet(2, &[1, 4])),
            Act::Listen,
            Act::Say(packet(4, &key)),
            Act::Hang,
        ],
    )
}

/// A server that signs anyone in, agrees to `answered` queries and asks the client for
/// one of its files instead of answering the next.
pub fn asking_for_a_file(answered: usize, path: &str) -> Vec<Act> {
    let request = [&[0xfb], path.as_bytes()].concat();
    let mut script = after_queries(answered);
    script.extend([
        Act::Say(packet(1, &request)),
        Act::Listen,
        Act::Say(welcome(3)),
        Act::Hang,
    ]);
    script
}

/// A server that signs anyone in and answers the first query with rows without end, of
/// so many columns.
pub fn endless_rows(columns: u8) -> Vec<Act> {
    let mut script = after_queries(0);
    script.extend(flood(columns));
    script
}

/// A MariaDB that signs anyone in, tells our first batch what it is, and answers the
/// next query with rows without end, of so many columns.
pub fn endless_rows_in_a_session(columns: u8) -> Vec<Act> {
    let first = answer(1, &["10.11.0-MariaDB", "somebody's"], MORE);
    let session = answer(7, &["somebody@%", "", "7", "1"], LAST);
    let mut script = after_queries(0);
    script.extend([Act::Say([first, session].concat()), Act::Listen]);
    script.extend(flood(columns));
    script
}

fn flood(columns: u8) -> [Act; 2] {
    let values = vec!["more"; usize::from(columns)];
    let first = columns + 3;
    // The numbers of packets go round, so that each round is right after the one before.
    let rows = (0..=255_u8).flat_map(|n| row(n.wrapping_add(first), &values));
    [Act::Say(columns_of(1, columns)), Act::Flood(rows.collect())]
}

/// A server that signs anyone in, agrees to `answered` queries and says nothing more.
pub fn silent_after(answered: usize) -> Vec<Act> {
    let mut script = after_queries(answered);
    script.push(Act::Hang);
    script
}

/// A server that signs anyone in, agrees to `answered` queries and answers the next
/// with an error of the test's choice.
pub fn failing_after(answered: usize, code: u16, state: &str, message: &str) -> Vec<Act> {
    let mut script = after_queries(answered);
    script.extend([
        Act::Say(error(1, code, Some(state), message.as_bytes())),
        Act::Hang,
    ]);
    script
}

/// A server that is correct but says one byte a second.
pub fn one_byte_a_second() -> Vec<Act> {
    vec![Act::Drip(greeting(NATIVE)), Act::Hang]
}

const END_OF_COLUMNS: [u8; 5] = [0xfe, 0, 0, 2, 0];

/// Signs in, agrees to queries and hears the next one.
fn after_queries(answered: usize) -> Vec<Act> {
    let mut script = greeted_for(NATIVE, vec![Act::Say(welcome(2)), Act::Listen]);
    for _ in 0..answered {
        script.extend([Act::Say(welcome(1)), Act::Listen]);
    }
    script
}

fn greeted_for(plugin: &str, rest: Vec<Act>) -> Vec<Act> {
    let mut script = vec![Act::Say(greeting(plugin)), Act::Listen];
    script.extend(rest);
    script
}

fn greeting(plugin: &str) -> Vec<u8> {
    let capabilities = CAPABILITIES.to_le_bytes();
    let mut body = b"\x0a8.0.36\0\x07\0\0\0".to_vec();
    body.extend(b"abcdefgh\0");
    body.extend(&capabilities[..2]);
    body.extend([45, 2, 0]);
    body.extend(&capabilities[2..]);
    body.push(21);
    body.extend([0; 10]);
    body.extend(b"ijklmnopqrst\0");
    body.extend(plugin.as_bytes());
    body.push(0);
    packet(0, &body)
}

/// "All is well", which ends a sign-in and answers a query without rows.
fn welcome(number: u8) -> Vec<u8> {
    packet(number, &[0, 0, 0, 2, 0, 0, 0])
}

fn switch_to(plugin: &str) -> Vec<u8> {
    let body = [b"\xfe", plugin.as_bytes(), b"\0abcdefghijklmnopqrst\0"].concat();
    packet(2, &body)
}

fn error(number: u8, code: u16, state: Option<&str>, message: &[u8]) -> Vec<u8> {
    let mut body = vec![0xff];
    body.extend(code.to_le_bytes());
    if let Some(state) = state {
        body.push(b'#');
        body.extend(state.as_bytes());
    }
    body.extend(message);
    packet(number, &body)
}

/// How an answer ends: with another behind it, or as the last.
const MORE: u8 = 0x0a;
const LAST: u8 = 0x02;

/// An answer of one row, its packets numbered from `number` on.
fn answer(number: u8, values: &[&str], end: u8) -> Vec<u8> {
    let columns = u8::try_from(values.len()).expect("a test's row is short");
    let after = number + columns + 2;
    [
        columns_of(number, columns),
        row(after, values),
        packet(after + 1, &[0xfe, 0, 0, end, 0]),
    ]
    .concat()
}

fn columns_of(number: u8, columns: u8) -> Vec<u8> {
    let mut begin = packet(number, &[columns]);
    for place in 1..=columns {
        begin.extend(column(number + place, "name"));
    }
    begin.extend(packet(number + columns + 1, &END_OF_COLUMNS));
    begin
}

fn row(number: u8, values: &[&str]) -> Vec<u8> {
    let mut body = Vec::new();
    for value in values {
        body.push(u8::try_from(value.len()).expect("a test's value is short"));
        body.extend(value.as_bytes());
    }
    packet(number, &body)
}

/// The description of a column of text.
fn column(number: u8, name: &str) -> Vec<u8> {
    let mut body = b"\x03def\0\0\0".to_vec();
    body.push(u8::try_from(name.len()).expect("a test's name is short"));
    body.extend(name.as_bytes());
    body.push(0);
    body.extend([12, 45, 0, 255, 255, 0, 0, 253, 0, 0, 0, 0, 0]);
    packet(number, &body)
}

fn packet(number: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a test's packet is short");
    let mut packet = length.to_le_bytes()[..3].to_vec();
    packet.push(number);
    packet.extend(body);
    packet
}
