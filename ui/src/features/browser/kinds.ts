/** What the browser knows of each kind of object, whatever the engine: the tab that lists it, and its words. */
import type { EngineDescriptor, ObjectKind, Tab } from '../../lib/backend';
import { kindOf } from '../../lib/tree';

export { iconOf, type Icon } from './icons';

/** The kinds of keys and constraints. */
export const CONSTRAINT_KINDS: readonly ObjectKind[] = [
  'primary_key',
  'unique',
  'foreign_key',
  'check',
  'exclusion',
];

/** Whether it has columns and rows, or fields and documents. */
export function isRelation(kind: ObjectKind): boolean {
  return (
    kind === 'table' ||
    kind === 'view' ||
    kind === 'materialized_view' ||
    kind === 'foreign_table' ||
    kind === 'collection'
  );
}

/** The names of the tabs, in the order in which they are known. */
export const TAB_LABELS: Readonly<Record<Tab, string>> = {
  contents: 'Contents',
  columns: 'Columns',
  fields: 'Fields',
  constraints: 'Keys and constraints',
  indexes: 'Indexes',
  relationships: 'Relationships',
  triggers: 'Triggers',
  rules: 'Rules',
  policies: 'Policies',
  partitions: 'Partitions',
  validator: 'Validator',
  definition: 'Definition',
  details: 'Details',
  integrity: 'Integrity',
};

const LISTED: Readonly<Record<Tab, readonly ObjectKind[]>> = {
  contents: [],
  columns: ['column'],
  fields: ['field'],
  constraints: CONSTRAINT_KINDS,
  indexes: ['index'],
  relationships: [],
  triggers: ['trigger'],
  rules: ['rule'],
  policies: ['policy'],
  partitions: ['partition'],
  validator: [],
  definition: [],
  details: [],
  integrity: [],
};

const LISTED_IN: ReadonlyMap<ObjectKind, Tab> = new Map(
  Object.entries(LISTED).flatMap(([tab, kinds]) => kinds.map((kind) => [kind, tab as Tab] as const)),
);

/** The kinds that a tab lists; empty for tabs that list none of their own. */
export function kindsOfTab(tab: Tab): readonly ObjectKind[] {
  return LISTED[tab];
}

/** The tab of its table's page that lists such an object; undefined for what has a page to itself. */
export function tabListing(kind: ObjectKind): Tab | undefined {
  return LISTED_IN.get(kind);
}

/** The engine's word for a kind. */
export function labelOf(engine: EngineDescriptor | undefined, kind: ObjectKind): string {
  const plain = kind.replaceAll('_', ' ');
  return kindOf(engine, kind)?.label ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What an object is called: a server has no name of its own. */
export function calledIn(
  engine: EngineDescriptor | undefined,
  { kind, name }: { kind: ObjectKind; name: string },
): string {
  return kind === 'server' ? labelOf(engine, kind) : name;
}

/** The engine's word for several of a kind. */
export function pluralOf(engine: EngineDescriptor | undefined, kind: ObjectKind): string {
  return kindOf(engine, kind)?.plural ?? `${labelOf(engine, kind)}s`;
}
