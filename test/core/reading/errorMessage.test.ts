import assert from 'node:assert/strict';

import { errorMessageOf } from '../../../src/core/reading/around/errorMessage';

describe('error messages around a dump', () => {
  it('are none in prose, code, addresses and commands that have their words', () => {
    for (const line of [
      'We do NOT see java.net.SocketException: Too many open files',
      "$ grep -r 'java.net.SocketException: Too many open files' /var/log/app/",
      'FAQ: java.net.SocketException: Too many open files',
      'catch (e) { // java.net.SocketException: Too many open files',
    ]) {
      assert.equal(errorMessageOf(line), null, line);
    }
    for (const line of [
      'java.net.SocketException: Too many open files',
      'Caused by: java.net.SocketException: Too many open files',
      'Exception in thread "main" java.io.IOException: Too many open files',
      'OSError: [Errno 24] Too many open files',
    ]) {
      assert.notEqual(errorMessageOf(line), null, line);
    }
  });

  it('are known by how logs and programs print them', () => {
    for (const [text, ...expected] of [
      [
        '2026/01/05 10:00:00 [alert] 88#88: accept4() failed (24: Too many open files)',
        'descriptors',
        'nginx',
        88,
      ],
      [
        'Jan  5 10:00:00 web1 orders[4321]: accept: Too many open files',
        'descriptors',
        'orders',
        4321,
      ],
      [
        '2026-01-05T10:00:00.123456+00:00 web1 orders: accept: Too many open files',
        'descriptors',
        'orders',
      ],
      ['java.net.SocketException: Too many open files (Socket closed)', 'descriptors', null],
      ['Caused by: java.io.IOException: Too many open files', 'descriptors', null],
      ['OSError: [Errno 24] Too many open files', 'descriptors', null],
      ["Error: EMFILE: too many open files, open '/etc/hosts'", 'descriptors', null],
      ['curl: (7) Could not connect: Cannot assign requested address', 'addresses', 'curl'],
      [
        '2026/01/05 10:00:00 dial tcp 192.0.2.7:443: connect: cannot assign requested address',
        'addresses',
        null,
      ],
      ['[ERROR] connect failed: Cannot assign requested address', 'addresses', null],
      [
        '[12345.678901] TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.',
        'synFlood',
        null,
        null,
        80,
      ],
      [
        'kernel: TCP: request_sock_TCP: Possible SYN flooding on port 192.0.2.1:8443. Sending cookies.',
        'synFlood',
        'kernel',
        null,
        8443,
      ],
      ['possible SYN flooding on port [::]:80. Sending cookies.', 'synFlood', null, null, 80],
      ['TCP: out of memory -- consider tuning tcp_mem', 'tcpMemory', null],
      ['[ 1234.567890] nf_conntrack: nf_conntrack: table full, dropping packet', 'conntrack', null],
      ['nf_conntrack: table full, dropping packet.', 'conntrack', null],
    ] as const) {
      const found = errorMessageOf(text);
      const [shortage, program = null, pid = null, port = null] = expected;
      assert.deepEqual(
        found && [found.shortage, found.program, found.pid, found.port],
        [shortage, program, pid, port],
        text,
      );
    }
  });

  it('are not what people write of them', () => {
    for (const text of [
      'is this too many open files?',
      'Is this: Too many open files?',
      'We see too many open files on web1',
      'we get "Too many open files" after an hour',
      'Too many open files',
      '# nginx: accept4() failed (24: Too many open files)',
      '// Error: EMFILE: too many open files',
      '> kernel: possible SYN flooding on port 80. Sending cookies.',
      'Question: too many open files',
      'note: too many open files',
      'symptom: Too many open files in the log',
      '10:00:00 bob: could be too many open files',
      '$ grep -c "Too many open files" /var/log/app.log',
      '[root@web1 ~]# dmesg | grep "possible SYN flooding on port"',
      'We see connection refused on 127.0.0.1:3000',
      'curl says connection refused',
      '10:00:00 bob: I get an ECONNREFUSED 127.0.0.1:3000',
      'the port 80: address already in use',
      'Port 8080 is already in use',
      '$ grep "Address already in use" /var/log/nginx/error.log',
      '2026-01-05 10:00:00 no sign of nf_conntrack: table full, dropping packet',
      'tcp 0 0 192.0.2.1:80 192.0.2.7:50000 ESTABLISHED',
    ]) {
      assert.equal(errorMessageOf(text), null, text);
    }
  });
});
