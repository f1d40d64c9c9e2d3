/** The rows of a long list that are here: those in sight and some around. Pure: asks nobody. */

/** Some rows to ask for. */
export interface Wanted {
  readonly from: number;
  readonly count: number;
}

/** A long list as it is at one moment. */
export interface RowList<T> {
  readonly length: number;
  /** A row, or its place while it is not here. */
  at(index: number): T;
  /** Whether all of these rows are here. */
  has(first: number, last: number): boolean;
}

/** How many are asked for where one is scrolling to. */
const AHEAD = 140;
/** With fewer than these beyond those in sight, more are asked for. */
const SOON = 50;
/** The most rows that are asked for at once. */
const MOST = 240;
/** How many rows are kept. */
const KEPT = 2000;

/** A list of many rows, of which few are here. */
export class RowWindow<T> {
  #rows = new Map<number, T>();
  /** What stands in the place of others, made once for each place. */
  #places = new Map<number, T>();
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

  /** The rows as they are now, as a list that is another one whenever it is asked for. */
  list(): RowList<T> {
    return {
      length: this.#length,
      at: (index) => this.at(index),
      has: (first, last) => this.has(first, last),
    };
  }

  /** A row, or its place while it is not here. */
  at(index: number): T {
    return this.#rows.get(index) ?? this.#place(index);
  }

  /** Whether all of these rows are here. */
  has(first: number, last: number): boolean {
    return this.#missing(first, Math.min(last, this.#length - 1)) === undefined;
  }

  /** A row, if it is here. */
  loaded(index: number): T | undefined {
    return this.#rows.get(index);
  }

  /** Takes rows in; those of another version go. Rows that are here already are not `made` again. */
  put<S>(version: number, length: number, from: number, rows: readonly S[], made: (row: S) => T): void {
    if (version !== this.#version) this.#rows.clear();
    this.#version = version;
    this.#length = length;
    rows.forEach((row, at) => {
      this.#places.delete(from + at);
      if (!this.#rows.has(from + at)) this.#rows.set(from + at, made(row));
    });
    if (this.#rows.size <= KEPT) return;
    for (const index of this.#rows.keys()) if (Math.abs(index - from) > KEPT / 2) this.#rows.delete(index);
  }

  /** The rows to ask for, so that those in sight are here and some around them; undefined where they are. */
  wanted(first: number, last: number): Wanted | undefined {
    const end = Math.min(last, this.#length - 1);
    const [top, bottom] = [Math.max(0, first - SOON), Math.min(end + SOON, this.#length - 1)];
    const inSight = this.#missing(first, end);
    // Whoever comes from nowhere near may be gone again when more is there.
    if (inSight === first && this.#missing(end, end) !== undefined) return this.#between(first, end);
    // Else from what is missing on, to where one is scrolling.
    const below = inSight === first ? undefined : (inSight ?? this.#missing(end + 1, bottom));
    if (below !== undefined) return this.#between(below, end + AHEAD);
    const above = this.#lastMissing(top, inSight === first ? end : first - 1);
    return above === undefined ? undefined : this.#between(first - AHEAD, above);
  }

  #between(first: number, last: number): Wanted {
    const [from, until] = [Math.max(0, first), Math.min(last, this.#length - 1)];
    return { from, count: Math.min(MOST, until - from + 1) };
  }

  #place(index: number): T {
    let place = this.#places.get(index);
    if (place === undefined) {
      if (this.#places.size > KEPT) this.#places.clear();
      place = this.waiting(index);
      this.#places.set(index, place);
    }
    return place;
  }

  #missing(first: number, last: number): number | undefined {
    for (let index = first; index <= last; index += 1) if (!this.#rows.has(index)) return index;
    return undefined;
  }

  #lastMissing(first: number, last: number): number | undefined {
    for (let index = last; index >= first; index -= 1) if (!this.#rows.has(index)) return index;
    return undefined;
  }
}
