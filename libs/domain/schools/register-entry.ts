import { present } from '../shared/plain';
import { same } from '../shared/same';
import type { RegisterSchool } from './commands';
import type { Group, SchoolEvent, SchoolRegistered } from './events';
import type { RegisteredSchool } from './school-state';

type Entry = Readonly<RegisterSchool>;

/** A school we did not have, as its first entry in the register says it is. */
export function firstEntry(entry: Entry): SchoolRegistered {
  const { schoolId, urn, name, phase, kind, status, typeName, asAt } = entry;
  const { laestab, openedOn, trust, federation } = entry;
  return {
    ...{ schoolId, urn, name, phase, kind, status, typeName, asAt },
    open: entry.state === 'open' || entry.state === 'open-proposed-to-close',
    ...present({ laestab, openedOn, trust, federation }),
    ...agesOf(entry),
    ...numbersOf(entry),
    ...addressOf(entry),
  };
}

const agesOf = ({ ageFrom, ageTo }: Entry) => present({ ageFrom, ageTo });
const numbersOf = ({ pupils, capacity, fsmPercent, censusOn }: Entry) =>
  present({ pupils, capacity, fsmPercent, censusOn });
const addressOf = ({ town, postcode, easting, northing }: Entry) =>
  present({ town, postcode, easting, northing });

/** What the register says of a school that we did not know, as the facts an adviser would tell; nothing: nothing new. */
export function differences(school: RegisteredSchool, entry: Entry): SchoolEvent[] {
  const { schoolId } = school;
  const { asAt } = entry;
  return [
    ...particulars(school, entry),
    ...groupsOf(school, entry),
    ...(differs(school.ages, agesOf(entry))
      ? [{ type: 'AgeRangeChanged', data: { schoolId, ...agesOf(entry), asAt } } as const]
      : []),
    ...(differs(school.numbers, numbersOf(entry))
      ? [{ type: 'PupilNumbersRecorded', data: { schoolId, ...numbersOf(entry), asAt } } as const]
      : []),
    ...(differs(school.address, addressOf(entry))
      ? [{ type: 'SchoolAddressChanged', data: { schoolId, ...addressOf(entry), asAt } } as const]
      : []),
    ...standing(school, entry),
  ];
}

/** An entry that leaves all of it out tells nothing new. */
const differs = (known: object, now: object) => Object.keys(now).length > 0 && !same(known, now);

type Particulars = Pick<
  RegisteredSchool,
  'name' | 'typeName' | 'status' | 'phase' | 'kind' | 'laestab'
>;

/** What the register says; but what we put right stays as we have it while the register repeats its error. */
const unlessCorrected = <F extends keyof Particulars>(
  school: Particulars & Pick<RegisteredSchool, 'registerSaid'>,
  entry: Particulars,
  field: F,
): Particulars[F] => (entry[field] === school.registerSaid[field] ? school[field] : entry[field]);

/** Name, type, phase, kind and number. */
function particulars(school: RegisteredSchool, entry: Entry): SchoolEvent[] {
  const { schoolId, name: nameWas, typeName: typeWas, status: statusWas } = school;
  const { phase: phaseWas, kind: kindWas, laestab: laestabWas } = school;
  const { asAt } = entry;
  const said = <F extends keyof Particulars>(field: F) =>
    unlessCorrected(school, { ...entry, laestab: entry.laestab }, field);
  const [name, typeName, status] = [said('name'), said('typeName'), said('status')] as const;
  const [phase, kind, laestab] = [said('phase'), said('kind'), said('laestab')] as const;
  const events: SchoolEvent[] = [];
  if (name !== nameWas) {
    events.push({ type: 'SchoolRenamed', data: { schoolId, name, was: nameWas, asAt } });
  }
  if (typeName !== typeWas || status !== statusWas) {
    const data = { schoolId, typeName, typeWas, status, statusWas, asAt };
    events.push({ type: 'SchoolTypeChanged', data });
  }
  if (phase !== phaseWas || kind !== kindWas) {
    const data = { schoolId, phase, phaseWas, kind, kindWas, asAt };
    events.push({ type: 'SchoolPhaseChanged', data });
  }
  if (laestab !== undefined && laestab !== laestabWas) {
    const data = { schoolId, laestab, ...present({ was: laestabWas }), asAt };
    events.push({ type: 'LaestabChanged', data });
  }
  return events;
}

/** Trust and federation: joined, left or under a new name. */
function groupsOf(school: RegisteredSchool, entry: Entry): SchoolEvent[] {
  const { schoolId } = school;
  const { asAt } = entry;
  const [was, now] = [school.trust, entry.trust];
  const events: SchoolEvent[] = [];
  if (was?.uid !== now?.uid) {
    if (was !== undefined) events.push({ type: 'TrustLeft', data: { schoolId, trust: was, asAt } });
    if (now !== undefined)
      events.push({ type: 'TrustJoined', data: { schoolId, trust: now, asAt } });
  } else if (was !== undefined && now !== undefined && was.name !== now.name) {
    events.push({ type: 'TrustRenamed', data: { schoolId, trust: now, was: was.name, asAt } });
  }
  return [...events, ...federated(school, entry.federation, asAt)];
}

/** From one federation, or none, to another, or none. */
export function federated(
  school: RegisteredSchool,
  now: Group | undefined,
  on: string,
): SchoolEvent[] {
  const { schoolId, federation: was } = school;
  if (same(was, now)) return [];
  const events: SchoolEvent[] = [];
  if (was !== undefined && was.uid !== now?.uid) {
    events.push({ type: 'FederationLeft', data: { schoolId, federation: was, leftOn: on } });
  }
  if (now !== undefined) {
    events.push({ type: 'SchoolFederated', data: { schoolId, federation: now, federatedOn: on } });
  }
  return events;
}

/** Whether it is open, proposed to close or closed. */
function standing(school: RegisteredSchool, entry: Entry): SchoolEvent[] {
  const { schoolId } = school;
  const { asAt } = entry;
  switch (entry.state) {
    case 'proposed-to-open':
      return [];
    case 'closed':
      return school.closedOn === undefined
        ? [
            {
              type: 'SchoolClosed',
              data: { schoolId, closedOn: entry.closedOn ?? asAt, successorIds: [] },
            },
          ]
        : [];
    case 'open':
      return school.closureProposed === undefined
        ? opened(school, entry)
        : [{ type: 'ClosureProposalWithdrawn', data: { schoolId, asAt } }];
    case 'open-proposed-to-close': {
      const closing = present({ closesOn: entry.closedOn });
      return same(school.closureProposed, closing)
        ? []
        : [
            ...opened(school, entry),
            { type: 'ClosureProposed', data: { schoolId, ...closing, asAt } },
          ];
    }
  }
}

function opened(school: RegisteredSchool, entry: Entry): SchoolEvent[] {
  if (school.open) return [];
  const { schoolId } = school;
  return school.closedOn === undefined
    ? [{ type: 'SchoolOpened', data: { schoolId, openedOn: entry.openedOn ?? entry.asAt } }]
    : [{ type: 'SchoolReopened', data: { schoolId, reopenedOn: entry.asAt } }];
}
