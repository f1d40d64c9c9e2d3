import { expect, it } from 'vitest';
import { presentation, toAppError } from './errors';

it('an error of the services passes unchanged', () => {
  const error = { kind: 'tls', message: 'No.', hint: null, field: null, causes: [] };
  expect(toAppError(error)).toBe(error);
});

it('plain words and unknown kinds become a fault with the words among its causes', () => {
  expect(toAppError('invalid args `id`')).toMatchObject({ kind: 'internal', causes: ['invalid args `id`'] });
  expect(toAppError({ kind: 'toString', message: 'x' }).kind, 'a kind of no list').toBe('internal');
  expect(toAppError(undefined).kind).toBe('internal');
});

it('every kind has its words', () => {
  expect(presentation('sign_in_refused').title).toBe('Sign in refused');
});
