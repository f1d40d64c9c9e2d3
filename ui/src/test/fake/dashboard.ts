/** The numbers of the dashboard, summed over the connections of the world. */
import type { ConnectionCard, Dashboard } from '../../lib/backend';
import { postgres, sqlite } from './engines';
import type { World } from './world';

const DAY = 86_400_000;

/** All that the dashboard shows. */
export function dashboardOf({ cards, now }: World): Dashboard {
  const sum = (pick: (card: ConnectionCard) => number | undefined) =>
    cards.reduce((all, card) => all + (pick(card) ?? 0), 0);
  const active = cards.filter((card) => card.connection.active);
  return {
    connections: cards.length,
    active: active.length,
    reachable: active.filter((card) => card.reach && !card.reach.error).length,
    failing: active.filter((card) => card.reach?.error).length,
    databases: sum((card) => card.counts.database),
    tables: sum((card) => card.counts.table),
    columns: sum((card) => card.counts.column),
    catalogue_bytes: 38_400_000,
    stale: active
      .filter((card) => !card.synced_at || Date.now() - card.synced_at >= DAY)
      .map((card) => card.connection.id),
    by_engine: [postgres.id, sqlite.id].map((engine) => ({
      engine,
      tables: cards
        .filter((card) => card.connection.draft.target.engine === engine)
        .reduce((all, card) => all + (card.counts.table ?? 0), 0),
    })),
    recent: [
      {
        object: 11,
        connection: 1,
        kind: 'table' as const,
        parent: 'sales',
        name: 'orders',
        at: now - 60_000,
      },
      {
        object: 12,
        connection: 3,
        kind: 'view' as const,
        parent: 'events',
        name: 'deliveries',
        at: now - 120_000,
      },
      {
        object: 13,
        connection: 7,
        kind: 'table' as const,
        parent: 'billing',
        name: 'invoices',
        at: now - 180_000,
      },
    ].filter((recent) => cards.some((card) => card.connection.id === recent.connection)),
  };
}
