/**
 * Where everything of the diagram stands: the object in the middle, what it needs at the left, what needs it
 * at the right. Pure: sizes in, places out. Nothing is drawn here; lines are in `lines.ts`.
 */
import type { ForeignKeyLink, ObjectKind, ObjectLink, Relationships } from '../../../lib/backend';
import { routes, type End, type Line, type Wire } from './lines';

/** Sizes in pixels, as the styles of the boxes have them. */
export const BOX = { width: 212, head: 28, row: 24, gap: 20, inset: 20, edge: 24, gutter: 112 } as const;

/** How many boxes one side shows at most; the lists below have all. */
export const MOST_BOXES = 12;

/** One line of a box: a column, or columns that make a key together. */
export interface BoxRow {
  readonly key: string;
  readonly columns: readonly string[];
}

/** A table, a view or another object as a box. */
export interface Box {
  readonly key: string;
  /** Absent in the catalogue: null. */
  readonly object: number | null;
  readonly kind: ObjectKind;
  readonly schema: string | null;
  readonly name: string;
  /** Estimated rows. */
  readonly rows: number | null;
  readonly lines: readonly BoxRow[];
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** The whole picture. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly centre: Box;
  readonly left: readonly Box[];
  readonly right: readonly Box[];
  /** How many more there would be at each side. */
  readonly more: { readonly left: number; readonly right: number };
  readonly lines: readonly Line[];
}

/** What stands in the middle. */
export interface Centre {
  readonly object: number;
  readonly kind: ObjectKind;
  readonly schema: string | null;
  readonly name: string;
  readonly rows: number | null;
  /** Whether a line says how many columns are not shown. */
  readonly rest: boolean;
}

interface Draft {
  readonly link: ObjectLink;
  readonly key: string;
  readonly lines: Map<string, BoxRow>;
}

/** An end of a wire before places are known: which box, which of its lines. */
interface Loose {
  readonly id: string;
  readonly side: 'left' | 'right' | 'self';
  readonly box: string;
  /** The line of the neighbour; absent where the key names no columns. */
  readonly theirs: string | null;
  readonly ours: string | null;
  readonly theirEnd: End;
  readonly ourEnd: End;
  readonly known: boolean;
}

/** The room there is, in pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** The diagram of an object: as wide as there is room, and wider where it needs more. */
export function diagram(of: Centre, found: Relationships, room: Room): Diagram {
  const keys = found.references.length + found.referenced_by.length > 0;
  const centreLines = new Map<string, BoxRow>();
  const sides = { left: new Map<string, Draft>(), right: new Map<string, Draft>() };
  const loose: Loose[] = [];

  if (keys) {
    for (const link of found.referenced_by) if (!isSelf(of, link)) rowOf(centreLines, link.columns);
    for (const link of found.references) {
      if (isSelf(of, link)) rowOf(centreLines, link.their_columns);
    }
    for (const link of found.references) loose.push(referencing(of, link, centreLines, sides.left));
    for (const link of found.referenced_by) {
      // A table that refers to itself stands among its references already.
      if (!isSelf(of, link)) loose.push(referenced(link, centreLines, sides.right));
    }
  } else {
    for (const link of found.depends_on) loose.push(needing(link, 'left', sides.left));
    for (const link of found.needed_by) loose.push(needing(link, 'right', sides.right));
  }

  const least = BOX.edge * 2 + BOX.width * 3 + BOX.gutter * 2;
  const whole = Math.max(least, room.width);
  const shown = {
    left: [...sides.left.values()].slice(0, MOST_BOXES),
    right: [...sides.right.values()].slice(0, MOST_BOXES),
  };
  const more = {
    left: sides.left.size - shown.left.length,
    right: sides.right.size - shown.right.length,
  };
  const centreHeight = heightOf(centreLines.size + (of.rest ? 1 : 0));
  const columnHeight = (drafts: readonly Draft[], rest: number) =>
    drafts.reduce((sum, { lines }) => sum + heightOf(lines.size) + BOX.gap, -BOX.gap) +
    (rest > 0 ? BOX.gap + BOX.row : 0);
  const inner = Math.max(
    centreHeight,
    columnHeight(shown.left, more.left),
    columnHeight(shown.right, more.right),
  );
  const top = (height: number, within = inner) => BOX.inset + Math.round(Math.max(0, within - height) / 2);
  // Of a tall diagram, the middle is in sight before anybody scrolls.
  const sight = Math.min(inner, Math.max(centreHeight, room.height - BOX.inset * 2));

  const centre: Box = {
    ...of,
    key: 'centre',
    lines: [...centreLines.values()],
    x: Math.round((whole - BOX.width) / 2),
    y: top(centreHeight, sight),
    height: centreHeight,
  };
  const stack = (drafts: readonly Draft[], rest: number, x: number): Box[] => {
    let y = top(columnHeight(drafts, rest));
    return drafts.map(({ link, key, lines }) => {
      const height = heightOf(lines.size);
      const box: Box = { ...link, key, lines: [...lines.values()], x, y, height };
      y += height + BOX.gap;
      return box;
    });
  };
  const left = stack(shown.left, more.left, BOX.edge);
  const right = stack(shown.right, more.right, whole - BOX.edge - BOX.width);
  const wires = loose.flatMap((end) => wireOf(end, centre, left, right));

  return {
    width: whole,
    height: inner + BOX.inset * 2,
    centre,
    left,
    right,
    more,
    lines: routes(wires, {
      left: [BOX.edge + BOX.width, centre.x],
      right: [centre.x + BOX.width, whole - BOX.edge - BOX.width],
    }),
  };
}

