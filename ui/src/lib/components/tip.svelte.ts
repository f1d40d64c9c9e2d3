/**
 * Tooltips: one layer for the whole window (`TipLayer`), any number of hosts.
 * Lists have thousands of hosts, so a host costs two listeners and nothing more.
 */
import type { Attachment } from 'svelte/attachments';

interface Tip {
  text: string;
  keys: string | undefined;
  anchor: DOMRect;
}

const DELAY = 500;

let shown = $state.raw<Tip | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;
let host: Element | null = null;

/** The tooltip to draw now, if any. */
export function currentTip(): Tip | null {
  return shown;
}

/** Takes the tooltip away, whatever its host. */
export function hideTip(): void {
  clearTimeout(timer);
  host = null;
  shown = null;
}

/** Shows `text` (and the keys that do the same) while the host is pointed at or focused by keyboard. */
export function tip(text: string | null | undefined, keys?: string): Attachment<HTMLElement> {
  return (element) => (text ? listen(element, () => text, keys) : undefined);
}

/** Shows the host's whole text, but only where it is cut. */
export function tipWhenCut(text: string): Attachment<HTMLElement> {
  return (element) => listen(element, () => (element.scrollWidth > element.clientWidth ? text : null));
}

/**
 * Shows the whole text of whatever is cut inside the host, and what stands in `data-tip`: one host for
 * a list of thousands.
 */
export function tipsWhenCut(): Attachment<HTMLElement> {
  return (element) => {
    let over: Element | null = null;
    const enter = (event: Event) => {
      const cut = event.target instanceof Element ? event.target.closest('[data-tip], .cut') : null;
      if (cut === over) return;
      over = cut;
      hideTip();
      if (!cut) return;
      host = cut;
      timer = setTimeout(() => {
        if (host !== cut || !cut.isConnected) return;
        const text = cut.getAttribute('data-tip') ?? (cut.scrollWidth > cut.clientWidth ? wholeOf(cut) : '');
        if (text !== '') shown = { text, keys: undefined, anchor: cut.getBoundingClientRect() };
      }, DELAY);
    };
    const leave = () => {
      if (over !== null) hideTip();
      over = null;
    };
    const events = ['pointerleave', 'pointerdown', 'scroll'] as const;
    element.addEventListener('pointerover', enter);
    for (const name of events) element.addEventListener(name, leave);
    return () => {
      leave();
      element.removeEventListener('pointerover', enter);
      for (const name of events) element.removeEventListener(name, leave);
    };
  };
}

/** `data-whole` has the whole of a text of which only a part is drawn. */
function wholeOf(cut: Element): string {
  return cut.getAttribute('data-whole') ?? cut.textContent;
}

function listen(element: HTMLElement, text: () => string | null, keys?: string): () => void {
  const show = (delay: number) => {
    hideTip();
    host = element;
    timer = setTimeout(() => {
      const words = text();
      if (words && host === element) shown = { text: words, keys, anchor: element.getBoundingClientRect() };
    }, delay);
  };
  const enter = () => show(DELAY);
  const focus = () => element.matches(':focus-visible') && show(DELAY);
  const leave = () => host === element && hideTip();

  element.addEventListener('pointerenter', enter);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('pointerdown', leave);
  element.addEventListener('focus', focus);
  element.addEventListener('blur', leave);
  return () => {
    leave();
    element.removeEventListener('pointerenter', enter);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('pointerdown', leave);
    element.removeEventListener('focus', focus);
    element.removeEventListener('blur', leave);
  };
}
