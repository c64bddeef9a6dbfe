import { countCounters } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import { type Label, label } from '../wording/statement';
import { type Localizer, plain } from '../wording/text';
import { socketCount } from '../wording/units';
import { PHRASES } from '../wording/words';

const TEXTS = {
  interfaces: label('{count} interfaces'),
  oneInterface: label('1 interface'),
  routes: label('{count} routes'),
  oneRoute: label('1 route'),
};

/** How many interfaces and routes snapshots list: "1 interface, 2 routes"; empty for none. */
export function linksText(snapshots: readonly Snapshot[], localizer: Localizer): string {
  const names = new Set(snapshots.flatMap(one => one.interfaces.map(({ name }) => name))).size;
  const routes = snapshots.reduce((sum, one) => sum + one.routes.length, 0);
  return [
    ...counted(names, TEXTS.oneInterface, TEXTS.interfaces, localizer),
    ...counted(routes, TEXTS.oneRoute, TEXTS.routes, localizer),
  ].join(', ');
}

/** "118 sockets", "41 counters", "3 routes", or several of them: only where nothing is, "0 sockets". */
export function contentText(
  sockets: number,
  snapshots: readonly Snapshot[],
  localizer: Localizer,
): string {
  const counters = snapshots.reduce((sum, one) => sum + countCounters(one.counted), 0);
  const links = linksText(snapshots, localizer);
  const others = [
    ...counted(counters, PHRASES.oneCounter, PHRASES.counters, localizer),
    ...(links === '' ? [] : [links]),
  ];
  const listed = sockets === 0 && others.length > 0 ? [] : [plain(socketCount(sockets, localizer))];
  return [...listed, ...others].join(', ');
}

function counted(count: number, one: Label, many: Label<'count'>, localizer: Localizer): string[] {
  return count === 0
    ? []
    : [plain(count === 1 ? localizer.format(one) : localizer.format(many, { count }))];
}
