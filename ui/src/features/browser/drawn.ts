/** Icons drawn once and copied: rows that scroll by take one without building it. */
import { mount } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { Icon } from './icons';

const shown = new Map<Icon, Attachment<HTMLElement>>();

/** Puts an icon of 14 pixels into its host; the same function for the same icon. */
export function drawnIcon(icon: Icon): Attachment<HTMLElement> {
  const known = shown.get(icon);
  if (known) return known;
  const host = document.createElement('span');
  mount(icon, { target: host, props: { size: 14 } });
  // Copied at once: what was mounted goes when the row that first asked for it goes.
  const drawing = [...host.children].map((part) => part.cloneNode(true));
  const show: Attachment<HTMLElement> = (element) => {
    element.replaceChildren(...drawing.map((part) => part.cloneNode(true)));
  };
  shown.set(icon, show);
  return show;
}
