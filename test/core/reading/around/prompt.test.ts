import assert from 'node:assert/strict';

import { Line } from '../../../../src/core/parsing/line';
import { type Prompt, promptOf } from '../../../../src/core/reading/around/prompt';

function prompt(text: string): Prompt {
  const line = new Line();
  line.set(text, 0, text.length);
  const found = promptOf(line);
  assert.ok(found, text);
  return found;
}

describe('what a command leaves out', () => {
  const some: readonly string[] = [
    'ss -tan state close-wait',
    'ss -tan exclude time-wait',
    'ss -tan dst 192.0.2.1',
    "ss -tan 'sport = :443'",
    'ss -tan "( dport = :443 or sport = :443 )"',
    String.raw`ss -tan \( sport = :443 \)`,
    'ss -tan sport=:443',
    'ss -tan dev eth0',
    'ss -tanF filter.txt',
    'ss -tan --filter=filter.txt',
    'lsof -i :8080',
    'lsof -nPi:8080',
    'lsof -i TCP:443',
    'lsof -iTCP:443 -nP',
    'lsof -i@192.0.2.1',
    'lsof -i 6@[2001:db8::1]:80',
    'lsof -nP -iTCP -sTCP:LISTEN',
    'lsof -i -s TCP:LISTEN',
    'lsof -i -a -p 123',
    'lsof -nPiTCP -ap 123',
    'lsof -p 123',
    'lsof -c nginx',
    'lsof -nPu www',
    'lsof -g 123',
    'lsof -i -u ^root',
    'lsof -i -c^nginx',
    'sockstat -p 80',
    'sockstat -4lp 80,443',
    'sockstat -46L',
    'sockstat -j 5',
    'fstat -p 123',
    'fstat -nu www',
    'conntrack -L -p tcp --dport 443',
    'conntrack -L -s 192.0.2.1',
    'conntrack -L -p tcp --state ESTABLISHED',
    'pfctl -ss -i em0',
    'osqueryi "SELECT * FROM process_open_sockets WHERE pid = 4"',
    'Get-NetTCPConnection -State Listen',
    'Get-NetTCPConnection -LocalP 80',
    'Get-NetTCPConnection -RemoteAddress:192.0.2.1',
    'Get-NetTCPConnection -Own 4',
    'Get-NetTCPConnection 192.0.2.1 80',
    'Get-NetUDPEndpoint -LocalPort 53',
    'netstat -an | grep 80',
    'netstat -an|grep 80',
    'netstat -an |grep 80',
    'netstat -an 2>&1 |& grep 80',
    'netstat -ano | findstr 80',
    'show tcp brief all | include ESTAB',
    'show system connections | match ESTABLISHED',
    'Get-NetTCPConnection | ? State -eq Listen',
    'Get-NetTCPConnection | select -First 5',
    'Get-NetTCPConnection | Select-Object LocalPort, State -Unique',
  ];
  for (const command of some) {
    it(`is known: ${command}`, () => {
      assert.equal(prompt(`PS C:\\> ${command}`).listing?.filtered, true);
    });
  }

  const all: readonly string[] = [
    'netstat -anp',
    'netstat -c',
    'netstat -u',
    'netstat -an -p tcp',
    'netstat -an -f inet',
    'netstat -an -P tcp',
    'netstat -ano -p TCP',
    'ss -tanp',
    'ss -u',
    'ss -4 -tan',
    'ss -A tcp,udp',
    'ss -f inet6 -tan',
    'ss -l',
    'ss -N blue -tan',
    'lsof -nP -i',
    'lsof -i',
    'lsof -i tcp',
    'lsof -iTCP -nP',
    'lsof -i 4',
    'lsof -i6UDP',
    'lsof -nP -i -Tqs -F pcn',
    'lsof +c 15 -i',
    'lsof -i -g',
    'lsof -r 5 -i',
    // Without -a these are listed besides.
    'lsof -i -p 123',
    'lsof -U -nP',
    'sockstat -46s -P tcp',
    'sockstat -c',
    'fstat -n',
    'conntrack -L -p tcp -f ipv4 -o extended',
    'pfctl -vss',
    'Get-NetTCPConnection -ThrottleLimit 4',
    'Get-NetTCPConnection | Format-Table -AutoSize LocalAddress,State',
    'Get-NetTCPConnection | Select-Object LocalAddress, LocalPort, State',
    'Get-NetTCPConnection | Export-Csv out.csv',
    'netstat -an | sort',
    'netstat -an | tee grep.txt',
    'watch -n 1 lsof -i',
    'time -p netstat -an',
    'sudo -u postgres ss -tan',
    'sudo -p 123 lsof -i',
    'nice -n 5 ss -tan',
  ];
  for (const command of all) {
    it(`is nothing: ${command}`, () => {
      assert.equal(prompt(`root@web-1:~# ${command}`).listing?.filtered, false);
    });
  }
});
