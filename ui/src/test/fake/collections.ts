/** Made-up collections: deliveries in detail, and what tests want to see of odd documents. */
import type {
  Attribute,
  Detail,
  RelationDetail,
  Sample,
  SampleRemark,
  SampleView,
  TypeCount,
} from '../../lib/backend';
import { index, relation, type Schema } from './schema';

/** How a field was seen: `[types, of, present]` and what else is known. */
type Seen = Partial<Sample> & { attributes?: Attribute[]; comment?: string };

const ELEMENT = '[]';
const DOCUMENTS = 1000;

/** What a sample says, with the interval of Wilson's score as Rust reckons it. */
export function sampleView(facts: Partial<Sample> = {}): SampleView {
  const sample: Sample = {
    of: DOCUMENTS,
    present: DOCUMENTS,
    types: [],
    least: null,
    greatest: null,
    shortest: null,
    longest: null,
    whole: false,
    at: 0,
    samples: 1,
    absent_for: 0,
    ...facts,
  };
  const share = sample.of === 0 ? 0 : sample.present / sample.of;
  const z2 = 1.96 ** 2;
  const middle = share + z2 / (2 * sample.of);
  const spread = 1.96 * Math.sqrt((share * (1 - share)) / sample.of + z2 / (4 * sample.of ** 2));
  const scale = 1 + z2 / sample.of;
  const [low, high] =
    sample.of === 0
      ? [0, 1]
      : sample.whole
        ? [share, share]
        : [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
  const remarks: SampleRemark[] = [];
  if (sample.types.filter(({ name }) => name !== 'null').length > 1) remarks.push('mixed');
  if (sample.of > 0 && high < 0.01) remarks.push('rare');
  if (sample.absent_for > 0) remarks.push('not_met');
  return { facts: sample, presence: { share, low, high }, remarks };
}

/** Types with how often they were seen, as `string 71, long 29`. */
export function types(words: string): TypeCount[] {
  return words.split(', ').map((word) => {
    const [name = '', count = '100'] = word.split(' ');
    return { name, count: Number(count) };
  });
}

/** Facts of a collection. */
export function collection(form: RelationDetail['form'] = 'ordinary'): Detail {
  return { ...relation('table', { owner: null, form }), kind: 'collection' } as Detail;
}

/** Facts of a field at a path. */
export function field(path: string[], seen: readonly TypeCount[]): Detail {
  return { kind: 'field', path, types: seen.map(({ name }) => name).sort() };
}

/** The name that a field at a path has in the catalogue. */
export function fieldName(path: readonly string[]): string {
  return path.map((step) => step.replace(/[\\.]/g, '\\$&')).join('.');
}

/** Adds a field below a collection. */
export function addField(
  schema: Schema,
  connection: number,
  parent: number,
  path: string[],
  words: string,
  seen: Seen = {},
): number {
  const { attributes = [], comment = null, ...facts } = seen;
  const found = words === '' ? [] : types(words);
  return schema.add(connection, parent, field(path, found), fieldName(path), {
    attributes,
    comment,
    sample: words === '' ? null : sampleView({ types: found, ...facts }),
  });
}

/** Fills what a server of documents holds. */
export function fillDocuments(schema: Schema, id: number, now: number): void {
  const db = schema.add(
    id,
    null,
    { kind: 'database', owner: null, encoding: null, collation: null, system: false },
    'events',
  );
  const at = new Date(now).setHours(8, 56, 0, 0);
  const add = (
    name: string,
    rows: number,
    form: RelationDetail['form'] = 'ordinary',
    attributes: Attribute[] = [],
  ) =>
    schema.add(id, db, collection(form), name, {
      statistics: { rows, bytes: rows * 1290, index_bytes: rows * 58 },
      attributes,
      sample: sampleView({
        at,
        of: Math.min(rows, DOCUMENTS),
        present: Math.min(rows, DOCUMENTS),
        whole: rows <= DOCUMENTS,
      }),
    });
  add('customs_declarations', 310_000);
  fillDeliveries(schema, id, add('deliveries', 2_400_000, 'ordinary', VALIDATED), at);
  add('driver_positions', 88_000_000, 'time_series', [
    { key: 'time_field', value: 'at' },
    { key: 'meta_field', value: 'driver' },
    { key: 'expire_after', value: 2_592_000 },
  ]);
  add('empty', 0);
  add('recent_errors', 5000, 'capped', [{ key: 'capped_size', value: 5_000_000 }]);
  addWhole(schema, id, add('depots', 12), at);
  addOdd(schema, id, add('odd', 640_000), at);
  addDeep(schema, id, add('deep', 54_000), at);
  addMany(schema, id, add('settings', 19_000_000), at);
}

const VALIDATED: Attribute[] = [
  {
    key: 'validator',
    value:
      '{"$jsonSchema":{"bsonType":"object","required":["orderId","status"],"properties":{"orderId":{"bsonType":"long","description":"The order that is delivered"},"status":{"enum":["planned","loaded","under way","delivered","failed","returned","lost"]},"weightKg":{"bsonType":["double","int"],"minimum":0.05,"maximum":12345678901234567890}}}}',
  },
  { key: 'validation_level', value: 'moderate' },
  { key: 'validation_action', value: 'warn' },
  { key: 'shard_key', value: '{"orderId": "hashed"}' },
];

function fillDeliveries(schema: Schema, id: number, deliveries: number, at: number): void {
  const add = (path: string, words: string, present: number, seen: Seen = {}) =>
    addField(schema, id, deliveries, path.split('/'), words, { at, present, ...seen });
  const text = (shortest: number, longest: number) => ({ shortest, longest });
  add('_id', 'objectId', 1000);
  add('orderId', 'long', 1000, {
    least: '184',
    greatest: '4218000',
    attributes: [
      { key: 'required', value: true },
      { key: 'declared_types', value: ['long'] },
    ],
    comment: 'The order that is delivered',
  });
  add('status', 'string', 998, { ...text(4, 9), attributes: [{ key: 'required', value: true }] });
  add('customer', 'object', 941);
  add('customer/name', 'string', 941, text(2, 61));
  add('customer/email', 'string 97, null 3', 912, text(9, 48));
  add('customer/phone', 'string 71, long 29', 688, text(6, 17));
  add('customer/locale', 'string', 214, text(5, 5));
  add('parcels', 'array', 996, text(1, 14));
  const parcels = { of: 3104 };
  add(`parcels/${ELEMENT}`, 'object', 3104, parcels);
  add(`parcels/${ELEMENT}/barcode`, 'string', 3092, { ...parcels, ...text(13, 20) });
  add(`parcels/${ELEMENT}/weightKg`, 'double 83, int 14, string 3', 3021, {
    ...parcels,
    least: '0.05',
    greatest: '31.5',
  });
  add(`parcels/${ELEMENT}/dims`, 'object', 1249, parcels);
  for (const side of ['height', 'length', 'width']) {
    add(`parcels/${ELEMENT}/dims/${side}`, 'int', 1249, { of: 1249, least: '1', greatest: '240' });
  }
  add('promisedAt', 'date 88, string 12', 967, { least: '2019-03-04', greatest: '2026-12-02' });
  add('proof', 'object 92, null 8', 551);
  for (const name of ['by', 'at', 'photo', 'signature', 'note', 'geo']) {
    add(`proof/${name}`, name === 'at' ? 'date' : 'string', 540, { of: 551 });
  }
  add('legacyRef', 'string', 37, { absent_for: 1000 });
  add('debug', 'bool', 3);
  add('weightKg', '', 0, { attributes: [{ key: 'declared_types', value: ['double', 'int'] }] });
  for (const [name, parts] of [
    ['_id_', ['_id']],
    ['orderId_hashed', ['orderId']],
    ['status_promised', ['status', 'promisedAt']],
    ['customer_email', ['customer.email']],
    ['parcel_barcode', ['parcels.barcode']],
    ['debug_ttl', ['debug']],
  ] as const) {
    schema.add(id, deliveries, index([...parts]), name);
  }
  schema.get(deliveries)?.warnings.push({
    object: schema.path(deliveries).map(({ step }) => step),
    reason: 'How often each index was used is not known: the user app_ro may not run $indexStats.',
    grant: 'db.grantRolesToUser("app_ro", [{ role: "clusterMonitor", db: "admin" }])',
    unseen: false,
  });
}

function addWhole(schema: Schema, id: number, depots: number, at: number): void {
  const whole = { at, of: 12, whole: true };
  addField(schema, id, depots, ['_id'], 'string', { ...whole, present: 12 });
  addField(schema, id, depots, ['town'], 'string', { ...whole, present: 12, shortest: 4, longest: 11 });
  addField(schema, id, depots, ['closedAt'], 'date', { ...whole, present: 1 });
}

/** Names that try to break out of their place. */
export const ODD_NAMES = [
  '',
  'with.dots',
  '$dollar',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  'line\nbreak',
  '\u202Egnp.exe right to left',
  'עברית',
  'long '.repeat(2000).trim(),
] as const;

function addOdd(schema: Schema, id: number, odd: number, at: number): void {
  for (const name of ODD_NAMES) {
    addField(schema, id, odd, [name], 'object', { at });
    addField(schema, id, odd, [name, name], '<b>bold</b> 60, string 40', {
      at,
      present: 400,
      least: '<i>',
      greatest: name,
    });
  }
}

function addDeep(schema: Schema, id: number, deep: number, at: number): void {
  const path: string[] = [];
  for (let level = 1; level <= 60; level += 1) {
    path.push(`level${level}`);
    addField(schema, id, deep, [...path], level === 60 ? 'int' : 'object', {
      at,
      present: 1000 - level * 12,
    });
  }
}

function addMany(schema: Schema, id: number, many: number, at: number): void {
  for (let group = 0; group < 100; group += 1) {
    addField(schema, id, many, [`group${group}`], 'object', { at, present: 1000 - group });
    for (let each = 0; each < 49; each += 1) {
      addField(schema, id, many, [`group${group}`, `setting${each}`], 'string 80, int 20', {
        at,
        present: 900 - each,
        of: 1000 - group,
      });
    }
  }
}
