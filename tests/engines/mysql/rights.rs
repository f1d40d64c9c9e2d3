//! What accounts with few rights see, and what they are told that they do not.

use db_studio_tests::MySql;
use db_studio_tests::mysql::{Account, FreshDatabase, Variant};
use engine::{EngineError, InspectScope};
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath};

use super::{cx, everything, inspect, open, outline, own, read, read_fresh};

fn grants(warnings: &[Warning]) -> Vec<String> {
    warnings
        .iter()
        .filter_map(|warning| warning.grant.clone())
        .collect()
}

/// The statement for an account; who reads it may see any database's name in it.
fn grant(rights: &str, on: &str, account: &Account) -> String {
    format!("GRANT {rights} ON {on} TO '{}'@'%';", account.name)
}

/// A database as the tests' own grants write it.
fn all_of(database: &FreshDatabase) -> String {
    format!("`{}`.*", database.name)
}

/// The outline without lines' facts about privileges, which grants change.
fn plain_outline(snapshot: &model::Snapshot, database: &str) -> String {
    let text = outline(snapshot, database);
    let mut plain = String::new();
    for line in text.lines() {
        let line = match line.split_once(" privileges=[") {
            Some((before, after)) => {
                let rest = after.split_once(']').map_or("", |(_, rest)| rest);
                format!("{before}{rest}")
            }
            None => line.to_owned(),
        };
        plain.push_str(&line);
        plain.push('\n');
    }
    plain
}

#[tokio::test]
async fn an_account_without_rights_is_told_what_would_help() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let account = database.account("").await;
        let url = server.url("").replace(
            &format!("root:{}", server.password()),
            &format!("{}:{}", account.name, account.password),
        );
        let mut session = open(&url).await;
        let listed = session.databases(false, &cx()).await.expect("the list");
        assert!(listed.is_empty(), "nothing shows: {listed:?}");
        let told = session.privileges(&cx()).await.expect("privileges");
        assert_eq!(told.summary, "sees no database", "and that is said");
        let grants = grants(&told.lacks);
        let help = grant("SHOW DATABASES", "*.*", &account);
        assert!(grants.contains(&help), "{grants:?} hold {help}");
        let scope = InspectScope::database(&database.name);
        let nothing = inspect(session.as_mut(), &scope).await;
        assert_eq!(nothing.nodes().len(), 0, "a hidden database is not there");
    }
}

#[tokio::test]
async fn a_database_without_rights_is_listed_as_closed_where_its_name_shows() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        let account = database
            .account("GRANT SHOW DATABASES ON *.* TO {account}")
            .await;
        let other = server.fresh_database("").await;
        let url = other.url_as(&account).replace(&other.name, "");
        let mut session = open(&url).await;
        let listed = session.databases(false, &cx()).await.expect("the list");
        let found = listed
            .iter()
            .find(|listed| *listed.name == *database.name)
            .expect("its name shows");
        let warning = found.closed.as_ref().expect("it says that it is closed");
        let escaped = format!("`{}`.*", database.name.replace('_', "\\_"));
        let help = grant("SELECT", &escaped, &account);
        assert_eq!(warning.grant, Some(help), "and what would open it");
        assert!(warning.unseen, "what it holds is unknown, not gone");
        let error = super::try_open(&database.url_as(&account))
            .await
            .err()
            .expect("it may not be entered");
        assert!(
            matches!(&error, EngineError::NotAllowed { grant: Some(_), .. }),
            "entering it says the same: {error:?}"
        );
    }
}

#[tokio::test]
async fn each_hidden_kind_is_told_and_the_grants_that_are_told_show_all() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let name = &database.name;
        for rights in [
            "GRANT SELECT ON {database}.countries TO {account}",
            "GRANT SELECT (code) ON {database}.countries TO {account}",
            "GRANT SELECT ON {database}.* TO {account}",
            "GRANT EXECUTE ON {database}.* TO {account}",
            "GRANT EVENT ON {database}.* TO {account}",
        ] {
            let account = database.account(rights).await;
            let url = database.url_as(&account);
            // Each round may show objects that hide something else.
            for _ in 0..4 {
                let seen = read(&url, name).await;
                let help = grants(seen.warnings());
                if help.is_empty() {
                    break;
                }
                database.execute(&help.join(" ")).await;
            }
            let seen = read(&url, name).await;
            assert!(
                seen.warnings().is_empty(),
                "{rights}: nothing is hidden any more: {:?}",
                seen.warnings()
            );
            let owned = read_fresh(&database).await;
            assert_eq!(
                plain_outline(&seen, name),
                plain_outline(&owned, name),
                "{rights}, and all that was told: everything shows"
            );
        }
    }
}

