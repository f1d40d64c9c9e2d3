//! Many short texts in one, so that all are looked through at once.

/// Many short lower-cased texts in one, each on a line of its own.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: Vec<u8>,
    starts: Vec<u32>,
}

impl Lines {
    /// Adds a line.
    pub(super) fn push(&mut self, line: &str) {
        let start = self.text.len();
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        if line.is_ascii() {
            self.text.extend_from_slice(line.as_bytes());
            self.text[start..].make_ascii_lowercase();
        } else {
            self.text.extend_from_slice(line.to_lowercase().as_bytes());
        }
        for byte in &mut self.text[start..] {
            if *byte == b'\n' {
                *byte = b' ';
            }
        }
        self.text.push(b'\n');
    }

    /// Takes the last line away.
    pub(super) fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.text.truncate(start as usize);
        }
    }

    /// Gives back what is not needed once all lines are in.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// How much memory they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.text.capacity() + self.starts.capacity() * size_of::<u32>()
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// All lines, with an end after each.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The line of this number, without its end.
    pub(super) fn line(&self, number: usize) -> &[u8] {
        &self.text[self.start(number)..self.end(number) - 1]
    }

    /// Where a line begins.
    pub(super) fn start(&self, number: usize) -> usize {
        self.starts[number] as usize
    }

    /// Where the line after this one begins.
    pub(super) fn end(&self, number: usize) -> usize {
        self.starts
            .get(number + 1)
            .map_or(self.text.len(), |start| *start as usize)
    }

    /// The line that holds a position of the text, at or after line `from`.
    pub(super) fn line_at(&self, position: usize, from: usize) -> usize {
        // Hits come close to each other; looking far ahead is rarely needed.
        let mut reach = 1;
        while from + reach < self.starts.len() && self.start(from + reach) <= position {
            reach *= 2;
        }
        let last = (from + reach).min(self.starts.len());
        from + self.starts[from..last].partition_point(|start| *start as usize <= position) - 1
    }
}
