/** What a connection's card tells, in the words of its engine. */
import type { ConnectionCard, EngineDescriptor, ObjectKind } from './backend';

const DAY = 86_400_000;

/** A number of objects and the word for them. */
export interface Count {
  value: number;
  noun: string;
}

/** Containers, tables and columns, or collections and fields, that the catalogue holds, as the engine names them. */
export function headlineCounts(card: ConnectionCard, engine: EngineDescriptor | undefined): Count[] {
  const container: ObjectKind = card.counts.schema === undefined ? 'database' : 'schema';
  return ([container, 'table', 'collection', 'column', 'field'] as const).flatMap((kind) => {
    const value = card.counts[kind];
    return value === undefined ? [] : [{ value, noun: nounOf(kind, value, engine) }];
  });
}

/** The engine's word for this many objects of a kind, in lower case. */
export function nounOf(kind: ObjectKind, value: number, engine: EngineDescriptor | undefined): string {
  const declared = engine?.kinds.find((entry) => entry.kind === kind);
  const singular = declared?.label ?? kind.replaceAll('_', ' ');
  const word = value === 1 ? singular : (declared?.plural ?? `${singular}s`);
  return word.toLowerCase();
}

/** How a connection stands. */
export type State = 'inactive' | 'failing' | 'ok' | 'unknown';

/** How a connection stands, from its last test or sync. */
export function stateOf(card: ConnectionCard): State {
  if (!card.connection.active) return 'inactive';
  if (!card.reach) return 'unknown';
  return card.reach.error ? 'failing' : 'ok';
}

/** Whether an active connection's catalogue is a day old or was never filled. */
export function isStale(card: ConnectionCard, now: number): boolean {
  return card.connection.active && (card.synced_at === null || now - card.synced_at >= DAY);
}

/** Whether the last sync was the first: all that is known is what it added. */
export function isFirstRead(card: ConnectionCard): boolean {
  const last = card.last_sync;
  const known = Object.values(card.counts).reduce((sum, count) => sum + count, 0);
  return last !== null && last.added > 0 && last.changed + last.removed === 0 && last.added >= known;
}

/** How many objects the last sync found new, different or gone; none for the first. */
export function changedCount(card: ConnectionCard): number {
  const last = card.last_sync;
  return last && !isFirstRead(card) ? last.added + last.changed + last.removed : 0;
}
