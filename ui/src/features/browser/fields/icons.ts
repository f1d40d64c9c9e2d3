/** The icon of a field, by the type that most of its values have. */
import Binary from '@lucide/svelte/icons/binary';
import Braces from '@lucide/svelte/icons/braces';
import Brackets from '@lucide/svelte/icons/brackets';
import Calendar from '@lucide/svelte/icons/calendar';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Hash from '@lucide/svelte/icons/hash';
import KeyRound from '@lucide/svelte/icons/key-round';
import Shapes from '@lucide/svelte/icons/shapes';
import ToggleLeft from '@lucide/svelte/icons/toggle-left';
import Type from '@lucide/svelte/icons/type';
import type { Component } from 'svelte';
import { familyOf } from './types';

type Icon = Component<{ size?: number }>;

const ICONS: ReadonlyMap<string, Icon> = new Map([
  ['objectId', KeyRound],
  ['bool', ToggleLeft],
  ['binData', Binary],
  ['array', Brackets],
]);

/** The icon for a type; undefined for a field of which no type is known. */
export function iconOfType(type: string | undefined): Icon {
  if (type === undefined) return CircleDashed;
  const own = ICONS.get(type);
  if (own) return own;
  switch (familyOf(type)) {
    case 'string':
      return Type;
    case 'number':
      return Hash;
    case 'date':
      return Calendar;
    case 'object':
      return Braces;
    case 'null':
      return CircleDashed;
    case 'other':
      return Shapes;
  }
}
