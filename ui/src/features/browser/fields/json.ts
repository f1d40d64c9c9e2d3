/**
 * JSON as it is shown: in pieces to colour, and laid out over lines. Nothing is parsed into values,
 * so that numbers stay as the server wrote them; what is no JSON stays as it is.
 */

/** What a piece is. */
export type JsonPiece = 'plain' | 'key' | 'string' | 'number' | 'word';

/** A piece of the text. */
export interface JsonToken {
  readonly piece: JsonPiece;
  readonly text: string;
}

const RULE = /"(?:[^"\\]|\\[\s\S])*(?:"|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_$][\w$]*|\s+|[\s\S]/g;
const STEP = '  ';
/** Lists of plain values stay on one line up to this length. */
const LINE = 72;

/** The pieces of a text, in order; together they are the text. */
export function jsonTokens(text: string): JsonToken[] {
  const parts = text.match(RULE) ?? [];
  return parts.map((part, at) => ({ piece: pieceOf(part, () => followed(parts, at)), text: part }));
}

/** The text over lines, two spaces a level; as it was where it is no JSON. */
export function laidOut(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  let shown = '';
  let closed = -1;
  const parts = (text.match(RULE) ?? []).filter((part) => part.trim() !== '');
  parts.forEach((part, at) => {
    if (at <= closed) return;
    const next = parts[at + 1];
    const short = part === '[' ? shortList(parts, at) : null;
    if (short) {
      shown += short.text;
      closed = short.end;
      return;
    }
    if (part === '{' || part === '[') {
      const empty = next === '}' || next === ']';
      if (!empty) depth += 1;
      shown += empty ? part : part + line(depth);
    } else if (part === '}' || part === ']') {
      const before = parts[at - 1];
      if (before !== '{' && before !== '[') {
        depth -= 1;
        shown += line(depth);
      }
      shown += part;
    } else if (part === ',') {
      shown += part + line(depth);
    } else {
      shown += part === ':' ? ': ' : part;
    }
  });
  return shown;
}

/** A list of plain values that fits one line, and where it ends. */
function shortList(parts: readonly string[], from: number): { text: string; end: number } | null {
  const end = parts.indexOf(']', from);
  const inside = parts.slice(from + 1, end);
  if (end < 0 || inside.some((part) => part === '{' || part === '[')) return null;
  const text = `[${inside.map((part) => (part === ',' ? ', ' : part)).join('')}]`;
  return text.length > LINE ? null : { text, end };
}

function line(depth: number): string {
  return `\n${STEP.repeat(depth)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function pieceOf(part: string, next: () => string | undefined): JsonPiece {
  if (part.startsWith('"')) return next() === ':' ? 'key' : 'string';
  if (/^-?\d/.test(part)) return 'number';
  return /^[A-Za-z_$]/.test(part) ? 'word' : 'plain';
}

/** The next part that is more than space. */
function followed(parts: readonly string[], at: number): string | undefined {
  for (let next = at + 1; next < parts.length; next += 1) {
    if (parts[next]?.trim() !== '') return parts[next];
  }
  return undefined;
}
