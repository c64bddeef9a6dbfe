/*
 * Words of a command line behind which another command runs on a machine that they name: that of
 * `ssh`, or a container, pod, jail or network namespace, which has sockets of its own.
 */

/** Options whose value is the next word, by program. */
export const VALUED = {
  ssh: /^-[^-BbcDEeFIiJLlmOoPpQRSWw]*[BbcDEeFIiJLlmOoPpQRSWw]$/,
  nsenter: /^-[^-tSG]*[tSG]$|^--(?:target|setuid|setgid)$/,
  sudo: /^-[^-CDghpRrTtUu]*[CDghpRrTtUu]$|^--(?:user|group|host|prompt|chdir)$/,
};

/** The same of docker, kubectl and what is used like them. */
export const EXEC_VALUED =
  /^-[^-ceHfnpsuw]*[ceHfnpsuw]$|^--(?!detach$|interactive|no-|privileged|quiet|stdin|tty)[^=]+$/;

/** What runs commands with `exec`, and otherwise. */
const EXECUTES = /^(?:docker|docker-compose|podman|nerdctl|kubectl|oc|crictl|lxc|incus|ip)$/;
const SUBCOMMANDS: readonly string[] = ['exec', 'rsh'];
const RUNS = /^(?:ssh|sudo|doas|nsenter|jexec|invoke-command|icm)$/;

/** Whether a program is one of those. */
export function runsOthers(program: string): boolean {
  return RUNS.test(program) || EXECUTES.test(program);
}

/** Whether `nsenter` enters a network namespace, and whose. */
const ENTERS_NET = / -(?:\w*[na]|-net|-all)/;
const TARGET = / -(?:\w*t|-target)[ =]?(\d{1,10})/;

/** Names that a prompt can show. */
const HOST = /^[\w.-]{1,64}$/;

/** Where the command stands that a program runs, and on which machine; null for the same. */
export interface Elsewhere {
  readonly at: number;
  readonly machine: string | null;
}

/** What stands behind the program at a word, run on `host`; undefined where it runs no other. */
export function elsewhere(
  words: readonly string[],
  at: number,
  host: string | null,
): Elsewhere | undefined {
  const program = nameOf(words[at]!).toLowerCase();
  const start = EXECUTES.test(program)
    ? words.findIndex((word, i) => i > at && SUBCOMMANDS.includes(word))
    : RUNS.test(program)
      ? at
      : -1;
  if (start < 0) {
    return undefined;
  }
  const valued = program in VALUED ? VALUED[program as keyof typeof VALUED] : EXEC_VALUED;
  const next = behindOptions(words, start + 1, valued);
  if (/^(?:sudo|doas)$/.test(program)) {
    return { at: next, machine: null };
  }
  if (program === 'nsenter') {
    const options = words.slice(start, next).join(' ');
    const pid = ENTERS_NET.test(options) ? TARGET.exec(options)?.[1] : undefined;
    return { at: next, machine: pid === undefined ? null : within(host, `pid-${pid}`) };
  }
  const name = hostOf(words[next] ?? '');
  const behind = behindOptions(words, next + 1, valued);
  if (name !== null && /^(?:kubectl|oc)$/.test(program)) {
    return { at: behind, machine: inNamespace(words.slice(at, behind).join(' '), name) };
  }
  return {
    at: behind,
    machine:
      name === null || /^(?:ssh|invoke-command|icm)$/.test(program)
        ? name
        : within(host, (PREFIXES.get(program) ?? '') + name),
  };
}

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

/** What tells the name of a namespace or jail from that of a machine. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['ip', 'netns-'],
  ['jexec', 'jail-'],
]);

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
