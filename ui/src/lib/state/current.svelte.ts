/** What the window is about right now: status bar, title and tint follow it. The browser sets it. */

/** A connection in view, and an object of it. */
export interface Current {
  connection: number;
  /** The object's name for the title; absent for the connection itself. */
  object?: string | undefined;
}

let current = $state.raw<Current | null>(null);

/** The connection and the object in view, if any. */
export function currentObject(): Current | null {
  return current;
}

/** Says what is in view; null for nothing in particular. */
export function setCurrentObject(next: Current | null): void {
  current = next;
}
