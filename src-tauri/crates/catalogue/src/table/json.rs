//! Lists and maps as JSON text, for the columns that hold them.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::CatalogueError;

/// A value as JSON text.
pub(crate) fn json(value: &impl Serialize) -> Result<String, CatalogueError> {
    serde_json::to_string(value).map_err(|_| CatalogueError::damaged("a value without a JSON form"))
}

/// The value of JSON text that we wrote ourselves.
pub(crate) fn parse_json<T: DeserializeOwned>(text: &str) -> Result<T, CatalogueError> {
    serde_json::from_str(text).map_err(|_| CatalogueError::damaged("a value in JSON"))
}
