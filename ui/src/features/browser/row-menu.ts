/** Where the context menu of a row opens: at the pointer, or below the row when a key asked for it. */

/** The event to open a menu with; the key of a keyboard names the list, so the row must say where it is. */
export function atRow(event: MouseEvent, row: Element | null): MouseEvent {
  const byKey = event.clientX === 0 && event.clientY === 0;
  if (!byKey || !row) return event;
  event.preventDefault();
  event.stopPropagation();
  const { left, bottom } = row.getBoundingClientRect();
  return new MouseEvent('contextmenu', { clientX: left + 24, clientY: bottom });
}
