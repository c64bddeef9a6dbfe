import type { Text } from '../../../wording/text';
import { say } from '../../../wording/statement';
import type { RuleContext } from '../ruleContext';

/** Ports at which an Istio sidecar takes traffic, answers health checks and is measured. */
const ISTIO_PORTS: ReadonlySet<number> = new Set([15_001, 15_006, 15_021, 15_090]);

/** The address from which an Istio sidecar connects to its program (InboundPassthroughBindIpv4). */
const ISTIO_ADDRESS = '127.0.0.6';

/** Ports at which a Linkerd sidecar takes traffic out and in, is tapped and administered. */
const LINKERD_PORTS: ReadonlySet<number> = new Set([4140, 4143, 4190, 4191]);

const TEXTS = {
  istio: say(
    'An Istio sidecar may be one of these ends: then the sidecar closed, not the client behind it.',
    'istio-ports',
    'istio-traffic',
  ),
  linkerd: say(
    'A Linkerd sidecar may be one of these ends: then the sidecar closed, not the client behind it.',
    'linkerd-proxy',
  ),
};

/** That a sidecar stands between these rows and who really closed; empty where none is seen. */
export function sidecarTexts(context: RuleContext, rows: Uint32Array): Text[] {
  const { linux, table } = context.index;
  if (!linux) {
    return [];
  }
  const { localPort, remotePort, localAddress, remoteAddress, pool } = table;
  // As numbers: a string made of each address of a million rows is kept.
  const istioAddress = pool.intern(ISTIO_ADDRESS);
  let istio = false;
  let linkerd = false;
  for (let i = 0; i < rows.length && !(istio && linkerd); i++) {
    const row = rows[i]!;
    istio ||=
      ISTIO_PORTS.has(localPort[row]!) ||
      ISTIO_PORTS.has(remotePort[row]!) ||
      remoteAddress[row] === istioAddress ||
      localAddress[row] === istioAddress;
    linkerd ||= LINKERD_PORTS.has(localPort[row]!) || LINKERD_PORTS.has(remotePort[row]!);
  }
  return [
    ...(istio ? [context.say(TEXTS.istio)] : []),
    ...(linkerd ? [context.say(TEXTS.linkerd)] : []),
  ];
}
