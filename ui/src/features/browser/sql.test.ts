/** The colouring of statements: it never loses a character and never fails. */
import { describe, expect, it } from 'vitest';
import { tokens } from './sql';

const pieces = (statement: string) =>
  tokens(statement)
    .filter(({ piece }) => piece !== 'plain')
    .map(({ piece, text }) => [piece, text.trim()]);

describe('pieces of a statement', () => {
  it('tells words, names, numbers, strings and comments apart', () => {
    expect(pieces(`select "or""der", 'it''s', 1.5e3 from t -- end`)).toEqual([
      ['word', 'select'],
      ['name', '"or""der"'],
      ['string', "'it''s'"],
      ['number', '1.5e3'],
      ['word', 'from'],
      ['comment', '-- end'],
    ]);
  });

  it('takes no word inside a name, a string or a body in dollars for a word of SQL', () => {
    expect(pieces(`create "table" 'from' $body$ begin end $body$ selected_at`)).toEqual([
      ['word', 'create'],
      ['name', '"table"'],
      ['string', "'from'"],
      ['string', '$body$ begin end $body$'],
    ]);
  });

  it('knows the strings and comments that go with backticks, and not elsewhere', () => {
    expect(pieces("# why\ncreate table `a`` b` (c text default 'it\\'s')")).toEqual([
      ['comment', '# why'],
      ['word', 'create'],
      ['word', 'table'],
      ['name', '`a`` b`'],
      ['word', 'default'],
      ['string', "'it\\'s'"],
    ]);
    expect(pieces("select 'C:\\' # 1"), 'a backslash is itself, # an operator').toEqual([
      ['word', 'select'],
      ['string', "'C:\\'"],
      ['number', '1'],
    ]);
  });

  it('takes commands of JSON and calls for what they are', () => {
    expect(pieces(`db.createCollection("orders", { capped: true, "size": 1e6 }) // small`)).toEqual([
      ['string', '"orders"'],
      ['name', 'capped'],
      ['word', 'true'],
      ['name', '"size"'],
      ['number', '1e6'],
      ['comment', '// small'],
    ]);
    expect(pieces(`shop: {"find": 1}`), 'with its database before it').toEqual([
      ['name', 'shop'],
      ['name', '"find"'],
      ['number', '1'],
    ]);
    expect(pieces(`{ "find": "select", "filter": { "a\\"b": null } }`)).toEqual([
      ['name', '"find"'],
      ['string', '"select"'],
      ['name', '"filter"'],
      ['name', '"a\\"b"'],
      ['word', 'null'],
    ]);
  });

  it.each([
    '',
    "'never ends",
    '"never ends',
    '/* never ends',
    '$x$ never ends',
    '$1 + $2',
    'a\u202Eb 👩‍👩‍👧 ł',
    '`tick`` tick`',
    "e'\\'",
    '- / -- --\n/**/',
    '\0\u2028',
    "`a` 'never\\",
    '{ "never ends',
    "db.x.find({ 'a\\",
  ])('gives back every character of %j', (statement) => {
    expect(
      tokens(statement)
        .map(({ text }) => text)
        .join(''),
    ).toBe(statement);
  });
});
