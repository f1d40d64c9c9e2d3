/** The made-up schemas of the samples: an order book in detail, and the rest in outline. */
import type { ConnectionCard, Detail, ObjectCard } from '../../lib/backend';
import { fillDocuments } from './collections';
import { documents } from './document-engine';
import { fillRarer, fillServer } from './rarer';
import { column, foreignKey, index, key, relation, trigger, type Schema } from './schema';

/** Names that try to break out of their place. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  'a "quoted" name; drop table x; --',
  'line\nbreak and\ttab',
  '\u202Egnp.exe right to left',
  'zero\u200Bwidth 👩‍👩‍👧 emoji',
  'dots.and/slashes\\and~tildes',
  'long '.repeat(400).trim(),
] as const;

const DATABASE: Detail = {
  kind: 'database',
  owner: 'postgres',
  encoding: 'UTF8',
  collation: 'en_US.utf8',
  system: false,
};
const schemaDetail = (owner = 'sales_owner'): Detail => ({ kind: 'schema', owner, system: false });

/** Fills everything below a connection. */
export function fillConnection(schema: Schema, { connection, database, counts }: ConnectionCard): void {
  const { id, draft } = connection;
  if (draft.name === 'orders-prod') return fillOrders(schema, id);
  if (draft.target.engine === documents.id) return fillDocuments(schema, id, Date.now());
  const db = schema.add(id, null, DATABASE, database ?? 'main');
  const home = counts.schema ? schema.add(id, db, schemaDetail(), 'public') : db;
  for (const name of ['accounts', 'invoices', 'invoice_lines', 'payments', 'rates']) {
    const table = schema.add(id, home, relation('table'), name, {
      statistics: { rows: 4200, bytes: 812_000 },
    });
    ['id', 'number', 'status', 'created_at'].forEach((column_, at) =>
      schema.add(id, table, column(at + 1, at === 0 ? 'bigint' : 'text', { nullable: at > 1 }), column_),
    );
    schema.add(id, table, key('primary_key', 'id'), `${name}_pkey`);
  }
  schema.add(id, home, relation('view'), 'open_invoices');
}

function fillOrders(schema: Schema, id: number): void {
  const db = schema.add(id, null, DATABASE, 'orders', { comment: 'Order book since 2014' });
  const crm = schema.add(id, db, schemaDetail('crm_owner'), 'crm');
  const customers = plain(schema, id, crm, 'customers', ['id', 'name', 'vat_no']);
  const contacts = plain(schema, id, crm, 'contacts', ['id', 'customer_id', 'mail']);
  const addresses = plain(schema, id, crm, 'addresses', ['id', 'street', 'town']);
  const ref = schema.add(id, db, schemaDetail(), 'ref', { comment: 'Countries, currencies' });
  const currencies = plain(schema, id, ref, 'currencies', ['code', 'name']);
  const sales = schema.add(id, db, schemaDetail(), 'sales', { comment: 'Orders and money' });
  plain(schema, id, sales, 'carts', ['id', 'customer_id', 'opened_at']);
  const coupons = fillCoupons(schema, id, sales);
  const events = plain(schema, id, sales, 'order_events', ['order_id', 'at', 'kind']);
  const eventsCard = schema.get(events)?.card;
  if (eventsCard) {
    eventsCard.detail = relation('table', { form: 'partitioned', partition_key: 'RANGE (at)' });
    eventsCard.comment = 'One row per step';
  }
  plain(schema, id, sales, 'order_lines', ['order_id', 'line', 'article', 'amount']);
  fillOrdersTable(schema, id, sales, { customers, contacts, addresses, currencies, coupons });
  plain(schema, id, sales, 'payments', ['id', 'order_id', 'amount']);
  plain(schema, id, sales, 'refunds', ['id', 'payment_id', 'amount']);
  for (const name of ['open_orders', 'revenue_by_day']) {
    const view = schema.add(id, sales, relation('view', { definition: 'SELECT 1' }), name);
    schema.add(id, view, column(1, 'date'), 'day');
  }
  fillOddities(schema, id, db);
  fillRarer(schema, id, db, sales);
  fillServer(schema, id);
}

