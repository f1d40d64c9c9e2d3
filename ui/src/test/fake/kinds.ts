/** The shape of the trees of the two made-up engines. */
import type { KindDescriptor, ObjectKind, Tab, TreeGroup } from '../../lib/backend';

type Group = readonly [folder: string | null, ...kinds: ObjectKind[]];

const kind = (
  name: ObjectKind,
  label: string,
  children: readonly Group[] = [],
  tabs: readonly Tab[] = ['details'],
  plural = `${label}s`,
): KindDescriptor => ({
  kind: name,
  label,
  plural,
  parents: [],
  children: children.map(([folder, ...kinds]): TreeGroup => ({ folder, kinds })),
  tabs: [...tabs],
  attributes: ATTRIBUTES[name] ?? [],
});

const ATTRIBUTES: Partial<Record<ObjectKind, KindDescriptor['attributes']>> = {
  table: [
    { key: 'persistence', label: 'Persistence', help: 'Whether the table survives a crash of the server.' },
    { key: 'row_security', label: 'Row security', help: 'Whether policies decide which rows one may see.' },
    { key: 'fillfactor', label: 'Fill factor', help: 'How full a page is made, in percent.' },
  ],
};

const COLUMNS: Group = ['Columns', 'column'];
const TRIGGERS: Group = ['Triggers', 'trigger'];
const TABLE: readonly Group[] = [
  COLUMNS,
  ['Keys and constraints', 'primary_key', 'unique', 'foreign_key', 'check', 'exclusion'],
  ['Indexes', 'index'],
  TRIGGERS,
];
const TABLE_TABS: readonly Tab[] = ['columns', 'constraints', 'indexes', 'triggers', 'definition', 'details'];

const INSIDE_TABLES: readonly KindDescriptor[] = [
  kind('column', 'Column'),
  kind('primary_key', 'Primary key'),
  kind('unique', 'Unique constraint'),
  kind('foreign_key', 'Foreign key'),
  kind('check', 'Check'),
  kind('index', 'Index', [], ['definition', 'details'], 'Indexes'),
  kind('trigger', 'Trigger', [], ['definition', 'details']),
];

/** A server with schemas. */
export const serverKinds: KindDescriptor[] = [
  kind('database', 'Database', [[null, 'schema']], ['contents', 'details']),
  kind(
    'schema',
    'Schema',
    [
      ['Tables', 'table'],
      ['Views', 'view'],
      ['Materialised views', 'materialized_view'],
      ['Foreign tables', 'foreign_table'],
    ],
    ['contents', 'details'],
  ),
  kind('table', 'Table', TABLE, TABLE_TABS),
  kind('view', 'View', [COLUMNS, TRIGGERS], ['columns', 'triggers', 'definition', 'details']),
  kind(
    'materialized_view',
    'Materialised view',
    [COLUMNS, ['Indexes', 'index']],
    ['columns', 'indexes', 'definition', 'details'],
  ),
  kind('foreign_table', 'Foreign table', [COLUMNS], ['columns', 'definition', 'details']),
  ...INSIDE_TABLES,
  kind('exclusion', 'Exclusion constraint'),
];

/** A file without schemas. */
export const fileKinds: KindDescriptor[] = [
  kind(
    'database',
    'Database',
    [
      ['Tables', 'table'],
      ['Views', 'view'],
    ],
    ['contents', 'details'],
  ),
  kind('table', 'Table', TABLE, TABLE_TABS),
  kind('view', 'View', [COLUMNS, TRIGGERS], ['columns', 'triggers', 'definition', 'details']),
  ...INSIDE_TABLES,
];
