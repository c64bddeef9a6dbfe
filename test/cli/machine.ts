import type { Machine } from '../../src/node/capturer';
import type { Outcome } from '../../src/node/runProgram';

/** A Linux machine of the tests, whose tools print what they are told to. */
export class FakeMachine implements Machine {
  public readonly platform = 'linux';
  public readonly privileged = false;
  /** The command lines that were run. */
  public readonly ran: string[] = [];
  /** What /proc/net holds of counters. */
  public counters = '';

  /** `tools` holds what each prints; a tool that is not in it is not installed. */
  public constructor(
    private readonly tools: Readonly<Record<string, string>>,
    public readonly host = 'web-7.corp.example',
    /** What tools write to standard error. */
    private readonly errors = '',
  ) {}

  public find(program: string): Promise<string | undefined> {
    return Promise.resolve(Object.hasOwn(this.tools, program) ? program : undefined);
  }

  public run(file: string, args: readonly string[]): Promise<Outcome> {
    this.ran.push([file, ...args].join(' '));
    const output = Buffer.from(this.tools[file] ?? '');
    const status = output.length === 0 ? 1 : 0;
    return Promise.resolve({ kind: 'done', status, output, errors: Buffer.from(this.errors) });
  }

  public counterLists(): Promise<string> {
    return Promise.resolve(this.counters);
  }

  public lists(): Promise<string | undefined> {
    return Promise.resolve(undefined);
  }
}
