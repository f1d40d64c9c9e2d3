/** What the last sync could not see, as the tree needs it: by the key of the object that it would stand below. */
import type { ObjectKind, Warning } from '../../lib/backend';
import { EVERY, NOTHING_HIDDEN, pathKey, type HiddenBelow } from '../../lib/tree';

// Warnings that say the same give the same value: the tree compares it.
const known = new Map<number, { readonly said: string; readonly hidden: HiddenBelow }>();

/** The kinds of which nothing could be seen, below each object of a connection: paths that end in every object of a kind. */
export function hiddenBelow(connection: number, warnings: readonly Warning[] | undefined): HiddenBelow {
  const whole = (warnings ?? []).filter(({ object }) => object.at(-1)?.name === EVERY);
  if (whole.length === 0) return NOTHING_HIDDEN;
  const said = JSON.stringify(whole);
  const kept = known.get(connection);
  if (kept?.said === said) return kept.hidden;
  const found = new Map<string, Map<ObjectKind, string>>();
  for (const { object, reason } of whole) {
    const last = object.at(-1);
    if (!last) continue;
    const owner = pathKey(connection, object.slice(0, -1));
    const kinds = found.get(owner) ?? new Map<ObjectKind, string>();
    found.set(owner, kinds);
    if (!kinds.has(last.kind)) kinds.set(last.kind, reason);
  }
  known.set(connection, { said, hidden: found });
  return found;
}