/** The middle of a line of a box; of its head where the line is not there. */
export function middleOf(box: Box, line: string | null): number {
  const at = line === null ? -1 : box.lines.findIndex(({ key }) => key === line);
  return at < 0 ? box.y + BOX.head / 2 : box.y + BOX.head + at * BOX.row + BOX.row / 2;
}

function heightOf(lines: number): number {
  return BOX.head + lines * BOX.row;
}

function isSelf(of: Centre, { table }: ForeignKeyLink): boolean {
  return table.object === of.object;
}

function rowOf(lines: Map<string, BoxRow>, columns: readonly string[]): string | null {
  if (columns.length === 0) return null;
  const key = JSON.stringify(columns);
  if (!lines.has(key)) lines.set(key, { key, columns });
  return key;
}

function draftOf(side: Map<string, Draft>, link: ObjectLink): Draft {
  const key = link.object === null ? JSON.stringify([link.kind, link.schema, link.name]) : `${link.object}`;
  const known = side.get(key);
  if (known) return known;
  const made: Draft = { link, key, lines: new Map() };
  side.set(key, made);
  return made;
}

function manyEnd(link: ForeignKeyLink): End {
  return link.single ? 'one_or_none' : 'many';
}

function oneEnd(link: ForeignKeyLink): End {
  return link.optional ? 'one_or_none' : 'one';
}

function referencing(
  of: Centre,
  link: ForeignKeyLink,
  centre: Map<string, BoxRow>,
  left: Map<string, Draft>,
): Loose {
  const ours = rowOf(centre, link.columns);
  const ends = { id: String(link.constraint), ours, theirEnd: oneEnd(link), ourEnd: manyEnd(link) };
  if (isSelf(of, link)) {
    return { ...ends, side: 'self', box: 'centre', theirs: rowOf(centre, link.their_columns), known: true };
  }
  const box = draftOf(left, link.table);
  const theirs = rowOf(box.lines, link.their_columns);
  return { ...ends, side: 'left', box: box.key, theirs, known: link.table.object !== null };
}

function referenced(link: ForeignKeyLink, centre: Map<string, BoxRow>, right: Map<string, Draft>): Loose {
  const box = draftOf(right, link.table);
  return {
    id: String(link.constraint),
    side: 'right',
    box: box.key,
    theirs: rowOf(box.lines, link.their_columns),
    ours: rowOf(centre, link.columns),
    theirEnd: manyEnd(link),
    ourEnd: oneEnd(link),
    known: link.table.object !== null,
  };
}

function needing(link: ObjectLink, side: 'left' | 'right', drafts: Map<string, Draft>): Loose {
  const box = draftOf(drafts, link);
  return {
    id: `${side}:${box.key}`,
    side,
    box: box.key,
    theirs: null,
    ours: null,
    theirEnd: side === 'left' ? 'arrow' : 'none',
    ourEnd: side === 'left' ? 'none' : 'arrow',
    known: link.object !== null,
  };
}

function wireOf(end: Loose, centre: Box, left: readonly Box[], right: readonly Box[]): Wire[] {
  const { id, known } = end;
  const dashed = !known;
  if (end.side === 'self') {
    const [from, to] = [middleOf(centre, end.theirs), middleOf(centre, end.ours)];
    return [{ id, dashed, gutter: 'right', near: port(from, end.theirEnd), loop: port(to, end.ourEnd) }];
  }
  const box = (end.side === 'left' ? left : right).find(({ key }) => key === end.box);
  if (!box) return [];
  const there = port(middleOf(box, end.theirs), end.theirEnd);
  const here = port(middleOf(centre, end.ours), end.ourEnd);
  return [
    end.side === 'left'
      ? { id, dashed, gutter: 'left', near: there, far: here }
      : { id, dashed, gutter: 'right', near: here, far: there },
  ];
}

function port(y: number, end: End): { y: number; end: End } {
  return { y, end };
}
