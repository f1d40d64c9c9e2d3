/** The commands and events of db-studio as the window uses them: failures are thrown `AppError`s. */
import type { commands, Event } from '../../bindings';

/** What the window can ask for: every command of Rust, and its events. */
export type Backend = typeof commands & {
  /** Calls back for every event; gives a function that ends it. */
  listen(hear: (event: Event) => void): () => void;
  /** Names the window in the desktop's own lists. */
  setTitle(title: string): void;
};

let chosen: Backend | undefined;

/** Chooses the backend; once, before anything is drawn. Tests choose the sample data. */
export function useBackend(next: Backend): void {
  chosen = next;
}

/** The backend that was chosen. */
export function backend(): Backend {
  if (!chosen) throw new Error('No backend has been chosen.');
  return chosen;
}
