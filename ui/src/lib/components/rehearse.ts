/** The first menu and the first list of choices open as fast as the next ones. */
import { flushSync, mount, tick, unmount } from 'svelte';
import { whenQuiet } from '../quiet';
import Rehearsal from './Rehearsal.svelte';

/** So many milliseconds after the last key or move of a hand. */
const QUIET = 600;

/** As many turns as a layer needs to find its place. */
const TURNS = 16;

/**
 * Draws them once, where somebody uses the pointer and rests: it takes two to three times as long
 * as ever after, and more than a frame. They are drawn outside of the page, so that nothing is
 * seen, spoken of or given the focus, and are gone before anything else happens. Gives what calls
 * it off.
 */
export function rehearse(outside: Element = document.createElement('div')): () => void {
  return whenQuiet(() => void play(outside), QUIET);
}

async function play(outside: Element): Promise<void> {
  const layers = mount(Rehearsal, { target: outside, props: { to: outside } });
  flushSync();
  for (let turn = 0; turn < TURNS; turn += 1) await tick();
  await unmount(layers);
}
