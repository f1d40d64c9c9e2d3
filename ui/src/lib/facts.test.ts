import { describe, expect, it } from 'vitest';
import { sqlite } from '../test/fake/engines';
import { sampleCards } from '../test/fake/samples';
import type { ConnectionCard } from './backend';
import { changedCount, headlineCounts, isFirstRead, isStale, stateOf } from './facts';

const NOW = 1_800_000_000_000;
const cards = sampleCards(NOW);
const card = (name: string) => cards.find((entry) => entry.connection.draft.name === name) as ConnectionCard;
const after = (found: { added: number; changed: number; removed: number }) => {
  const { last_sync, ...rest } = card('orders-prod');
  return { ...rest, last_sync: last_sync && { ...last_sync, ...found } };
};

describe('what a card tells', () => {
  it('counts in the words of the engine, in the right number', () => {
    expect(headlineCounts(card('sample'), sqlite)).toEqual([
      { value: 1, noun: 'database' },
      { value: 11, noun: 'tables' },
      { value: 77, noun: 'columns' },
    ]);
  });

  it('a first read is no change, later ones are', () => {
    const all = 1 + 6 + 412 + 5208;
    expect(isFirstRead(after({ added: all, changed: 0, removed: 0 }))).toBe(true);
    expect(changedCount(after({ added: all, changed: 0, removed: 0 }))).toBe(0);
    expect(changedCount(after({ added: 2, changed: 1, removed: 1 }))).toBe(4);
  });

  it('an inactive connection is neither failing nor stale', () => {
    expect(stateOf(card('partner-feed'))).toBe('inactive');
    expect(isStale(card('partner-feed'), NOW)).toBe(false);
    expect(isStale(card('shop-legacy'), NOW)).toBe(true);
  });
});
