import { isPortRow, readPortRow } from '../parsing/portRow';
import type { Dialect } from '../parsing/dialect';

/**
 * Rows out of which the columns of the queues were cut (`netstat -tan | awk '{print $1,$4,$5,$6}'`):
 * several systems print what is left alike.
 */
export const withoutQueues: Dialect = {
  id: 'without-queues',
  title: 'netstat without its queues',
  systems: [],
  commands: ['netstat'],
  best: { command: 'netstat -an', needs: null },
  tells: { pids: 'never', queues: 'never', timers: 'never' },

  header: () => undefined,
  row: (line, _layout, row) => isPortRow(line) && readPortRow(line, row),
};
