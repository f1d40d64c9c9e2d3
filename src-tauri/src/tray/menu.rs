//! The menu of the tray: what it holds, and what a click in it means.

use model::ConnectionId;
use model::path::visible;
use services::view::ConnectionCard;
use tauri::menu::{Menu, MenuBuilder, MenuItemKind};
use tauri::tray::TrayIcon;
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

/// One line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    Click(Action, String),
    Separator,
}

impl Entry {
    fn click(action: Action, label: &str) -> Self {
        Self::Click(action, label.to_owned())
    }

    fn action(&self) -> Option<Action> {
        match self {
            Self::Click(action, _) => Some(*action),
            Self::Separator => None,
        }
    }
}

/// The menu as it stands in the tray.
pub(super) struct Shown<R: Runtime> {
    pub(super) menu: Menu<R>,
    entries: Vec<Entry>,
}

impl<R: Runtime> Shown<R> {
    pub(super) fn new(app: &AppHandle<R>, entries: Vec<Entry>) -> tauri::Result<Self> {
        let mut menu = MenuBuilder::new(app);
        for entry in &entries {
            menu = match entry {
                Entry::Click(action, label) => menu.text(action.id(), label),
                Entry::Separator => menu.separator(),
            };
        }
        let menu = menu.build()?;
        Ok(Self { menu, entries })
    }

    /// Brings it up to date. Where it is only worded anew it stays in place: a menu that is
    /// replaced goes away under the pointer.
    pub(super) fn update(&mut self, entries: Vec<Entry>, icon: &TrayIcon<R>) -> tauri::Result<()> {
        if !self.is_worded_anew_by(&entries) {
            let new = Self::new(icon.app_handle(), entries)?;
            icon.set_menu(Some(new.menu.clone()))?;
            *self = new;
            return Ok(());
        }
        for (old, new) in self.entries.iter().zip(&entries) {
            if let Entry::Click(action, label) = new
                && old != new
                && let Some(MenuItemKind::MenuItem(item)) = self.menu.get(&action.id())
            {
                item.set_text(label)?;
            }
        }
        self.entries = entries;
        Ok(())
    }

    fn is_worded_anew_by(&self, entries: &[Entry]) -> bool {
        let actions = self.entries.iter().map(Entry::action);
        actions.eq(entries.iter().map(Entry::action))
    }
}

/// What stands in it while the vault is locked; it names nothing.
pub(super) fn locked() -> Vec<Entry> {
    vec![
        Entry::click(Action::Open, "Unlock"),
        Entry::Separator,
        Entry::click(Action::Quit, "Quit"),
    ]
}

/// What stands in it for somebody who is signed in.
pub(super) fn unlocked(cards: &[ConnectionCard]) -> Vec<Entry> {
    let (favourites, recents) = shown(cards);
    let mut entries = Vec::new();
    for group in [favourites, recents] {
        for card in &group {
            entries.push(Entry::Click(Action::Test(card.connection.id), label(card)));
        }
        if !group.is_empty() {
            entries.push(Entry::Separator);
        }
    }
    if !cards.is_empty() {
        entries.push(Entry::click(Action::TestAll, "Test all"));
    }
    entries.extend([
        Entry::click(Action::Open, "Open db-studio"),
        Entry::click(Action::Lock, "Lock"),
        Entry::Separator,
        Entry::click(Action::Quit, "Quit"),
    ]);
    entries
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
