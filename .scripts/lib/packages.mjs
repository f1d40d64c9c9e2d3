// The system's packages that a build or a test run needs, and how they get there.
import { existsSync, readFileSync } from 'node:fs';
import { Stop, ask, run, say } from './run.mjs';

const build = [
  'build-essential',
  'libayatana-appindicator3-dev',
  'libdbus-1-dev',
  'librsvg2-dev',
  'libwebkit2gtk-4.1-dev',
  'pkg-config',
];

const test = [
  'cmake',
  'dbus',
  'dbus-x11',
  'file',
  'imagemagick',
  'libxtst6',
  'ninja-build',
  'postgresql',
  'webkit2gtk-driver',
  'xauth',
  'xvfb',
];

// While this file is there, the postgresql package makes and starts no server.
const noServer = '/etc/postgresql-common/createcluster.d/db-studio-tests.conf';

/** Installs what is missing, or names it and stops where that is not possible. */
export async function installPackages({ tests }) {
  if (process.platform !== 'linux') return;
  const wanted = [...build, ...(tests ? test : [])];
  if (tests && !ask('python3', ['-m', 'pip', '--version'])) wanted.push('python3-pip');
  if (!isDebian()) return checkElsewhere(wanted);
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const asRoot = privilege(missing);
  say(`Installing ${missing.join(' ')}`);
  const apt = async (...args) =>
    run(...asRoot(['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]));
  await apt('update', '-qq');
  if (missing.includes('postgresql')) {
    await run(...asRoot(['install', '-d', '/etc/postgresql-common/createcluster.d']));
    const write = `echo "create_main_cluster = false" > ${noServer}`;
    await run(...asRoot(['sh', '-c', write]));
  }
  try {
    await apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
  } finally {
    if (missing.includes('postgresql')) await run(...asRoot(['rm', '-f', noServer]));
  }
}

function isDebian() {
  if (!existsSync('/etc/os-release') || !ask('apt-get', ['--version'])) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function isInstalled(name) {
  return ask('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]) === 'installed';
}

function privilege(missing) {
  if (process.getuid() === 0) return ([command, ...args]) => [command, args];
  if (ask('sudo', ['--version'])) return (command) => ['sudo', command, { stdio: 'inherit' }];
  throw new Stop(
    `These packages are missing, and there is no sudo to install them with:\n  apt-get install --no-install-recommends ${missing.join(' ')}`,
  );
}

function checkElsewhere(wanted) {
  const libraries = ['webkit2gtk-4.1', 'ayatana-appindicator3-0.1', 'librsvg-2.0', 'dbus-1'];
  const programs = wanted.includes('xvfb')
    ? ['cc', 'Xvfb', 'xauth', 'dbus-run-session', 'WebKitWebDriver', 'initdb', 'convert', 'file']
    : ['cc'];
  const lacking = [
    ...libraries.filter((name) => ask('pkg-config', ['--exists', name]) === undefined),
    ...programs.filter((name) => ask('sh', ['-c', `command -v ${name}`]) === undefined),
  ];
  if (lacking.length === 0) return;
  throw new Stop(
    `This system does not install packages through apt, so please install what is missing: ${lacking.join(', ')}.\nOn Debian 12 these packages bring it all: ${wanted.join(' ')}.`,
  );
}
