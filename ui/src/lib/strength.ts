/** How hard a passphrase is to guess, roughly: a hint while typing, never a rule. */

/** The strength of a passphrase in steps, with its words. */
export interface Strength {
  /** 0 for nothing typed, 4 for the best. */
  steps: 0 | 1 | 2 | 3 | 4;
  label: string;
  words: string;
}

const LEVELS: readonly Strength[] = [
  { steps: 0, label: '', words: '' },
  { steps: 1, label: 'Weak', words: 'quickly guessed by a machine' },
  { steps: 2, label: 'Fair', words: 'a few more words make it strong' },
  { steps: 3, label: 'Good', words: 'strong' },
  { steps: 4, label: 'Very good', words: 'out of reach' },
];

/** Judges by length and variety; repeated and neighbouring characters count little. */
export function strength(passphrase: string): Strength {
  return LEVELS[step(passphrase)] as Strength;
}

function step(passphrase: string): Strength['steps'] {
  if (passphrase === '') return 0;
  const bits = passphrase.length === 0 ? 0 : estimate([...passphrase]);
  if (bits < 36) return 1;
  if (bits < 60) return 2;
  if (bits < 90) return 3;
  return 4;
}

function estimate(characters: readonly string[]): number {
  const pools: [RegExp, number][] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\p{N}/u, 10],
    [/[\p{P}\p{S}\p{Z}]/u, 20],
  ];
  const text = characters.join('');
  const pool = pools.reduce((size, [kind, more]) => (kind.test(text) ? size + more : size), 0) || 40;
  // People write words, not noise: letters in a word are worth about 2.4 bits each.
  const each = Math.min(Math.log2(pool), /\p{L}{4}/u.test(text) ? 3.2 : 5);
  const telling = characters.filter((character, at) => {
    const before = characters[at - 1]?.codePointAt(0) ?? -9;
    return Math.abs((character.codePointAt(0) ?? 0) - before) > 1;
  });
  const distinct = new Set(characters).size;
  return Math.min(telling.length, distinct * 2.5) * each;
}
