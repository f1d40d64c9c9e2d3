import { describe, expect, it } from 'vitest';
import { Elements, type Drawn } from './elements';
import type { Row } from './rows';

const head = (words: string): Row => ({ type: 'head', key: words, words });
const more = (words: string): Row => ({ type: 'more', key: words, words, to: { filter: words } });
const some = (type: (words: string) => Row, ...words: string[]) => words.map(type);
const whole = (rows: readonly Row[]) => [0, rows.length] as const;
const told = (drawn: readonly Drawn[]) =>
  drawn.map(({ row, index, place }) => `${place}: ${index < 0 ? 'hidden' : `${index} ${row.key}`}`);

describe('the elements of a list', () => {
  it('are those of the rows before, whatever those were', () => {
    const elements = new Elements();
    const before = [head('a'), ...some(more, 'b', 'c'), head('d')];
    const after = [head('e'), ...some(more, 'f', 'g'), head('h')];
    const places = (rows: readonly Row[]) => elements.draw(rows, whole(rows)).map(({ place }) => place);
    expect(places(after)).toEqual(places(before));
  });

  it('wait hidden beside others of their type with what they have shown last', () => {
    const elements = new Elements();
    const before = [head('a'), ...some(more, 'b', 'c', 'd'), head('e')];
    elements.draw(before, whole(before));
    const after = [head('f'), more('g'), head('h')];
    const drawn = elements.draw(after, whole(after));
    expect(told(drawn)).toEqual([
      'head 0: 0 f',
      'more 0: 1 g',
      'more 1: hidden',
      'more 2: hidden',
      'head 1: 2 h',
    ]);
    expect(drawn.slice(2, 4).map(({ row }) => row.key)).toEqual(['c', 'd']);
  });

  it('wait at the end where nothing of their type is shown', () => {
    const elements = new Elements();
    elements.draw([more('a')], [0, 1]);
    expect(told(elements.draw([head('b')], [0, 1]))).toEqual(['head 0: 0 b', 'more 0: hidden']);
    expect(told(elements.draw([], [0, 0]))).toEqual(['more 0: hidden', 'head 0: hidden']);
  });

  it('are made ahead once, and no more than asked for', () => {
    const elements = new Elements();
    elements.prepare(some(more, 'spare', 'spare'));
    elements.draw([more('a')], [0, 1]);
    elements.prepare(some(more, 'spare', 'spare'));
    const drawn = elements.draw([], [0, 0]);
    expect(
      drawn.map(({ row }) => row.key),
      'what was shown is not shown over',
    ).toEqual(['a', 'spare']);
  });

  it('show only what is in sight, at its place among all', () => {
    const rows = some(more, ...Array.from({ length: 100 }, (_, at) => `${at}`));
    expect(told(new Elements().draw(rows, [40, 42]))).toEqual(['more 0: 40 40', 'more 1: 41 41']);
  });
});
