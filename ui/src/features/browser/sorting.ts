/** Sorting rows of a table as people expect: numbers by value, names without case and with their digits as numbers. */

/** A column and a direction. */
export interface Sorting {
  readonly key: string;
  readonly descending: boolean;
}

// Made when people first sort: it loads what it knows of all languages.
let collator: Intl.Collator | null = null;

/** The rows in another order; equal ones keep theirs, empty values come last either way. */
export function sorted<T>(
  rows: readonly T[],
  by: (row: T) => string | number | null,
  descending: boolean,
): readonly T[] {
  const keyed = rows.map((row) => ({ row, value: by(row) }));
  keyed.sort((a, b) => {
    if (isEmpty(a.value) || isEmpty(b.value)) return Number(isEmpty(a.value)) - Number(isEmpty(b.value));
    const order =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : names().compare(String(a.value), String(b.value));
    return descending ? -order : order;
  });
  return keyed.map(({ row }) => row);
}

function names(): Intl.Collator {
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return collator;
}

function isEmpty(value: string | number | null): boolean {
  return value === null || value === '';
}
