import { describe, expect, it } from 'vitest';
import { calendar, clock, exact, today } from './moments';

describe('days and times', () => {
  const at = new Date(2026, 2, 3, 8, 6, 7).getTime();

  it('are told in the local time zone', () => {
    expect(clock(at)).toBe('08:06');
    expect(calendar(at)).toBe('3 March 2026');
    expect(today(at)).toBe('Tuesday 3 March at 08:06');
    expect(exact(at)).toBe('Tuesday 3 March 2026 at 08:06:07');
  });

  it('name each day and month as the calendar does', () => {
    const days = Array.from({ length: 366 }, (_, day) => new Date(2028, 0, 1 + day, 12));
    const told = new Intl.DateTimeFormat('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
    const words = days.map((day) => exact(day.getTime()).replace(/ at .*/, ''));
    expect(words).toEqual(days.map((day) => told.format(day).replace(',', '')));
  });
});
