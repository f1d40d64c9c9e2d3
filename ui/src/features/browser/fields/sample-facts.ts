/** What a sample says of a field or a collection as labelled words, for the tab Details. */
import type { ObjectCard } from '../../../lib/backend';
import { count, counted } from '../../../lib/format';
import { exact } from '../../../lib/moments';
import type { Fact } from '../facts';
import { sharesOf, typeWords } from './types';
import { heldWords } from './columns';
import { interval, percent, presenceOf } from './words';

/** The facts of the sample; none where there is no sample. */
export function sampleFacts({ kind, sample }: ObjectCard): Fact[] {
  const presence = presenceOf(sample);
  if (!sample || !presence) return [];
  const { facts } = sample;
  const between = interval(sample);
  const length = facts.shortest === null || facts.longest === null ? null : [facts.shortest, facts.longest];
  const own: (Fact | null)[] =
    kind === 'field'
      ? [
          { label: 'Present in', value: `${percent(presence.share)}, ${heldWords(sample)}`, help: HOLDERS },
          between === null ? null : { label: '95 % interval', value: `${between} %` },
          { label: 'Types by share', value: typeWords(sharesOf(facts.types)) },
          facts.least === null ? null : { label: 'Least', value: facts.least, mono: true },
          facts.greatest === null ? null : { label: 'Greatest', value: facts.greatest, mono: true },
          length && { label: 'Length', value: length.map(count).join(' to ') },
          facts.absent_for === 0 ? null : { label: 'Not met in the newest', value: count(facts.absent_for) },
        ]
      : [{ label: 'Looked at', value: counted(facts.of, 'document') }];
  return [
    ...own.filter((fact) => fact !== null),
    { label: 'Certainty', value: facts.whole ? 'all were looked at' : 'a sample' },
    { label: 'Samples', value: count(facts.samples) },
    { label: 'Newest sample', value: exact(facts.at) },
  ];
}

const HOLDERS = 'Of the documents, objects or array elements that could hold it.';
