import type { Runtime } from './states';

/** What the names of programs say of what they run in; the first that fits counts. */
const RUNTIMES: readonly (readonly [RegExp, Runtime])[] = [
  [/^(?:java|javaw|jsvc|tomcat\d*|catalina|jetty|kafka|elasticsearch)\b/i, 'java'],
  [/^(?:node|nodejs|npm|yarn|pm2|next-server|deno|bun)\b/i, 'node'],
  [/^(?:python|pypy|gunicorn|uwsgi|uvicorn|celery|jupyter)/i, 'python'],
  [/^(?:dotnet|w3wp|iisexpress)\b/i, 'dotnet'],
  [
    /^(?:dockerd|docker-proxy|containerd|kubelet|kube-\w+|etcd|consul|vault|traefik|caddy|prometheus|grafana|telegraf)\b/i,
    'go',
  ],
];

/** What a program most likely runs in, by its name; null where the name does not tell. */
export function runtimeOf(process: string | null): Runtime | null {
  return process === null
    ? null
    : (RUNTIMES.find(([pattern]) => pattern.test(process))?.[1] ?? null);
}
