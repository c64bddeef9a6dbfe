/**
 * Reads and explains socket dumps: what `netstat`, `ss`, `lsof` and the like print.
 *
 * Everything here is pure: no file is read, nothing is started, and it runs in browsers as well.
 *
 * @packageDocumentation
 */
export {
  Analysis,
  compare,
  csvReport,
  jsonReport,
  markdownReport,
  ndjsonReport,
  textReport,
} from './analysis';
export type { AnalysisOptions, Named } from './analysis';
export { type Dump, DumpStream, formats, readDump, Redactor } from './dump';
export { type Explained, type ExplainedPart, explainAt, explainState } from './explain';

export {
  type Confidence,
  CONFIDENCES,
  type Confirmation,
  type Evidence,
  type Finding,
  type Growth,
  type MergedRule,
  type RuleCode,
  type RuleId,
  SEVERITIES,
  type Severity,
  type Subject,
} from '../core/analysis/finding';
export { RULE_IDS } from '../core/analysis/ruleTable';
export { type OwnerIdentity } from '../core/index/owners';
export type { RemoteCount } from '../core/index/remotes';
export type { CloseWaitGroup, CountedState, SnapshotSummary } from '../core/analysis/summary';
export {
  type Threshold,
  type ThresholdId,
  type Thresholds,
  thresholds,
  type ThresholdUnit,
} from '../core/analysis/thresholds';
export type { DumpCommand, Format, Tells } from '../core/model/format';
export type { Detail } from '../core/explain/explanation';
export { type Inline, type InlineStyle, plain, type Text } from '../core/wording/text';
export type { Label, Statement } from '../core/wording/statement';
export { type Source, type SourceId, sources } from '../core/wording/sources';
export { stateFromAnySpelling } from '../core/vocabulary/stateSpellings';
export type { Counted, Counter, CounterFamily, CounterSource } from '../core/model/counter';
export type { Amount, Interface, Received, Sent } from '../core/model/interface';
export type { PolicyRule, Route, RouteType } from '../core/model/route';
export type { Listing, Snapshot } from '../core/model/snapshot';
export type { System } from '../core/vocabulary/system';
export type { LineCounts } from '../core/model/lineClass';
export type { Family, Protocol } from '../core/vocabulary/protocol';
export { Shut, TimerKind } from '../core/vocabulary/timer';
export type { Endpoint, Flow, Owner, Socket, Timer } from '../core/model/socket';
export { TCP_STATES, type TcpState } from '../core/vocabulary/state';
export { isDump } from '../core/reading/detect';
export type { TerminalOptions } from '../core/report/terminal';
