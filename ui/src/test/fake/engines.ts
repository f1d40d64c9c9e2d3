/** Two engines as they might declare themselves; the real declarations come from Rust. */
import type { EngineDescriptor, FormField } from '../../lib/backend';
import { fileKinds, serverKinds } from './kinds';

const text = (key: string, label: string, more: Partial<FormField> = {}): FormField => ({
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
        choices: [
          {
            value: 'verify-full',
            label: 'Verify identity',
            help: 'The certificate must be trusted and name the host.',
          },
          { value: 'verify-ca', label: 'Verify authority', help: 'The certificate must be trusted.' },
          { value: 'require', label: 'Encrypt only', help: 'Anyone in between could pose as the server.' },
          { value: 'disable', label: 'Off', help: 'Passwords and data travel in clear text.' },
        ],
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
      input: { type: 'number', min: 1, max: 300 },
    }),
    text('statement_timeout', 'Statement timeout', {
      group: 'limits',
      default: '30',
      input: { type: 'number', min: 1, max: 3600 },
    }),
  ],
  stages: ['parse', 'resolve', 'connect', 'tls', 'sign_in', 'server_version', 'privileges'],
  kinds: serverKinds,
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
      input: { type: 'number', min: 1, max: 3600 },
    }),
  ],
  stages: ['parse', 'connect', 'server_version', 'privileges'],
  kinds: fileKinds,
};
