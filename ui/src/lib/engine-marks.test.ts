import { expect, it } from 'vitest';
import { documents } from '../test/fake/document-engine';
import { mysql, postgres, sqlite } from '../test/fake/engines';
import { engineMark } from './engine-marks';

it.each([postgres, mysql, sqlite, documents])('$label has a mark with a colour of its own', ({ id }) => {
  const mark = engineMark(id);
  expect(mark?.paths.length, 'something is drawn').toBeGreaterThan(0);
  expect(mark?.tone).toMatch(/^e-/);
});

it('a product that an engine also speaks to has its own, whatever its version', () => {
  const product = engineMark(mysql.id, 'MariaDB 10.11.6');
  expect(product?.tone).not.toBe(engineMark(mysql.id)?.tone);
  expect(engineMark(mysql.id, 'MySQL 8.4.3'), 'the engine itself').toBe(engineMark(mysql.id));
  expect(engineMark(mysql.id, '../x'), 'any other words').toBe(engineMark(mysql.id));
  expect(engineMark('unknown', null)).toBeUndefined();
});
