/** What the browser knows of each kind of object, whatever the engine: its icon and the tab that lists it. */
import Columns3 from '@lucide/svelte/icons/columns-3';
import Box from '@lucide/svelte/icons/box';
import CircleSlash from '@lucide/svelte/icons/circle-slash-2';
import Database from '@lucide/svelte/icons/database';
import Fingerprint from '@lucide/svelte/icons/fingerprint';
import Globe from '@lucide/svelte/icons/globe';
import KeyRound from '@lucide/svelte/icons/key-round';
import Layers from '@lucide/svelte/icons/layers';
import Link from '@lucide/svelte/icons/link';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import ScanEye from '@lucide/svelte/icons/scan-eye';
import Table from '@lucide/svelte/icons/table-2';
import Zap from '@lucide/svelte/icons/zap';
import type { Component } from 'svelte';
import type { EngineDescriptor, ObjectKind, Tab } from '../../lib/backend';
import { kindOf } from '../../lib/tree';

/** An icon of lucide. */
export type Icon = Component<{ size?: number }>;

const ICONS: Readonly<Record<ObjectKind, Icon>> = {
  database: Database,
  schema: Box,
  table: Table,
  view: ScanEye,
  materialized_view: Layers,
  foreign_table: Globe,
  column: Columns3,
  primary_key: KeyRound,
  unique: Fingerprint,
  check: ListChecks,
  exclusion: CircleSlash,
  foreign_key: Link,
  index: ListOrdered,
  trigger: Zap,
};

/** The kinds of keys and constraints. */
export const CONSTRAINT_KINDS: readonly ObjectKind[] = [
  'primary_key',
  'unique',
  'foreign_key',
  'check',
  'exclusion',
];

const LISTED_IN: Partial<Record<ObjectKind, Tab>> = {
  column: 'columns',
  primary_key: 'constraints',
  unique: 'constraints',
  foreign_key: 'constraints',
  check: 'constraints',
  exclusion: 'constraints',
  index: 'indexes',
  trigger: 'triggers',
};

/** The kinds that a tab lists; empty for tabs that list none of their own. */
export function kindsOfTab(tab: Tab): readonly ObjectKind[] {
  switch (tab) {
    case 'columns':
      return ['column'];
    case 'constraints':
      return CONSTRAINT_KINDS;
    case 'indexes':
      return ['index'];
    case 'triggers':
      return ['trigger'];
    case 'contents':
    case 'definition':
    case 'details':
      return [];
  }
}

/** The icon of a kind. */
export function iconOf(kind: ObjectKind): Icon {
  return ICONS[kind];
}

/** The tab of its table's page that lists such an object; undefined for what has a page to itself. */
export function tabListing(kind: ObjectKind): Tab | undefined {
  return LISTED_IN[kind];
}

/** The engine's word for a kind. */
export function labelOf(engine: EngineDescriptor | undefined, kind: ObjectKind): string {
  const plain = kind.replaceAll('_', ' ');
  return kindOf(engine, kind)?.label ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The engine's word for several of a kind. */
export function pluralOf(engine: EngineDescriptor | undefined, kind: ObjectKind): string {
  return kindOf(engine, kind)?.plural ?? `${labelOf(engine, kind)}s`;
}
