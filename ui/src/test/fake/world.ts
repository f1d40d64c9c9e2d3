/** The state that the commands of the fake share. */
import type { ConnectionCard, Event } from '../../lib/backend';
import { appError, sampleCards } from './samples';

/** How the fake behaves. */
export interface WorldOptions {
  cards?: ConnectionCard[];
  /** Between the steps of what takes time, in milliseconds. */
  pace?: number;
  now?: number;
}

/** Connections, who listens, and what was asked to stop. */
export class World {
  cards: ConnectionCard[];
  readonly now: number;
  /** The password that the last parsed string held. */
  parsedPassword: string | null = null;
  /** Where the window was left. */
  left: string | null = null;
  /** Runs of tests that were cancelled. */
  readonly stoppedTests = new Set<number>();
  /** Runs of syncs that were cancelled. */
  readonly stoppedSyncs = new Set<number>();

  private readonly pace: number;
  private readonly hearers = new Set<(event: Event) => void>();

  constructor(options: WorldOptions) {
    this.now = options.now ?? Date.now();
    this.pace = options.pace ?? 0;
    this.cards = options.cards ?? sampleCards(this.now);
  }

  listen(hear: (event: Event) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  emit(event: Event): void {
    this.hearers.forEach((hear) => hear(event));
  }

  /** Lets the time between two steps pass. */
  async rest(): Promise<void> {
    if (this.pace > 0) await new Promise((done) => setTimeout(done, this.pace));
  }

  find(id: number): ConnectionCard {
    const card = this.cards.find((entry) => entry.connection.id === id);
    if (card) return card;
    throw appError('not_found', 'This connection does not exist.', 'It may have been deleted meanwhile.');
  }

  change(id: number, to: (card: ConnectionCard) => ConnectionCard): void {
    this.cards = this.cards.map((card) => (card.connection.id === id ? to(card) : card));
    this.emit({ type: 'connections_changed' });
  }
}
