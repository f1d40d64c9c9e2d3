/** An engine of documents as it might declare itself; the real declaration comes from Rust. */
import type { EngineDescriptor, FormField, KindDescriptor, ObjectKind, Tab } from '../../lib/backend';
import { TLS_CHOICES, text } from './engines';

const choice = (value: string, label: string, help = '') => ({ value, label, help });
const seconds = (key: string, label: string, value: string): FormField =>
  text(key, label, {
    group: 'limits',
    default: value,
    help: 'In seconds.',
    input: { type: 'number', min: 1, max: 3600 },
  });

const FORM: FormField[] = [
  text('scheme', 'Servers', {
    default: 'mongodb',
    input: {
      type: 'choice',
      choices: [
        choice('mongodb', 'By name', 'The hosts named below.'),
        choice('mongodb+srv', 'Listed in DNS', 'The hosts that the SRV record of the name below lists.'),
      ],
    },
  }),
  text('host', 'Host', {
    default: 'localhost',
    input: { type: 'hosts' },
    help: 'For a replica set several, joined by commas, each with its port or without.',
  }),
  text('port', 'Port', { default: '27017', input: { type: 'number', min: 1, max: 65_535 } }),
  text('user', 'User'),
  text('password', 'Password', { input: { type: 'password' } }),
  text('database', 'Database', { help: 'Empty reads every database that this user may see.' }),
  text('auth_source', 'Authentication database', { placeholder: 'admin' }),
  text('auth_mechanism', 'Authentication', {
    placeholder: 'Automatic',
    help: 'Unless chosen, the best that the server offers for a password.',
    input: {
      type: 'choice',
      choices: [
        choice('scram-sha-256', 'SCRAM-SHA-256'),
        choice('scram-sha-1', 'SCRAM-SHA-1'),
        choice('x509', 'X.509', 'The client certificate under TLS signs in.'),
      ],
    },
  }),
  text('replica_set', 'Replica set', { help: 'Servers of another set are refused.' }),
  text('direct_connection', 'Direct connection', {
    placeholder: 'Automatic',
    help: 'Unless chosen: for one host without the name of a set.',
    input: {
      type: 'choice',
      choices: [choice('yes', 'This server only'), choice('no', 'All servers of its set')],
    },
  }),
  text('read_preference', 'Read from', {
    default: 'secondary-preferred',
    help: 'A secondary spares the server that takes writes.',
    input: {
      type: 'choice',
      choices: [
        choice('secondary-preferred', 'Secondaries if there are any'),
        choice('primary', 'The primary only'),
      ],
    },
  }),
  text('srv_service', 'SRV service', { placeholder: 'mongodb' }),
  text('tls', 'TLS', {
    group: 'tls',
    placeholder: 'Automatic',
    help: 'Unless chosen: verified in full, or none on this machine.',
    input: { type: 'choice', choices: TLS_CHOICES.filter(({ value }) => value !== 'verify-ca') },
  }),
  text('ca_file', 'Certificate authority', {
    group: 'tls',
    input: { type: 'file' },
    placeholder: '/path/to/ca.pem',
  }),
  text('client_certificate', 'Client certificate', {
    group: 'tls',
    input: { type: 'file' },
    placeholder: '/path/to/client.pem',
  }),
  seconds('connect_timeout', 'Connect timeout', '8'),
  seconds('statement_timeout', 'Command timeout', '30'),
  text('sample_size', 'Sample size', {
    group: 'limits',
    default: '1000',
    help: 'Documents of each collection that are looked at for its fields; 0 for none.',
    input: { type: 'number', min: 0, max: 100_000 },
  }),
  seconds('sample_time', 'Sample time limit', '20'),
  text('value_hints', 'Value hints', {
    group: 'limits',
    default: 'numbers',
    help: 'The least and greatest values that are kept of a field.',
    input: {
      type: 'choice',
      choices: [
        choice('numbers', 'Numbers and dates'),
        choice('all', 'Short texts too', 'Texts of up to 40 characters are kept on this machine.'),
        choice('none', 'None'),
      ],
    },
  }),
];

const kind = (
  name: ObjectKind,
  label: string,
  children: readonly (readonly [string, ...ObjectKind[]])[],
  tabs: readonly Tab[],
  attributes: readonly (readonly [key: string, label: string])[] = [],
  plural = `${label}s`,
): KindDescriptor => ({
  kind: name,
  label,
  plural,
  parents: [],
  children: children.map(([folder, ...kinds]) => ({ folder, kinds })),
  tabs: [...tabs],
  attributes: attributes.map(([key, label]) => ({ key, label, help: '' })),
});

const KINDS: KindDescriptor[] = [
  kind(
    'database',
    'Database',
    [
      ['Collections', 'collection'],
      ['Views', 'view'],
    ],
    ['contents', 'details'],
  ),
  kind(
    'collection',
    'Collection',
    [
      ['Fields', 'field'],
      ['Indexes', 'index'],
    ],
    ['fields', 'indexes', 'validator', 'definition', 'details'],
    [
      ['validator', 'Validator'],
      ['validation_level', 'Validation level'],
      ['validation_action', 'Validation action'],
      ['shard_key', 'Shard key'],
      ['capped_size', 'Capped at bytes'],
      ['time_field', 'Time field'],
      ['meta_field', 'Meta field'],
    ],
  ),
  kind('view', 'View', [['Fields', 'field']], ['fields', 'definition', 'details']),
  kind(
    'field',
    'Field',
    [],
    ['details'],
    [
      ['required', 'Required'],
      ['declared_types', 'Declared types'],
      ['allowed_values', 'Allowed values'],
      ['minimum', 'Minimum'],
    ],
  ),
  kind('index', 'Index', [], ['definition', 'details'], [], 'Indexes'),
];

/** A server of documents, with a form of many fields. */
export const documents: EngineDescriptor = {
  id: 'mongodb',
  label: 'MongoDB',
  schemes: ['mongodb', 'mongodb+srv'],
  file_extensions: [],
  parameters: [],
  form: FORM,
  stages: ['parse', 'resolve', 'connect', 'tls', 'sign_in', 'server_version', 'privileges'],
  kinds: KINDS,
};
