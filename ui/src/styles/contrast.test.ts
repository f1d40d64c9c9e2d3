import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Every token with its colours on light and dark, from the one file that names colours. */
const css = readFileSync(resolve(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

const SURFACES = ['frame', 'page', 'raised', 'hover', 'pop', 'field'];
const WORDS = ['ink', 'ink-2', 'ink-3', 'accent', 'prod', 'stag', 'dev', 'loc', 'ok', 'warn', 'fail'];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const colour = (name: string) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`There is no token ${name}.`);
    return token[theme];
  };

  it.each(SURFACES.flatMap((surface) => WORDS.map((word) => [word, surface] as const)))(
    '%s is readable on %s',
    (word, surface) => {
      expect(ratio(colour(word), colour(surface)), 'WCAG AA for text').toBeGreaterThanOrEqual(4.5);
    },
  );

  it('text on a selected row, a match and the production bar is readable', () => {
    for (const [word, surface] of [
      ['ink', 'sel'],
      ['ink-2', 'sel'],
      ['ink', 'mark'],
      ['ink-2', 'prod-bar'],
      ['prod', 'prod-bar'],
      ['page', 'ink'],
    ] as const) {
      expect(ratio(colour(word), colour(surface)), `${word} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('shares of types stand out, and words in their colours are readable', () => {
    for (const type of ['string', 'number', 'date', 'object', 'other']) {
      expect(ratio(colour(`type-${type}`), colour('page')), `${type} on page`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('outlines of inputs and marks stand out', () => {
    for (const fill of ['ctl', 'prod-fill', 'stag-fill', 'dev-fill', 'loc-fill']) {
      expect(ratio(colour(fill), colour('page')), `${fill} on page`).toBeGreaterThanOrEqual(3);
    }
  });
});

function ratio(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
