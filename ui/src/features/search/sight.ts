/** Which rows of a list with rows of two heights are in sight. */
import type { Row } from './rows';

const HEAD = 28;
const ROW = 32;
/** How far beyond the edges rows exist already, in pixels. */
const BEYOND = 64;

/** Where each row begins, and after the last where the list ends; in pixels. */
export function startsOf(rows: readonly Row[]): number[] {
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + (row.type === 'head' ? HEAD : ROW));
  return starts;
}

/** The first row in sight, and the one after the last. */
export function inSight(starts: readonly number[], top: number, height: number): readonly [number, number] {
  const first = rowAt(starts, top - BEYOND);
  const last = rowAt(starts, top + height + BEYOND);
  return [first, Math.min(last + 1, starts.length - 1)];
}

/** The row that lies at a height. */
function rowAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
