/** Which columns of the tab Columns are shown; kept for the next start. */
import { remember, remembered } from '../../lib/state/preferences';
import { CHOOSABLE, SHOWN, type Choosable } from './columns';

const STATES = ['shown', 'hidden'] as const;

let shown = $state.raw<readonly Choosable[]>(
  CHOOSABLE.map(({ key }) => key).filter(
    (key) => remembered(preference(key), STATES, SHOWN.includes(key) ? 'shown' : 'hidden') === 'shown',
  ),
);

/** The columns that are shown, besides the name. */
export function shownColumns(): readonly Choosable[] {
  return shown;
}

/** Chooses the columns to show. */
export function chooseShown(next: readonly Choosable[]): void {
  shown = next;
  for (const { key } of CHOOSABLE) remember(preference(key), next.includes(key) ? 'shown' : 'hidden');
}

function preference(key: Choosable): string {
  return `browser.columns.${key}`;
}
