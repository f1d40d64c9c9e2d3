/** Work that can wait until a hand rests. */

const POINTER = ['pointerdown', 'pointermove', 'wheel'] as const;

/**
 * Does a job once: so many milliseconds after the last key or move of a hand, and not before the
 * pointer has moved. Gives what calls it off.
 */
export function whenQuiet(job: () => void, quiet: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function begin() {
    stop();
    job();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(begin, quiet);
  }

  function pressed() {
    if (timer !== undefined) wait();
  }

  function stop() {
    clearTimeout(timer);
    removeEventListener('keydown', pressed, true);
    for (const name of POINTER) removeEventListener(name, wait, true);
  }

  addEventListener('keydown', pressed, { capture: true, passive: true });
  for (const name of POINTER) addEventListener(name, wait, { capture: true, passive: true });
  return stop;
}
