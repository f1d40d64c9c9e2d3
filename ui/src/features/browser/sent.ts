/** The statements that syncs sent, kept for as long as the window is open: they never change. */
import { backend, type SentStatement } from '../../lib/backend';

const MOST = 20;
const known = new Map<number, Promise<SentStatement[]>>();

/** The statements that a sync sent to the server. */
export function sentStatements(sync: number): Promise<SentStatement[]> {
  const asked = known.get(sync) ?? backend().sentStatements(sync);
  asked.catch(() => known.delete(sync));
  known.delete(sync);
  known.set(sync, asked);
  for (const old of [...known.keys()].slice(0, -MOST)) known.delete(old);
  return asked;
}
