import { describe, expect, it } from 'vitest';
import { ago, bytes, counted, elapsed, millis, oneLine } from './format';

describe('numbers and times', () => {
  it.each([
    [0.02, '<0.1 ms'],
    [0.4, '0.4 ms'],
    [9, '9 ms'],
    [12.4, '12 ms'],
    [1840, '1.8 s'],
  ])('%d ms reads %s', (value, words) => {
    expect(millis(value)).toBe(words);
  });

  it.each([
    [999, '999 B'],
    [38_400_000, '38.4 MB'],
    [1_900_000_000, '1.9 GB'],
  ])('%d bytes read %s', (value, words) => {
    expect(bytes(value)).toBe(words);
  });

  it('groups thousands and gives the noun its number', () => {
    expect(counted(1, 'table')).toBe('1 table');
    expect(counted(4538, 'table')).toBe('4,538 tables');
  });

  it('says how long ago in the largest unit, and never in the future', () => {
    const now = 1_000_000_000_000;
    expect(ago(now - 20_000, now)).toBe('20 s ago');
    expect(ago(now - 14 * 60_000, now)).toBe('14 min ago');
    expect(ago(now - 3 * 86_400_000, now, true)).toBe('3 d');
    expect(ago(now + 60_000, now), 'a clock that was set back').toBe('just now');
  });

  it('counts a running time in minutes and, if need be, hours', () => {
    expect(elapsed(3_200)).toBe('0:03');
    expect(elapsed(3_723_000)).toBe('1:02:03');
  });
});

describe('hostile names', () => {
  it('stay on their line and keep their direction', () => {
    expect(oneLine('two\nlines')).toBe('two↵lines');
    expect(oneLine('abc\u202Edef')).not.toContain('\u202E');
    expect(oneLine('nul\0byte')).not.toContain('\0');
  });

  it('keep letters of every script and emoji', () => {
    expect(oneLine('заказы 注文 طلبات 🧾')).toBe('заказы 注文 طلبات 🧾');
  });
});
