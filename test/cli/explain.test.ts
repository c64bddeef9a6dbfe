import assert from 'node:assert/strict';

import { columnNames, explainColumn } from '../../src/core/explain/column';
import { columnCalled, columns } from '../../src/core/knowledge/columns';
import { listedRules, ruleOf } from '../../src/core/analysis/ruleTable';
import { thresholds } from '../../src/core/analysis/thresholds';
import { Localizer } from '../../src/core/wording/text';
import { call, callIn } from './call';

describe('explain', () => {
  for (const word of ['CW-5', 'cw-5', ruleOf('CW-5').id, ruleOf('CW-5').id.toUpperCase()]) {
    it(`explains the rule ${word}`, async () => {
      const { status, out } = await call('explain', word);
      assert.equal(status, 0);
      assert.ok(out.startsWith(`CW-5 (${ruleOf('CW-5').id}): `), out);
    });
  }

  it('says what a rule looks for, needs, and compares with', async () => {
    const { out } = await call('explain', 'CW-4');
    assert.match(
      out,
      /^CW-4 \(close-wait-unread\): Unread data on connections that the peer has closed$/m,
    );
    assert.match(
      out,
      /^What a dump must show for this rule:\n- TCP sockets in CLOSE_WAIT\n- Recv-Q and Send-Q$/m,
    );
    assert.match(out, /--threshold NAME=NUMBER.*netstatLens\.thresholds\.NAME/);
    assert.match(out, /^closeWaitWarning=5 {2}\(1 to 1000000 sockets\)\n {4}Report/m);
    assert.match(out, /netstat-lens --rule CW-4 FILE$/m);
  });

  it('leaves out what a rule has not', async () => {
    const { out } = await call('explain', 'BDR-1');
    assert.match(out, /^BDR-1 \(/);
    assert.doesNotMatch(out, /must show|NAME=NUMBER/);
  });

  it('knows every rule by its code and its id, in terminals of 60 columns', async () => {
    for (const { code, id, thresholds: own = {} } of listedRules) {
      for (const word of [code, id]) {
        const { status, out } = await callIn(60, 'explain', word);
        assert.equal(status, 0, word);
        assert.ok(out.startsWith(`${code} (${id}): `), out);
        for (const name of Object.keys(own) as (keyof typeof thresholds)[]) {
          assert.ok(out.includes(`\n${name}=${thresholds[name].default}  (`), out);
        }
        for (const line of out.split('\n')) {
          assert.ok(line.length <= 60 || !line.trim().includes(' '), line);
        }
      }
    }
  });

  it('lists the rules of a family that has no such rule', async () => {
    const { status, err } = await call('explain', 'cw-12');
    assert.equal(status, 2);
    assert.match(err, /^netstat-lens: unknown rule "cw-12": expected CW-1, .*, or CW-7$/m);
    // A counter, but for the number.
    assert.match((await call('explain', 'TW-9')).err, /expected TW-1, TW-2, or TW-3$/m);
  });

  it('explains columns, on all systems', async () => {
    const { status, out } = await call('explain', 'Recv-Q');
    assert.equal(status, 0);
    assert.match(out, /^Recv-Q: Bytes received that the program has not read\.$/m);
    assert.match(out, /^- Linux: A FIN that waits counts as one more\./m);
    assert.match(out, /^Sources: .*netstat\(8\)/m);
    assert.match((await call('explain', 'SEND-Q')).out, /^SEND-Q: Bytes sent or to be sent/);
    for (const args of [['Foreign Address'], ['foreign', 'address']]) {
      assert.match((await call('explain', ...args)).out, /^foreign address: The other end/i);
    }
  });

  it('explains timers and marks of rows', async () => {
    for (const [word, text] of [
      ['on', /^on: The timer of retransmissions/],
      ['keepalive', /^keepalive: The keepalive timer/],
      ['off', /^off: No timer runs/],
      ['persist', /^persist: The timer of a closed window/],
      ['probe', /^probe: The timer of a closed window/],
      ['orphaned', /^orphaned: .*No process holds them\./s],
      ['UNREPLIED', /^UNREPLIED: conntrack .*one direction only/s],
      ['[ASSURED]', /^\[ASSURED\]: conntrack .*both directions/s],
    ] as const) {
      const { status, out } = await call('explain', word);
      assert.equal(status, 0, word);
      assert.match(out, text);
      assert.match(out, /^Sources: /m);
    }
  });

  it('explains the columns of its own table of CLOSE_WAIT', async () => {
    assert.match((await call('explain', 'FIN unread')).out, /^FIN unread: Only the FIN is unread/);
    assert.match((await call('explain', 'idle', 'tls')).out, /^idle tls: .*close_notify/is);
    assert.match((await call('explain', 'End read')).out, /^End read: Nothing is unread/);
    assert.match((await call('explain', 'Data unread')).out, /^Data unread: Data came/);
  });

  it('explains columns of interfaces and routes that no other table has', async () => {
    assert.match((await call('explain', 'genmask')).out, /^genmask: Which bits of the dest/);
    assert.match((await call('explain', 'Ierrs')).out, /^Ierrs: Frames received/);
    assert.equal((await call('explain', 'Met')).status, 2);
  });

  it('has something to say of every column that it suggests', () => {
    for (const name of columnNames) {
      assert.ok(explainColumn(name, new Localizer()), name);
    }
  });

  it('does not take a word of another table, or of none, for a column', async () => {
    for (const word of [
      'address',
      'socket',
      'flags',
      'name',
      'node',
      'options',
      'size',
      'timeout',
    ]) {
      assert.ok(
        columns.some(({ headers }) => headers.includes(word)),
        word,
      );
      assert.equal(columnCalled(word), null, word);
      assert.equal((await call('explain', word)).status, 2, word);
    }
  });

  for (const [word, meant] of [
    ['close-wait-leek', 'close-wait-leak'],
    ['Rcev-Q', 'recv-q'],
    ['CLOSE_WAYT', 'CLOSE-WAIT'],
    ['cw1', 'CW-1'],
    ['recvq', 'recv-q'],
  ] as const) {
    it(`asks whether ${word} is ${meant}`, async () => {
      const { status, err } = await call('explain', word);
      assert.equal(status, 2);
      assert.ok(err.includes(`unknown word "${word}": did you mean "${meant}"`), err);
    });
  }

  it('takes the codes of /proc/net/tcp, and no number that each system counts otherwise', async () => {
    for (const [code, state] of [
      ['0A', 'LISTEN'],
      ['0x8', 'CLOSE-WAIT'],
      ['01', 'ESTABLISHED'],
    ] as const) {
      assert.ok((await call('explain', code)).out.startsWith(`${state}: `), code);
    }
    for (const number of ['1', '5', '8', 'A', '10']) {
      assert.equal((await call('explain', number)).status, 2, number);
    }
  });

  it('explains the details of `ss -i`', async () => {
    assert.match(
      (await call('explain', 'rto')).out,
      /^"?rto"?: Time until a retransmission, in ms/,
    );
    assert.match((await call('explain', 'rto:204')).out, /Time until a retransmission/);
    assert.match((await call('explain', 'cwnd')).out, /congestion window/i);
  });

  it('says of a word what it means for sockets that are not TCP', async () => {
    assert.match(
      (await call('explain', 'UNCONN')).out,
      /\nNot TCP:\n- UDP: An ordinary UDP socket/,
    );
    assert.doesNotMatch((await call('explain', 'FIN_WAIT1')).out, /Not TCP/);
  });

  it('says what it can explain', async () => {
    const { err } = await call('explain', 'zzzzzzzz');
    assert.match(err, /expected a counter, an error, a column, a rule, or one of the states/);
    assert.match(
      (await call('explain')).err,
      /explain needs a state, counter, error, column, or rule/,
    );
  });
});
