import type { Finding } from '#platform';
import type { Report } from './report';

/** Findings, a line each; the report is in order when all of them are. */
export const findingsInWords = (findings: readonly Finding[]): Report => ({
  ok: findings.every(({ ok }) => ok),
  report: findings,
  plain: findings
    .map(({ check, ok, says }) => `${ok ? 'in order' : 'NOT IN ORDER'}  ${check}: ${says}`)
    .join('\n'),
});
