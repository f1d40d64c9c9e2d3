/** Lists of contents over made-up schemas. */
import type {
  Contents,
  ContentsColumn,
  ContentsRequest,
  Detail,
  ObjectCard,
  ObjectKind,
} from '../../lib/backend';
import { countOf } from '../../lib/tree';
import { ofKinds } from './schema';

/** The part of a list that is asked for; `order` is that of the kinds. */
export function contentsOf(
  all: readonly ObjectCard[],
  order: readonly ObjectKind[],
  { kinds, filter, sort, from, count, find }: ContentsRequest,
): Contents {
  const wanted = ofKinds(all, kinds);
  const kept = wanted.filter(({ name, comment, detail }) =>
    `${name}\n${comment ?? ''}\n${summaryOf(detail) ?? ''}`.toLowerCase().includes(filter.toLowerCase()),
  );
  const ranked = [...kept].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  if (sort) {
    const sign = sort.descending ? -1 : 1;
    ranked.sort((a, b) => {
      const [one, other] = [valueOf(a, sort.by), valueOf(b, sort.by)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      return sign * (one < other ? -1 : Number(one > other));
    });
  }
  const relations = wanted.filter(({ detail }) => 'partition_of' in detail);
  const at = ranked.findIndex(({ id }) => id === find);
  return {
    total: ranked.length,
    from,
    rows: ranked.slice(from, from + count),
    at: at < 0 ? null : at,
    all: counted(all),
    kept: counted(kept),
    known: {
      longest: Math.max(0, ...all.map(({ name }) => name.length)),
      relations: relations.length > 0,
      columns: relations.some((card) => countOf(['column'], card.child_counts) > 0),
      collections: relations.some(({ kind }) => kind === 'collection'),
      rows: relations.some(({ statistics }) => statistics.rows !== null),
      sizes: relations.some(({ statistics }) => statistics.bytes !== null),
      owners: wanted.some(({ detail }) => 'owner' in detail && detail.owner !== null),
      summaries: wanted.some(({ detail }) => summaryOf(detail) !== null),
      plain: wanted.some(({ detail }) => summaryOf(detail) === null),
      holders: wanted.some(({ child_counts: counts }) => Object.values(counts).some((many) => many > 0)),
      estimates: wanted.some(({ statistics: { rows, bytes } }) => rows !== null || bytes !== null),
    },
  };
}

function counted(cards: readonly ObjectCard[]): Partial<Record<ObjectKind, number>> {
  const counts: Partial<Record<ObjectKind, number>> = {};
  for (const { kind } of cards) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function valueOf(card: ObjectCard, by: ContentsColumn): string | number | null {
  switch (by) {
    case 'name':
      return card.name;
    case 'kind':
      return card.kind;
    case 'inside':
      return countOf(Object.keys(card.child_counts) as ObjectKind[], card.child_counts);
    case 'rows':
      return card.statistics.rows;
    case 'size':
      return card.statistics.bytes;
    case 'owner':
      return 'owner' in card.detail ? card.detail.owner : null;
    case 'summary':
      return summaryOf(card.detail);
    case 'comment':
      return card.comment;
    case 'words':
      return summaryOf(card.detail) ?? card.comment;
  }
}

function summaryOf(detail: Detail): string | null {
  return detail.kind === 'other' ? detail.summary : null;
}
