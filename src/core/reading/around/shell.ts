import type { Prompt } from './prompt';

/*
 * Which machine a shell is on: the one that its prompt names. Inside of what `kubectl exec -it` and
 * the like have opened, the prompt has another name for it (the pod without its namespace, the id
 * of a container) or none.
 */

/** The shell in which commands are typed. */
export class Shell {
  /** Its machine; null where nothing names it. */
  public host: string | null = null;
  /** The machine on which the last command has opened a shell, and the prompt that it had. */
  private opened: { readonly machine: string; readonly sign: string | null } | undefined;

  /** What follows is of a machine that something else than a prompt names. */
  public enter(host: string | null): void {
    this.host = host;
    this.opened = undefined;
  }

  /** Takes note of a prompt. */
  public saw({ host, opens, sign }: Prompt): void {
    const { opened } = this;
    const inside = opened && host !== null ? nameInside(opened.machine, host) : undefined;
    if (inside !== undefined) {
      this.host = inside;
    } else if (host !== null) {
      this.enter(host);
    } else if (opened !== undefined) {
      // A sign of its own shows that the shell above did not fail to open, and is not left.
      this.host = opened.sign === sign ? null : opened.machine;
    }
    if (opens !== null) {
      this.opened = { machine: opens, sign: host === null ? sign : null };
    }
  }
}

/** The machine that calls itself `host` in a shell that was opened on another; undefined if neither. */
function nameInside(machine: string, host: string): string | undefined {
  const at = machine.lastIndexOf('/') + 1;
  const name = machine.slice(at);
  // A pod of a deployment has a longer name, and a container that was given none its id.
  return host === name || host.startsWith(`${name}-`)
    ? machine.slice(0, at) + host
    : /^[\da-f]{12}$/.test(host)
      ? machine
      : undefined;
}
