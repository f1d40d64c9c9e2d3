/** Relationships in words: for lists, screen readers and the clipboard. */
import type { ForeignKeyLink, ObjectLink } from '../../../lib/backend';
import { counted } from '../../../lib/format';
import { actionWords } from '../facts';

/** A table or other object with its schema where it has one. */
export function linkName({ schema, name }: Pick<ObjectLink, 'schema' | 'name'>): string {
  return schema === null ? name : `${schema}.${name}`;
}

/** Columns of a key: bare for one, in parentheses for several. */
export function columnWords(columns: readonly string[]): string {
  return columns.length === 1 ? (columns[0] ?? '') : columns.length === 0 ? '' : `(${columns.join(', ')})`;
}

/** The other side of a foreign key: `crm.customers.id`, `crm.regions (country, code)`. */
export function otherSide({ table, their_columns }: ForeignKeyLink): string {
  const name = linkName(table);
  const columns = columnWords(their_columns);
  if (columns === '') return name;
  return their_columns.length === 1 ? `${name}.${columns}` : `${name} ${columns}`;
}

/** What stands above the diagram: how many links go each way. */
export function summaryWords(references: readonly ForeignKeyLink[], by: readonly ForeignKeyLink[]): string {
  const tables = (links: readonly ForeignKeyLink[]) =>
    new Set(links.map(({ table }) => table.object ?? linkName(table))).size;
  return [
    references.length > 0
      ? `${counted(references.length, 'reference')} to ${counted(tables(references), 'table')}`
      : 'references nothing',
    by.length > 0
      ? `${counted(by.length, 'reference')} from ${counted(tables(by), 'table')}`
      : 'referenced by nothing',
  ].join(', ');
}

/** The head of a table of foreign keys on the clipboard. */
export const LINK_HEAD = ['Direction', 'Name', 'Columns', 'Other side', 'On update', 'On delete'];

/** Foreign keys as cells, for the clipboard. */
export function linkCells(direction: string, links: readonly ForeignKeyLink[]): string[][] {
  return links.map((link) => [
    direction,
    link.name,
    link.columns.join(', '),
    otherSide(link),
    actionWords(link.on_update),
    actionWords(link.on_delete),
  ]);
}
