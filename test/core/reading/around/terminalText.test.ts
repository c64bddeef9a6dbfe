import assert from 'node:assert/strict';

import { drawsOnScreen, terminalText } from '../../../../src/core/reading/around/terminalText';
import { processorTime } from '../../processorTime';

const ESC = '\u001b';
const BEL = '\u0007';

describe('the output of a terminal', () => {
  it('is read without colors, marks and titles', () => {
    assert.equal(
      terminalText(
        `${ESC}]633;C${BEL}${ESC}[01;31m${ESC}[KCLOSE_WAIT${ESC}[m${ESC}[K 1\r\n${ESC}]0;a title${ESC}\\b\r\r\n`,
      ),
      'CLOSE_WAIT 1\nb\n',
    );
  });

  it('has blanks and lines where Windows moves the cursor', () => {
    assert.equal(
      terminalText(`TCP${ESC}[4C10.20.0.1:80${ESC}[2;1Hb${ESC}[Cc${ESC}[3;5Hd`),
      'TCP    10.20.0.1:80\nb cd',
    );
    assert.ok(terminalText(`${ESC}[9999C`.repeat(10)).length <= 5000);
  });

  it('has no control characters but ends of lines and tabs', () => {
    assert.equal(terminalText('a\u0000\u0007\b\tb\nc\rd'), 'a\tb\nc\rd');
  });

  it('is on the alternate screen where a program asks for that', () => {
    assert.ok(drawsOnScreen(`${ESC}[?1049h${ESC}[22;0;0tEvery 2.0s: ss`));
    assert.ok(drawsOnScreen(`a${ESC}[?47h`));
    assert.ok(!drawsOnScreen(`${ESC}[?1049l${ESC}[?2004h ss ?1049h`));
  });

  it('is cleaned in time whatever it holds', () => {
    const began = process.cpuUsage();
    for (const part of [ESC, `${ESC}[`, `${ESC}[1`, `${ESC}]`, '\r', `${ESC}[1;`, ';1']) {
      terminalText(part.repeat(100_000));
    }
    assert.ok(processorTime(began) < 2000);
  });
});
