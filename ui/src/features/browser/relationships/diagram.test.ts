/** The diagram of relationships: what is drawn where, and that no line runs through a box. */
import { describe, expect, it } from 'vitest';
import type { ForeignKeyLink, ObjectLink, Relationships } from '../../../lib/backend';
import { BOX, MOST_BOXES, diagram, type Box, type Centre, type Diagram } from './diagram';

const centre: Centre = {
  object: 1,
  kind: 'table',
  schema: 'sales',
  name: 'orders',
  rows: 10,
  rest: true,
};
const ROOM = { width: 1008, height: 400 };
const NOTHING: Relationships = { references: [], referenced_by: [], depends_on: [], needed_by: [] };

let last = 100;
const table = (object: number | null, name = `t${object}`): ObjectLink => ({
  object,
  kind: 'table',
  schema: 'sales',
  name,
  rows: null,
});
const key = (
  to: ObjectLink,
  columns: string[],
  their_columns: string[],
  facts: Partial<ForeignKeyLink> = {},
): ForeignKeyLink => ({
  constraint: ++last,
  name: `fk_${last}`,
  columns,
  table: to,
  their_columns,
  optional: false,
  single: false,
  on_update: 'no_action',
  on_delete: 'no_action',
  ...facts,
});
const draw = (found: Partial<Relationships>, room = ROOM) => diagram(centre, { ...NOTHING, ...found }, room);
const all = ({ centre: middle, left, right }: Diagram): Box[] => [middle, ...left, ...right];

/** Asserts what must hold of any diagram. */
function isSound(drawn: Diagram): void {
  for (const { points } of drawn.lines) {
    points.slice(1).forEach(([x, y], at) => {
      const [fromX, fromY] = points[at] ?? [x, y];
      expect(x === fromX || y === fromY, 'lines are level or upright').toBe(true);
      const [left, right] = [Math.min(x, fromX), Math.max(x, fromX)];
      const [top, bottom] = [Math.min(y, fromY), Math.max(y, fromY)];
      for (const box of all(drawn)) {
        const crosses =
          right > box.x && left < box.x + BOX.width && bottom > box.y && top < box.y + box.height;
        expect(crosses, `no line runs through ${box.name}`).toBe(false);
      }
    });
    const ends = [points[0], points.at(-1)].map((point) =>
      all(drawn).some(
        ({ x, y, height }) =>
          point !== undefined &&
          (point[0] === x || point[0] === x + BOX.width) &&
          point[1] > y &&
          point[1] < y + height,
      ),
    );
    expect(ends, 'both ends touch a box').toEqual([true, true]);
  }
  for (const side of [drawn.left, drawn.right]) {
    side.slice(1).forEach((box, at) => {
      const above = side[at];
      expect(above && above.y + above.height < box.y, 'boxes do not overlap').toBe(true);
    });
  }
  for (const box of all(drawn)) {
    expect(box.x >= 0 && box.x + BOX.width <= drawn.width, 'boxes lie within the width').toBe(true);
    expect(box.y >= 0 && box.y + box.height <= drawn.height, 'and within the height').toBe(true);
  }
}

