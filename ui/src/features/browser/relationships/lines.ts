/**
 * Lines between boxes, all of them in the two gutters that hold no box: straight out of a box, along a lane,
 * straight into the other. Pure: ends in, paths out.
 */

/** What is drawn where a line meets a box. */
export type End = 'one' | 'one_or_none' | 'many' | 'arrow' | 'none';

/** Where a line meets a box. */
export interface Port {
  readonly y: number;
  readonly end: End;
}

/** A line to be: from the left edge of a gutter to the right one, or back to the left one. */
export interface Wire {
  readonly id: string;
  readonly dashed: boolean;
  readonly gutter: 'left' | 'right';
  readonly near: Port;
  /** At the right edge of the gutter. */
  readonly far?: Port;
  /** At the left edge again, for what refers to itself. */
  readonly loop?: Port;
}

/** A sign at the end of a line. */
export interface Sign {
  readonly x: number;
  readonly y: number;
  readonly end: End;
  /** To which side of the box the line leaves: 1 for right, −1 for left. */
  readonly out: 1 | -1;
}

/** A line that can be drawn. */
export interface Line {
  readonly id: string;
  readonly dashed: boolean;
  readonly path: string;
  /** Its corners, first and last point included. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly signs: readonly Sign[];
}

/** From where to where the gutters go. */
export interface Gutters {
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** Room for the signs at both edges of a gutter. */
const MARGIN = 26;
const RADIUS = 4;
/** As many lines as stand apart at one port; more of them share one. */
const APART = 2;
const SPREAD = 10;
/** Up to this difference a line is drawn straight. */
const LEVEL = 4;

/** A wire with its ports moved apart, and the lane that it shares with others of one port. */
interface Laid {
  readonly wire: Wire;
  readonly from: number;
  readonly to: number;
  readonly bus: string;
}

/** The lines for these wires. */
export function routes(wires: readonly Wire[], gutters: Gutters): Line[] {
  return (['left', 'right'] as const).flatMap((gutter) => {
    const laid = layOut(wires.filter((wire) => wire.gutter === gutter));
    const lanes = lanesOf(laid, gutters[gutter]);
    return laid.map((one) => lineOf(one, lanes.get(one.bus) ?? gutters[gutter][0], gutters[gutter]));
  });
}

function layOut(wires: readonly Wire[]): Laid[] {
  const near = portsOf(wires, (wire) => wire.near);
  const far = portsOf(wires, farOf);
  return wires.map((wire) => {
    const other = farOf(wire);
    const [atNear, atFar] = [near.get(wire.id), far.get(wire.id)];
    const [nearSharing, farSharing] = [atNear?.sharing ?? 1, atFar?.sharing ?? 1];
    const from = wire.near.y + (atNear?.offset ?? 0);
    const to = other.y + (atFar?.offset ?? 0);
    if (Math.max(nearSharing, farSharing) === 1) {
      // A step of a few pixels would look like a slip.
      const level = !wire.loop && Math.abs(to - from) <= LEVEL;
      return { wire, from, to: level ? from : to, bus: wire.id };
    }
    // What shares a port shares its lane too; of two shared ports, the busier one counts.
    const bus = nearSharing >= farSharing ? `near ${from}` : `far ${to}`;
    return { wire, from, to, bus };
  });
}

function farOf(wire: Wire): Port {
  return wire.far ?? wire.loop ?? wire.near;
}

/** Where each wire leaves, off the middle of its row, and how many leave at the very same place. */
function portsOf(
  wires: readonly Wire[],
  port: (wire: Wire) => Port,
): Map<string, { offset: number; sharing: number }> {
  const rows = new Map<number, Wire[]>();
  for (const wire of wires) rows.set(port(wire).y, [...(rows.get(port(wire).y) ?? []), wire]);
  const found = new Map<string, { offset: number; sharing: number }>();
  for (const row of rows.values()) {
    // Few lines stand apart, the one that goes higher above; of many, those with the same sign are one.
    const places = row.length <= APART ? byHeight(row).map((wire) => [wire]) : bySign(row, port);
    places.forEach((sharing, at) => {
      const offset = places.length < 2 ? 0 : (at / (places.length - 1) - 0.5) * SPREAD;
      for (const { id } of sharing) found.set(id, { offset, sharing: sharing.length });
    });
  }
  return found;
}

function byHeight(wires: readonly Wire[]): Wire[] {
  const goal = (wire: Wire) => farOf(wire).y + wire.near.y;
  return [...wires].sort((a, b) => goal(a) - goal(b));
}

function bySign(wires: readonly Wire[], port: (wire: Wire) => Port): Wire[][] {
  const signs = new Map<End, Wire[]>();
  for (const wire of byHeight(wires)) {
    signs.set(port(wire).end, [...(signs.get(port(wire).end) ?? []), wire]);
  }
  return [...signs.values()];
}

/** The x of each bus: falling lines turn the later the higher they begin, rising ones the earlier. */
function lanesOf(laid: readonly Laid[], [from, to]: readonly [number, number]): Map<string, number> {
  const buses = new Map<string, { top: number; bottom: number; slope: number; loop: boolean }>();
  for (const { bus, from: a, to: b, wire } of laid) {
    const known = buses.get(bus);
    buses.set(bus, {
      top: Math.min(known?.top ?? a, a, b),
      bottom: Math.max(known?.bottom ?? a, a, b),
      slope: (known?.slope ?? 0) + (b - a),
      loop: (known?.loop ?? true) && wire.loop !== undefined,
    });
  }
  const all = [...buses].map(([bus, facts]) => ({ bus, ...facts }));
  const bent = all.filter(({ top, bottom }) => bottom > top);
  const loops = bent.filter(({ loop }) => loop).sort((a, b) => a.bottom - a.top - (b.bottom - b.top));
  const falling = bent.filter(({ loop, slope }) => !loop && slope >= 0).sort((a, b) => b.top - a.top);
  const rising = bent.filter(({ loop, slope }) => !loop && slope < 0).sort((a, b) => a.top - b.top);
  const meet = falling.some((a) => rising.some((b) => a.top <= b.bottom && b.top <= a.bottom));
  const ranks = new Map<string, number>();
  loops.forEach(({ bus }, at) => ranks.set(bus, at));
  falling.forEach(({ bus }, at) => ranks.set(bus, loops.length + at));
  const after = loops.length + (meet ? falling.length : 0);
  rising.forEach(({ bus }, at) => ranks.set(bus, after + at));
  const lanes = Math.max(0, ...ranks.values()) + 1;
  const room = Math.max(0, to - from - MARGIN * 2);
  return new Map(
    all.map(({ bus }) => [
      bus,
      Math.round(from + MARGIN + (room * ((ranks.get(bus) ?? 0) + 1)) / (lanes + 1)),
    ]),
  );
}

function lineOf({ wire, from, to }: Laid, lane: number, gutter: readonly [number, number]): Line {
  const [left, right] = gutter;
  const end = wire.loop ? left : right;
  const other = farOf(wire);
  const straight = from === to && !wire.loop;
  const points: [number, number][] = straight
    ? [
        [left, from],
        [end, to],
      ]
    : [
        [left, from],
        [lane, from],
        [lane, to],
        [end, to],
      ];
  return {
    id: wire.id,
    dashed: wire.dashed,
    points,
    path: pathOf(points),
    signs: [
      { x: left, y: from, end: wire.near.end, out: 1 },
      { x: end, y: to, end: other.end, out: wire.loop ? 1 : -1 },
    ],
  };
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], at) => {
      const [before, after] = [points[at - 1], points[at + 1]];
      if (!before) return `M${x} ${y}`;
      if (!after) return `L${x} ${y}`;
      const [near, far] = [toward([x, y], before), toward([x, y], after)];
      return `L${near[0]} ${near[1]}Q${x} ${y} ${far[0]} ${far[1]}`;
    })
    .join('');
}

/** A point a corner's radius away, or half way where there is less room. */
function toward([x, y]: readonly [number, number], [toX, toY]: readonly [number, number]): [number, number] {
  const far = Math.abs(toX - x) + Math.abs(toY - y);
  if (far === 0) return [x, y];
  const step = Math.min(RADIUS, far / 2) / far;
  return [x + (toX - x) * step, y + (toY - y) * step];
}
