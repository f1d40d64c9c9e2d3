/** What samples say, in words: shares, intervals, what values look like, where the numbers come from. */
import type { Attribute, SampleView, Statistics } from '../../../lib/backend';
import { count, counted, oneLine, roughly } from '../../../lib/format';
import { calendar, clock } from '../../../lib/moments';
import { allows, familyOf } from './types';

const DAY = 86_400_000;

/** A share as `94.1 %`; nothing but all is 100, and nothing but none is 0. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return `${value} %`;
  if (value < 0.05) return '<0.1 %';
  if (value > 99.95) return '>99.9 %';
  return `${value.toFixed(1)} %`;
}

/** A share with its bounds, each 0 to 1. */
export interface Presence {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The share that holds a field; null where nothing was looked at that could. */
export function presenceOf(sample: SampleView | null): Presence | null {
  if (!sample || sample.facts.of === 0) return null;
  const { share, low, high } = sample.presence;
  // Only a number that is none would be missing, and there is none of these among shares.
  return { share: share ?? 0, low: low ?? 0, high: high ?? 1 };
}

/** The interval of a share as `92 – 95`, as exact as it is narrow; null where everything was counted. */
export function interval(sample: SampleView | null): string | null {
  const presence = presenceOf(sample);
  if (!presence || sample?.facts.whole) return null;
  const [low, high] = [presence.low * 100, presence.high * 100];
  const digits = high - low < 0.25 ? 2 : high - low < 2.5 ? 1 : 0;
  const bound = (value: number) => (value === 0 || value === 100 ? String(value) : value.toFixed(digits));
  return `${bound(low)} – ${bound(high)}`;
}

/** Whether nothing but the validator knows of a field. */
export function onlyDeclared(sample: SampleView | null): boolean {
  return sample === null || (sample.facts.present === 0 && sample.facts.types.length === 0);
}

/** The types that a validator declares for a field. */
export function declaredTypes(attributes: readonly Attribute[]): readonly string[] {
  const value = attributes.find(({ key }) => key === 'declared_types')?.value;
  if (typeof value === 'string') return value.split(/\s*,\s*/).filter(Boolean);
  return Array.isArray(value) ? value.filter((type) => typeof type === 'string') : [];
}

/** What a field's values look like, what matters most first. `inside` counts the fields within it. */
export function seenAs(sample: SampleView | null, attributes: readonly Attribute[], inside: number): string {
  if (sample === null || onlyDeclared(sample)) return 'only declared';
  const { facts, remarks } = sample;
  const real = facts.types.filter(({ name }) => familyOf(name) !== 'null');
  const declared = declaredTypes(attributes);
  const foreign = facts.types.filter(({ name }) => declared.length > 0 && !allows(declared, name));
  const words = [
    remarks.includes('not_met') ? 'not met in the newest sample' : '',
    foreign.length > 0 ? `not declared: ${foreign.map(({ name }) => name).join(', ')}` : '',
    remarks.includes('mixed') ? `mixed: ${real.length} types` : '',
    remarks.includes('rare') ? `rare: seen ${times(facts.present)}` : '',
    remarks.includes('mixed') ? '' : shape(sample, real[0]?.name ?? '', inside),
  ];
  return words.filter(Boolean).join(', ');
}

function shape({ facts }: SampleView, type: string, inside: number): string {
  const { shortest, longest, least, greatest } = facts;
  const bounds = least !== null && greatest !== null ? range(oneLine(least), oneLine(greatest), ' … ') : '';
  if (type === 'array') return lengths(shortest, longest, 'item');
  if (type === 'object') return inside > 0 ? counted(inside, 'field') : '';
  if (familyOf(type) === 'string') return bounds || lengths(shortest, longest, 'character');
  return bounds;
}

function lengths(shortest: number | null, longest: number | null, noun: string): string {
  if (shortest === null || longest === null) return '';
  return `${range(count(shortest), count(longest), ' to ')} ${longest === 1 ? noun : `${noun}s`}`;
}

function range(least: string, greatest: string, between: string): string {
  return least === greatest ? least : `${least}${between}${greatest}`;
}

function times(value: number): string {
  return value === 1 ? 'once' : `${count(value)} times`;
}

/** A moment as `today at 08:56`, `yesterday at 23:10` or `on 3 March 2026 at 08:56`. */
export function dayAndTime(at: number, now: number): string {
  const time = `at ${clock(at)}`;
  const day = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  if (day(at) === day(now)) return `today ${time}`;
  if (day(at) === day(day(now) - DAY / 2)) return `yesterday ${time}`;
  return `on ${calendar(at)} ${time}`;
}

/** How the numbers on a page of fields came about. */
export interface SampleWords {
  /** How many documents of how many. */
  readonly size: string;
  /** How and when they were drawn. */
  readonly drawn: string;
  /** How far the shares can be trusted. */
  readonly trust: string;
}

/** What to say of a collection's sample; null where no document was looked at. */
export function sampleWords(
  sample: SampleView | null,
  { rows }: Statistics,
  now: number,
): SampleWords | null {
  if (!sample || sample.facts.of === 0) return null;
  const { of, whole, at, samples } = sample.facts;
  const when = dayAndTime(at, now);
  if (whole) {
    return {
      size: of === 1 ? 'The one document was looked at' : `All ${count(of)} documents were looked at`,
      drawn: `, ${when}.`,
      trust:
        'Presence is exact as of then. Fields within others count the objects and elements that could hold them.',
    };
  }
  const known = rows !== null && rows >= of ? ` of ${roughly(rows)}` : '';
  const rarest = Math.floor(of / 3);
  const trust = [
    'Presence is an estimate; the bracket holds the true share 95 times in 100.',
    rarest > 1 ? `Fields rarer than 1 in ${count(rarest)} may not show.` : '',
  ];
  return {
    size:
      samples > 1
        ? `${count(samples)} samples put together, ${count(of)}${known} documents`
        : `Sample of ${count(of)}${known} documents`,
    drawn:
      samples > 1
        ? `, drawn at random by the server, the newest ${when}.`
        : `, drawn at random by the server ${when}.`,
    trust: trust.filter(Boolean).join(' '),
  };
}

/** Why a page lists no fields. */
export function emptyWords(sample: SampleView | null): string {
  if (sample === null) {
    return 'No fields are known: no documents were looked at, and no validator declares any.';
  }
  return sample.facts.of === 0
    ? 'There are no documents here yet, so no fields are known.'
    : 'The documents that were looked at have no fields, or none that could be read.';
}
