import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whenQuiet } from './quiet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
const move = () => document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));

it('a job waits until the pointer has moved and the hand rests, and is done once', () => {
  const job = vi.fn();
  whenQuiet(job, 500);
  press();
  vi.advanceTimersByTime(5000);
  expect(job, 'nobody uses the pointer').not.toHaveBeenCalled();
  move();
  vi.advanceTimersByTime(400);
  press();
  vi.advanceTimersByTime(400);
  move();
  vi.advanceTimersByTime(499);
  expect(job, 'the hand has moved').not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(job).toHaveBeenCalledOnce();
  move();
  vi.advanceTimersByTime(5000);
  expect(job, 'not again').toHaveBeenCalledOnce();
});

it('a job that is called off is not done', () => {
  const job = vi.fn();
  const callOff = whenQuiet(job, 500);
  move();
  callOff();
  move();
  vi.advanceTimersByTime(5000);
  expect(job).not.toHaveBeenCalled();
});
