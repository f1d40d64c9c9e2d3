//! The menu of the tray: what it holds, and what a click in it means.

use model::ConnectionId;
use model::path::visible;
use services::view::ConnectionCard;
use tauri::menu::{Menu, MenuBuilder};
use tauri::{AppHandle, Runtime};

use super::state;

/// Connections at most, favourites first.
const SHOWN: usize = 12;
/// Characters of a name at most.
const LONGEST: usize = 40;

/// What a click asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Open,
    Quit,
    Lock,
    TestAll,
    Test(ConnectionId),
}

impl Action {
    /// The action behind an entry's id.
    pub(super) fn parse(id: &str) -> Option<Self> {
        match id {
            "open" => Some(Self::Open),
            "quit" => Some(Self::Quit),
            "lock" => Some(Self::Lock),
            "test-all" => Some(Self::TestAll),
            _ => Some(Self::Test(ConnectionId(
                id.strip_prefix("test-")?.parse().ok()?,
            ))),
        }
    }

    fn id(self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Quit => "quit".to_owned(),
            Self::Lock => "lock".to_owned(),
            Self::TestAll => "test-all".to_owned(),
            Self::Test(ConnectionId(id)) => format!("test-{id}"),
        }
    }
}

/// The menu while the vault is locked; it names nothing.
pub(super) fn locked<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    MenuBuilder::new(app)
        .text(Action::Open.id(), "Unlock")
        .separator()
        .text(Action::Quit.id(), "Quit")
        .build()
}

/// The menu of somebody who is signed in.
pub(super) fn unlocked<R: Runtime>(
    app: &AppHandle<R>,
    cards: &[ConnectionCard],
) -> tauri::Result<Menu<R>> {
    let (favourites, recents) = shown(cards);
    let mut menu = MenuBuilder::new(app);
    for group in [favourites, recents] {
        for card in &group {
            menu = menu.text(Action::Test(card.connection.id).id(), label(card));
        }
        if !group.is_empty() {
            menu = menu.separator();
        }
    }
    if !cards.is_empty() {
        menu = menu.text(Action::TestAll.id(), "Test all");
    }
    menu.text(Action::Open.id(), "Open db-studio")
        .text(Action::Lock.id(), "Lock")
        .separator()
        .text(Action::Quit.id(), "Quit")
        .build()
}

/// Favourites in the user's order, then the others by when they were last used.
fn shown(cards: &[ConnectionCard]) -> (Vec<&ConnectionCard>, Vec<&ConnectionCard>) {
    let active = cards.iter().filter(|card| card.connection.active);
    let (mut favourites, mut recents): (Vec<_>, Vec<_>) =
        active.partition(|card| card.connection.draft.favourite);
    favourites.truncate(SHOWN);
    recents.sort_by_key(|card| std::cmp::Reverse(card.connection.last_used_at));
    recents.truncate(SHOWN - favourites.len());
    (favourites, recents)
}

/// Name and last state; an ampersand in it is no mnemonic.
fn label(card: &ConnectionCard) -> String {
    let name = visible(&card.connection.draft.name);
    let cut: String = name.chars().take(LONGEST).collect();
    let ellipsis = if cut.len() < name.len() { "…" } else { "" };
    format!("{cut}{ellipsis} · {}", state::last(card)).replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_own_id() {
        let all = [
            Action::Open,
            Action::Quit,
            Action::Lock,
            Action::TestAll,
            Action::Test(ConnectionId(7)),
        ];
        for action in all {
            assert_eq!(
                Action::parse(&action.id()),
                Some(action),
                "the id leads back"
            );
        }
        assert_eq!(Action::parse("test-x"), None, "an unknown id does nothing");
    }
}
