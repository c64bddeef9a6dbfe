import assert from 'node:assert/strict';
import { HEALTH_CLASSES, healthOf } from '../../src/core/knowledge/health';
import { PROC_STATES, stateSpellings } from '../../src/core/vocabulary/stateSpellings';
import { timerWords } from '../../src/core/vocabulary/timerWords';
import { TimerKind } from '../../src/core/vocabulary/timer';
import { TCP_STATES } from '../../src/core/vocabulary/state';
import { scopes, stateScopes } from '../../src/core/grammar/scopes';
import { nameOf } from './notation';
import { netstatGrammar, tokenize } from './tokenizer';

/** Every shape of row that has a place for a state, with that place. */
const ROWS: Readonly<Record<string, (state: string) => string>> = {
  'net-tools': s => `tcp        0      0 192.0.2.10:443          203.0.113.9:4022        ${s} `,
  'net-tools with owner': s => `tcp   0   0 192.0.2.10:443   203.0.113.9:4022   ${s}  1/init`,
  Windows: s => `  TCP    192.0.2.25:8443        203.0.113.80:61022     ${s}     6240`,
  BSD: s => `tcp4       0      0  192.0.2.20.443         203.0.113.9.4022       ${s}`,
  lsof: s => `a  1 b  3u  IPv4  1  0t0  TCP 192.0.2.10:443->203.0.113.9:4022 (${s})`,
};

async function tokenNamed(row: string, text: string): Promise<string> {
  const [line] = tokenize(await netstatGrammar(), [row]);
  const at = row.lastIndexOf(text);
  const token = line!.tokens.find(t => t.start === at && t.end === at + text.length);
  return token === undefined ? 'no such token' : nameOf(token.scopes);
}

describe('grammar: states', () => {
  it('every state has a class, and only CLOSE-WAIT is suspicious', () => {
    assert.deepEqual(
      TCP_STATES.filter(state => healthOf(state) === 'suspicious'),
      ['CLOSE-WAIT'],
    );
    for (const state of TCP_STATES) {
      assert.ok(HEALTH_CLASSES.includes(healthOf(state)), state);
    }
  });

  for (const [format, row] of Object.entries(ROWS)) {
    it(`every spelling has the scope of its class: ${format}`, async () => {
      for (const { word, tcp } of stateSpellings) {
        if (tcp !== null) {
          assert.equal(await tokenNamed(row(word), word), healthOf(tcp), word);
        }
      }
    });
  }

  it('states of the words that ss prints first', async () => {
    for (const { word, tcp } of stateSpellings) {
      if (tcp !== null && /^[A-Z][A-Z-]+\d?$/.test(word)) {
        const row = `${word}  0  0  192.0.2.10:443  203.0.113.9:4022`;
        assert.equal(await tokenNamed(row, word), healthOf(tcp), word);
      }
    }
  });

  it('codes of /proc/net/tcp', async () => {
    for (const [code, state] of Object.entries(PROC_STATES)) {
      const row = ` 0: 0100007F:2328 0100007F:976C ${code} 00000000:00000000 00:00000000 00000000 0 0 7`;
      assert.equal(await tokenNamed(row, ` ${code} `.trim()), healthOf(state), code);
    }
  });

  it('every timer word', async () => {
    for (const { word, kind } of timerWords) {
      // The first of the two words of Catalan's `temps d'espera` never stands alone.
      if (word === 'temps') {
        continue;
      }
      const row = `tcp  0  0 192.0.2.10:443  203.0.113.9:4022  LISTEN  1/a b ${word} (1.00/0/0)`;
      const off = kind === TimerKind.Off;
      assert.equal(
        await tokenNamed(row, off ? `${word} (1.00/0/0)` : word),
        off ? 'timerOff' : 'timer',
        word,
      );
    }
  });

  it('CLOSE_WAIT alone uses scopes that themes make red', () => {
    const calm = Object.entries({ ...scopes, ...stateScopes }).filter(([n]) => n !== 'suspicious');
    for (const [name, scope] of calm) {
      assert.doesNotMatch(scope, /invalid|markup\.deleted|keyword\.control|storage/, name);
    }
    assert.match(stateScopes.suspicious, /^strong markup\.deleted invalid\./);
  });
});
