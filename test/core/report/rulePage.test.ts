import assert from 'node:assert/strict';

import { RULE_IDS, listedRules, ruleOf } from '../../../src/core/analysis/ruleTable';
import { rulePage } from '../../../src/core/report/rulePage';
import { Localizer } from '../../../src/core/wording/text';

const localizer = new Localizer();

describe('the page of a rule', () => {
  it('says what it looks for, compares with, needs and marks, and how to ignore it', () => {
    const page = rulePage(ruleOf('CW-4'), '#', localizer);
    assert.match(page, /^# CW-4: Unread data on connections that the peer has closed\n/);
    assert.match(page, /\| `netstatLens\.thresholds\.closeWaitWarning` \| 5 \| 1 to 1,000,000 \| /);
    assert.match(page, /- Recv-Q and Send-Q$/m);
    assert.match(page, /marks the process/);
    assert.match(page, /`close-wait-unread` to the setting `netstatLens\.ignoredRules`/);
  });

  it('says that a rule needs counters, interfaces or routes, and marks their lines', () => {
    for (const [code, needs, line] of [
      ['CT-1', /^- counters \(/m, true],
      ['IF-2', /^- network interfaces \(/m, true],
      ['RO-1', /^- routes \(/m, false],
      ['CW-4', /^- Recv-Q and Send-Q$/m, false],
    ] as const) {
      const page = rulePage(ruleOf(code), '#', localizer);
      assert.match(page, needs);
      assert.equal(page.includes('marks the line of the counter or interface'), line, code);
    }
  });

  it('says that a rule needs both ends of connections, or who accepts them', () => {
    for (const [code, needs] of [
      ['PAIR-1', /^- both ends of connections/m],
      ['PAIR-2', /^- both ends of connections/m],
      ['SS-3', /^- listening sockets/m],
    ] as const) {
      assert.match(rulePage(ruleOf(code), '#', localizer), needs);
    }
    assert.doesNotMatch(rulePage(ruleOf('CW-1'), '#', localizer), /both ends|listening sockets/);
  });

  it('leaves out what a rule has not', () => {
    const page = rulePage(ruleOf('BDR-1'), '##', localizer);
    assert.match(page, /^## BDR-1: /);
    assert.match(page, /marks the process/);
    assert.doesNotMatch(page, /\||must show/);
  });

  for (const rule of listedRules) {
    it(`is whole for ${rule.code}`, () => {
      const page = rulePage(rule, '#', localizer);
      assert.doesNotMatch(page, /undefined|[{}\uE000\uE001]/);
      assert.ok(page.includes(`\`${RULE_IDS[rule.code]}\``));
      for (const name of Object.keys(rule.thresholds ?? {})) {
        assert.ok(page.includes(`.thresholds.${name}\``), name);
      }
    });
  }
});
