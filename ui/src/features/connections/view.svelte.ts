/** How the list of connections was left: filter, order, view, selection. It lives as long as the window. */
import { remember, remembered } from '../../lib/state/preferences';
import { EVERYTHING, SORTS, type Filter, type Sort } from './list';

type View = 'grid' | 'table';

const SORT_VALUES = SORTS.map((sort) => sort.value);

let filter = $state<Filter>({ ...EVERYTHING });
let sort = $state<Sort>(remembered('connections.sort', SORT_VALUES, 'favourites'));
let view = $state<View>(remembered('connections.view', ['grid', 'table'] as const, 'grid'));
let selected = $state.raw<ReadonlySet<number>>(new Set());
let anchor: number | null = null;

/** How the list looks; order and view are remembered between starts. */
export const listView = {
  get filter(): Filter {
    return filter;
  },
  set filter(next: Filter) {
    filter = next;
  },
  get sort(): Sort {
    return sort;
  },
  set sort(next: Sort) {
    sort = next;
    remember('connections.sort', next);
  },
  get view(): View {
    return view;
  },
  set view(next: View) {
    view = next;
    remember('connections.view', next);
  },
  get selected(): ReadonlySet<number> {
    return selected;
  },
};

/** Takes every filter away. */
export function clearFilter(): void {
  filter = { ...EVERYTHING };
}

/** Selects nothing. */
export function clearSelection(): void {
  selected = new Set();
  anchor = null;
}

/** Selects these and nothing else. */
export function selectOnly(ids: readonly number[]): void {
  selected = new Set(ids);
  anchor = ids.at(-1) ?? null;
}

/** Selects a connection or takes it out. */
export function toggleSelected(id: number): void {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  selected = next;
  anchor = id;
}

/** Selects everything between the last one that was toggled and this one, in the order shown. */
export function selectTo(id: number, order: readonly number[]): void {
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) {
    toggleSelected(id);
    return;
  }
  selected = new Set([...selected, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}
