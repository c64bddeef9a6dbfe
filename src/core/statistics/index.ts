import { bsdInterfaces } from './bsd/bsdInterfaces';
import { bsdRoutes } from './bsd/bsdRoutes';
import { bsdStatistics } from './bsd/bsdStatistics';
import type { CounterFormat } from '../parsing/counterFormat';
import { ifconfig } from './ifconfig';
import { ipLink } from './linux/ipLink';
import { ipRoute } from './linux/ipRoute';
import { ipRule } from './linux/ipRule';
import { netshPorts } from './windows/netshPorts';
import { netTools } from './linux/netTools';
import { netToolsInterfaces } from './linux/netToolsInterfaces';
import { netToolsRoutes } from './linux/netToolsRoutes';
import { nstat } from './linux/nstat';
import { procNetDev } from './linux/procNetDev';
import { procNetSnmp } from './linux/procNetSnmp';
import { procNetSnmp6 } from './linux/procNetSnmp6';
import { sockstat } from './linux/sockstat';
import { ssSummary } from './linux/ssSummary';
import { stateCounts } from './stateCounts';
import { sysctl } from './linux/sysctl';
import { windowsInterface } from './windows/windowsInterface';
import { windowsRoutes } from './windows/windowsRoutes';
import { windowsStatistics } from './windows/windowsStatistics';

/** Every format of counters, interfaces and routes. A new one is a module in the folder of its system and a line here. */
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
