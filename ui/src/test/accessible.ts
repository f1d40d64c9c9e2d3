/** Runs axe on what is drawn. Colours are checked apart, from the tokens: here nothing is painted. */
import axe from 'axe-core';

/** The rules that are broken, each with the elements that break it. */
export async function violations(root: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(root, {
    rules: {
      'color-contrast': { enabled: false },
      // The parts of a page are tested without the page around them.
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
