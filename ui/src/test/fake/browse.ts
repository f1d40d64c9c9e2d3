/** A made-up schema below every sample connection, for the browser. */
import type {
  Backend,
  ConnectionCard,
  Detail,
  ObjectCard,
  ObjectKind,
  ObjectPage,
  PathLink,
} from '../../lib/backend';
import { appError } from './samples';

type Browse = Pick<Backend, 'children' | 'object' | 'openLink' | 'definition' | 'filterTree'>;

interface Made {
  card: ObjectCard;
  parent: number | null;
}

/** The browsing commands over made-up objects. */
export function browseCommands(cards: () => readonly ConnectionCard[], now: number): Browse {
  const made = new Map<number, Made>();
  const below = new Map<string, number[]>();
  let last = 0;

  const add = (
    connection: number,
    parent: number | null,
    detail: Detail,
    name: string,
    comment: string | null = null,
  ) => {
    const id = ++last;
    const card: ObjectCard = {
      id,
      connection,
      kind: detail.kind,
      name,
      comment,
      detail,
      attributes: [],
      statistics: { rows: null, bytes: null, index_bytes: null } as unknown as ObjectCard['statistics'],
      child_counts: {},
      roles: [],
      unseen: null,
    };
    made.set(id, { card, parent });
    const key = parent === null ? `c${connection}` : `o${parent}`;
    below.set(key, [...(below.get(key) ?? []), id]);
    const above = parent === null ? undefined : made.get(parent)?.card;
    if (above) above.child_counts[detail.kind] = (above.child_counts[detail.kind] ?? 0) + 1;
    return id;
  };

  const fill = (card: ConnectionCard) => {
    const { id, draft } = card.connection;
    if (below.has(`c${id}`) || card.synced_at === null) return;
    const database = add(
      id,
      null,
      { kind: 'database', owner: 'admin', encoding: 'UTF8', collation: 'C', system: false },
      card.database ?? 'main',
    );
    const home = card.counts.schema
      ? add(
          id,
          database,
          { kind: 'schema', owner: 'admin', system: false } as unknown as Detail,
          'sales',
          'Orders and money',
        )
      : database;
    for (const table of ['carts', 'coupons', 'orders', 'payments', 'refunds']) {
      const relation = add(
        id,
        home,
        { kind: 'table', owner: 'sales_owner' } as unknown as Detail,
        table,
        `One row per ${table.slice(0, -1)}`,
      );
      ['id', 'public_no', 'status', 'placed_at', draft.name].forEach((name, at) =>
        add(
          id,
          relation,
          {
            kind: 'column',
            ordinal: at + 1,
            type_text: at === 0 ? 'bigint' : 'text',
            nullable: at > 1,
            default: null,
            generated: null,
            collation: null,
          },
          name,
        ),
      );
    }
  };
  const need = (id: number): Made => {
    cards().forEach(fill);
    const object = made.get(id);
    if (!object)
      throw appError('not_found', 'This object does not exist.', 'It may have been dropped meanwhile.');
    return object;
  };
  const pathOf = (id: number): PathLink[] => {
    const { card, parent } = need(id);
    return [...(parent === null ? [] : pathOf(parent)), { id, step: { kind: card.kind, name: card.name } }];
  };
  const pageOf = (id: number): ObjectPage => ({
    card: need(id).card,
    path: pathOf(id),
    link: `db-studio://${id}`,
    native_id: null,
    first_seen_at: now - 86_400_000,
    changed_at: now - 7_200_000,
    seen_at: now - 840_000,
    warnings: [],
  });
  const keeps = (text: string, name: string) => name.toLowerCase().includes(text.toLowerCase());
  const ofKinds = (kinds: readonly ObjectKind[], kind: ObjectKind) =>
    kinds.length === 0 || kinds.includes(kind);

  return {
    children: async ({ parent, kinds, filter, offset, limit }) => {
      cards().forEach(fill);
      const ids =
        below.get(parent.type === 'connection' ? `c${parent.connection}` : `o${parent.object}`) ?? [];
      const rows = ids
        .map((id) => need(id).card)
        .filter((card) => ofKinds(kinds, card.kind) && keeps(filter, card.name));
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    object: async (id) => pageOf(id),
    openLink: async (link) => need(Number(link.replace('db-studio://', ''))).card.id,
    definition: async (id) => ({
      text: `CREATE TABLE ${need(id).card.name} (\n  id bigint NOT NULL\n);`,
      rendered: true,
    }),
    filterTree: async (text, wanted) => {
      cards().forEach(fill);
      const found = [...made.values()].filter(
        ({ card }) => keeps(text, card.name) && (wanted.length === 0 || wanted.includes(card.connection)),
      );
      return {
        total: found.length,
        matches: found
          .slice(0, 200)
          .map(({ card }) => ({ connection: card.connection, path: pathOf(card.id) })),
      };
    },
  };
}
