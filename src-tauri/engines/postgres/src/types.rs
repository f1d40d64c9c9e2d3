//! How PostgreSQL spells names and the few kinds of numbers that stand for words.

use model::snapshot::{Deferral, MatchType, ReferentialAction};

/// A name as it stands in a statement: quoted unless it is plain lower case.
///
/// Key words are quoted too only where they are not plain; statements made here
/// quote every name that PostgreSQL might read as something else.
pub(crate) fn identifier(name: &str) -> String {
    let mut letters = name.chars();
    let plain = letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase() || first == '_')
        && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEY_WORDS.split(' ').any(|word| word == name);
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// A name with its schema, as it stands in a statement.
pub(crate) fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", identifier(schema), identifier(name))
}

/// Text as it stands in a statement.
pub(crate) fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

/// What `confupdtype` and `confdeltype` say.
pub(crate) fn referential_action(letter: char) -> ReferentialAction {
    match letter {
        'r' => ReferentialAction::Restrict,
        'c' => ReferentialAction::Cascade,
        'n' => ReferentialAction::SetNull,
        'd' => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}

/// What `confmatchtype` says.
pub(crate) fn match_type(letter: char) -> MatchType {
    match letter {
        'f' => MatchType::Full,
        'p' => MatchType::Partial,
        _ => MatchType::Simple,
    }
}

/// What `condeferrable` and `condeferred` say.
pub(crate) fn deferral(deferrable: bool, deferred: bool) -> Deferral {
    match (deferrable, deferred) {
        (false, _) => Deferral::NotDeferrable,
        (true, false) => Deferral::InitiallyImmediate,
        (true, true) => Deferral::InitiallyDeferred,
    }
}

/// The word for a way of storing long values (`typstorage`).
pub(crate) fn storage(letter: char) -> &'static str {
    match letter {
        'p' => "plain",
        'e' => "external",
        'm' => "main",
        _ => "extended",
    }
}

/// The name of a system column, which every table has.
pub(crate) fn system_column(number: i16) -> Option<&'static str> {
    Some(match number {
        -1 => "ctid",
        -2 => "xmin",
        -3 => "cmin",
        -4 => "xmax",
        -5 => "cmax",
        -6 => "tableoid",
        _ => return None,
    })
}

/// Key words that may not be a plain name (reserved, or reserved save as function
/// or type), of PostgreSQL 10 to 18.
const KEY_WORDS: &str = "\
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit \
    boolean both case cast char character check coalesce collate collation column concurrently \
    constraint create cross current_catalog current_date current_role current_schema \
    current_time current_timestamp current_user dec decimal default deferrable desc distinct do \
    else end except exists extract false fetch float for foreign freeze from full grant greatest \
    group grouping having ilike in initially inner inout int integer intersect interval into is \
    isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query \
    json_scalar json_serialize json_table json_value lateral leading least left like limit \
    localtime localtimestamp merge_action national natural nchar none normalize not notnull null \
    nullif numeric offset on only or order out outer overlaps overlay placing position precision \
    primary real references returning right row select session_user setof similar smallint some \
    substring symmetric system_user table tablesample then time timestamp to trailing treat trim \
    true union unique user using values varchar variadic verbose when where window with \
    xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot \
    xmlserialize xmltable";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_only_where_they_must_be() {
        assert_eq!(
            identifier("orders_2"),
            "orders_2",
            "a plain name stays plain"
        );
        assert_eq!(
            identifier("Orders"),
            "\"Orders\"",
            "capitals would be folded"
        );
        assert_eq!(
            identifier("order"),
            "\"order\"",
            "a key word would be misread"
        );
        assert_eq!(identifier("2nd"), "\"2nd\"", "a digit cannot come first");
        assert_eq!(identifier("a\"b"), "\"a\"\"b\"", "quotes are doubled");
        assert_eq!(
            identifier(""),
            "\"\"",
            "an empty name cannot break a statement"
        );
        assert_eq!(
            qualified("s.1", "größe"),
            "\"s.1\".\"größe\"",
            "dots and accents are quoted"
        );
    }

    #[test]
    fn literals_cannot_be_left_by_what_they_hold() {
        assert_eq!(literal("it's"), "'it''s'", "quotes are doubled");
        assert_eq!(
            literal("\\'; x"),
            "E'\\\\''; x'",
            "backslashes are doubled and said so"
        );
    }

    #[test]
    fn letters_of_the_catalogue_become_words() {
        assert_eq!(
            referential_action('a'),
            ReferentialAction::NoAction,
            "a is no action"
        );
        assert_eq!(
            referential_action('n'),
            ReferentialAction::SetNull,
            "n is set null"
        );
        assert_eq!(match_type('f'), MatchType::Full, "f is full");
        assert_eq!(
            deferral(true, true),
            Deferral::InitiallyDeferred,
            "both flags"
        );
        assert_eq!(
            system_column(-6),
            Some("tableoid"),
            "the last system column"
        );
        assert_eq!(
            system_column(1),
            None,
            "user columns have names of their own"
        );
    }
}
