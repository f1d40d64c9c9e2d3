/** Connection strings and targets, as far as the samples need them. */
import type { Backend, Target } from '../../lib/backend';
import { postgres, sqlite } from './engines';
import { appError } from './samples';
import type { World } from './world';

type Strings = Pick<Backend, 'parseConnectionString' | 'formatConnectionString' | 'validateTarget'>;

/** The ticket that stands for every password of a parsed string. */
const TICKET = 7;

/** Reads and writes connection strings. */
export function stringCommands(world: World): Strings {
  return {
    parseConnectionString: async (words) => {
      const url = URL.parse(words.trim().replace(/^jdbc:/, ''));
      if (!url) {
        throw {
          ...appError(
            'invalid_input',
            'This is not a connection string that db-studio knows.',
            'It begins with a scheme such as postgres://.',
          ),
          field: 'string',
        };
      }
      const found = url.password ? decodeURIComponent(url.password) : null;
      if (found !== null) world.parsedPassword = found;
      const target: Target = url.protocol.startsWith('postgres')
        ? {
            engine: postgres.id,
            fields: present({
              host: url.hostname,
              port: url.port,
              user: decodeURIComponent(url.username),
              database: url.pathname.slice(1),
              tls: url.searchParams.get('sslmode') ?? '',
            }),
          }
        : { engine: sqlite.id, fields: { file: url.pathname } };
      return {
        target,
        text: format(target),
        password_ticket: found === null ? null : TICKET,
        suggested_name: target.fields['database'] ?? target.fields['host'] ?? 'database',
        ignored: [],
      };
    },
    formatConnectionString: async (target) => format(target),
    validateTarget: async (target) =>
      target.engine === postgres.id && !target.fields['host']
        ? [
            {
              field: 'host',
              message: 'The host is missing.',
              hint: 'Type a name, an address or the folder of a socket.',
            },
          ]
        : [],
  };
}

/** Where a target goes, for people. */
export function address({ fields }: Target): string {
  return fields['file'] ?? `${fields['host'] ?? 'localhost'}${fields['port'] ? `:${fields['port']}` : ''}`;
}

function present(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function format(target: Target): string {
  const { host, port, user, database, tls, file } = target.fields;
  if (file !== undefined) return `sqlite:${file}`;
  const who = user ? `${encodeURIComponent(user)}@` : '';
  return `postgres://${who}${host ?? ''}${port ? `:${port}` : ''}/${database ?? ''}${tls ? `?sslmode=${tls}` : ''}`;
}
