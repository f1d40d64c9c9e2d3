/** The rarer kinds of the order book: keys between its tables, functions, types, policies, the server's roles. */
import type { Attribute, ObjectKind, ObjectName, Warning } from '../../lib/backend';
import { EVERY } from '../../lib/tree';
import { column, foreignKey, other, type Schema } from './schema';

/** Fills in what stands beside the tables of the order book. */
export function fillRarer(schema: Schema, id: number, db: number, sales: number): void {
  const tables = new Map(schema.below({ object: sales }).map((card) => [card.name, card]));
  const table = (name: string) => tables.get(name)?.id ?? sales;
  const refer = (from: string, field: string, to: string, action: 'cascade' | 'restrict', name = 'id') => {
    schema.add(
      id,
      table(from),
      foreignKey([field], 'sales', to, [name], { on_delete: action }),
      `${from}_${field}_fk`,
    );
  };
  refer('order_lines', 'order_id', 'orders', 'cascade');
  refer('order_events', 'order_id', 'orders', 'cascade');
  refer('refunds', 'payment_id', 'payments', 'restrict');
  refer('payments', 'order_id', 'orders', 'restrict');
  schema.add(id, table('carts'), column(4, 'bigint'), 'merged_into');
  refer('carts', 'merged_into', 'carts', 'restrict');
  schema.add(
    id,
    table('carts'),
    foreignKey(['customer_id'], 'archive', 'old_customers', []),
    'carts_customer_id_fk',
  );
  fillMany(schema, id, db);
  schema.get(db)?.warnings.push(...lacking('database'));

  const orders = tables.get('orders');
  orders?.attributes.push(
    { key: 'options', value: ['fillfactor=90', 'autovacuum_vacuum_scale_factor=0.02'] },
    {
      key: 'privileges',
      value: ['SELECT to app_ro', 'SELECT, INSERT, UPDATE to "app writer" with grant option'],
    },
  );
  schema.add(
    id,
    table('orders'),
    other('policy', "select for app_ro: (status <> 'draft')"),
    'orders_no_drafts',
  );
  for (let year = 2019; year <= 2026; year += 1) {
    schema.add(
      id,
      table('order_events'),
      other('partition', `FOR VALUES FROM ('${year}-01-01') TO ('${year + 1}-01-01')`),
      `order_events_${year}`,
      { statistics: { rows: 410_000 + year, bytes: 91_000_000 } },
    );
  }
  const needs = (...names: string[]): Attribute => ({
    key: 'depends_on',
    value: names.map((name): ObjectName => ({ kind: 'table', schema: 'sales', name })),
  });
  tables.get('open_orders')?.attributes.push(needs('orders', 'order_lines'));
  tables.get('revenue_by_day')?.attributes.push(needs('orders', 'payments', 'gone'));
  schema.add(
    id,
    sales,
    other('function', '(order_id bigint, OUT total numeric) → numeric'),
    'order_total(bigint)',
    {
      comment: 'Net, tax and shipping',
      attributes: [
        { key: 'language', value: 'sql' },
        { key: 'volatility', value: 'stable' },
        needs('order_lines'),
      ],
    },
  );
  schema.add(id, sales, other('procedure', '(before date)'), 'archive_orders(date)');
  schema.add(id, sales, other('sequence', 'bigint from 1 by 1'), 'orders_id_seq');
  schema.add(id, sales, other('enum_type', "'draft', 'open', 'paid', 'archived'"), 'order_status');
  schema.add(id, sales, other('enum_type', "'web', 'edi', 'phone', 'partner'"), 'order_channel');
  schema.add(id, sales, other('domain', 'numeric(14,2) check (value >= 0)'), 'money_amount');
  schema.add(id, db, other('extension', '1.6', 'postgres'), 'pg_trgm', { comment: 'Trigrams' });
}

/** What this role may not see, as a sync of the order book says it. */
export const ORDER_WARNINGS: readonly Warning[] = [
  {
    object: [
      { kind: 'database', name: 'orders' },
      { kind: 'event_trigger', name: EVERY },
    ],
    reason: 'The role app_ro may not read the event triggers of orders.',
    grant: 'GRANT SELECT ON pg_catalog.pg_event_trigger TO app_ro;',
    unseen: true,
  },
  {
    object: [
      { kind: 'server', name: 'server' },
      { kind: 'tablespace', name: EVERY },
    ],
    reason: 'The role app_ro may not read the tablespaces of the server.',
    grant: 'GRANT SELECT ON pg_catalog.pg_tablespace TO app_ro;',
    unseen: true,
  },
];

/** Those of them that are about an object or what is below it. */
function lacking(kind: ObjectKind): Warning[] {
  return ORDER_WARNINGS.filter(({ object }) => object[0]?.kind === kind);
}

/** Fills the root that holds what belongs to no database. */
export function fillServer(schema: Schema, id: number): void {
  const server = schema.add(id, null, { kind: 'server' }, 'server');
  schema.get(server)?.warnings.push(...lacking('server'));
  const role = (name: string, words: string, attributes: Attribute[] = []) =>
    schema.add(id, server, other('role', words, null), name, { attributes });
  role('app_ro', 'can sign in', [
    { key: 'login', value: true },
    { key: 'member_of', value: [{ kind: 'role', schema: null, name: 'sales_owner' }] },
  ]);
  role('sales_owner', 'cannot sign in');
}

/** A table that very many others refer to. */
function fillMany(schema: Schema, id: number, db: number): void {
  const below = (parent: number, name: string) =>
    schema.below({ object: parent }).find((card) => card.name === name);
  const [large, wide] = [below(db, 'large'), below(db, 'wide')];
  if (!large || !wide) return;
  for (const table of schema.below({ object: large.id }).slice(0, 130)) {
    schema.add(id, table.id, column(1, 'double precision', { nullable: false }), 'c1');
    schema.add(id, table.id, foreignKey(['c1'], 'wide', 'wide_table', ['c1']), `${table.name}_c1_fk`);
  }
}
