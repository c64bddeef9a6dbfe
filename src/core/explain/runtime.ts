import type { Runtime } from '../knowledge/states';
import type { Owner } from '../model/socket';

/** Beginnings of program names that tell the runtime they are written for. */
const NAMES: readonly (readonly [string, Runtime])[] = [
  ['java', 'java'],
  ['tomcat', 'java'],
  ['node', 'node'],
  ['pm2', 'node'],
  ['npm', 'node'],
  ['python', 'python'],
  ['gunicorn', 'python'],
  ['uwsgi', 'python'],
  ['celery', 'python'],
  ['dotnet', 'dotnet'],
  ['w3wp', 'dotnet'],
  ['docker', 'go'],
  ['containerd', 'go'],
  ['kube', 'go'],
  ['etcd', 'go'],
  ['prometheus', 'go'],
  ['traefik', 'go'],
  ['caddy', 'go'],
];

/** The runtime of a socket's program, where its name tells. */
export function runtimeOf(owners: readonly Owner[]): Runtime | null {
  const name = owners[0]?.process?.toLowerCase();
  return name === undefined ? null : (NAMES.find(([start]) => name.startsWith(start))?.[1] ?? null);
}
