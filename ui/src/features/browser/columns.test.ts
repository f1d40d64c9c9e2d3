/** Columns as they are filtered, sorted and copied. */
import { describe, expect, it } from 'vitest';
import type { ColumnRole, Detail, ObjectCard } from '../../lib/backend';
import { column } from '../../test/fake/schema';
import { COPY_FORMS, columnRows, filtered } from './columns';
import { csv, markdown, sqlName } from './copy';
import { defaultText, indexPart } from './describe';
import { sorted } from './sorting';

let last = 0;
const card = (
  name: string,
  detail: Detail,
  roles: ColumnRole[] = [],
  comment: string | null = null,
): ObjectCard => ({
  id: ++last,
  connection: 1,
  kind: 'column',
  name,
  comment,
  detail,
  attributes: [],
  statistics: { rows: null, bytes: null, index_bytes: null },
  sample: null,
  child_counts: {},
  roles,
  unseen: null,
});
const rows = columnRows([
  card('id', column(1, 'bigint', { nullable: false, generated: { how: 'identity_always' } })),
  card(
    'Total',
    column(2, 'numeric(14,2)', { nullable: false, default: '0' }),
    [],
    'Money | minor, "exact"\nalways',
  ),
  card('sum', column(3, 'numeric(14,2)', { generated: { how: 'stored', expression: 'a + b' } })),
  card('customer', column(4, 'bigint'), [
    {
      kind: 'foreign_key',
      constraint: 9,
      references: { schema: 'crm', table: 'customers', column: 'id', object: 5 },
    },
  ]),
]);
const copied = (label: string) => COPY_FORMS.find((form) => form.label === label)?.as(rows) ?? '';

describe('copying', () => {
  it('gives names, one on each line, and as a query needs them', () => {
    expect(copied('Names')).toBe('id\nTotal\nsum\ncustomer');
    expect(copied('Names for a query')).toBe('id, "Total", sum, customer');
  });

  it('gives a list as in CREATE TABLE', () => {
    expect(copied('DDL list').split('\n')).toEqual([
      'id bigint generated always as identity not null,',
      '"Total" numeric(14,2) default 0 not null,',
      'sum numeric(14,2) generated always as (a + b) stored,',
      'customer bigint',
    ]);
  });

  it('keeps separators inside their cells', () => {
    expect(copied('Markdown')).toContain('| Money \\| minor, "exact" always |');
    expect(copied('CSV')).toContain('"Money | minor, ""exact""\nalways"\r\n');
    expect(csv(['a'], [[' b']])).toBe('a\r\n" b"\r\n');
    expect(markdown(['a'], [['b\\c']])).toContain('b\\\\c');
  });

  it('quotes names only where SQL needs it', () => {
    expect(['a_1', 'A', '1a', 'a"b', ''].map(sqlName)).toEqual(['a_1', '"A"', '"1a"', '"a""b"', '""']);
  });
});

describe('filtering and sorting', () => {
  it('looks into names, types, defaults, references and comments', () => {
    const names = (text: string) => filtered(rows, text).map((row) => row.card.name);
    expect(names('TOTAL')).toEqual(['Total']);
    expect(names('bigint')).toEqual(['id', 'customer']);
    expect(names('crm.cust')).toEqual(['customer']);
    expect(names('identity')).toEqual(['id']);
    expect(names('  ')).toHaveLength(4);
  });

  it('sorts digits as numbers, without case, and puts empty values last either way', () => {
    const values = ['c10', 'C2', null, 'a', ''];
    const by = (value: string | null) => value;
    expect(sorted(values, by, false)).toEqual(['a', 'C2', 'c10', null, '']);
    expect(sorted(values, by, true)).toEqual(['c10', 'C2', 'a', null, '']);
  });
});

describe('words of SQL', () => {
  it('says how a value comes about', () => {
    const text = (facts: Parameters<typeof column>[2]) => defaultText(column(1, 'text', facts));
    expect(text({ generated: { how: 'virtual', expression: '(a) || (b)' } }), 'parts keep theirs').toBe(
      '((a) || (b)) virtual',
    );
    expect(text({ generated: { how: 'stored', expression: '(a || b)' } }), 'one pair is enough').toBe(
      '(a || b) stored',
    );
    expect(text({ default: 'now()' })).toBe('now()');
  });

  it('names the order of nulls only where it is not the usual one', () => {
    const part = { column: 'a', expression: null, included: false, collation: null, prefix: null };
    expect(indexPart({ ...part, descending: true, nulls_first: true })).toBe('a desc');
    expect(indexPart({ ...part, descending: true, nulls_first: false })).toBe('a desc nulls last');
    expect(indexPart({ ...part, descending: false, nulls_first: true, collation: 'C' })).toBe(
      'a collate "C" nulls first',
    );
  });
});
