/** What this window remembers of its own looks between starts. No secret and no name of a server goes here. */

const PREFIX = 'db-studio.';

/** The value kept under `key`, or the fallback where there is none of the allowed ones. */
export function remembered<T extends string>(key: string, allowed: readonly T[], fallback: T): T {
  const kept = read(key);
  return allowed.find((value) => value === kept) ?? fallback;
}

/** Keeps a value. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Without storage the choice holds for this window alone.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}
