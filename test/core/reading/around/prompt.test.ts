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
    'netstat -an | grep 80 | sort',
    'netstat -an | sort | head',
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
    'ss -tan state all',
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

/** Commands for machines whose names are the same wherever they are given. */
const IN_ITS_OWN_RIGHT = /^(?:ssh|sshpass|timeout|kubectl|oc|vagrant|gcloud|aws|az|nomad)/;

describe('the machine that a command runs on', () => {
  for (const [command, machine] of [
    ['ssh web1 ss -tanp', 'web1'],
    ['ssh user@web1 netstat -an', 'web1'],
    ['ssh -p 22 -i key -o BatchMode=yes web1 ss -tanp', 'web1'],
    ['ssh -tp22 ssh://root@web1.example.com:22 -- sudo ss -tan', 'web1.example.com'],
    ["ssh web1 'ss -tanp | grep CLOSE'", 'web1'],
    ['ssh jump ssh web1 ss -tan', 'web1'],
    ['ssh 192.0.2.7 ss -tan', '192.0.2.7'],
    ['timeout 5 ssh web1 ss -tan', 'web1'],
    ['docker exec web1 ss -tan', 'web1'],
    ['sudo docker exec -it -u root -e A=b web1 sh -c "ss -tan"', 'web1'],
    ['docker compose -f a.yml exec -T web ss', 'web'],
    ['docker-compose exec --user root web netstat -an', 'web'],
    ['podman exec web1 netstat -an', 'web1'],
    ['lxc exec web1 -- ss -tan', 'web1'],
    ['kubectl exec web-0 -n ns -- netstat -an', 'ns/web-0'],
    ['kubectl --context eu exec web-0 -n ns -- netstat -an', 'eu/ns/web-0'],
    ['oc rsh web-0 netstat -an', 'web-0'],
    ['kubectl -n ns exec -it deploy/web -c app -- ss -tan', 'ns/web'],
    ['nsenter -t 4711 -n ss -tan', 'pid-4711'],
    ['sudo nsenter --target 4711 --net ss -tan', 'pid-4711'],
    ['sudo -u root ip netns exec blue ss -tan', 'netns-blue'],
    ['ss -N blue -tan', 'netns-blue'],
    ['ss -tanN blue', 'netns-blue'],
    ['ss -tan --net=blue', 'netns-blue'],
    ['jexec web netstat -an', 'jail-web'],
    ['sockstat -46 -j 5', 'jail-5'],
    ['ssh web1 docker exec api ss -tan', 'web1/api'],
    ['ssh web1 kubectl exec api-0 -- ss -tan', 'api-0'],
    ["vagrant ssh web1 -c 'ss -tan'", 'web1'],
    ['vagrant ssh -c "ss -tan"', 'vagrant'],
    ['gcloud compute ssh web1 --zone=a --command="ss -tan | grep 80"', 'web1'],
    ['gcloud compute ssh ann@web1 --zone a --tunnel-through-iap -- ss -tan', 'web1'],
    ['aws ssm start-session --target i-0a1b --parameters command="ss -tan"', 'i-0a1b'],
    ['az vm run-command invoke -g rg -n web1 --command-id x --scripts "ss -tan"', 'web1'],
    ['pct exec 101 -- ss -tan', 'ct-101'],
    ['incus exec web1 -- ss -tan', 'web1'],
    ['sudo lxc-attach -n web1 -- ss -tan', 'web1'],
    ['systemd-run -M web1 --pipe --wait ss -tan', 'web1'],
    ['systemd-run -qPM web1 ss -tan', 'web1'],
    ['machinectl shell root@web1 /usr/bin/ss -tan', 'web1'],
    ['nomad alloc exec -task web 8ba85cef ss -tan', '8ba85cef'],
    ['crictl exec -it 3f2a1b ss -tan', '3f2a1b'],
    ['docker compose exec web ss -tan', 'web'],
    ['kubectl debug -n ns -it web-0 --image=busybox -- netstat -an', 'ns/web-0'],
    ['sshpass -p x ssh web1 ss -tan', 'web1'],
    // These run here.
    ['sudo -u postgres ss -tan', null],
    ['sudo -h web1 ss -tan', null],
    ['nsenter -t 4711 -m ss -tan', null],
    ['exec ss -tan', null],
    ['systemd-run --scope ss -tan', null],
    ['ss -tanp', null],
    ['ss -tan dst web1', null],
    ['netstat -an | ssh web1 tee -a ss', null],
  ] as const) {
    it(`is ${machine ?? 'the shell’s own'}: ${command}`, () => {
      assert.equal(prompt(`$ ${command}`).machine, machine);
      const known = prompt(`root@gate:~# ${command}`);
      const isOwn = machine === null || IN_ITS_OWN_RIGHT.test(command);
      assert.equal(known.machine, isOwn ? machine : `gate/${machine}`);
      assert.equal(known.host, 'gate');
    });
  }

  it('is that of Invoke-Command', () => {
    for (const command of [
      'Invoke-Command -ComputerName web1 -ScriptBlock { Get-NetTCPConnection -State Listen }',
      'icm web1 {Get-NetTCPConnection}',
    ]) {
      assert.equal(prompt(`PS C:\\> ${command}`).machine, 'web1');
    }
  });

  it('is not seen in prose', () => {
    for (const line of [
      'ssh to the box and run ss -tanp',
      'docker containers do not have ss -tanp',
      '$ docker logs netstat',
      '$ ssh web1',
      'kubectl exec needs a pod',
    ]) {
      const read = new Line();
      read.set(line, 0, line.length);
      assert.equal(promptOf(read), undefined, line);
    }
  });

  it('has a root of its own', () => {
    const asRoot = (text: string): boolean | undefined => prompt(text).listing?.root;
    assert.equal(asRoot('root@gate:~# ss -tanp'), true);
    assert.equal(asRoot('root@gate:~# ip netns exec blue ss -tanp'), true);
    assert.equal(asRoot('root@gate:~# ssh web1 ss -tanp'), false);
    assert.equal(asRoot('$ sudo ssh web1 ss -tanp'), false);
    assert.equal(asRoot('$ ssh root@web1 ss -tanp'), true);
    assert.equal(asRoot('$ ssh web1 sudo ss -tanp'), true);
  });
});

