//! Who was granted what on a database, its tables and their columns.

use std::collections::{BTreeMap, HashMap};

use model::Text;

use crate::rows::PrivilegeRow;

/// What the rights are on: the database, a table, or a column.
type On = (Option<Text>, Option<Text>);

/// The rights of one account, and whether it may pass them on.
type Rights = BTreeMap<Text, (Vec<Text>, bool)>;

/// Lines about privileges, one for each account.
#[derive(Debug, Default)]
pub(crate) struct Granted(HashMap<On, Vec<Text>>);

impl Granted {
    /// Gathers the rows by what they are on and to whom.
    pub(crate) fn of(rows: Vec<PrivilegeRow>) -> Self {
        let mut gathered: HashMap<On, Rights> = HashMap::new();
        for row in rows {
            if &*row.right == "USAGE" {
                continue;
            }
            let (rights, grantable) = gathered
                .entry((row.relation, row.column))
                .or_default()
                .entry(row.grantee)
                .or_default();
            rights.push(row.right);
            *grantable |= row.grantable;
        }
        let lines = |rights: Rights| rights.into_iter().map(line).collect();
        Self(
            gathered
                .into_iter()
                .map(|(on, rights)| (on, lines(rights)))
                .collect(),
        )
    }

    pub(crate) fn on_database(&self) -> Option<Vec<Text>> {
        self.0.get(&(None, None)).cloned()
    }

    pub(crate) fn on_relation(&self, relation: &Text) -> Option<Vec<Text>> {
        self.0.get(&(Some(relation.clone()), None)).cloned()
    }

    pub(crate) fn on_column(&self, relation: &Text, column: &Text) -> Option<Vec<Text>> {
        if self.0.is_empty() {
            return None;
        }
        let on = (Some(relation.clone()), Some(column.clone()));
        self.0.get(&on).cloned()
    }
}

fn line((grantee, (mut rights, grantable)): (Text, (Vec<Text>, bool))) -> Text {
    rights.sort();
    rights.dedup();
    let rights: Vec<&str> = rights.iter().map(|right| &**right).collect();
    let more = if grantable { ", with grant option" } else { "" };
    format!("{} to {grantee}{more}", rights.join(", ")).into()
}
