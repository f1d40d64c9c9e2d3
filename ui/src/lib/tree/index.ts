/** The tree of connections and objects: its rows, as Rust gives them, and what its keys do. */
export { isTreeKey, treeKey, type TreeKeyAct, type TreeSight } from './keys';
export { EVERY, connectionKey, folderKey, objectKey, pathKey } from './path';
export {
  failedRow,
  spareRow,
  treeRow,
  waitingRow,
  type ConnectionRow,
  type FolderRow,
  type NoteRow,
  type ObjectRow,
  type TreeRow,
  type WaitingRow,
} from './rows';
export { countOf, groupHolding, groupsOf, kindOf, type Counts, type Group } from './shape';
export { RowWindow, type RowList, type Wanted } from './window';
