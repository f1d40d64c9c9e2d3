/** The tabs of the search: what each asks for, and what it is called. */
import type { ObjectKind, SearchResults } from '../../lib/backend';
import type { PaletteTab } from '../../lib/state/palette.svelte';

/** What holds rows or documents. */
export const TABLE_KINDS: readonly ObjectKind[] = [
  'table',
  'view',
  'materialized_view',
  'foreign_table',
  'collection',
];

/** The kinds that a tab asks for; empty for all. */
export const TAB_KINDS: Readonly<Record<PaletteTab, readonly ObjectKind[]>> = {
  everything: [],
  columns: ['column'],
  tables: TABLE_KINDS,
  fields: ['field'],
  comments: [],
  commands: [],
};

/** The tabs in their order. */
export const TABS: readonly { readonly value: PaletteTab; readonly label: string }[] = [
  { value: 'everything', label: 'Everything' },
  { value: 'columns', label: 'Columns' },
  { value: 'tables', label: 'Tables' },
  { value: 'fields', label: 'Fields' },
  { value: 'comments', label: 'Comments' },
  { value: 'commands', label: 'Commands' },
];

/** How many hits a tab asks for: few where each kind is cut, as many as there may be in a tab of its own. */
export function limitOf(tab: PaletteTab): number {
  return tab === 'everything' ? 60 : 300;
}

/** What a tab holds, where that is known. */
export function countIn(tab: PaletteTab, results: SearchResults): number | undefined {
  if (tab === 'everything') return results.total;
  if (tab === 'comments') {
    // Comments come last: whether all of them are here is known only where nothing was cut off.
    return results.total === results.hits.length
      ? results.hits.filter(({ fit }) => fit === 'comment').length
      : undefined;
  }
  return TAB_KINDS[tab].reduce((sum, kind) => sum + (results.counts[kind] ?? 0), 0);
}
