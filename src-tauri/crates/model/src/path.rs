//! Where an object stands: the names from its database down to itself.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ObjectKind, Text};

/// One step of a path: a kind and the name the server gave it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PathStep {
    /// What stands here.
    pub kind: ObjectKind,
    /// Its name, as the server gave it.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub name: Text,
}

/// The way from a database down to an object; empty for the connection itself.
///
/// It outlives a sync, which ids of a snapshot do not.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(transparent)]
pub struct ObjectPath(pub Vec<PathStep>);

impl ObjectPath {
    /// The path of a database.
    pub fn database(name: impl Into<Text>) -> Self {
        Self::default().child(ObjectKind::Database, name)
    }

    /// The path of the server itself, which has the same name everywhere.
    pub fn server() -> Self {
        Self::default().child(ObjectKind::Server, "server")
    }

    /// The path of a child of this object.
    #[must_use]
    pub fn child(&self, kind: ObjectKind, name: impl Into<Text>) -> Self {
        let mut steps = self.0.clone();
        steps.push(PathStep {
            kind,
            name: name.into(),
        });
        Self(steps)
    }

    /// The name of a last step that stands for all objects of its kind; no server has
    /// objects of that name, as a name may be empty but holds no NUL.
    pub const EVERY: &str = "\0";

    /// All objects of this kind below this object, as warnings speak of them.
    #[must_use]
    pub fn all(&self, kind: ObjectKind) -> Self {
        self.child(kind, Self::EVERY)
    }

    /// The last step, which names the object itself.
    pub fn last(&self) -> Option<&PathStep> {
        self.0.last()
    }

    /// The name of the first step of this kind.
    pub fn name_of(&self, kind: ObjectKind) -> Option<&Text> {
        self.0
            .iter()
            .find(|step| step.kind == kind)
            .map(|step| &step.name)
    }

    /// Whether `other` is this object or lies below it.
    pub fn contains(&self, other: &ObjectPath) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl fmt::Display for ObjectPath {
    /// Joins the names with dots, all of a kind as `every` and the kind; a name that holds a dot, a quote or white
    /// space is quoted, so that two paths never read alike.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(".")?;
            }
            let plain = !step.name.is_empty()
                && step
                    .name
                    .chars()
                    .all(|c| c.is_alphanumeric() || "_-$".contains(c));
            if *step.name == *Self::EVERY {
                write!(f, "every {}", step.kind.as_str().replace('_', " "))?;
            } else if plain {
                f.write_str(&step.name)?;
            } else {
                let quoted = step.name.replace('\\', "\\\\").replace('"', "\"\"");
                write!(f, "\"{}\"", visible(&quoted))?;
            }
        }
        Ok(())
    }
}

/// Writes control characters as escapes, so that a hostile name stays on its line.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
