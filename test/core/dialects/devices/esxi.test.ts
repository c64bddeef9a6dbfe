import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf } from '../../rows';

const TEXT = `[root@esx1:~] esxcli network ip connection list
Proto  Recv Q  Send Q  Local Address                     Foreign Address      State        World ID  CC Algo  World Name
-----  ------  ------  --------------------------------  -------------------  -----------  --------  -------  ----------
tcp         0      12  192.0.2.10:443                    198.51.100.7:51234   ESTABLISHED     67305  newreno  hostd-IO worker
tcp         0       0  192.0.2.10:902                    198.51.100.7:51235   TIME_WAIT           0
tcp         0       0  [::1]:8089                        [::]:0               LISTEN          67306  cubic    vpxa
udp         0       0  192.0.2.10:123                    0.0.0.0:0                            67307           ntpd
`;

describe('esxcli network ip connection list', () => {
  it('reads rows with and without state, algorithm and world', () => {
    const dump = readDump(TEXT);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.10|443 198.51.100.7|51234 0/12 67305/hostd-IO worker',
      'tcp TIME-WAIT 192.0.2.10|902 198.51.100.7|51235 0/0 ?',
      'tcp LISTEN ::1|8089 ::|0 0/0 67306/vpxa',
      'udp - 192.0.2.10|123 0.0.0.0|0 0/0 67307/ntpd',
    ]);
    assert.equal(dump.snapshots[0]?.system, 'esxi');
    assert.equal(dump.lines.header, 2);
    assert.deepEqual(fieldsOf(dump, TEXT, 3).slice(-3), [
      'state=ESTABLISHED',
      'pid=67305',
      'process=hostd-IO worker',
    ]);
  });

  it('keeps a state that nobody knows', () => {
    const dump = readDump(TEXT.replace('ESTABLISHED', 'HALF_OPEN__'));
    assert.equal(dump.table.socket(0).rawState, 'HALF_OPEN__');
    assert.equal(dump.table.socket(0).owners[0]?.pid, 67305);
  });

  describePublic('published output', () => {
    it('is read', () => {
      const dump = readDump(publicText('misc/esxcli-network-ip-connection-list.txt'));
      assertAllRead(dump);
      assert.equal(dump.table.length, 1);
      assert.equal(dump.table.socket(0).owners[0]?.process, 'hostd-IO');
    });
  });
});
