/** Three engines as they might declare themselves; the real declarations come from Rust. */
import type { EngineDescriptor, FormField } from '../../lib/backend';
import { fileKinds, serverKinds } from './kinds';

/** A field of text in the first section; others differ from it. */
export const text = (key: string, label: string, more: Partial<FormField> = {}): FormField => ({
  key,
  label,
  help: '',
  placeholder: '',
  group: 'main',
  input: { type: 'text' },
  required: false,
  default: '',
  ...more,
});

/** The ways to encrypt a link. */
export const TLS_CHOICES = [
  {
    value: 'verify-full',
    label: 'Verify identity',
    help: 'The certificate must be trusted and name the host.',
  },
  { value: 'verify-ca', label: 'Verify authority', help: 'The certificate must be trusted.' },
  { value: 'require', label: 'Encrypt only', help: 'Anyone in between could pose as the server.' },
  { value: 'disable', label: 'Off', help: 'Passwords and data travel in clear text.' },
];

/** A server engine with every sort of field. */
export const postgres: EngineDescriptor = {
  id: 'postgres',
  label: 'PostgreSQL',
  schemes: ['postgres', 'postgresql'],
  file_extensions: [],
  parameters: [],
  form: [
    text('host', 'Host', { required: true, placeholder: 'localhost' }),
    text('port', 'Port', { input: { type: 'number', min: 1, max: 65535 }, default: '5432' }),
    text('user', 'User', { placeholder: 'postgres' }),
    text('password', 'Password', { input: { type: 'password' } }),
    text('database', 'Database', { help: 'Empty reads every database of the server.' }),
    text('tls', 'TLS', {
      group: 'tls',
      placeholder: 'Automatic',
      help: 'Unless chosen, servers elsewhere are verified in full, and those on this machine use what they offer.',
      input: {
        type: 'choice',
        choices: TLS_CHOICES,
      },
    }),
    text('ca_file', 'Certificate authority', {
      group: 'tls',
      input: { type: 'file' },
      placeholder: '/path/to/ca.pem',
    }),
    text('connect_timeout', 'Connect timeout', {
      group: 'limits',
      default: '8',
      help: 'Seconds to reach the server and sign in.',
      input: { type: 'number', min: 1, max: 300 },
    }),
    text('statement_timeout', 'Statement timeout', {
      group: 'limits',
      default: '30',
      help: 'Seconds after which the server itself stops a statement.',
      input: { type: 'number', min: 1, max: 3600 },
    }),
  ],
  stages: ['parse', 'resolve', 'connect', 'tls', 'sign_in', 'server_version', 'privileges'],
  kinds: serverKinds,
};

/** Another server engine: the same form, no schemas. */
export const mysql: EngineDescriptor = {
  ...postgres,
  id: 'mysql',
  label: 'MySQL',
  schemes: ['mysql', 'mariadb'],
  form: postgres.form.map((field) =>
    field.key === 'port'
      ? { ...field, default: '3306' }
      : field.key === 'user'
        ? { ...field, placeholder: 'root' }
        : field,
  ),
  kinds: fileKinds,
};

/** A file engine. */
export const sqlite: EngineDescriptor = {
  id: 'sqlite',
  label: 'SQLite',
  schemes: ['sqlite', 'file'],
  file_extensions: ['sqlite', 'db'],
  parameters: [],
  form: [
    text('file', 'File', {
      required: true,
      input: { type: 'file' },
      placeholder: 'path of an existing database',
    }),
    text('statement_timeout', 'Statement timeout', {
      group: 'limits',
      default: '30',
      help: 'Seconds after which the server itself stops a statement.',
      input: { type: 'number', min: 1, max: 3600 },
    }),
  ],
  stages: ['parse', 'connect', 'server_version', 'privileges'],
  kinds: fileKinds,
};
