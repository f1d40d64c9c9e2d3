//! What the command line tells of the catalogue: pages of objects, folders,
//! definitions, statements that were sent, and the check for damage.

use std::fs;

use serde_json::Value;

use super::{as_ada, data, folder, run, sample};

#[test]
fn a_page_tells_facts_folders_and_relationships_both_ways() {
    let folder = folder();
    let data = data(folder.path());
    let ran = as_ada(folder.path(), &data, &["show", "sample", "main.record"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "main.record",
        "table record",
        "Columns (11)",
        "  column title #2 VARCHAR(200) not null affinity=text",
        "Refers to",
        "  (artist_id) · table artist (artist_id) · record_artist · on update cascade · on delete restrict",
        "Referred to by",
        "  (record_id) · table record_genre (record_id) · foreign key (record_id) · on delete cascade",
        "Needed by",
    ] {
        let there = ran.out.lines().any(|found| found == line);
        assert!(there, "{line} is told: {}", ran.out);
    }

    let json = as_ada(
        folder.path(),
        &data,
        &["--json", "show", "sample", "record"],
    )
    .json();
    assert_eq!(json["object"]["card"]["kind"], "table", "{json}");
    let references = json["relationships"]["references"].as_array();
    assert_eq!(references.map(Vec::len), Some(2), "{json}");
}

#[test]
fn facts_of_an_engine_have_their_own_labels() {
    let folder = folder();
    let data = data(folder.path());
    let ran = as_ada(folder.path(), &data, &["show", "sample", "main"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "Page size: 4096",
        "Journal mode: delete",
        "Application id: 1279349323",
        "Auto-vacuum: none",
    ] {
        let there = ran.out.lines().any(|found| found == line);
        assert!(there, "{line} is told: {}", ran.out);
    }
    let genre = as_ada(folder.path(), &data, &["show", "sample", "genre"]);
    assert!(
        genre.out.lines().any(|line| line == "Strict: yes"),
        "by the label, not the key: {}",
        genre.out
    );
}

#[test]
fn a_kind_tells_apart_what_shares_a_name() {
    let folder = folder();
    let data = data(folder.path());
    let shown = |kind: &str| {
        let args = ["show", "sample", "record.record_artist", "--kind", kind];
        as_ada(folder.path(), &data, &args)
    };
    let key = shown("foreign-key");
    assert_eq!(key.code, 0, "{}", key.err);
    assert!(
        key.out.contains("\nforeign_key record_artist (artist_id)"),
        "{}",
        key.out
    );
    let check = shown("check");
    assert_eq!(check.code, 2, "no check has that name: {}", check.out);
    let nonsense = shown("nonsense");
    assert_eq!(nonsense.code, 2, "{}", nonsense.err);
}

#[test]
fn a_tree_in_folders_counts_what_they_hold() {
    let folder = folder();
    let data = data(folder.path());
    let args = ["tree", "sample", "--folders"];
    let ran = as_ada(folder.path(), &data, &args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.first(), Some(&"main"), "{}", ran.out);
    assert!(
        lines.iter().any(|line| line.starts_with("  Tables (")),
        "the folders of the descriptor: {}",
        ran.out
    );
    let at = lines.iter().position(|line| *line == "    artist");
    let at = at.unwrap_or_else(|| panic!("no table artist: {}", ran.out));
    assert_eq!(lines[at + 1], "      Columns (6)", "{}", ran.out);
    let json = as_ada(folder.path(), &data, &[&args[..], &["--json"]].concat()).json();
    assert_eq!(json[0]["folders"][0]["name"], "Tables", "{json}");
}

#[test]
fn a_definition_is_the_statement_alone() {
    let folder = folder();
    let data = data(folder.path());
    let ran = as_ada(
        folder.path(),
        &data,
        &["definition", "sample", "main.genre"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("CREATE TABLE genre (\n") && ran.out.ends_with("STRICT\n"),
        "ready to be run: {}",
        ran.out
    );
    let args = ["definition", "sample", "main.genre.name"];
    let none = as_ada(folder.path(), &data, &args);
    assert_eq!(none.code, 1, "a column has none: {}", none.err);
}

#[test]
fn the_statements_of_a_sync_are_told() {
    let folder = folder();
    let data = data(folder.path());
    as_ada(folder.path(), &data, &["sync", "sample"]);
    let ran = as_ada(folder.path(), &data, &["statements", "sample"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("-- sent 1 time\n") && ran.out.contains("FROM main.sqlite_schema"),
        "{}",
        ran.out
    );
    let json = as_ada(folder.path(), &data, &["--json", "statements", "sample"]).json();
    assert!(json[0]["times"].is_number(), "{json}");
}

#[test]
fn a_check_finds_nothing_in_a_whole_file() {
    let folder = folder();
    let data = data(folder.path());
    let ran = as_ada(folder.path(), &data, &["verify", "sample"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("Checked in ") && ran.out.contains(" pages, "),
        "{}",
        ran.out
    );
}

#[test]
fn a_check_that_finds_damage_ends_with_1() {
    let folder = folder();
    let data = data(folder.path());
    let file = data.join("sample.sqlite");
    let mut bytes = fs::read(&file).unwrap();
    // The last page with rows of a table, and not of the schema.
    let is_of_rows =
        |page: &[u8]| page[0] == 0x0d && !page.windows(7).any(|words| words == b"CREATE ");
    let pages = bytes.chunks_mut(4096).rev();
    let mut of_rows = pages.filter(|page| is_of_rows(page));
    of_rows.next().unwrap()[1..].fill(0xff);
    fs::write(&file, bytes).unwrap();
    let ran = as_ada(
        folder.path(),
        &data,
        &["--json", "verify", "sample", "main"],
    );
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert_ne!(
        ran.json()["findings"],
        Value::Array(Vec::new()),
        "{}",
        ran.out
    );
    assert_eq!(ran.error()["kind"], "server", "{}", ran.err);
    let nowhere = as_ada(folder.path(), &data, &["verify", "sample", "other"]);
    assert_eq!(nowhere.code, 2, "no such database: {}", nowhere.err);
}

#[test]
fn a_user_is_not_silently_left_aside() {
    let folder = folder();
    let file = sample(folder.path());
    let file = file.to_str().unwrap();
    for args in [
        vec!["--user", "Ada", "test", file],
        vec!["inspect", file, "--passphrase-stdin"],
    ] {
        let ran = run(folder.path(), &args, "");
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.out);
        assert!(
            ran.err.contains("--user") && ran.err.contains("hint: "),
            "{args:?}: {}",
            ran.err
        );
    }
}
