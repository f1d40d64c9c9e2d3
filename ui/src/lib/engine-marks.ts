/**
 * The engines' marks, read at build time from icons/engines/<engine id>.svg:
 * a 16 px grid, plain paths, a class that names the colour token. A product that
 * the engine also speaks to has its own in <engine id>.<product>.svg.
 */

/** A mark that can be drawn without markup from outside. */
export interface EngineMark {
  /** The class with the engine's colour, such as `e-pg`. */
  tone: string;
  paths: readonly { d: string; stroke: boolean }[];
}

const files = import.meta.glob<string>('../../../icons/engines/*.svg', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const marks = new Map(Object.entries(files).map(([path, svg]) => [engineOf(path), parse(svg)]));

/** The mark of an engine, or of the product that its server says that it is, if there is a file for it. */
export function engineMark(engine: string, server?: string | null): EngineMark | undefined {
  const product = server?.trim().split(/\s/)[0]?.toLowerCase();
  return (product && marks.get(`${engine}.${product}`)) || marks.get(engine);
}

function engineOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.svg'.length);
}

function parse(svg: string): EngineMark {
  const tone = /<svg[^>]*\bclass="([\w-]+)"/.exec(svg)?.[1] ?? '';
  const paths = [...svg.matchAll(/<path\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const d = /\bd="([^"]+)"/.exec(attributes)?.[1];
    return d ? [{ d, stroke: /\bstroke="/.test(attributes) }] : [];
  });
  return { tone, paths };
}
