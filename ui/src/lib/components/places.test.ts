import { describe, expect, it } from 'vitest';

import { Places } from './places';

/** The element of each row, by the row. */
function elements(places: Places, rows: number[]): Map<number, number> {
  return new Map(rows.map((row) => [row, places.of(row)]));
}

describe('the places of rows', () => {
  it('are the elements of rows that have gone, and no row that stays changes its own', () => {
    const places = new Places();
    const before = elements(places, places.rows(0, 9, 0));
    const after = elements(places, places.rows(3, 12, 0));
    for (let row = 3; row <= 9; row += 1) expect(after.get(row), `row ${row}`).toBe(before.get(row));
    expect([10, 11, 12].map((row) => after.get(row))).toEqual([0, 1, 2].map((row) => before.get(row)));
  });

  it('stay where they are in the document while one scrolls, and follow the rows once one rests', () => {
    const places = new Places();
    places.rows(0, 4, 0);
    expect(places.rows(2, 6, 0), 'two new rows stand in the first two elements').toEqual([5, 6, 2, 3, 4]);
    const moving = elements(places, [2, 3, 4, 5, 6]);
    expect(places.rows(2, 6, 1), 'at rest').toEqual([2, 3, 4, 5, 6]);
    expect(elements(places, [2, 3, 4, 5, 6]), 'nothing is drawn anew for that').toEqual(moving);
  });

  it('are kept when more rows come to exist at rest than while one jumps', () => {
    const places = new Places();
    places.rows(100, 104, 0);
    const jumping = elements(places, [100, 101, 102, 103, 104]);
    expect(places.rows(97, 107, 1)).toEqual(Array.from({ length: 11 }, (_, at) => 97 + at));
    for (const [row, element] of jumping) expect(places.of(row), `row ${row}`).toBe(element);
    const all = elements(places, places.rows(97, 107, 1));
    expect(new Set(all.values()).size, 'each has one of its own').toBe(11);
  });

  it('are given back in the order of the rows they had', () => {
    const places = new Places();
    places.rows(0, 9, 0);
    places.rows(0, 4, 0);
    const kept = elements(places, [0, 1, 2, 3, 4]);
    const rows = places.rows(50, 59, 0);
    expect(rows, 'none is missing, none stands twice').toHaveLength(10);
    expect(new Set(rows).size).toBe(10);
    expect([50, 51, 52, 53, 54].map((row) => places.of(row))).toEqual([...kept.values()]);
  });

  it('are made ahead, and taken where they stand when rows come', () => {
    const places = new Places();
    const before = places.rows(0, 1, 0, 5);
    expect(
      before.slice(2).every((row) => row < 0),
      'three have no row',
    ).toBe(true);
    const ahead = before.slice(2).map((row) => places.of(row));
    expect(places.rows(0, 4, 0, 5), 'in the order of the rows').toEqual([0, 1, 2, 3, 4]);
    expect([2, 3, 4].map((row) => places.of(row))).toEqual(ahead);
  });

  it('are kept without a row when rows go, as many as are to be ready', () => {
    const places = new Places();
    const first = elements(places, places.rows(0, 5, 0, 4));
    const rows = places.rows(0, 0, 0, 4);
    expect(rows).toHaveLength(4);
    expect(rows.map((row) => places.of(row))).toEqual([0, 1, 2, 3].map((row) => first.get(row)));
  });
});
