import { bsdStatistics } from './bsdStatistics';
import type { CounterFormat } from './counterFormat';
import { netTools } from './netTools';
import { nstat } from './nstat';
import { procNetDev } from './procNetDev';
import { procNetSnmp } from './procNetSnmp';
import { procNetSnmp6 } from './procNetSnmp6';
import { sockstat } from './sockstat';
import { ssSummary } from './ssSummary';
import { stateCounts } from './stateCounts';
import { windowsStatistics } from './windowsStatistics';

/** Every format of counters. A new one is a module beside this one and a line here. */
export const counterFormats: readonly CounterFormat[] = [
  netTools,
  procNetSnmp,
  nstat,
  procNetSnmp6,
  sockstat,
  procNetDev,
  ssSummary,
  stateCounts,
  windowsStatistics,
  bsdStatistics,
];
