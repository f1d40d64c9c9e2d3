/** What a row of the tree says. Pure: no view. */
import Folder from '@lucide/svelte/icons/folder';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { ColumnRole, ConnectionCard, SyncRun } from '../../lib/backend';
import { count, oneLine, roughly } from '../../lib/format';
import { outlineOf } from '../../lib/outline';
import { engineOf } from '../../lib/state/session.svelte';
import { countOf, type TreeRow } from '../../lib/tree';
import { asideOf } from './describe';
import { calledIn, iconOf } from './kinds';
import { rolesOf } from './roles';

/** The words of a row. */
export interface RowWords {
  readonly name: string;
  /** Quiet text beside the name, on one line; empty where there is none. */
  readonly aside: string;
  /** Whether that is a server's own spelling. */
  readonly mono: boolean;
  /** How much is inside; empty where nothing is said. */
  readonly count: string;
  /** The outline of its icon. */
  readonly icon: string;
  /** What a column is to its table, and whether it could not be read. */
  readonly marks: readonly RowMark[];
  /** Why it could not be read. */
  readonly unseen: string | null;
  /** The same, where that is said beside the name. */
  readonly unreadable: string | null;
  /** The sync that reads it now. */
  readonly run: SyncRun | null;
  /** The name for those who listen. */
  readonly spoken: string;
}

/** A small mark at the end of a row. */
export interface RowMark {
  /** Its outline. */
  readonly icon: string;
  readonly words: string;
  readonly tone: 'warn' | null;
}

/** A name in three parts, of which the middle one is what was looked for. */
export interface FoundParts {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

const NONE: readonly RowMark[] = [];

const NOTHING: RowWords = {
  name: '',
  aside: '',
  mono: false,
  count: '',
  icon: '',
  marks: NONE,
  unseen: null,
  unreadable: null,
  run: null,
  spoken: '',
};

/** What a row says. */
export function wordsOf(row: TreeRow, connection: ConnectionCard | undefined): RowWords {
  switch (row.type) {
    case 'waiting':
      return { ...NOTHING, spoken: 'Loading' };
    case 'note':
      return { ...NOTHING, spoken: row.text };
    case 'connection': {
      const name = connection?.connection.draft.name ?? '';
      return { ...NOTHING, name, run: runOf(row, connection), spoken: spoken([name]) };
    }
    case 'folder': {
      const { label: name, unseen } = row;
      const unreadable = unseen !== null && row.count === 0 ? unseen : null;
      const inside = unreadable === null ? count(row.count) : '';
      const aside = unreadable === null ? '' : 'not readable';
      const words = [name, inside, unseen === null ? '' : 'not readable'];
      const icon = outlineOf(Folder);
      const marks = unreadable === null ? unseenMarks(unseen) : NONE;
      return {
        ...NOTHING,
        name,
        icon,
        aside,
        count: inside,
        marks,
        unseen,
        unreadable,
        spoken: spoken(words),
      };
    }
    case 'object': {
      const name = calledIn(engineOf(connection?.connection.draft.target.engine ?? ''), row);
      const { card } = row;
      const aside = asideOf(card);
      const inside = insideOf(row);
      const words = [name, aside?.text ?? '', inside, card.unseen ? 'not readable' : ''];
      const partitioned = row.kind === 'table' && countOf(['table'], card.child_counts) > 0;
      return {
        ...NOTHING,
        name,
        aside: aside ? oneLine(aside.text) : '',
        mono: aside?.mono ?? false,
        count: partitioned ? '' : inside,
        icon: outlineOf(iconOf(row.kind)),
        marks:
          card.roles.length === 0
            ? unseenMarks(card.unseen)
            : [...roleMarks(card.roles), ...unseenMarks(card.unseen)],
        unseen: card.unseen,
        run: runOf(row, connection),
        spoken: spoken(words),
      };
    }
  }
}

/** A name on one line, with the part that was looked for apart. */
export function partsFound(name: string, filter: string): FoundParts {
  const shown = oneLine(name);
  const wanted = filter.trim().toLowerCase();
  const at = wanted === '' ? -1 : shown.toLowerCase().indexOf(wanted);
  if (at < 0) return { before: shown, found: '', after: '' };
  const end = at + wanted.length;
  return { before: shown.slice(0, at), found: shown.slice(at, end), after: shown.slice(end) };
}

function spoken([name = '', ...more]: readonly string[]): string {
  return [oneLine(name), ...more].filter(Boolean).join(', ').slice(0, 300);
}

/** How much is inside: of what keeps documents, their number says more than that of its parts. */
function insideOf({ kind, card, groups }: TreeRow & { type: 'object' }): string {
  const { rows } = card.statistics;
  if (kind === 'collection') return rows === null ? '' : roughly(rows);
  if (kind === 'table') return '';
  const counted = groups.filter((group) => !group.kinds.includes('column'));
  return counted.length === 0 ? '' : count(counted.reduce((sum, group) => sum + group.count, 0));
}

function roleMarks(roles: readonly ColumnRole[]): RowMark[] {
  return rolesOf(roles).map(({ kind, words }) => ({
    icon: outlineOf(iconOf(kind)),
    words,
    tone: kind === 'primary_key' ? 'warn' : null,
  }));
}

function unseenMarks(unseen: string | null): readonly RowMark[] {
  return unseen === null
    ? NONE
    : [{ icon: outlineOf(TriangleAlert), words: `Not readable: ${unseen}`, tone: 'warn' }];
}

function runOf(row: TreeRow, connection: ConnectionCard | undefined): SyncRun | null {
  const running = connection?.running ?? null;
  if (!running || running.ended) return null;
  const { scope } = running;
  if (row.type === 'connection') return scope.type === 'object' ? null : running;
  return row.type === 'object' && scope.type === 'object' && scope.object === row.id ? running : null;
}
