import { NONE } from '../../model/row';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { say } from '../../wording/statement';

/** Ports below are those of root: mounts have them where the server asks for it. */
const WELL_KNOWN = 1024;
const NFS = 2049;

export const NFS_MOUNT = say(
  'A local port below 1024, no process, and port 2049: most likely an NFS mount, whose connections the kernel makes.',
  'general-practice',
);

/** What ends a connection of a mount (xs_tcp_set_socket_timeouts). */
export const MOUNT_TIMEOUT = say(
  'For a mount, the kernel sets TCP_USER_TIMEOUT and keepalive from the options `timeo` and `retrans`.',
  'linux-xprtsock',
);

/** Whether the kernel most likely has all of some rows for a mount. */
export function isNfsMount({ linux, owners, table }: SnapshotIndex, rows: Uint32Array): boolean {
  const { localPort, remotePort } = table;
  return (
    linux &&
    rows.length > 0 &&
    rows.every(
      row =>
        remotePort[row] === NFS &&
        localPort[row]! > 0 &&
        localPort[row]! < WELL_KNOWN &&
        owners.of(row) === NONE,
    )
  );
}
