/*
 * Words of a command line behind which another command runs on a machine that they name: that of
 * `ssh`, or a container, pod, jail or network namespace, which has sockets of its own.
 */

/** Options whose value is the next word, by program. */
const VALUED = {
  ssh: /^-[^-BbcDEeFIiJLlmOoPpQRSWw]*[BbcDEeFIiJLlmOoPpQRSWw]$/,
  nsenter: /^-[^-tSG]*[tSG]$|^--(?:target|setuid|setgid)$/,
  sudo: /^-[^-CDghpRrTtUu]*[CDghpRrTtUu]$|^--(?:user|group|host|prompt|chdir)$/,
};

/** The same of docker, kubectl and what is used like them. */
const EXEC_VALUED =
  /^-[^-ceHfnpsuw]*[ceHfnpsuw]$|^--(?!detach$|interactive|no-|privileged|quiet|stdin|tty)[^=]+$/;

/** The same of what runs commands on other machines in clouds, virtual machines and containers. */
const CLOUD_VALUED =
  /^-[a-zA-Z]*[EMegnopu]$|^--?(?:machine|name|namespace|profile|project|region|target|task|zone|[a-z]+-(?:group|id|name))$/;

/** What runs a command behind its options and the name of a machine. */
type Runner = readonly [
  /**
   * What tells the name from that of a machine, on the machine that runs this; null if it is
   * the name of a machine, whoever runs this.
   */
  prefix: string | null,
  /** Options whose value is the next word. */
  valued: RegExp,
  /** Words one of which stands before these; where there are none, the program does. */
  asks?: RegExp | undefined,
  /** The name among the options, where it is not the first word behind them. */
  named?: (options: string) => string | undefined,
];

const EXEC = /^(?:exec|rsh|debug)$/;
const amongOptions = (options: string): string | undefined =>
  / (?:-[a-zA-Z]*[Mn] ?|--(?:machine|name|target)[ =])(\S+)/.exec(options)?.[1];
const nowhere = (): undefined => undefined;

/** By the programs in lower case. */
const RUNNERS: ReadonlyMap<string, Runner> = new Map(
  Object.entries<Runner>({
    ssh: [null, VALUED.ssh],
    'invoke-command icm': [null, EXEC_VALUED],
    'kubectl oc': [null, EXEC_VALUED, EXEC],
    'vagrant gcloud': [null, CLOUD_VALUED, /^ssh$/],
    nomad: [null, CLOUD_VALUED, EXEC],
    aws: [null, CLOUD_VALUED, /^start-session$/, amongOptions],
    az: [null, CLOUD_VALUED, /^invoke$/, amongOptions],
    'docker docker-compose podman nerdctl crictl lxc incus': ['', EXEC_VALUED, EXEC],
    machinectl: ['', CLOUD_VALUED, /^shell$/],
    'systemd-run lxc-attach': ['', CLOUD_VALUED, undefined, amongOptions],
    pct: ['ct-', CLOUD_VALUED, EXEC],
    ip: ['netns-', EXEC_VALUED, EXEC],
    jexec: ['jail-', EXEC_VALUED],
    nsenter: ['pid-', VALUED.nsenter, undefined, target],
    'sudo doas sshpass': ['', VALUED.sudo, undefined, nowhere],
  }).flatMap(([programs, runner]) => programs.split(' ').map(program => [program, runner])),
);

/** Whether a program is one of those. */
export function runsOthers(program: string): boolean {
  return RUNNERS.has(program);
}

/** The process whose network namespace `nsenter` enters. */
function target(options: string): string | undefined {
  return ENTERS_NET.test(options) ? TARGET.exec(options)?.[1] : undefined;
}

const ENTERS_NET = / -(?:\w*[na]|-net|-all)/;
const TARGET = / -(?:\w*t|-target)[ =]?(\d{1,10})/;

/** Names that a prompt can show. */
const HOST = /^[\w.-]{1,64}$/;

/** Where the command stands that a program runs, and on which machine; null for the same. */
export interface Elsewhere {
  readonly at: number;
  readonly machine: string | null;
  /** Whether that is a container, jail or network namespace on a machine. */
  readonly inside: boolean;
  /** Whether a shell there reads what stands behind: it may be a line of several commands. */
  readonly shell: boolean;
}

/** What stands behind the program at a word, run on `host`; undefined where it runs no other. */
export function elsewhere(
  words: readonly string[],
  at: number,
  host: string | null,
): Elsewhere | undefined {
  const program = nameOf(words[at]!).toLowerCase();
  const runner = RUNNERS.get(program);
  if (runner === undefined) {
    return undefined;
  }
  const [prefix, valued, asks, named] = runner;
  const start = asks
    ? words.findIndex((word, i) => i > at && (asks.test(word) || ENDS.test(word)))
    : at;
  if (start < 0 || ENDS.test(words[start]!)) {
    return undefined;
  }
  let behind = behindOptions(words, start + 1, valued);
  const options = words.slice(start, behind).join(' ');
  let found = named?.(options);
  if (options.endsWith(' -c')) {
    // `vagrant ssh -c` has but one machine to choose.
    found = program;
  } else if (named === undefined) {
    found = words[behind];
    behind = behindOptions(words, behind + 1, valued);
  }
  const name = hostOf(found ?? '');
  return {
    at: behind,
    shell: prefix === null && asks !== EXEC,
    inside: name !== null && (prefix !== null || asks === EXEC),
    machine:
      name === null
        ? null
        : /^(?:kubectl|oc)$/.test(program)
          ? inNamespace(words.slice(at, behind).join(' '), name)
          : prefix === null
            ? name
            : within(host, prefix + name),
  };
}

/** What ends a command. */
export const ENDS = /^(?:[;|]&?|&&?)$/;

/** A pod with the context and namespace that an option names: others have pods of the same name. */
function inNamespace(command: string, pod: string): string {
  const context = CONTEXT.exec(command)?.[1];
  const namespace = NAMESPACE.exec(command)?.[1];
  return [context, namespace, pod].filter(name => name !== undefined).join('/');
}

const CONTEXT = / --context[ =]([\w.-]{1,64})/;
const NAMESPACE = / (?:-n ?|--namespace[ =])([\w.-]{1,64})/;

/** The name of what has sockets of its own on a machine that may be known. */
export function within(host: string | null, name: string): string {
  return host === null ? name : `${host}/${name}`;
}

function behindOptions(words: readonly string[], from: number, valued: RegExp): number {
  let at = from;
  while (words[at]?.startsWith('-') === true) {
    at += valued.test(words[at]!) ? 2 : 1;
  }
  return at;
}

/** `web-1` of `root@web-1`, `ssh://root@web-1:22`, `pod/web-1`; null where it cannot be shown. */
function hostOf(word: string): string | null {
  const name = word
    .replace(/^ssh:\/\//, '')
    .replace(/^.*[@/]/, '')
    .replace(/:\d{1,5}$/, '');
  return HOST.test(name) ? name : null;
}

/** The name of a program, without its folder. */
export function nameOf(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
    .replace(/^[({]+|\}$/g, '')
    .replace(/\.exe$/i, '');
}
