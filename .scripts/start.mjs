// npm start: builds what has changed and opens the window, or without a display does its first job.
import { buildApp, prepare } from './lib/prepare.mjs';
import { app, root } from './lib/places.mjs';
import { main, say, status } from './lib/run.mjs';

await main(async () => {
  await prepare();
  await buildApp();
  const display = process.env.WAYLAND_DISPLAY || process.env.DISPLAY;
  if (process.platform !== 'linux' || display) {
    say('Opening db-studio');
    return status(app, [], { cwd: root });
  }
  say('There is no display, so no window can open. This is the same job without one:');
  return status(app, ['demo'], { cwd: root });
});
