/**
 * Which element of a long list each row is drawn into, and where the elements stand in the
 * document. A row keeps its element for as long as it exists, and one that comes takes that of
 * one that has gone: nothing is made, moved or drawn anew that need not be.
 */
export class Places {
  /** The element of each row that exists. */
  readonly #elements = new Map<number, number>();
  /** Where each element stands. */
  readonly #order = new Map<number, number>();
  /** The elements that no row is drawn into. */
  #spares: number[] = [];
  #rests = 0;
  #made = 0;
  #end = 0;

  /**
   * The rows from `first` to `last` in the order of their elements. That is the order of the rows
   * whenever one has come to rest, so whenever `rests` is another number than the last time.
   *
   * There are at least `ready` elements. Those without a row stand among the others, as negative
   * numbers.
   */
  rows(first: number, last: number, rests: number, ready = 0): number[] {
    const free = [];
    for (const [row, element] of this.#elements) {
      if (row >= first && row <= last) continue;
      this.#elements.delete(row);
      free.push(element);
    }
    free.push(...this.#spares);
    const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    for (const row of rows) {
      if (!this.#elements.has(row)) this.#elements.set(row, free.shift() ?? this.#make());
    }
    const spared = Math.max(0, ready - rows.length);
    for (const element of free.slice(spared)) this.#order.delete(element);
    this.#spares = free.slice(0, spared);
    while (this.#spares.length < spared) this.#spares.push(this.#make());
    if (rests !== this.#rests) {
      this.#rests = rests;
      const elements = [...rows.map((row) => this.of(row)), ...this.#spares];
      elements.forEach((element, at) => this.#order.set(element, at));
      this.#end = elements.length;
    }
    const all = [...rows, ...this.#spares.map((element) => -1 - element)];
    return all.sort((a, b) => this.#at(a) - this.#at(b));
  }

  /** The element of a row that exists, or of a negative number that stands for one without a row. */
  of(row: number): number {
    return row < 0 ? -1 - row : (this.#elements.get(row) ?? -1);
  }

  #make(): number {
    this.#made += 1;
    this.#order.set(this.#made, this.#end);
    this.#end += 1;
    return this.#made;
  }

  #at(row: number): number {
    return this.#order.get(this.of(row)) ?? 0;
  }
}
