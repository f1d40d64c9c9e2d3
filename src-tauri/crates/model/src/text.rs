//! Shared text: names, types and defaults that repeat thousands of times in one schema.

use std::sync::Arc;

/// Text as a server sent it, shared between all places that say the same.
pub type Text = Arc<str>;
