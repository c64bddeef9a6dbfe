import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A server in a process of its own that keeps every connection in CLOSE_WAIT. */
export class LeakingServer {
  private closed = 0;
  private waiting: (() => void) | undefined;

  private constructor(
    private readonly child: ChildProcess,
    public readonly port: number,
  ) {}

  public static async start(): Promise<LeakingServer> {
    const child = spawn(process.execPath, [path.join(__dirname, 'leaking-server.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, 'line')) as [string];
    const server = new LeakingServer(child, Number(port));
    lines.on('line', () => {
      server.closed++;
      server.waiting?.();
    });
    return server;
  }

  public get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Connects and closes so many clients; done when the server has seen the end of each. */
  public async leak(count: number): Promise<void> {
    const wanted = this.closed + count;
    const seen = new Promise<void>(resolve => {
      this.waiting = () => {
        if (this.closed >= wanted) {
          resolve();
        }
      };
    });
    for (let i = 0; i < count; i++) {
      const client = connect(this.port, '127.0.0.1');
      await once(client, 'connect');
      client.destroy();
    }
    await seen;
  }

  public async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.stdin?.end();
    await ended;
  }
}
