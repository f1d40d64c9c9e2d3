/**
 * Splits a statement into pieces to colour: comments, strings, names in quotes, numbers, words of SQL.
 * It knows no dialect and never fails: what it does not understand stays plain.
 */

/** What a piece is. */
export type Piece = 'plain' | 'comment' | 'string' | 'name' | 'number' | 'word';

/** A piece of a statement. */
export interface Token {
  readonly piece: Piece;
  readonly text: string;
}

const WORDS = new Set(
  `add after all alter always analyze and any array as asc authorization autoincrement before begin between by
  cascade case cast check collate column comment commit concurrently conflict constraint create cross current
  current_date current_timestamp database declare default deferrable deferred delete desc distinct do drop each
  else elsif end except exclude execute exists extension false fetch filter first following for foreign from full
  function generated grant group having identity if ignore ilike immediate in include index inherits initially
  inner insert instead intersect into is isnull join key language last lateral left like limit local logged
  loop match materialized natural new no not notnull null nulls of offset old on only operator or order outer
  over overriding owner partition partitioned policy preceding primary procedure range recursive references
  replace restrict return returning returns revoke right role row rows schema security select sequence set
  server setof similar some start statement stored strict table tablespace temp temporary then to transaction
  trigger true truncate type union unique unlogged update using valid values view virtual volatile when where
  while window with without`.split(/\s+/),
);

const RULES: readonly (readonly [Piece, RegExp])[] = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?(?:\1|$)/y],
  ['string', /[eEnNxXbB]?'(?:[^']|'')*(?:'|$)/y],
  ['name', /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['plain', /\s+|[^\sA-Za-z_0-9'"`$\-/\u0080-\uffff]+|[\s\S]/y],
];

/** The pieces of a statement, in order; together they are the statement. */
export function tokens(statement: string): Token[] {
  const found: { piece: Piece; text: string }[] = [];
  let at = 0;
  while (at < statement.length) {
    const { piece, text } = next(statement, at);
    const last = found.at(-1);
    if (last && last.piece === piece) last.text += text;
    else found.push({ piece, text });
    at += text.length;
  }
  return found;
}

function next(statement: string, at: number): Token {
  for (const [piece, rule] of RULES) {
    rule.lastIndex = at;
    const text = rule.exec(statement)?.[0];
    if (!text) continue;
    return piece === 'word' && !WORDS.has(text.toLowerCase()) ? { piece: 'plain', text } : { piece, text };
  }
  return { piece: 'plain', text: statement.charAt(at) };
}
