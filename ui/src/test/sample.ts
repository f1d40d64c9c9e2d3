/** Puts the sample backend in place for a test, as `main.ts` puts the real one. */
import { useBackend } from '../lib/backend';
import { followConnections, loadConnections } from '../lib/state/connections.svelte';
import { startSession } from '../lib/state/session.svelte';
import { fakeBackend, type FakeBackend, type FakeOptions } from './fake';

let stop: (() => void) | null = null;

/** Starts a session on sample data, with its connections loaded. */
export async function enterSample(options: FakeOptions = {}): Promise<FakeBackend> {
  leaveSample();
  const fake = fakeBackend(options);
  useBackend(fake);
  await startSession();
  stop = followConnections();
  await loadConnections();
  return fake;
}

/** Forgets the session's connections. */
export function leaveSample(): void {
  stop?.();
  stop = null;
}
