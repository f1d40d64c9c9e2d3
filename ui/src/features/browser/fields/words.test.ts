/** What samples and validators say, in words; and JSON as it is shown. */
import { describe, expect, it } from 'vitest';
import type { ObjectCard } from '../../../lib/backend';
import { collection, sampleView, types } from '../../../test/fake/collections';
import { Schema } from '../../../test/fake/schema';
import { collectionPhrases, validatorOf } from './collection';
import { jsonTokens, laidOut } from './json';
import { sampleFacts } from './sample-facts';
import { sharesOf, typeWords } from './types';
import { dayAndTime, interval, percent, sampleWords, seenAs } from './words';

describe('types', () => {
  it('are named alone, or with their shares', () => {
    expect(typeWords(sharesOf(types('long 7')))).toBe('long');
    expect(typeWords(sharesOf(types('string 71, long 29')))).toBe('string 71 %, long 29 %');
    expect(typeWords(sharesOf(types('string 999, int 1'))), 'rare is not never').toBe(
      'string >99 %, int <1 %',
    );
  });

  it('tell apart those of one family', () => {
    const shares = sharesOf(types('int 14, double 83, string 3'));
    expect(shares.map(({ name, family, rank }) => [name, family, rank])).toEqual([
      ['double', 'number', 0],
      ['int', 'number', 1],
      ['string', 'string', 0],
    ]);
    expect(sharesOf(types('__proto__ 1'))[0]?.family, 'any other name').toBe('other');
  });
});

describe('shares and intervals', () => {
  it('say nothing and all only where it is so', () => {
    expect([0, 0.0001, 0.003, 0.941, 0.9998, 1].map(percent)).toEqual([
      '0 %',
      '<0.1 %',
      '0.3 %',
      '94.1 %',
      '>99.9 %',
      '100 %',
    ]);
  });

  it('have as many digits as they are narrow', () => {
    const of = (present: number, size = 1000) => interval(sampleView({ present, of: size }));
    expect(of(1000)).toBe('99.6 – 100');
    expect(of(941)).toBe('92 – 95');
    expect(of(967)).toBe('95.4 – 97.6');
    expect(of(500_000, 1_000_000)).toBe('49.90 – 50.10');
    expect(interval(sampleView({ present: 3, of: 12, whole: true })), 'it was counted').toBeNull();
    expect(interval(sampleView({ present: 0, of: 0 })), 'nothing could hold it').toBeNull();
  });
});

describe('what values look like', () => {
  const words = (type: string, facts: Parameters<typeof sampleView>[0] = {}, inside = 0) =>
    seenAs(sampleView({ types: types(type), ...facts }), [], inside);

  it('is what the type makes of bounds and lengths', () => {
    expect(words('string', { shortest: 13, longest: 20 })).toBe('13 to 20 characters');
    expect(words('array', { shortest: 1, longest: 1 })).toBe('1 item');
    expect(words('object', {}, 4)).toBe('4 fields');
    expect(words('int', { least: '1', greatest: '240' })).toBe('1 … 240');
    expect(words('string 97, null 3', { shortest: 5, longest: 5 }), 'null is no second type').toBe(
      '5 characters',
    );
  });

  it('begins with what is worth a second look', () => {
    expect(words('string 71, long 29', { shortest: 6, longest: 17 })).toBe('mixed: 2 types');
    expect(words('bool', { present: 1 })).toBe('rare: seen once');
    expect(words('string', { present: 37, absent_for: 1000 })).toBe('not met in the newest sample');
  });

  it('says what only the validator knows, and what it does not allow', () => {
    expect(seenAs(null, [{ key: 'declared_types', value: ['int'] }], 0)).toBe('only declared');
    const declared = [{ key: 'declared_types', value: ['number'] }];
    expect(seenAs(sampleView({ types: types('int') }), declared, 0), 'a number').toBe('');
    expect(seenAs(sampleView({ types: types('string') }), declared, 0)).toBe('not declared: string');
  });

  it('shows no control characters of values', () => {
    expect(words('date', { least: 'a\nb', greatest: '\u202Ec' })).toBe('a↵b … \u{FFFD}c');
  });
});

