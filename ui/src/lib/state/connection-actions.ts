/** What people do with connections from any page; each tells how it ended where that is not seen otherwise. */
import { backend, type ConnectionCard, type ConnectionDraft } from '../backend';
import { notify } from '../components/toasts.svelte';
import { toAppError } from '../errors';
import { counted } from '../format';
import {
  connectionCard,
  connections,
  loadConnections,
  syncConnection,
  testConnection,
} from './connections.svelte';

/** How many servers are asked at the same time. */
const AT_ONCE = 4;

/** Tests one connection and says how it went. */
export async function testAndTell(id: number): Promise<void> {
  const name = nameOf(id);
  const error = await testConnection(id);
  const millis = connectionCard(id)?.reach?.millis;
  if (!error)
    notify(`${name}: fine${millis == null ? '' : `, ${Math.max(1, Math.round(millis))} ms`}.`, {
      tone: 'ok',
    });
  else if (error.kind !== 'cancelled') notify(`${name}: ${error.message}`, { tone: 'fail' });
}

/** Tests several connections, a few at a time, and says how many answered. */
export async function testAll(ids: readonly number[]): Promise<void> {
  if (ids.length === 1 && ids[0] !== undefined) return testAndTell(ids[0]);
  const errors = await pooled(ids, testConnection);
  const failing = errors.filter((error) => error !== null).length;
  const words = failing === 0 ? 'all fine' : `${failing} failing`;
  notify(`${counted(ids.length, 'connection')} tested, ${words}.`, { tone: failing === 0 ? 'ok' : 'fail' });
}

/** Begins to read the schema of connections, or everything in them anew; where one cannot begin, says why. */
export async function syncAll(ids: readonly number[], scope?: 'everything'): Promise<void> {
  await pooled(ids, async (id) => {
    const error = await syncConnection(id, scope);
    if (error) notify(`${nameOf(id)}: ${error.message}`, { tone: 'fail' });
    return error;
  });
}

/** The connections that background work and "all" may touch. */
export function activeIds(): number[] {
  return connections.all.filter((card) => card.connection.active).map((card) => card.connection.id);
}

/** Deletes connections, with a way back for as long as the backend keeps it open. */
export async function deleteAndOfferUndo(ids: readonly number[]): Promise<void> {
  const what = ids.length === 1 ? nameOf(ids[0] as number) : counted(ids.length, 'connection');
  await telling(async () => {
    const { undo_seconds } = await backend().deleteConnections([...ids]);
    notify(`Deleted ${what}.`, {
      stays: undo_seconds * 1000,
      action: {
        label: 'Undo',
        run: () =>
          void telling(async () => {
            await backend().restoreConnections([...ids]);
            await loadConnections();
          }),
      },
    });
    await loadConnections();
  });
}

/** Makes a copy of a connection. */
export async function duplicate(id: number): Promise<void> {
  await telling(async () => {
    const copy = await backend().duplicateConnection(id);
    notify(`${copy.connection.draft.name} is a copy of ${nameOf(id)}.`);
    await loadConnections();
  });
}

/** Makes connections active or not. */
export async function setActive(ids: readonly number[], active: boolean): Promise<void> {
  await telling(async () => {
    await backend().setActive([...ids], active);
    await loadConnections();
  });
}

/** Changes what the user says of some connections; passwords stay. */
export async function amendDrafts(
  ids: readonly number[],
  change: (draft: ConnectionDraft) => ConnectionDraft,
): Promise<void> {
  await telling(async () => {
    for (const id of ids) {
      const card = connectionCard(id);
      if (card) await backend().updateConnection(id, change(card.connection.draft), { type: 'keep' });
    }
    await loadConnections();
  });
}

/** Puts a star on a connection or takes it off. */
export function toggleFavourite({ connection }: ConnectionCard): Promise<void> {
  return amendDrafts([connection.id], (draft) => ({ ...draft, favourite: !draft.favourite }));
}

async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = toAppError(thrown);
    notify([error.message, error.hint].filter(Boolean).join(' '), { tone: 'fail' });
  }
}

async function pooled<T>(ids: readonly number[], work: (id: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const waiting = [...ids];
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) results.push(await work(id));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, worker));
  return results;
}

function nameOf(id: number): string {
  return connectionCard(id)?.connection.draft.name ?? 'the connection';
}
