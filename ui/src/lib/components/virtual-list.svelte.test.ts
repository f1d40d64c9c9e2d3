/** The list of which only the rows in sight exist: what is made ahead, and what is seen while one jumps. */
import { render } from '@testing-library/svelte';
import { createRawSnippet, flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import VirtualList from './VirtualList.svelte';

const ROW = 20;
/** As many rows as are in sight, one that an edge may cut among them. */
const SIGHT = 6;
const BEYOND = 2;

/** A list of 1,000 rows, of which only some are here. */
function rows(...here: (readonly [first: number, last: number])[]) {
  const has = (first: number, last: number) => here.some(([from, to]) => from <= first && last <= to);
  return { length: 1000, has, at: (index: number) => (has(index, index) ? `row ${index}` : 'a place') };
}

const drawn = createRawSnippet<[string, number]>((item, index) => ({
  render: () => '<span></span>',
  setup: (element) => {
    $effect.pre(() => {
      element.textContent = index() < 0 ? `ahead: ${item()}` : item();
    });
  },
}));

function list(items: ReturnType<typeof rows> | string[], more: { spare?: string } = {}) {
  const told: (readonly [number, number])[] = [];
  const onrange = (first: number, last: number) => void told.push([first, last]);
  const props = { rowHeight: ROW, overscan: BEYOND, row: drawn, onrange, ...more };
  const { container, rerender } = render(VirtualList<string>, { props: { ...props, items } });
  const viewport = container.firstElementChild as HTMLElement;
  flushSync();
  return {
    told,
    /** Makes other rows be here. */
    come: (items: ReturnType<typeof rows> | string[]) => rerender({ items }),
    scrollTo(index: number) {
      viewport.scrollTop = index * ROW;
      viewport.dispatchEvent(new Event('scroll'));
      flushSync();
    },
    elements: () => [...viewport.querySelectorAll('span')],
    /** What stands at the upper edge and below it, as far as it can be seen. */
    seen: () =>
      [...viewport.querySelectorAll<HTMLElement>('.row:not([aria-hidden])')]
        .map((row) => [Number(/-?[\d.]+/.exec(row.style.transform)?.[0]) - viewport.scrollTop, row] as const)
        .filter(([top]) => top > -ROW && top < ROW * (SIGHT - 1))
        .sort(([a], [b]) => a - b)
        .map(([, row]) => row.textContent),
  };
}

const named = (first: number) => Array.from({ length: SIGHT - 1 }, (_, at) => `row ${first + at}`);
const places = Array.from({ length: SIGHT - 1 }, () => 'a place');

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(ROW * (SIGHT - 1));
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('rows that one jumps to', () => {
  it('are asked for at once, and take the place of those in sight when they are here', async () => {
    const { told, come, scrollTo, seen } = list(rows([0, 20]));
    scrollTo(500);
    expect(told.at(-1), 'only those that will be in sight').toEqual([500, 500 + SIGHT - 1]);
    expect(seen(), 'nobody sees empty places').toEqual(named(0));
    await come(rows([500, 505]));
    expect(seen()).toEqual(named(500));
  });

  it('are drawn as places where they do not come soon', () => {
    const { scrollTo, seen } = list(rows([0, 20]));
    scrollTo(500);
    vi.advanceTimersByTime(150);
    flushSync();
    expect(seen()).toEqual(places);
  });

  it('are those of the newest place that has come, while one drags on', async () => {
    const { told, come, scrollTo, seen } = list(rows([0, 20]));
    scrollTo(300);
    scrollTo(400);
    scrollTo(500);
    await come(rows([0, 20], [300, 305], [400, 405]));
    expect(seen(), 'not yet where one is, but no more where one was').toEqual(named(400));
    expect(told.at(-1), 'the newest is still asked for').toEqual([500, 500 + SIGHT - 1]);
    await come(rows([300, 305], [400, 405], [500, 505]));
    expect(seen()).toEqual(named(500));
  });

  it('are drawn at once where they are here', () => {
    const { scrollTo, seen } = list(rows([0, 20], [500, 520]));
    scrollTo(500);
    expect(seen()).toEqual(named(500));
  });

  it('are no others where one scrolls by less than what is in sight', () => {
    const { scrollTo, seen } = list(rows([0, 5]));
    scrollTo(3);
    expect(seen().slice(0, 3), 'what is here').toEqual(['row 3', 'row 4', 'row 5']);
    expect(seen().slice(3), 'and the places of the next').toEqual(['a place', 'a place']);
  });
});

describe('rows that are made ahead', () => {
  const all = SIGHT + 2 * BEYOND;

  it('are as many as can be needed, after the list itself, and nobody sees or hears them', async () => {
    const { elements, seen } = list(['a', 'b'], { spare: 'nothing' });
    expect(
      elements().map(({ textContent }) => textContent),
      'nothing delays the list',
    ).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(elements()).toHaveLength(all);
    for (const element of elements().slice(2)) {
      const row = element.closest<HTMLElement>('.row');
      expect(element.textContent).toBe('ahead: nothing');
      expect(row?.getAttribute('aria-hidden')).toBe('true');
      expect(row?.style.visibility).toBe('hidden');
    }
    expect(seen()).toEqual(['a', 'b']);
  });

  it('are filled when rows come, and keep what they held when those go', async () => {
    const { elements, come, seen } = list(['a', 'b'], { spare: 'nothing' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(elements()).toHaveLength(all);
    const made = new Set(elements());
    await come(rows([0, 999]));
    expect(seen()).toEqual(named(0));
    await vi.advanceTimersByTimeAsync(300);
    expect(elements(), 'also those beyond the edges').toHaveLength(all);
    expect(
      elements().every((element) => made.has(element)),
      'none is another',
    ).toBe(true);
    await come(['a']);
    expect(seen()).toEqual(['a']);
    expect(
      elements().every((element) => made.has(element)),
      'none has gone',
    ).toBe(true);
    expect(elements().map(({ textContent }) => textContent)).toContain('ahead: row 5');
  });
});

describe('rows that take the place of all others', () => {
  it('come beyond the edges when those in sight have come', async () => {
    const all = (what: string) => Array.from({ length: 100 }, (_, at) => `${what} ${at}`);
    const { elements, come, seen } = list(all('row'), { spare: 'nothing' });
    const texts = () => elements().map(({ textContent }) => textContent);
    await vi.advanceTimersByTimeAsync(300);
    await come(all('other').slice(0, 50));
    expect(seen()).toEqual(['other 0', 'other 1', 'other 2', 'other 3', 'other 4']);
    expect(texts().slice(SIGHT), 'nobody sees these').toEqual(['row 6', 'row 7', 'row 8', 'row 9']);
    await vi.advanceTimersByTimeAsync(300);
    expect(texts().slice(SIGHT)).toEqual(['other 6', 'other 7', 'other 8', 'other 9']);
  });
});
