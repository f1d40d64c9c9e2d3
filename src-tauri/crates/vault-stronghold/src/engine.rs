//! Calls into Stronghold's engine, which reports in text and sometimes panics:
//! here both become errors.

use std::{
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
};

use vault::VaultError;

/// Runs one call of the engine. A panic in there (it unwraps locked memory, of
/// which systems give little) is an error like any other; the engine's own locks
/// are then poisoned, so that later calls fail rather than read half a change.
pub(crate) fn call<T, E>(
    action: &'static str,
    call: impl FnOnce() -> Result<T, E>,
) -> Result<T, VaultError>
where
    E: Into<Box<dyn Error + Send + Sync>>,
{
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(source)) => Err(VaultError::Engine {
            action,
            source: source.into(),
        }),
        Err(_) => Err(VaultError::Engine {
            action,
            source: "the engine panicked".into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_engine_is_an_error() {
        let result = call("try", || -> Result<(), VaultError> {
            panic!("out of locked memory")
        });
        assert!(
            matches!(result, Err(VaultError::Engine { action: "try", .. })),
            "the app must not go down with it: {result:?}"
        );
    }
}
