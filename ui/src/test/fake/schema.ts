/** Made-up objects: what stands below what, by id. */
import type {
  ColumnDetail,
  Detail,
  ForeignKeyDetail,
  IndexDetail,
  ObjectCard,
  ObjectKind,
  PathLink,
  RelationDetail,
  Statistics,
  Warning,
} from '../../lib/backend';

type Fields = Partial<Pick<ObjectCard, 'comment' | 'attributes' | 'unseen' | 'roles' | 'sample'>> & {
  statistics?: Partial<Statistics>;
};

/** An object and what its page knows beyond its card. */
export interface Made {
  card: ObjectCard;
  parent: number | null;
  warnings: Warning[];
}

/** Objects that are made once and looked up by id and by parent. */
export class Schema {
  readonly #made = new Map<number, Made>();
  readonly #below = new Map<string, number[]>();
  #last = 0;

  /** Whether anything is below a connection. */
  has(connection: number): boolean {
    return this.#below.has(`c${connection}`);
  }

  /** The object with this id. */
  get(id: number): Made | undefined {
    return this.#made.get(id);
  }

  /** All objects, parents first. */
  all(): readonly Made[] {
    return [...this.#made.values()];
  }

  /** What stands directly below a connection or an object. */
  below(parent: { connection: number } | { object: number }): readonly ObjectCard[] {
    const key = 'connection' in parent ? `c${parent.connection}` : `o${parent.object}`;
    return (this.#below.get(key) ?? []).flatMap((id) => this.#made.get(id)?.card ?? []);
  }

  /** From the database down to the object. */
  path(id: number): PathLink[] {
    const made = this.#made.get(id);
    if (!made) return [];
    const { card, parent } = made;
    return [
      ...(parent === null ? [] : this.path(parent)),
      { id, step: { kind: card.kind, name: card.name } },
    ];
  }

  /** Makes an object. */
  add(connection: number, parent: number | null, detail: Detail, name: string, fields: Fields = {}): number {
    const id = ++this.#last;
    const { statistics, ...rest } = fields;
    const card: ObjectCard = {
      id,
      connection,
      kind: kindOfDetail(detail),
      name,
      comment: null,
      detail,
      attributes: [],
      statistics: { rows: null, bytes: null, index_bytes: null, ...statistics },
      sample: null,
      child_counts: {},
      roles: [],
      unseen: null,
      ...rest,
    };
    this.#made.set(id, { card, parent, warnings: [] });
    const key = parent === null ? `c${connection}` : `o${parent}`;
    const siblings = this.#below.get(key);
    if (siblings) siblings.push(id);
    else this.#below.set(key, [id]);
    const above = parent === null ? undefined : this.#made.get(parent)?.card;
    if (above) above.child_counts[card.kind] = (above.child_counts[card.kind] ?? 0) + 1;
    return id;
  }
}

/** Facts of a table or view with nothing special. */
export function relation(
  kind: 'table' | 'view' | 'materialized_view' | 'foreign_table' | 'collection',
  facts: Partial<RelationDetail> = {},
): Detail {
  return {
    kind,
    owner: 'sales_owner',
    form: 'ordinary',
    partition_of: null,
    partition_key: null,
    partition_bound: null,
    definition: null,
    ...facts,
  };
}

/** Facts of one of the rarer kinds. */
export function other(
  of: ObjectKind,
  summary: string | null = null,
  owner: string | null = 'sales_owner',
): Detail {
  return { kind: 'other', of, owner, summary, definition: null };
}

/** Facts of a column. */
export function column(ordinal: number, type_text: string, facts: Partial<ColumnDetail> = {}): Detail {
  return {
    kind: 'column',
    ordinal,
    type_text,
    nullable: true,
    default: null,
    generated: null,
    collation: null,
    ...facts,
  };
}

/** Facts of a primary key or a unique constraint. */
export function key(kind: 'primary_key' | 'unique', ...columns: string[]): Detail {
  return { kind, columns, deferral: 'not_deferrable', index: null };
}

/** Facts of a foreign key. */
export function foreignKey(
  columns: string[],
  schema: string | null,
  name: string,
  referenced_columns: string[],
  facts: Partial<ForeignKeyDetail> = {},
): Detail {
  return {
    kind: 'foreign_key',
    columns,
    references: { schema, name },
    referenced_columns,
    on_update: 'no_action',
    on_delete: 'no_action',
    match_type: 'simple',
    deferral: 'not_deferrable',
    validated: true,
    ...facts,
  };
}

/** Facts of an index over columns. */
export function index(columns: string[], facts: Partial<IndexDetail> = {}): Detail {
  return {
    kind: 'index',
    method: 'btree',
    unique: false,
    primary: false,
    valid: true,
    parts: columns.map((name) => ({
      column: name.startsWith('(') ? null : name.replace(/ desc$/, ''),
      expression: name.startsWith('(') ? name : null,
      included: false,
      descending: name.endsWith(' desc'),
      nulls_first: null,
      collation: null,
      prefix: null,
    })),
    predicate: null,
    definition: null,
    ...facts,
  };
}

/** Facts of a trigger. */
export function trigger(timing: string, events: string[], definition: string): Detail {
  return { kind: 'trigger', timing, events, for_each_row: true, enabled: true, definition };
}

/** The kind that these facts belong to. */
export function kindOfDetail(detail: Detail): ObjectKind {
  return detail.kind === 'other' ? detail.of : detail.kind;
}

/** The kinds that a tree shows in one folder. */
export function ofKinds(cards: readonly ObjectCard[], kinds: readonly ObjectKind[]): readonly ObjectCard[] {
  return kinds.length === 0 ? cards : cards.filter(({ kind }) => kinds.includes(kind));
}
