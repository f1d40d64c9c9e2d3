import Square from '@lucide/svelte/icons/square';
import { describe, expect, it } from 'vitest';
import type { ObjectKind, SearchHit, SearchResults } from '../../lib/backend';
import { sampleCards } from '../../test/fake/samples';
import { postgres } from '../../test/fake/engines';
import { summaryOf } from './describe';
import { resultRows, type Known, type Row } from './rows';
import { countIn } from './tabs';
import { isQuestion, withFilter, withoutFilters } from './words';

const cards = sampleCards(Date.now());
const known: Known = {
  card: (id) => cards.find(({ connection }) => connection.id === id),
  engine: () => postgres,
  collections: true,
};

let last = 0;
const hit = (kind: ObjectKind, name: string, more: Partial<SearchHit> = {}): SearchHit => ({
  object: ++last,
  connection: 1,
  kind,
  path: ['orders', 'crm', 'customers'],
  name,
  type_text: null,
  rows: null,
  comment: null,
  fit: 'name',
  words: ['em'],
  ...more,
});
const answer = (hits: SearchHit[], counts: SearchResults['counts'] = {}): SearchResults => ({
  hits,
  total: Object.values(counts).reduce((sum, count) => sum + count, 0) || hits.length,
  counts,
  connections: 1,
  of: 13,
  millis: 9,
});
const some = (number: number, kind: ObjectKind) =>
  Array.from({ length: number }, (_, at) => hit(kind, `em${at}`));
const command = { words: 'Empty', area: 'Window', icon: Square, run: () => undefined };
const told = (rows: readonly Row[]) =>
  rows.map((row) =>
    row.type === 'object' ? row.hit.name : row.type === 'command' ? row.command.words : `# ${row.words}`,
  );

describe('what was found', () => {
  it('stands in groups, in the order of their best hits, comments and commands last', () => {
    const results = answer([
      hit('column', 'email'),
      hit('table', 'emails'),
      hit('column', 'ref', { fit: 'comment' }),
      hit('column', 'email_at'),
    ]);
    expect(told(resultRows('everything', results, [command], known))).toEqual([
      '# Columns',
      'email',
      'email_at',
      '# Tables and collections',
      'emails',
      '# Comments',
      'ref',
      '# Commands',
      'Empty',
    ]);
  });

  it('shows few of each group, and all where there is one group', () => {
    const columns = some(20, 'column');
    const both = resultRows('everything', answer([...columns, ...some(20, 'table')]), [command], known);
    expect(both.filter(({ type }) => type === 'object')).toHaveLength(10);
    expect(resultRows('everything', answer(columns), [], known)).toHaveLength(21);
    expect(resultRows('columns', answer(columns), [], known), 'a tab shows what there is').toHaveLength(21);
  });

  it('leads to all of a kind that has no tab by a filter', () => {
    const results = answer([...some(20, 'column'), ...some(9, 'foreign_key')], {
      column: 20,
      foreign_key: 30,
    });
    const [more] = resultRows('everything', results, [], known).filter(({ type }) => type === 'more');
    expect(more).toMatchObject({ words: 'All 30 foreign keys', to: { filter: 'kind:foreign-key' } });
  });

  it('leads to the tab of what fits too badly to be among the best', () => {
    const results = answer(some(150, 'table'), { table: 10_000, column: 169 });
    const rows = resultRows('everything', results, [], known);
    expect(rows.at(-1)).toMatchObject({ words: 'All 169 columns', to: { tab: 'columns' } });
  });

  it('says where a tab could not list everything', () => {
    const rows = resultRows('columns', answer(some(3, 'column'), { column: 5_000 }), [], known);
    expect(told(rows).at(-1)).toBe('# The best 3 of 5,000 are shown. Type more to narrow the search.');
  });
});

describe('the path', () => {
  const pathOf = (found: SearchHit) => {
    const row = resultRows('columns', answer([found]), [], known)[1];
    return row?.type === 'object' ? row.path.join('.') : '';
  };

  it('leaves the database out where its connection has only the one', () => {
    expect(pathOf(hit('column', 'email'))).toBe('crm.customers');
    const events =
      cards.find(({ connection }) => connection.draft.name === 'events-prod')?.connection.id ?? 0;
    expect(pathOf(hit('column', 'email', { connection: events })), 'one of four').toBe(
      'orders.crm.customers',
    );
  });

  it('keeps the database where it is what was looked for', () => {
    expect(pathOf(hit('column', 'email', { words: ['order', 'em'] }))).toBe('orders.crm.customers');
  });
});

it('comments are counted only where all hits are there', () => {
  const found = [hit('column', 'ref', { fit: 'comment' })];
  expect(countIn('comments', answer(found))).toBe(1);
  expect(countIn('comments', answer(found, { column: 700 }))).toBeUndefined();
});

it('the summary says how many, where and how fast, and nothing that is not so', () => {
  expect(summaryOf(answer([hit('column', 'a')]), null)).toBe('1 result in 1 of 13 connections, 9 ms');
  expect(summaryOf(answer([hit('column', 'a', { fit: 'nearly' })]), null)).toContain('1 similar name');
  expect(summaryOf({ ...answer([]), millis: null }, null)).toBe('No results in 13 connections');
  expect(summaryOf(answer([hit('column', 'a')]), 'orders-prod')).toBe('1 result in orders-prod, 9 ms');
});

it('a filter without a value asks nothing yet', () => {
  expect(['', '  ', 'kind:', 'IN:', '.'].filter(isQuestion)).toEqual([]);
  expect(['a', 'kind:table', 'a kind:'].every(isQuestion)).toBe(true);
  expect(withoutFilters('cust kind:table in:x ema')).toBe('cust ema');
  expect(withFilter('cust ', 'kind:')).toBe('cust kind:');
});
