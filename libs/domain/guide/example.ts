import type { ChangeResponsibility, PublishGuideSection } from './commands';
import { documents, idOf, withdrawn } from './example-documents';

/*
 * The guide of the sample county: an example in our own words of what a council says of the model it runs, documents
 * that are real, and posts without people. A council publishes its own in their place. All of it is marked as an example,
 * and the office and its addresses are invented.
 */
type Section = Omit<PublishGuideSection, 'version' | 'example' | 'effectiveFrom'>;
const FIRST = { version: '2022', example: true, effectiveFrom: '2022-09-01' } as const;

const told: readonly Section[] = [
  {
    section: 'purpose',
    title: 'What Side by Side is for',
    text: `Side by Side is how the county’s schools improve together. People who work in a school that is strong in something spend time with the leaders and staff of a school that needs it.

The authority is the facilitator. It finds out what each school is strong in and what it needs, builds capacity, gives room to leaders who work beyond their own school, and makes the support possible. It is for every school, whatever its type, size or status.

Who gains by it:

- A supported school works with people who do the same job today.
- A champion’s own school gains skills in improvement that rest on evidence, development for its staff, and is paid for the days it gives.
- The county keeps the money for improvement in its own schools.`,
  },
  {
    section: 'assess',
    title: 'Assess the risk of every school and agree its category',
    text: `Each year every school is assessed: by published figures, by what inspectors found, and by what the school and we know besides. A figure that is missing is never taken to mean that all is well.

The result is advice. An adviser judges, colleagues moderate, and a category of support is proposed.

Every school gets a letter with the proposed category and what it offers. Where Prevention or Intervention is proposed, we discuss it with the school, by phone or on a visit, before anything is decided. The category is confirmed by somebody who did not assess the school alone.

A category can change within the year, after a discussion with the school’s leaders: after an inspection, when circumstances change, or when the support is no longer needed.`,
  },
  {
    section: 'broker',
    title: 'Broker champions',
    text: `A school in Prevention or Intervention that has a vulnerability is offered a champion from another school. We look for one together with its leaders.

- The champion’s own head agrees to release them, for how many days and until when.
- The receiving head agrees to the champion and to the objectives: where the school stands, where it wants to be, and how that is measured.
- Nobody supports their own school, and a declared interest rules a match out until it is resolved.

A school in Enhancement, or an academy, may buy support of the same kind.`,
  },
  {
    section: 'collaborate',
    title: 'Work together',
    text: `Schools work together in two ways. A formal collaboration has named schools, one that leads, a purpose, and a day on which it is reviewed. A bespoke one is made for one need, and ends with it.

The heads of an area meet every half-term in their liaison group, and somebody from the authority is there.`,
  },
  {
    section: 'assure',
    title: 'Assure the quality, and find what to improve',
    text: `Assessments, records of visits, deployments and the work of champions are reviewed by somebody who had no part in them. What is found to be less than effective becomes an area for improvement, with somebody who answers for it and a day.

A deployment is evaluated with the school against the objectives that were agreed. The Side by Side Board looks at deployments against what they were meant to achieve.`,
  },
  {
    section: 'year',
    title: 'The year',
    text: `- June and July: every school is assessed, and gets its letter.
- September and October: categories take effect, support is granted, visits are arranged and needs agreed.
- Autumn to summer: headline visits, visits of champions, half-termly meetings of the Board.
- At any time: a review out of turn, for example after an inspection.
- July: deployments are evaluated, and days that were not used lapse.`,
  },
  {
    section: 'categories',
    title: 'The categories, and what each is offered',
    text: `There are three categories. Each says how much support a school is offered, and no category is a judgement of its quality. Older pages call them strands.

Which school is in which category is confidential between the school and the authority. Only counts are published.`,
  },
  {
    section: 'costs',
    title: 'What it costs, and who pays',
    text: `The support that a category offers is funded for maintained schools. Academies pay half of what the champion costs, and nothing for the brokering.

A champion’s own school is paid for each half-day, at a rate that is published with its dates.`,
  },
  {
    section: 'roles',
    title: 'Who does what',
    text: `- Headteachers and chairs of governors are consulted on the assessment, get the letter, and agree to support.
- School improvement advisers visit schools, assess, judge and propose.
- Team leaders moderate judgements and run the yearly round.
- The head of service confirms categories and hears requests for a review.
- Side by Side leadership champions (SSLC) work with leaders. They are senior leaders of another school.
- Side by Side pupil champions (SSPC) work with staff, for what pupils achieve. ABLE support is paid from the same days.
- Home headteachers release champions of their own staff.
- The Side by Side Board, with members from all phases and sectors, oversees strategy, offer and budget, and looks into the quality of deployments.
- The children’s select committee holds the authority to account in public.`,
  },
  {
    section: 'responding',
    title: 'How to answer a proposal, and how to ask for a review',
    text: `When you have had your letter, tell your adviser what you think of it: what the figures leave out, what has changed since, and what support would help. You may send your own evaluation. What you say is recorded with the proposal, and is read before anything is decided.

If you disagree with a category that was confirmed, the headteacher or the chair of governors may ask for a review. Say on which grounds, and send what supports them. It is decided by somebody who took no part in the decision, by a day that we tell you. The category stands meanwhile.

To answer, or to ask for a review, write to the school improvement team; its address is in the directory.`,
  },
];

