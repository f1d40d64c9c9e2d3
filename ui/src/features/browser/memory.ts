/**
 * What the browser remembers over a restart of the page, in the state of the window's history: it is
 * neither on the disk nor in an address. It belongs to one user and holds names, never secrets.
 */

/** What is remembered. */
export interface Kept {
  readonly user: number;
  readonly expanded: Iterable<string>;
  readonly only: number | null;
  /** The key of the row whose page was open. */
  readonly opened: string | null;
  /** The open page, as the router keeps it. */
  readonly at: Readonly<Record<string, string>>;
}

/** Bounds what goes into the history's state, which browsers bound themselves. */
const MOST = 100_000;
const LATER = 300;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Remembers, soon. */
export function retain(kept: Kept): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const state: unknown = history.state;
    const browser = { ...kept, expanded: bounded(kept.expanded) };
    history.replaceState({ ...(typeof state === 'object' ? state : {}), browser }, '');
  }, LATER);
}

/** What was remembered for this user. */
export function recall(user: number): Kept | null {
  const state: unknown = history.state;
  const kept = isRecord(state) ? state['browser'] : null;
  if (!isRecord(kept) || kept['user'] !== user) return null;
  const { expanded, only, opened, at } = kept;
  return {
    user,
    expanded: Array.isArray(expanded) ? expanded.filter((key) => typeof key === 'string') : [],
    only: typeof only === 'number' ? only : null,
    opened: typeof opened === 'string' ? opened : null,
    at: isRecord(at)
      ? Object.fromEntries(Object.entries(at).map(([key, value]) => [key, String(value)]))
      : {},
  };
}

function bounded(keys: Iterable<string>): string[] {
  let length = 0;
  return [...keys].filter((key) => (length += key.length) <= MOST);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
