/** The columns of the tab Fields: widths, sorting, and what a row says to those who hear it. */
import type { SampleView } from '../../../lib/backend';
import { count } from '../../../lib/format';
import { typeWords, sharesOf } from './types';
import type { FieldNode } from './fields';
import { declaredTypes, interval, percent, presenceOf, seenAs } from './words';

/** A column. */
export interface FieldColumn {
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  /** A track of a CSS grid; the first is as wide as its names. */
  readonly width: string;
  readonly by?: (node: FieldNode) => string | number | null;
  readonly numeric?: boolean;
}

/** All columns, in order. */
export const COLUMNS: readonly FieldColumn[] = [
  { key: 'field', label: 'Field', width: '', by: ({ label }) => label },
  {
    key: 'types',
    label: 'Types by share',
    width: 'minmax(168px, 248px)',
    by: (node) => typesOf(node),
  },
  {
    key: 'presence',
    label: 'Presence',
    width: '156px',
    help: 'The share of what could hold the field: documents, the objects inside them, or elements of an array.',
    by: (node) => presenceOf(node.card.sample)?.share ?? null,
  },
  { key: 'sample', label: 'In sample', width: '68px', numeric: true },
  {
    key: 'interval',
    label: '95 % interval',
    width: '96px',
    help: 'The true share lies within it for 95 of 100 samples.',
  },
  { key: 'seen', label: 'Seen as', width: 'minmax(112px, 1fr)' },
];

const STEP = 20;
/** Deeper levels move on by less and then no more, so that sixty of them leave room for names. */
const WIDE_LEVELS = 4;
const NARROW_LEVELS = 8;
const NARROW_STEP = 3;

/** How far a row is moved in, in pixels. */
export function indentOf(depth: number): number {
  const narrow = Math.min(NARROW_LEVELS, Math.max(0, depth - WIDE_LEVELS));
  return Math.min(depth, WIDE_LEVELS) * STEP + narrow * NARROW_STEP;
}

/** Whether the way in does not show how deep a row stands, so that a number has to. */
export function needsLevel(depth: number): boolean {
  return depth > WIDE_LEVELS;
}

/** The types that were seen, or else those that are declared. */
export function typesOf({ card }: FieldNode): string {
  const seen = typeWords(sharesOf(card.sample?.facts.types ?? []));
  return seen || declaredTypes(card.attributes).join(', ');
}

/** How many held it, for the tooltip of its share. */
export function heldWords({ facts }: SampleView): string {
  return `${count(facts.present)} of ${count(facts.of)}`;
}

/** A row in words. */
export function spokenField(node: FieldNode): string {
  const { sample, attributes } = node.card;
  const between = interval(sample);
  const presence = presenceOf(sample);
  return [
    node.label || 'a field without a name',
    typesOf(node),
    presence ? `in ${percent(presence.share)}` : '',
    between ? `between ${between}` : '',
    seenAs(sample, attributes, node.inside),
  ]
    .filter(Boolean)
    .join(', ');
}
