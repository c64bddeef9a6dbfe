import { bsdInterfaces } from './bsdInterfaces';
import { bsdRoutes } from './bsdRoutes';
import { bsdStatistics } from './bsdStatistics';
import type { CounterFormat } from './counterFormat';
import { ifconfig } from './ifconfig';
import { ipLink } from './ipLink';
import { ipRoute } from './ipRoute';
import { ipRule } from './ipRule';
import { netshPorts } from './netshPorts';
import { netTools } from './netTools';
import { netToolsInterfaces } from './netToolsInterfaces';
import { netToolsRoutes } from './netToolsRoutes';
import { nstat } from './nstat';
import { procNetDev } from './procNetDev';
import { procNetSnmp } from './procNetSnmp';
import { procNetSnmp6 } from './procNetSnmp6';
import { sockstat } from './sockstat';
import { ssSummary } from './ssSummary';
import { stateCounts } from './stateCounts';
import { sysctl } from './sysctl';
import { windowsInterface } from './windowsInterface';
import { windowsRoutes } from './windowsRoutes';
import { windowsStatistics } from './windowsStatistics';

/** Every format of counters, interfaces and routes. A new one is a module beside this one and a line here. */
export const counterFormats: readonly CounterFormat[] = [
  netTools,
  procNetSnmp,
  nstat,
  procNetSnmp6,
  sockstat,
  sysctl,
  procNetDev,
  ssSummary,
  stateCounts,
  windowsStatistics,
  netshPorts,
  bsdStatistics,
  netToolsInterfaces,
  ipLink,
  ifconfig,
  bsdInterfaces,
  windowsInterface,
  netToolsRoutes,
  ipRoute,
  ipRule,
  bsdRoutes,
  windowsRoutes,
];
