/** A connection in one sentence, for those who hear the list. */
import type { ConnectionCard, EngineDescriptor } from '../../lib/backend';
import { headlineCounts, stateOf } from '../../lib/facts';
import { count, millis, oneLine } from '../../lib/format';

/** Name, engine, environment, state and size. */
export function describe(card: ConnectionCard, engine: EngineDescriptor | undefined): string {
  const { draft } = card.connection;
  return [
    oneLine(draft.name),
    engine?.label ?? draft.target.engine,
    draft.environment,
    stateWords(card),
    ...headlineCounts(card, engine).map(({ value, noun }) => `${count(value)} ${noun}`),
  ].join(', ');
}

function stateWords(card: ConnectionCard): string {
  switch (stateOf(card)) {
    case 'inactive':
      return 'inactive';
    case 'unknown':
      return 'not tested';
    case 'failing':
      return `failing: ${card.reach?.error?.message ?? ''}`;
    case 'ok':
      return card.reach?.millis == null ? 'reachable' : `reachable in ${millis(card.reach.millis)}`;
  }
}
