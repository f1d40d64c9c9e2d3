import { beforeEach, expect, it } from 'vitest';
import {
  amend,
  back,
  canGoBack,
  canGoForward,
  forward,
  go,
  goOnAt,
  place,
  placeInWords,
  restart,
} from './router.svelte';

beforeEach(() => restart('dashboard'));

it('goes back and forward like a browser', () => {
  go('connections');
  go('browser', { connection: '1' });
  back();
  expect(place().page).toBe('connections');
  forward();
  expect(place()).toEqual({ page: 'browser', at: { connection: '1' } });
  expect(canGoForward()).toBe(false);
});

it('a new way forgets what lay ahead', () => {
  go('connections');
  back();
  go('settings');
  expect(canGoForward()).toBe(false);
  back();
  expect(place().page).toBe('dashboard');
});

it('going where one is, or amending the place, adds no step', () => {
  go('dashboard');
  amend({ state: 'failing' });
  expect(canGoBack()).toBe(false);
  expect(place().at).toEqual({ state: 'failing' });
});

it('goes on where another window was', () => {
  go('browser', { connection: '1', object: '7' });
  const words = placeInWords();
  restart('dashboard');
  goOnAt(words);
  expect(place()).toEqual({ page: 'browser', at: { connection: '1', object: '7' } });
  expect(canGoBack(), 'the way there was that window’s').toBe(false);
});

it.each(['', '{', 'null', '{"page":"elsewhere","at":{}}', '{"page":"browser"}'])(
  'stays where it is when told %j',
  (words) => {
    goOnAt(words);
    expect(place()).toEqual({ page: 'dashboard', at: {} });
  },
);
