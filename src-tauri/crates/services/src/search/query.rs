//! What people type into the search: words, and filters like `kind:table in:shop type:uuid`.

use model::ObjectKind;

use super::fuzzy::Pattern;

/// How many words are looked for; more are left out.
pub(super) const MOST_WORDS: usize = 8;

/// A search, understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Lower-cased; each must be in the name of an object or of what holds it.
    pub(super) words: Vec<String>,
    /// Only kinds whose name begins with one of these.
    pub(super) kinds: Vec<String>,
    /// Only below something whose name, or in connections whose name, holds each of these.
    pub(super) within: Vec<String>,
    /// Only types that hold each of these.
    pub(super) types: Vec<String>,
}

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for part in text.split_whitespace() {
            let part = part.to_lowercase();
            let (list, value) = match part.split_once(':') {
                Some(("kind", value)) => (&mut query.kinds, value),
                Some(("in", value)) => (&mut query.within, value),
                Some(("type", value)) => (&mut query.types, value),
                // A path is several words.
                _ => {
                    let words = part.split('.').filter(|word| !word.is_empty());
                    query.words.extend(words.map(str::to_owned));
                    continue;
                }
            };
            if !value.is_empty() {
                list.push(value.to_owned());
            }
        }
        query.words.truncate(MOST_WORDS);
        query
    }

    /// Whether there is anything to look for.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether one of the words is long enough to be told when it is misspelt.
    pub(super) fn may_be_misspelt(&self) -> bool {
        self.words.iter().any(|word| Pattern::of(word).is_some())
    }

    /// Whether objects of a kind are looked for.
    pub(super) fn wants(&self, kind: ObjectKind) -> bool {
        let name = kind.as_str().replace('_', "");
        self.kinds.is_empty()
            || self
                .kinds
                .iter()
                .any(|wanted| name.starts_with(wanted.replace(['_', '-'], "").as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn words_and_filters_are_told_apart() {
        let query = Query::parse("Cust kind:column in:Shop type:uuid Email kind:");
        assert_eq!(query.words, texts(&["cust", "email"]), "words, lower-cased");
        assert_eq!(query.kinds, texts(&["column"]), "an empty filter is none");
        assert_eq!(query.within, texts(&["shop"]), "where");
        assert_eq!(query.types, texts(&["uuid"]), "of which type");
    }

    #[test]
    fn a_path_is_several_words() {
        assert_eq!(
            Query::parse("crm.customers.email").words,
            texts(&["crm", "customers", "email"]),
            "each step is a word"
        );
    }

    #[test]
    fn kinds_are_named_by_how_they_begin() {
        let query = Query::parse("kind:mat kind:foreign-k");
        assert!(query.wants(ObjectKind::MaterializedView), "mat…");
        assert!(query.wants(ObjectKind::ForeignKey), "foreign k…");
        assert!(!query.wants(ObjectKind::ForeignTable), "not foreign t…");
        assert!(
            Query::parse("x").wants(ObjectKind::Table),
            "all without a filter"
        );
    }
}
