/**
 * Follows the chains of messages and finds what is wrong with them. Pure: messages in, findings out; whoever reads them
 * from a topic, a file or a database hands in SHA-256 too.
 *
 * Each message has its place in the chain of its key: `sequence` counts 1, 2, 3, …, `previoushash` is the hash of the
 * one before, `hash` is that of the message itself. A message sent twice is the same to the letter, and harmless.
 */

/** JSON as it is hashed: fields in the order of their names, no spaces. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join()}}`;
}

/**
 * A check to be begun. `truncated`: the topic has let go of its oldest messages, so that the first one met of a key is
 * taken for its beginning.
 */
export const begin = ({ truncated = false } = {}) => ({
  truncated,
  chains: new Map(),
  findings: [],
  messages: 0,
  repeats: 0,
});

/** Takes in the next message: Kafka's key, the text of its value, and where it stood, as a text for people. */
export function follow(check, { key, value, at }, sha256) {
  check.messages++;
  const found = (what, says, more = {}) => {
    check.findings.push({ what, key, at, says, ...more });
  };
  const event = read(value, sha256);
  if (event === undefined)
    return found('altered', 'is not what was sent: its hash does not belong to it');
  if (event.subject !== key || event.partitionkey !== key)
    return found('altered', `is about ${event.subject}, and stands under another key`);

  const chain = chainOf(check, key);
  if (chain.seen.has(event.hash)) return void check.repeats++;
  chain.seen.add(event.hash);
  const sequence = Number(event.sequence);
  const { last } = chain;

  const anew = last === undefined || last.ended;
  if (begins(event)) {
    if (!anew && event.logposition <= last.logposition) return late(check, chain, found, sequence);
    if (!anew) found('dropped', 'the message that ended its key is missing before it');
    chain.gaps = [];
  } else if (anew) {
    chain.gaps = [];
    if (last !== undefined || !check.truncated) missing(chain, found, 1, sequence - 1);
  } else if (sequence <= last.sequence) {
    return late(check, chain, found, sequence);
  } else if (sequence > last.sequence + 1) {
    missing(chain, found, last.sequence + 1, sequence - 1);
  } else if (event.previoushash !== last.hash) {
    found(
      'altered',
      `is number ${sequence} and does not follow the number ${last.sequence} before it`,
    );
  }
  const { hash, logposition, endskey } = event;
  chain.last = { sequence, hash, logposition, ended: endskey === true };
}

/**
 * What was found, the first first. `ends` is what the snapshot topic says: for each key the sequence and the hash of its
 * last message, null for a key that has ended. Without it nobody can tell whether the last messages are missing.
 */
export function findings(check, ends = new Map()) {
  const atTheEnd = [];
  for (const [key, end] of ends) {
    if (end === null) continue;
    const last = check.chains.get(key)?.last;
    const reached = last?.ended ? 0 : (last?.sequence ?? 0);
    if (reached < end.sequence) {
      const says = `${numbers(reached + 1, end.sequence)} missing at the end`;
      atTheEnd.push({ what: 'dropped', key, at: 'the end of the topic', says });
    } else if (reached === end.sequence && last.hash !== end.hash) {
      const says = 'the last message is not the one the snapshot names';
      atTheEnd.push({ what: 'altered', key, at: 'the end of the topic', says });
    }
  }
  return [...check.findings, ...atTheEnd];
}

/** A finding as a sentence. */
export const sentence = ({ what, key, at, says }) => `${what}: key ${key}, ${at}: ${says}.`;

function read(value, sha256) {
  try {
    const { hash, ...rest } = JSON.parse(value);
    return sha256(canonical(rest)) === hash ? { ...rest, hash } : undefined;
  } catch {
    return undefined;
  }
}

const begins = (event) => Number(event.sequence) === 1 && event.previoushash === undefined;

function chainOf(check, key) {
  const known = check.chains.get(key);
  if (known !== undefined) return known;
  const chain = { last: undefined, seen: new Set(), gaps: [] };
  check.chains.set(key, chain);
  return chain;
}

const numbers = (from, to) => (from === to ? `number ${from} is` : `numbers ${from} to ${to} are`);

function missing(chain, found, from, to) {
  const gap = { from, to };
  chain.gaps.push(gap);
  found('dropped', `${numbers(from, to)} missing before it`, { gap });
}

/** It comes behind one that follows it: either the one that was missed before, or one that says it is what another was. */
function late(check, chain, found, sequence) {
  const gap = chain.gaps.find(({ from, to }) => from <= sequence && sequence <= to);
  if (gap === undefined)
    return found('altered', `is another number ${sequence} than the one that was there before`);
  const finding = check.findings.find((one) => one.gap === gap);
  finding.what = 'reordered';
  finding.says = `number ${sequence} came after it, and belongs before it`;
}
