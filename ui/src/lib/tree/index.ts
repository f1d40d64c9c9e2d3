/** The tree of connections and objects as a list of rows. Pure: no backend, no view. */
export { filteredRows } from './filter';
export { parentIndex, treeKey, typeAhead, type TreeAct, type TreeSight } from './keys';
export { EVERY, connectionKey, folderKey, objectKey, pathKey } from './path';
export {
  canUnfold,
  rowName,
  type ConnectionRow,
  type FolderRow,
  type NoteRow,
  type ObjectRow,
  type PageRequest,
  type TreeRow,
  type WaitingRow,
} from './rows';
export { countOf, groupHolding, groupsOf, kindOf, type Counts, type Group, type Hidden } from './shape';
export { NOTHING_HIDDEN, Tree, type Root } from './tree';
export { type HiddenBelow } from './make';
