/** Fields as a tree, their marks, and as a JSON Schema. */
import { describe, expect, it } from 'vitest';
import type { ObjectCard } from '../../../lib/backend';
import { addField, collection, ODD_NAMES } from '../../../test/fake/collections';
import { Schema } from '../../../test/fake/schema';
import { indentOf, spokenField } from './columns';
import {
  fieldRows,
  fieldTree,
  filteredFields,
  holdersOf,
  openAtFirst,
  wholePath,
  type FieldNode,
} from './fields';
import { jsonSchema } from './json-schema';
import { indexedPaths, marksOf } from './marks';

type Field = readonly [path: readonly string[], types: string, facts?: Parameters<typeof addField>[5]];

function cards(...fields: Field[]): readonly ObjectCard[] {
  const schema = new Schema();
  const parent = schema.add(1, null, collection(), 'c');
  for (const [path, words, facts] of fields) addField(schema, 1, parent, [...path], words, facts);
  return schema.below({ object: parent });
}

const shown = (nodes: readonly FieldNode[]): unknown[] =>
  nodes.map(({ label, children }) => (children.length > 0 ? [label, ...shown(children)] : label));
const roots = (...fields: Field[]) => fieldTree(cards(...fields)).roots;

describe('the tree of fields', () => {
  it('puts fields into those that hold them, whatever their order', () => {
    const tree = roots([['a', 'b'], 'int'], [['a'], 'object'], [['a', 'b', 'c'], 'int'], [['d'], 'int']);
    expect(shown(tree)).toEqual([['a', ['b', 'c']], 'd']);
  });

  it('shows what elements hold below their array, without a row that says nothing', () => {
    const tree = fieldTree(
      cards(
        [['p'], 'array'],
        [['p', '[]'], 'object'],
        [['p', '[]', 'w'], 'int'],
        [['p', '[]', 'd'], 'object'],
      ),
    );
    expect(shown(tree.roots)).toEqual([['p', '[ ].w', '[ ].d']]);
    const [array] = tree.roots;
    expect(tree.shownFor((array?.id ?? 0) + 1), 'the elements are found at their array').toBe(array?.id);
  });

  it('keeps the row of elements that are no objects, or not only', () => {
    expect(shown(roots([['t'], 'array'], [['t', '[]'], 'string']))).toEqual([['t', '[ ]']]);
    const mixed = roots([['t'], 'array'], [['t', '[]'], 'object 9, string 1'], [['t', '[]', 'x'], 'int']);
    expect(shown(mixed), 'their types would be lost').toEqual([['t', ['[ ]', 'x']]]);
    const nested = roots([['m'], 'array'], [['m', '[]'], 'array'], [['m', '[]', '[]'], 'double']);
    expect(shown(nested), 'arrays of arrays').toEqual([['m', ['[ ]', '[ ]']]]);
  });

  it('hangs a field whose holder is not known on the nearest that is', () => {
    expect(shown(roots([['a'], 'object'], [['a', 'b', '[]', 'c'], 'int']))).toEqual([['a', 'b.[ ].c']]);
  });

  it('tells a dot within a name from a step', () => {
    expect(shown(roots([['a.b'], 'int'], [['a'], 'object'], [['a', 'b'], 'int']))).toEqual([
      'a.b',
      ['a', 'b'],
    ]);
  });

  it('tells a field named like the step into elements from that step', () => {
    const tree = roots([['a'], 'object'], [['a', '\\[]'], 'int']);
    expect(shown(tree)).toEqual([['a', '[]']]);
    expect(JSON.parse(jsonSchema(cards([['\\[]'], 'int'])))).toMatchObject({ required: ['[]'] });
  });

  it('takes any name, the empty one and those of JavaScript too', () => {
    const tree = roots(...ODD_NAMES.map((name): Field => [[name], 'object']), [['__proto__', 'x'], 'int']);
    expect(tree).toHaveLength(ODD_NAMES.length);
    expect(shown(tree)).toContainEqual(['__proto__', 'x']);
    expect(wholePath(['', 'a', '[]', 'b']), 'an empty name is seen').toBe('"".a[ ].b');
  });

  it('unfolds at first what fits, and not thousands', () => {
    const small = roots([['a'], 'object'], [['a', 'b'], 'object'], [['a', 'b', 'c'], 'int']);
    const open = openAtFirst(small);
    expect(fieldRows(small, ({ id }) => open.has(id)).map(({ node }) => node.label)).toEqual(['a', 'b']);
    const many = Array.from({ length: 50 }, (_, at): Field => [['a', `f${at}`], 'int']);
    expect(openAtFirst(roots([['a'], 'object'], ...many)).size, 'fifty rows do not fit').toBe(0);
  });

  it('keeps what holds a match, and looks into whole paths and types', () => {
    const tree = roots([['a'], 'object'], [['a', 'Email'], 'string'], [['b'], 'date']);
    expect(shown(filteredFields(tree, 'email').roots)).toEqual([['a', 'Email']]);
    expect(filteredFields(tree, 'a.em').found, 'a path').toBe(1);
    expect(shown(filteredFields(tree, ' DATE ').roots), 'a type').toEqual(['b']);
    expect(filteredFields(tree, 'x').roots).toEqual([]);
  });

  it('sorts siblings and keeps them below what holds them', () => {
    const tree = roots(
      [['b'], 'object', { present: 10 }],
      [['b', 'z'], 'int', { present: 1 }],
      [['b', 'y'], 'int', { present: 9 }],
      [['a'], 'int', { present: 500 }],
    );
    const by = (node: FieldNode) => node.card.sample?.presence.share ?? null;
    const rows = fieldRows(tree, () => true, { by, descending: true });
    expect(rows.map(({ node }) => node.label)).toEqual(['a', 'b', 'y', 'z']);
    expect(rows.map(({ depth, position, siblings }) => [depth, position, siblings])).toEqual([
      [0, 1, 2],
      [0, 2, 2],
      [1, 1, 2],
      [1, 2, 2],
    ]);
  });

  it('leaves room for names at sixty levels', () => {
    expect(indentOf(1) - indentOf(0)).toBe(20);
    expect(indentOf(60)).toBeLessThan(140);
    expect(indentOf(6), 'a level below still stands further in').toBeGreaterThan(indentOf(5));
  });

  it('finds the way down to a field', () => {
    const tree = roots([['a'], 'object'], [['a', 'b'], 'object'], [['a', 'b', 'c'], 'int']);
    const [a] = tree;
    const b = a?.children[0];
    expect(holdersOf(tree, b?.children[0]?.id ?? 0)).toEqual([a?.id, b?.id]);
    expect(holdersOf(tree, 999)).toEqual([]);
  });
});

