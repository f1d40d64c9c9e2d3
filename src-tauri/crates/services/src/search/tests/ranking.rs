//! What comes first is what a plain ranking of all that is found puts first.

use super::*;

/// How well a name that holds a word as it is fits, by the book.
fn plain_fit(name: &str, word: &str) -> Fit {
    let before = |at: usize| name[..at].chars().next_back();
    let mut all = name.match_indices(word);
    if name == word {
        Fit::Exact
    } else if name.starts_with(word) {
        Fit::Prefix
    } else if all.any(|(at, _)| !before(at).is_some_and(char::is_alphanumeric)) {
        Fit::Word
    } else {
        Fit::Within
    }
}

/// What is found by words as they are, best first, by the book.
fn ranked(entries: &[Entry], query: &Query) -> Vec<(ObjectId, Fit)> {
    let mut found: Vec<_> = entries
        .iter()
        .filter_map(|entry| {
            let by_name = plainly(entries, entry, query, false)?;
            let name = entry.name.to_lowercase();
            let words = query.words.iter().filter(|word| name.contains(&***word));
            let worst = words.map(|word| plain_fit(&name, word)).max();
            let fit = if by_name {
                worst.unwrap_or(Fit::Exact)
            } else {
                Fit::Comment
            };
            let rank = match entry.kind {
                ObjectKind::Table => 0,
                ObjectKind::Database | ObjectKind::Schema => 1,
                _ => 2,
            };
            let is_old = !RECENT.contains(&entry.id.0);
            Some((fit, is_old, rank, name.len(), entry.id))
        })
        .collect();
    found.sort_unstable();
    let told = found.into_iter();
    told.map(|(fit, _, _, _, id)| (id, fit)).collect()
}

/// One to three words of one to three letters each, some with a filter.
fn any_query(dice: &mut Dice) -> String {
    let letters = ["e", "r", "d", "i", "_", "s", "t", "ü", "or", "st"];
    let mut word = |pieces: &[&str]| -> String {
        let count = 1 + dice.below(2);
        let letters = (0..count).map(|_| pieces[dice.below(pieces.len())]);
        letters.collect()
    };
    let mut text = vec![word(&letters), word(&["", "e", "id", "_i"])];
    text.push(word(&[
        "",
        "",
        "",
        "in:in ",
        "in:e ",
        "kind:column ",
        "type:e ",
    ]));
    text.join(" ")
}

#[test]
fn the_best_are_the_best_of_a_plain_ranking() {
    for seed in 20..24 {
        let mut dice = Dice(seed);
        let entries = entries(&mut dice);
        let segment = Arc::new(segment(&entries));
        for _ in 0..200 {
            let text = any_query(&mut dice);
            let query = Query::parse(&text);
            let expected = ranked(&entries, &query);
            for (limit, part) in [(1, None), (7, Some(13)), (50, None)] {
                let hits = found(&segment, &query, false, limit, part).into_hits();
                let told: Vec<_> = hits.iter().map(|hit| (hit.id, hit.fit)).collect();
                let few = &expected[..expected.len().min(limit)];
                assert_eq!(told, few, "the {limit} best of {text:?}, seed {seed}");
            }
        }
    }
}
