/** The commands that the search offers, found by their words. */
import type { Component } from 'svelte';
import { beginsIn } from './marks';
import { hasFilter, wordsOf } from './words';

/** Something that db-studio can do. */
export interface PaletteCommand {
  /** What it does, for people; no two are the same. */
  readonly words: string;
  /** What it is about, in a word or two. */
  readonly area: string;
  readonly icon: Component<{ size?: number }>;
  /** The keys that do the same, such as `Mod+N`. */
  readonly keys?: string;
  /** Only shown once its words are looked for. */
  readonly onlyFound?: boolean;
  readonly run: () => void;
}

/** The commands that a text means; those for everyday without a text. */
export function commandsFor(text: string, commands: readonly PaletteCommand[]): PaletteCommand[] {
  // Filters are about objects.
  if (hasFilter(text)) return [];
  const words = wordsOf(text);
  if (words.length === 0) return commands.filter(({ onlyFound }) => !onlyFound);
  return commands
    .filter((command) => words.every((word) => beginsIn(command.words, word)))
    .sort((a, b) => Number(begins(b, words)) - Number(begins(a, words)));
}

function begins({ words }: PaletteCommand, [first = '']: readonly string[]): boolean {
  return words.toLowerCase().startsWith(first);
}
