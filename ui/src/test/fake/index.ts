/** A backend that lives in memory: for component tests, and for the window in a plain browser. */
import type {
  Backend,
  ConnectionCard,
  DataFolder,
  Event,
  Settings,
  Theme,
  UserCard,
} from '../../lib/backend';
import { browseCommands } from './browse';
import { dashboardOf } from './dashboard';
import { documents } from './document-engine';
import { mysql, postgres, sqlite } from './engines';
import { keepingCommands } from './keeping';
import { appError } from './samples';
import { stringCommands } from './strings';
import { workCommands } from './work';
import { World, type WorldOptions } from './world';

export { PASSWORD } from './work';

/** How the backend behaves. */
export interface FakeOptions extends WorldOptions {
  users?: UserCard[];
  signedIn?: boolean;
  theme?: Theme;
}

/** The fake, with what tests need to look behind it. */
export interface FakeBackend extends Backend {
  /** Every call that was made, as its name and arguments. */
  readonly calls: readonly (readonly [string, ...unknown[]])[];
  /** Tells everyone who listens. */
  emit(event: Event): void;
  /** The connections that are kept. */
  cards(): ConnectionCard[];
}

/** The passphrase that signs in to the fake. */
export const PASSPHRASE = 'correct horse battery staple';

type Commands = Omit<Backend, 'listen' | 'setTitle'>;

/** Makes a backend with sample data. */
export function fakeBackend(options: FakeOptions = {}): FakeBackend {
  const world = new World(options);
  const calls: [string, ...unknown[]][] = [];
  const commands: Commands = {
    ...browseCommands(() => world.cards, world.now),
    ...keepingCommands(world),
    ...stringCommands(world),
    ...workCommands(world),
    ...accountCommands(world, options),
    dashboard: async () => dashboardOf(world),
    leaveAt: async (place) => ((world.left = place), null),
    leftAt: async () => world.left,
    pickFile: async () => '/home/ada/work/tariffs.sqlite',
    pickFolder: async () => '/home/ada/elsewhere',
  };

  const recorded = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      (...args: unknown[]) => {
        calls.push([name, ...args]);
        return (command as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Commands;

  return {
    ...recorded,
    listen: (hear) => world.listen(hear),
    setTitle: () => undefined,
    calls,
    emit: (event) => world.emit(event),
    cards: () => world.cards,
  };
}

type Accounts = Pick<
  Backend,
  | 'welcome'
  | 'signUp'
  | 'signIn'
  | 'lock'
  | 'changePassphrase'
  | 'used'
  | 'settings'
  | 'setSettings'
  | 'dataFolder'
  | 'setDataFolder'
  | 'setTheme'
>;

function accountCommands(world: World, options: FakeOptions): Accounts {
  let users = options.users ?? [{ id: 1, name: 'Ada', last_signed_in_at: world.now - 86_400_000 }];
  let signedIn: UserCard | null = options.signedIn === false ? null : (users[0] ?? null);
  let settings: Settings = { lock_after_minutes: 15, close_to_tray: false, keep_history_days: 0 };
  let theme: Theme = options.theme ?? 'system';
  let folder: DataFolder = {
    path: '/home/ada/.local/share/db-studio',
    next: null,
    catalogue: '/home/ada/.local/share/db-studio/catalogue.sqlite',
    catalogue_bytes: 38_400_000,
  };

  return {
    welcome: async () => ({
      engines: [postgres, mysql, sqlite, documents],
      users,
      signed_in: signedIn,
      version: '0.1.0',
      theme,
    }),
    signUp: async (name) => {
      const user = { id: users.length + 1, name, last_signed_in_at: Date.now() };
      users = [user, ...users];
      signedIn = user;
      return user;
    },
    signIn: async (name, passphrase) => {
      await world.rest();
      const user = users.find((entry) => entry.name === name);
      if (!user || passphrase !== PASSPHRASE) {
        throw wrongPassphrase();
      }
      signedIn = user;
      return user;
    },
    lock: async () => {
      signedIn = null;
      world.emit({ type: 'locked' });
      return null;
    },
    changePassphrase: async (current) => {
      if (current !== PASSPHRASE) throw wrongPassphrase();
      return null;
    },
    used: async () => null,
    settings: async () => settings,
    setSettings: async (next) => {
      settings = next;
      return null;
    },
    dataFolder: async () => folder,
    setDataFolder: async (path) => (folder = { ...folder, next: path }),
    setTheme: async (next) => {
      theme = next;
      return null;
    },
  };
}

const wrongPassphrase = () =>
  appError(
    'wrong_passphrase',
    'This is not the right passphrase.',
    'Check Caps Lock and the keyboard layout.',
  );
