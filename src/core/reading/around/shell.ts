import type { Prompt } from './prompt';

/*
 * Which machine a shell is on: the one that its prompt names. Inside of what `kubectl exec -it` and
 * the like have opened, the prompt has another name for it (the pod without its namespace, the id
 * of a container) or none.
 */

/** The name that Docker gives a container: the start of its id. */
const CONTAINER = /^[\da-f]{12}$/;

/** The shell in which commands are typed. */
export class Shell {
  /** Its machine; null where nothing names it. */
  public host: string | null = null;
  /** Whether that is a container, jail or network namespace. */
  public inside = false;
  /** The machine on which the last command has opened a shell, and the prompt that it had. */
  private opened:
    | { readonly machine: string; readonly inside: boolean; readonly sign: string | null }
    | undefined;

  /** What follows is of a machine that something else than a prompt names. */
  public enter(host: string | null): void {
    this.host = host;
    this.inside = false;
    this.opened = undefined;
  }

  /** Takes note of a prompt. */
  public saw({ host, opens, inside, sign }: Prompt): void {
    const { opened } = this;
    const name = opened && host !== null ? nameInside(opened.machine, host) : undefined;
    if (opened && name !== undefined) {
      this.host = name;
      this.inside = opened.inside;
    } else if (host !== null) {
      this.enter(host);
      this.inside = CONTAINER.test(host);
    } else if (opened !== undefined) {
      // A sign of its own shows that the shell above did not fail to open, and is not left.
      const isLeft = opened.sign === sign;
      this.host = isLeft ? null : opened.machine;
      this.inside = !isLeft && opened.inside;
    }
    if (opens !== null) {
      this.opened = { machine: opens, inside, sign: host === null ? sign : null };
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
    : CONTAINER.test(host)
      ? machine
      : undefined;
}
