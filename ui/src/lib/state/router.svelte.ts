/** Where the window is, with a way back and forward. Nothing here reaches the address bar or the disk. */

/** The pages of the window. */
export type PageName = 'dashboard' | 'connections' | 'browser' | 'settings';

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

/** Forgets every place, as at sign in. */
export function restart(page: PageName): void {
  places = [{ page, at: {} }];
  index = 0;
}

function same(a: Place, b: Place): boolean {
  const keys = Object.keys(a.at);
  return (
    a.page === b.page &&
    keys.length === Object.keys(b.at).length &&
    keys.every((key) => a.at[key] === b.at[key])
  );
}
