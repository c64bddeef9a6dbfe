import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { linesOf } from './tokenizer';

interface Manifest {
  readonly contributes: {
    readonly languages: readonly [
      {
        readonly id: string;
        readonly filenamePatterns: readonly string[];
        readonly firstLine: string;
        readonly configuration: string;
      },
    ];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
  };
}

const ROOT = new URL('../../', import.meta.url);
const SAMPLES = new URL('samples/', ROOT);

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const language = manifest.contributes.languages[0];

/** A name pattern as VS Code takes it: in lower case, braces not nested, on paths if it has a `/`. */
function matches(pattern: string, file: string): boolean {
  const expression = pattern
    .toLowerCase()
    .replace(/\[[^\]]*\]|\{[^}]*\}|\*\*\/|\*|[.()]/g, part => {
      if (part.startsWith('{')) {
        const choices = part
          .slice(1, -1)
          .split(',')
          .map(choice => toSource(choice));
        return `(?:${choices.join('|')})`;
      }
      return toSource(part);
    });
  const path = file.toLowerCase();
  const name = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  return new RegExp(`^${expression}$`).test(name);
}

function toSource(glob: string): string {
  return glob.replace(/\[[^\]]*\]|\*\*\/|\*|[.()]/g, part =>
    part.startsWith('[')
      ? part.replaceAll('.', '\\.')
      : part === '**/'
        ? '(?:.*/)?'
        : part === '*'
          ? '[^/]*?'
          : `\\${part}`,
  );
}

function isDump(file: string): boolean {
  return language.filenamePatterns.some(pattern => matches(pattern, file));
}

describe('language: file names', () => {
  const dumps = [
    'netstat.txt',
    'Netstat.TXT',
    'netstat.log',
    'netstat.out',
    'netstat-2026-01-01.log',
    'netstat_20260101.txt',
    'netstat1.txt',
    'netstat (2).txt',
    'netstat -ano.txt',
    'prod_netstat_ano.txt',
    'web01-netstat.txt',
    'web01.netstat.before.txt',
    'db_netstat_26.01.10.1200.dat',
    'linux_netstat_antopee.txt',
    'ss.txt',
    'ss-tanp.txt',
    'ss_tulpn.log',
    'ss -tanpi.txt',
    'ss-tanp-2026-01-01.log',
    'linux_ss_tani.txt',
    'web01_ss_tanp_before.txt',
    'web01-ss.txt',
    'ss-2026-01-01.log',
    'ss_20260101.txt',
    'lsof.txt',
    'lsof-i.txt',
    'web01_lsof_nP.txt',
    'sockstat.txt',
    'sockstat-4.txt',
    'Get-NetTCPConnection.txt',
    'Get-NetTCPConnection-table.txt',
    'linux_proc_net_tcp.txt',
    '/sosreport-web01/proc/net/tcp6',
    '/home/me/netstat/netstat.txt',
  ];
  const others = [
    'class-netstat.ts',
    'netstat.ts',
    'netstat.c',
    'netstat.md',
    'netstat.json',
    'linuxNetTools.ts',
    'netstatistics.txt',
    'mynetstat.txt',
    'README.txt',
    'ss-notes.txt',
    'ss-settings.txt',
    'ss-2024-invoice.txt',
    'ss-report.log',
    'css.txt',
    'class.txt',
    'address.txt',
    'ssh.log',
    'ss.md',
    'boss_ss_salaries.txt',
    'glossary_ss_terms.txt',
    'lsofa.txt',
    'tcp.txt',
    '/home/me/net/tcp',
  ];

  for (const file of dumps) {
    it(`takes ${file}`, () => assert.ok(isDump(file)));
  }
  for (const file of others) {
    it(`leaves ${file}`, () => assert.ok(!isDump(file)));
  }
  it('braces are not nested and no choice ends empty, which VS Code would read otherwise', () => {
    for (const pattern of language.filenamePatterns) {
      assert.doesNotMatch(pattern, /\{[^}]*\{|,\}/);
    }
  });
});

