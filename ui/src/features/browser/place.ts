/** What is open in the browser, as the window's router keeps it. */
import type { Tab } from '../../lib/backend';
import { amend, go, place } from '../../lib/state/router.svelte';
import { TAB_LABELS } from './kinds';

/** What is open: a connection, an object of it, a tab of its page, a row in that tab. */
export interface BrowserPlace {
  readonly connection: number | null;
  readonly object: number | null;
  readonly tab: Tab | null;
  readonly row: number | null;
}

/** What is open now. */
export function browserPlace(): BrowserPlace {
  const { page, at } = place();
  if (page !== 'browser') return { connection: null, object: null, tab: null, row: null };
  return {
    connection: numberOf(at['connection']),
    object: numberOf(at['object']),
    tab: tabNamed(at['tab']),
    row: numberOf(at['row']),
  };
}

/** Opens a connection's page. */
export function openConnection(connection: number): void {
  go('browser', { connection: String(connection) });
}

/** Opens an object's page, perhaps with a tab and with a row of it chosen. */
export function openObject(connection: number, object: number, tab?: Tab, row?: number): void {
  go('browser', {
    connection: String(connection),
    object: String(object),
    ...(tab ? { tab } : {}),
    ...(row === undefined ? {} : { row: String(row) }),
  });
}

/** Changes the tab of the open page; no step to go back. */
export function chooseTab(tab: Tab): void {
  const { connection = '', object = '' } = place().at;
  amend({ connection, object, tab });
}

function tabNamed(text: string | undefined): Tab | null {
  return text !== undefined && Object.hasOwn(TAB_LABELS, text) ? (text as Tab) : null;
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || !Number.isInteger(value) ? null : value;
}
