import { aixNetstat } from './bsd/aixNetstat';
import { bsdNetstat } from './bsd/bsdNetstat';
import { ciscoTcpBrief } from './ciscoTcpBrief';
import { conntrack } from './conntrack';
import type { Dialect } from '../parsing/dialect';
import { esxi } from './esxi';
import { freebsdNetstat } from './bsd/freebsdNetstat';
import { fstat } from './bsd/fstat';
import { hpuxNetstat } from './bsd/hpuxNetstat';
import { jcJson } from './jcJson';
import { linuxNetTools } from './linuxNetTools';
import { lsof } from './lsof';
import { lsofFields } from './lsofFields';
import { lsofJson } from './lsofJson';
import { macosNetstat } from './bsd/macosNetstat';
import { netbsdNetstat } from './bsd/netbsdNetstat';
import { nxos } from './nxos';
import { openbsdNetstat } from './bsd/openbsdNetstat';
import { osquery } from './osquery';
import { pfctl } from './pfctl';
import { powershell } from './powershell';
import { procNet } from './procNet';
import { psutil } from './psutil';
import { sockstat } from './bsd/sockstat';
import { solarisNetstat } from './solarisNetstat';
import { ss } from './ss';
import { velociraptor } from './velociraptor';
import { volatility } from './volatility';
import { windowsNetstat } from './windowsNetstat';
import { withoutQueues } from './withoutQueues';

/**
 * Every dump format, in the order in which rows without a header are tried: formats with the
 * more unmistakable rows first, of those of one system the one to advise. A new format is a module
 * beside this one and a line here.
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
