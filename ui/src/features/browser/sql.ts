/**
 * Splits a statement into pieces to colour: comments, strings, names in quotes, numbers, words. Its text alone
 * tells whether it is SQL or a command of JSON and calls, and which habits of SQL it has. It never fails: what
 * it does not understand stays plain.
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
  cascade call case cast charset check collate collation column comment commit concurrently conflict constraint create cross current
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

type Rules = readonly (readonly [Piece, RegExp])[];

const SQL: Rules = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?(?:\1|$)/y],
  ['string', /[eEnNxXbB]?'(?:[^']|'')*(?:'|$)/y],
  ['name', /"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['plain', /\s+|[^\sA-Za-z_0-9'"`$\-/\u0080-\uffff]+|[\s\S]/y],
];

// Where names stand in backticks, a backslash escapes in strings and # begins a comment.
const SQL_OF_BACKTICKS: Rules = [
  ['comment', /#[^\n]*/y],
  ['string', /[nNxXbB]?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/y],
  ...SQL,
];

const SCRIPT: Rules = [
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['name', /"(?:[^"\\]|\\[\s\S])*"(?=\s*:)|'(?:[^'\\]|\\[\s\S])*'(?=\s*:)|[A-Za-z_$][\w$]*(?=\s*:)/y],
  ['string', /"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\]|\\[\s\S])*(?:'|$)/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /\b(?:true|false|null|undefined|new|use|var|let|const|function|return|if|else|for|of|in)\b/y],
  ['plain', /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*|\s+|[\s\S]/y],
];

/** The pieces of a statement, in order; together they are the statement. */
export function tokens(statement: string): Token[] {
  const rules = rulesFor(statement);
  const found: { piece: Piece; text: string }[] = [];
  let at = 0;
  while (at < statement.length) {
    const { piece, text } = next(statement, at, rules);
    const last = found.at(-1);
    if (last && last.piece === piece) last.text += text;
    else found.push({ piece, text });
    at += text.length;
  }
  return found;
}

/** Whether a statement is a command of JSON and calls, not SQL; a database may be named before it. */
export function isScript(statement: string): boolean {
  return /^\s*(?:\/\/[^\n]*\n\s*)*(?:[{[]|\S+: \{|db\s*[.[]|use\s+\S+\s*;?\s*\n|sh\s*\.)/.test(statement);
}

function rulesFor(statement: string): Rules {
  if (isScript(statement)) return SCRIPT;
  return statement.includes('`') ? SQL_OF_BACKTICKS : SQL;
}

function next(statement: string, at: number, rules: Rules): Token {
  for (const [piece, rule] of rules) {
    rule.lastIndex = at;
    const text = rule.exec(statement)?.[0];
    if (!text) continue;
    const common = piece === 'word' && rules !== SCRIPT && !WORDS.has(text.toLowerCase());
    return common ? { piece: 'plain', text } : { piece, text };
  }
  return { piece: 'plain', text: statement.charAt(at) };
}
