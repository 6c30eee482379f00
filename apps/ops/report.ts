import type { Problem } from './api';
import { NotDone } from './api';
import { problemInWords } from './plain';

/** What a verb has to say at its end, once for machines and once for people. */
export interface Report {
  /** False when anything was refused or failed: the program then ends with 1. */
  readonly ok: boolean;
  readonly report: unknown;
  readonly plain: string;
}

/** Runs a verb, prints its one report on stdout and sets how the program ends. */
export async function told(
  verb: string,
  json: boolean,
  work: () => Promise<Report>,
): Promise<void> {
  try {
    const { ok, report, plain } = await work();
    process.stdout.write(json ? `${JSON.stringify({ ok, verb, report })}\n` : `${plain}\n`);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    refused(verb, json, problemOf(error));
  }
}

/** Says that nothing came of it: for machines on stdout like any report, for people on stderr. */
export function refused(verb: string, json: boolean, problem: Problem): void {
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, verb, problem })}\n`);
  else process.stderr.write(`${problemInWords(problem)}\n`);
  process.exitCode = 1;
}

function problemOf(error: unknown): Problem {
  if (error instanceof NotDone) return error.problem;
  return { title: 'Failed', detail: error instanceof Error ? error.message : String(error) };
}
