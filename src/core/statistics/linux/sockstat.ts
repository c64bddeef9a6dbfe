import { capital, type CounterFormat, isCount } from '../../parsing/counterFormat';

/** /proc/net/sockstat and sockstat6: `TCP: inuse 5 orphan 0 tw 2 alloc 8 mem 1`. Memory in pages. */
export const sockstat: CounterFormat = {
  id: 'proc-net-sockstat',
  title: '/proc/net/sockstat',
  systems: ['linux'],
  gauges: true,
  commands: [],

  begin: () => undefined,

  readAlone(line, sink) {
    const title = line.word(0);
    if (line.count < 3 || line.count % 2 !== 1 || !TITLE.test(title) || !WORD.test(line.word(1))) {
      return false;
    }
    for (let i = 1; i < line.count; i += 2) {
      if (!isCount(line, i + 1)) {
        return false;
      }
    }
    for (let i = 1; i < line.count; i += 2) {
      const word = line.word(i);
      sink.add(
        `Sockstat${capital(title.slice(0, -1).toLowerCase())}${capital(word)}`,
        line.span(i + 1),
        `${title} ${word}`,
      );
    }
    return true;
  },
};

const TITLE = /^(?:sockets|(?:TCP|UDP|UDPLITE|RAW|FRAG)6?):$/;
const WORD = /^(?:used|inuse)$/;
