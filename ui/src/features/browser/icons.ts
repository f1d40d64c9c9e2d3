/** The icon of each kind of object, whatever the engine. */
import Antenna from '@lucide/svelte/icons/antenna';
import ArrowDownAZ from '@lucide/svelte/icons/arrow-down-a-z';
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import ArrowUp10 from '@lucide/svelte/icons/arrow-up-1-0';
import Bell from '@lucide/svelte/icons/bell';
import Binary from '@lucide/svelte/icons/binary';
import BookA from '@lucide/svelte/icons/book-a';
import Box from '@lucide/svelte/icons/box';
import Boxes from '@lucide/svelte/icons/boxes';
import Braces from '@lucide/svelte/icons/braces';
import Cable from '@lucide/svelte/icons/cable';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import ChartScatter from '@lucide/svelte/icons/chart-scatter';
import CircleSlash from '@lucide/svelte/icons/circle-slash-2';
import Code from '@lucide/svelte/icons/code';
import Columns3 from '@lucide/svelte/icons/columns-3';
import Crop from '@lucide/svelte/icons/crop';
import Database from '@lucide/svelte/icons/database';
import Diff from '@lucide/svelte/icons/diff';
import Disc from '@lucide/svelte/icons/disc';
import Fingerprint from '@lucide/svelte/icons/fingerprint';
import Gavel from '@lucide/svelte/icons/gavel';
import Globe from '@lucide/svelte/icons/globe';
import HardDrive from '@lucide/svelte/icons/hard-drive';
import KeyRound from '@lucide/svelte/icons/key-round';
import LandPlot from '@lucide/svelte/icons/land-plot';
import Layers from '@lucide/svelte/icons/layers';
import Link from '@lucide/svelte/icons/link';
import List from '@lucide/svelte/icons/list';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Parentheses from '@lucide/svelte/icons/parentheses';
import Puzzle from '@lucide/svelte/icons/puzzle';
import Radio from '@lucide/svelte/icons/radio';
import Repeat from '@lucide/svelte/icons/repeat';
import Rss from '@lucide/svelte/icons/rss';
import Ruler from '@lucide/svelte/icons/ruler';
import ScanEye from '@lucide/svelte/icons/scan-eye';
import Server from '@lucide/svelte/icons/server';
import Shapes from '@lucide/svelte/icons/shapes';
import Shield from '@lucide/svelte/icons/shield';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Sigma from '@lucide/svelte/icons/sigma';
import Split from '@lucide/svelte/icons/split';
import SquareFunction from '@lucide/svelte/icons/square-function';
import Table from '@lucide/svelte/icons/table-2';
import TableRowsSplit from '@lucide/svelte/icons/table-rows-split';
import TextSearch from '@lucide/svelte/icons/text-search';
import UserKey from '@lucide/svelte/icons/user-key';
import UserRound from '@lucide/svelte/icons/user-round';
import Workflow from '@lucide/svelte/icons/workflow';
import Zap from '@lucide/svelte/icons/zap';
import type { ObjectKind } from '../../lib/backend';
import type { Icon } from '../../lib/outline';

export type { Icon };

const ICONS: Readonly<Record<ObjectKind, Icon>> = {
  server: Server,
  database: Database,
  schema: Box,
  table: Table,
  view: ScanEye,
  materialized_view: Layers,
  foreign_table: Globe,
  collection: Layers,
  column: Columns3,
  field: Braces,
  primary_key: KeyRound,
  unique: Fingerprint,
  check: ListChecks,
  exclusion: CircleSlash,
  foreign_key: Link,
  index: ListOrdered,
  trigger: Zap,
  rule: Gavel,
  policy: ShieldCheck,
  partition: TableRowsSplit,
  sequence: ArrowUp10,
  function: SquareFunction,
  procedure: Workflow,
  aggregate: Sigma,
  enum_type: List,
  composite_type: Parentheses,
  range_type: Ruler,
  domain: Crop,
  base_type: Binary,
  collation: ArrowDownAZ,
  operator: Diff,
  operator_class: Shapes,
  operator_family: Boxes,
  cast: ArrowRightLeft,
  conversion: Repeat,
  text_search_configuration: TextSearch,
  text_search_dictionary: BookA,
  statistics_object: ChartScatter,
  event: CalendarClock,
  event_trigger: Bell,
  extension: Puzzle,
  language: Code,
  access_method: HardDrive,
  foreign_data_wrapper: Cable,
  foreign_server: Antenna,
  user_mapping: UserKey,
  publication: Radio,
  subscription: Rss,
  default_privilege: Shield,
  role: UserRound,
  tablespace: Disc,
  shard: Split,
  zone: LandPlot,
};

/** The icon of a kind. */
export function iconOf(kind: ObjectKind): Icon {
  return ICONS[kind];
}
