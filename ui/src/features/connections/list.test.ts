import { describe, expect, it } from 'vitest';
import { sampleCards } from '../../test/fake/samples';
import { EVERYTHING, filtered, filterStates, isFiltering, occurring, sorted } from './list';

const NOW = 1_800_000_000_000;
const cards = sampleCards(NOW);
const names = (some: typeof cards) => some.map((card) => card.connection.draft.name);

describe('the filter', () => {
  it('finds every word in name, address, database, folder or tags', () => {
    expect(names(filtered(cards, { ...EVERYTHING, text: 'ORDERS stg' }, NOW))).toEqual(['orders-staging']);
    expect(names(filtered(cards, { ...EVERYTHING, text: 'pii' }, NOW))).toEqual(['orders-prod', 'auth-dev']);
  });

  it('joins its parts with and, the values of a part with or', () => {
    const kept = filtered(cards, { ...EVERYTHING, environments: ['staging', 'local'], tags: ['core'] }, NOW);
    expect(names(kept)).toEqual(['orders-staging']);
  });

  it('knows failing, stale, untested and inactive apart', () => {
    const of = (name: string) =>
      cards.find((card) => card.connection.draft.name === name) as (typeof cards)[number];
    expect(filterStates(of('shop-legacy'), NOW)).toEqual(['failing', 'stale']);
    expect(filterStates(of('partner-feed'), NOW), 'inactive ones are never stale').toEqual(['inactive']);
    expect(filterStates(of('orders-prod'), NOW)).toEqual(['reachable']);
    const untested = { ...of('orders-prod'), reach: null, synced_at: null };
    expect(filterStates(untested, NOW)).toEqual(['not tested', 'stale']);
  });

  it('keeps everything when nothing is asked', () => {
    expect(isFiltering({ ...EVERYTHING, text: '  ' })).toBe(false);
    expect(filtered(cards, { ...EVERYTHING }, NOW)).toHaveLength(cards.length);
  });
});

describe('the order', () => {
  it('puts favourites first and inactive ones last, else as the user has them', () => {
    const order = names(sorted(cards, 'favourites'));
    expect(order.slice(0, 5)).toEqual([
      'orders-prod',
      'billing-prod',
      'events-prod',
      'orders-staging',
      'warehouse',
    ]);
    expect(order.slice(-2)).toEqual(['partner-feed', 'crm-import']);
  });

  it('puts those without latency after those with', () => {
    const order = names(sorted(cards, 'latency'));
    expect(order[0]).toBe('sample');
    expect(order.slice(-4)).toContain('billing-prod');
  });

  it('sorts names as people count', () => {
    const [first, second] = cards as [(typeof cards)[number], (typeof cards)[number]];
    const named = (card: typeof first, name: string) => ({
      ...card,
      connection: { ...card.connection, draft: { ...card.connection.draft, name } },
    });
    expect(names(sorted([named(first, 'db10'), named(second, 'db9')], 'name'))).toEqual(['db9', 'db10']);
  });
});

it('the choices of a filter are the values that occur, with how often', () => {
  expect(occurring(cards, (card) => card.connection.draft.tags)[0]).toEqual({ value: 'analytics', count: 1 });
});
