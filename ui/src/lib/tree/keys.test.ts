/** The tree's keys, its keys of rows, and the filtered tree. */
import { describe, expect, it } from 'vitest';
import type { EngineDescriptor, PathLink } from '../backend';
import {
  NOTHING_HIDDEN,
  filteredRows,
  objectKey,
  pathKey,
  treeKey,
  typeAhead,
  type TreeAct,
  type TreeRow,
} from '.';

const engine = {
  kinds: [
    { kind: 'database', children: [{ folder: null, kinds: ['schema'] }] },
    { kind: 'schema', children: [{ folder: 'Tables', kinds: ['table'] }] },
    {
      kind: 'table',
      children: [
        { folder: 'Columns', kinds: ['column'] },
        { folder: 'Indexes', kinds: ['index'] },
      ],
    },
  ],
} as unknown as EngineDescriptor;
const roots = [{ id: 1, engine, read: true, expected: 1, hidden: NOTHING_HIDDEN }];
const link = (id: number, kind: PathLink['step']['kind'], name: string): PathLink => ({
  id,
  step: { kind, name },
});
const base = [link(1, 'database', 'orders'), link(2, 'schema', 'sales')];
const matches = [
  { connection: 1, path: [...base, link(3, 'table', 'carts'), link(4, 'column', 'coupon')] },
  { connection: 1, path: [...base, link(5, 'table', 'coupons')] },
];
const names = (rows: readonly TreeRow[]) =>
  rows.map((row) => (row.type === 'object' ? row.name : row.type === 'folder' ? `[${row.label}]` : row.type));

describe('a filtered tree', () => {
  it('keeps the way down to what was found, through the same folders', () => {
    expect(names(filteredRows(matches, roots, new Set()))).toEqual([
      'connection',
      'orders',
      'sales',
      '[Tables]',
      'carts',
      '[Columns]',
      'coupon',
      'coupons',
    ]);
  });

  it('tells what was found from what only leads there', () => {
    const found = filteredRows(matches, roots, new Set()).filter((row) => row.type === 'object' && row.found);
    expect(names(found)).toEqual(['coupon', 'coupons']);
  });

  it('has folders in the order of the descriptor, whatever was found first', () => {
    const table = [...base, link(3, 'table', 'carts')];
    const found = [
      { connection: 1, path: [...table, link(6, 'index', 'carts_idx')] },
      { connection: 1, path: [...table, link(7, 'column', 'cart')] },
    ];
    expect(names(filteredRows(found, roots, new Set())).slice(4)).toEqual([
      'carts',
      '[Columns]',
      'cart',
      '[Indexes]',
      'carts_idx',
    ]);
  });

  it('can be collapsed, and leaves out connections that are not shown', () => {
    const rows = filteredRows(
      [...matches, { connection: 9, path: base }],
      roots,
      new Set(['1/database:orders/schema:sales']),
    );
    expect(names(rows)).toEqual(['connection', 'orders', 'sales']);
  });
});

describe('keys of rows', () => {
  it('tells names apart that hold the separators', () => {
    expect(objectKey('1/schema:a/table:b', 'column', 'c')).not.toBe(
      objectKey('1', 'schema', 'a/table:b/column:c'),
    );
    expect(objectKey(objectKey('1', 'schema', 'a\\'), 'table', 'b')).not.toBe(
      objectKey('1', 'schema', 'a\\/table:b'),
    );
  });

  it('is the same by way of the parents and by the whole path', () => {
    expect(
      pathKey(1, [
        { kind: 'database', name: 'a/b' },
        { kind: 'table', name: '~x' },
      ]),
    ).toBe(objectKey(objectKey('1', 'database', 'a/b'), 'table', '~x'));
  });
});

describe('keyboard', () => {
  const rows = filteredRows(matches, roots, new Set());
  const closed = new Set<string>();
  const press = (key: string, at: number): TreeAct | undefined =>
    treeKey(key, { rows, at, isOpen: (row) => !closed.has(row.key), page: 5 });

  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 0, 0],
    ['Home', 4, 0],
    ['End', 4, 7],
    ['PageDown', 1, 6],
    ['PageUp', 3, 0],
    ['ArrowRight', 0, 1],
    ['ArrowLeft', 6, 5],
    ['ArrowLeft', 7, 3],
  ])('%s on row %i moves to row %i', (key, at, to) => {
    expect(press(key, at)).toEqual({ act: 'move', to });
  });

  it('expands with Right and collapses with Left', () => {
    const row = rows[2];
    if (!row) throw new Error('the schema must be there');
    expect(press('ArrowLeft', 2)).toEqual({ act: 'collapse', keys: [row.key] });
    closed.add(row.key);
    expect(press('ArrowRight', 2)).toEqual({ act: 'expand', keys: [row.key] });
    closed.clear();
  });

  it('expands all siblings that can unfold with *', () => {
    expect(press('*', 4)).toEqual({ act: 'expand', keys: ['1/database:orders/schema:sales/table:carts'] });
  });

  it('opens with Enter and leaves other keys alone', () => {
    expect(press('Enter', 4)).toEqual({ act: 'open' });
    expect(press('x', 4)).toBeUndefined();
  });

  it('finds the next name that begins with what is typed, around the end', () => {
    const nameOf = () => 'orders-prod';
    expect(typeAhead(rows, 4, 'c', nameOf), 'the next one is the folder Columns').toBe(5);
    expect(typeAhead(rows, 7, 'c', nameOf), 'around the end').toBe(4);
    expect(typeAhead(rows, 6, 'coupon', nameOf), 'stays while it still fits').toBe(6);
    expect(typeAhead(rows, 0, 'zz', nameOf)).toBe(-1);
  });
});
