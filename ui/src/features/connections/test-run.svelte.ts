/** One test of what is in the form: its stages as they come, and how it ended. */
import {
  backend,
  type AppError,
  type PasswordInput,
  type Stage,
  type StageReport,
  type Target,
  type TestOutcome,
} from '../../lib/backend';
import { toAppError } from '../../lib/errors';
import { nextRun } from '../../lib/state/connections.svelte';

/** A stage as the panel shows it; `waiting` ones were not reached. */
export type ShownStage = Omit<StageReport, 'state'> & { state: StageReport['state'] | 'waiting' };

/** The test panel's state. */
export class TestRun {
  running = $state(false);
  startedAt = $state<number | null>(null);
  endedAt = $state<number | null>(null);
  outcome = $state.raw<TestOutcome | null>(null);
  /** Why the test could not even run. */
  failure = $state.raw<AppError | null>(null);

  private reports = $state.raw<ReadonlyMap<Stage, StageReport>>(new Map());
  private run: number | null = null;
  private stop: (() => void) | null = null;

  /** The engine's stages, each as far as it is known. */
  shown(stages: readonly Stage[]): ShownStage[] {
    return stages.map(
      (stage) =>
        this.reports.get(stage) ?? {
          stage,
          state: 'waiting' as const,
          note: null,
          millis: null,
          error: null,
        },
    );
  }

  /** Whether anything has been tested yet. */
  get begun(): boolean {
    return this.startedAt !== null;
  }

  async start(target: Target, password: PasswordInput, of: number | null): Promise<void> {
    if (this.running) return;
    const run = nextRun();
    this.run = run;
    this.running = true;
    this.outcome = null;
    this.failure = null;
    this.endedAt = null;
    this.startedAt = Date.now();
    this.reports = new Map();
    this.stop = backend().listen((event) => {
      if (event.type === 'test_stage' && event.run === run) this.take(event.report);
    });
    try {
      const outcome = await backend().testDraft(run, target, password, of);
      if (this.run !== run) return;
      this.outcome = outcome;
      // The answer is complete where an event came late.
      outcome.stages.forEach((report) => this.take(report));
    } catch (thrown) {
      if (this.run === run) this.failure = toAppError(thrown);
    } finally {
      if (this.run === run) this.end();
    }
  }

  async cancel(): Promise<void> {
    if (this.run !== null && this.running) await backend().cancelTest(this.run);
  }

  /** Stops listening and whatever runs, as when the sheet closes. */
  leave(): void {
    void this.cancel().catch(() => undefined);
    this.end();
    this.run = null;
  }

  private take(report: StageReport): void {
    this.reports = new Map(this.reports).set(report.stage, report);
  }

  private end(): void {
    this.stop?.();
    this.stop = null;
    this.running = false;
    this.endedAt = Date.now();
  }
}
