/** The title of the window: `connection – object – db-studio`. */
import { oneLine } from '../lib/format';
import type { PageName } from '../lib/state/router.svelte';

const PAGES: Readonly<Record<PageName, string>> = {
  dashboard: 'Dashboard',
  connections: 'Connections',
  browser: 'Browser',
  settings: 'Settings',
};

/** The title for what is in view. */
export function windowTitle(page: PageName, connection?: string | null, object?: string): string {
  const parts = page === 'browser' && connection ? [connection, object] : [PAGES[page]];
  return [...parts, 'db-studio']
    .filter((part) => part)
    .map((part) => oneLine(part ?? '').slice(0, 120))
    .join(' – ');
}
