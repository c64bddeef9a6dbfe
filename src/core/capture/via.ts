import type { DumpCommand } from '../model/format';
import { quoted, splitWords, WordsError } from './shellWords';

/*
 * Prefixes by which commands are run elsewhere: `ssh web-1`, `kubectl exec -n prod deploy/api --`.
 * Any program may be one; those known here are helped to do without a terminal.
 */

/** How another machine, container or namespace is reached. */
export interface Via {
  /** The prefix, with what it takes so that nothing is asked and no terminal is needed. */
  readonly words: readonly string[];
  /** The same where its standard input is written to. */
  readonly wordsWithInput: readonly string[];
  /** Shells on the other side that read what is added: each takes its quotes away. */
  readonly shells: number;
  /** What the prefix calls the other side; null if it does not. */
  readonly name: string | null;
  /** Whether the other side's own name says less, or nothing, and which of the two it is added to. */
  readonly naming: 'host' | 'name' | 'both';
  /** What may ask for a password. */
  readonly asks: ReadonlySet<'ssh' | 'sudo'>;
  /** Lists its sockets where nothing in it does. */
  readonly instead: DumpCommand | undefined;
}

/** Letters of options that take a value: ssh(1), sudo(8), doas(1), env(1). */
const WRAPPERS: Readonly<Record<string, string>> = {
  sudo: 'ghpCrtuUDRT',
  doas: 'uC',
  env: 'uCS',
};
const SSH_VALUED = 'BbcDEeFIiJLlmOoPpQRSWw';
const CONTAINERS = new Set([
  'docker',
  'podman',
  'nerdctl',
  'kubectl',
  'oc',
  'crictl',
  'docker-compose',
]);
/** Options of those that take a value as the next word. */
const CONTAINER_VALUED =
  /^(?:-[nceuwHlsfpr]|--(?:namespace|container|context|kubeconfig|cluster|user|as|host|env|env-file|workdir|config|log-level|project-name|file|index|detach-keys|runtime-endpoint|connection|url|server|token))$/;
/** Those that a debug container needs just the same. */
const KUBECTL_PLACE = /^(?:-n|-s|--(?:namespace|context|kubeconfig|cluster|server))(?:=|$)/;

/**
 * Reads a prefix as it is typed.
 * @throws WordsError
 */
export function viaOf(prefix: string): Via {
  refuseControls(prefix);
  return viaOfWords(splitWords(prefix));
}

/**
 * Reads a prefix that is words already.
 * @throws WordsError
 */
export function viaOfWords(words: readonly string[]): Via {
  words.forEach(refuseControls);
  const [program = ''] = words;
  if (program === '') {
    throw new WordsError('it is empty');
  }
  if (program.startsWith('-')) {
    throw new WordsError(`it begins with an option, ${program}, and not with a program`);
  }
  return new Reading(words).via();
}

/** The words of a whole command: the prefix, then what is run on the other side. */
export function commandVia(via: Via, added: readonly string[], input: boolean): string[] {
  let last = [...added];
  for (let i = 0; i < via.shells; i++) {
    last = last.map(quoted);
  }
  return [...(input ? via.wordsWithInput : via.words), ...last];
}

/** The name of the other side, out of its own and of the prefix's. */
export function hostVia({ name, naming }: Via, host: string): string {
  const own = host.replace(/[^\w.:-]/g, '-').slice(0, 64);
  if (name === null || own === '') {
    return own === '' ? (name ?? 'elsewhere') : own;
  }
  return naming === 'host' ? own : naming === 'name' ? name : `${own}-${name}`;
}

/** What to do about what a prefix said when it failed; empty where that is said by itself. */
export function adviceVia({ asks }: Via, said: string): string {
  if (
    asks.has('sudo') &&
    /password is required|terminal is required|no tty present|askpass/i.test(said)
  ) {
    return 'sudo cannot ask for a password here: allow it without one (NOPASSWD in sudoers), or run as root';
  }
  if (asks.has('ssh') && /host key verification failed/i.test(said)) {
    return 'ssh cannot ask here: connect once in a terminal and accept its key';
  }
  if (asks.has('ssh') && /permission denied|authentication fail/i.test(said)) {
    return 'ssh cannot ask for a password here: use a key with ssh-agent, or a shared connection that is open (ControlMaster)';
  }
  return '';
}

