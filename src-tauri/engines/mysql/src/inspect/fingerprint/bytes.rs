//! A state as the bytes that the catalogue keeps, and back.

use std::collections::BTreeMap;

use model::snapshot::Fingerprint;

use super::{FORMAT, Mark, State};

impl State {
    /// The bytes that the catalogue keeps.
    pub(in crate::inspect) fn write(&self) -> Fingerprint {
        let mut bytes = Vec::with_capacity(24 + self.tables.len() * 32);
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend(self.whole.to_le_bytes());
        bytes.extend(self.others.to_le_bytes());
        for (name, mark) in &self.tables {
            let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
            bytes.extend(count(name.len()).to_le_bytes());
            bytes.extend(name.as_bytes());
            bytes.extend(mark.hash.to_le_bytes());
            bytes.extend(count(mark.leads_to.len()).to_le_bytes());
            let leads_to = mark.leads_to.iter();
            bytes.extend(leads_to.flat_map(|table| table.to_le_bytes()));
            bytes.push(u8::from(mark.hides_rules));
        }
        Fingerprint(bytes)
    }

    /// What such bytes say; absent where they are no such bytes.
    pub(in crate::inspect) fn read(fingerprint: &Fingerprint) -> Option<Self> {
        let mut bytes = Bytes(&fingerprint.0);
        if bytes.u32()? != FORMAT {
            return None;
        }
        let mut state = Self {
            whole: bytes.u64()?,
            others: bytes.u64()?,
            tables: BTreeMap::new(),
        };
        while !bytes.0.is_empty() {
            let length = bytes.u32()?;
            let name = std::str::from_utf8(bytes.take(length as usize)?).ok()?;
            let hash = bytes.u64()?;
            let number = bytes.u32()?;
            let leads_to: Option<Vec<u32>> = (0..number).map(|_| bytes.u32()).collect();
            let mark = Mark {
                hash,
                leads_to: leads_to?,
                hides_rules: bytes.take(1)? == [1],
            };
            state.tables.insert(name.into(), mark);
        }
        Some(state)
    }
}

struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}
