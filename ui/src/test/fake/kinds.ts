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

const DEPENDS_ON = { key: 'depends_on', label: 'Depends on', help: 'What it reads or calls.' };

const ATTRIBUTES: Partial<Record<ObjectKind, KindDescriptor['attributes']>> = {
  table: [
    { key: 'persistence', label: 'Persistence', help: 'Whether the table survives a crash of the server.' },
    { key: 'row_security', label: 'Row security', help: 'Whether policies decide which rows one may see.' },
    { key: 'fillfactor', label: 'Fill factor', help: 'How full a page is made, in percent.' },
    { key: 'options', label: 'Options', help: 'Its storage parameters, as given.' },
  ],
  view: [DEPENDS_ON],
  function: [
    { key: 'language', label: 'Language', help: 'What its body is written in.' },
    { key: 'volatility', label: 'Volatility', help: '' },
    DEPENDS_ON,
  ],
  role: [
    { key: 'login', label: 'Can sign in', help: '' },
    { key: 'member_of', label: 'Member of', help: '' },
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
const TABLE_TABS: readonly Tab[] = [
  'columns',
  'constraints',
  'indexes',
  'relationships',
  'triggers',
  'definition',
  'details',
];

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
  kind(
    'database',
    'Database',
    [
      [null, 'schema'],
      ['Extensions', 'extension'],
      ['Event triggers', 'event_trigger'],
    ],
    ['contents', 'integrity', 'details'],
  ),
  kind(
    'server',
    'Server',
    [
      ['Roles', 'role'],
      ['Tablespaces', 'tablespace'],
    ],
    ['contents', 'details'],
  ),
  kind('role', 'Role'),
  kind('tablespace', 'Tablespace'),
  kind('extension', 'Extension'),
  kind('event_trigger', 'Event trigger', [], ['definition', 'details']),
  kind(
    'schema',
    'Schema',
    [
      ['Tables', 'table'],
      ['Views', 'view'],
      ['Materialised views', 'materialized_view'],
      ['Foreign tables', 'foreign_table'],
      ['Sequences', 'sequence'],
      ['Functions', 'function', 'procedure'],
      ['Types', 'enum_type', 'domain'],
    ],
    ['contents', 'details'],
  ),
  kind(
    'table',
    'Table',
    [...TABLE, ['Rules', 'rule'], ['Policies', 'policy'], ['Partitions', 'partition']],
    [...TABLE_TABS.slice(0, -2), 'rules', 'policies', 'partitions', ...TABLE_TABS.slice(-2)],
  ),
  kind(
    'view',
    'View',
    [COLUMNS, TRIGGERS],
    ['columns', 'relationships', 'triggers', 'definition', 'details'],
  ),
  kind('sequence', 'Sequence', [], ['relationships', 'definition', 'details']),
  kind('function', 'Function', [], ['definition', 'relationships', 'details']),
  kind('procedure', 'Procedure', [], ['definition', 'relationships', 'details']),
  kind('enum_type', 'Enum type', [], ['definition', 'relationships', 'details']),
  kind('domain', 'Domain', [], ['definition', 'relationships', 'details']),
  kind('rule', 'Rule', [], ['definition', 'details']),
  kind('policy', 'Policy', [], ['details'], 'Policies'),
  kind('partition', 'Partition', [['Partitions', 'partition']], ['partitions', 'details']),
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
