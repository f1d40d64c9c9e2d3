/** Which element each row of a list is drawn into, where rows are of several types. Pure: no view. */
import type { Row } from './rows';

/** An element of the list and what is drawn into it. */
export interface Drawn {
  readonly row: Row;
  /** Where the row stands among all; -1 in an element that nobody sees. */
  readonly index: number;
  /** The element, by its type and number. */
  readonly place: string;
}

/**
 * The elements of a list: to make one takes much longer than to draw another row into it. One that
 * has nothing to show keeps what it has shown last, and waits beside the others of its type: so
 * few are moved when it is needed again.
 */
export class Elements {
  /** What the elements of each type have shown last. */
  readonly #shown = new Map<Row['type'], Row[]>();

  /** Has elements for these rows made, should there be fewer. */
  prepare(rows: readonly Row[]): void {
    const counts = new Map<Row['type'], number>();
    for (const row of rows) {
      const number = counts.get(row.type) ?? 0;
      counts.set(row.type, number + 1);
      this.#of(row.type)[number] ??= row;
    }
  }

  /** All elements, with the rows from `first` up to and without `end` in those that are seen. */
  draw(rows: readonly Row[], [first, end]: readonly [number, number]): Drawn[] {
    const seen = rows.slice(first, end);
    const ends = new Map(seen.map(({ type }, at) => [type, at]));
    const counts = new Map<Row['type'], number>();
    const drawn = seen.flatMap((row, at): Drawn[] => {
      const number = counts.get(row.type) ?? 0;
      counts.set(row.type, number + 1);
      this.#of(row.type)[number] = row;
      const one = { row, index: first + at, place: `${row.type} ${number}` };
      return ends.get(row.type) === at ? [one, ...this.#waiting(row.type, number + 1)] : [one];
    });
    const others = [...this.#shown.keys()].filter((type) => !counts.has(type));
    return [...drawn, ...others.flatMap((type) => this.#waiting(type, 0))];
  }

  #waiting(type: Row['type'], from: number): Drawn[] {
    return this.#of(type)
      .slice(from)
      .map((row, at) => ({ row, index: -1, place: `${type} ${from + at}` }));
  }

  #of(type: Row['type']): Row[] {
    let rows = this.#shown.get(type);
    if (!rows) this.#shown.set(type, (rows = []));
    return rows;
  }
}
