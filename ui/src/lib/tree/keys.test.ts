/** The keys of the tree, its keys of rows, and the rows that are here. */
import { describe, expect, it } from 'vitest';
import { RowWindow, objectKey, pathKey, treeKey, waitingRow, type TreeKeyAct, type TreeRow } from '.';

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

const folder = (key: string, parentAt: number | null, open: boolean): TreeRow => ({
  type: 'folder',
  key,
  parent: parentAt === null ? null : 'above',
  parentAt,
  connection: 1,
  depth: 1,
  position: 1,
  siblings: 1,
  unfolds: true,
  open,
  label: key,
  count: 1,
  owner: 1,
  kinds: [],
  unseen: null,
});

describe('keyboard', () => {
  const press = (key: string, at: number, row?: TreeRow): TreeKeyAct | undefined =>
    treeKey(key, { row, at, total: 8, page: 5 });

  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 0, 0],
    ['Home', 4, 0],
    ['End', 4, 7],
    ['PageDown', 1, 6],
    ['PageUp', 3, 0],
  ])('%s on row %i moves to row %i', (key, at, to) => {
    expect(press(key, at)).toEqual({ act: 'move', to });
  });

  it('goes in with Right and out with Left', () => {
    expect(press('ArrowRight', 4, folder('a', 2, false))).toEqual({ act: 'expand', key: 'a' });
    expect(press('ArrowRight', 4, folder('a', 2, true))).toEqual({ act: 'move', to: 5 });
    expect(press('ArrowLeft', 4, folder('a', 2, true))).toEqual({ act: 'collapse', key: 'a' });
    expect(press('ArrowLeft', 4, folder('a', 2, false))).toEqual({ act: 'move', to: 2 });
    expect(press('ArrowLeft', 0, folder('a', null, false))).toEqual({ act: 'move', to: 0 });
  });

  it('expands all siblings with *', () => {
    expect(press('*', 4, folder('a', 2, false))).toEqual({ act: 'each', key: 'above' });
    expect(press('*', 0, folder('a', null, false))).toEqual({ act: 'each', key: null });
  });

  it('opens with Enter and leaves other keys alone', () => {
    expect(press('Enter', 4, folder('a', 2, false))).toEqual({ act: 'open' });
    expect(press('x', 4, folder('a', 2, false))).toBeUndefined();
  });
});

describe('the rows that are here', () => {
  const same = (row: TreeRow) => row;
  const some = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => folder(`row ${from + at}`, null, false));

  it('holds the places of the others', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    rows.put(1, 130_000, 500, some(500, 100), same);
    expect(rows.length).toBe(130_000);
    expect(rows.at(599).key).toBe('row 599');
    expect(rows.at(600)).toEqual(waitingRow(600));
  });

  it('knows whether all of some rows are here', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    rows.put(1, 600, 500, some(500, 100), same);
    expect(rows.has(500, 599)).toBe(true);
    expect(rows.has(499, 520), 'one is missing').toBe(false);
    expect(rows.has(590, 610), 'there are no more').toBe(true);
  });

  it('asks for what is in sight first, then for some around, and then no more', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    rows.put(1, 130_000, 0, some(0, 100), same);
    expect(rows.wanted(0, 40), 'all of it is here').toBeUndefined();
    const asked = [];
    for (let wanted = rows.wanted(60_000, 60_040); wanted; wanted = rows.wanted(60_000, 60_040)) {
      asked.push(wanted);
      rows.put(1, 130_000, wanted.from, some(wanted.from, wanted.count), same);
    }
    expect(asked[0], 'whoever drags is elsewhere before more would be there').toEqual({
      from: 60_000,
      count: 41,
    });
    expect(asked, 'then below and above').toHaveLength(3);
    expect(rows.loaded(60_080) && rows.loaded(59_960), 'some around').toBeDefined();
  });

  it('asks before one comes to the end of what is here', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    rows.put(1, 130_000, 0, some(0, 200), same);
    const wanted = rows.wanted(150, 190);
    expect(wanted?.from, 'the next ones are needed soon, and only those').toBe(200);
    expect((wanted?.from ?? 0) + (wanted?.count ?? 0)).toBeGreaterThan(250);
    expect(rows.wanted(100, 140), 'not too soon').toBeUndefined();
  });

  it('asks upwards for those before what is here', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    rows.put(1, 130_000, 1000, some(1000, 200), same);
    const wanted = rows.wanted(980, 1030);
    expect((wanted?.from ?? 0) + (wanted?.count ?? 0), 'up to what is here').toBe(1000);
    expect(wanted?.from, 'and further than one sees').toBeLessThan(930);
  });

  it('makes each row once, also where it is sent again', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    let made = 0;
    const make = (row: TreeRow) => ((made += 1), row);
    rows.put(1, 130_000, 0, some(0, 100), make);
    const first = rows.at(50);
    rows.put(1, 130_000, 50, some(50, 100), make);
    expect(made).toBe(150);
    expect(rows.at(50), 'who shows it need not draw it again').toBe(first);
    expect(rows.at(150), 'nor what stands in the place of one').toBe(rows.at(150));
  });

  it('forgets the rows of another version, and those far away', () => {
    const rows = new RowWindow<TreeRow>(waitingRow);
    rows.put(1, 130_000, 0, some(0, 500), same);
    rows.put(2, 130_000, 1000, some(1000, 10), same);
    expect(rows.loaded(0), 'it may stand elsewhere now').toBeUndefined();
    for (let from = 0; from < 20_000; from += 500) rows.put(2, 130_000, from, some(from, 500), same);
    expect(rows.loaded(0), 'memory does not grow with what one has seen').toBeUndefined();
    expect(rows.loaded(19_999)?.key).toBe('row 19999');
  });
});
