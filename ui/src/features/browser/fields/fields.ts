/** The fields of documents as a tree: made of a flat list, folded, filtered and sorted. */
import type { FieldDetail, ObjectCard } from '../../../lib/backend';
import { sorted } from '../sorting';

/** The step of a path that stands for the elements of an array. */
export const ELEMENT = '[]';

/** A field with those inside it. */
export interface FieldNode {
  readonly id: number;
  readonly card: ObjectCard;
  readonly path: readonly string[];
  /** The name as a row shows it; for what elements of an array hold, `[ ].name`. */
  readonly label: string;
  readonly children: readonly FieldNode[];
  /** How many fields it holds, also those that a filter leaves out. */
  readonly inside: number;
}

/** A field that is in sight. */
export interface FieldRow {
  readonly node: FieldNode;
  /** 0 for fields of the document itself. */
  readonly depth: number;
  /** Its place among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  readonly open: boolean;
}

/** The fields of a collection. */
export interface FieldTree {
  readonly roots: readonly FieldNode[];
  /** How many fields there are in all. */
  readonly size: number;
  /** The field that shows the one with an id: itself, or the array whose elements it stands for. */
  shownFor(id: number): number | null;
}

/** Sorts siblings. */
export interface FieldOrder {
  readonly by: (node: FieldNode) => string | number | null;
  readonly descending: boolean;
}

interface Growing {
  readonly card: ObjectCard;
  readonly detail: FieldDetail;
  readonly children: Growing[];
}

/** How many rows are in sight before anybody folds or unfolds. */
const FIRST_ROWS = 40;

/** Puts fields below those that hold them; one whose holder is missing goes to the nearest that is there. */
export function fieldTree(cards: readonly ObjectCard[]): FieldTree {
  const known = new Map<string, Growing>();
  for (const card of cards) {
    const { detail } = card;
    if (detail.kind !== 'field') continue;
    known.set(keyOf(detail.path), { card, detail, children: [] });
  }
  const roots: Growing[] = [];
  for (const grown of known.values()) {
    (holderOf(grown.detail.path, known)?.children ?? roots).push(grown);
  }
  const shown = new Map<number, number>();
  const grow = ({ card, detail, children }: Growing, from: number): FieldNode => {
    shown.set(card.id, card.id);
    const label = detail.path
      .slice(from)
      .map((step) => (step === ELEMENT ? '[ ]' : fieldNamed(step)))
      .join('.');
    const { length } = detail.path;
    const inside = children.flatMap((child) => {
      if (!standsForItsFields(child)) return [grow(child, length)];
      shown.set(child.card.id, card.id);
      return child.children.map((grandchild) => grow(grandchild, length));
    });
    return { id: card.id, card, path: detail.path, label, children: inside, inside: inside.length };
  };
  return {
    roots: roots.map((root) => grow(root, 0)),
    size: known.size,
    shownFor: (id) => shown.get(id) ?? null,
  };
}

/** The rows in sight, in order. */
export function fieldRows(
  roots: readonly FieldNode[],
  isOpen: (node: FieldNode) => boolean,
  order: FieldOrder | null = null,
): FieldRow[] {
  const rows: FieldRow[] = [];
  const walk = (nodes: readonly FieldNode[], depth: number) => {
    const ordered = order ? sorted(nodes, order.by, order.descending) : nodes;
    ordered.forEach((node, at) => {
      const open = node.children.length > 0 && isOpen(node);
      rows.push({ node, depth, position: at + 1, siblings: ordered.length, open });
      if (open) walk(node.children, depth + 1);
    });
  };
  walk(roots, 0);
  return rows;
}

/** What is unfolded before anybody chooses: fields of the document, as long as all of it fits. */
export function openAtFirst(roots: readonly FieldNode[]): ReadonlySet<number> {
  const open = new Set<number>();
  let rows = roots.length;
  for (const { id, children } of roots) {
    if (children.length === 0 || rows + children.length > FIRST_ROWS) continue;
    rows += children.length;
    open.add(id);
  }
  return open;
}

/** The fields that hold a text in their path or types, with all that hold them; and how many were found. */
export function filteredFields(
  roots: readonly FieldNode[],
  text: string,
): { roots: readonly FieldNode[]; found: number } {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { roots, found: 0 };
  let found = 0;
  const keep = (node: FieldNode): FieldNode[] => {
    const hit = wordsOf(node).some((words) => words.toLowerCase().includes(wanted));
    if (hit) found += 1;
    const children = node.children.flatMap(keep);
    return hit || children.length > 0 ? [{ ...node, children }] : [];
  };
  return { roots: roots.flatMap(keep), found };
}

/** All ids from the top down to a field, itself left out. */
export function holdersOf(roots: readonly FieldNode[], id: number): readonly number[] {
  const search = (nodes: readonly FieldNode[]): number[] | null => {
    for (const node of nodes) {
      if (node.id === id) return [];
      const below = search(node.children);
      if (below) return [node.id, ...below];
    }
    return null;
  };
  return search(roots) ?? [];
}

/** The path as one text, as queries and indexes write it: without the steps into elements. */
export function dotted(path: readonly string[]): string {
  return path
    .filter((step) => step !== ELEMENT)
    .map(fieldNamed)
    .join('.');
}

/** The whole path as one line for people. */
export function wholePath(path: readonly string[]): string {
  return path
    .map((step, at) => (step === ELEMENT ? '[ ]' : at === 0 ? nameOrEmpty(step) : `.${nameOrEmpty(step)}`))
    .join('');
}

/** The name that a step stands for: one that reads like the step into elements is marked in paths. */
export function fieldNamed(step: string): string {
  return step === `\\${ELEMENT}` ? ELEMENT : step;
}

function nameOrEmpty(step: string): string {
  return step === '' ? '""' : fieldNamed(step);
}

/** What stands for the elements of an array says nothing that its fields do not, if all of them are objects. */
function standsForItsFields({ detail, children }: Growing): boolean {
  return (
    detail.path.at(-1) === ELEMENT && children.length > 0 && detail.types.every((type) => type === 'object')
  );
}

function holderOf(path: readonly string[], known: ReadonlyMap<string, Growing>): Growing | null {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const holder = known.get(keyOf(path.slice(0, length)));
    if (holder) return holder;
  }
  return null;
}

function wordsOf({ card, path, label }: FieldNode): string[] {
  const types = card.detail.kind === 'field' ? card.detail.types : [];
  return [label, dotted(path), card.comment ?? '', ...types];
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
