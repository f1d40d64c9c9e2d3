/** Which connections the list shows, and in which order. No state lives here. */
import type { ConnectionCard, Environment } from '../../lib/backend';
import { ENVIRONMENT_ORDER } from '../../lib/environments';
import { isStale, stateOf } from '../../lib/facts';

/** What may be chosen as state. */
export const STATES = ['reachable', 'failing', 'not tested', 'stale', 'inactive'] as const;
/** One of the states of the filter. */
export type StateFilter = (typeof STATES)[number];

/** How the list may be ordered. */
export const SORTS = [
  { value: 'favourites', label: 'Favourites first' },
  { value: 'name', label: 'Name' },
  { value: 'environment', label: 'Environment' },
  { value: 'used', label: 'Last used' },
  { value: 'latency', label: 'Latency' },
  { value: 'synced', label: 'Oldest sync' },
] as const;
/** One of the orders. */
export type Sort = (typeof SORTS)[number]['value'];

/** What is kept of the list; empty parts keep everything. */
export interface Filter {
  text: string;
  engines: string[];
  environments: string[];
  folders: string[];
  tags: string[];
  states: string[];
}

/** The filter that keeps everything. */
export const EVERYTHING: Readonly<Filter> = {
  text: '',
  engines: [],
  environments: [],
  folders: [],
  tags: [],
  states: [],
};

/** Whether anything is left out. */
export function isFiltering(filter: Filter): boolean {
  return (
    filter.text.trim() !== '' || Object.values(filter).some((part) => Array.isArray(part) && part.length > 0)
  );
}

/** The connections that the filter keeps. */
export function filtered(cards: readonly ConnectionCard[], filter: Filter, now: number): ConnectionCard[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return cards.filter((card) => {
    const { draft } = card.connection;
    const text = textOf(card);
    return (
      words.every((word) => text.includes(word)) &&
      has(filter.engines, draft.target.engine) &&
      has(filter.environments, draft.environment) &&
      has(filter.folders, draft.folder) &&
      (filter.tags.length === 0 || draft.tags.some((tag) => filter.tags.includes(tag))) &&
      (filter.states.length === 0 || filterStates(card, now).some((state) => filter.states.includes(state)))
    );
  });
}

/** The same connections in the chosen order; equal ones keep the user's own order. */
export function sorted(cards: readonly ConnectionCard[], sort: Sort): ConnectionCard[] {
  const compare = ORDERS[sort];
  return [...cards].sort(
    (a, b) =>
      compare(a, b) || a.connection.sort_order - b.connection.sort_order || a.connection.id - b.connection.id,
  );
}

/** The values that occur, with how often, by name. */
export function occurring(
  cards: readonly ConnectionCard[],
  values: (card: ConnectionCard) => readonly string[],
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const card of cards) for (const value of values(card)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => byName(a.value, b.value));
}

/** The states of the filter that a connection is in. */
export function filterStates(card: ConnectionCard, now: number): StateFilter[] {
  const state = stateOf(card);
  const first: StateFilter =
    state === 'ok'
      ? 'reachable'
      : state === 'unknown'
        ? 'not tested'
        : state === 'failing'
          ? 'failing'
          : 'inactive';
  return isStale(card, now) ? [first, 'stale'] : [first];
}

function textOf({ connection: { draft }, address, database }: ConnectionCard): string {
  return [
    draft.name,
    draft.description,
    address,
    database ?? '',
    draft.folder,
    draft.environment,
    ...draft.tags,
  ]
    .join('\n')
    .toLowerCase();
}

type Compare = (a: ConnectionCard, b: ConnectionCard) => number;

const ORDERS: Readonly<Record<Sort, Compare>> = {
  favourites: (a, b) =>
    Number(b.connection.active) - Number(a.connection.active) ||
    Number(b.connection.draft.favourite) - Number(a.connection.draft.favourite),
  name: (a, b) => byName(a.connection.draft.name, b.connection.draft.name),
  environment: (a, b) => rank(a.connection.draft.environment) - rank(b.connection.draft.environment),
  used: (a, b) => (b.connection.last_used_at ?? 0) - (a.connection.last_used_at ?? 0),
  latency: (a, b) => (a.reach?.millis ?? Infinity) - (b.reach?.millis ?? Infinity) || 0,
  synced: (a, b) => (a.synced_at ?? 0) - (b.synced_at ?? 0),
};

// Made when there are names to compare: it loads what it knows of all languages.
let collator: Intl.Collator | null = null;

function byName(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}

function rank(environment: Environment): number {
  return ENVIRONMENT_ORDER.indexOf(environment);
}
