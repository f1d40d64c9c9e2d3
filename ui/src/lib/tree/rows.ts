/** The rows of the tree, as the eye sees them from top to bottom. */
import type { AppError, EngineDescriptor, ObjectCard, ObjectKind, TreeRow as SentRow } from '../backend';
import { groupsOf, type Group } from './shape';

interface Row {
  readonly key: string;
  /** The key of the row that this one hangs from; null for a connection. */
  readonly parent: string | null;
  /** The number of that row. */
  readonly parentAt: number | null;
  readonly connection: number;
  readonly depth: number;
  /** Its place among its siblings, from 1. */
  readonly position: number;
  /** How many siblings there are, itself included. */
  readonly siblings: number;
  /** Whether there is anything to unfold. */
  readonly unfolds: boolean;
  /** Whether it is unfolded. */
  readonly open: boolean;
}

/** A connection, the root of its objects. */
export interface ConnectionRow extends Row {
  readonly type: 'connection';
}

/** An object of a server. */
export interface ObjectRow extends Row {
  readonly type: 'object';
  readonly id: number;
  readonly kind: ObjectKind;
  readonly name: string;
  /** The object above it; null below a connection. */
  readonly owner: number | null;
  /** All that is known of it. */
  readonly card: ObjectCard;
  /** What may unfold below it; nothing in a filtered tree, which shows what it found. */
  readonly groups: readonly Group[];
  /** Whether the filter found it, not only something below it. */
  readonly found: boolean;
}

/** A folder of one object's children. */
export interface FolderRow extends Row {
  readonly type: 'folder';
  readonly label: string;
  readonly count: number;
  readonly owner: number;
  readonly kinds: readonly ObjectKind[];
  /** Why none of them could be seen, if so. */
  readonly unseen: string | null;
}

/** The place of a row that is not loaded yet. */
export interface WaitingRow extends Row {
  readonly type: 'waiting';
  readonly index: number;
}

/** Words in the place of what is not there. */
export interface NoteRow extends Row {
  readonly type: 'note';
  readonly about: 'never_read' | 'nothing' | 'unseen' | 'failed';
  readonly text: string;
}

/** Any row. */
export type TreeRow = ConnectionRow | ObjectRow | FolderRow | WaitingRow | NoteRow;

/** A row as it was sent; `filtered` in a tree of what a filter found. */
export function treeRow(
  { of, parent_at: parentAt, ...place }: SentRow,
  engine: EngineDescriptor | undefined,
  filtered: boolean,
): TreeRow {
  switch (of.type) {
    case 'connection':
      return { ...place, parentAt, type: 'connection' };
    case 'object': {
      const { card, owner, found } = of;
      const { id, kind, name, child_counts: counts } = card;
      const groups = filtered ? [] : groupsOf(engine, kind, counts);
      return { ...place, parentAt, type: 'object', id, kind, name, owner, card, groups, found };
    }
    case 'folder':
      return { ...place, ...of, parentAt };
    case 'note':
      return { ...place, ...of, parentAt };
  }
}

const NOWHERE = {
  parent: null,
  parentAt: null,
  connection: 0,
  depth: 0,
  position: 1,
  siblings: 1,
  unfolds: false,
  open: false,
} as const;

/** The place of a row that is not loaded yet. */
export function waitingRow(index: number): WaitingRow {
  return { ...NOWHERE, type: 'waiting', key: `?${index}`, depth: 3, index };
}

/** A row as most are, of nothing that there is: what is made ready before there is anything to show. */
export function spareRow(): ObjectRow {
  const [kind, name] = ['column', 'spare'] as const;
  const nothing = {
    nullable: true,
    default: null,
    generated: null,
    collation: null,
  };
  const card: ObjectCard = {
    id: 0,
    connection: 0,
    kind,
    name,
    comment: null,
    detail: { kind, ordinal: 1, type_text: 'text', ...nothing },
    attributes: [],
    statistics: { rows: null, bytes: null, index_bytes: null },
    sample: null,
    child_counts: {},
    roles: [],
    unseen: null,
  };
  const of = { id: 0, kind, name, owner: null, card, groups: [], found: false };
  return { ...NOWHERE, type: 'object', key: '+', depth: 3, ...of };
}

/** The only row of a tree that could not be loaded. */
export function failedRow({ message }: AppError): NoteRow {
  return { ...NOWHERE, type: 'note', key: '!', about: 'failed', text: message };
}
