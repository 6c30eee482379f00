import { engines } from '../drills/cut-over-engines';
import { cutOverJourney } from './cut-over';

// Two workers, two processes that answer and one that rebuilds, over a network, on servers of its own for each test.
jest.setTimeout(300_000);

cutOverJourney('EventStoreDB and MongoDB', engines, 5);
