/** The children that a tab lists, loaded in growing pages so that the first rows are there at once. */
import { backend, type AppError, type ObjectCard, type ObjectKind, type TreeParent } from '../../lib/backend';
import { toAppError } from '../../lib/errors';

const FIRST = 100;
const MORE = 1000;

/** Some children of one object, on their way or there. */
export class ChildrenList {
  #rows = $state.raw<readonly ObjectCard[]>([]);
  #total = $state<number | null>(null);
  #failure = $state.raw<AppError | null>(null);
  #run = 0;

  /** Those that are there. */
  get rows(): readonly ObjectCard[] {
    return this.#rows;
  }

  /** How many there are in all; null before the first page. */
  get total(): number | null {
    return this.#total;
  }

  /** Why they could not be loaded. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** Loads them; rows of a load before stay until the first new ones are there, if they are of the same parent. */
  async load(parent: TreeParent, kinds: readonly ObjectKind[], same: boolean): Promise<void> {
    const run = ++this.#run;
    if (!same) {
      this.#rows = [];
      this.#total = null;
    }
    this.#failure = null;
    try {
      let rows: readonly ObjectCard[] = [];
      for (;;) {
        const limit = rows.length === 0 ? FIRST : MORE;
        const page = await backend().children({
          parent,
          kinds: [...kinds],
          filter: '',
          offset: rows.length,
          limit,
        });
        if (run !== this.#run) return;
        rows = [...rows, ...page.rows];
        if (!same || rows.length >= page.total) this.#rows = rows;
        this.#total = page.total;
        if (page.rows.length === 0 || rows.length >= page.total) break;
      }
      this.#rows = rows;
    } catch (thrown) {
      if (run === this.#run) this.#failure = toAppError(thrown);
    }
  }
}