#[tokio::test]
async fn hidden_kinds_are_named_with_their_grants() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let account = database
            .account("GRANT SELECT ON {database}.* TO {account}")
            .await;
        let seen = read(&database.url_as(&account), &database.name).await;
        let told = grants(seen.warnings());
        for right in ["TRIGGER", "EVENT", "EXECUTE"] {
            let help = grant(right, &all_of(&database), &account);
            assert!(told.contains(&help), "{told:?} hold {help}");
        }
        for kind in [
            ObjectKind::Trigger,
            ObjectKind::Event,
            ObjectKind::Procedure,
        ] {
            let all = ObjectPath::database(&*database.name).all(kind);
            let unseen = seen
                .warnings()
                .iter()
                .any(|warning| warning.object == all && warning.unseen);
            assert!(unseen, "no {kind} is taken for gone");
        }
        let view = format!("`{}`.`paid_customers`", database.name);
        let help = grant("SELECT, SHOW VIEW", &view, &account);
        assert!(told.contains(&help), "{told:?} hold {help}");
        let customers = own(&seen, ObjectKind::Table, "customers");
        for kind in [
            ObjectKind::PrimaryKey,
            ObjectKind::Unique,
            ObjectKind::ForeignKey,
            ObjectKind::Check,
            ObjectKind::Index,
        ] {
            let shown = customers.children_of(kind).count();
            assert!(shown > 0, "who may read the rows sees each {kind}");
        }
    }
}

#[tokio::test]
async fn a_hidden_body_is_an_error_that_names_the_grant() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let account = database
            .account("GRANT SELECT, EXECUTE ON {database}.* TO {account}")
            .await;
        let mut session = open(&database.url_as(&account)).await;
        let path = super::path(&database.name, &[(ObjectKind::Procedure, "pay")]);
        let answer = session.definition(&path, &cx()).await;
        let on = match server.variant() {
            Variant::MariaDb => grant("SELECT", "`mysql`.`proc`", &account),
            Variant::MySql => grant("SHOW_ROUTINE", "*.*", &account),
        };
        assert!(
            matches!(&answer, Err(EngineError::NotAllowed { grant: Some(given), .. }) if *given == on),
            "{answer:?} names {on}"
        );
        let view = super::path(&database.name, &[(ObjectKind::View, "paid_customers")]);
        let answer = session.definition(&view, &cx()).await;
        assert!(
            matches!(&answer, Err(EngineError::NotAllowed { grant: Some(_), .. })),
            "{answer:?} names a grant"
        );
    }
}

#[tokio::test]
async fn rights_that_come_by_a_role_count() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let role = format!("{}_role", database.name);
        let for_all = match server.variant() {
            Variant::MariaDb => "FOR",
            Variant::MySql => "TO",
        };
        let account = database
            .account(&format!(
                "CREATE ROLE {role};
                 GRANT SELECT, TRIGGER, EVENT, EXECUTE ON {{database}}.* TO {role};
                 GRANT {role} TO {{account}};
                 SET DEFAULT ROLE {role} {for_all} {{account}};"
            ))
            .await;
        let seen = read(&database.url_as(&account), &database.name).await;
        database.execute(&format!("DROP ROLE {role}")).await;
        let told = grants(seen.warnings());
        for right in ["TRIGGER ON", "EVENT ON", "EXECUTE ON"] {
            let hidden = told.iter().any(|grant| grant.contains(right));
            assert!(!hidden, "{right} came by the role: {told:?}");
        }
        let triggers = own(&seen, ObjectKind::Table, "customers")
            .children_of(ObjectKind::Trigger)
            .count();
        assert_eq!(triggers, 2, "and shows what it is for");
    }
}

#[tokio::test]
async fn users_are_told_to_those_who_may_see_them_and_passwords_to_nobody() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        let account = database
            .account("GRANT SELECT ON {database}.* TO {account}")
            .await;
        let people = |url: String| async move {
            let mut out = model::SnapshotBuilder::default();
            let mut session = open(&url).await;
            session
                .inspect_server(&mut out, &cx())
                .await
                .expect("the server is read");
            out.finish()
        };
        let all = people(database.url.clone()).await;
        let named = |snapshot: &model::Snapshot| -> Vec<String> {
            snapshot
                .all()
                .filter(|walker| walker.kind() == ObjectKind::Role)
                .map(|walker| walker.name().to_owned())
                .collect()
        };
        let own_name = format!("{}@%", account.name);
        assert!(named(&all).contains(&own_name), "root sees everybody");
        let shown = format!("{all:?}");
        let hash = database
            .text(&format!(
                "SELECT SUBSTRING(authentication_string, 8, 20) FROM mysql.user WHERE User = '{}'",
                account.name
            ))
            .await;
        assert!(hash.len() > 10, "there is a hash to look for");
        assert!(!shown.contains(&hash), "no hash of a password is told");
        let few = people(database.url_as(&account)).await;
        assert_eq!(named(&few), [own_name], "others see themselves");
        assert_eq!(
            grants(few.warnings()),
            [grant("SELECT", "`mysql`.*", &account)],
            "and what would show the rest"
        );
    }
}
