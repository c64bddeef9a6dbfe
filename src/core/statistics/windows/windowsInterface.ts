import { LineClass } from '../../model/lineClass';
import { type Amount, NOTHING_RECEIVED, NOTHING_SENT } from '../../model/interface';
import type { Line } from '../../parsing/line';
import type { CounterBlock, CounterFormat, CounterSink } from '../../parsing/counterFormat';
import { amountOf, isAmount } from '../../parsing/interfaceFormat';
import { STATISTICS } from './windowsWords';

/**
 * `netstat -e` of Windows: the sums of all interfaces. Its words are translated, and its rows stand
 * in the same order in every language.
 */
export const windowsInterface: CounterFormat = {
  id: 'windows-netstat-e',
  title: 'Windows netstat -e',
  systems: ['windows'],
  lineClass: LineClass.Interface,
  commands: ['netstat -e'],

  begin(line) {
    const title = line.count > MOST_WORDS || line.indent > 0 ? '' : line.rest(0);
    return STATISTICS.test(title) && INTERFACE.test(title) && !/[\d=:.]/.test(title)
      ? new Block(title)
      : undefined;
  },
};

const MOST_WORDS = 4;

/** `Interface` in the languages of Windows. */
const INTERFACE =
  /inter[fv]a[csz]|interfe[jr]|schnittstelle|gränssnitt|grensesnitt|grænseflade|liittym|rozhran|felület|arabirim|arayüz|интерфейс|διασύνδεσ|インターフェイス|接口|介面|인터페이스/i;

/** Bytes, unicast packets, other packets, discards, errors. Unknown protocols have one number. */
const ROWS = 6;

class Block implements CounterBlock {
  private readonly received: (Amount | null)[] = [];
  private readonly sent: (Amount | null)[] = [];

  public constructor(public readonly title: string) {}

  public read(line: Line, sink: CounterSink): boolean {
    const { received, sent } = this;
    const { count } = line;
    const place = received.length;
    if (place === 0 && count >= 2 && count <= MOST_WORDS && !/[\d>:]/.test(line.rest(0))) {
      // `Received    Sent`
      return true;
    }
    const numbers = place === ROWS - 1 ? 1 : 2;
    const words = Array.from({ length: numbers }, (_, i) => line.word(count - numbers + i));
    if (place >= ROWS || count <= numbers || !words.every(isAmount) || /^\d/.test(line.word(0))) {
      return false;
    }
    received.push(amountOf(words[0]));
    sent.push(amountOf(words[1]));
    sink.addInterface(
      {
        name: null,
        mtu: null,
        flags: null,
        rx: { ...NOTHING_RECEIVED, ...figures(received) },
        tx: { ...NOTHING_SENT, ...figures(sent) },
      },
      place > 0,
    );
    return true;
  }
}

function figures([
  bytes = null,
  unicast = null,
  others = null,
  dropped = null,
  errors = null,
]: readonly (Amount | null)[]) {
  const packets = unicast === null || others === null ? null : Number(unicast) + Number(others);
  return { bytes, packets, dropped, errors };
}
