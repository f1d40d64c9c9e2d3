/** The rows of the tab Columns: what is shown, filtered and copied of a table's columns. */
import type { ColumnDetail, ObjectCard, Reference } from '../../lib/backend';
import { csv, markdown, sqlName } from './copy';
import { defaultText, referenceName } from './describe';

/** A column of a table, with what the table shows of it. */
export interface ColumnRow {
  readonly id: number;
  readonly card: ObjectCard;
  readonly detail: ColumnDetail;
  readonly defaultText: string;
  /** What it refers to, one for each foreign key that names it. */
  readonly references: readonly Reference[];
}

/** The columns of the table that one may hide. */
export const CHOOSABLE = [
  { key: 'ordinal', label: '#' },
  { key: 'roles', label: 'Keys' },
  { key: 'type', label: 'Type' },
  { key: 'null', label: 'Null' },
  { key: 'default', label: 'Default' },
  { key: 'references', label: 'References' },
  { key: 'collation', label: 'Collation' },
  { key: 'comment', label: 'Comment' },
] as const;

/** A column that one may hide. */
export type Choosable = (typeof CHOOSABLE)[number]['key'];

/** What is shown until somebody chooses otherwise. */
export const SHOWN: readonly Choosable[] = CHOOSABLE.map(({ key }) => key).filter(
  (key) => key !== 'collation',
);

/** The rows for these cards; what is no column is left out. */
export function columnRows(cards: readonly ObjectCard[]): ColumnRow[] {
  return cards.flatMap((card) => {
    const { detail } = card;
    if (detail.kind !== 'column') return [];
    const references = card.roles.flatMap((role) => role.references ?? []);
    return [{ id: card.id, card, detail, defaultText: defaultText(detail), references }];
  });
}

/** The rows that hold the text in their name, type, default, references or comment. */
export function filtered(rows: readonly ColumnRow[], text: string): readonly ColumnRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter((row) =>
    [
      row.card.name,
      row.detail.type_text,
      row.defaultText,
      row.card.comment ?? '',
      ...row.references.map(referenceName),
    ].some((words) => words.toLowerCase().includes(wanted)),
  );
}

/** The ways to copy columns. */
export const COPY_FORMS = [
  { label: 'Names', as: (rows: readonly ColumnRow[]) => rows.map(({ card }) => card.name).join('\n') },
  {
    label: 'Names for a query',
    as: (rows: readonly ColumnRow[]) => rows.map(({ card }) => sqlName(card.name)).join(', '),
  },
  { label: 'DDL list', as: ddl },
  { label: 'Markdown', as: (rows: readonly ColumnRow[]) => markdown(HEAD, rows.map(cells)) },
  { label: 'CSV', as: (rows: readonly ColumnRow[]) => csv(HEAD, rows.map(cells)) },
] as const;

const HEAD = ['#', 'Name', 'Type', 'Null', 'Default', 'References', 'Comment'];

function cells({ card, detail, defaultText, references }: ColumnRow): string[] {
  return [
    String(detail.ordinal),
    card.name,
    detail.type_text,
    detail.nullable ? 'null' : 'not null',
    defaultText,
    references.map(referenceName).join(', '),
    card.comment ?? '',
  ];
}

function ddl(rows: readonly ColumnRow[]): string {
  return rows.map((row) => columnDdl(row)).join(',\n');
}

function columnDdl({ card, detail, defaultText }: ColumnRow): string {
  const { generated } = detail;
  const value =
    generated?.how === 'stored' || generated?.how === 'virtual'
      ? `generated always as (${generated.expression}) ${generated.how}`
      : generated === null
        ? detail.default === null
          ? ''
          : `default ${detail.default}`
        : defaultText;
  return [
    sqlName(card.name),
    detail.type_text,
    detail.collation === null ? '' : `collate ${sqlName(detail.collation)}`,
    value,
    detail.nullable ? '' : 'not null',
  ]
    .filter(Boolean)
    .join(' ');
}