/** Looks at the programs of a prefix, one after the other. */
class Reading {
  private shells = 0;
  private name: string | null = null;
  private naming: Via['naming'] = 'host';
  private readonly asks = new Set<'ssh' | 'sudo'>();
  private instead: DumpCommand | undefined;
  /** The words that are left to look at. */
  private rest: string[];
  /** Those before them, as they will be given. */
  private readonly before: string[] = [];
  /** Whether the rest is as it was given, and may be changed. */
  private exact = true;
  private input: readonly string[] | undefined;

  public constructor(given: readonly string[]) {
    this.rest = [...given];
  }

  public via(): Via {
    while (this.step());
    const { shells, name, naming, asks, instead } = this;
    const words = this.exact ? [...this.before, ...this.rest] : this.before;
    const wordsWithInput = this.input === undefined ? words : [...this.before, ...this.input];
    return { words, wordsWithInput, shells, name, naming, asks, instead };
  }

  /** Reads a program that runs another one; false if it was the last. */
  private step(): boolean {
    const program = baseName(this.rest[0] ?? '');
    if (program === 'ssh') {
      return this.ssh();
    }
    const valued = WRAPPERS[program];
    if (valued !== undefined) {
      if (program !== 'env') this.asks.add('sudo');
      let at = afterOptions(this.rest, 1, valued);
      while (/^\w+=/.test(this.rest[at] ?? '')) at++;
      this.take(at);
      return this.rest.length > 0;
    }
    if (CONTAINERS.has(program)) {
      this.container(program);
    } else if (program === 'nsenter') {
      this.nsenter();
    } else if (program === 'ip') {
      const at = this.rest.indexOf('exec');
      const namespace = this.rest[at + 1] ?? '';
      if (at > 0) refuseWithout(namespace, 'ip netns exec', 'namespace');
      this.name = at > 0 ? `netns-${namespace}` : null;
      this.naming = 'both';
    } else if (program === 'wsl') {
      this.wsl();
    }
    return false;
  }

  private ssh(): boolean {
    this.asks.add('ssh');
    let at = afterOptions(this.rest, 1, SSH_VALUED);
    const destination = this.rest[at] ?? '';
    // It takes more of its options behind the destination.
    at = Math.min(afterOptions(this.rest, at + 1, SSH_VALUED), this.rest.length);
    this.name = destination.slice(destination.lastIndexOf('@') + 1).replace('ssh://', '');
    // What is added would be taken for the host.
    refuseWithout(this.name, 'ssh', 'host');
    this.naming = 'host';
    this.shells++;
    const [program = '', ...options] = this.rest.slice(0, at);
    const isAnswered = options.some(word => /batchmode/i.test(word));
    if (this.exact) {
      this.before.push(program, ...(isAnswered ? [] : ['-o', 'BatchMode=yes']), ...options);
    }
    return this.joined(this.rest.slice(at));
  }

  /** What ssh joins to one line, of which the shell on the other side makes words anew. */
  private joined(words: readonly string[]): boolean {
    let again: string[] | undefined;
    try {
      again = splitWords(words.join(' '));
    } catch {
      // It is for the shell there alone.
    }
    const isSame = again?.length === words.length && again.every((word, i) => word === words[i]);
    if (this.exact && !isSame) {
      this.before.push(...words);
      this.exact = false;
    }
    this.rest = again ?? [];
    return this.rest.length > 0;
  }

  private container(program: string): void {
    const { rest } = this;
    const operands: string[] = [];
    const place: string[] = [];
    let container: string | undefined;
    let at = 1;
    for (; at < rest.length && rest[at] !== '--'; at++) {
      const word = rest[at]!;
      if (!word.startsWith('-')) {
        operands.push(word);
        continue;
      }
      const value = CONTAINER_VALUED.test(word) ? [rest[++at] ?? ''] : [];
      if (KUBECTL_PLACE.test(word)) place.push(word, ...value);
      if (/^(?:-c|--container)(?:=|$)/.test(word)) {
        container = value[0] ?? word.slice(word.indexOf('=') + 1);
      }
    }
    const exec = operands.indexOf('exec');
    if (exec < 0 && operands.length > 0) {
      return;
    }
    const isKubectl = program === 'kubectl' || program === 'oc';
    const target = operands[exec + 1] ?? '';
    refuseWithout(target, exec < 0 ? program : `${program} exec`, isKubectl ? 'pod' : 'container');
    const isCompose = program === 'docker-compose' || operands[0] === 'compose';
    this.name = target.slice(target.lastIndexOf('/') + 1);
    // A container's own name is a number, a pod's is its name.
    this.naming = isKubectl ? 'host' : 'name';
    const pod = target.startsWith('pod/') ? target.slice(4) : target;
    this.instead = {
      command: isKubectl
        ? [
            program,
            ...['debug', '-it', ...place, pod.includes('/') ? 'POD' : pod].map(quoted),
            `--image=busybox --target=${quoted(container ?? 'CONTAINER')} -- netstat -tunap`,
          ].join(' ')
        : isCompose || program === 'crictl'
          ? 'sudo nsenter -t PID -n ss -tunapoeim'
          : `sudo nsenter -t "$(${program} inspect -f '{{.State.Pid}}' ${quoted(target)})" -n ss -tunapoeim`,
      needs: null,
    };
    this.withoutTerminal(isKubectl, isCompose);
  }

