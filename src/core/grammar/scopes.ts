import type { Health } from '../knowledge/health';

/*
 * Which scope each part of a dump gets, and why.
 *
 * Only scopes that themes color anyway are used, so that a dump looks right in any theme. In a
 * row that is well nothing may look alarming, and one thing must be seen at once: CLOSE_WAIT. So
 *
 * - `string`, `keyword`, `storage`, `variable` and `entity.other` are not used for what stands in
 *   every row: they are red or orange in some of VS Code's own themes (Light Modern writes strings
 *   in dark red, the 2026 themes keywords in red and variables in orange).
 * - What stands in every row has colors that are calm in all of them: `entity.name.type`,
 *   `support.variable`, `constant.numeric`, `entity.name.function`, or none (`constant.other`,
 *   `support.constant`).
 * - `comment` is what every theme draws back: rules of dashes, timers that are off, and TIME_WAIT,
 *   of which a busy host has thousands and none needs anything.
 * - Bold says "look here" where a color would say too much: queues that are not empty.
 */
export const scopes = {
  title: 'markup.heading.title.netstat',
  snapshot: 'markup.heading.snapshot.netstat',
  header: 'markup.bold.header.netstat',
  rule: 'comment.line.rule.netstat',
  comment: 'comment.line.netstat',
  stamp: 'comment.line.timestamp.netstat',
  notice: 'emphasis comment.line.notice.netstat',

  prompt: 'punctuation.definition.prompt.netstat',
  command: 'support.function.command.netstat',
  option: 'constant.other.option.netstat',

  protocol: 'entity.name.type.protocol.netstat',
  address: 'support.variable.address.netstat',
  interface: 'support.type.interface.netstat',
  port: 'constant.numeric.port.netstat',
  service: 'constant.other.service.netstat',
  queue: 'strong constant.numeric.queue.netstat',

  pid: 'constant.numeric.pid.netstat',
  process: 'entity.name.function.process.netstat',
  component: 'support.class.component.netstat',
  descriptor: 'constant.other.descriptor.netstat',
  user: 'constant.other.user.netstat',
  inode: 'constant.other.inode.netstat',
  pointer: 'constant.other.pointer.netstat',
  path: 'string.unquoted.path.netstat',
  type: 'constant.other.type.netstat',

  timer: 'support.type.timer.netstat',
  timerValue: 'constant.numeric.timer.netstat',
  timerOff: 'comment.timer.off.netstat',

  detailName: 'support.variable.detail.netstat',
  detailValue: 'constant.numeric.detail.netstat',
  counter: 'support.variable.counter.netstat',
  count: 'constant.numeric.counter.netstat',
  arrow: 'keyword.operator.shutdown.netstat',

  localState: 'support.constant.state.local.netstat',
  unknownState: 'support.constant.state.unknown.netstat',
} as const;

/**
 * A state by what it says of the connection's health.
 *
 * CLOSE_WAIT has three scopes: `invalid` is red in every theme that colors it; many (One Dark,
 * GitHub) color only kinds of `invalid` that would be wrong here and fall back to
 * `markup.deleted`, red or orange everywhere; `strong` is for those who don't see red.
 */
export const stateScopes: Readonly<Record<Health, string>> = {
  normal: 'support.constant.state.normal.netstat',
  waiting: 'comment.state.waiting.netstat',
  transient: 'markup.changed.state.transient.netstat',
  suspicious: 'strong markup.deleted invalid.state.suspicious.netstat',
};
