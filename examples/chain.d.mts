export interface Finding {
  readonly what: 'dropped' | 'altered' | 'reordered';
  readonly key: string;
  readonly at: string;
  readonly says: string;
}
export interface Check {
  readonly messages: number;
  readonly repeats: number;
}
export function canonical(value: unknown): string;
export function begin(options?: { readonly truncated?: boolean }): Check;
export function follow(
  check: Check,
  message: { readonly key: string; readonly value: string; readonly at: string },
  sha256: (text: string) => string,
): void;
export function findings(
  check: Check,
  ends?: ReadonlyMap<string, { readonly sequence: number; readonly hash: string } | null>,
): readonly Finding[];
export function sentence(finding: Finding): string;
