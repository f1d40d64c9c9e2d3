import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whenQuiet } from './quiet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a job waits until nobody does anything, and is done once', () => {
  const job = vi.fn();
  whenQuiet(job, 500);
  vi.advanceTimersByTime(400);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
  vi.advanceTimersByTime(400);
  document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  vi.advanceTimersByTime(499);
  expect(job, 'somebody moves the pointer').not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(job).toHaveBeenCalledOnce();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'b', bubbles: true }));
  vi.advanceTimersByTime(5000);
  expect(job, 'not again').toHaveBeenCalledOnce();
});

it('a job that is called off is not done', () => {
  const job = vi.fn();
  const callOff = whenQuiet(job, 500);
  callOff();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
  vi.advanceTimersByTime(5000);
  expect(job).not.toHaveBeenCalled();
});
