/** Types of values in documents: which family they belong to, their shares, and their words. */
import type { TypeCount } from '../../../lib/backend';

/** What sort of value it is; each has a colour of its own. */
export type Family = 'string' | 'number' | 'date' | 'object' | 'null' | 'other';

/** A type with its share of the values. */
export interface TypeShare {
  readonly name: string;
  readonly family: Family;
  /** 0 to 1. */
  readonly share: number;
  /** How many types of the same family are more frequent. */
  readonly rank: number;
}

/** The families in the order of the legend. */
export const LEGEND: readonly { readonly family: Family; readonly label: string }[] = [
  { family: 'string', label: 'string' },
  { family: 'number', label: 'number' },
  { family: 'date', label: 'date' },
  { family: 'object', label: 'object, array' },
  { family: 'null', label: 'null' },
  { family: 'other', label: 'other' },
];

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['string', 'string'],
  ['symbol', 'string'],
  ['int', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['decimal', 'number'],
  ['number', 'number'],
  ['date', 'date'],
  ['timestamp', 'date'],
  ['object', 'object'],
  ['array', 'object'],
  ['null', 'null'],
  ['undefined', 'null'],
]);

/** The family of a type. */
export function familyOf(type: string): Family {
  return FAMILIES.get(type) ?? 'other';
}

/** The types with their shares, most frequent first. */
export function sharesOf(types: readonly TypeCount[]): TypeShare[] {
  const all = types.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return [];
  const seen = new Map<Family, number>();
  return types
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ name, count }) => {
      const family = familyOf(name);
      const rank = seen.get(family) ?? 0;
      seen.set(family, rank + 1);
      return { name, family, share: count / all, rank };
    });
}

/** `long`, or `string 71 %, long 29 %` where there are several. */
export function typeWords(shares: readonly TypeShare[]): string {
  const [only, second] = shares;
  if (only && !second) return only.name;
  return shares.map(({ name, share }) => `${name} ${wholePercent(share)}`).join(', ');
}

/** Whether a declared type lets such values pass; `number` stands for all of them, `boolean` is JSON's word. */
export function allows(declared: readonly string[], type: string): boolean {
  if (declared.includes(type)) return true;
  return familyOf(type) === 'number'
    ? declared.includes('number')
    : type === 'bool' && declared.includes('boolean');
}

/** A share without decimals that never says nothing or all where it is not. */
function wholePercent(share: number): string {
  const percent = share * 100;
  if (percent < 1) return '<1 %';
  if (percent > 99 && percent < 100) return '>99 %';
  return `${Math.round(percent)} %`;
}
