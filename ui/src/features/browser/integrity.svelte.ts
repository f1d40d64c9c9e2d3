/** Checks for damage, by object: one that runs goes on while other pages are open, and its answer stays. */
import { backend, type AppError, type VerificationView } from '../../lib/backend';
import { toAppError } from '../../lib/errors';

/** The check of one object: not begun, running, answered or failed. */
export class Check {
  #since = $state<number | null>(null);
  #at = $state<number | null>(null);
  #found = $state.raw<VerificationView | null>(null);
  #failure = $state.raw<AppError | null>(null);

  constructor(private readonly object: number) {}

  /** When it began, while it runs. */
  get since(): number | null {
    return this.#since;
  }

  /** When it was answered. */
  get at(): number | null {
    return this.#at;
  }

  /** What it found. */
  get found(): VerificationView | null {
    return this.#found;
  }

  /** Why it could not be done. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** Begins, unless it runs. */
  async run(): Promise<void> {
    if (this.#since !== null) return;
    this.#since = Date.now();
    this.#failure = null;
    this.#found = null;
    try {
      this.#found = await backend().verify(this.object);
      this.#at = Date.now();
    } catch (thrown) {
      this.#failure = toAppError(thrown);
    } finally {
      this.#since = null;
    }
  }
}

const checks = new Map<number, Check>();

/** The check of an object. */
export function checkOf(object: number): Check {
  const known = checks.get(object) ?? new Check(object);
  checks.set(object, known);
  return known;
}

/** Forgets all answers: somebody else may sign in, and tests begin anew. */
export function forgetChecks(): void {
  checks.clear();
}
