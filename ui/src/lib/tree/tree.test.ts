/** The flat list of rows: expanding, loading, ageing. */
import { describe, expect, it } from 'vitest';
import type { Children, Detail, EngineDescriptor, KindDescriptor, ObjectCard, ObjectKind } from '../backend';
import { PAGE } from './branch';
import { NOTHING_HIDDEN, Tree, type PageRequest, type TreeRow } from '.';

const kind = (name: ObjectKind, children: KindDescriptor['children']): KindDescriptor => ({
  kind: name,
  label: name,
  plural: `${name}s`,
  parents: [],
  children,
  tabs: [],
  attributes: [],
});
const engine = {
  kinds: [
    kind('database', [{ folder: null, kinds: ['schema'] }]),
    kind('schema', [
      { folder: 'Tables', kinds: ['table'] },
      { folder: 'Views', kinds: ['view'] },
    ]),
    kind('table', [
      { folder: 'Columns', kinds: ['column'] },
      { folder: 'Indexes', kinds: ['index'] },
    ]),
    kind('column', []),
  ],
} as unknown as EngineDescriptor;

let lastId = 0;
const card = (kind: ObjectKind, name: string, child_counts: ObjectCard['child_counts'] = {}): ObjectCard => ({
  id: ++lastId,
  connection: 1,
  kind,
  name,
  comment: null,
  detail: { kind } as Detail,
  attributes: [],
  statistics: { rows: null, bytes: null, index_bytes: null },
  sample: null,
  child_counts,
  roles: [],
  unseen: null,
});

/** A server of two databases, the first with one schema of `tables` tables of `columns` columns each. */
class Server {
  readonly schema = card('schema', 'sales');
  readonly databases = [card('database', 'orders', { schema: 1 }), card('database', 'archive')];
  readonly tables: ObjectCard[];

  constructor(
    count: number,
    readonly columns: number,
  ) {
    this.tables = Array.from({ length: count }, (_, at) => card('table', `table_${at}`, { column: columns }));
    this.schema.child_counts = { table: count };
  }

  children({ parent, offset, limit }: PageRequest): Children {
    const all = this.#below(parent.type === 'object' ? parent.object : null);
    return { total: all.length, rows: all.slice(offset, offset + limit) };
  }

  #below(id: number | null): ObjectCard[] {
    if (id === null) return this.databases;
    if (id === this.databases[0]?.id) return [this.schema];
    if (id === this.schema.id) return this.tables;
    return Array.from({ length: this.columns }, (_, at) => card('column', `column_${at}`));
  }
}

const root = { id: 1, engine, read: true, expected: 2, hidden: NOTHING_HIDDEN };
const names = (rows: readonly TreeRow[]) =>
  rows.map((row) =>
    row.type === 'object' ? row.name : row.type === 'folder' ? `[${row.label} ${row.count}]` : row.type,
  );

function opened(server: Server, ...keys: string[]): Tree {
  const tree = new Tree(['1', ...keys]);
  tree.setRoots([root]);
  loadAll(tree, server);
  return tree;
}

function loadAll(tree: Tree, server: Server): void {
  for (let wanted = tree.wanted(tree.rows); wanted.length > 0; wanted = tree.wanted(tree.rows)) {
    for (const request of wanted) {
      tree.ask(request);
      tree.put(request, server.children(request));
    }
  }
}

describe('rows', () => {
  it('holds the place of children that are expected but not loaded', () => {
    const tree = new Tree(['1']);
    tree.setRoots([root]);
    expect(names(tree.rows), 'two databases are expected').toEqual(['connection', 'waiting', 'waiting']);
  });

  it('follows the descriptor: schemas stand below their database, tables in a folder, empty folders nowhere', () => {
    const tree = opened(
      new Server(2, 3),
      '1/database:orders',
      '1/database:orders/schema:sales',
      '1/database:orders/schema:sales/~Tables',
    );
    expect(names(tree.rows)).toEqual([
      'connection',
      'orders',
      'sales',
      '[Tables 2]',
      'table_0',
      'table_1',
      'archive',
    ]);
    expect(tree.rows.map((row) => row.depth)).toEqual([0, 1, 2, 3, 4, 4, 1]);
  });

  it('says nothing about a connection that was never read', () => {
    const tree = new Tree(['1']);
    tree.setRoots([{ ...root, read: false }]);
    expect(tree.rows[1]).toMatchObject({ type: 'note', about: 'never_read' });
    expect(tree.wanted(tree.rows), 'there is nothing to load').toEqual([]);
  });

  it('shows why a part was not seen', () => {
    const server = new Server(0, 0);
    server.schema.unseen = 'The role may not use this schema.';
    const tree = opened(server, '1/database:orders', '1/database:orders/schema:sales');
    expect(tree.rows[3]).toMatchObject({
      type: 'note',
      about: 'unseen',
      text: 'The role may not use this schema.',
    });
  });

  it('gives the same list until something changes', () => {
    const tree = opened(new Server(2, 3));
    expect(tree.rows).toBe(tree.rows);
    expect(tree.setRoots([{ ...root }]), 'equal roots are no change').toBe(false);
  });
});

