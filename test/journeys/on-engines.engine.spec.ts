import { EnginesTerrain } from './engines-ground';
import { standOn } from './ground';

/*
 * The journeys that run over embedded stores, over EventStoreDB and MongoDB: the very same ones, each as its own file
 * tells it.
 */

const engines = new EnginesTerrain();
beforeAll(async () => {
  await engines.begin();
  await engines.bringCounty();
}, 480_000);
afterAll(() => engines.end());

/** Those that count on what others have not written, or on days that have passed since, have a log to themselves. */
const journeys = {
  'api/access': engines.beside,
  'api/commands': engines.beside,
  'api/guide': engines.beside,
  'api/nonsense': engines.beside,
  'api/token-sign-in': engines.beside,
  'api/imports': engines.alone,
  'api/live': engines.alone,
  'api/operations': engines.alone,
  'api/reading': engines.alone,
  'as-of': engines.alone,
  county: engines.alone,
  restore: engines.alone,
};

describe.each(Object.entries(journeys))('on EventStoreDB and MongoDB, %s', (journey, terrain) => {
  beforeAll(() => {
    standOn(terrain);
  });
  jest.requireActual(`./${journey}.spec`);
});

// Over a network, while the machine may be busy; the files above have bounds of their own for themselves.
jest.setTimeout(120_000);