describe('a command for several machines', () => {
  for (const command of [
    "salt '*' cmd.run 'netstat -an'",
    'pdsh -w web[1-2] netstat -an | dshbak',
    'clush -bw web[1-2] ss -tan',
    'ansible all -i hosts -m shell -a "ss -tan | grep 80"',
    'for h in web1 web2; do echo "$h:"; ssh $h ss -tan; done',
    'for c in a b; do echo $c; sudo docker exec $c ss -tan; done',
    'while read h; do ssh -n root@$h netstat -an; done < hosts',
    'xargs -I{} ssh {} ss -tan < hosts',
  ]) {
    it(`is of none that a prompt names: ${command}`, () => {
      for (const sign of ['$', 'ann@gate:~$']) {
        const { several, machine } = prompt(`${sign} ${command}`);
        assert.deepEqual([several, machine], [true, null]);
      }
    });
  }

  it('is not one that runs again and again', () => {
    for (const command of [
      'for i in 1 2 3; do netstat -an; sleep 1; done',
      'while true; do ssh web1 ss -tan; sleep $n; done',
      'for i in 1 2 3; do docker exec web1 ss -tan >> $log; done',
      'for i in 1 2 3; do sudo ss -tan; date >> $log; done',
    ]) {
      assert.equal(prompt(`ann@gate:~$ ${command}`).several, false, command);
    }
  });
});

describe('the name that a command prints first', () => {
  it('is that of the machine', () => {
    for (const command of [
      'hostname',
      'hostname -f',
      'uname -n',
      'date; hostname; netstat -an',
      'hostname && netstat -an',
    ]) {
      assert.equal(prompt(`$ ${command}`).names, true, command);
      // There the prompt has told it.
      assert.equal(prompt(`ann@web1:~$ ${command}`).names, false, command);
    }
    assert.equal(prompt('C:\\>hostname').names, true);
  });

  it('is no name where it is another one, or an address', () => {
    for (const command of [
      'hostname -I',
      'hostname web2',
      'uname -a',
      'ssh web1 hostname',
      'whoami; hostname',
    ]) {
      assert.equal(prompt(`PS C:\\> ${command}`).names, false, command);
    }
  });
});

describe('a shell that a command opens', () => {
  it('is on the machine that it names', () => {
    for (const [command, machine] of [
      ['kubectl exec -n ns -it web-0 -- sh', 'ns/web-0'],
      ['docker exec -it web1 /bin/bash -l', 'gate/web1'],
      ['sudo machinectl shell web1', 'gate/web1'],
      ['ssh web1', 'web1'],
      ['ssh web1 ls', null],
      ['docker exec web1 cat /etc/hosts', null],
      ['kubectl get pods', null],
      ['bash', null],
    ] as const) {
      assert.equal(prompt(`ann@gate:~$ ${command}`).opens, machine, command);
    }
  });
});

describe('lines that a command puts into another order', () => {
  for (const [command, sorted] of [
    ['netstat -an | sort', true],
    ['netstat -an | sort -k4 | tee out.txt', true],
    ['ss -tan | tac', true],
    ['Get-NetTCPConnection | Sort-Object LocalPort', true],
    ['netstat -an | cat', false],
    ['netstat -an | column -t', false],
    // Equal lines are left out.
    ['netstat -an | sort -u', false],
    ['netstat -an | sort --unique', false],
    ['netstat -an | sort | uniq -c', false],
    ['netstat -an > sort', false],
  ] as const) {
    it(`are ${sorted ? '' : 'not '}there: ${command}`, () => {
      assert.equal(prompt(`PS C:\\> ${command}`).sorted, sorted);
    });
  }
});
