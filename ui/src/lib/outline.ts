/** The outline of an icon as one path: rows that scroll by change it without building anything. */
import { mount, unmount, type Component } from 'svelte';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronRight from '@lucide/svelte/icons/chevron-right';

/** An icon of lucide. */
export type Icon = Component<{ size?: number }>;

const known = new Map<Icon, string>();

/** What the chevron of a row looks like. */
export function chevron(open: boolean): string {
  return outlineOf(open ? ChevronDown : ChevronRight);
}

/** The outline of an icon, in the 24 units of its sides. */
export function outlineOf(icon: Icon): string {
  let outline = known.get(icon);
  if (outline === undefined) {
    const host = document.createElement('span');
    const drawing = mount(icon, { target: host });
    outline = [...(host.querySelector('svg')?.children ?? [])].map(pathOf).join('');
    void unmount(drawing);
    known.set(icon, outline);
  }
  return outline;
}

/** What an element of a drawing is as a path. */
export function pathOf(shape: Element): string {
  const get = (name: string) => Number(shape.getAttribute(name) ?? 0);
  switch (shape.tagName.toLowerCase()) {
    case 'path': {
      const path = shape.getAttribute('d') ?? '';
      // It begins at the corner and not where the path before it ends.
      return path.startsWith('m') ? `M0 0${path}` : path;
    }
    case 'line':
      return `M${get('x1')} ${get('y1')}L${get('x2')} ${get('y2')}`;
    case 'circle':
      return ellipse(get('cx'), get('cy'), get('r'), get('r'));
    case 'ellipse':
      return ellipse(get('cx'), get('cy'), get('rx'), get('ry'));
    case 'rect': {
      const [x, y, width, height] = [get('x'), get('y'), get('width'), get('height')];
      const round = Math.min(get('rx') || get('ry'), width / 2, height / 2);
      const corner = (right: number, down: number) => `a${round} ${round} 0 0 1 ${right} ${down}`;
      const [across, along] = [width - 2 * round, height - 2 * round];
      return (
        `M${x + round} ${y}h${across}${corner(round, round)}v${along}${corner(-round, round)}` +
        `h${-across}${corner(-round, -round)}v${-along}${corner(round, -round)}z`
      );
    }
    case 'polyline':
    case 'polygon': {
      const end = shape.tagName.toLowerCase() === 'polygon' ? 'z' : '';
      return `M${(shape.getAttribute('points') ?? '').trim()}${end}`;
    }
    default:
      return '';
  }
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
}
