import assert from 'node:assert/strict';

import { type Address, placesInWorkspace, type System } from '../../src/shared/placesInWorkspace';

function folder(path: string, scheme = 'file', authority = '', query = ''): Address {
  return { scheme, authority, path, query };
}

/** Spellings, and where in the workspace each leads; null is nowhere. */
type Table = readonly (readonly [spelling: string, place: string | null])[];

function check(system: System, folders: readonly Address[], table: Table): void {
  for (const [spelling, place] of table) {
    const found = placesInWorkspace(folders, spelling, system).map(
      ({ folder: { path }, names }) => `${path}: ${names.join(' ')}`,
    );
    assert.deepEqual(found, place === null ? [] : [place], `${system} ${spelling}`);
  }
}

describe('places in the workspace', () => {
  it('are found by paths and URIs, and not outside, on a POSIX system', () => {
    check(
      'posix',
      [folder('/w/ws')],
      [
        ['a.txt', '/w/ws: a.txt'],
        ['./sub//a.txt', '/w/ws: sub a.txt'],
        ['x/../a.txt', '/w/ws: a.txt'],
        ['../ws/a.txt', '/w/ws: a.txt'],
        ['/w/ws/a.txt', '/w/ws: a.txt'],
        ['//w/./ws/sub/../a.txt', '/w/ws: a.txt'],
        ['/../w/ws/a.txt', '/w/ws: a.txt'],
        ['file:///w/ws/a.txt', '/w/ws: a.txt'],
        ['FILE:/w/ws/%61.txt', '/w/ws: a.txt'],
        ['file:///w/ws/sub%2fa.txt', '/w/ws: sub a.txt'],
        ['file:///w/x/../ws/a.txt', '/w/ws: a.txt'],
        ['file:///w/ws/a%20%23%3F%25.txt', '/w/ws: a #?%.txt'],
        // Names that only look odd.
        ['..a', '/w/ws: ..a'],
        ['a..', '/w/ws: a..'],
        ['...', '/w/ws: ...'],
        ['a:b.', '/w/ws: a:b.'],
        ['a\\b', '/w/ws: a\\b'],
        ['100%.txt', '/w/ws: 100%.txt'],
        ['proc%2Fnet%2Ftcp', '/w/ws: proc%2Fnet%2Ftcp'],
        ['C:\\a.txt', '/w/ws: C:\\a.txt'],

        ['', null],
        ['.', null],
        ['/', null],
        ['/w/ws', null],
        ['/w/ws/', null],
        ['..', null],
        ['../a.txt', null],
        ['sub/../../a.txt', null],
        ['../../../../../../etc/passwd', null],
        ['/etc/passwd', null],
        ['/w/a.txt', null],
        ['/w/ws-2/a.txt', null],
        ['/w/wsa.txt', null],
        ['/W/ws/a.txt', null],
        ['/w/ws/../outside/a.txt', null],
        ['/w/ws/sub/../../outside/a.txt', null],
        ['file:///w/ws/../outside/a.txt', null],
        ['file:///w/ws/%2e%2e/outside/a.txt', null],
        ['file:///w/ws/%2E./outside/a.txt', null],
        ['file:///w/ws/sub/../../outside/a.txt', null],
        ['file:///w/ws/..%2foutside/a.txt', null],
        ['file:///w/ws/../../../../etc/passwd', null],
        ['file:/w/ws/../outside/a.txt', null],
        // Escaped twice or more often, and in what VS Code does not unescape.
        ['file:///w/ws/%252e%252e/outside/a.txt', null],
        ['file:///w/ws/..%252foutside/a.txt', null],
        ['file:///w/ws/%25252e%25252e%25252fa.txt', null],
        ['file:///w/ws/%25%32%65%252e/a.txt', null],
        ['%2e%2e/outside/a.txt', null],
        ['..%2foutside', null],
        ['sub%2f..%5c..%2foutside', null],
        ['/w/ws/%2e%2e/outside/a.txt', null],
        // By the rules of another system.
        ['..\\outside\\a.txt', null],
        ['sub\\..\\..\\a.txt', null],
        ['file:///w/ws/..%5coutside', null],
        // Another scheme, authority, query or fragment; escapes that are none.
        ['https:///w/ws/a.txt', null],
        ['vscode-remote:///w/ws/a.txt', null],
        ['file://localhost/w/ws/a.txt', null],
        ['file://server/w/ws/a.txt', null],
        ['file://w/ws/a.txt', null],
        ['file:////server/w/ws/a.txt', null],
        ['file:///w/ws/a.txt?x', null],
        ['file:///w/ws/a.txt#x', null],
        ['file:///w/ws/%', null],
        ['file:///w/ws/%c0%ae%c0%ae/a.txt', null],
        // NUL, in any spelling, also where `..` would take it out.
        ['\0', null],
        ['a.txt\0', null],
        ['\0/../a.txt', null],
        ['a%00.txt', null],
        ['file:///w/ws/a.txt%00', null],
        ['file:///w/ws/a.txt%252500', null],
        ['a/'.repeat(5000), null],
      ],
    );
  });

  it('are found in any case on macOS, and by both forms of an accent', () => {
    check(
      'darwin',
      [folder('/Users/me/Caf\u00e9')],
      [
        ['/users/ME/cafe\u0301/A.txt', '/Users/me/Caf\u00e9: A.txt'],
        ['file:///Users/me/CAF%C3%89/a.txt', '/Users/me/Caf\u00e9: a.txt'],
        ['../CAF\u00c9/a.txt', '/Users/me/Caf\u00e9: a.txt'],
        ['/users/me/cafe/a.txt', null],
        ['/USERS/ME/CAF\u00c9/../a.txt', null],
        ['file:///USERS/me/caf%C3%A9/%2E%2E/a.txt', null],
      ],
    );
    // Only what is local follows its rules.
    check('darwin', [folder('/w/ws', 'memfs')], [['/W/ws/a.txt', null]]);
  });

  it('are found by drives, in any case and with both separators, on Windows', () => {
    check(
      'win32',
      [folder('/c:/Dumps/ws')],
      [
        ['sub\\a.txt', '/c:/Dumps/ws: sub a.txt'],
        ['sub/x\\..\\a.txt', '/c:/Dumps/ws: sub a.txt'],
        ['C:\\Dumps\\ws\\a.txt', '/c:/Dumps/ws: a.txt'],
        ['c:/DUMPS/WS/A.TXT', '/c:/Dumps/ws: A.TXT'],
        ['/c:/dumps/ws/a.txt', '/c:/Dumps/ws: a.txt'],
        ['file:///C%3A/dumps/ws/a.txt', '/c:/Dumps/ws: a.txt'],
        ['file:///c:/dumps/ws/sub%5Ca.txt', '/c:/Dumps/ws: sub a.txt'],
        ['nullable.txt', '/c:/Dumps/ws: nullable.txt'],
        ['com10.txt', '/c:/Dumps/ws: com10.txt'],

        ['..\\a.txt', null],
        ['sub\\..\\..\\a.txt', null],
        ['C:\\Dumps\\ws\\..\\a.txt', null],
        ['C:\\Dumps\\ws', null],
        ['C:\\Dumps\\ws-2\\a.txt', null],
        ['D:\\Dumps\\ws\\a.txt', null],
        ['C:\\Windows\\system32', null],
        ['C:a.txt', null],
        ['C:..\\a.txt', null],
        ['\\Dumps\\ws\\a.txt', null],
        ['/Dumps/ws/a.txt', null],
        ['file:///c:/dumps/ws/..%5ca.txt', null],
        ['file:///c:/dumps/ws/..\\a.txt', null],
        ['file:///c:/dumps/ws/%2e%2e%5ca.txt', null],
        ['file:///c:/dumps/ws/..%255ca.txt', null],
        // Servers and devices.
        ['\\\\server\\share\\a.txt', null],
        ['//server/share/a.txt', null],
        ['\\\\localhost\\c$\\Dumps\\ws\\a.txt', null],
        ['file://localhost/c:/dumps/ws/a.txt', null],
        ['file:////server/c:/dumps/ws/a.txt', null],
        ['\\\\?\\C:\\Dumps\\ws\\a.txt', null],
        ['\\\\.\\C:\\Dumps\\ws\\a.txt', null],
        ['//?/C:/Dumps/ws/a.txt', null],
        ['\\\\?\\UNC\\server\\share\\a.txt', null],
        ['\\??\\C:\\Dumps\\ws\\a.txt', null],
        ['NUL', null],
        ['sub\\con.txt', null],
        ['aux .txt', null],
        ['COM1', null],
        ['lpt\u00b2.log', null],
        ['CONIN$', null],
        // Streams, and what Windows leaves out at the end of a name.
        ['a.txt:stream', null],
        ['a.txt::$DATA', null],
        ['file:///c:/dumps/ws/a.txt%3Astream', null],
        ['sub::$INDEX_ALLOCATION\\a.txt', null],
        ['a.txt.', null],
        ['a.txt ', null],
        ['sub.\\a.txt', null],
        ['...\\a.txt', null],
        ['.. \\a.txt', null],
        ['.. .\\a.txt', null],
        ['C:\\Dumps\\ws.\\a.txt', null],
        ['*.txt', null],
        ['a?.txt', null],
        ['a<.txt', null],
        ['C:\\Dumps\\WS~1\\a.txt', null],
      ],
    );
  });

  it('are found on a server of Windows by its name', () => {
    check(
      'win32',
      [folder('/share/ws', 'file', 'Server')],
      [
        ['\\\\SERVER\\share\\ws\\a.txt', '/share/ws: a.txt'],
        ['//server/Share/ws/x/../a.txt', '/share/ws: a.txt'],
        ['file://server/share/ws/a.txt', '/share/ws: a.txt'],
        ['a.txt', '/share/ws: a.txt'],
        ['\\\\server\\share\\ws\\..\\a.txt', null],
        ['\\\\other\\share\\ws\\a.txt', null],
        ['\\\\server\\c$\\a.txt', null],
        ['\\\\server.\\share\\ws\\a.txt', null],
        ['\\\\?\\UNC\\server\\share\\ws\\a.txt', null],
        ['file:///share/ws/a.txt', null],
        ['C:\\share\\ws\\a.txt', null],
      ],
    );
  });

  it('are found in folders that are not local', () => {
    check(
      'win32',
      [folder('/w/ws', 'vscode-remote', 'ssh-remote+Host')],
      [
        ['a.txt', '/w/ws: a.txt'],
        ['/w/ws/a.txt:b', '/w/ws: a.txt:b'],
        ['vscode-remote://ssh-remote%2Bhost/w/ws/a.txt', '/w/ws: a.txt'],
        ['vscode-remote://ssh-remote%2Bhost/w/ws/..%2fa.txt', null],
        ['vscode-remote://ssh-remote%2Bother/w/ws/a.txt', null],
        ['vscode-remote:///w/ws/a.txt', null],
        ['file:///w/ws/a.txt', null],
        ['/W/ws/a.txt', null],
        ['..\\a.txt', null],
      ],
    );
    check(
      'posix',
      [folder('/c:/ws', 'vscode-remote', 'ssh-remote+pc')],
      [
        ['C:\\WS\\a.txt', '/c:/ws: a.txt'],
        ['\\\\ssh-remote+pc\\..\\a.txt', null],
        ['sub\\..\\..\\a.txt', null],
        ['a.txt:stream', null],
      ],
    );
    check(
      'posix',
      [folder('/', 'memfs', 'x', 'ref=1')],
      [
        ['../../a.txt', '/: a.txt'],
        ['memfs://x/a.txt?ref=1', '/: a.txt'],
        ['memfs://x/a.txt?ref=2', null],
        ['memfs://x/a.txt', null],
      ],
    );
  });

  it('are looked for in every folder of the workspace', () => {
    const folders = [folder('/w/one'), folder('/w/two'), folder('/w/two/sub')];
    const found = (spelling: string) =>
      placesInWorkspace(folders, spelling, 'posix').map(
        place => `${place.folder.path}: ${place.names.join(' ')}`,
      );
    assert.deepEqual(found('a'), ['/w/one: a', '/w/two: a', '/w/two/sub: a']);
    assert.deepEqual(found('/w/two/sub/a'), ['/w/two: sub a', '/w/two/sub: a']);
    assert.deepEqual(found('../two/a'), ['/w/two: a']);
    assert.deepEqual(found('../../three/a'), []);
    assert.deepEqual(placesInWorkspace([], 'a', 'posix'), []);
  });
});
