/** How a connection's server is doing, as the browser tells it. */
import type { ConnectionCard, ErrorKind } from '../../lib/backend';

/** Offline is a server that cannot be reached; failing is one that answers and refuses. */
export type Reach = 'ok' | 'offline' | 'failing' | 'unknown' | 'inactive';

const OFFLINE: readonly ErrorKind[] = ['unreachable', 'timed_out'];

/** How the server was found when it was last asked. */
export function reachOf(card: ConnectionCard): Reach {
  if (!card.connection.active) return 'inactive';
  const error = card.reach?.error ?? null;
  if (error) return OFFLINE.includes(error.kind) ? 'offline' : 'failing';
  const sync = card.last_sync?.error;
  if (sync && sync.kind !== 'cancelled') return 'failing';
  return card.reach ? 'ok' : 'unknown';
}
