/** The sample data in a plain browser: `?first`, `?signed-out`, `?empty` choose where it begins. */
import type { Backend } from '../../lib/backend';
import { fakeBackend } from '.';

/** The backend that the address asks for. */
export function browserBackend(): Backend {
  const asked = new URLSearchParams(window.location.search);
  const locked = sessionStorage.getItem('locked') !== null;
  const fake = fakeBackend({
    pace: Number(asked.get('pace') ?? 350),
    signedIn: !asked.has('signed-out') && !asked.has('first') && !locked,
    ...(asked.has('first') ? { users: [] } : {}),
    theme: asked.has('dark') ? 'dark' : asked.has('light') ? 'light' : 'system',
    ...(asked.has('empty') ? { cards: [] } : {}),
  });
  return {
    ...fake,
    listen: (hear) => {
      hear({ type: 'locks_in', seconds: 12 * 60 });
      return fake.listen(hear);
    },
    lock: async () => {
      sessionStorage.setItem('locked', '');
      window.location.reload();
      return null;
    },
    signIn: async (name, passphrase) => {
      const user = await fake.signIn(name, passphrase);
      sessionStorage.removeItem('locked');
      return user;
    },
  };
}
