/** The facts of an object as labelled words: those of its header, and all of them for the tab Details. */
import type {
  Attribute,
  Deferral,
  Detail,
  EngineDescriptor,
  MatchType,
  ObjectCard,
  ObjectName,
  ReferentialAction,
  Statistics,
} from '../../lib/backend';
import { bytes, count } from '../../lib/format';
import { kindOf } from '../../lib/tree';
import { defaultText, formWords, indexParts, relationName } from './describe';

/** A labelled value. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What it means; may be empty. */
  readonly help?: string;
  /** The server's own spelling. */
  readonly mono?: boolean;
  /** Several texts, each for itself. */
  readonly list?: readonly string[];
  /** Other objects that can be opened. */
  readonly objects?: readonly ObjectName[];
}

/** Who may do what. */
export interface Grant {
  readonly grantee: string;
  readonly privileges: string;
}

/** The attribute under which every engine tells who may do what. */
const PRIVILEGES = 'privileges';
const GRANTABLE = ' with grant option';

const ACTIONS: Readonly<Record<ReferentialAction, string>> = {
  no_action: 'no action',
  restrict: 'restrict',
  cascade: 'cascade',
  set_null: 'set null',
  set_default: 'set default',
};

const DEFERRALS: Readonly<Record<Deferral, string>> = {
  not_deferrable: 'at once',
  initially_immediate: 'at once, deferrable',
  initially_deferred: 'at the end of the transaction',
};

const MATCHES: Readonly<Record<MatchType, string>> = {
  simple: 'simple: a null in any column matches',
  full: 'full: all columns null, or none',
  partial: 'partial',
};

/** What happens to a row whose referenced row changes, in the words of SQL. */
export function actionWords(action: ReferentialAction): string {
  return ACTIONS[action];
}

/** When a constraint is checked. */
export function deferralWords(deferral: Deferral): string {
  return DEFERRALS[deferral];
}

/** An estimated number of rows: `~4,218,000`; null where the server has none. */
export function rowsEstimate({ rows }: Statistics): string | null {
  return rows === null ? null : `~${count(rows)}`;
}

/** Size on disk with indexes; null where the server does not tell. */
export function wholeSize({ bytes: own, index_bytes }: Statistics): number | null {
  return own === null ? null : own + (index_bytes ?? 0);
}

/** Who owns it, where the kind has an owner. */
export function ownerOf(detail: Detail): string | null {
  return 'owner' in detail ? detail.owner : null;
}

/** What lists show of one of the rarer kinds. */
export function summaryOf(detail: Detail): string | null {
  return detail.kind === 'other' ? detail.summary : null;
}

/** The facts of the kind, in words. */
export function detailFacts(detail: Detail): Fact[] {
  return present(...factsOf(detail));
}

/** Estimates and sizes; they say that they are estimates. */
export function statisticFacts(statistics: Statistics): Fact[] {
  const { rows, bytes: own, index_bytes } = statistics;
  return present(
    ['Rows', rows === null ? null : `~${count(rows)}, estimated`],
    ['Size', own === null ? null : `${bytes(own)}, estimated`],
    ['Size of its indexes', index_bytes === null ? null : `${bytes(index_bytes)}, estimated`],
  );
}

/** Facts that only the engine knows, under the labels that it declares. */
export function attributeFacts(card: ObjectCard, engine: EngineDescriptor | undefined): Fact[] {
  const declared = kindOf(engine, card.kind)?.attributes ?? [];
  const others = card.attributes.filter(({ key, value }) => key !== PRIVILEGES || !isTexts(value));
  return others.map(({ key, value }) => {
    const about = declared.find((attribute) => attribute.key === key);
    return {
      label: about?.label ?? sentence(key),
      value: attributeWords(value),
      help: about?.help ?? '',
      mono: typeof value !== 'boolean' && typeof value !== 'number',
      ...(isTexts(value) ? { list: value } : isObjects(value) ? { objects: value } : {}),
    };
  });
}

/** Who may do what with an object, from its attribute `privileges`. */
export function grantsOf({ attributes }: ObjectCard): Grant[] {
  const value = attributes.find(({ key }) => key === PRIVILEGES)?.value;
  if (value === undefined || !isTexts(value)) return [];
  return value.map((line) => {
    const at = line.indexOf(' to ');
    if (at < 0) return { grantee: '', privileges: line };
    const [grantee, privileges] = [line.slice(at + 4), line.slice(0, at)];
    return grantee.endsWith(GRANTABLE)
      ? { grantee: grantee.slice(0, -GRANTABLE.length), privileges: `${privileges}${GRANTABLE}` }
      : { grantee, privileges };
  });
}

