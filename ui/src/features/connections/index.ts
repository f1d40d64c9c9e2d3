/** Connections: the list of them, and the sheet that edits one. */
export { default as Connections } from './Connections.svelte';
export { default as Editor } from './Editor.svelte';
