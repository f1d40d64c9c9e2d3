/** Where the window is, with a way back and forward. Nothing here reaches the address bar or the disk. */

const PAGES = ['dashboard', 'connections', 'browser', 'settings'] as const;

/** The pages of the window. */
export type PageName = (typeof PAGES)[number];

/** A place: a page and what is open on it, by keys that the page understands. */
export interface Place {
  readonly page: PageName;
  readonly at: Readonly<Record<string, string>>;
}

const LONGEST = 100;

let places = $state.raw<readonly Place[]>([{ page: 'dashboard', at: {} }]);
let index = $state(0);

/** The current place. */
export function place(): Place {
  return places[index] ?? { page: 'dashboard', at: {} };
}

/** Goes to a place; what lay ahead is forgotten. Going where one is changes nothing. */
export function go(page: PageName, at: Readonly<Record<string, string>> = {}): void {
  if (same(place(), { page, at })) return;
  places = [...places.slice(0, index + 1), { page, at }].slice(-LONGEST);
  index = places.length - 1;
}

/** Changes what is open on the current page without a step that one could go back. */
export function amend(at: Readonly<Record<string, string>>): void {
  places = places.map((old, position) => (position === index ? { page: old.page, at } : old));
}

/** Whether there is a place to go back to. */
export function canGoBack(): boolean {
  return index > 0;
}

/** Whether there is a place to go forward to. */
export function canGoForward(): boolean {
  return index < places.length - 1;
}

/** Goes to the place before this one. */
export function back(): void {
  if (canGoBack()) index -= 1;
}

/** Goes to the place that was left by going back. */
export function forward(): void {
  if (canGoForward()) index += 1;
}

/** The current place in words, for whoever keeps it. */
export function placeInWords(): string {
  return JSON.stringify(place());
}

/** Goes where those words say and forgets every other place; words that say nothing change nothing. */
export function goOnAt(words: string): void {
  try {
    const kept: unknown = JSON.parse(words);
    if (!isRecord(kept) || !isPage(kept['page']) || !isRecord(kept['at'])) return;
    const at = Object.entries(kept['at']).map(([key, value]) => [key, String(value)] as const);
    restart(kept['page'], Object.fromEntries(at));
  } catch {
    // One begins at the first page.
  }
}

/** Forgets every place, as at sign in. */
export function restart(page: PageName, at: Place['at'] = {}): void {
  places = [{ page, at }];
  index = 0;
}

function isPage(page: unknown): page is PageName {
  return PAGES.some((name) => name === page);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function same(a: Place, b: Place): boolean {
  const keys = Object.keys(a.at);
  return (
    a.page === b.page &&
    keys.length === Object.keys(b.at).length &&
    keys.every((key) => a.at[key] === b.at[key])
  );
}
