/** What one object refers to and depends on, and what does so with it: loaded once for the tab and its count. */
import {
  backend,
  type AppError,
  type ColumnDetail,
  type ObjectCard,
  type Relationships,
} from '../../../lib/backend';
import { toAppError } from '../../../lib/errors';

/** The relationships of the open object. */
export class RelationshipsOf {
  #found = $state.raw<Relationships | null>(null);
  #failure = $state.raw<AppError | null>(null);
  #object: number | null = null;
  #run = 0;

  /** What was found; null while it is looked for. */
  get found(): Relationships | null {
    return this.#found;
  }

  /** Why it could not be looked for. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** How many links there are both ways; undefined while that is not known. */
  get count(): number | undefined {
    const found = this.#found;
    if (!found) return undefined;
    return (
      found.references.length + found.referenced_by.length + found.depends_on.length + found.needed_by.length
    );
  }

  /** Loads them; those of the same object stay until the new ones are there. */
  async load(object: number): Promise<void> {
    const run = ++this.#run;
    if (this.#object !== object) this.#found = null;
    this.#object = object;
    this.#failure = null;
    try {
      const found = await backend().relationships(object);
      if (run === this.#run) this.#found = found;
    } catch (thrown) {
      if (run === this.#run) this.#failure = toAppError(thrown);
    }
  }
}

/** What a box of the diagram says of a column. */
export interface ColumnFacts {
  readonly type: string;
  readonly primary: boolean;
}

/** Types and keys of the columns of the tables in the diagram, by table and name. */
export class ColumnsOf {
  #known = $state.raw<ReadonlyMap<number, ReadonlyMap<string, ColumnFacts>>>(new Map());
  readonly #asked = new Set<number>();
  #since: Relationships | null = null;

  /** What is known of a column; undefined where nothing is. */
  of(table: number | null, column: string): ColumnFacts | undefined {
    return table === null ? undefined : this.#known.get(table)?.get(column);
  }

  /**
   * Asks for the columns of these tables that nobody has asked for since these relationships were found.
   * Without an answer the boxes say less.
   */
  want(tables: readonly number[], since: Relationships): void {
    if (since !== this.#since) this.#asked.clear();
    this.#since = since;
    for (const table of tables) {
      if (this.#asked.has(table)) continue;
      this.#asked.add(table);
      backend()
        .children({
          parent: { type: 'object', object: table },
          kinds: ['column'],
          filter: '',
          offset: 0,
          limit: 1000,
        })
        .then(
          ({ rows }) => (this.#known = new Map(this.#known).set(table, factsOf(rows))),
          () => this.#asked.delete(table),
        );
    }
  }
}

function factsOf(rows: readonly ObjectCard[]): ReadonlyMap<string, ColumnFacts> {
  return new Map(
    rows.flatMap(({ name, detail, roles }) =>
      detail.kind === 'column' ? [[name, factOf(detail, roles)] as const] : [],
    ),
  );
}

function factOf({ type_text }: ColumnDetail, roles: ObjectCard['roles']): ColumnFacts {
  return { type: type_text, primary: roles.some(({ kind }) => kind === 'primary_key') };
}