function isTexts(value: Attribute['value']): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isObjects(value: Attribute['value']): value is ObjectName[] {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'string');
}

/** The value of an attribute in words. */
export function attributeWords(value: Attribute['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return count(value);
  if (typeof value === 'string') return value;
  return value.map((entry) => (typeof entry === 'string' ? entry : relationName(entry))).join(', ');
}

type Entry = readonly [label: string, value: string | null | false, mono?: 'mono'];

function factsOf(detail: Detail): Entry[] {
  switch (detail.kind) {
    case 'server':
      return [];
    case 'database':
      return [
        ['Owner', detail.owner],
        ['Encoding', detail.encoding],
        ['Collation', detail.collation, 'mono'],
        ['Belongs to the server', detail.system && 'yes'],
      ];
    case 'schema':
      return [
        ['Owner', detail.owner],
        ['Belongs to the server', detail.system && 'yes'],
      ];
    case 'table':
    case 'view':
    case 'materialized_view':
    case 'foreign_table':
    case 'collection':
      return [
        ['Owner', detail.owner],
        ['Form', detail.form !== 'ordinary' && formWords(detail.form)],
        ['Partition of', detail.partition_of && relationName(detail.partition_of), 'mono'],
        ['Partition key', detail.partition_key, 'mono'],
        ['Rows of this partition', detail.partition_bound, 'mono'],
      ];
    case 'column':
      return [
        ['Position', count(detail.ordinal)],
        ['Type', detail.type_text || 'none declared', 'mono'],
        ['Null', detail.nullable ? 'null' : 'not null'],
        ['Default', defaultText(detail), 'mono'],
        ['Collation', detail.collation, 'mono'],
      ];
    case 'primary_key':
    case 'unique':
      return [
        ['Columns', detail.columns.join(', '), 'mono'],
        ['Checked', deferralWords(detail.deferral)],
        ['Index', detail.index, 'mono'],
      ];
    case 'check':
      return [
        ['Condition', detail.expression, 'mono'],
        ['Older rows checked', detail.validated ? 'yes' : 'no'],
      ];
    case 'exclusion':
      return [
        ['Definition', detail.definition, 'mono'],
        ['Checked', deferralWords(detail.deferral)],
        ['Index', detail.index, 'mono'],
      ];
    case 'foreign_key':
      return [
        ['Columns', detail.columns.join(', '), 'mono'],
        ['References', relationName(detail.references), 'mono'],
        ['Columns there', detail.referenced_columns.join(', '), 'mono'],
        ['On update', actionWords(detail.on_update)],
        ['On delete', actionWords(detail.on_delete)],
        ['Match', MATCHES[detail.match_type]],
        ['Checked', deferralWords(detail.deferral)],
        ['Older rows checked', detail.validated ? 'yes' : 'no'],
      ];
    case 'index': {
      const { keys, included } = indexParts(detail.parts);
      return [
        ['Method', detail.method, 'mono'],
        ['Indexed', keys, 'mono'],
        ['Included', included, 'mono'],
        ['Unique', detail.unique ? 'yes' : 'no'],
        ['Behind the primary key', detail.primary && 'yes'],
        ['Only rows where', detail.predicate, 'mono'],
        ['Usable', detail.valid ? null : 'no, its build failed'],
      ];
    }
    case 'trigger':
      return [
        ['Fires', `${detail.timing} ${detail.events.join(', ')}`],
        ['For each', detail.for_each_row ? 'row' : 'statement'],
        ['Enabled', detail.enabled ? 'yes' : 'no'],
      ];
    case 'field':
      return [
        ['Path', detail.path.join(' › '), 'mono'],
        ['Types seen', detail.types.join(', '), 'mono'],
      ];
    case 'other':
      return [
        ['Owner', detail.owner],
        ['In short', detail.summary, 'mono'],
      ];
  }
}

function present(...entries: Entry[]): Fact[] {
  return entries.flatMap(([label, value, mono]) => (value ? [{ label, value, mono: mono === 'mono' }] : []));
}

function sentence(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
