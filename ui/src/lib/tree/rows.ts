/** The rows of the tree, as the eye sees them from top to bottom. */
import type { AppError, ObjectCard, ObjectKind, TreeParent } from '../backend';
import type { Group } from './shape';

interface Row {
  readonly key: string;
  /** The row that this one hangs from; null for a connection. */
  readonly parent: string | null;
  readonly connection: number;
  readonly depth: number;
  /** Its place among its siblings, from 1. */
  readonly position: number;
  /** How many siblings there are, itself included. */
  readonly siblings: number;
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
  /** All that is known of it; null in a filtered tree, which knows names alone. */
  readonly card: ObjectCard | null;
  /** What may unfold below it. */
  readonly groups: readonly Group[];
  /** Whether there is anything to unfold. */
  readonly unfolds: boolean;
  /** The branch that it was loaded with, and where it stands in it. */
  readonly branch: string;
  readonly index: number;
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

/** The place of an object that is not loaded yet. */
export interface WaitingRow extends Row {
  readonly type: 'waiting';
  readonly branch: string;
  readonly index: number;
}

/** Words in the place of children that are not there. */
export interface NoteRow extends Row {
  readonly type: 'note';
  readonly about: 'never_read' | 'nothing' | 'unseen' | 'failed';
  readonly text: string;
  readonly error: AppError | null;
  readonly branch: string;
  readonly index: number;
}

/** Any row. */
export type TreeRow = ConnectionRow | ObjectRow | FolderRow | WaitingRow | NoteRow;

/** One page of one branch, to be loaded. */
export interface PageRequest {
  readonly branch: string;
  readonly parent: TreeParent;
  readonly kinds: readonly ObjectKind[];
  readonly offset: number;
  readonly limit: number;
  /** The age of the branch when it was asked for. */
  readonly age: number;
}

/** Whether a row can unfold. */
export function canUnfold(row: TreeRow): boolean {
  switch (row.type) {
    case 'connection':
    case 'folder':
      return true;
    case 'object':
      return row.unfolds;
    case 'waiting':
    case 'note':
      return false;
  }
}

/** What type-ahead compares with. */
export function rowName(row: TreeRow, nameOf: (connection: number) => string): string {
  switch (row.type) {
    case 'connection':
      return nameOf(row.connection);
    case 'object':
      return row.name;
    case 'folder':
      return row.label;
    case 'waiting':
    case 'note':
      return '';
  }
}
