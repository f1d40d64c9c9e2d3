//! The engines there are, in one list.

use model::{EngineDescriptor, EngineId};

use crate::Engine;

/// All engines of this build; who they are is decided by the floor above.
#[derive(Clone, Copy)]
pub struct Registry {
    engines: &'static [&'static dyn Engine],
}

impl Registry {
    /// A registry of these engines.
    pub const fn new(engines: &'static [&'static dyn Engine]) -> Self {
        Self { engines }
    }

    /// The engine with this id.
    pub fn get(&self, id: &EngineId) -> Option<&'static dyn Engine> {
        self.engines
            .iter()
            .copied()
            .find(|engine| engine.descriptor().id == id.0)
    }

    /// All engines, in the order in which people are shown them.
    pub fn all(&self) -> impl Iterator<Item = &'static dyn Engine> {
        self.engines.iter().copied()
    }

    /// What each engine declares about itself.
    pub fn descriptors(&self) -> impl Iterator<Item = &'static EngineDescriptor> {
        self.all().map(|engine| engine.descriptor())
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.descriptors().map(|descriptor| descriptor.id))
            .finish()
    }
}
