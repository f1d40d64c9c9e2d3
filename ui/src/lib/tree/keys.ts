/** What the keys of a tree do, by the WAI-ARIA tree pattern. Pure: says what to do and does nothing. */
import { canUnfold, rowName, type TreeRow } from './rows';

/** What a key asks for. */
export type TreeAct =
  { act: 'move'; to: number } | { act: 'expand' | 'collapse'; keys: readonly string[] } | { act: 'open' };

/** What is known about the tree when a key is pressed. */
export interface TreeSight {
  readonly rows: readonly TreeRow[];
  /** The row with the cursor; −1 for none. */
  readonly at: number;
  readonly isOpen: (row: TreeRow) => boolean;
  /** How many rows a page has. */
  readonly page: number;
}

/** What this key does here; undefined when it is not one of the tree's. */
export function treeKey(key: string, { rows, at, isOpen, page }: TreeSight): TreeAct | undefined {
  const row = rows[at];
  const move = (to: number): TreeAct => ({ act: 'move', to: Math.max(0, Math.min(rows.length - 1, to)) });
  switch (key) {
    case 'ArrowDown':
      return move(at + 1);
    case 'ArrowUp':
      return move(at - 1);
    case 'Home':
      return move(0);
    case 'End':
      return move(rows.length - 1);
    case 'PageDown':
      return move(at + page);
    case 'PageUp':
      return move(at - page);
    case 'ArrowRight':
      if (!row || !canUnfold(row)) return move(at);
      if (!isOpen(row)) return { act: 'expand', keys: [row.key] };
      return rows[at + 1]?.parent === row.key ? move(at + 1) : move(at);
    case 'ArrowLeft':
      if (!row) return move(at);
      if (canUnfold(row) && isOpen(row)) return { act: 'collapse', keys: [row.key] };
      return move(row.parent === null ? at : parentIndex(rows, at));
    case '*':
      return (
        row && {
          act: 'expand',
          keys: siblingsOf(rows, row)
            .filter(canUnfold)
            .map((sibling) => sibling.key),
        }
      );
    case 'Enter':
    case ' ':
      return row && { act: 'open' };
    default:
      return undefined;
  }
}

/** The next row, from the cursor on and around, whose name begins with `text`; −1 for none. */
export function typeAhead(
  rows: readonly TreeRow[],
  at: number,
  text: string,
  nameOf: (connection: number) => string,
): number {
  const wanted = text.toLowerCase();
  // A longer text may still mean the row that the shorter one found.
  const first = text.length > 1 ? 0 : 1;
  for (let step = first; step <= rows.length; step += 1) {
    const index = (Math.max(at, 0) + step) % rows.length;
    const row = rows[index];
    if (row && rowName(row, nameOf).toLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}

/** The row that this one hangs from. */
export function parentIndex(rows: readonly TreeRow[], at: number): number {
  const parent = rows[at]?.parent;
  for (let index = at - 1; index >= 0; index -= 1) if (rows[index]?.key === parent) return index;
  return at;
}

function siblingsOf(rows: readonly TreeRow[], row: TreeRow): readonly TreeRow[] {
  return rows.filter((other) => other.parent === row.parent);
}