function fillCoupons(schema: Schema, id: number, sales: number): number {
  const table = schema.add(id, sales, relation('table'), 'coupons');
  const types = ['text', 'text', 'numeric(5,2)', 'date', 'date', 'bigint'];
  const names = ['code', 'label', 'percent_off', 'valid_from', 'valid_to', 'created_by'];
  const ids = names.map((name, at) => schema.add(id, table, column(at + 1, types[at] ?? 'text'), name));
  const primary = schema.add(id, table, key('primary_key', 'code'), 'coupons_pkey');
  give(schema, ids[0], { kind: 'primary_key', constraint: primary, references: null });
  const by = schema.add(
    id,
    table,
    foreignKey(['created_by'], 'crm', 'contacts', ['id']),
    'coupons_created_by_fk',
  );
  give(schema, ids[5], {
    kind: 'foreign_key',
    constraint: by,
    references: { schema: 'crm', table: 'contacts', column: 'id', object: null },
  });
  return table;
}

type Line = readonly [
  name: string,
  type: string,
  nullable: boolean,
  value: string | null,
  comment: string | null,
];

const LINES: readonly Line[] = [
  ['id', 'bigint', false, null, 'Internal number, never shown'],
  ['public_no', 'character varying(14)', false, null, 'Printed on papers, FJ-2026-000184'],
  ['customer_id', 'bigint', false, null, null],
  ['placed_by', 'bigint', true, null, 'Empty for EDI orders'],
  ['channel', 'sales.order_channel', false, "'web'::sales.order_channel", 'web, edi, phone, partner'],
  ['status', 'sales.order_status', false, "'draft'::sales.order_status", 'See order_events for the path'],
  ['currency', 'character(3)', false, "'EUR'::bpchar", null],
  ['net_total', 'numeric(14,2)', false, '0', 'Sum of lines, frozen at placement'],
  ['tax_total', 'numeric(14,2)', false, '0', null],
  ['gross_total', 'numeric(14,2)', true, null, 'Generated'],
  ['ship_to_id', 'bigint', true, null, null],
  ['bill_to_id', 'bigint', true, null, null],
  ['coupon_code', 'text', true, null, 'New since yesterday'],
  ['attributes', 'jsonb', false, "'{}'::jsonb", 'Free, checked by orders_attributes_check'],
  ['search', 'tsvector', true, null, 'Generated'],
  ['placed_at', 'timestamp with time zone', true, null, 'Empty while draft'],
  ['created_at', 'timestamp with time zone', false, 'now()', null],
  ['updated_at', 'timestamp with time zone', false, 'now()', 'Kept by trigger orders_touch'],
];

function fillOrdersTable(schema: Schema, id: number, sales: number, to: Record<string, number>): void {
  const table = schema.add(id, sales, relation('table'), 'orders', {
    comment:
      'One row per order, from first draft to archive. Money in minor precision, never recomputed after placement.',
    statistics: { rows: 4_218_000, bytes: 1_190_000_000, index_bytes: 710_000_000 },
    attributes: [
      { key: 'persistence', value: 'permanent' },
      { key: 'row_security', value: true },
      { key: 'fillfactor', value: 90 },
    ],
  });
  const ids = new Map(
    LINES.map(([name, type, nullable, value, comment], at) => {
      const generated =
        name === 'id'
          ? { how: 'identity_always' as const }
          : name === 'gross_total'
            ? { how: 'stored' as const, expression: '(net_total + tax_total)' }
            : name === 'search'
              ? { how: 'stored' as const, expression: "to_tsvector('simple', attributes)" }
              : null;
      const detail = column(at + 1, type, { nullable, default: value, generated });
      return [name, schema.add(id, table, detail, name, { comment })];
    }),
  );
  const primary = schema.add(id, table, key('primary_key', 'id'), 'orders_pkey');
  give(schema, ids.get('id'), { kind: 'primary_key', constraint: primary, references: null });
  const unique = schema.add(id, table, key('unique', 'public_no'), 'orders_public_no_key');
  give(schema, ids.get('public_no'), { kind: 'unique', constraint: unique, references: null });
  const refer = (name: string, schemaName: string, tableName: string, field: string, cascade = false) => {
    const detail = foreignKey(
      [name],
      schemaName,
      tableName,
      [field],
      cascade ? { on_delete: 'set_null' } : {},
    );
    const constraint = schema.add(id, table, detail, `orders_${name}_fk`);
    const references = { schema: schemaName, table: tableName, column: field, object: to[tableName] ?? null };
    give(schema, ids.get(name), { kind: 'foreign_key', constraint, references });
  };
  refer('customer_id', 'crm', 'customers', 'id');
  refer('placed_by', 'crm', 'contacts', 'id', true);
  refer('currency', 'ref', 'currencies', 'code');
  refer('ship_to_id', 'crm', 'addresses', 'id');
  refer('bill_to_id', 'crm', 'addresses', 'id');
  refer('coupon_code', 'sales', 'coupons', 'code');
  schema.add(
    id,
    table,
    { kind: 'check', expression: "jsonb_typeof(attributes) = 'object'", validated: true },
    'orders_attributes_check',
  );
  fillIndexes(schema, id, table);
  schema.add(
    id,
    table,
    trigger(
      'before',
      ['insert', 'update'],
      'CREATE TRIGGER orders_touch BEFORE INSERT OR UPDATE ON sales.orders …',
    ),
    'orders_touch',
  );
  schema.add(id, table, trigger('after', ['update of status'], 'CREATE TRIGGER orders_log …'), 'orders_log');
}

