import { baseName } from './children';

/** Programs that open connections because of clients, not all of which have a connection to them. */
const RELAYS: ReadonlySet<string> = new Set(
  (
    'envoy istio-proxy pilot-agent linkerd2-proxy haproxy nginx openresty angie apache2 httpd caddy traefik squid ' +
    'varnishd privoxy tinyproxy danted sockd gost v2ray xray ss-local ss-server stunnel stunnel4 socat rinetd ' +
    'kube-proxy kubectl konnectivity-agent proxy-agent docker-proxy rootlessport slirp4netns pasta passt gvproxy ' +
    'tailscaled cloudflared ngrok frpc frps chisel ssh sshd sshd-session autossh tor pgbouncer proxysql twemproxy'
  ).split(' '),
);

/** Whether a program passes on what its clients ask for: its connections follow theirs. */
export function isRelay(process: string | null): boolean {
  return RELAYS.has(baseName(process ?? ''));
}

/** Programs that open the ports that containers publish. */
export const PUBLISHING =
  /^(?:docker|com\.docke|rootlessport|rootlesskit|gvproxy|wslrelay|vpnkit)/i;

/** Programs that open the ports of Kubernetes services. */
export const NODE_PORTS = /^(?:kube-proxy|kube-router|k3s|rke2|cilium|antrea)/i;

/** Whether a program listens for containers or services, which connections from elsewhere pass by. */
export function forwardsPorts(process: string | null): boolean {
  const name = process ?? '';
  return PUBLISHING.test(name) || NODE_PORTS.test(name) || name.startsWith('kube');
}
