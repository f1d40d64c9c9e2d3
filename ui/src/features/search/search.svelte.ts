/** One search as it is typed: what is asked, and the newest answer. */
import { backend, type AppError, type SearchResults } from '../../lib/backend';
import { toAppError } from '../../lib/errors';
import type { PaletteTab } from '../../lib/state/palette.svelte';
import { limitOf, TAB_KINDS } from './tabs';
import { isQuestion } from './words';

/** What is asked for. */
export interface Question {
  readonly text: string;
  readonly tab: PaletteTab;
  /** Only in this connection. */
  readonly connection: number | null;
}

/** An answer, and what it answers. */
export interface Answer {
  readonly question: Question;
  readonly results: SearchResults;
}

/** How long after a sync the answer is brought up to date; several often end together. */
const SETTLED = 150;

/** After this time, a search says that it is under way. */
const NOTICEABLE = 100;

/** A search whose answers stay until newer ones are there. */
export class Search {
  #question = $state.raw<Question>({ text: '', tab: 'everything', connection: null });
  #answer = $state.raw<Answer | null>(null);
  #failure = $state.raw<AppError | null>(null);
  #slow = $state(false);
  #began = 0;
  #number = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changed: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void;

  constructor(tab: PaletteTab) {
    this.#question = { text: '', tab, connection: null };
    this.#stop = backend().listen(({ type }) => {
      if (type === 'catalogue_changed') this.#refresh();
    });
    void load();
  }

  /** What is asked now. */
  get question(): Question {
    return this.#question;
  }

  /** The newest answer; that of an older question until the newest is answered. */
  get answer(): Answer | null {
    return this.#answer;
  }

  /** Why the newest question has no answer. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** Since when an answer is awaited, once that takes noticeably long. */
  get waitingSince(): number | null {
    return this.#slow ? this.#began : null;
  }

  /** Whether the answer is that of the newest question. */
  get settled(): boolean {
    return !isQuestion(this.#question.text) || this.#answer?.question === this.#question;
  }

  /** Asks something else. */
  ask(change: Partial<Question>): void {
    this.#question = { ...this.#question, ...change };
    void this.again();
  }

  /** Asks the same again. */
  async again(): Promise<void> {
    const question = this.#question;
    const number = (this.#number += 1);
    if (!isQuestion(question.text)) {
      this.#answer = null;
      this.#failure = null;
      this.#rest();
      return;
    }
    this.#wait();
    try {
      const results = await backend().search({
        text: question.text,
        kinds: [...TAB_KINDS[question.tab]],
        connections: question.connection === null ? [] : [question.connection],
        limit: limitOf(question.tab),
      });
      if (number !== this.#number) return;
      this.#answer = { question, results };
      this.#failure = null;
    } catch (thrown) {
      const error = toAppError(thrown);
      // Cancelled is what a newer search does to an older one.
      if (number !== this.#number) return;
      if (error.kind !== 'cancelled') this.#failure = error;
    }
    this.#rest();
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    this.#number += 1;
    this.#stop();
    clearTimeout(this.#changed);
    this.#rest();
  }

  /** The same question, once the catalogue is new. */
  #refresh(): void {
    clearTimeout(this.#changed);
    this.#changed = setTimeout(() => void this.again(), SETTLED);
  }

  #wait(): void {
    if (this.#timer !== undefined) return;
    this.#began = Date.now();
    this.#timer = setTimeout(() => (this.#slow = true), NOTICEABLE);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#slow = false;
  }
}

/** Has the names brought into memory before the first key is pressed. */
async function load(): Promise<void> {
  try {
    await backend().search({ text: '', kinds: [], connections: [], limit: 1 });
  } catch {
    // The first question does the same, and says what is wrong.
  }
}
