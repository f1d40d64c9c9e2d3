/** Which parts of a text a search found. */
import { oneLine } from '../../lib/format';

/** A piece of a text. */
export interface Part {
  readonly text: string;
  readonly found: boolean;
}

type Range = readonly [start: number, end: number];

/** More of a name than any row can show; what lies behind is in the tooltip. */
const MOST = 300;
/** How much of a comment stands before the first word that was found. */
const BEFORE = 16;
/** Letters of which none grows in lower case: most names have no others. */
const PLAIN = /^[ -~]*$/;

/** A text on one line, with the first place of each word marked. */
export function marked(text: string, words: readonly string[]): Part[] {
  const shown = oneLine(cut(text));
  return split(shown, places(shown, words));
}

/** A name below others: each word is marked in the name, or else in the nearest name above that has it. */
export function markedPath(
  path: readonly string[],
  name: string,
  words: readonly string[],
): { path: Part[][]; name: Part[] } {
  const names = [...path, name].map((step) => oneLine(cut(step)));
  const ranges: Range[][] = names.map(() => []);
  for (const word of words) {
    for (let at = names.length - 1; at >= 0; at -= 1) {
      const found = places(names[at] ?? '', [word]);
      ranges[at]?.push(...found);
      if (found.length > 0) break;
    }
  }
  const parts = names.map((step, at) => split(step, ranges[at] ?? []));
  return { path: parts.slice(0, -1), name: parts.at(-1) ?? [] };
}

/** A comment from shortly before the first word that was found in it. */
export function excerpt(comment: string, words: readonly string[]): Part[] {
  const first = Math.min(...places(comment, words).map(([start]) => start));
  if (!Number.isFinite(first) || first <= BEFORE) return marked(comment, words);
  const space = comment.indexOf(' ', first - BEFORE);
  const from = space >= 0 && space < first ? space + 1 : first;
  return [{ text: '…', found: false }, ...marked(comment.slice(from), words)];
}

/** Whether a text holds a word, whatever its case. */
export function holds(text: string, word: string): boolean {
  return text.toLowerCase().includes(word);
}

/** Whether a word of the text begins with this one. */
export function beginsIn(text: string, word: string): boolean {
  const lower = text.toLowerCase();
  const at = placeOf(lower, word);
  return at >= 0 && isBeginning(lower, at);
}

function cut(text: string): string {
  if (text.length <= MOST) return text;
  // A character of two halves is not cut in two.
  const half = /[\uD800-\uDBFF]$/.test(text.slice(0, MOST));
  return text.slice(0, half ? MOST - 1 : MOST) + '…';
}

/** One place for each word that the text holds: where a word of its own begins, if there is one. */
function places(text: string, words: readonly string[]): Range[] {
  const { lower, from } = lowered(text);
  return words.flatMap((word): Range[] => {
    const at = word === '' ? -1 : placeOf(lower, word);
    if (at < 0) return [];
    const end = at + word.length;
    return [from ? [from[at] ?? 0, from[end] ?? text.length] : [at, end]];
  });
}

function placeOf(lower: string, word: string): number {
  const first = lower.indexOf(word);
  for (let at = first; at >= 0; at = lower.indexOf(word, at + 1)) {
    if (isBeginning(lower, at)) return at;
  }
  return first;
}

function isBeginning(lower: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(lower[at - 1] ?? '');
}

/** The text in lower case, and from where in the text each of its characters comes, where some letters may grow. */
function lowered(text: string): { lower: string; from?: number[] } {
  if (PLAIN.test(text)) return { lower: text.toLowerCase() };
  const from: number[] = [];
  let lower = '';
  let at = 0;
  for (const character of text) {
    const small = character.toLowerCase();
    for (let unit = 0; unit < small.length; unit += 1) from.push(at);
    lower += small;
    at += character.length;
  }
  return { lower, from };
}

function split(text: string, ranges: readonly Range[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (end <= at) continue;
    const begin = Math.max(start, at);
    if (begin > at) parts.push({ text: text.slice(at, begin), found: false });
    const last = parts.at(-1);
    // Words that touch are one mark.
    if (last?.found) parts[parts.length - 1] = { text: last.text + text.slice(begin, end), found: true };
    else parts.push({ text: text.slice(begin, end), found: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), found: false });
  return parts;
}
