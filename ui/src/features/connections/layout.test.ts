import { expect, it } from 'vitest';
import { documents } from '../../test/fake/document-engine';
import { postgres, sqlite } from '../../test/fake/engines';
import { mainFields, moreFields, rowsOf, setSummary, summary } from './layout';

const keys = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => row.fields.map((field) => field.key));

it('a server form puts the port beside the host and pairs the rest', () => {
  expect(keys(rowsOf(mainFields(postgres.form)))).toEqual([
    ['host', 'port'],
    ['user', 'password'],
    ['database'],
  ]);
});

it('a file has a line of its own', () => {
  expect(rowsOf(mainFields(sqlite.form))).toMatchObject([{ shape: 'whole' }]);
  expect(keys(rowsOf(postgres.form.filter(({ group }) => group === 'tls')))).toEqual([['tls'], ['ca_file']]);
});

it('a closed section says what holds without anything being set', () => {
  const tls = postgres.form.filter((field) => field.group === 'tls');
  expect(summary(tls, () => '')).toBe('Automatic');
  const limits = postgres.form.filter((field) => field.group === 'limits');
  expect(summary(limits, () => '')).toBe('connect timeout 8 s, statement timeout 30 s');
  expect(summary(tls, (field) => (field.key === 'tls' ? 'disable' : ''))).toContain('Off');
});

it('several hosts stand beside their port, and a choice before them has its own line', () => {
  const rows = rowsOf(mainFields(documents.form));
  expect(keys(rows)).toEqual([['scheme'], ['host', 'port'], ['user', 'password'], ['database']]);
  expect(rows.map(({ shape }) => shape)).toEqual(['whole', 'wide-narrow', 'halves', 'halves']);
});

it('what only some servers want waits in a section that says what is set', () => {
  const more = moreFields(documents.form);
  expect(more.map(({ key }) => key)).toContain('replica_set');
  expect(moreFields(postgres.form), 'a short form has no such section').toEqual([]);
  expect(setSummary(more, () => '')).toBe('Automatic');
  const values: Record<string, string> = { replica_set: 'rs0', auth_mechanism: 'x509' };
  expect(setSummary(more, ({ key }) => values[key] ?? '')).toBe('authentication X.509, replica set rs0');
});
