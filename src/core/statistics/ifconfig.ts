import { LineClass } from '../model/lineClass';
import type { Line } from '../parsing/line';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  InterfaceLines,
} from '../parsing/counterFormat';
import { amountOf, newInterface, sizeOf } from '../parsing/interfaceFormat';

/** `ifconfig` and `netstat -ie`: of net-tools in both its shapes, of busybox, of the BSDs and macOS. */
export const ifconfig: CounterFormat = {
  id: 'ifconfig',
  title: 'ifconfig',
  systems: [],
  lineClass: LineClass.Interface,
  commands: ['ifconfig -a', 'netstat -ie'],

  begin(line, sink) {
    const old = line.is(1, 'Link') && line.word(2).startsWith('encap:');
    if (line.indent > 0 || !(old || line.firstChar(1) === SMALL_F)) {
      return undefined;
    }
    const [, name] = NAME.exec(line.word(0)) ?? [];
    const [, flags] = FLAGS.exec(line.word(1)) ?? [];
    if (name === undefined || (flags === undefined && !old)) {
      return undefined;
    }
    const mtu = sizeOf(/ mtu (\d{1,9})\b/.exec(line.rest(1))?.[1]);
    const link = {
      ...newInterface(name, mtu),
      flags: flags === undefined || flags === '' ? null : flags,
    };
    sink.addInterface(link);
    return new Block(`interface ${name}`, link);
  },
};

/** Of `flags=`. */
const SMALL_F = 102;

const NAME = /^([\w.-][\w.:-]{0,38}?):?$/;
const FLAGS = /^flags=[\da-f]{1,16}<([A-Z\d_,-]{0,300})>$/;

class Block implements CounterBlock {
  public constructor(
    public readonly title: string,
    private link: InterfaceLines,
  ) {}

  public read(line: Line, sink: CounterSink): boolean {
    if (line.indent === 0 || !DETAIL.test(line.word(0))) {
      return false;
    }
    const { link } = this;
    const text = line.rest(0);
    if (line.is(0, 'RX') || line.is(0, 'TX') || line.word(0).startsWith('collisions:')) {
      this.link = withCounts(link, text);
    } else {
      const [, flags, mtu] = OLD_FLAGS.exec(text) ?? [];
      if (flags === undefined) {
        return true;
      }
      this.link = { ...link, flags: flags.trim().replaceAll(' ', ','), mtu: sizeOf(mtu) };
    }
    sink.addInterface(this.link, true);
    return true;
  }
}

/** How the lines of an interface begin. */
const DETAIL =
  /^(?:RX|TX|UP|BROADCAST|LOOPBACK|POINTOPOINT|NOARP|inet6?|ether|loop|lladdr|unspec|tunnel\w{0,10}|sit|ppp|infiniband|device|collisions:\d{1,20}|Interrupt:\S{1,20}|Base|Memory:\S{1,40}|media:|status:|groups:|nd6|options=\S{1,300}|capabilities=\S{1,300}|ec_\w{1,30}|enabled=\S{1,100}|address:|index|priority:|llprio|hwaddr|member:|id|root|maxage|Configuration:|ifmaxaddr|agent|vlan:|parent|encap:|trunk:|laggproto|laggport:|patch|description:|netif:|flowswitch:|type:|effective|link|scheduler:|state|desc:|qosmarking|generation|low|multistack:|uplink|routermode|reassembly)$/;

/** `UP LOOPBACK RUNNING  MTU:65536  Metric:1` */
const OLD_FLAGS = /^((?:[A-Z\d-]{2,20} )+) ?MTU:(\d{1,9})\b/;

const PACKETS = /\bpackets[: ](\d{1,20})\b/;
const BYTES = /\bbytes[: ](\d{1,20})\b/;
const BYTES_SENT = /\bTX bytes:(\d{1,20})\b/;
const ERRORS = /\berrors[: ](\d{1,20})\b/;
const DROPPED = /\bdropped[: ](\d{1,20})\b/;
const OVERRUNS = /\boverruns[: ](\d{1,20})\b/;
const CARRIER = /\bcarrier[: ](\d{1,20})\b/;
const COLLISIONS = /\bcollisions[: ](\d{1,20})\b/;

function withCounts(link: InterfaceLines, text: string): InterfaceLines {
  const told = <T>(pattern: RegExp, before: T) => amountOf(pattern.exec(text)?.[1]) ?? before;
  const { rx, tx } = link;
  const sends = text.startsWith('TX');
  if (!sends && !text.startsWith('RX')) {
    return { ...link, tx: { ...tx, collisions: told(COLLISIONS, tx.collisions) } };
  }
  return sends
    ? {
        ...link,
        tx: {
          packets: told(PACKETS, tx.packets),
          bytes: told(BYTES, tx.bytes),
          errors: told(ERRORS, tx.errors),
          dropped: told(DROPPED, tx.dropped),
          overruns: told(OVERRUNS, tx.overruns),
          carrier: told(CARRIER, tx.carrier),
          collisions: told(COLLISIONS, tx.collisions),
        },
      }
    : {
        ...link,
        rx: {
          packets: told(PACKETS, rx.packets),
          bytes: told(BYTES, rx.bytes),
          errors: told(ERRORS, rx.errors),
          dropped: told(DROPPED, rx.dropped),
          overruns: told(OVERRUNS, rx.overruns),
          missed: rx.missed,
        },
        // In the older shape both stand in one line.
        tx: { ...tx, bytes: told(BYTES_SENT, tx.bytes) },
      };
}
