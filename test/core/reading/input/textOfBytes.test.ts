import assert from 'node:assert/strict';

import { PlainText } from '../../../../src/core/reading/input/textOfBytes';
import { readDump } from '../../../../src/core/reading/reader';

const ROW = 'tcp 1 0 192.0.2.1:9443 192.0.2.7:51044 CLOSE_WAIT 4321/orders-api';

describe('plain rows of a text', () => {
  it('are made bytes once, whatever ends their lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its object
      const { encodeInto } = TextEncoder.prototype;
      let encoded = 0;
      TextEncoder.prototype.encodeInto = function (source, bytes) {
        encoded += source.length;
        return encodeInto.call(this, source, bytes);
      };
      const text = `${ROW}\n${(ROW + end).repeat(2000)}${end.repeat(20_000)}`;
      try {
        assert.equal(readDump(text).table.length, 2001);
      } finally {
        TextEncoder.prototype.encodeInto = encodeInto;
      }
      assert.ok(
        encoded <= 2 * text.length,
        `${encoded} of ${text.length} with ${JSON.stringify(end)}`,
      );
    }
  });

  it('are found behind lines that CR ends', () => {
    const plain = new PlainText();
    const text = `${'x\r'.repeat(50_000)}${ROW}\n`;
    const seen: string[] = [];
    const read = (bytes: Uint8Array, start: number, end: number): number => {
      seen.push(String.fromCharCode(...bytes.subarray(start, start + 3)));
      return end;
    };
    assert.equal(plain.read(text, 0, read), 0);
    assert.equal(plain.read(text, 2, read), 2);
    assert.equal(plain.read(text, 100_000, read), text.length);
    assert.equal(seen.at(-1), 'tcp');
  });
});
