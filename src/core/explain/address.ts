/** An IPv4-mapped IPv6 address as the IPv4 address that it is; tools print both for one socket. */
export function unmapped(address: string): string {
  return /^::ffff:[\d.]{7,15}$/i.test(address) ? address.slice(7) : address;
}

/** Whether a local address stands for all addresses of the host. */
export function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '*' || address === '';
}