function fillIndexes(schema: Schema, id: number, table: number): void {
  const add = (name: string, detail: Detail, bytes: number) =>
    schema.add(id, table, detail, name, { statistics: { bytes } });
  add('orders_pkey', index(['id'], { unique: true, primary: true }), 90_400_000);
  add('orders_public_no_key', index(['public_no'], { unique: true }), 126_000_000);
  add('orders_customer_idx', index(['customer_id', 'placed_at desc']), 148_000_000);
  add('orders_open_idx', index(['status', 'placed_at'], { predicate: "(status <> 'archived')" }), 24_000_000);
  add('orders_search_idx', index(['search'], { method: 'gin' }), 211_000_000);
  add('orders_lower_no_idx', index(['(lower(public_no))']), 96_000_000);
  add('orders_attributes_idx', index(['attributes'], { method: 'gin', valid: false }), 15_000_000);
}

/** What tests want to see and pictures leave out. */
function fillOddities(schema: Schema, id: number, db: number): void {
  const hostile = schema.add(id, db, schemaDetail(), 'hostile', { comment: 'Names that try to break out' });
  for (const name of HOSTILE) {
    const table = schema.add(id, hostile, relation('table'), name, { comment: name });
    HOSTILE.forEach((field, at) =>
      schema.add(id, table, column(at + 1, 'text', { default: `'${field}'` }), field, { comment: field }),
    );
  }
  const large = schema.add(id, db, schemaDetail(), 'large', { comment: '10,000 tables' });
  for (let at = 0; at < 10_000; at += 1) {
    schema.add(id, large, relation('table'), `measurement_${String(at).padStart(5, '0')}`, {
      statistics: { rows: at * 17, bytes: at * 8192 },
    });
  }
  const wide = schema.add(id, db, schemaDetail(), 'wide');
  const table = schema.add(id, wide, relation('table'), 'wide_table', { comment: '1,600 columns' });
  for (let at = 1; at <= 1600; at += 1) schema.add(id, table, column(at, 'double precision'), `c${at}`);
  const secret = schema.add(id, db, schemaDetail('hr_owner'), 'payroll', {
    unseen: 'The role app_ro may not use schema payroll.',
  });
  schema.get(secret)?.warnings.push({
    object: schema.path(secret).map(({ step }) => step),
    reason: 'The role app_ro may not use schema payroll, so its tables are unknown.',
    grant: 'GRANT USAGE ON SCHEMA payroll TO app_ro;',
    unseen: true,
  });
}

function plain(schema: Schema, id: number, parent: number, name: string, columns: readonly string[]): number {
  const table = schema.add(id, parent, relation('table'), name, {
    statistics: {
      rows: 1000 + name.length * 3117,
      bytes: name.length * 2_410_000,
      index_bytes: name.length * 310_000,
    },
  });
  const ids = columns.map((field, at) =>
    schema.add(id, table, column(at + 1, at === 0 ? 'bigint' : 'text', { nullable: at > 0 }), field),
  );
  const primary = schema.add(id, table, key('primary_key', columns[0] ?? 'id'), `${name}_pkey`);
  give(schema, ids[0], { kind: 'primary_key', constraint: primary, references: null });
  return table;
}

function give(schema: Schema, id: number | undefined, role: ObjectCard['roles'][number]): void {
  if (id !== undefined) schema.get(id)?.card.roles.push(role);
}
