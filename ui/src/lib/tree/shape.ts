/** The shape of the tree as an engine's descriptor declares it: what stands below what, in which folders. */
import type { EngineDescriptor, KindDescriptor, ObjectKind, TreeGroup } from '../backend';

/** A group of children that an object really has. */
export interface Group {
  /** The folder's name; null where the children stand directly below their parent. */
  readonly folder: string | null;
  readonly kinds: readonly ObjectKind[];
  /** How many children it holds, as last known. */
  readonly count: number;
}

/** How many children of each kind an object has. */
export type Counts = Partial<Record<ObjectKind, number>>;

/** What an engine says of a kind. */
export function kindOf(engine: EngineDescriptor | undefined, kind: ObjectKind): KindDescriptor | undefined {
  return engine?.kinds.find((declared) => declared.kind === kind);
}

/** The groups below an object, in the declared order, without the empty ones. */
export function groupsOf(engine: EngineDescriptor | undefined, kind: ObjectKind, counts: Counts): Group[] {
  return (kindOf(engine, kind)?.children ?? [])
    .map(({ folder, kinds }) => ({ folder, kinds, count: countOf(kinds, counts) }))
    .filter((group) => group.count > 0);
}

/** The group below `parent` that holds children of this kind. */
export function groupHolding(
  engine: EngineDescriptor | undefined,
  parent: ObjectKind,
  child: ObjectKind,
): TreeGroup | undefined {
  return kindOf(engine, parent)?.children.find((group) => group.kinds.includes(child));
}

/** How many of these kinds there are. */
export function countOf(kinds: readonly ObjectKind[], counts: Counts): number {
  return kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}