describe('marks', () => {
  it('name the indexes of a field, also of one within elements', () => {
    const schema = new Schema();
    const parent = schema.add(1, null, collection(), 'c');
    addField(schema, 1, parent, ['p'], 'array');
    addField(schema, 1, parent, ['p', '[]'], 'object');
    addField(schema, 1, parent, ['p', '[]', 'w'], 'int', { attributes: [{ key: 'required', value: true }] });
    const part = { column: 'p.w', expression: null, included: false, descending: false };
    const index: ObjectCard = {
      ...(schema.get(parent)?.card as ObjectCard),
      name: 'by_w',
      detail: {
        kind: 'index',
        method: 'btree',
        unique: false,
        primary: false,
        valid: true,
        parts: [{ ...part, nulls_first: null, collation: null, prefix: null }],
        predicate: null,
        definition: null,
      },
    };
    const [array] = fieldTree(schema.below({ object: parent })).roots;
    const within = array?.children[0] as FieldNode;
    const marks = marksOf(within, indexedPaths([index]), undefined);
    expect(marks.indexed).toBe('In 1 index: by_w');
    expect(marks.declared).toContain('Required: yes');
    expect(spokenField(within)).toContain('[ ].w, int, in 100 %');
  });
});

describe('the JSON Schema', () => {
  it('says types, what is always there, elements, and what is only declared', () => {
    const schema: unknown = JSON.parse(
      jsonSchema(
        cards(
          [['a'], 'object'],
          [['a', 'b'], 'string 1, null 1', { present: 5 }],
          [['p'], 'array', { present: 9 }],
          [['p', '[]'], 'object'],
          [['p', '[]', 'w'], 'double'],
          [['d'], '', { attributes: [{ key: 'declared_types', value: ['int'] }], comment: 'Only declared' }],
        ),
      ),
    );
    expect(schema).toEqual({
      bsonType: 'object',
      required: ['a'],
      properties: {
        a: { bsonType: 'object', properties: { b: { bsonType: ['string', 'null'] } } },
        p: {
          bsonType: 'array',
          items: { bsonType: 'object', required: ['w'], properties: { w: { bsonType: 'double' } } },
        },
        d: { bsonType: 'int', description: 'Only declared' },
      },
    });
  });

  it('keeps every name as it is', () => {
    const text = jsonSchema(cards(...ODD_NAMES.map((name): Field => [[name], 'int'])));
    const { properties } = JSON.parse(text) as { properties: object };
    expect(Object.getOwnPropertyNames(properties).toSorted()).toEqual([...ODD_NAMES].toSorted());
  });
});
