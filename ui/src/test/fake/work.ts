/** What takes time: tests of connections, and syncs. */
import type { Backend, PasswordInput, StageReport, SyncRun, Target, TestOutcome } from '../../lib/backend';
import { postgres, sqlite } from './engines';
import { appError } from './samples';
import type { World } from './world';

type Work = Pick<
  Backend,
  'testDraft' | 'testConnection' | 'cancelTest' | 'startSync' | 'cancelSync' | 'runningSyncs'
>;

/** The password that the servers of the fake accept. */
export const PASSWORD = 'right';

/** Tests and syncs, a step at a time. */
export function workCommands(world: World): Work {
  let lastRun = 1;

  const run = async (
    number: number,
    target: Target,
    connection: number | null,
    password: string | null,
  ): Promise<TestOutcome> => {
    const engine = target.engine === sqlite.id ? sqlite : postgres;
    const stages: StageReport[] = [];
    for (const stage of engine.stages) {
      world.emit({
        type: 'test_stage',
        run: number,
        connection,
        report: { stage, state: 'running', note: null, millis: null, error: null },
      });
      await world.rest();
      const error = world.stoppedTests.has(number)
        ? appError('cancelled', 'The test was stopped.', 'Nothing was left behind.')
        : stage === 'sign_in' && password !== PASSWORD
          ? appError(
              'sign_in_refused',
              `The server refused the password for user ${target.fields['user'] ?? ''}.`,
              'Replace the password. If it is right, ask whether this user may sign in from this address.',
              ['FATAL: password authentication failed', 'SQLSTATE 28P01'],
            )
          : null;
      const report: StageReport = {
        stage,
        state: error ? 'failed' : 'passed',
        note: error ? 'refused' : (NOTES[stage] ?? null),
        millis: TIMES[stage] ?? 1,
        error,
      };
      stages.push(report);
      world.emit({ type: 'test_stage', run: number, connection, report });
      if (error) return { stages, millis: 47, server: null, user: null, error, lacks: [] };
    }
    return {
      stages,
      millis: 52,
      server: 'PostgreSQL 16.4',
      user: target.fields['user'] ?? null,
      error: null,
      lacks: [],
    };
  };
  const typed = (password: PasswordInput): string | null =>
    password.type === 'typed'
      ? password.password
      : password.type === 'parsed'
        ? world.parsedPassword
        : password.type === 'keep'
          ? PASSWORD
          : null;

  return {
    testDraft: (number, target, password, of) => run(number, target, of, typed(password)),
    testConnection: async (number, id) => {
      const card = world.find(id);
      const outcome = await run(
        number,
        card.connection.draft.target,
        id,
        card.reach?.error ? 'wrong' : PASSWORD,
      );
      world.change(id, (old) => ({
        ...old,
        reach: {
          at: Date.now(),
          millis: outcome.error ? null : outcome.millis,
          error: outcome.error,
          last_good_at: outcome.error ? (old.reach?.last_good_at ?? null) : Date.now(),
          server: outcome.server ?? old.reach?.server ?? null,
        },
        latencies: [...old.latencies, outcome.error ? null : outcome.millis].slice(-24),
      }));
      world.emit({ type: 'connection_tested', connection: id });
      return outcome;
    },
    cancelTest: async (number) => {
      world.stoppedTests.add(number);
      return null;
    },
    startSync: async (id, scope) => {
      const begun: SyncRun = {
        run: ++lastRun,
        connection: id,
        scope,
        started_at: Date.now(),
        doing: 'Reading tables',
        done: 0,
        total: 100,
        ended: null,
      };
      world.change(id, (card) => ({ ...card, running: begun }));
      world.emit({ type: 'sync', run: begun });
      void finish(begun);
      return begun;
    },
    cancelSync: async (number) => {
      world.stoppedSyncs.add(number);
      return null;
    },
    runningSyncs: async () => world.cards.flatMap((card) => card.running ?? []),
  };

  async function finish(begun: SyncRun) {
    for (let done = 20; done <= 100; done += 20) {
      await world.rest();
      const error = world.stoppedSyncs.has(begun.run)
        ? appError('cancelled', 'The sync was stopped.', 'The last good catalogue is still there.')
        : null;
      const over = error !== null || done === 100;
      const at = Date.now();
      const step: SyncRun = {
        ...begun,
        done,
        ended: over ? { sync: begun.run, at, error, added: 0, changed: 0, removed: 0, warnings: [] } : null,
      };
      world.change(begun.connection, (card) => ({
        ...card,
        running: over ? null : step,
        last_sync: step.ended ?? card.last_sync,
        synced_at: over && !error ? at : card.synced_at,
      }));
      world.emit({ type: 'sync', run: step });
      if (over) return;
    }
  }
}

const NOTES: Partial<Record<StageReport['stage'], string>> = {
  parse: 'PostgreSQL, 1 host',
  resolve: '10.20.4.17',
  connect: 'port 5432 answers',
  tls: '1.3, verified',
  sign_in: 'accepted',
  server_version: 'PostgreSQL 16.4',
  privileges: 'may read 6 schemas',
};

const TIMES: Partial<Record<StageReport['stage'], number>> = {
  parse: 0.2,
  resolve: 4,
  connect: 11,
  tls: 23,
  sign_in: 9,
  server_version: 1.4,
  privileges: 3.1,
};
