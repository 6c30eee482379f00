// The front door of every npm script: `node scripts/run.js VERB …`.
// It may be the first thing an old Node reads, so it keeps to what Node 14 understands, and loads the rest afterwards.
'use strict';

var found = process.version;

if (parseInt(found.slice(1), 10) < 24) {
  // npm puts node_modules/.bin first on the PATH, so an old Node gets here only when the pinned one is not there.
  console.error(
    'Side by Side needs Node 24 and this is ' +
      found +
      ': run "npm rebuild node --ignore-scripts=false", which fetches the pinned one into node_modules, then try again' +
      ' through npm (or put a Node of your own, 24 or newer, first on the PATH).',
  );
  process.exitCode = 1;
} else {
  require('./verbs').run(process.argv[2], process.argv.slice(3));
}
