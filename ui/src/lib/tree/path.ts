/**
 * Keys of the tree's rows. A key says where a row stands, by names and not by ids, so that what is
 * expanded and chosen outlives a sync. Any name may hold any character.
 */
import type { ObjectKind, PathStep } from '../backend';

/** The name of a last step that stands for every object of its kind, as warnings have it. */
export const EVERY = '\0';

/** The key of a connection's row. */
export function connectionKey(connection: number): string {
  return String(connection);
}

/** The key of an object's row below its parent's key. Folders are no part of it. */
export function objectKey(parent: string, kind: ObjectKind, name: string): string {
  return `${parent}/${kind}:${escaped(name)}`;
}

/** The key of an object's row by its way down from the database. */
export function pathKey(connection: number, path: readonly PathStep[]): string {
  return path.reduce((key, step) => objectKey(key, step.kind, step.name), connectionKey(connection));
}

/** The key of a folder's row below its owner's key. */
export function folderKey(owner: string, folder: string): string {
  return `${owner}/~${escaped(folder)}`;
}

function escaped(name: string): string {
  return name.replace(/[\\/]/g, '\\$&');
}
