/** Sample connections in every state that a list can show. */
import type { AppError, ConnectionCard, Environment } from '../../lib/backend';
import { ENVIRONMENT_COLOUR } from '../../lib/environments';
import { ORDER_WARNINGS } from './rarer';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Sample {
  name: string;
  engine?: string;
  environment: Environment;
  address: string;
  database?: string;
  folder: string;
  tags?: string[];
  favourite?: boolean;
  active?: boolean;
  millis?: number;
  seen?: number;
  synced?: number | null;
  counts: [schemas: number, tables: number, columns: number];
  error?: AppError;
  changed?: number;
  running?: boolean;
  /** What the server says that it is. */
  server?: string;
}

/** An error as the services give it. */
export function appError(
  kind: AppError['kind'],
  message: string,
  hint: string,
  causes: string[] = [],
): AppError {
  return { kind, message, hint, field: null, causes };
}

const refused = appError(
  'sign_in_refused',
  'The server refused the password for user billing_ro.',
  'Replace the password. If it is right, ask whether billing_ro may sign in from this address.',
  ['28P01: password authentication failed for user "billing_ro"'],
);
const silent = appError(
  'timed_out',
  'No answer from 10.4.0.31:5432 within 8 s.',
  'Check the address, and that no firewall drops the packets.',
);

const SAMPLES: readonly Sample[] = [
  {
    name: 'orders-prod',
    environment: 'production',
    address: 'orders-db.prod.example.net',
    database: 'orders',
    folder: 'Orders',
    tags: ['core', 'pii'],
    favourite: true,
    millis: 12,
    seen: 20_000,
    synced: 14 * MINUTE,
    counts: [6, 412, 5208],
    changed: 3,
  },
  {
    name: 'billing-prod',
    environment: 'production',
    address: 'billing-db.prod.example.net',
    database: 'billing',
    folder: 'Billing',
    tags: ['core', 'finance'],
    favourite: true,
    seen: 2 * HOUR,
    synced: DAY,
    counts: [3, 188, 2304],
    error: refused,
  },
  {
    name: 'events-prod',
    engine: 'mongodb',
    environment: 'production',
    address: 'events-1.prod.example.net,events-2.prod.example.net,events-3.prod.example.net',
    database: 'events',
    folder: 'Events',
    tags: ['core'],
    favourite: true,
    millis: 34,
    seen: 20_000,
    synced: 2 * HOUR,
    counts: [4, 67, 1918],
    changed: 1,
    server: 'MongoDB 7.0.12',
  },
  {
    name: 'orders-staging',
    environment: 'staging',
    address: 'orders-db.stg.example.net',
    database: 'orders',
    folder: 'Orders',
    tags: ['core'],
    favourite: true,
    millis: 18,
    seen: 5000,
    synced: 55 * MINUTE,
    counts: [6, 415, 5231],
    running: true,
  },
  {
    name: 'warehouse',
    environment: 'production',
    address: 'dwh-reader.example.net',
    database: 'dwh',
    folder: 'Analytics',
    tags: ['analytics'],
    millis: 48,
    seen: MINUTE,
    synced: 4 * HOUR,
    counts: [22, 1460, 24871],
  },
  {
    name: 'shop-legacy',
    environment: 'production',
    address: '10.4.0.31',
    database: 'magento_v1_migrated_2019_final',
    folder: 'Shop',
    tags: ['legacy'],
    seen: 3 * DAY,
    synced: 3 * DAY,
    counts: [1, 356, 3377],
    error: silent,
  },
  {
    name: 'billing-staging',
    engine: 'mysql',
    environment: 'staging',
    address: 'billing-db.stg.example.net',
    database: 'billing',
    folder: 'Billing',
    tags: ['finance'],
    millis: 21,
    seen: 40_000,
    synced: 55 * MINUTE,
    counts: [0, 188, 2311],
    changed: 2,
    server: 'MySQL 8.4.3',
  },
  {
    name: 'events-staging',
    engine: 'mongodb',
    environment: 'staging',
    address: 'events.stg.example.net',
    database: 'events',
    folder: 'Events',
    millis: 29,
    seen: 40_000,
    synced: 55 * MINUTE,
    counts: [4, 66, 1874],
    server: 'MongoDB 7.0.12',
  },
  {
    name: 'orders-dev',
    environment: 'development',
    address: 'localhost:5433',
    database: 'orders',
    folder: 'Orders',
    tags: ['core'],
    millis: 3,
    seen: 20_000,
    synced: 4 * MINUTE,
    counts: [6, 415, 5231],
    changed: 7,
  },
  {
    name: 'auth-dev',
    environment: 'development',
    address: '/var/run/postgresql',
    database: 'auth',
    folder: 'Identity',
    tags: ['pii'],
    millis: 1,
    seen: 20_000,
    synced: 4 * MINUTE,
    counts: [2, 34, 287],
  },
  {
    name: 'events-dev',
    engine: 'mongodb',
    environment: 'development',
    address: 'localhost:27017',
    database: 'events',
    folder: 'Events',
    millis: 2,
    seen: 20_000,
    synced: 31 * MINUTE,
    counts: [4, 67, 1920],
    server: 'MongoDB 7.0.12',
  },
  {
    name: 'tariffs.sqlite',
    engine: 'sqlite',
    environment: 'local',
    address: '~/work/tariffs/tariffs.sqlite',
    folder: 'Desk',
    millis: 0.4,
    seen: 2 * MINUTE,
    synced: 2 * MINUTE,
    counts: [0, 19, 164],
  },
  {
    name: 'sample',
    engine: 'sqlite',
    environment: 'local',
    address: 'sample.sqlite',
    folder: 'Desk',
    millis: 0.3,
    seen: 2 * MINUTE,
    synced: 12 * DAY,
    counts: [0, 11, 77],
  },
  {
    name: 'partner-feed',
    environment: 'production',
    address: 'feed.nordcargo.example',
    database: 'feed_out',
    folder: 'Partners',
    tags: ['partner'],
    active: false,
    synced: 41 * DAY,
    counts: [1, 23, 198],
  },
  {
    name: 'crm-import',
    engine: 'mysql',
    environment: 'local',
    address: 'localhost:3307',
    database: 'crm_import',
    folder: 'Desk',
    active: false,
    seen: 23 * DAY,
    synced: 23 * DAY,
    counts: [0, 48, 611],
    server: 'MariaDB 10.11.6',
  },
];

