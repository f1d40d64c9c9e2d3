//! Which questions nothing would answer. They ask for what few databases have, each takes longer
//! to plan than to answer, and the fingerprint tells that there is nothing.

use super::asked;
use super::catalog::Catalog;
use super::fingerprint::RELATIONS;
use super::question::Question;

/// Whether anything may answer the question, as far as the fingerprint is known.
pub(super) fn may_be(question: &Question, catalog: &Catalog) -> bool {
    if catalog.marks.is_empty() {
        return true;
    }
    let marks = |kind: char, class: u32| {
        let marks = catalog.marks.iter();
        marks.filter(move |mark| mark.kind == kind && mark.class == class)
    };
    let any = |kind, class| marks(kind, class).any(|mark| mark.count > 0);
    // What the fingerprint counts apart among these.
    let some = |kind, class| marks(kind, class).any(|mark| mark.more != 0);
    let sequences = || {
        let are_known = catalog.are_open_to(&[asked::IDENTITIES]);
        !are_known || !catalog.sequences.is_empty()
    };
    match question.file {
        "parents.sql" => any('r', 2611),
        "triggers.sql" => any('r', 2620),
        "comments_on_constraints.sql" => any('d', 2606),
        "comments_on_indexes.sql" => some('x', 105),
        "dependencies.sql" => {
            // Views have rules.
            let some_need = any('r', 2618) || any('r', 3256) || any('o', 1255) || any('x', 18);
            some_need || some('x', 106) || sequences()
        }
        "kinds/rules.sql" => some('r', 2618),
        "kinds/policies.sql" => any('r', 3256),
        "kinds/sequences.sql" => sequences(),
        "kinds/types.sql" => some('o', 1247) || any('x', RELATIONS),
        "kinds/routines.sql" => any('o', 1255),
        "kinds/collations.sql" => any('o', 3456),
        "kinds/operators.sql" => any('o', 2617),
        "kinds/operator_classes.sql" => any('o', 2616),
        "kinds/operator_families.sql" => any('x', 3),
        "kinds/text_search_configurations.sql" => any('o', 3602),
        "kinds/text_search_dictionaries.sql" => any('o', 3600),
        "kinds/conversions.sql" => any('x', 7),
        "kinds/statistics_objects.sql" => any('x', 18),
        "kinds/event_triggers.sql" => any('x', 9),
        "kinds/foreign_data_wrappers.sql" => any('x', 10),
        // A user mapping belongs to a foreign server.
        "kinds/foreign_servers.sql" | "kinds/user_mappings.sql" => any('o', 1417),
        "kinds/publications.sql" | "kinds/publications_15.sql" => any('x', 11),
        "kinds/casts.sql" => any('x', 6),
        "kinds/languages.sql" => any('x', 8),
        "kinds/access_methods.sql" => any('o', 2601),
        "kinds/default_privileges.sql" => any('x', 19),
        _ => true,
    }
}
