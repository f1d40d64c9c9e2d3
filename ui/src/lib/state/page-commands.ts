/**
 * What the keys of the window mean on the page that is open: the page provides,
 * the shell's keyboard calls.
 */

/** Commands whose meaning depends on the page. */
export interface PageCommands {
  /** Puts the cursor into the filter of the list. */
  filter?: () => void;
  /** Reads again what is selected. */
  sync?: () => void;
  /** Shows or hides the side bar. */
  sideBar?: () => void;
}

let provided: readonly PageCommands[] = [];

/** Provides commands until the returned function is called; the latest provider of a command wins. */
export function providePageCommands(commands: PageCommands): () => void {
  provided = [...provided, commands];
  return () => {
    provided = provided.filter((entry) => entry !== commands);
  };
}

/** Whether the open page has such a command. */
export function hasPageCommand(name: keyof PageCommands): boolean {
  return provided.some((entry) => entry[name]);
}

/** Runs a command of the page; false when the page has none. */
export function runPageCommand(name: keyof PageCommands): boolean {
  const command = provided.findLast((entry) => entry[name])?.[name];
  command?.();
  return command !== undefined;
}
