import { createHash } from 'node:crypto';

/** SHA-256 of a text as UTF-8, in hexadecimal: what the record of a letter keeps of it. */
export const textDigest = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex');