describe('the details of a field', () => {
  const card = (sample: ObjectCard['sample']) => {
    const schema = new Schema();
    const id = schema.add(1, null, { kind: 'field', path: ['a'], types: ['string'] }, 'a', { sample });
    return schema.get(id)?.card as ObjectCard;
  };

  it('tell how often, how certain, and within which bounds', () => {
    const sample = sampleView({
      types: types('string 71, long 29'),
      present: 688,
      least: '1',
      greatest: '9',
    });
    const facts = new Map(sampleFacts(card(sample)).map(({ label, value }) => [label, value]));
    expect(facts.get('Present in')).toBe('68.8 %, 688 of 1,000');
    expect(facts.get('95 % interval')).toBe('66 – 72 %');
    expect(facts.get('Types by share')).toBe('string 71 %, long 29 %');
    expect([facts.get('Least'), facts.get('Greatest')]).toEqual(['1', '9']);
    expect(facts.get('Certainty')).toBe('a sample');
  });

  it('are none where nothing was looked at', () => {
    expect(sampleFacts(card(null))).toEqual([]);
    expect(sampleFacts(card(sampleView({ of: 0, present: 0 })))).toEqual([]);
  });
});

describe('where the numbers come from', () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime();
  const at = new Date(2026, 10, 22, 8, 56).getTime();
  const told = (facts: Parameters<typeof sampleView>[0], rows: number | null) =>
    sampleWords(sampleView({ at, ...facts }), { rows, bytes: null, index_bytes: null }, now);

  it('names size, draw and moment of a sample', () => {
    const words = told({ of: 1000 }, 2_400_000);
    expect(`${words?.size}${words?.drawn}`).toBe(
      'Sample of 1,000 of ~2.4 M documents, drawn at random by the server today at 08:56.',
    );
    expect(words?.trust).toContain('rarer than 1 in 333');
  });

  it('says when all was looked at, and promises no doubt then', () => {
    expect(told({ of: 12, whole: true }, 12)?.size).toBe('All 12 documents were looked at');
    expect(told({ of: 12, whole: true }, 12)?.trust).not.toContain('estimate');
  });

  it('says how many samples were put together', () => {
    expect(told({ of: 6000, samples: 6 }, null)?.size).toBe('6 samples put together, 6,000 documents');
  });

  it('tells days apart by the calendar', () => {
    expect(dayAndTime(new Date(2026, 10, 21, 23, 10).getTime(), now)).toBe('yesterday at 23:10');
    expect(dayAndTime(new Date(2026, 2, 3, 8, 56).getTime(), now)).toBe('on 3 March 2026 at 08:56');
  });
});

describe('JSON as it is shown', () => {
  it('is laid out without changing a value', () => {
    const text = '{"a":12345678901234567890,"b":[],"c":[1,{"d":null}],"e":{"f":["x","y"]},"g":{}}';
    const out = laidOut(text);
    expect(JSON.parse(out)).toEqual(JSON.parse(text));
    expect(out, 'large numbers keep their digits').toContain('12345678901234567890');
    expect(out).toContain('"f": ["x", "y"]');
    expect(out).toContain('"b": []');
    expect(laidOut('db.x.find({a:1})'), 'what is no JSON stays').toBe('db.x.find({a:1})');
  });

  it('is coloured by keys, strings, numbers and words, and loses nothing', () => {
    const text = '{"a" : ["b\\"c", -1.5e3, true]}';
    const tokens = jsonTokens(text);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    const of = (piece: string) => tokens.filter((token) => token.piece === piece).map((token) => token.text);
    expect([of('key'), of('string'), of('number'), of('word')]).toEqual([
      ['"a"'],
      ['"b\\"c"'],
      ['-1.5e3'],
      ['true'],
    ]);
  });
});

describe('facts of a collection', () => {
  const card = (form: Parameters<typeof collection>[0], attributes: ObjectCard['attributes']) => {
    const schema = new Schema();
    return schema.get(schema.add(1, null, collection(form), 'c', { attributes }))?.card as ObjectCard;
  };
  const words = (...of: Parameters<typeof card>) =>
    collectionPhrases(card(...of)).map((phrase) => phrase.map(({ text }) => text).join(''));

  it('tell form, spread and validator', () => {
    expect(words('capped', [{ key: 'capped_size', value: 5_000_000 }])).toEqual(['Capped at 5.0 MB']);
    expect(
      words('time_series', [
        { key: 'time_field', value: 'at' },
        { key: 'meta_field', value: 'driver' },
      ]),
    ).toEqual(['Time series by at of driver']);
    expect(words('ordinary', [{ key: 'shard_key', value: '{"orderId":"hashed"}' }])).toEqual([
      'Sharded by orderId, hashed',
    ]);
    expect(words('ordinary', [{ key: 'shard_key', value: '{"a":1,"b":-1}' }])).toEqual([
      'Sharded by a, b descending',
    ]);
    expect(words('ordinary', [{ key: 'validator', value: '{}' }]), 'the server assumes these').toEqual([
      'Validator strict, refuses',
    ]);
  });

  it('have no validator where there is none', () => {
    expect(validatorOf(card('ordinary', [{ key: 'validation_level', value: 'strict' }]))).toBeNull();
  });
});
