//! Reading the schema as it is: roots, children page by page, single objects,
//! counts, and a database as a whole. Nothing is written here.

mod card;
mod children;
mod counts;
mod glance;
mod level;
mod names;
mod order;
mod place;
mod record;
mod references;
mod search;
mod snapshot;

pub use card::ObjectCard;
pub use children::{Listing, Page};
pub use glance::Glance;
pub use level::{Above, LevelRow, Sibling};
pub use names::Named;
pub use order::natural;
pub use record::ObjectRecord;
pub use search::{Found, Match};

use crate::scope::handle;

handle! {
    /// Schema objects.
    Objects
}
