//! What an engine declares about itself; forms, trees, details and checks derive from it.

use serde::Serialize;

use crate::{ObjectKind, Stage};

/// The declaration of one engine.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct EngineDescriptor {
    /// Its stable name, also that of its folder and icon.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Schemes of its connection strings, the preferred one first.
    pub schemes: &'static [&'static str],
    /// What the connection strings end in when they are plain file names.
    pub file_extensions: &'static [&'static str],
    /// Parameters of its connection strings that stand for fields of the form.
    pub parameters: &'static [UrlParameter],
    /// The fields of a connection, in the order of the form.
    pub form: &'static [FormField],
    /// The stages of a connection test, in order.
    pub stages: &'static [Stage],
    /// The kinds of objects it reads, parents first.
    pub kinds: &'static [KindDescriptor],
    /// Environment variables that its driver reads by itself and cannot be told
    /// to leave alone: the program starts without them.
    #[serde(skip)]
    pub environment: &'static [&'static str],
}

impl EngineDescriptor {
    /// The declaration of a kind.
    pub fn kind(&self, kind: ObjectKind) -> Option<&'static KindDescriptor> {
        self.kinds.iter().find(|descriptor| descriptor.kind == kind)
    }

    /// The declaration of a field.
    pub fn field(&self, key: &str) -> Option<&'static FormField> {
        self.form.iter().find(|field| field.key == key)
    }
}

/// A parameter of a connection string that stands for a field.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct UrlParameter {
    /// Its name in the string, compared without case.
    pub name: &'static str,
    /// The key of the field it sets.
    pub field: &'static str,
    /// The values it knows, each with the field's value; empty when it is taken as it is.
    pub values: &'static [(&'static str, &'static str)],
}

/// One field of a connection's form.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FormField {
    /// The key in the target.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// A sentence that explains it; may be empty.
    pub help: &'static str,
    /// Shown while the field is empty.
    pub placeholder: &'static str,
    /// The section it stands in.
    pub group: FieldGroup,
    /// What may be typed.
    pub input: FieldInput,
    /// Whether a connection without it is refused.
    pub required: bool,
    /// The value that an absent field has; empty for none.
    pub default: &'static str,
}

/// A section of the form; all but the first are closed until needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FieldGroup {
    /// Where it is and who signs in.
    Main,
    /// Encryption of the link.
    Tls,
    /// Times and bounds.
    Limits,
}

/// What may be typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum FieldInput {
    /// Any text on one line.
    Text,
    /// Text that is never shown and is kept in the vault.
    Password,
    /// A whole number within bounds.
    Number {
        /// The least value.
        min: u32,
        /// The largest value.
        max: u32,
    },
    /// One or more names or addresses of servers, joined by commas, each with its
    /// port (`db1:4000,db2`) or without.
    Hosts,
    /// An existing file, chosen or typed.
    File,
    /// One of the choices.
    Choice {
        /// The choices, in order.
        choices: &'static [Choice],
    },
}

/// One of the values of a choice.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Choice {
    /// The value in the target.
    pub value: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it means, in one sentence; may be empty.
    pub help: &'static str,
}

/// What an engine says of one kind of object.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct KindDescriptor {
    /// The kind.
    pub kind: ObjectKind,
    /// Its name for people, singular, sentence case.
    pub label: &'static str,
    /// The same in the plural; heads its folder.
    pub plural: &'static str,
    /// The kinds it stands under; empty for the top.
    pub parents: &'static [ObjectKind],
    /// What the tree shows below such an object, in order.
    pub children: &'static [TreeGroup],
    /// The tabs of its page, in order.
    pub tabs: &'static [Tab],
    /// Facts of this engine alone.
    pub attributes: &'static [AttributeDescriptor],
}

/// A group of children in the tree.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TreeGroup {
    /// The folder's name; absent when the children stand directly below the parent.
    pub folder: Option<&'static str>,
    /// The kinds that it holds.
    pub kinds: &'static [ObjectKind],
}

/// A tab on the page of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// The objects inside a database or schema.
    Contents,
    /// Columns.
    Columns,
    /// Fields of documents, with what a sample says of them.
    Fields,
    /// Keys and constraints.
    Constraints,
    /// Indexes.
    Indexes,
    /// What it refers to and depends on, and what refers to and depends on it.
    Relationships,
    /// Triggers.
    Triggers,
    /// Rules.
    Rules,
    /// Policies.
    Policies,
    /// Partitions that are no tables themselves.
    Partitions,
    /// What documents must be like.
    Validator,
    /// The statement that makes it.
    Definition,
    /// Every other fact, those of the engine included.
    Details,
    /// A check for damage, on demand.
    Integrity,
}

/// A fact that only this engine knows.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AttributeDescriptor {
    /// Its stable name, snake case.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it means, in one sentence; may be empty.
    pub help: &'static str,
}
