// The parts of a desktop that the app speaks to, on a private session bus: who
// takes tray items, and who shows notifications.
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import dbus from 'dbus-next';
import { root } from './places.mjs';
import { until } from './report.mjs';

const { Message, MessageType, Variant } = dbus;

const WATCHER = 'org.kde.StatusNotifierWatcher';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/** A desktop with a tray and notifications. */
export class Desktop {
  /** Tray items that have registered, newest last. */
  items = [];
  /** Notifications that were shown, newest last. */
  notifications = [];
  #bus = dbus.sessionBus();

  static async start() {
    const desktop = new Desktop();
    desktop.#bus.addMethodHandler((message) => desktop.#answer(message));
    for (const name of [WATCHER, NOTIFICATIONS]) await desktop.#bus.requestName(name);
    return desktop;
  }

  end() {
    this.#bus.disconnect();
  }

  /** The tray item of the running app. */
  async item() {
    return until('the tray item registers', async () => {
      const item = this.items.at(-1);
      return item && (await this.#get(item.service, item.path, ITEM, 'Menu')) ? item : undefined;
    });
  }

  /** Waits until the item shows the picture of a state. */
  async shows(state) {
    const wanted = pixels(join(root, 'icons', 'tray', `${state}.png`));
    await until(`the tray shows ${state}`, async () => {
      const { service, path } = await this.item();
      const folder = await this.#get(service, path, ITEM, 'IconThemePath');
      const name = await this.#get(service, path, ITEM, 'IconName');
      return pixels(join(folder, `${basename(name, '.png')}.png`)).equals(wanted);
    });
  }

  /** The entries of the menu: id and label, separators left out. */
  async menu() {
    const { service, path } = await this.item();
    const menu = await this.#get(service, path, ITEM, 'Menu');
    await this.#call(service, menu, MENU, 'AboutToShow', 'i', [0]);
    const [, [, , children]] = await this.#call(service, menu, MENU, 'GetLayout', 'iias', [0, -1, []]);
    return children
      .map(({ value: [id, properties] }) => ({ id, label: properties.label?.value }))
      .filter(({ label }) => label !== undefined)
      .map(({ id, label }) => ({ id, label: label.replace(/_(.)/g, '$1') }));
  }

  /** Clicks the entry whose label begins like this, once more where the menu was replaced meanwhile. */
  async click(label) {
    await until(`${label} is clicked in the menu`, async () => {
      const { service, path } = await this.item();
      const entry = await this.entry(label);
      const menu = await this.#get(service, path, ITEM, 'Menu');
      await this.#call(service, menu, MENU, 'Event', 'isvu', [entry.id, 'clicked', new Variant('i', 0), 0]);
      return true;
    });
  }

  /** The entry whose label begins like this: its id and label. */
  async entry(label) {
    const entry = (await this.menu()).find((entry) => entry.label.startsWith(label));
    if (!entry) throw new Error(`The menu has no entry ${label}.`);
    return entry;
  }

  /** The first notification after those that were there before. */
  async notification(before) {
    return until('a notification is shown', () => this.notifications[before]);
  }

  /** Asks the app's window to close, as a window manager does. */
  closeWindow() {
    x11('close');
  }

  /** Whether the app's window can be seen. */
  windowIsShown() {
    return x11('shown') === 'yes';
  }

  /** Types a text into the app's window, as a keyboard does. */
  type(text) {
    x11('type', text);
  }

  /** Presses keys together: `ctrl+k`. */
  press(keys) {
    x11('press', keys);
  }

  #answer(message) {
    const reply = (signature = '', body = []) => {
      this.#bus.send(Message.newMethodReturn(message, signature, body));
      return true;
    };
    if (message.interface === WATCHER && message.member === 'RegisterStatusNotifierItem') {
      const [named] = message.body;
      const path = named.startsWith('/') ? named : '/StatusNotifierItem';
      this.items.push({ service: message.sender, path });
      return reply();
    }
    if (message.interface === PROPERTIES && message.path === '/StatusNotifierWatcher') {
      const registered = new Variant('b', true);
      return message.member === 'GetAll'
        ? reply('a{sv}', [{ IsStatusNotifierHostRegistered: registered }])
        : reply('v', [registered]);
    }
    if (message.interface !== NOTIFICATIONS) return false;
    if (message.member === 'Notify') {
      const [, , , summary, body] = message.body;
      this.notifications.push({ summary, body });
      return reply('u', [this.notifications.length]);
    }
    if (message.member === 'GetCapabilities') return reply('as', [['body']]);
    if (message.member === 'GetServerInformation') return reply('ssss', ['e2e', 'db-studio', '1', '1.2']);
    return false;
  }

  async #get(service, path, owner, name) {
    const [value] = await this.#call(service, path, PROPERTIES, 'Get', 'ss', [owner, name]);
    return value.value;
  }

  async #call(destination, path, owner, member, signature, body) {
    const message = new Message({
      type: MessageType.METHOD_CALL,
      destination,
      path,
      interface: owner,
      member,
      signature,
      body,
    });
    return (await this.#bus.call(message)).body;
  }
}

function x11(verb, ...what) {
  const script = join(root, 'tests', 'e2e', 'lib', 'x11.py');
  const done = spawnSync('python3', [script, verb, ...what], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${verb}: ${done.error ?? done.stderr}`);
  return done.stdout.trim();
}

function pixels(file) {
  const read = spawnSync('convert', [file, 'rgba:-'], { maxBuffer: 1 << 26 });
  if (read.status !== 0) throw new Error(`${file} is no picture: ${read.error ?? read.stderr}`);
  return read.stdout;
}
