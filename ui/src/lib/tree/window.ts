/** The rows of a long list that are here: those in sight and some around. Pure: asks nobody. */

/** Some rows to ask for. */
export interface Wanted {
  readonly from: number;
  readonly count: number;
}

/** How many rows beyond those in sight are asked for with them. */
const AROUND = 60;
/** With fewer than these beyond those in sight, more are asked for. */
const SOON = 24;
/** The most rows that are given at once. */
const MOST = 500;
/** How many rows are kept. */
const KEPT = 2000;

/** A list of many rows, of which few are here. */
export class RowWindow<T> {
  #rows = new Map<number, T>();
  #length = 0;
  #version = -1;

  /** `waiting` makes what stands in the place of a row that is not here. */
  constructor(private readonly waiting: (index: number) => T) {}

  /** How many rows there are in all. */
  get length(): number {
    return this.#length;
  }

  /** The version of the list that the rows are of; −1 before the first. */
  get version(): number {
    return this.#version;
  }

  /** A row, or its place while it is not here. */
  at(index: number): T {
    return this.#rows.get(index) ?? this.waiting(index);
  }

  /** A row, if it is here. */
  loaded(index: number): T | undefined {
    return this.#rows.get(index);
  }

  /** Takes rows in; those of another version go. */
  put(version: number, length: number, from: number, rows: readonly T[]): void {
    if (version !== this.#version) this.#rows.clear();
    this.#version = version;
    this.#length = length;
    // Rows that are here stay: who shows them need not draw them again.
    rows.forEach((row, at) => this.#rows.has(from + at) || this.#rows.set(from + at, row));
    if (this.#rows.size <= KEPT) return;
    for (const index of this.#rows.keys()) if (Math.abs(index - from) > KEPT / 2) this.#rows.delete(index);
  }

  /** The rows to ask for, so that those in sight are here and some around them; undefined where they are. */
  wanted(first: number, last: number): Wanted | undefined {
    const end = Math.min(last, this.#length - 1);
    const missing = this.#missing(Math.max(0, first - SOON), Math.min(end + SOON, this.#length - 1));
    if (missing === undefined) return undefined;
    // Ahead of what is missing, which is where one is scrolling to.
    const from = Math.max(0, missing < first ? first - 2 * AROUND : first - AROUND / 2);
    const until = missing > end ? end + 2 * AROUND : end + AROUND;
    return { from, count: Math.min(MOST, until - from + 1) };
  }

  #missing(first: number, last: number): number | undefined {
    for (let index = first; index <= last; index += 1) if (!this.#rows.has(index)) return index;
    return undefined;
  }
}
