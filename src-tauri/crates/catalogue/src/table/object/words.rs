//! The words that stand for choices in the columns of the object tables.

use model::snapshot::{Deferral, MatchType, ReferentialAction, TableForm};

use crate::CatalogueError;

/// A choice that is kept as a word.
pub(crate) trait Word: Copy + Sized + 'static {
    /// Every choice with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// The word of this choice.
    fn word(self) -> &'static str;

    /// The choice with this word.
    fn parse(word: &str) -> Result<Self, CatalogueError> {
        Self::WORDS
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(choice, _)| *choice)
            .ok_or_else(|| CatalogueError::damaged("a word for a choice"))
    }
}

macro_rules! words {
    ($($choice:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl Word for $choice {
            const WORDS: &'static [(Self, &'static str)] = &[$(($choice::$variant, $word)),*];

            fn word(self) -> &'static str {
                match self {
                    $($choice::$variant => $word,)*
                }
            }
        }
    )*};
}

words! {
    TableForm {
        Ordinary = "ordinary",
        Partitioned = "partitioned",
        Virtual = "virtual",
        Shadow = "shadow",
        Capped = "capped",
        TimeSeries = "time_series",
        Clustered = "clustered",
    }
    Deferral {
        NotDeferrable = "not_deferrable",
        InitiallyImmediate = "initially_immediate",
        InitiallyDeferred = "initially_deferred",
    }
    ReferentialAction {
        NoAction = "no_action",
        Restrict = "restrict",
        Cascade = "cascade",
        SetNull = "set_null",
        SetDefault = "set_default",
    }
    MatchType {
        Simple = "simple",
        Full = "full",
        Partial = "partial",
    }
}
