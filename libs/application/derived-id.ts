import { hash } from 'node:crypto';

/**
 * The UUID of version 5 (RFC 9562, 5.5) of a name in a namespace, itself a UUID: the same two always make the same id.
 * What the uuid package makes too, by Node's one-shot hash in a fifth of the time: every command takes several.
 */
export function derivedId(name: string, namespace: string): string {
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  if (bytes.write(namespace.replaceAll('-', ''), 'hex') !== 16) {
    throw new Error(`${namespace} is no UUID.`);
  }
  bytes.write(name, 16);
  const digest = hash('sha1', bytes, 'hex');
  const variant = '89ab'.charAt(parseInt(digest.charAt(16), 16) & 3);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
