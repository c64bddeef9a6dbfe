import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ByteDecoder,
  decodeBytes,
  type Encoding,
} from '../../../../src/core/reading/input/encoding';
import { CP437, CP850 } from '../../../../src/core/reading/input/encodingTables';
import { DumpStream } from '../../../../src/core/reading/input/dumpStream';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicBytes, publicDumpNames, publicText } from '../../publicDumps';

const GERMAN = dump('Aktive Verbindungen', 'Lokale Adresse  Remoteadresse  Status', 'ABHÖREN');
const PORTUGUESE = dump('Conexões ativas', 'Endereço local  Endereço externo  Estado', 'LISTENING');
const FRENCH = dump('Connexions actives', 'Adresse locale  Adresse distante  État', 'LISTENING');
const RUSSIAN = dump(
  'Активные подключения',
  'Локальный адрес  Внешний адрес  Состояние',
  'LISTENING',
);
const CHINESE = dump('活动连接', '本地地址  外部地址  状态', 'LISTENING');
const TAIWANESE = dump('使用中連線', '本機位址  外部位址  狀態', 'LISTENING');
const KOREAN = dump('활성 연결', '로컬 주소  외부 주소  상태', 'LISTENING');
const JAPANESE = dump('アクティブな接続', 'ローカル アドレス  外部アドレス  状態', 'LISTENING');

