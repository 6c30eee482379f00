/** A key that several processes are given: what it is in bytes, or why it is none. */
export type SigningKey = { readonly bytes: Uint8Array } | { readonly weak: string };

const BYTES = 32;
/** So many different bytes there are in any 32 random ones, and in any sentence, but not in `changeme` written four times. */
const DIFFERENT = 10;

/**
 * Reads a key as it is given in the settings: hexadecimal, base64 (either alphabet) or plain text, whichever it is first.
 * What is too short, or the same few letters again and again, is refused with a sentence.
 */
export function signingKeyFrom(text: string): SigningKey {
  const bytes = bytesOf(text.trim());
  if (bytes.length < BYTES) {
    return {
      weak: `is ${bytes.length} bytes long and must be at least ${BYTES}. openssl rand -base64 32 makes a good one.`,
    };
  }
  if (new Set(bytes).size < DIFFERENT) {
    return {
      weak: 'is the same few letters again and again, so that it could be guessed. openssl rand -base64 32 makes a good one.',
    };
  }
  return { bytes };
}

function bytesOf(text: string): Uint8Array {
  if (/^([0-9a-f]{2})+$/i.test(text) && text.length >= 2 * BYTES) return Buffer.from(text, 'hex');
  if (/^[\w+/-]+={0,2}$/.test(text)) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length >= BYTES) return bytes;
  }
  return Buffer.from(text, 'utf8');
}
