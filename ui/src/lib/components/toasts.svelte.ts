/** Short notes at the lower edge, some with one action such as Undo. `ToastLayer` draws them. */

/** A note that is being shown. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'ok' | 'fail';
  readonly action: { readonly label: string; readonly run: () => void } | undefined;
}

interface Options {
  tone?: Toast['tone'];
  action?: Toast['action'];
  /** How long it stays, in milliseconds. */
  stays?: number;
  /** Runs when it goes without its action having been taken. */
  onexpire?: () => void;
}

interface Entry extends Toast {
  stays: number;
  onexpire: (() => void) | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

let entries = $state.raw<readonly Entry[]>([]);
let last = 0;

/** The notes that are shown, oldest first. */
export function currentToasts(): readonly Toast[] {
  return entries;
}

/** Shows a note; gives a function that takes it away. */
export function notify(text: string, options: Options = {}): () => void {
  const stays = options.stays ?? (options.action ? 8000 : 4000);
  const entry: Entry = {
    id: ++last,
    text,
    tone: options.tone ?? 'plain',
    action: options.action,
    stays,
    onexpire: options.onexpire,
    timer: undefined,
  };
  entries = [...entries, entry];
  start(entry);
  return () => remove(entry.id);
}

/** Takes the note's action and the note away. */
export function act(id: number): void {
  const entry = find(id);
  remove(id);
  entry?.action?.run();
}

/** Takes a note away as if its time had passed. */
export function dismiss(id: number): void {
  const entry = find(id);
  remove(id);
  entry?.onexpire?.();
}

/** Takes all notes away without a word. */
export function clearToasts(): void {
  for (const entry of entries) clearTimeout(entry.timer);
  entries = [];
}

/** Stops the time of all notes, while one of them is pointed at or focused. */
export function holdToasts(): void {
  for (const entry of entries) clearTimeout(entry.timer);
}

/** Lets the time of all notes run again. */
export function releaseToasts(): void {
  for (const entry of entries) start(entry);
}

function start(entry: Entry): void {
  clearTimeout(entry.timer);
  entry.timer = setTimeout(() => dismiss(entry.id), entry.stays);
}

function find(id: number): Entry | undefined {
  return entries.find((entry) => entry.id === id);
}

function remove(id: number): void {
  clearTimeout(find(id)?.timer);
  entries = entries.filter((entry) => entry.id !== id);
}
