/**
 * Days and times of day in the words of the window, in the local time zone. Written out
 * here because the web view's own formatters load three MiB for all languages, where one is spoken.
 */
import { two } from './format';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A time of day: `08:56`. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A day: `3 March 2026`. */
export function calendar(at: number): string {
  return `${day(at)} ${new Date(at).getFullYear()}`;
}

/** A day of this year and its time: `Tuesday 3 March at 08:56`. */
export function today(at: number): string {
  return `${weekday(at)} ${day(at)} at ${clock(at)}`;
}

/** The exact moment, for tooltips: `Tuesday 3 March 2026 at 08:56:07`. */
export function exact(at: number): string {
  return `${weekday(at)} ${calendar(at)} at ${clock(at)}:${two(new Date(at).getSeconds())}`;
}

function weekday(at: number): string {
  return WEEKDAYS[new Date(at).getDay()] ?? '';
}

function day(at: number): string {
  const date = new Date(at);
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`;
}
