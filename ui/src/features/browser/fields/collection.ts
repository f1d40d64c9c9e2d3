/** What is told of a collection beside its fields: its form, its validator, how it is spread. */
import type { Attribute, ObjectCard } from '../../../lib/backend';
import { bytes, count, duration, oneLine, roughly } from '../../../lib/format';

/** Words of the header, of which the strong ones are the facts. */
export type Phrase = readonly { readonly text: string; readonly strong?: true }[];

/** The validator of a collection. */
export interface Validator {
  /** What documents must be like; absent where the collection only has a level or an action. */
  readonly text: string;
  readonly level: string | null;
  readonly action: string | null;
}

const ACTIONS: Readonly<Record<string, string>> = {
  error: 'refuses',
  warn: 'warns',
  errorAndLog: 'refuses and logs',
};

const LEVEL_MEANS: Readonly<Record<string, string>> = {
  strict: 'Every document that is written is checked.',
  moderate: 'New documents are checked, and changes to those that already passed.',
  off: 'Nothing is checked.',
};

const ACTION_MEANS: Readonly<Record<string, string>> = {
  error: 'Documents that do not pass are refused.',
  warn: 'Documents that do not pass are written all the same, and the server logs a warning.',
  errorAndLog: 'Documents that do not pass are refused, and the server logs it.',
};

/** The validator that a collection has, if any. */
export function validatorOf({ attributes }: ObjectCard): Validator | null {
  const text = textOf(attributes, 'validator');
  if (text === null) return null;
  return {
    text,
    level: textOf(attributes, 'validation_level'),
    action: textOf(attributes, 'validation_action'),
  };
}

/** What a level means, where it is known. */
export function levelMeans(level: string): string {
  return LEVEL_MEANS[level] ?? '';
}

/** What an action means, where it is known. */
export function actionMeans(action: string): string {
  return ACTION_MEANS[action] ?? '';
}

/** How many documents there are, as the server estimates. */
export function documentsPhrase({ statistics: { rows } }: ObjectCard): Phrase | null {
  if (rows === null) return null;
  return [
    { text: roughly(rows), strong: true },
    { text: rows === 1 ? ' document, estimated' : ' documents, estimated' },
  ];
}

/** What it takes on disk. */
export function storedPhrase({ statistics: { rows, bytes: own } }: ObjectCard): Phrase | null {
  if (own === null) return null;
  return [
    { text: bytes(own), strong: true },
    { text: ' stored' },
    // Less than a byte each is a size that the server has not counted yet.
    ...(rows && own >= rows
      ? ([{ text: ', ' }, { text: bytes(own / rows), strong: true }, { text: ' a document' }] as const)
      : []),
  ];
}

/** Form, spread and validator. */
export function collectionPhrases(card: ObjectCard): Phrase[] {
  const phrases = [formPhrase(card), spreadPhrase(card.attributes), validatorPhrase(card)];
  return phrases.filter((phrase) => phrase !== null);
}

function formPhrase({ detail, attributes }: ObjectCard): Phrase | null {
  if (detail.kind !== 'collection') return null;
  const strong = (text: string | null): Phrase => (text === null ? [] : [{ text, strong: true }]);
  switch (detail.form) {
    case 'capped': {
      const size = numberOf(attributes, 'capped_size');
      const most = numberOf(attributes, 'capped_max');
      return [
        { text: 'Capped' },
        ...(size === null ? [] : [{ text: ' at ' }, ...strong(bytes(size))]),
        ...(most === null
          ? []
          : [{ text: size === null ? ' at ' : ' or ' }, ...strong(count(most)), { text: ' documents' }]),
      ];
    }
    case 'time_series': {
      const time = textOf(attributes, 'time_field');
      const meta = textOf(attributes, 'meta_field');
      const ends = numberOf(attributes, 'expire_after');
      return [
        { text: 'Time series' },
        ...(time === null ? [] : [{ text: ' by ' }, ...strong(time)]),
        ...(meta === null ? [] : [{ text: ' of ' }, ...strong(meta)]),
        ...(ends === null ? [] : [{ text: ', kept ' }, ...strong(duration(ends * 1000))]),
      ];
    }
    case 'clustered': {
      const key = keyWords(textOf(attributes, 'clustered_by'));
      return [{ text: 'Clustered' }, ...(key === null ? [] : [{ text: ' by ' }, ...strong(key)])];
    }
    default:
      return null;
  }
}

function spreadPhrase(attributes: readonly Attribute[]): Phrase | null {
  const key = keyWords(textOf(attributes, 'shard_key'));
  if (key === null) return null;
  const [name = key, ...how] = key.split(', ');
  const rest = how.length === 1 && key.endsWith(', hashed') ? ', hashed' : '';
  return [{ text: 'Sharded by ' }, { text: rest ? name : key, strong: true }, { text: rest }];
}

function validatorPhrase(card: ObjectCard): Phrase | null {
  const validator = validatorOf(card);
  if (!validator) return null;
  const { level, action } = validator;
  return [
    { text: 'Validator ' },
    { text: level ?? 'strict', strong: true },
    ...(level === 'off' ? [] : [{ text: `, ${ACTIONS[action ?? 'error'] ?? action}` }]),
  ];
}

/** A key such as `{"orderId": "hashed"}` in words: `orderId, hashed`. */
function keyWords(text: string | null): string | null {
  if (text === null) return null;
  try {
    const key: unknown = JSON.parse(text);
    if (typeof key !== 'object' || key === null) return oneLine(text);
    return Object.entries(key)
      .flatMap(([name, how]) =>
        typeof how === 'string' ? [name, how] : how === -1 ? [`${name} descending`] : [name],
      )
      .map(oneLine)
      .join(', ');
  } catch {
    return oneLine(text);
  }
}

function textOf(attributes: readonly Attribute[], key: string): string | null {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(attributes: readonly Attribute[], key: string): number | null {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return typeof value === 'number' ? value : null;
}
