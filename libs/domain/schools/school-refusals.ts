import type { RefusalDeclarations } from '#kernel';

/** Every no of a school, with what was wrong and what to do. */
export const schoolRefusals = {
  NotRegistered: {
    kind: 'missing',
    says: 'The school is not in our register.',
    detail: () => 'This school is not in our register. Register it first, or check its identity.',
    pointer: '/schoolId',
  },
  AlreadyRegistered: {
    kind: 'conflict',
    says: 'The school is registered, with other particulars.',
    detail: (name: string, urn: string) =>
      `This identity is registered already: ${name}, URN ${urn}. Import the register to take over changes, or use a new identity for another school.`,
    pointer: '/schoolId',
  },
  UrnTaken: {
    kind: 'conflict',
    says: 'Another school has or had this URN.',
    detail: (urn: string) =>
      `URN ${urn} belongs or belonged to another school in our register; a URN is never given twice. Check the number, or record the change on that school.`,
  },
  OtherUrn: {
    kind: 'conflict',
    says: 'The school does not have the URN named.',
    detail: (urn: string, held: string) =>
      `The school has URN ${held}, not ${urn}. Record its conversion or change of URN first, or check the number.`,
  },
  UrnUnchanged: {
    kind: 'invalid',
    says: 'The old and the new URN are the same.',
    detail: (urn: string) =>
      `URN ${urn} is both the old and the new one. Give the number the school has now.`,
    pointer: '/newUrn',
  },
  AlreadyAcademy: {
    kind: 'conflict',
    says: 'Only a maintained school can become an academy.',
    detail: () =>
      'The school is an academy already. If it only has a new URN, e.g. in a new trust, record a change of URN.',
  },
  NotYet: {
    kind: 'invalid',
    says: 'The day of a fact lies in the future.',
    detail: (day: string, today: string) =>
      `${day} is after today, ${today}: it has not happened yet. Record it when it has.`,
  },
  SchoolHasClosed: {
    kind: 'conflict',
    says: 'The school had closed by then.',
    detail: (closedOn: string) =>
      `The school closed on ${closedOn}. Nothing after that day can be recorded of it.`,
  },
  AlreadyClosed: {
    kind: 'conflict',
    says: 'The school is closed, on another day or into other schools.',
    detail: (closedOn: string) =>
      `The school closed on ${closedOn} already. To put the day right, correct its record; to name the school that continues it, record the merger.`,
  },
  SupportGoesOn: {
    kind: 'conflict',
    says: 'No support and no headline visit lasts beyond the day a school closes.',
    detail: (day: string, deployments: number, visits: number) =>
      `After ${day} this school has ${deployments} deployment${deployments === 1 ? '' : 's'} or needs that are not over and ${visits} arranged visit${visits === 1 ? '' : 's'}. End what is under way, let needs lapse and call the visits off; then close it.`,
    pointer: '/schoolId',
  },
  NotOfThisMerger: {
    kind: 'invalid',
    says: 'The school takes no part in the merger, or the survivor is among the closing schools.',
    detail: () =>
      'A merger has one school that continues and at least one other that closes into it, and this school must be one of them.',
    pointer: '/survivorId',
  },
  PersonOrVacancy: {
    kind: 'invalid',
    says: 'A post is either vacant or somebody holds it.',
    detail: (vacant: boolean) =>
      vacant
        ? 'The post is said to be vacant, so leave the person out.'
        : 'Say who holds the post by their reference, or that it is vacant.',
    pointer: '/personRef',
  },
  NotOfItsFramework: {
    kind: 'invalid',
    says: 'A grade, area or part that the framework of the inspection does not have.',
    detail: (fault: string) =>
      `This cannot be what Ofsted found: ${fault}. Check the shape and the grades.`,
    pointer: '/areas',
  },
  NoSuchOutcome: {
    kind: 'missing',
    says: 'No such inspection outcome is on record.',
    detail: (inspectionNumber: string) =>
      `Inspection ${inspectionNumber} in this shape is not on the school\u2019s record. Check the number and the shape.`,
    pointer: '/inspectionNumber',
  },
  NotWhatIsRecorded: {
    kind: 'conflict',
    says: 'The record does not say what is to be corrected.',
    detail: (field: string, recorded: string | undefined) =>
      `The record of ${field} says ${recorded ?? 'nothing'}, not what you want to correct. Look again: it may have been put right already.`,
    pointer: '/was',
  },
  NotAValue: {
    kind: 'invalid',
    says: 'The correction is not a value this field can have.',
    detail: (field: string, value: string, wanted: string) =>
      `"${value}" cannot be the ${field} of a school: it must be ${wanted}.`,
    pointer: '/shouldBe',
  },
} as const satisfies RefusalDeclarations;
