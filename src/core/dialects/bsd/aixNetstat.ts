import { Field } from '../../model/field';
import { isHexWord } from '../../parsing/line';
import { type BsdDialect, bsdDialect } from './bsdFamily';

const internet = bsdDialect({
  id: 'aix-netstat',
  title: 'AIX netstat',
  systems: ['aix'],
  commands: ['netstat'],
  best: { command: 'netstat -Aan', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'never' },

  ownsTitle: () => false,
  ownsHeader: header => header.address === 'PCB/ADDR' || header.address === 'SADR/PCB',
});

/**
 * `netstat -A` of AIX: control block addresses first, `rmsock` on one of which names the process
 * that holds the socket. A UNIX socket takes two lines, the second of which is the address of its
 * control block. Without `-A` the header is one that others have as well: see bsdNetstat.
 */
export const aixNetstat: BsdDialect = {
  ...internet,

  continuation(line, layout, row) {
    if (layout?.section !== 'unix' || line.count !== 1 || !isHexWord(line, 0)) {
      return false;
    }
    row.detail(Field.Detail, line.wordStart(0), line.wordEnd(0));
    return true;
  },
};
