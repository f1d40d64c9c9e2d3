// How many statements a server has heard, as itself counts or logs them.
import { Studio } from './studio.mjs';

/** A sentence about what a first sync and one without changes ask; nothing for a file. */
export async function statementsHeard(engine, app) {
  if (!engine.heard) return undefined;
  await engine.listen(true);
  const studio = await Studio.start(app, engine.url, engine.pid);
  try {
    const count = async () => {
      const before = engine.heard();
      await studio.order('sync');
      return engine.heard() - before - engine.ownQuestions;
    };
    const [first, again] = [await count(), await count()];
    return `Heard by the server itself: ${first} statements in a first sync, ${again} when nothing has changed.`;
  } finally {
    await studio.end();
    await engine.listen(false);
  }
}
