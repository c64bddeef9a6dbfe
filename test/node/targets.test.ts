import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Places } from '../../src/node/findProgram';
import { runningTargets, sshTargets } from '../../src/node/targets';

describe('what can be reached from this machine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-targets-'));
    mkdirSync(path.join(folder, '.ssh/config.d'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const ssh = (name: string, text: string): void =>
    writeFileSync(path.join(folder, '.ssh', name), text);
  const hosts = async (): Promise<string[]> => (await sshTargets(folder)).map(({ name }) => name);

  it('are hosts of the ssh configuration and of what it includes', async () => {
    ssh('config', 'Include config.d/*.conf\nInclude ~/.ssh/more\nHost web-1\nHost *\n');
    ssh('config.d/b.conf', 'Host web-3\n');
    ssh('config.d/a.conf', 'Host web-2 web-1\n');
    ssh('config.d/.hidden.conf', 'Host hidden\n');
    ssh('config.d/c.txt', 'Host other\n');
    ssh('more', 'Host web-4\n');
    assert.deepEqual(await hosts(), ['web-1', 'web-2', 'web-3', 'web-4']);
    assert.deepEqual((await sshTargets(folder))[0]?.words, ['ssh', 'web-1']);
  });

  it('are none where there is no configuration, or it includes what is not there', async () => {
    assert.deepEqual(await hosts(), []);
    ssh('config', 'Include nothing none/* ~/ /\nHost web-1\n');
    assert.deepEqual(await hosts(), ['web-1']);
  });

  it('are read once where files include each other, and not from huge ones', async function () {
    ssh('config', 'Include config config.d/a config.d/* huge\nHost web-1\n');
    ssh('config.d/a', 'Include ~/.ssh/config config.d/a\nHost web-2\n');
    ssh('huge', `Host web-3\n${'#'.repeat(1024 * 1024)}`);
    if (process.platform !== 'win32') symlinkSync('..', path.join(folder, '.ssh/config.d/up'));
    assert.deepEqual(await hosts(), ['web-1', 'web-2']);
  });

  describe('with programs', () => {
    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    function places(): Places {
      const env = { PATH: `${folder}:/usr/bin:/bin` };
      return { platform: 'linux', env, distrusted: [], systemFolders: [folder] };
    }
    function program(name: string, ...lines: string[]): void {
      writeFileSync(path.join(folder, name), `#!/bin/sh\n${lines.join('\n')}\n`);
      chmodSync(path.join(folder, name), 0o755);
    }

    it('are running containers and pods', async () => {
      program('docker', '[ "$*" = "ps --format {{.Names}}" ] && printf "api\\ndb-1\\n"');
      program('kubectl', '[ "$1 $2" = "get pods" ] && printf "api-7d9-x2\\n"');
      assert.deepEqual(await runningTargets('docker', places(), '/'), [
        { name: 'api', words: ['docker', 'exec', 'api'] },
        { name: 'db-1', words: ['docker', 'exec', 'db-1'] },
      ]);
      assert.deepEqual(await runningTargets('kubectl', places(), '/'), [
        { name: 'api-7d9-x2', words: ['kubectl', 'exec', 'api-7d9-x2', '--'] },
      ]);
      assert.deepEqual(await runningTargets('podman', places(), '/'), []);
    });

    it('are not what their programs cannot mean', async () => {
      program('docker', `printf -- '--privileged\\n-x\\na b\\n$(x)\\n\\033[31m\\n../x\\n\\nok\\n'`);
      const names = (await runningTargets('docker', places(), '/')).map(({ name }) => name);
      assert.deepEqual(names, ['ok']);
      program('docker', 'echo "Cannot connect to the Docker daemon" >&2; echo x; exit 1');
      assert.deepEqual(await runningTargets('docker', places(), '/'), []);
      program('docker', 'i=0; while [ $i -lt 3000 ]; do echo c$i; i=$((i+1)); done');
      assert.equal((await runningTargets('docker', places(), '/')).length, 1000);
    });

    it('are never listed by a program of the workspace', async () => {
      program('docker', 'echo api');
      const env = { PATH: folder };
      const distrusted = { platform: 'linux', env, distrusted: [folder], systemFolders: [] };
      assert.deepEqual(await runningTargets('docker', distrusted, '/'), []);
    });

    it('are not waited for', async function () {
      this.timeout(20_000);
      program('docker', 'echo api; exec sleep 60');
      const start = Date.now();
      assert.deepEqual(await runningTargets('docker', places(), '/'), []);
      assert.ok(Date.now() - start < 15_000);
      assert.deepEqual(await runningTargets('docker', places(), '/', AbortSignal.abort()), []);
    });
  });
});
