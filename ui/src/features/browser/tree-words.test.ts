/** What rows of the tree say. */
import { expect, it } from 'vitest';
import type { TreeRow } from '../../lib/tree';
import { partsFound, wordsOf } from './tree-words';

const folder = (count: number, unseen: string | null): TreeRow => ({
  type: 'folder',
  key: 'a',
  parent: null,
  parentAt: null,
  connection: 1,
  depth: 1,
  position: 1,
  siblings: 1,
  unfolds: true,
  open: false,
  label: 'Tables',
  count,
  owner: 1,
  kinds: [],
  unseen,
});

it('marks what was looked for, in whatever case', () => {
  expect(partsFound('Order_Status', 'ER_S')).toEqual({ before: 'Ord', found: 'er_S', after: 'tatus' });
  expect(partsFound('orders', ''), 'nothing is looked for').toEqual({
    before: 'orders',
    found: '',
    after: '',
  });
  expect(partsFound('orders', 'zzz').before, 'it fits by something else').toBe('orders');
  expect(partsFound('a\nb', '').before, 'one line').toBe('a↵b');
});

it('says how many are in a folder, and aloud', () => {
  expect(wordsOf(folder(10_000, null), undefined)).toMatchObject({
    name: 'Tables',
    count: '10,000',
    spoken: 'Tables, 10,000',
    marks: [],
  });
});

it('says of a folder that could not be read why, beside its name where it holds nothing', () => {
  const empty = wordsOf(folder(0, 'no right'), undefined);
  expect(empty).toMatchObject({ aside: 'not readable', unreadable: 'no right', count: '', marks: [] });
  const some = wordsOf(folder(3, 'no right'), undefined);
  expect(some.unreadable).toBeNull();
  expect(some.marks.map(({ words }) => words)).toEqual(['Not readable: no right']);
  expect(some.spoken).toContain('not readable');
});
