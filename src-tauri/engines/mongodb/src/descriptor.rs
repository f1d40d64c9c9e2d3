//! What MongoDB declares about itself: its stages and kinds, and with `form` its fields.

mod form;
mod kinds;

use model::Stage;
use model::engine::EngineDescriptor;

pub(crate) use form::{SRV_SCHEME, keys};

pub(crate) static DESCRIPTOR: EngineDescriptor = EngineDescriptor {
    id: "mongodb",
    label: "MongoDB",
    schemes: &["mongodb", SRV_SCHEME],
    file_extensions: &[],
    parameters: form::PARAMETERS,
    form: form::FORM,
    stages: &[
        Stage::Parse,
        Stage::Resolve,
        Stage::Connect,
        Stage::Tls,
        Stage::SignIn,
        Stage::ServerVersion,
        Stage::Privileges,
    ],
    kinds: kinds::KINDS,
    environment: &[],
};
