/** The current time for what shows ages: one timer for the window, none per row. */

let second = $state(Date.now());
let minute = $state(Date.now());

/** The current time, renewed every second. */
export function everySecond(): number {
  return second;
}

/** The current time, renewed every 20 seconds: enough for ages. */
export function everyMinute(): number {
  return minute;
}

/** Starts the clock; gives a function that stops it. */
export function startClock(): () => void {
  const seconds = setInterval(() => (second = Date.now()), 1000);
  const minutes = setInterval(() => (minute = Date.now()), 20_000);
  return () => {
    clearInterval(seconds);
    clearInterval(minutes);
  };
}
