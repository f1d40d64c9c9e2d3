/** The connections as lists show them, kept in step with the events of tests and syncs. */
import {
  backend,
  type AppError,
  type ConnectionCard,
  type Event,
  type StageReport,
  type SyncRun,
} from '../backend';
import { toAppError } from '../errors';

/** A test that is running: its number, and the stage it has come to. */
export interface RunningTest {
  readonly run: number;
  readonly stage: StageReport['stage'] | null;
}

let cards = $state.raw<readonly ConnectionCard[]>([]);
let loaded = $state(false);
let failure = $state.raw<AppError | null>(null);
let tests = $state.raw<ReadonlyMap<number, RunningTest>>(new Map());
let lastRun = 0;
let loading: Promise<void> | null = null;
let again = false;
/** Which session's answers count; those of an earlier one come too late. */
let sitting = 0;

/** The connections and how they were loaded. */
export const connections = {
  get all(): readonly ConnectionCard[] {
    return cards;
  },
  get loaded(): boolean {
    return loaded;
  },
  get failure(): AppError | null {
    return failure;
  },
  /** Tests that are running, by connection. */
  get tests(): ReadonlyMap<number, RunningTest> {
    return tests;
  },
  /** Syncs that are running, longest first. */
  get syncs(): readonly SyncRun[] {
    return cards.flatMap((card) => card.running ?? []).sort((a, b) => a.started_at - b.started_at);
  },
};

/** The connection with this id, if it is there. */
export function connectionCard(id: number): ConnectionCard | undefined {
  return cards.find((card) => card.connection.id === id);
}

/** Loads all connections; while a load runs, another one follows it rather than running beside it. */
export function loadConnections(): Promise<void> {
  if (loading) {
    again = true;
    return loading;
  }
  const mine = sitting;
  loading = load(mine).finally(() => {
    if (mine !== sitting) return;
    loading = null;
    if (again) {
      again = false;
      void loadConnections();
    }
  });
  return loading;
}

async function load(mine: number): Promise<void> {
  try {
    const answer = await backend().connections();
    if (mine !== sitting) return;
    cards = answer;
    failure = null;
    loaded = true;
  } catch (thrown) {
    if (mine === sitting) failure = toAppError(thrown);
  }
}

/** Loads the connections and follows what happens to them; gives a function that ends it. */
export function followConnections(): () => void {
  const stop = backend().listen(hear);
  void loadConnections();
  return () => {
    stop();
    sitting += 1;
    loading = null;
    again = false;
    cards = [];
    loaded = false;
    failure = null;
    tests = new Map();
  };
}

function hear(event: Event): void {
  switch (event.type) {
    case 'connections_changed':
      void loadConnections();
      break;
    case 'connection_tested':
    case 'catalogue_changed':
      void refresh(event.connection);
      break;
    case 'sync':
      patch(event.run.connection, { running: event.run.ended ? null : event.run });
      if (event.run.ended) void refresh(event.run.connection);
      break;
    case 'test_stage':
      if (event.connection !== null && tests.get(event.connection)?.run === event.run) {
        setTest(event.connection, { run: event.run, stage: event.report.stage });
      }
      break;
    case 'locked':
    case 'locks_in':
      break;
  }
}

async function refresh(id: number): Promise<void> {
  try {
    const card = await backend().connection(id);
    cards = cards.map((old) => (old.connection.id === id ? card : old));
  } catch {
    // It may be gone meanwhile; the list itself knows.
    await loadConnections();
  }
}

function patch(id: number, change: Partial<ConnectionCard>): void {
  cards = cards.map((card) => (card.connection.id === id ? { ...card, ...change } : card));
}

function setTest(id: number, test: RunningTest | null): void {
  const next = new Map(tests);
  if (test) next.set(id, test);
  else next.delete(id);
  tests = next;
}

/** A number for a test, so that its events can be told from others. */
export function nextRun(): number {
  lastRun += 1;
  return lastRun;
}

/** Tests a kept connection. Gives why it failed, or null. */
export async function testConnection(id: number): Promise<AppError | null> {
  if (tests.has(id)) return null;
  const run = nextRun();
  setTest(id, { run, stage: null });
  try {
    return (await backend().testConnection(run, id)).error;
  } catch (thrown) {
    return toAppError(thrown);
  } finally {
    setTest(id, null);
  }
}

/** Stops the test of a connection. */
export async function cancelTest(id: number): Promise<void> {
  const test = tests.get(id);
  if (test) await backend().cancelTest(test.run);
}

/** Begins to read a connection's schema. Gives why it could not begin, or null. */
export async function syncConnection(
  id: number,
  scope: 'connection' | 'everything' = 'connection',
): Promise<AppError | null> {
  if (connectionCard(id)?.running) return null;
  try {
    const run = await backend().startSync(id, { type: scope });
    if (!run.ended) patch(id, { running: connectionCard(id)?.running ?? run });
    return null;
  } catch (thrown) {
    return toAppError(thrown);
  }
}

/** Stops a sync; the last good catalogue stays. */
export async function cancelSync(run: number): Promise<void> {
  await backend().cancelSync(run);
}