describe('language: first line', () => {
  const first = new RegExp(language.firstLine);

  for (const name of readdirSync(SAMPLES).filter(file => file.endsWith('.netstat'))) {
    const line = linesOf(readFileSync(new URL(name, SAMPLES), 'utf8'))[0]!;
    // Windows begins with an empty line; these can be known only by what comes later.
    if (
      line.trim() === '' ||
      /^(?:lsof-fields|powershell-csv|powershell-get-netudp|proc-net-unix|volatility|linux-ss-s|psutil)/.test(
        name,
      )
    ) {
      continue;
    }
    it(`knows ${name}`, () => assert.match(line, first));
  }

  const known = [
    '\uFEFFActive Connections',
    '> Active Internet connections (w/o servers)',
    'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN',
    'tcp4       0      0  192.0.2.20.52044    198.51.100.35.443    ESTABLISHED',
    '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712',
    'LISTEN 0      511               0.0.0.0:80        0.0.0.0:*',
    'tcp   ESTAB  0  0  192.0.2.10:22  192.0.2.5:50688',
    'zzz ***Fri Jan 10 12:00:00 CST 2026',
    '[root@web01 ~]# netstat -tanp',
    'C:\\Users\\me>netstat -ano',
    'PS C:\\> netstat -ano',
    '$ sudo ss -tanp',
    'ss -tanp',
  ];
  for (const line of known) {
    it(`knows ${line.trim()}`, () => assert.match(line, first));
  }

  const others = [
    '',
    '#!/bin/sh',
    '# netstat notes',
    'How to use netstat -tanp on Linux',
    'The state of the connection',
    'State of the art',
    'State machine',
    'tcp is a protocol',
    'TCP: an introduction',
    'Active users',
    'import netstat from "netstat";',
    'USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
    'netstat',
    'ss',
  ];
  for (const line of others) {
    it(`leaves '${line}'`, () => assert.doesNotMatch(line, first));
  }
});

describe('language: what a double click selects', () => {
  const configuration = JSON.parse(read(language.configuration).replace(/^\s*\/\/.*$/gm, '')) as {
    readonly wordPattern: { readonly pattern: string; readonly flags: string };
  };
  const { pattern, flags } = configuration.wordPattern;

  function words(line: string): string[] {
    return line.match(new RegExp(pattern, `g${flags}`)) ?? [];
  }

  const cases: readonly (readonly [line: string, words: string])[] = [
    [
      'tcp  28  0 192.0.2.1:443  db-1.example:https  CLOSE_WAIT  579/nginx: worker p  off (0.00/0/0)',
      'tcp|28|0|192.0.2.1|443|db-1.example|https|CLOSE_WAIT|579|nginx: worker p|off|0.00|0|0',
    ],
    ['4321/sshd: root@pts/0 on (0.20/0/0)', '4321|sshd: root@pts/0|on|0.20|0|0'],
    ['12387/Passenger Rac keepalive (1.00/0/0)', '12387|Passenger Rac|keepalive|1.00|0|0'],
    ['tcp6 :::5433 :::*', 'tcp6|::|5433|::'],
    ['tcp6 ::1:25 ::ffff:192.0.2.10:9200', 'tcp6|::1|25|::ffff:192.0.2.10|9200'],
    ['[fe80::1%eth0]:22 [2001:db8::10]:443', 'fe80::1|eth0|22|2001:db8::10|443'],
    ['tcp4 192.0.2.20.443 fe80::1%lo0.22 ::1.3000', 'tcp4|192.0.2.20|443|fe80::1|lo0.22|::1|3000'],
    ['CLOSE-WAIT FIN-WAIT-2 FIN_WAIT2 ABHÖREN', 'CLOSE-WAIT|FIN-WAIT-2|FIN_WAIT2|ABHÖREN'],
    ['users:(("my app: (1)",pid=583,fd=8))', 'users|my app: (1)|pid|583|fd|8'],
    ['0: 0100007F:2328 00000000:0000 0A', '0|0100007F|2328|00000000|0000|0A'],
    [' [NVIDIA Web Helper.exe]', 'NVIDIA|Web|Helper.exe'],
  ];
  for (const [line, expected] of cases) {
    it(line, () => assert.equal(words(line).join('|'), expected));
  }
});

describe('language: files', () => {
  it('that package.json names exist', () => {
    const paths = [language.configuration, ...manifest.contributes.grammars.map(g => g.path)];
    for (const path of paths) {
      assert.notEqual(read(path), '');
    }
  });
});
