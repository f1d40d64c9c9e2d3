// The real window: started, looked at and used through WebDriver.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { remote } from 'webdriverio';
import { app, artefacts, driver } from './places.mjs';
import { until } from './report.mjs';

/** Keeps what the page complains of; runs inside the page. */
const watch = () => {
  if (window.e2eComplaints) return;
  window.e2eComplaints = [];
  const keep = (text) => window.e2eComplaints.push(String(text));
  addEventListener('securitypolicyviolation', (event) =>
    keep(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
  );
  addEventListener('error', (event) => keep(`error: ${event.message}`));
  addEventListener('unhandledrejection', (event) => keep(`rejection: ${event.reason}`));
  const told = console.error;
  console.error = (...words) => {
    keep(`console: ${words.join(' ')}`);
    told.apply(console, words);
  };
  // Violations from before this ran are kept by the browser.
  if ('ReportingObserver' in window) {
    new ReportingObserver(
      (reports) =>
        reports.forEach((report) =>
          keep(`report: ${report.body?.effectiveDirective} ${report.body?.blockedURL}`),
        ),
      {
        buffered: true,
        types: ['csp-violation'],
      },
    ).observe();
  }
};

/** The driver between WebDriver and the app, for a whole run. */
export class Driver {
  #child;

  static async start(environment) {
    const self = new Driver();
    [self.port, self.nativePort] = [await freePort(), await freePort()];
    self.#child = spawn(driver, ['--port', `${self.port}`, '--native-port', `${self.nativePort}`], {
      env: { ...process.env, WEBKIT_DISABLE_DMABUF_RENDERER: '1', ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await until('the driver answers', () => fetch(`http://127.0.0.1:${self.port}/status`));
    return self;
  }

  async end() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }

  /** Starts the app and waits for its first page. */
  async open(application = app) {
    const browser = await remote({
      hostname: '127.0.0.1',
      port: this.port,
      logLevel: 'error',
      connectionRetryCount: 0,
      capabilities: {
        browserName: 'wry',
        'wdio:enforceWebDriverClassic': true,
        'tauri:options': { application },
      },
    });
    const window = new Window(browser);
    await window.drawn();
    return window;
  }
}

/** The window of one run of the app. */
export class Window {
  constructor(browser) {
    this.browser = browser;
  }

  /** Ends the app. */
  async end() {
    await this.browser.deleteSession();
  }

  /** Goes on with the window that the app has opened in place of a closed one. */
  async again() {
    await until('there is a window again', async () => {
      const [handle] = await this.browser.getWindowHandles();
      if (handle) await this.browser.switchToWindow(handle);
      return handle;
    });
    await this.drawn();
  }

  /** Waits for a page and begins to listen to its complaints. */
  async drawn() {
    await until('the page is drawn', () => this.run(() => document.querySelector('main, nav') !== null));
    await this.run(watch);
  }

  /** What the page has complained of since it was drawn. */
  complaints() {
    return this.run(() => window.e2eComplaints ?? ['the page was not watched']);
  }

  run(script, ...args) {
    return this.browser.execute(script, ...args);
  }

  /** The element behind an XPath, once it is there and can be seen. */
  async find(xpath, limit = 15_000) {
    const element = await this.browser.$(xpath);
    await element.waitForDisplayed({ timeout: limit, interval: 50, timeoutMsg: `Not in sight: ${xpath}` });
    return element;
  }

  async click(xpath) {
    await (await this.find(xpath)).click();
  }

  /** A button by what it says or is called. */
  button(name) {
    return this.click(`//button[normalize-space()="${name}" or @aria-label="${name}"]`);
  }

  /** A tab of the open page by the beginning of its name. */
  tab(name) {
    return this.click(`//*[@role="tab" and starts-with(normalize-space(), "${name}")]`);
  }

  /** Goes to one of the editor's views; a click while the sheet still slides in meets nothing. */
  async show(view) {
    const tab = `//*[@role="tab" and normalize-space()="${view}"]`;
    await until(`the view ${view} is shown`, async () => {
      await this.click(tab);
      return (await (await this.find(tab)).getAttribute('aria-selected')) === 'true';
    });
  }

  /** Signs somebody new up on the first page; the sample database is there then. */
  async signUp(name, passphrase) {
    await this.text('Set up db-studio');
    await this.type('Your name', name);
    await this.type('Passphrase', passphrase);
    await this.type('Passphrase again', passphrase);
    await this.button('Open the browser');
    await this.row('sample', 1);
  }

  /** Turns a switch on, and waits until it is. */
  async turnOn(name) {
    const found = `//*[@role="switch" and @aria-label="${name}"]`;
    await this.click(found);
    await until(
      `${name} is on`,
      async () => (await (await this.find(found)).getAttribute('aria-checked')) === 'true',
    );
  }

  /** Types into the field below a label. */
  async type(label, text) {
    const field = await this.find(labelled(label));
    await field.clearValue();
    await field.addValue(text);
  }

  /** What stands in the field below a label. */
  async value(label) {
    return (await this.find(labelled(label))).getValue();
  }

  /** Presses keys together. */
  keys(...keys) {
    return this.browser.keys(keys);
  }

  /** Presses the keys of a text one after the other, wherever the focus is. */
  async write(text) {
    for (const letter of text) await this.keys(letter);
  }

  /** Waits until the page holds a text. */
  text(text, limit = 20_000) {
    return until(
      `the page says “${text}”`,
      () => this.run((t) => document.body.innerText.includes(t), text),
      limit,
    );
  }

  /** The row of the tree whose name begins like this. */
  row(name, level) {
    const at = level ? ` and @aria-level="${level}"` : '';
    return this.find(
      `//*[@role="treeitem" and (@aria-label="${name}" or starts-with(@aria-label, "${name},"))${at}]`,
    );
  }

  /** Unfolds a row of the tree. */
  async unfold(name, level) {
    const row = await this.row(name, level);
    if ((await row.getAttribute('aria-expanded')) !== 'true') await (await row.$('button.chevron')).click();
    await until(
      `${name} is unfolded`,
      async () => (await (await this.row(name, level)).getAttribute('aria-expanded')) === 'true',
    );
  }

  /** Pictures of the window, light and dark. */
  async picture(name) {
    for (const theme of ['light', 'dark']) {
      await this.run((next) => void (document.documentElement.dataset.theme = next), theme);
      await this.snapshot(`${name}-${theme}`);
    }
    await this.run(() => void delete document.documentElement.dataset.theme);
  }

  /** One picture of the screen as it is; WebDriver's own may take 20 s each. */
  async snapshot(name) {
    await this.browser.executeAsync((done) =>
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))),
    );
    const crop = `${await this.run(() => `${innerWidth}x${innerHeight}`)}+0+0`;
    const file = join(artefacts, `${name}.png`);
    const taken = spawnSync('import', ['-silent', '-window', 'root', '-crop', crop, '+repage', file]);
    if (taken.status !== 0) throw new Error(`No picture: ${taken.error ?? taken.stderr}`);
  }
}

function labelled(label) {
  return `//*[@id=//label[normalize-space(.)="${label}"]/@for]`;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
