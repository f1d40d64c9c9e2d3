/** Which rows the tree asks for while one jumps about in it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useBackend, type TreeRequest, type TreeView } from '../../lib/backend';
import { fakeBackend } from '../../test/fake';
import { TreeState } from './tree-state.svelte';

const TOTAL = 100_000;

function view({ from, count }: TreeRequest): TreeView {
  const rows = Array.from({ length: Math.min(count, TOTAL - from) }, (_, at) => ({
    key: `row ${from + at}`,
    parent: null,
    parent_at: null,
    connection: 1,
    depth: 0,
    position: 1,
    siblings: 1,
    unfolds: false,
    open: false,
    of: { type: 'connection' } as const,
  }));
  return { version: 1, total: TOTAL, from, rows, marks: [], to: null, found: null };
}

/** A tree whose first rows are here, and what was asked for since. */
async function begun() {
  const asked: TreeRequest[] = [];
  const tree = async (request: TreeRequest) => {
    asked.push(request);
    await new Promise((done) => setTimeout(done, 5));
    return view(request);
  };
  useBackend({ ...fakeBackend(), tree });
  const state = new TreeState();
  state.begin(1);
  state.refresh();
  await vi.advanceTimersByTimeAsync(500);
  asked.length = 0;
  return { state, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('rows that one jumps to', () => {
  it('are asked for without those around them, which follow when one has stopped', async () => {
    const { state, asked } = await begun();
    for (const first of [20_000, 40_000, 60_000]) {
      state.inSight(first, first + 30);
      await vi.advanceTimersByTimeAsync(16);
      expect(state.rows.has(first, first + 30), `${first} is here in a frame`).toBe(true);
    }
    expect(
      asked.map(({ from, count }) => [from, count]),
      'nothing that the next would wait for',
    ).toEqual([
      [20_000, 31],
      [40_000, 31],
      [60_000, 31],
    ]);
    await vi.advanceTimersByTimeAsync(500);
    expect(state.rows.has(59_960, 60_080), 'those around').toBe(true);
  });

  it('are those of the newest place, where several are jumped to at once', async () => {
    const { state, asked } = await begun();
    for (const first of [20_000, 40_000, 60_000]) state.inSight(first, first + 30);
    await vi.advanceTimersByTimeAsync(12);
    expect(
      asked.map(({ from }) => from),
      'nobody waits for what one has passed',
    ).toEqual([20_000, 60_000]);
  });

  it('come with those after them while one scrolls', async () => {
    const { state, asked } = await begun();
    for (let first = 0; first < 200; first += 25) {
      state.inSight(first, first + 40);
      await vi.advanceTimersByTimeAsync(16);
      expect(state.rows.has(first, first + 40), `row ${first}`).toBe(true);
    }
    expect(asked.length, 'many at once').toBeLessThan(8);
  });
});

describe('a filter', () => {
  it('asks for the first rows, wherever one is, and leads to them when they come', async () => {
    const { state, asked } = await begun();
    state.inSight(60_000, 60_030);
    await vi.advanceTimersByTimeAsync(500);
    asked.length = 0;
    state.setFilter('a');
    await vi.advanceTimersByTimeAsync(152);
    expect(asked.map(({ from }) => from)).toEqual([0]);
    expect(state.wish, 'not before they are here').toBeNull();
    await vi.advanceTimersByTimeAsync(5);
    expect(state.wish?.index).toBe(0);
    expect(state.rows.has(0, 30), 'and all are here').toBe(true);
  });
});
