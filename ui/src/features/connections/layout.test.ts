import { expect, it } from 'vitest';
import { postgres, sqlite } from '../../test/fake/engines';
import { rowsOf, summary } from './layout';

const keys = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => row.fields.map((field) => field.key));

it('a server form puts the port beside the host and pairs the rest', () => {
  expect(keys(rowsOf(postgres.form, 'main'))).toEqual([['host', 'port'], ['user', 'password'], ['database']]);
});

it('a file has a line of its own', () => {
  expect(rowsOf(sqlite.form, 'main')).toMatchObject([{ shape: 'whole' }]);
  expect(keys(rowsOf(postgres.form, 'tls'))).toEqual([['tls'], ['ca_file']]);
});

it('a closed section says what holds without anything being set', () => {
  const tls = postgres.form.filter((field) => field.group === 'tls');
  expect(summary(tls, () => '')).toBe('Automatic');
  const limits = postgres.form.filter((field) => field.group === 'limits');
  expect(summary(limits, () => '')).toBe('connect timeout 8, statement timeout 30');
  expect(summary(tls, (field) => (field.key === 'tls' ? 'disable' : ''))).toContain('Off');
});
