/** What a connection, a database or a schema holds, of which only rows in sight are here. */
import {
  backend,
  type AppError,
  type Contents,
  type ContentsColumn,
  type ContentsFacts,
  type ObjectCard,
  type ObjectKind,
  type TreeParent,
} from '../../lib/backend';
import { toAppError } from '../../lib/errors';
import { RowWindow } from '../../lib/tree';
import type { Sorting } from './sorting';

/** How many rows are asked for before it is known how many are in sight. */
const FIRST = 80;

const COLUMNS: Readonly<Record<string, ContentsColumn>> = {
  name: 'name',
  kind: 'kind',
  columns: 'inside',
  inside: 'inside',
  rows: 'rows',
  size: 'size',
  owner: 'owner',
  summary: 'summary',
  comment: 'comment',
  words: 'words',
};

/** What the list holds in all, whatever is in sight. */
type Known = Pick<Contents, 'all' | 'kept' | 'known'>;

/** A list of contents, on its way or there. */
export class ContentsList {
  #window = new RowWindow<ObjectCard | undefined>(() => undefined);
  #parent: TreeParent | null = null;
  /** Counts what was asked for: answers to something else are no use. */
  #run = 0;
  #asking = false;
  #sight: readonly [first: number, last: number] = [0, FIRST - 1];
  #turn = $state(0);
  #known = $state.raw<Known | null>(null);
  #failure = $state.raw<AppError | null>(null);
  #filter = $state('');
  #kinds = $state.raw<readonly ObjectKind[]>([]);
  #sorting = $state.raw<Sorting | null>(null);
  #chosen = $state<number | null>(null);
  #at = $state(-1);

  /** The rows; a new list whenever others are here. */
  readonly rows = $derived.by(() => {
    void this.#turn;
    return this.#window.list();
  });

  /** How many objects there are, whatever the filter; null before any is known. */
  get total(): number | null {
    return this.#known && sum(this.#known.all);
  }

  /** How many objects of each kind there are, whatever the filter. */
  get all(): Partial<Record<ObjectKind, number>> {
    return this.#known?.all ?? {};
  }

  /** How many rows of each kind there are. */
  get kept(): Partial<Record<ObjectKind, number>> {
    return this.#known?.kept ?? {};
  }

  /** What at least one of them has. */
  get facts(): ContentsFacts | null {
    return this.#known?.known ?? null;
  }

  /** Why they could not be loaded. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** The text that names, comments or summaries must hold. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
    this.#begin();
  }

  /** The kinds that are shown; all, where none is named. */
  get kinds(): readonly ObjectKind[] {
    return this.#kinds;
  }

  set kinds(kinds: readonly ObjectKind[]) {
    this.#kinds = kinds;
    this.#begin();
  }

  /** What they are sorted by. */
  get sorting(): Sorting | null {
    return this.#sorting;
  }

  set sorting(sorting: Sorting | null) {
    this.#sorting = sorting;
    this.#begin();
  }

  /** The chosen object. */
  get chosen(): number | null {
    return this.#chosen;
  }

  set chosen(id: number | null) {
    if (id === this.#chosen) return;
    this.#chosen = id;
    if (id !== this.rows.at(this.#at)?.id) this.#begin();
  }

  /** The place of the chosen object; −1 where it is not among the rows. */
  get at(): number {
    return this.#at;
  }

  /** Loads them; what was there before stays until the new ones are, if they are of the same parent. */
  load(parent: TreeParent, same: boolean): void {
    this.#parent = parent;
    if (!same) {
      this.#window = new RowWindow<ObjectCard | undefined>(() => undefined);
      this.#known = null;
      this.#turn += 1;
    }
    this.#failure = null;
    this.#begin();
  }

  /** Chooses the row with this number. */
  moveTo(index: number): void {
    this.#at = index;
    this.#chosen = this.#window.loaded(index)?.id ?? null;
  }

  /** Says which rows are in sight; what they lack is asked for. */
  inSight(first: number, last: number): void {
    this.#sight = [first, Math.max(first, last)];
    void this.#look();
  }

  #begin(): void {
    this.#run += 1;
    const [first, last] = this.#sight;
    void this.#ask(Math.max(0, first - FIRST / 2), last - first + 1 + FIRST, this.#run);
  }

  async #look(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    for (;;) {
      const run = this.#run;
      const wanted = this.#window.version === run ? this.#window.wanted(...this.#sight) : undefined;
      if (!wanted || !(await this.#ask(wanted.from, wanted.count, run))) break;
    }
    this.#asking = false;
  }

  async #ask(from: number, count: number, run: number): Promise<boolean> {
    const parent = this.#parent;
    if (!parent) return false;
    const by = this.#sorting && COLUMNS[this.#sorting.key];
    try {
      const part = await backend().contents({
        parent,
        kinds: [...this.#kinds],
        filter: this.#filter.trim(),
        sort: by ? { by, descending: this.#sorting?.descending ?? false } : null,
        from,
        count,
        find: this.#chosen,
      });
      if (run !== this.#run) return false;
      this.#take(part, run);
      return true;
    } catch (thrown) {
      if (run === this.#run) this.#failure = toAppError(thrown);
      return false;
    }
  }

  #take({ total, from, rows, at, all, kept, known }: Contents, run: number): void {
    const isNew = this.#window.version !== run;
    this.#window.put(run, total, from, rows, (card) => card);
    if (isNew) {
      this.#known = { all, kept, known };
      if (this.#chosen !== null) this.#at = at ?? -1;
    }
    // A row that was chosen before it was here.
    if (this.#chosen === null && this.#at >= 0) this.#chosen = this.#window.loaded(this.#at)?.id ?? null;
    this.#turn += 1;
    if (isNew) void this.#look();
  }
}

function sum(counts: Partial<Record<ObjectKind, number>>): number {
  return Object.values(counts).reduce((all, many) => all + many, 0);
}