  /** Takes the terminal out of `exec -it`, and has its input passed on where that is written to. */
  private withoutTerminal(isKubectl: boolean, isCompose: boolean): void {
    const words = this.rest.flatMap(word =>
      /^(?:-t|--tty(?:=true)?)$/.test(word) ? [] : /^-(?:it|ti)$/.test(word) ? ['-i'] : [word],
    );
    if (isKubectl && !words.includes('--')) {
      words.push('--');
    }
    const at = words.indexOf('exec') + 1;
    if (isCompose && !words.some(word => /^(?:-T|--no-TTY)$/i.test(word))) {
      words.splice(at, 0, '-T');
    }
    this.rest = words;
    const passes = isCompose || words.some(word => /^(?:-i|--interactive|--stdin)$/.test(word));
    this.input =
      passes || !this.exact ? undefined : [...words.slice(0, at), '-i', ...words.slice(at)];
  }

  private nsenter(): void {
    const { rest } = this;
    const at = rest.findIndex(word => /^(?:-t|--target)/.test(word));
    const pid = /\d+/.exec(`${rest[at] ?? ''} ${rest[at + 1] ?? ''}`)?.[0];
    const hasOwnName = rest.some(word => /^(?:-[a-zA-Z]*[ua]|--uts|--all)(?:=|$)/.test(word));
    this.name = pid === undefined ? null : `pid-${pid}`;
    this.naming = hasOwnName ? 'host' : 'both';
  }

  /** `--` gives the words to a shell as they are typed in Windows, `--exec` runs them. */
  private wsl(): void {
    const last = this.rest.at(-1) ?? '';
    const at = this.rest.findIndex(word => /^(?:-d|--distribution)$/.test(word));
    this.name = at < 0 ? 'wsl' : `wsl-${this.rest[at + 1] ?? ''}`;
    this.naming = 'both';
    if (last === '--') {
      this.rest.pop();
    }
    if (last !== '-e' && last !== '--exec') {
      this.rest.push('--exec');
    }
  }

  /** Leaves so many words behind. */
  private take(count: number): void {
    const taken = this.rest.splice(0, count);
    if (this.exact) this.before.push(...taken);
  }
}

/** Where the first word stands that is no option; `valued` are letters that take a value. */
function afterOptions(words: readonly string[], from: number, valued: string): number {
  let at = from;
  while (at < words.length && words[at]!.length > 1 && words[at]!.startsWith('-')) {
    const word = words[at++]!;
    if (word === '--') {
      break;
    }
    const letter = word.startsWith('--')
      ? -1
      : word.split('').findIndex(one => valued.includes(one));
    // A value follows its letter, or is the next word.
    if (letter > 0 && letter === word.length - 1) at++;
  }
  return at;
}

function baseName(program: string): string {
  return program
    .slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
    .replace(/\.exe$/i, '');
}

/** Refuses a program that would take the command that is added for where to run it. */
function refuseWithout(target: string, program: string, what: string): void {
  if (target === '') {
    throw new WordsError(`there is no ${what} behind ${program}`);
  }
}

function refuseControls(text: string): void {
  const control = /[\u0000-\u001f\u007f]/.exec(text)?.[0];
  if (control !== undefined && control !== '\t') {
    const what = control === '\n' || control === '\r' ? 'a line end' : 'a control character';
    throw new WordsError(`it has ${what} in it`);
  }
}
