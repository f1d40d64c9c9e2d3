/** Which of a page's warnings concern which of its tabs. */
import type { ObjectKind, ObjectPage, Tab, Warning } from '../../lib/backend';
import { EVERY } from '../../lib/tree';
import { kindsOfTab } from './kinds';

/** The warnings for a tab: those about the object itself are for all of them, others for the tab that lists what they speak of. */
export function lacksOf(page: ObjectPage, tab: Tab, tabs: readonly Tab[]): Warning[] {
  if (tab === 'details') return page.warnings;
  const depth = page.path.length;
  return page.warnings.filter(({ object }) => {
    const below = object[depth]?.kind;
    if (below === undefined) return true;
    const own = tabs.find((other) => kindsOfTab(other).includes(below));
    return own === undefined ? tab === 'contents' || tab === firstOf(tabs) : own === tab;
  });
}

/** The kinds of children of which nothing could be seen at all. */
export function hiddenKinds(page: ObjectPage): ObjectKind[] {
  const depth = page.path.length;
  return page.warnings.flatMap(({ object }) => {
    const step = object[depth];
    return step && step.name === EVERY && object.length === depth + 1 ? [step.kind] : [];
  });
}

function firstOf(tabs: readonly Tab[]): Tab | undefined {
  return tabs.includes('contents') ? 'contents' : tabs[0];
}
