/*
 * Ports in the files of a workspace that say where programs listen and connect to: compose files,
 * manifests of Kubernetes, .env, application.yml and .properties, and configurations of nginx.
 * Anybody may have written them: lines are looked at one by one, and long ones not at all.
 */

const NAMES: readonly string[] = [
  ...yaml('docker-compose*', 'compose*', 'application*'),
  ...yaml('deployment*', 'service*', 'statefulset*', 'daemonset*', 'ingress*', 'pod*'),
  ...yaml('k8s/**/*', 'kubernetes/**/*', 'manifests/**/*'),
  ...['.env', '.env.*', '*.env', 'application*.properties'],
  ...['nginx*.conf', '*.nginx', 'nginx/**/*.conf', 'conf.d/*.conf', 'sites-*/*'],
];

/** A glob of the files that are looked at; ripgrep takes no braces in braces. */
export const PORT_FILES = `**/{${NAMES.join(',')}}`;

function yaml(...names: readonly string[]): string[] {
  return names.flatMap(name => [`${name}.yml`, `${name}.yaml`]);
}

/** Characters of a line that people write. */
const LONGEST_LINE = 500;
/** Ports of one file: more are a list of something else. */
const MOST = 200;

type Kind = 'compose' | 'kubernetes' | 'environment' | 'application' | 'nginx';

/** What a file is by its name, a path with slashes. */
function kindOf(path: string): Kind {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/^(?:docker-)?compose.{0,100}\.ya?ml$/.test(name)) {
    return 'compose';
  }
  if (/^application.{0,100}\.(?:ya?ml|properties)$/.test(name)) {
    return 'application';
  }
  if (/\.ya?ml$/.test(name)) {
    return 'kubernetes';
  }
  return name.includes('.env') ? 'environment' : 'nginx';
}

/** A place of a port in a file. */
export interface PortPlace {
  readonly port: number;
  /** 0-based. */
  readonly line: number;
}

/** `8080`, `8080:80`, `127.0.0.1:8080:80/tcp`, in quotes or not, as an item of a list. */
const PUBLISHED =
  /^\s{0,80}- {1,8}["']?(?:(?:[\d.]{7,15}|\[[\da-f:]{2,45}\]):)?(\d{1,5})(?::(\d{1,5}))?(?:\/(?:tcp|udp))?["']?(?: |$)/;
/** `containerPort: 8080`, `server.port=8080`, `ORDERS_PORT="8080"`, `- DB_PORT=5432`. */
const NAMED =
  /^\s{0,80}(?:- {1,8})?(?:export )?["']?([\w.-]{0,80})["']?\s{0,8}[:=]\s{0,8}["']?(\d{1,5})["']?\s{0,8}(?:[#,;].*)?$/;
/** Names of settings whose value is a port. */
const PORT_NAME = /(?:port|published|target)$/i;
/** The port of a URL or of `host:port`, the latter where its setting is named for a host. */
const IN_URL = /:\/\/[^\s/"']{1,255}:(\d{1,5})(?!\w)/g;
const HOST_NAME =
  /(?:host|addr|address|servers?|brokers?|bind|listen|endpoint|nodes)s?["']?\s{0,8}[:=]/i;
const AFTER_HOST = /[\w\]}]:(\d{1,5})(?![\w:.])/g;
/** Of nginx. */
const LISTEN = /^\s{0,80}listen\s{1,8}(?:[\w.*[\]:]{1,60}:)?(\d{1,5})(?=[\s;])/;
const UPSTREAM = /^\s{0,80}server\s{1,8}[\w.[\]:-]{1,255}:(\d{1,5})(?=[\s;])/;

/** The ports that stand in a file of a known kind, in the order of its lines. */
export function portsInFile(path: string, text: string): PortPlace[] {
  const kind = kindOf(path);
  const places: PortPlace[] = [];
  let start = 0;
  for (let line = 0; start <= text.length && places.length < MOST; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start <= LONGEST_LINE) {
      for (const port of new Set(portsInLine(kind, text.slice(start, end).trimEnd()))) {
        if (port >= 1 && port <= 65_535) {
          places.push({ port, line });
        }
      }
    }
    start = end + 1;
  }
  return places;
}

function portsInLine(kind: Kind, line: string): number[] {
  if (/^\s{0,500}[#;]/.test(line)) {
    return [];
  }
  const urls = [...line.matchAll(IN_URL)].map(match => match[1]);
  if (kind === 'nginx') {
    return numbers([LISTEN.exec(line)?.[1], UPSTREAM.exec(line)?.[1], ...urls]);
  }
  const named = NAMED.exec(line);
  const hosts = HOST_NAME.test(line) ? [...line.matchAll(AFTER_HOST)].map(match => match[1]) : [];
  const published = kind === 'compose' ? (PUBLISHED.exec(line) ?? []).slice(1) : [];
  return numbers([
    ...(named !== null && PORT_NAME.test(named[1]!) ? [named[2]] : []),
    ...published,
    ...hosts,
    ...urls,
  ]);
}

function numbers(texts: readonly (string | undefined)[]): number[] {
  return texts.flatMap(text => (text === undefined ? [] : [Number(text)]));
}
