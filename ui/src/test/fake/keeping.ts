/** Keeping connections: making, changing, copying, deleting and bringing back. */
import type { Backend, ConnectionCard, ConnectionDraft, PasswordInput } from '../../lib/backend';
import { appError } from './samples';
import { address } from './strings';
import type { World } from './world';

type Keeping = Pick<
  Backend,
  | 'connections'
  | 'connection'
  | 'createConnection'
  | 'updateConnection'
  | 'duplicateConnection'
  | 'deleteConnections'
  | 'restoreConnections'
  | 'setActive'
>;

/** Keeps connections in the world. */
export function keepingCommands(world: World): Keeping {
  const bin = new Map<number, ConnectionCard>();

  const keep = (draft: ConnectionDraft, password: PasswordInput, id: number | null): ConnectionCard => {
    if (world.cards.some((card) => card.connection.draft.name === draft.name && card.connection.id !== id)) {
      throw {
        ...appError('conflict', `There is already a connection named ${draft.name}.`, 'Choose another name.'),
        field: 'name',
      };
    }
    const at = Date.now();
    const old = id === null ? undefined : world.find(id);
    const next = id ?? Math.max(0, ...world.cards.map((card) => card.connection.id)) + 1;
    const card: ConnectionCard = {
      connection: {
        id: next,
        uuid: old?.connection.uuid ?? `0197b000-0000-7000-8000-${String(next).padStart(12, '0')}`,
        draft,
        active: old?.connection.active ?? true,
        sort_order: old?.connection.sort_order ?? next,
        created_at: old?.connection.created_at ?? at,
        updated_at: at,
        last_used_at: old?.connection.last_used_at ?? null,
      },
      address: address(draft.target),
      database: draft.target.fields['database'] ?? null,
      has_password: password.type === 'keep' ? (old?.has_password ?? false) : password.type !== 'none',
      reach: old?.reach ?? null,
      latencies: old?.latencies ?? [],
      running: null,
      last_sync: old?.last_sync ?? null,
      synced_at: old?.synced_at ?? null,
      counts: old?.counts ?? {},
    };
    world.cards = old ? world.cards.map((entry) => (entry === old ? card : entry)) : [...world.cards, card];
    world.emit({ type: 'connections_changed' });
    return card;
  };

  return {
    connections: async () => {
      await world.rest();
      return world.cards;
    },
    createConnection: async (draft, password) => keep(draft, password, null),
    updateConnection: async (id, draft, password) => keep(draft, password, id),
    duplicateConnection: async (id) => {
      const { draft } = world.find(id).connection;
      return keep({ ...draft, name: `${draft.name} copy` }, { type: 'keep' }, null);
    },
    connection: async (id) => world.find(id),
    deleteConnections: async (ids) => {
      for (const id of ids) bin.set(id, world.find(id));
      world.cards = world.cards.filter((card) => !ids.includes(card.connection.id));
      world.emit({ type: 'connections_changed' });
      return { undo_seconds: 8 };
    },
    restoreConnections: async (ids) => {
      const back = ids.flatMap((id) => bin.get(id) ?? []);
      world.cards = [...world.cards, ...back].sort(
        (a, b) => a.connection.sort_order - b.connection.sort_order,
      );
      for (const id of ids) bin.delete(id);
      world.emit({ type: 'connections_changed' });
      return null;
    },
    setActive: async (ids, active) => {
      for (const id of ids)
        world.change(id, (card) => ({ ...card, connection: { ...card.connection, active } }));
      return null;
    },
  };
}
