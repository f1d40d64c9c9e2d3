//! Signing up, signing in, and what an account can change of itself.

use catalogue::CatalogueError;

use crate::support::{Store, new_user};

#[test]
fn a_user_signs_up_and_in() {
    let store = Store::new();
    let session = store.user("Ada");
    let credentials = store
        .catalogue
        .credentials(" ada ")
        .expect("names are compared without case");
    assert_eq!(credentials.user, session.user(), "it is the same user");
    assert_eq!(
        credentials.vault_file, "Ada.vault",
        "the vault's file is known before sign-in"
    );
    let again = store
        .catalogue
        .sign_in(credentials.user, b"Ada")
        .expect("the verifier is right");
    assert_eq!(again.user(), session.user(), "the session is that user's");
    let cards = store.catalogue.users().expect("users can be listed");
    assert_eq!(cards.len(), 1, "there is one user");
    assert!(cards[0].last_signed_in_at.is_some(), "the sign-in is noted");
}

#[test]
fn a_wrong_verifier_is_a_wrong_passphrase() {
    let store = Store::new();
    let user = store.user("ada").user();
    for wrong in [&b"adb"[..], b"", b"ada2"] {
        let error = store
            .catalogue
            .sign_in(user, wrong)
            .expect_err("only the stored one will do");
        assert!(
            matches!(error, CatalogueError::WrongPassphrase),
            "it is typed: {error:?}"
        );
    }
    let nobody = store
        .catalogue
        .sign_in(model::UserId(99), b"ada")
        .expect_err("there is nobody");
    assert!(
        matches!(nobody, CatalogueError::WrongPassphrase),
        "and tells no more: {nobody:?}"
    );
}

#[test]
fn a_name_is_unique_and_not_empty() {
    let store = Store::new();
    store.user("ada");
    let taken = store
        .catalogue
        .sign_up(&new_user(" ADA\t"))
        .expect_err("the name is taken");
    assert!(
        matches!(taken, CatalogueError::NameTaken { .. }),
        "it is typed: {taken:?}"
    );
    let empty = store
        .catalogue
        .sign_up(&new_user("  "))
        .expect_err("a name is needed");
    assert!(
        matches!(empty, CatalogueError::NameEmpty { .. }),
        "it is typed: {empty:?}"
    );
    let unknown = store
        .catalogue
        .credentials("bob")
        .expect_err("there is no bob");
    assert!(
        matches!(unknown, CatalogueError::UnknownUser { .. }),
        "it is typed: {unknown:?}"
    );
}

#[test]
fn credentials_change_together() {
    let store = Store::new();
    let person = store.person("ada");
    person.write(|scope| scope.account().replace_credentials("2.vault", "v2", b"new"));
    let credentials = store
        .catalogue
        .credentials("ada")
        .expect("the user is there");
    assert_eq!(
        (
            credentials.vault_file.as_str(),
            credentials.key_parameters.as_str()
        ),
        ("2.vault", "v2"),
        "file and parameters are the new ones"
    );
    assert!(
        store.catalogue.sign_in(credentials.user, b"new").is_ok(),
        "the new verifier counts"
    );
    assert!(
        store.catalogue.sign_in(credentials.user, b"ada").is_err(),
        "the old one does not"
    );
}

#[test]
fn a_user_takes_everything_along() {
    let store = Store::new();
    let person = store.person("ada");
    person.write(|scope| scope.settings().set("theme", "dark"));
    let mut world = crate::world::World::new(true);
    world.happen(&crate::world::Event::AddTable(0, "a".to_owned()));
    world.happen(&crate::world::Event::ToggleIndex(0, 0));
    person.sync(&world.snapshot());
    world.happen(&crate::world::Event::AddColumn(0, 0, "later".to_owned()));
    person.sync(&world.snapshot());
    for table in ["late_part", "needing_part"] {
        assert_eq!(crate::support::dump(&store.plain(), table).len(), 1);
    }
    person.write(|scope| scope.account().delete_user());
    let ended = store
        .catalogue
        .read(&person.session, |scope| scope.settings().get("theme"));
    assert!(
        matches!(ended, Err(CatalogueError::SessionEnded)),
        "the session ends: {ended:?}"
    );
    let plain = store.plain();
    let tables: Vec<String> = plain
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the tables can be listed");
    for table in tables.iter().filter(|table| *table != "sequence") {
        assert_eq!(
            crate::support::dump(&plain, table).len(),
            0,
            "nothing is left in {table}"
        );
    }
    let next = store.user("bob");
    assert_ne!(
        next.user(),
        person.session.user(),
        "an id is never given out twice"
    );
}

#[test]
fn a_session_is_good_for_its_own_catalogue_only() {
    let (one, two) = (Store::new(), Store::new());
    let session = one.user("ada");
    two.user("ada");
    let answer = two
        .catalogue
        .read(&session, |scope| scope.connections().list());
    assert!(
        matches!(answer, Err(CatalogueError::SessionEnded)),
        "it is refused: {answer:?}"
    );
}