const sections: readonly PublishGuideSection[] = [
  ...told.map((section) => ({ ...FIRST, ...section })),
  {
    section: 'costs',
    version: '2023-04',
    example: true,
    effectiveFrom: '2023-04-01',
    supersedes: '2022',
    title: 'What it costs, and who pays',
    text: `The support that a category offers is funded for maintained schools. Since 1 April 2023 the grant that paid for it has ended, and academies pay for their support themselves.

A champion’s own school is paid for each half-day, at a rate that is published with its dates.`,
  },
];

const office = {
  example: true,
  mailbox: 'side-by-side@council.example',
  phone: '01632 960100',
} as const;

const directory: readonly ChangeResponsibility[] = [
  {
    responsibilityId: idOf(101),
    ...office,
    role: 'Head of service, school improvement',
    responsibility:
      'Answers for the model as a whole, confirms categories, hears requests for a review.',
  },
  {
    responsibilityId: idOf(102),
    ...office,
    role: 'Team leader, school improvement',
    responsibility:
      'Runs the yearly round, moderates judgements, convenes the team around a school.',
  },
  {
    responsibilityId: idOf(103),
    ...office,
    role: 'School improvement adviser',
    phase: 'primary',
    responsibility: 'Assesses and visits nursery, infant, junior and primary schools.',
  },
  {
    responsibilityId: idOf(104),
    ...office,
    role: 'School improvement adviser',
    phase: 'secondary',
    responsibility: 'Assesses and visits grammar and upper schools.',
  },
  {
    responsibilityId: idOf(105),
    ...office,
    role: 'School improvement adviser',
    phase: 'special',
    responsibility: 'Assesses and visits special schools and pupil referral units.',
  },
  {
    responsibilityId: idOf(106),
    ...office,
    role: 'Brokering of champions',
    responsibility:
      'Keeps the register of champions, arranges releases and agreements, pays home schools.',
  },
  {
    responsibilityId: idOf(107),
    ...office,
    role: 'Liaison groups',
    area: 'All areas',
    responsibility: 'Says who comes to which liaison group for the authority.',
  },
  {
    responsibilityId: idOf(108),
    ...office,
    role: 'Clerk to the Side by Side Board',
    responsibility:
      'Calls the Board’s meetings, keeps its record, publishes what may be published.',
  },
  {
    responsibilityId: idOf(109),
    ...office,
    role: 'Side by Side partnership team',
    responsibility: 'The school improvement team under its older name.',
  },
];

export const exampleGuide = { sections, documents, withdrawn, directory } as const;
