/** Widths of table columns, from what stands in them: as wide as needed, within bounds, the same for all rows. */

const WIDTH = { text: 6.9, mono: 7.25 } as const;
/** Beyond this many rows, a sample tells enough. */
const SAMPLE = 2000;

/** A grid track that fits the longest text, at least `least` and at most `most` pixels. */
export function trackFor<T>(
  rows: readonly T[],
  text: (row: T) => string,
  least: number,
  most: number,
  face: keyof typeof WIDTH = 'text',
): string {
  let longest = 0;
  const step = Math.max(1, Math.ceil(rows.length / SAMPLE));
  for (let at = 0; at < rows.length; at += step) {
    longest = Math.max(longest, text(rows[at] as T).length);
  }
  return trackOf(longest, least, most, face);
}

/** The same for a text of so many letters. */
export function trackOf(
  longest: number,
  least: number,
  most: number,
  face: keyof typeof WIDTH = 'text',
): string {
  const wanted = Math.min(most, Math.max(least, Math.ceil(longest * WIDTH[face]) + 4));
  return `minmax(${Math.min(least, wanted)}px, ${wanted}px)`;
}
