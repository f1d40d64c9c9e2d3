/** The browsing commands over made-up schemas. */
import type { Backend, ConnectionCard, ObjectPage, PathLink, SentStatement } from '../../lib/backend';
import { contentsOf } from './contents';
import { documents } from './document-engine';
import { mysql, postgres, sqlite } from './engines';
import { fillConnection } from './orders';
import { relationshipsOf } from './relations';
import { appError } from './samples';
import { searchIn } from './search';
import { ofKinds, Schema, type Made } from './schema';
import { FakeTree } from './tree';

type Browse = Pick<
  Backend,
  | 'children'
  | 'contents'
  | 'object'
  | 'openLink'
  | 'definition'
  | 'tree'
  | 'sentStatements'
  | 'relationships'
  | 'verify'
  | 'search'
>;

const LINK = 'db-studio://sample-';
const ENGINES = [postgres, mysql, sqlite, documents];

/** The browsing commands; objects are made when they are first asked for. */
export function browseCommands(cards: () => readonly ConnectionCard[], now: number): Browse {
  const schema = new Schema();
  const tree = new FakeTree();
  const fill = () => {
    for (const card of cards()) {
      if (card.synced_at !== null && !schema.has(card.connection.id)) fillConnection(schema, card);
    }
  };
  const need = (id: number): Made => {
    fill();
    const made = schema.get(id);
    if (made) return made;
    throw appError(
      'not_found',
      'This object is not in the catalogue.',
      'It may have been dropped meanwhile.',
    );
  };
  const cardOf = (made: Made) => cards().find(({ connection }) => connection.id === made.card.connection);
  const seen = (made: Made) => cardOf(made)?.synced_at ?? now;
  const page = (id: number): ObjectPage => {
    const made = need(id);
    return {
      card: made.card,
      path: schema.path(id),
      link: linkOf(made.card.connection, schema.path(id)),
      native_id: String(16_384 + id),
      first_seen_at: now - 90 * 86_400_000,
      changed_at: Math.min(now - 7_200_000, seen(made)),
      seen_at: seen(made),
      warnings: made.warnings,
    };
  };

  return {
    children: async ({ parent, kinds, filter, offset, limit }) => {
      fill();
      const rows = ofKinds(schema.below(parent), kinds).filter(({ name }) => holds(name, filter));
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    contents: async (request) => {
      fill();
      const kinds = ENGINES.flatMap(({ kinds }) => kinds.map(({ kind }) => kind));
      return contentsOf(schema.below(request.parent), kinds, request);
    },
    object: async (id) => page(id),
    openLink: async (link) => {
      fill();
      const found = schema
        .all()
        .find(({ card }) => linkOf(card.connection, schema.path(card.id)) === link.trim());
      if (found) return found.card.id;
      throw appError('not_found', 'What this link names is not in the catalogue.', 'Sync, and try again.');
    },
    definition: async (id) => {
      const made = need(id);
      if (cardOf(made)?.reach?.error) {
        throw appError(
          'unreachable',
          `The definition of ${made.card.name} has not been read yet, and the server cannot be reached.`,
          'It is read when it is first opened and kept from then on. Try again when the server is back.',
          ['connection timed out'],
        );
      }
      const columns = ofKinds(schema.below({ object: id }), ['column']);
      return { text: createTable(made.card.name, columns), rendered: true };
    },
    tree: async (request) => {
      fill();
      const shown = cards();
      const engine = (card: ConnectionCard) =>
        ENGINES.find(({ id }) => id === card.connection.draft.target.engine);
      return tree.answer({ schema, cards: shown, engine }, request);
    },
    search: async (request) => {
      fill();
      const named = new Map(cards().map(({ connection }) => [connection.id, connection.draft.name]));
      return searchIn(schema.all(), (id) => schema.path(id), named, request);
    },
    sentStatements: async () => STATEMENTS,
    relationships: async (id) => {
      need(id);
      return relationshipsOf(schema, id);
    },
    verify: async (id) => {
      need(id);
      return {
        checked: '4,120 pages, 31 tables, 44 indexes and all foreign keys',
        findings: [],
        more: false,
        millis: 1840,
      };
    },
  };
}

const STATEMENTS: SentStatement[] = [
  { text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', times: 1 },
  { text: 'SELECT d.oid, d.datname\nFROM pg_catalog.pg_database AS d\nWHERE d.datallowconn', times: 1 },
  ...['namespaces', 'relations', 'columns', 'constraints', 'indexes', 'triggers'].map((what) => ({
    text: `-- ${what}\nSELECT x.oid::text, x.name\nFROM pg_catalog.pg_${what} AS x\nORDER BY x.oid`,
    times: 1,
  })),
  { text: 'COMMIT', times: 1 },
];

function createTable(name: string, columns: readonly Made['card'][]): string {
  const lines = columns.flatMap(({ name: field, detail }) => {
    if (detail.kind !== 'column') return [];
    const value = detail.default === null ? '' : ` default ${detail.default}`;
    return [`    ${field.padEnd(14)} ${detail.type_text}${detail.nullable ? '' : ' not null'}${value}`];
  });
  return [
    `-- One row for each of ${name}`,
    `create table sales.${name} (`,
    `${lines.join(',\n')}`,
    ');',
    '',
    `create index ${name}_open_idx on sales.${name} using btree (id) where id > 1000;`,
    '',
  ].join('\n');
}

function linkOf(connection: number, path: readonly PathLink[]): string {
  const steps = path.map(({ step }) => `/${step.kind}:${encodeURIComponent(step.name)}`);
  return `${LINK}${connection}${steps.join('')}`;
}

function holds(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}
