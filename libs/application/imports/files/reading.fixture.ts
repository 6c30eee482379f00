import type { Fault, FileFailure, FileReading, Summary } from './reading';

/** For specs: a reading read to its end. */
export async function collect<Row>(
  reading: Promise<FileFailure | FileReading<Row>>,
): Promise<{ rows: Row[]; faults: Fault[]; summary: Summary }> {
  const opened = await reading;
  if ('failure' in opened) throw new Error(`${opened.sentence} ${opened.whatToDo}`);
  const rows: Row[] = [];
  const faults: Fault[] = [];
  for await (const item of opened.items) {
    if ('row' in item) rows.push(item.row);
    else faults.push(item.fault);
  }
  return { rows, faults, summary: opened.summary };
}
