import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../test/fake/orders';
import { beginsIn, excerpt, marked, markedPath, type Part } from './marks';

const told = (parts: readonly Part[]) =>
  parts.map(({ text, found }) => (found ? `[${text}]` : text)).join('');
const toldPath = (path: string[], name: string, words: string[]) => {
  const shown = markedPath(path, name, words);
  return [...shown.path, shown.name].map(told).join('.');
};

describe('a name below others', () => {
  it('is marked before what holds it', () => {
    expect(toldPath(['crm', 'customers'], 'email', ['cust', 'ema'])).toBe('crm.[cust]omers.[ema]il');
    expect(toldPath(['customers'], 'customer_email', ['cust', 'ema'])).toBe('customers.[cust]omer_[ema]il');
    expect(toldPath(['shop', 'shop_items'], 'id', ['shop']), 'the nearest').toBe('shop.[shop]_items.id');
  });

  it('is marked where a word begins, if one does', () => {
    expect(told(marked('discount_count', ['count']))).toBe('discount_[count]');
    expect(told(marked('discount', ['count'])), 'else where it stands').toBe('dis[count]');
  });

  it('is marked once where words overlap', () => {
    expect(told(marked('customer', ['cust', 'stom']))).toBe('[custom]er');
  });
});

describe('the mark', () => {
  it('stands on the right letters where lower case is longer', () => {
    expect(told(marked('İİ_Kunde', ['kunde']))).toBe('İİ_[Kunde]');
  });

  it('takes a search for what it is: text', () => {
    expect(told(marked('a.*b<b>', ['.*', '<b>']))).toBe('a[.*]b[<b>]');
    expect(told(marked('anything', ['']))).toBe('anything');
  });

  it('leaves hostile names whole, with what cannot be seen made visible', () => {
    for (const name of HOSTILE) {
      const text = marked(name, ['line', 'png'])
        .map((part) => part.text)
        .join('');
      expect(text, 'no control characters and no turned text').not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
    }
  });

  it('cuts names that no row can show, between characters', () => {
    const shown = told(marked('👩'.repeat(5_000), []));
    expect(shown.length).toBeLessThan(400);
    expect(shown, 'no half of a character is left').toMatch(/^(👩)+…$/u);
  });
});

describe('a comment', () => {
  it('begins shortly before what was found', () => {
    const comment = 'Filled by the nightly import; the partner’s customer email or phone';
    expect(told(excerpt(comment, ['cust', 'email']))).toBe('…the partner’s [cust]omer [email] or phone');
  });

  it('is shown from its beginning where that is near', () => {
    expect(told(excerpt('customer email', ['email']))).toBe('customer [email]');
    expect(told(excerpt('no such word', ['email']))).toBe('no such word');
  });
});

it('a command is found by how its words begin', () => {
  expect(beginsIn('Sync what is selected', 'sel')).toBe(true);
  expect(beginsIn('Sync what is selected', 'hat')).toBe(false);
  expect(beginsIn('Open orders-prod', 'prod')).toBe(true);
});