/** The sample connections as they stand at `now`. */
export function sampleCards(now: number): ConnectionCard[] {
  return SAMPLES.map((sample, at) => card(sample, at + 1, now));
}

function card(sample: Sample, id: number, now: number): ConnectionCard {
  const [schemas, tables, columns] = sample.counts;
  const seen = sample.seen === undefined ? null : now - sample.seen;
  const synced = sample.synced === undefined || sample.synced === null ? null : now - sample.synced;
  const engine = sample.engine ?? 'postgres';
  const [host = '', port] = sample.address.includes(',') ? [sample.address] : sample.address.split(':');
  const fields: Record<string, string> =
    engine === 'sqlite'
      ? { file: sample.address }
      : {
          host,
          user: 'app_ro',
          ...(port ? { port } : {}),
          ...(sample.database ? { database: sample.database } : {}),
        };
  return {
    connection: {
      id,
      uuid: `0197a000-0000-7000-8000-${String(id).padStart(12, '0')}`,
      draft: {
        name: sample.name,
        description: '',
        target: { engine, fields },
        colour: ENVIRONMENT_COLOUR[sample.environment],
        environment: sample.environment,
        folder: sample.folder,
        tags: sample.tags ?? [],
        favourite: sample.favourite ?? false,
        read_only: true,
        metadata: {},
      },
      active: sample.active ?? true,
      sort_order: id,
      created_at: now - 90 * DAY,
      updated_at: now - 3 * DAY,
      last_used_at: seen,
    },
    address: sample.address,
    database: sample.database ?? null,
    has_password: engine !== 'sqlite',
    reach:
      seen === null
        ? null
        : {
            at: seen,
            millis: sample.error ? null : (sample.millis ?? null),
            error: sample.error ?? null,
            last_good_at: sample.error ? seen - 15 * HOUR : seen,
            server: sample.server ?? (engine === 'sqlite' ? 'SQLite 3.46' : 'PostgreSQL 16.4'),
          },
    latencies: seen === null ? [] : latencies(id, sample.millis ?? 20, Boolean(sample.error)),
    running: sample.running
      ? {
          run: 1,
          connection: id,
          scope: { type: 'connection' },
          started_at: now - 3000,
          doing: 'Reading tables',
          done: 412,
          total: 1184,
          ended: null,
        }
      : null,
    last_sync:
      synced === null
        ? null
        : {
            sync: id,
            at: synced,
            error: null,
            added: 0,
            changed: sample.changed ?? 0,
            removed: 0,
            warnings: sample.name === 'orders-prod' ? [...ORDER_WARNINGS] : [],
          },
    synced_at: synced,
    counts:
      engine === 'mongodb'
        ? { database: schemas, collection: tables, field: columns }
        : { database: 1, ...(schemas ? { schema: schemas } : {}), table: tables, column: columns },
  };
}

/** Latencies that look like latencies and are the same at every start. */
function latencies(seed: number, around: number, failing: boolean): (number | null)[] {
  let state = seed * 7919;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  return Array.from({ length: 24 }, (_, at) =>
    failing && at > 16 ? null : around * (0.9 + next() * 0.25 + (next() > 0.88 ? 0.6 : 0)),
  );
}
