/** What the keys of a tree do, by the WAI-ARIA tree pattern. Pure: says what to do and does nothing. */
import type { TreeRow } from './rows';

/** What a key asks for. */
export type TreeKeyAct =
  | { act: 'move'; to: number }
  | { act: 'expand' | 'collapse'; key: string }
  | { act: 'each'; key: string | null }
  | { act: 'open' };

/** What is known about the tree when a key is pressed. */
export interface TreeSight {
  /** The row with the cursor, if it is there. */
  readonly row: TreeRow | undefined;
  /** Its number; −1 for none. */
  readonly at: number;
  /** How many rows there are. */
  readonly total: number;
  /** How many rows a page has. */
  readonly page: number;
}

const KEYS = new Set([
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageDown',
  'PageUp',
  '*',
  'Enter',
  ' ',
]);

/** Whether a key is one of the tree's. */
export function isTreeKey(key: string): boolean {
  return KEYS.has(key);
}

/** What this key does here; undefined where it does nothing. */
export function treeKey(key: string, { row, at, total, page }: TreeSight): TreeKeyAct | undefined {
  const move = (to: number): TreeKeyAct => ({ act: 'move', to: Math.max(0, Math.min(total - 1, to)) });
  switch (key) {
    case 'ArrowDown':
      return move(at + 1);
    case 'ArrowUp':
      return move(at - 1);
    case 'Home':
      return move(0);
    case 'End':
      return move(total - 1);
    case 'PageDown':
      return move(at + page);
    case 'PageUp':
      return move(at - page);
    case 'ArrowRight':
      if (!row?.unfolds) return move(at);
      return row.open ? move(at + 1) : { act: 'expand', key: row.key };
    case 'ArrowLeft':
      if (row?.unfolds && row.open) return { act: 'collapse', key: row.key };
      return move(row?.parentAt ?? at);
    case '*':
      return row && { act: 'each', key: row.parent };
    case 'Enter':
    case ' ':
      return row && { act: 'open' };
    default:
      return undefined;
  }
}
