/** The keys of the window: one list, which `?` shows and every press is matched against. */
import { isTyping, matchesKeys } from '../lib/keys';
import { connections } from '../lib/state/connections.svelte';
import { editorRequest, openEditor } from '../lib/state/editor.svelte';
import { hasPageCommand, runPageCommand } from '../lib/state/page-commands';
import { openPalette } from '../lib/state/palette.svelte';
import { back, canGoBack, canGoForward, forward, go } from '../lib/state/router.svelte';
import { lock } from '../lib/state/session.svelte';

/** A key combination and what it does. */
export interface KeyBinding {
  /** All combinations that do it. */
  keys: readonly string[];
  /** What it does, for people. */
  words: string;
  /** Does it; false when there is nothing to do here, and the press goes on. */
  run: (event?: KeyboardEvent) => boolean | void;
  /** Whether the search offers it as a command now; absent for what makes no sense there. */
  offered?: () => boolean;
}

/** Every binding; `showKeys` opens their list. */
export function keyBindings(showKeys: () => void): readonly KeyBinding[] {
  return [
    { keys: ['Mod+K'], words: 'Search everything and every command', run: () => openPalette() },
    { keys: ['Mod+P'], words: 'Jump to an object', run: () => openPalette({ tab: 'tables' }) },
    { keys: ['Mod+N'], words: 'New connection', run: () => openEditor(), offered: always },
    {
      keys: ['Mod+R', 'F5'],
      words: 'Sync what is selected',
      run: () => void runPageCommand('sync'),
      offered: () => hasPageCommand('sync'),
    },
    {
      keys: ['Mod+F'],
      words: 'Filter this list',
      run: () => runPageCommand('filter'),
      offered: () => hasPageCommand('filter'),
    },
    {
      keys: ['Mod+B'],
      words: 'Show or hide the side bar',
      run: () => runPageCommand('sideBar'),
      offered: () => hasPageCommand('sideBar'),
    },
    {
      keys: NINE.map((number) => `Mod+${number}`),
      words: 'Open a favourite in the browser',
      run: (event) => openFavourite(Number(event?.key)),
    },
    { keys: ['Alt+Left'], words: 'Back', run: back, offered: canGoBack },
    { keys: ['Alt+Right'], words: 'Forward', run: forward, offered: canGoForward },
    { keys: ['Mod+,'], words: 'Settings', run: () => go('settings'), offered: always },
    { keys: ['Mod+L'], words: 'Lock', run: () => void lock(), offered: always },
    { keys: ['?'], words: 'Show all keys', run: showKeys, offered: always },
  ];
}

const always = () => true;
const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Runs the binding that the event asks for, if any. */
export function pressKey(event: KeyboardEvent, bindings: readonly KeyBinding[]): void {
  if (event.defaultPrevented) return;
  const binding = bindings.find(({ keys }) => keys.some((combination) => matchesKeys(event, combination)));
  if (!binding) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.key.startsWith('F');
  if (plain && isTyping(event)) return;
  // What lies above the page keeps its keys; locking is always at hand.
  const covered = editorRequest() !== null || document.querySelector('[role=dialog], [role=menu]') !== null;
  if (covered && !binding.keys.includes('Mod+L')) {
    // The web view would reload, search or print the page.
    if (['Mod+R', 'F5', 'Mod+F', 'Mod+P', 'Mod+K'].some((keys) => matchesKeys(event, keys)))
      event.preventDefault();
    return;
  }
  if (binding.run(event) === false) return;
  event.preventDefault();
}

function openFavourite(number: number): boolean {
  const favourite = connections.all.filter((card) => card.connection.draft.favourite)[number - 1];
  if (!favourite) return false;
  go('browser', { connection: String(favourite.connection.id) });
  return true;
}
