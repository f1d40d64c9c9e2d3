/** Whether the search is open, and where it begins. Any page may open it; the shell draws it. */

/** What the search shows: everything, or one sort of thing. */
export type PaletteTab = 'everything' | 'columns' | 'tables' | 'fields' | 'comments' | 'commands';

/** What the search begins with. */
export interface PaletteRequest {
  /** The tab that is chosen; everything unless said. */
  readonly tab?: PaletteTab;
}

let request = $state.raw<PaletteRequest | null>(null);

/** What the search was opened with, if it is open. */
export function paletteRequest(): PaletteRequest | null {
  return request;
}

/** Opens the search. */
export function openPalette(next: PaletteRequest = {}): void {
  request = next;
}

/** Closes the search. */
export function closePalette(): void {
  request = null;
}
