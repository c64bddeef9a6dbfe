import { aixNetstat } from './bsd/aixNetstat';
import { bsdNetstat } from './bsd/bsdNetstat';
import { ciscoTcpBrief } from './devices/ciscoTcpBrief';
import { conntrack } from './linux/conntrack';
import type { Dialect } from '../parsing/dialect';
import { esxi } from './devices/esxi';
import { freebsdNetstat } from './bsd/freebsdNetstat';
import { fstat } from './bsd/fstat';
import { hpuxNetstat } from './bsd/hpuxNetstat';
import { jcJson } from './collectors/jcJson';
import { linuxNetTools } from './linux/linuxNetTools';
import { lsof } from './lsof/lsof';
import { lsofFields } from './lsof/lsofFields';
import { lsofJson } from './lsof/lsofJson';
import { macosNetstat } from './bsd/macosNetstat';
import { netbsdNetstat } from './bsd/netbsdNetstat';
import { nxos } from './devices/nxos';
import { openbsdNetstat } from './bsd/openbsdNetstat';
import { osquery } from './collectors/osquery';
import { pfctl } from './bsd/pfctl';
import { powershell } from './windows/powershell';
import { procNet } from './linux/procNet';
import { psutil } from './collectors/psutil';
import { sockstat } from './bsd/sockstat';
import { solarisNetstat } from './solarisNetstat';
import { ss } from './linux/ss';
import { velociraptor } from './collectors/velociraptor';
import { volatility } from './collectors/volatility';
import { windowsNetstat } from './windows/windowsNetstat';
import { withoutQueues } from './withoutQueues';

/**
 * Every dump format, in the order in which rows without a header are tried: formats with the
 * more unmistakable rows first, of those of one system the one to advise. A new format is a module
 * in the folder of its system or tool and a line here.
 */
export const dialects: readonly Dialect[] = [
  macosNetstat,
  freebsdNetstat,
  openbsdNetstat,
  netbsdNetstat,
  aixNetstat,
  hpuxNetstat,
  // Takes what the six above do not know for their own.
  bsdNetstat,
  solarisNetstat,
  ciscoTcpBrief,
  sockstat,
  // Its rows are those of linuxNetTools and a world behind them.
  esxi,
  linuxNetTools,
  windowsNetstat,
  ss,
  procNet,
  lsof,
  lsofFields,
  lsofJson,
  powershell,
  volatility,
  jcJson,
  psutil,
  velociraptor,
  osquery,
  conntrack,
  pfctl,
  nxos,
  fstat,
  // What is left of rows of others.
  withoutQueues,
];
