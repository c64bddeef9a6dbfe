/* What README, walkthrough and CHANGELOG claim, as far as it can be computed. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readArguments } from '../../src/cli/arguments';
import { rules } from '../../src/core/analysis/rules';
import { adviceFor } from '../../src/core/dialects/advice';
import { explainAt } from '../../src/core/explain/explain';
import { plainText } from '../../src/core/explain/explanationText';
import { Localizer } from '../../src/core/wording/text';
import { readDump } from '../../src/core/reading/reader';
import { projectFolder } from '../harness/paths';

const read = (name: string): string => readFileSync(path.join(projectFolder, name), 'utf8');

const README = read('README.md');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    }[];
    readonly languages: readonly { readonly filenamePatterns?: readonly string[] }[];
  };
}

const { contributes } = JSON.parse(read('package.json')) as Manifest;
const TEXTS = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

/** Asserts that a text names commands as the Command Palette does, that many at least. */
function expectCommands(text: string, least: number): void {
  const titles = contributes.commands.map(
    ({ title }) => `${TEXTS['category']}: ${TEXTS[title.replaceAll('%', '')]}`,
  );
  const named = [...text.replace(/\s+/g, ' ').matchAll(/\*\*(Netstat: [^*]+)\*\*/g)];
  assert.ok(named.length >= least);
  for (const [, name = ''] of named) {
    assert.ok(titles.includes(name), name);
  }
}

describe('README', () => {
  it('names commands as the Command Palette does', () => {
    expectCommands(README, 8);
  });

  it('has the settings with their defaults', () => {
    const defaults = new Map(
      contributes.configuration
        .flatMap(({ properties }) => Object.entries(properties))
        .map(([name, property]) => [name, property.default]),
    );
    let found = 0;
    for (const [, names = '', values = ''] of README.matchAll(
      /^\| (`netstatLens[^|]+)\|([^|]*)\|/gm,
    )) {
      const given = [...values.matchAll(/`([^`]*)`/g)].map(match => match[1] ?? '');
      const wanted = [...names.matchAll(/`([^`]*)`/g)].map(match => match[1] ?? '');
      const [first = ''] = wanted;
      const section = first.slice(0, first.lastIndexOf('.'));
      for (const [i, name] of wanted.entries()) {
        const whole = name.startsWith('.') ? section + name : name;
        if (whole.endsWith('…')) {
          assert.ok(
            [...defaults.keys()].some(key => key.startsWith(whole.slice(0, -1))),
            whole,
          );
        } else {
          const value = defaults.get(whole);
          assert.equal(given[i], typeof value === 'string' ? value : JSON.stringify(value), whole);
        }
        found++;
      }
    }
    const others = [...defaults.keys()].filter(name => !name.includes('.thresholds.'));
    assert.equal(found, others.length + 1, 'settings in the table');
  });

  it('shows command lines that the program takes', () => {
    const block = /^```\n(netstat-lens[^]*?)\n```/m.exec(README)?.[1] ?? '';
    const lines = block.split('\n');
    assert.ok(lines.length >= 5);
    for (const line of lines) {
      const args = line
        .replace('[analyze]', 'analyze')
        .replace('N,M', '1,2')
        .replace(/\[FILE ?\.*\]/g, 'a.netstat')
        .replace(/\b(?:SECONDS|N)\b/g, '1')
        .replace(
          /(--format|--fail-on) (?:…|([a-z]+)[a-z|]*)/g,
          (_, option: string, one?: string) => {
            const value = one ?? (option === '--format' ? 'text' : 'info');
            return `${option} ${value}`;
          },
        )
        .replace(/[[\]]/g, '')
        // Two snapshots of one file.
        .replace(/FILE a\.netstat$/, 'a.netstat')
        .split(/ +/)
        .slice(1);
      readArguments(args);
    }
  });

  it('recommends the commands that reports recommend', () => {
    const advised = adviceFor(null).map(({ command }) => command.command);
    const paragraph = /The best dump[^]*?\n\n/.exec(README)?.[0] ?? '';
    const commands = [...paragraph.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '');
    assert.ok(commands.length >= 4, paragraph);
    for (const command of commands) {
      assert.ok(advised.includes(command), `${command} in ${advised.join(' | ')}`);
    }
  });

  it('names files that get the language mode', () => {
    const patterns = contributes.languages.flatMap(({ filenamePatterns = [] }) => filenamePatterns);
    const expressions = patterns.map(
      pattern =>
        new RegExp(
          `^${pattern
            .replace(/[.+^$()|\\]/g, String.raw`\$&`)
            .replaceAll('*', '.*')
            .replaceAll('?', '.')
            .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(',', '|')})`)}$`,
        ),
    );
    for (const name of ['netstat.txt', 'ss-tanp.log']) {
      assert.ok(README.includes(`\`${name}\``), name);
      assert.ok(
        expressions.some(expression => expression.test(name)),
        `${name} in ${patterns.join(' ')}`,
      );
    }
  });

  it('links to what is there', () => {
    for (const [, target = ''] of README.matchAll(/\]\(([^)#]+)\)/g)) {
      assert.ok(
        target.startsWith('https:') || existsSync(path.join(projectFolder, target)),
        target,
      );
    }
  });
});

describe('CHANGELOG', () => {
  it('begins with the version of the package', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    assert.equal(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1], version);
    const lock = JSON.parse(read('package-lock.json')) as {
      readonly version: string;
      readonly packages: Readonly<Record<string, { readonly version: string }>>;
    };
    assert.deepEqual([lock.version, lock.packages['']?.version], [version, version]);
  });

  it('counts the rules', () => {
    assert.match(read('CHANGELOG.md'), new RegExp(`findings of ${rules.length} rules`));
  });
});

describe('the walkthrough', () => {
  it('names commands as the Command Palette does', () => {
    expectCommands(read('media/walkthrough/analyse.md'), 1);
    expectCommands(read('media/walkthrough/capture.md'), 5);
  });

  it('says of Recv-Q what hovers say', () => {
    const text = read('media/walkthrough/hover.md');
    const localizer = new Localizer();
    for (const [queue, said, shown] of [
      [28, /has stopped reading/, /27 bytes and the FIN are unread/],
      [1, /is not looking/, /only the FIN is unread/],
      [0, /has not called close\(\)/, /everything has been read/],
    ] as const) {
      const line = `tcp ${queue} 0 192.0.2.1:9443 192.0.2.7:51044 CLOSE_WAIT 4321/orders-api`;
      const dump = readDump(
        `Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n${line}\n`,
      );
      const found = explainAt(dump, 1, line.indexOf('CLOSE'), () => line, localizer);
      assert.ok(found);
      const hover = plainText(found.explanation, 'full', localizer);
      const bullet = new RegExp(`^- Recv-Q ${queue}: (.*)$`, 'm').exec(text)?.[1] ?? '';
      for (const pattern of [said, shown]) {
        assert.match(hover, pattern);
        assert.match(bullet, pattern);
      }
    }
  });

  it('has a sample that is read', () => {
    for (const name of readdirSync(path.join(projectFolder, 'media/walkthrough'))) {
      const block = /```\n([^]*?)```/.exec(read(`media/walkthrough/${name}`))?.[1];
      if (block !== undefined) {
        const { lines } = readDump(block);
        assert.ok(lines.socket >= 3 && lines.unrecognized === 0, name);
      }
    }
  });
});
