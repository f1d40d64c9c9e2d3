/** The outlines of icons: one path for each, whatever it is drawn from. */
import { describe, expect, it } from 'vitest';
import { chevron, outlineOf, pathOf } from './outline';
import ChartScatter from '@lucide/svelte/icons/chart-scatter';
import Database from '@lucide/svelte/icons/database';
import KeyRound from '@lucide/svelte/icons/key-round';
import Server from '@lucide/svelte/icons/server';
import Table from '@lucide/svelte/icons/table-2';

const shape = (name: string, attributes: Record<string, number | string>) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
};

describe('an outline', () => {
  it.each([
    [shape('path', { d: 'M1 2h3' }), 'M1 2h3'],
    [shape('path', { d: 'm3 17 2 2 4-4' }), 'M0 0m3 17 2 2 4-4'],
    [shape('line', { x1: 1, y1: 2, x2: 3, y2: 4 }), 'M1 2L3 4'],
    [shape('circle', { cx: 12, cy: 12, r: 10 }), 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z'],
    [shape('ellipse', { cx: 12, cy: 5, rx: 9, ry: 3 }), 'M3 5a9 3 0 1 0 18 0a9 3 0 1 0 -18 0z'],
    [shape('polyline', { points: '1 2 3 4' }), 'M1 2 3 4'],
    [
      shape('rect', { x: 3, y: 3, width: 18, height: 18, rx: 2 }),
      'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2z',
    ],
  ])('of %s is a path', (element, path) => expect(pathOf(element)).toBe(path));

  it.each([
    ['database', Database],
    ['table', Table],
    ['key', KeyRound],
    ['server', Server],
    ['chart', ChartScatter],
  ])('of a %s has all that its icon has', (_, icon) => {
    const outline = outlineOf(icon);
    expect(outline).toMatch(/^M/);
    expect(outline, 'nothing that is no number').not.toContain('NaN');
    expect(outlineOf(icon), 'made once').toBe(outline);
  });

  it('of a chevron says whether a row is open', () => expect(chevron(true)).not.toBe(chevron(false)));
});
