/** The commands of the search: those of the keys, the pages, the themes, and what can be done with each connection. */
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import AppWindow from '@lucide/svelte/icons/app-window';
import Database from '@lucide/svelte/icons/database';
import Pencil from '@lucide/svelte/icons/pencil';
import PlugZap from '@lucide/svelte/icons/plug-zap';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import type { PaletteCommand } from '../features/search/commands';
import type { ConnectionCard, Theme } from '../lib/backend';
import { notify } from '../lib/components';
import { toAppError } from '../lib/errors';
import { oneLine } from '../lib/format';
import { activeIds, syncAll, testAll, testAndTell } from '../lib/state/connection-actions';
import { connections } from '../lib/state/connections.svelte';
import { openEditor } from '../lib/state/editor.svelte';
import { go, place, type PageName } from '../lib/state/router.svelte';
import { chooseTheme, theme } from '../lib/state/theme.svelte';
import type { KeyBinding } from './keyboard';

/** Everything that can be done right now; what the open page does not know is left out. */
export function paletteCommands(bindings: readonly KeyBinding[]): PaletteCommand[] {
  return [
    ...bindings.flatMap(fromBinding),
    ...pageCommands(),
    ...commandsForAll(),
    ...themeCommands(),
    ...connections.all.flatMap(connectionCommands),
  ];
}

function fromBinding({ words, keys, run, offered }: KeyBinding): PaletteCommand[] {
  const [first] = keys;
  return offered?.()
    ? [{ words, area: 'Window', icon: AppWindow, ...(first ? { keys: first } : {}), run: () => void run() }]
    : [];
}

function pageCommands(): PaletteCommand[] {
  const pages: readonly (readonly [PageName, string])[] = [
    ['dashboard', 'Go to the dashboard'],
    ['connections', 'Go to the connections'],
    ['browser', 'Go to the browser'],
  ];
  return pages
    .filter(([page]) => place().page !== page)
    .map(([page, words]) => ({ words, area: 'Page', icon: ArrowRight, run: () => go(page) }));
}

function commandsForAll(): PaletteCommand[] {
  if (activeIds().length === 0) return [];
  return [
    {
      words: 'Test all connections',
      area: 'Connections',
      icon: PlugZap,
      run: () => void testAll(activeIds()),
    },
    {
      words: 'Sync all connections',
      area: 'Connections',
      icon: RefreshCw,
      run: () => void syncAll(activeIds()),
    },
  ];
}

function themeCommands(): PaletteCommand[] {
  const themes: readonly (readonly [Theme, string])[] = [
    ['light', 'Switch to the light theme'],
    ['dark', 'Switch to the dark theme'],
    ['system', 'Switch to the theme of the system'],
  ];
  return themes
    .filter(([value]) => value !== theme())
    .map(([value, words]) => ({ words, area: 'Theme', icon: SunMoon, run: () => void change(value) }));
}

function connectionCommands({ connection }: ConnectionCard): PaletteCommand[] {
  const { id, draft } = connection;
  const name = oneLine(draft.name.slice(0, 200));
  const about = { area: 'Connection', onlyFound: true } as const;
  return [
    { ...about, words: `Open ${name}`, icon: Database, run: () => go('browser', { connection: String(id) }) },
    { ...about, words: `Sync ${name}`, icon: RefreshCw, run: () => void syncAll([id]) },
    { ...about, words: `Test ${name}`, icon: PlugZap, run: () => void testAndTell(id) },
    { ...about, words: `Edit ${name}`, icon: Pencil, run: () => openEditor({ connection: id }) },
  ];
}

async function change(next: Theme): Promise<void> {
  try {
    await chooseTheme(next);
  } catch (thrown) {
    notify(toAppError(thrown).message, { tone: 'fail' });
  }
}
