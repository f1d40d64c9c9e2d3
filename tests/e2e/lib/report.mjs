// Counts steps that passed and failed, and ends a run with one line of both.

/** A run of named steps. */
export class Report {
  #passed = 0;
  #failed = 0;

  /** Runs a step; what it throws fails it, and the run goes on. */
  async step(name, job, onFailure = async () => {}) {
    const began = Date.now();
    try {
      await job();
      this.#passed += 1;
      process.stdout.write(`ok      ${name} (${Date.now() - began} ms)\n`);
      return true;
    } catch (error) {
      this.#failed += 1;
      process.stdout.write(`FAILED  ${name}\n${error.stack ?? error}\n`);
      await onFailure(name).catch((second) => process.stdout.write(`${second}\n`));
      return false;
    }
  }

  /** Prints the closing line and gives the exit code; a run without steps has failed. */
  close() {
    process.stdout.write(`${this.#passed} passed, ${this.#failed} failed\n`);
    return this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}

/** Waits until `ask` gives something true, and gives that. */
export async function until(what, ask, limit = 20_000) {
  const end = Date.now() + limit;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`Waited ${limit} ms in vain: ${what}.`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
