/** The registers are windows-1252; a file that went through a spreadsheet may come back as UTF-8. */

const WINDOWS_1252 = new TextDecoder('windows-1252');
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const UTF_8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const BEYOND_ASCII = /[^\p{ASCII}]/u;
/** Control characters: where windows-1252 has no letter for a byte, its decoder gives one of these. */
const NO_LETTER = new RegExp('[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f]');

export const startsWithUtf8Mark = (bytes: Buffer): boolean =>
  bytes.subarray(0, UTF_8_MARK.length).equals(UTF_8_MARK);

export const withoutUtf8Mark = (bytes: Buffer): Buffer => bytes.subarray(UTF_8_MARK.length);

export const hasUnreadable = (text: string): boolean => NO_LETTER.test(text);

export type Decoded =
  { readonly text: string; readonly encoding: 'ascii' | 'windows-1252' | 'utf-8' } | undefined;

/**
 * Text of one record; undefined when a file marked as UTF-8 is not UTF-8 here. Without a mark a record is windows-1252,
 * but bytes beyond ASCII that happen to be faultless UTF-8 are UTF-8: names in windows-1252 never are.
 */
export function decode(bytes: Buffer, markedUtf8: boolean): Decoded {
  const text = WINDOWS_1252.decode(bytes);
  if (!BEYOND_ASCII.test(text)) return { text, encoding: 'ascii' };
  try {
    return { text: UTF_8.decode(bytes), encoding: 'utf-8' };
  } catch {
    return markedUtf8 ? undefined : { text, encoding: 'windows-1252' };
  }
}
