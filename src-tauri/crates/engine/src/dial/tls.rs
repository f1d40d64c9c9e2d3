//! The headers of TLS records as they pass: when a handshake begins, when it
//! is done and which version it chose (RFC 8446, RFC 5246). Decrypts nothing.

use std::fmt;

const HANDSHAKE: u8 = 0x16;
const APPLICATION_DATA: u8 = 0x17;
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const SUPPORTED_VERSIONS: u16 = 0x002b;
const HEADER: usize = 5;

/// How far into a conversation a handshake may begin; protocols ask for it
/// with one short message.
const LATEST_START: usize = 512;

/// An alert under TLS 1.3: two bytes, its type and the cipher's tag. A client
/// that distrusts the server's certificate sends one in place of its Finished.
const ENCRYPTED_ALERT: usize = 2 + 1 + 16;

/// Longest first answer that is looked at for the version.
const LONGEST_HELLO: usize = 1024;

/// A version of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsVersion {
    /// TLS 1.2.
    V12,
    /// TLS 1.3.
    V13,
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V12 => "1.2",
            Self::V13 => "1.3",
        })
    }
}

/// Follows what the client sends.
#[derive(Debug, Default)]
pub(super) struct ClientSide {
    state: ClientState,
}

#[derive(Debug)]
enum ClientState {
    /// Nothing but the protocol's own words so far, which are these.
    Plain(Vec<u8>),
    /// A handshake is under way.
    Handshake(Records),
    /// The handshake is done.
    Finished,
    /// There was no handshake where one may begin.
    NeverBegan,
}

impl Default for ClientState {
    fn default() -> Self {
        Self::Plain(Vec::new())
    }
}

impl ClientSide {
    pub(super) fn began(&self) -> bool {
        matches!(
            self.state,
            ClientState::Handshake(_) | ClientState::Finished
        )
    }

    pub(super) fn finished(&self) -> bool {
        matches!(self.state, ClientState::Finished)
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        match &mut self.state {
            ClientState::Plain(words) => {
                words.extend_from_slice(bytes);
                if let Some(start) = hello_start(words) {
                    let hello = words.split_off(start);
                    self.state = ClientState::Handshake(Records::default());
                    self.feed(&hello);
                } else if words.len() > LATEST_START {
                    self.state = ClientState::NeverBegan;
                }
            }
            ClientState::Handshake(records) => {
                let done = |kind, length| kind == APPLICATION_DATA && length > ENCRYPTED_ALERT;
                if records.feed(bytes, done) {
                    self.state = ClientState::Finished;
                }
            }
            ClientState::Finished | ClientState::NeverBegan => {}
        }
    }
}

/// Where a ClientHello begins: its record, whose inner length fits its outer one.
fn hello_start(words: &[u8]) -> Option<usize> {
    words.windows(HEADER + 4).position(|window| match *window {
        [
            HANDSHAKE,
            3,
            1..=4,
            high,
            low,
            CLIENT_HELLO,
            inner_top,
            inner_high,
            inner_low,
        ] => {
            let outer = u32::from(u16::from_be_bytes([high, low]));
            u32::from_be_bytes([0, inner_top, inner_high, inner_low]) + 4 == outer
        }
        _ => false,
    })
}

/// Follows the boundaries of records.
#[derive(Debug, Default)]
struct Records {
    header: Vec<u8>,
    skip: usize,
}

impl Records {
    /// Whether a record for which `wanted(kind, length)` holds begins in these bytes.
    fn feed(&mut self, mut bytes: &[u8], wanted: impl Fn(u8, usize) -> bool) -> bool {
        while !bytes.is_empty() {
            let skipped = self.skip.min(bytes.len());
            self.skip -= skipped;
            bytes = bytes.get(skipped..).unwrap_or_default();
            let taken = (HEADER - self.header.len()).min(bytes.len());
            let (head, rest) = bytes.split_at(taken);
            self.header.extend_from_slice(head);
            bytes = rest;
            if let [kind, _, _, high, low] = *self.header.as_slice() {
                let length = usize::from(u16::from_be_bytes([high, low]));
                if wanted(kind, length) {
                    return true;
                }
                self.skip = length;
                self.header.clear();
            }
        }
        false
    }
}

/// Follows what the server answers once the client began.
#[derive(Debug, Default)]
pub(super) struct ServerSide {
    hello: Vec<u8>,
    looked: bool,
    version: Option<TlsVersion>,
}

impl ServerSide {
    pub(super) fn version(&self) -> Option<TlsVersion> {
        self.version
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if self.looked {
            return;
        }
        let room = LONGEST_HELLO - self.hello.len();
        self.hello
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        let [_, _, _, high, low, ..] = *self.hello.as_slice() else {
            return;
        };
        let whole = HEADER + usize::from(u16::from_be_bytes([high, low]));
        if self.hello.len() >= whole.min(LONGEST_HELLO) {
            self.version = chosen_version(&self.hello);
            self.looked = true;
            self.hello = Vec::new();
        }
    }
}

/// The version that a ServerHello names: in an extension since 1.3, in its own field before.
fn chosen_version(record: &[u8]) -> Option<TlsVersion> {
    let mut rest = Fields(record);
    if rest.byte()? != HANDSHAKE {
        return None;
    }
    rest.skip(HEADER - 1)?;
    if rest.byte()? != SERVER_HELLO {
        return None;
    }
    rest.skip(3)?;
    let old_field = rest.short()?;
    rest.skip(32)?;
    let session = rest.byte()?;
    rest.skip(usize::from(session) + 2 + 1)?;
    let by_field = (old_field == 0x0303).then_some(TlsVersion::V12);
    if rest.short().is_none() {
        return by_field;
    }
    while let (Some(kind), Some(length)) = (rest.short(), rest.short()) {
        if kind == SUPPORTED_VERSIONS {
            return (rest.short()? == 0x0304).then_some(TlsVersion::V13);
        }
        if rest.skip(usize::from(length)).is_none() {
            break;
        }
    }
    by_field
}

/// Bytes that are read field by field.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }
}

#[cfg(test)]
mod tests;
