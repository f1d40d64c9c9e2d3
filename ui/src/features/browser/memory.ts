/**
 * What the browser remembers over a restart of the page, in the state of the window's history: it is
 * neither on the disk nor in an address. It belongs to one user and holds names, never secrets.
 */

/** What is remembered. */
export interface Kept {
  readonly user: number;
  readonly only: number | null;
  /** The key of the row whose page was open. */
  readonly opened: string | null;
  /** The open page, as the router keeps it. */
  readonly at: Readonly<Record<string, string>>;
}

const LATER = 300;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Remembers, soon. */
export function retain(kept: Kept): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    // The page may have gone meanwhile.
    if (typeof history === 'undefined') return;
    const state: unknown = history.state;
    history.replaceState({ ...(typeof state === 'object' ? state : {}), browser: kept }, '');
  }, LATER);
}

/** What was remembered for this user. */
export function recall(user: number): Kept | null {
  const state: unknown = history.state;
  const kept = isRecord(state) ? state['browser'] : null;
  if (!isRecord(kept) || kept['user'] !== user) return null;
  const { only, opened, at } = kept;
  return {
    user,
    only: typeof only === 'number' ? only : null,
    opened: typeof opened === 'string' ? opened : null,
    at: isRecord(at)
      ? Object.fromEntries(Object.entries(at).map(([key, value]) => [key, String(value)]))
      : {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
