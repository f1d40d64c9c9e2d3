//! One line of `SHOW GRANTS`, word by word. What its rights mean is not told here.

use super::Rights;

/// What a grant is about.
pub(super) enum On {
    Server,
    Database(String),
    Table(String, String),
    Routine(String),
}

/// A line of `SHOW GRANTS`, as far as it says what shows.
pub(super) struct Statement {
    pub(super) revoke: bool,
    pub(super) rights: Rights,
    /// Some of them hold on columns only.
    pub(super) columns: bool,
    pub(super) on: On,
}

impl Statement {
    /// Reads a line; absent for one that is about something else.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (revoke, rest) = match line.strip_prefix("GRANT ") {
            Some(rest) => (false, rest),
            None => (true, line.strip_prefix("REVOKE ")?),
        };
        let mut cursor = Cursor(rest);
        let mut rights = Rights::new();
        let mut columns = false;
        let mut words: Vec<&str> = Vec::new();
        loop {
            match cursor.token()? {
                Token::Word("ON") => break,
                Token::Word("TO" | "FROM") => return None,
                Token::Word(word) => words.push(word),
                Token::Sign('(') => {
                    while !matches!(cursor.token()?, Token::Sign(')')) {}
                    columns = true;
                    words.clear();
                }
                Token::Sign(',') if !words.is_empty() => {
                    rights.insert(words.join(" "));
                    words.clear();
                }
                Token::Sign(_) => {}
                // The name of a role, not of a right.
                Token::Name(_) => return None,
            }
        }
        if !words.is_empty() {
            rights.insert(words.join(" "));
        }
        // These say nothing of what shows.
        rights.remove("USAGE");
        rights.remove("GRANT OPTION");
        Some(Self {
            revoke,
            rights,
            columns,
            on: Self::on(&mut cursor)?,
        })
    }

    fn on(cursor: &mut Cursor<'_>) -> Option<On> {
        let mut routine = false;
        loop {
            match cursor.token()? {
                Token::Word("TABLE") => {}
                Token::Word("FUNCTION" | "PROCEDURE" | "PACKAGE" | "BODY") => routine = true,
                Token::Sign('*') => return Some(On::Server),
                Token::Name(database) => {
                    let Token::Sign('.') = cursor.token()? else {
                        return None;
                    };
                    return Some(match cursor.token()? {
                        _ if routine => On::Routine(database),
                        Token::Name(table) => On::Table(database, table),
                        _ => On::Database(database),
                    });
                }
                _ => return None,
            }
        }
    }
}

enum Token<'t> {
    Word(&'t str),
    Name(String),
    Sign(char),
}

struct Cursor<'t>(&'t str);

impl<'t> Cursor<'t> {
    fn token(&mut self) -> Option<Token<'t>> {
        self.0 = self.0.trim_start();
        let first = self.0.chars().next()?;
        if first == '`' {
            return self.name().map(Token::Name);
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !is_word(first) {
            self.0 = self.0.get(first.len_utf8()..)?;
            return Some(Token::Sign(first));
        }
        let end = self.0.find(|c| !is_word(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(Token::Word(word))
    }

    fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        let mut letters = self.0.get(1..)?.char_indices();
        while let Some((place, letter)) = letters.next() {
            if letter != '`' {
                name.push(letter);
                continue;
            }
            let after = self.0.get(1 + place + 1..)?;
            if after.starts_with('`') {
                name.push('`');
                letters.next();
            } else {
                self.0 = after;
                return Some(name);
            }
        }
        None
    }
}
