/** Work that can wait until nobody does anything. */

const HANDS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Does a job once, so many milliseconds after the last key or move of a hand. Gives what calls it off. */
export function whenQuiet(job: () => void, quiet: number): () => void {
  let timer = setTimeout(begin, quiet);

  function begin() {
    stop();
    job();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(begin, quiet);
  }

  function stop() {
    clearTimeout(timer);
    for (const name of HANDS) removeEventListener(name, wait, true);
  }

  for (const name of HANDS) addEventListener(name, wait, { capture: true, passive: true });
  return stop;
}