describe('a very large tree', () => {
  const TABLES = 10_000;
  const COLUMNS = 11;

  it('asks only for the pages in sight', () => {
    const tree = new Tree([
      '1',
      '1/database:orders',
      '1/database:orders/schema:sales',
      '1/database:orders/schema:sales/~Tables',
    ]);
    const server = new Server(TABLES, COLUMNS);
    tree.setRoots([root]);
    for (let step = 0; step < 2; step += 1) {
      for (const request of tree.wanted(tree.rows)) {
        tree.ask(request);
        tree.put(request, server.children(request));
      }
    }
    expect(tree.rows.length, 'every table has its place').toBe(TABLES + 5);
    const sight = tree.rows.slice(5000, 5040);
    expect(tree.wanted(sight).map(({ offset, limit }) => [offset, limit])).toEqual([
      [4800, PAGE],
      [5000, PAGE],
    ]);
    tree.wanted(sight).forEach((request) => tree.ask(request));
    expect(tree.wanted(sight), 'what is on its way is not asked for again').toEqual([]);
  });

  it('shows 130,000 rows with every table expanded, each in its place', () => {
    const server = new Server(TABLES, COLUMNS);
    const schema = '1/database:orders/schema:sales';
    const tree = opened(server, '1/database:orders', schema, `${schema}/~Tables`);
    tree.expand(
      server.tables.flatMap(({ name }) => [`${schema}/table:${name}`, `${schema}/table:${name}/~Columns`]),
    );
    loadAll(tree, server);
    const { rows } = tree;
    expect(rows.length).toBe(1 + 2 + 1 + 1 + TABLES * (2 + COLUMNS));
    const first = rows.findIndex((row) => row.key === `${schema}/table:table_9999`);
    expect(names(rows.slice(first, first + 3))).toEqual(['table_9999', '[Columns 11]', 'column_0']);
    expect(rows[first], 'its place among all tables').toMatchObject({
      position: TABLES,
      siblings: TABLES,
      depth: 4,
    });
    expect(names(rows.slice(-2)), 'what follows the last table').toEqual(['column_10', 'archive']);
    expect(new Set(rows.map((row) => row.key)).size, 'every row has a key of its own').toBe(rows.length);
  });
});

describe('ageing', () => {
  const folder = [
    '1/database:orders',
    '1/database:orders/schema:sales',
    '1/database:orders/schema:sales/~Tables',
  ];

  it('keeps what is shown and expanded until newer pages arrive', () => {
    const server = new Server(3, 1);
    const tree = opened(server, ...folder);
    const before = names(tree.rows);
    tree.growOld(1);
    expect(names(tree.rows), 'nothing blinks').toEqual(before);
    server.tables.splice(1, 1);
    loadAll(tree, server);
    expect(names(tree.rows)).toEqual([
      'connection',
      'orders',
      'sales',
      '[Tables 3]',
      'table_0',
      'table_2',
      'archive',
    ]);
  });

  it('asks again for a page that was on its way when the catalogue changed', () => {
    const server = new Server(3, 1);
    const tree = opened(server, ...folder);
    tree.growOld(1);
    const requests = tree.wanted(tree.rows);
    requests.forEach((request) => tree.ask(request));
    tree.growOld(1);
    requests.forEach((request) => tree.put(request, server.children(request)));
    expect(tree.wanted(tree.rows).length, 'the answers were already old').toBe(requests.length);
  });

  it('shows a failure in place, and loads again when asked to', () => {
    const tree = new Tree(['1']);
    tree.setRoots([root]);
    const [request] = tree.wanted(tree.rows);
    if (!request) throw new Error('the first page must be wanted');
    const error = {
      kind: 'storage' as const,
      message: 'The catalogue is busy.',
      hint: null,
      field: null,
      causes: [],
    };
    tree.fail(request, error);
    expect(tree.rows[1]).toMatchObject({ type: 'note', about: 'failed', text: 'The catalogue is busy.' });
    expect(tree.wanted(tree.rows), 'it does not try again by itself').toEqual([]);
    tree.retry(request.branch);
    expect(tree.wanted(tree.rows).length).toBe(1);
  });

  it('has a folder for a kind of which nothing could be seen, and says why in it', () => {
    const hidden = new Map([['1/database:a/schema:s', new Map([['view' as const, 'May not read views.']])]]);
    const tree = new Tree(['1', '1/database:a', '1/database:a/schema:s', '1/database:a/schema:s/~Views']);
    const load = () => {
      for (let turn = 0; turn < 4; turn += 1) {
        for (const request of tree.wanted(tree.rows)) {
          tree.ask(request);
          const rows =
            request.parent.type === 'connection'
              ? [card('database', 'a', { schema: 1 })]
              : request.kinds.includes('schema')
                ? [card('schema', 's')]
                : [];
          tree.put(request, { total: rows.length, rows });
        }
      }
    };
    tree.setRoots([root]);
    load();
    expect(names(tree.rows), 'nothing is hidden yet').not.toContain('Views');
    tree.setRoots([{ ...root, hidden }]);
    load();
    const folder = tree.rows.find((row) => row.type === 'folder');
    expect(folder).toMatchObject({ label: 'Views', count: 0, unseen: 'May not read views.' });
    expect(tree.rows.at(-1)).toMatchObject({ type: 'note', about: 'unseen', text: 'May not read views.' });
  });
});