describe('bytes to text', () => {
  it('decodes UTF-8 with and without byte order mark', () => {
    const bytes = Buffer.from(RUSSIAN);
    assert.deepEqual(decodeBytes(bytes), { text: RUSSIAN, encoding: 'utf-8' });
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    assert.deepEqual(decodeBytes(marked), { text: RUSSIAN, encoding: 'utf-8' });
  });

  it('decodes UTF-16 with and without byte order mark', () => {
    for (const text of [GERMAN, CHINESE, 'tcp 0 0 a:1 b:2 LISTEN\n']) {
      const little = Buffer.from(text, 'utf16le');
      const big = Buffer.from(text, 'utf16le').swap16();
      const mark = Buffer.from('\ufeff', 'utf16le');
      assert.deepEqual(decodeBytes(little), { text, encoding: 'utf-16le' });
      assert.deepEqual(decodeBytes(big), { text, encoding: 'utf-16be' });
      assert.deepEqual(decodeBytes(Buffer.concat([mark, little])), { text, encoding: 'utf-16le' });
      const bigMark = Buffer.from([0xfe, 0xff]);
      assert.deepEqual(decodeBytes(Buffer.concat([bigMark, big])), { text, encoding: 'utf-16be' });
    }
  });

  const codePages: readonly (readonly [Encoding, string, string])[] = [
    ['cp850', GERMAN, 'cp850'],
    ['cp850', PORTUGUESE, 'cp850'],
    ['cp850', FRENCH, 'cp850'],
    ['windows-1252', GERMAN, 'windows-1252'],
    ['windows-1252', PORTUGUESE, 'windows-1252'],
    ['cp866', RUSSIAN, 'ibm866'],
    ['windows-1251', RUSSIAN, 'windows-1251'],
    ['cp936', CHINESE, 'gbk'],
    ['cp950', TAIWANESE, 'big5'],
    ['cp949', KOREAN, 'euc-kr'],
    ['cp932', JAPANESE, 'shift_jis'],
  ];
  for (const [encoding, text, label] of codePages) {
    it(`tells ${encoding} by the words of ${text.split('\n')[0] ?? ''}`, () => {
      assert.deepEqual(decodeBytes(encoded(text, label)), { text, encoding });
    });
  }

  it('takes umlauts without known words for the code page of the console', () => {
    const text = 'C:\\Benutzer\\Jörg Müßig> netstat\r\n';
    assert.equal(decodeBytes(encoded(text, 'cp850')).text, text);
  });

  it('believes in UTF-8 although some characters were cut', () => {
    const name = Buffer.from('1/übergrößenträger').subarray(0, 19);
    const bytes = Buffer.concat([Buffer.from('tcp 0 0 a:1 b:2 LISTEN '), name, Buffer.from('\n')]);
    assert.equal(decodeBytes(bytes).encoding, 'utf-8');
  });

  it('knows both tables in full', () => {
    assert.equal(CP437.length, 128);
    assert.equal(CP850.length, 128);
    assert.equal(new Set(CP437).size, 128);
    assert.equal(new Set(CP850).size, 128);
    // The letters of the captures' languages (unicode.org MAPPINGS CP850.TXT, CP437.TXT).
    assert.equal(CP850.indexOf('Ö'), 0x99 - 128);
    assert.equal(CP850.indexOf('õ'), 0xe4 - 128);
    assert.equal(CP850.indexOf('É'), 0x90 - 128);
    assert.equal(CP437.indexOf('ó'), 0xa2 - 128);
  });

  it('decides on a later part when the first is ASCII', () => {
    const ascii = '  TCP    10.0.0.1:80    10.0.0.2:1234    ESTABLISHED\r\n'.repeat(3000);
    const text = ascii + GERMAN;
    assert.deepEqual(decodeBytes(encoded(text, 'cp850')), { text, encoding: 'cp850' });
  });

  it('gives the same text whatever the chunks', () => {
    const sources = [
      Buffer.from(CHINESE),
      Buffer.from(CHINESE, 'utf16le'),
      encoded(JAPANESE, 'shift_jis'),
      encoded(GERMAN, 'cp850'),
      Buffer.from('tcp 0 0 a:1 b:2 LISTEN\n'),
      encoded('  TCP    1.2.3.4:80    0.0.0.0:0  LISTENING\r\n'.repeat(2000) + KOREAN, 'euc-kr'),
    ];
    const source = fc.constantFrom(...sources);
    const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(source, sizes, (bytes, cuts) => {
        const decoder = new ByteDecoder();
        let text = '';
        let at = 0;
        for (let i = 0; at < bytes.length; i++) {
          const size = cuts[i % cuts.length] ?? 1;
          text += decoder.decode(bytes.subarray(at, at + size));
          at += size;
        }
        text += decoder.end();
        assert.deepEqual({ text, encoding: decoder.encoding }, decodeBytes(bytes));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        readDump(decodeBytes(bytes).text);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('decodes nothing', () => {
    assert.deepEqual(decodeBytes(new Uint8Array(0)), { text: '', encoding: 'utf-8' });
  });
});

describePublic('bytes of published dumps', () => {
  it('decodes UTF-16 of PowerShell as the same text as UTF-8', () => {
    const wide = decodeBytes(publicBytes('windows/derived-utf16le-bom-netstat-aon.txt'));
    const narrow = decodeBytes(publicBytes('windows/derived-utf8-bom-netstat-aon.txt'));
    assert.equal(wide.encoding, 'utf-16le');
    assert.equal(narrow.encoding, 'utf-8');
    assert.equal(wide.text, narrow.text);
  });

  it('decodes German of the console', () => {
    const { text, encoding } = decodeBytes(
      publicBytes('windows-localized/derived-de-cp850-bytes.txt'),
    );
    assert.equal(encoding, 'cp850');
    assert.equal(text, publicText('windows-localized/derived-de-utf8.txt'));
  });

  it('takes all others for UTF-8', () => {
    for (const name of publicDumpNames()) {
      if (!/derived-(?:utf16le|de-cp850)/.test(name)) {
        assert.equal(decodeBytes(publicBytes(name)).encoding, 'utf-8', name);
      }
    }
  });
});

function dump(title: string, header: string, state: string): string {
  return `${title}\r\n\r\n  Proto  ${header}\r\n  TCP    0.0.0.0:135  0.0.0.0:0  ${state}\r\n`;
}

/** Encodes by trying what each character's bytes would decode to. */
function encoded(text: string, label: string): Buffer {
  const codes = bytesOf(label);
  return Buffer.concat(
    Array.from(text, character => {
      const bytes = codes.get(character);
      assert.ok(bytes, `${label} has no ${character}`);
      return Buffer.from(bytes);
    }),
  );
}

const known = new Map<string, Map<string, number[]>>();

function bytesOf(label: string): Map<string, number[]> {
  let codes = known.get(label);
  if (codes === undefined) {
    codes = new Map();
    if (label === 'cp850') {
      Array.from(CP850, (character, i) => codes?.set(character, [i + 128]));
    } else {
      const decoder = new TextDecoder(label);
      for (let high = 128; high < 256; high++) {
        for (const bytes of [
          [high],
          ...Array.from({ length: 192 }, (_, low) => [high, low + 64]),
        ]) {
          const character = decoder.decode(Uint8Array.from(bytes));
          if (
            Array.from(character).length === 1 &&
            character !== '\ufffd' &&
            !codes.has(character)
          ) {
            codes.set(character, bytes);
          }
        }
      }
    }
    for (let i = 0; i < 128; i++) {
      codes.set(String.fromCharCode(i), [i]);
    }
    known.set(label, codes);
  }
  return codes;
}

describe('a file of which a part is UTF-16', () => {
  const header = 'Proto Recv-Q Send-Q Local Address           Foreign Address         State\n';
  const rows = (host: string, count: number): string =>
    header +
    Array.from(
      { length: count },
      (_, i) =>
        `tcp        0      0 ${host}:${4000 + i}          10.0.0.9:443            ESTABLISHED\n`,
    ).join('');
  const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
  const mark = wide('\ufeff');
  const [a, b] = [rows('10.0.0.1', 40), rows('10.0.0.2', 3)];

  it('loses nothing, whichever part comes first', () => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      for (const parts of [
        [Buffer.from(one), wide(other)],
        [Buffer.from(one), mark, wide(other)],
        [wide(one), Buffer.from(other)],
        [mark, wide(one), Buffer.from(other)],
      ]) {
        assert.equal(decodeBytes(Buffer.concat(parts)).text, one + other);
      }
    }
    const three = Buffer.concat([Buffer.from(a), wide(b), Buffer.from(a), wide(b)]);
    assert.equal(decodeBytes(three).text, a + b + a + b);
    // Without the end of the last line, and with other letters.
    assert.equal(
      decodeBytes(Buffer.concat([Buffer.from(a.trimEnd()), wide(b)])).text,
      a.trimEnd() + b,
    );
    const german = Buffer.concat([Buffer.from(GERMAN), wide(CHINESE + a), Buffer.from(GERMAN)]);
    assert.equal(decodeBytes(german).text, GERMAN + CHINESE + a + GERMAN);
    const big = Buffer.concat([Buffer.from([0xfe, 0xff]), wide(a).swap16(), Buffer.from(b)]);
    assert.equal(decodeBytes(big).text, a + b);
  });

  it('is read the same in chunks of any size', () => {
    const bytes = Buffer.concat([
      mark,
      wide(CHINESE + a),
      Buffer.from(GERMAN + b),
      wide(b),
      Buffer.from(a),
    ]);
    for (const size of [1, 2, 3, 7, 31, 64, 1000]) {
      const decoder = new ByteDecoder();
      let text = '';
      for (let at = 0; at < bytes.length; at += size) {
        text += decoder.decode(bytes.subarray(at, at + size));
      }
      assert.equal(text + decoder.end(), CHINESE + a + GERMAN + b + b + a, String(size));
    }
    // Also where the first part is longer than what is looked at to choose.
    const long = rows('10.0.0.3', 2000);
    const stream = new DumpStream();
    const all = Buffer.concat([Buffer.from(long), wide(b)]);
    for (let at = 0; at < all.length; at += 9973) {
      stream.pushBytes(all.subarray(at, at + 9973));
    }
    assert.equal(stream.finish().table.length, 2003);
    const foreign = Buffer.concat([Buffer.from(GERMAN + long), wide(b)]);
    const other = new ByteDecoder();
    assert.equal(
      other.decode(foreign.subarray(0, 100_000)) +
        other.decode(foreign.subarray(100_000)) +
        other.end(),
      GERMAN + long + b,
    );
  });

  it('is none where zeros are no letters', () => {
    const text = `${a}\0\0\0\0${b}`;
    assert.equal(decodeBytes(Buffer.from(text)).text, text);
    assert.equal(decodeBytes(Buffer.from('java\0-jar\0x\0\n')).text, 'java\0-jar\0x\0\n');
  });
});
