import { LineClass } from '../../model/lineClass';
import { COLON } from '../../vocabulary/characters';
import { isDigit, type Line } from '../../parsing/line';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  RuleLine,
} from '../../parsing/counterFormat';

/**
 * `ip rule` of iproute2 and BusyBox: a preference, which packets a rule is about, what becomes of them:
 * `32766:  from all lookup main`. There is no title.
 */
export const ipRule: CounterFormat = {
  id: 'ip-rule',
  title: 'ip rule',
  systems: ['linux'],
  lineClass: LineClass.Route,
  commands: ['ip rule', 'ip -4 rule', 'ip -6 rule', 'ip ru', 'ip -6 ru'],

  begin(line, sink) {
    const rule = ruleOf(line);
    if (rule === undefined) {
      return undefined;
    }
    sink.addRule(rule);
    return new Block(line.rest(0));
  },
};

class Block implements CounterBlock {
  /** `title` is the first rule, which comes again when the rules are listed again. */
  public constructor(public readonly title: string) {}

  public read(line: Line, sink: CounterSink): boolean {
    const rule = line.rest(0) === this.title ? undefined : ruleOf(line);
    if (rule === undefined) {
      return false;
    }
    sink.addRule(rule);
    return true;
  }

  public resembles(line: Line): boolean {
    return isDigit(line.firstChar(0)) && line.lastChar(0) === COLON && line.is(1, 'from');
  }
}

/** What else than a table may become of packets. */
const ACTIONS: ReadonlySet<string> = new Set(
  'unreachable prohibit blackhole goto nop masquerade map-to'.split(' '),
);

function ruleOf(line: Line): RuleLine | undefined {
  // Most lines of other texts end here.
  if (!isDigit(line.firstChar(0)) || line.lastChar(0) !== COLON || line.count > MOST_WORDS) {
    return undefined;
  }
  const [preference = '', ...words] = Array.from({ length: line.count }, (_, i) => line.word(i));
  const source = words.indexOf('from');
  const action = words.findIndex(word => word === 'lookup' || ACTIONS.has(word));
  if (
    !/^\d{1,10}:$/.test(preference) ||
    !(source === 0 || (source === 1 && words[0] === 'not')) ||
    action < source + 2
  ) {
    return undefined;
  }
  const from = words[source + 1]!;
  const target = words[source + 2] === 'to' ? words[source + 3]! : null;
  const selectors = words.slice(source + (target === null ? 2 : 4), action);
  return {
    from: from === 'all' ? null : from,
    to: target === 'all' ? null : target,
    selectors: [...words.slice(0, source), ...selectors].join(' '),
    table: words[action] === 'lookup' ? (words[action + 1] ?? null) : null,
  };
}

/** Of the longest of rules. */
const MOST_WORDS = 40;
