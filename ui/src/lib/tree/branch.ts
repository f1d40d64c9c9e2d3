/** The children of one group of one parent, loaded page by page as they come into sight. */
import type { AppError, Children, ObjectCard, ObjectKind, TreeParent } from '../backend';
import type { ObjectRow, PageRequest, WaitingRow } from './rows';

/** How many children one page holds. */
export const PAGE = 200;

/** Where a branch hangs. */
export interface BranchPlace {
  readonly key: string;
  /** The key of the object or connection whose children these are. */
  readonly owner: string;
  readonly connection: number;
  readonly depth: number;
  /** The row above its rows. */
  readonly parent: string;
  readonly source: TreeParent;
  readonly kinds: readonly ObjectKind[];
}

type MakeRow = (card: ObjectCard, index: number, siblings: number) => ObjectRow;
type PageState = 'asked' | 'fresh' | 'stale';

/** A branch and what of it is loaded. */
export class Branch {
  /** Why its last page could not be loaded. */
  error: AppError | null = null;
  #total: number;
  #rows: (ObjectRow | undefined)[] = [];
  #waiting: (WaitingRow | undefined)[] = [];
  readonly #pages = new Map<number, PageState>();
  #age = 0;

  constructor(
    readonly place: BranchPlace,
    expected: number,
    private readonly makeRow: MakeRow,
  ) {
    this.#total = expected;
  }

  /** How many children there are, or were expected before the first page. */
  get total(): number {
    return this.#total;
  }

  /** Whether any page has arrived, be it an old one. */
  get loaded(): boolean {
    return this.#rows.length > 0 || this.#pages.get(0) === 'fresh';
  }

  /** Corrects how many children are expected, as long as nothing is loaded. */
  expect(total: number): void {
    if (!this.loaded && this.#pages.size === 0) this.#total = total;
  }

  /** The row of a child, or its place while it is not loaded. */
  rowAt(index: number): ObjectRow | WaitingRow {
    return this.#rows[index] ?? (this.#waiting[index] ??= this.#waitingAt(index));
  }

  /** The loaded child with this key. */
  find(key: string): ObjectRow | undefined {
    return this.#rows.find((row) => row?.key === key);
  }

  /** The request for the page with this child; undefined where it is loaded or on its way. */
  want(index: number): PageRequest | undefined {
    const page = Math.floor(index / PAGE);
    const state = this.#pages.get(page);
    if (state === 'asked' || state === 'fresh' || this.error) return undefined;
    return this.#request(page);
  }

  /** The first page that has never been loaded. */
  wantNext(): PageRequest | undefined {
    for (let page = 0; page === 0 || page * PAGE < this.#total; page += 1) {
      if (!this.#pages.has(page)) return this.#request(page);
    }
    return undefined;
  }

  /** Notes that a page is on its way. */
  ask(request: PageRequest): void {
    this.#pages.set(request.offset / PAGE, 'asked');
  }

  /** Takes a page in. A page that was asked for before the branch aged is shown, and asked for again. */
  put(request: PageRequest, { total, rows }: Children): void {
    this.error = null;
    if (total !== this.#total) {
      this.#total = total;
      this.#waiting = [];
      this.#rows = this.#rows.slice(0, total).map((row) => row && { ...row, siblings: total });
    }
    rows.forEach((card, at) => {
      const index = request.offset + at;
      this.#rows[index] = this.makeRow(card, index, total);
    });
    this.#pages.set(request.offset / PAGE, request.age === this.#age ? 'fresh' : 'stale');
  }

  /** Notes that a page could not be loaded. */
  fail(request: PageRequest, error: AppError): void {
    this.#pages.delete(request.offset / PAGE);
    this.error = error;
  }

  /** Lets a failed page be asked for again. */
  retry(): void {
    this.error = null;
  }

  /** Marks all pages as old; they stay until newer ones arrive. */
  growOld(): void {
    this.#age += 1;
    this.error = null;
    for (const [page, state] of this.#pages) if (state === 'fresh') this.#pages.set(page, 'stale');
  }

  #request(page: number): PageRequest {
    const { key, source, kinds } = this.place;
    return { branch: key, parent: source, kinds, offset: page * PAGE, limit: PAGE, age: this.#age };
  }

  #waitingAt(index: number): WaitingRow {
    const { key, connection, depth, parent } = this.place;
    return {
      type: 'waiting',
      key: `${key}?${index}`,
      parent,
      connection,
      depth,
      position: index + 1,
      siblings: this.#total,
      branch: key,
      index,
    };
  }
}
