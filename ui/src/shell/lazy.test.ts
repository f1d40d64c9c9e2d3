/** A page that is loaded late: it says where it cannot be, and tries again. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import KeyList from '../features/settings/KeyList.svelte';
import Lazy from './Lazy.svelte';

it('a page that cannot be loaded says so and tries again', async () => {
  let asked = 0;
  render(Lazy, {
    title: 'Settings',
    load: () => {
      asked += 1;
      return asked === 1
        ? Promise.reject(new TypeError('Importing a module script failed.'))
        : Promise.resolve({ default: KeyList as never });
    },
  });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The page Settings could not be loaded.');
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('First and last row'), 'the page is there').toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
