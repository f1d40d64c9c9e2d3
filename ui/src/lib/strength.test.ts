import { expect, it } from 'vitest';
import { strength } from './strength';

it('length makes a passphrase strong, repetition does not', () => {
  expect(strength('').steps).toBe(0);
  expect(strength('secret').steps).toBe(1);
  expect(strength('aaaaaaaaaaaaaaaaaaaaaaaa').steps).toBe(1);
  expect(strength('abcdefghijklmnopqrstuvwxyz').steps).toBe(1);
  expect(strength('correct horse battery staple').steps).toBeGreaterThanOrEqual(3);
});

it('every script counts', () => {
  expect(strength('правильная лошадь батарея скоба').steps).toBeGreaterThanOrEqual(3);
});