describe('the diagram of relationships', () => {
  it('draws what is referenced at the left and what references at the right, one box for each table', () => {
    const addresses = table(2);
    const drawn = draw({
      references: [key(addresses, ['ship_to'], ['id']), key(addresses, ['bill_to'], ['id'])],
      referenced_by: [key(table(3), ['id'], ['order_id'])],
    });
    expect(drawn.left.map(({ object }) => object)).toEqual([2]);
    expect(drawn.right.map(({ object }) => object)).toEqual([3]);
    expect(
      drawn.centre.lines.map(({ columns }) => columns),
      'the key first, then the foreign keys',
    ).toEqual([['id'], ['ship_to'], ['bill_to']]);
    expect(drawn.lines).toHaveLength(3);
    isSound(drawn);
  });

  it('says at the ends how many rows there may be', () => {
    const drawn = draw({
      references: [
        key(table(2), ['a'], ['id']),
        key(table(3), ['b'], ['id'], { optional: true, single: true }),
      ],
      referenced_by: [key(table(4), ['id'], ['order_id'], { optional: true })],
    });
    const ends = drawn.lines.map(({ signs }) => signs.map(({ end }) => end));
    expect(ends).toEqual([
      ['one', 'many'],
      ['one_or_none', 'one_or_none'],
      ['one_or_none', 'many'],
    ]);
  });

  it('keeps columns of one key together', () => {
    const drawn = draw({ references: [key(table(2), ['region', 'number'], ['country', 'no'])] });
    expect(drawn.centre.lines.map(({ columns }) => columns)).toEqual([['region', 'number']]);
    expect(drawn.left[0]?.lines.map(({ columns }) => columns)).toEqual([['country', 'no']]);
    isSound(drawn);
  });

  it('leads a reference to the table itself back to it, once', () => {
    const self = key(table(1), ['parent'], ['id']);
    const drawn = draw({
      references: [self],
      referenced_by: [{ ...self, columns: ['id'], their_columns: ['parent'] }],
    });
    expect(drawn.left.length + drawn.right.length, 'no box besides its own').toBe(0);
    expect(drawn.lines).toHaveLength(1);
    expect(drawn.lines[0]?.signs.map(({ x }) => x)).toEqual([
      drawn.centre.x + BOX.width,
      drawn.centre.x + BOX.width,
    ]);
    isSound(drawn);
  });

  it('dashes the line to a table that is not in the catalogue, and ends at its head without columns', () => {
    const drawn = draw({ references: [key(table(null, 'gone'), ['gone_id'], [])] });
    expect(drawn.lines.map(({ dashed }) => dashed)).toEqual([true]);
    expect(drawn.left[0]?.lines).toEqual([]);
    isSound(drawn);
  });

  it('tells tables of one name in two schemas apart, also where neither is known', () => {
    const drawn = draw({
      references: [
        key({ ...table(null, 'x'), schema: 'a' }, ['p'], ['id']),
        key({ ...table(null, 'x'), schema: 'b' }, ['q'], ['id']),
      ],
    });
    expect(drawn.left).toHaveLength(2);
    isSound(drawn);
  });

  it('shows the first of very many and says how many there are more', () => {
    const drawn = draw({
      referenced_by: Array.from({ length: 200 }, (_, at) => key(table(at + 2), ['id'], ['order_id'])),
    });
    expect(drawn.right).toHaveLength(MOST_BOXES);
    expect(drawn.more).toEqual({ left: 0, right: 200 - MOST_BOXES });
    expect(drawn.lines).toHaveLength(MOST_BOXES);
    expect(drawn.centre.y + drawn.centre.height, 'the middle is in sight').toBeLessThanOrEqual(ROOM.height);
    isSound(drawn);
  });

  it('stays sound however many keys cross, and in little room', () => {
    for (const room of [ROOM, { width: 0, height: 0 }, { width: 2400, height: 2000 }]) {
      for (const many of [1, 2, 3, 7, 12, 40]) {
        const drawn = draw(
          {
            references: Array.from({ length: many }, (_, at) =>
              key(table(2 + ((at * 7) % 9)), [`c${at}`], [`k${at % 3}`], { optional: at % 2 === 0 }),
            ),
            referenced_by: Array.from({ length: many }, (_, at) =>
              key(table(50 + ((at * 5) % 11)), [at % 4 === 0 ? 'alt' : 'id'], [`r${at}`], {
                optional: at % 3 === 0,
                single: at % 5 === 0,
              }),
            ),
          },
          room,
        );
        isSound(drawn);
        expect(new Set(drawn.lines.map(({ id }) => id)).size, 'every key is drawn once').toBe(many * 2);
      }
    }
  });

  it('draws what is needed and what needs it where there are no keys', () => {
    const drawn = draw({ depends_on: [table(2)], needed_by: [{ ...table(3), kind: 'view' }] });
    expect(drawn.left.map(({ object }) => object)).toEqual([2]);
    expect(drawn.right.map(({ kind }) => kind)).toEqual(['view']);
    expect(
      drawn.lines.map(({ signs }) => signs.find(({ end }) => end === 'arrow')?.x),
      'arrows point to what is needed',
    ).toEqual([BOX.edge + BOX.width, drawn.centre.x + BOX.width]);
    isSound(drawn);
  });
});
