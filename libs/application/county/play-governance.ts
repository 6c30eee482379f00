import { daysAfter } from './days';
import type { HalfTerm } from './play-calendar';
import { halfTermsOf, officeDay, schoolEntryDay } from './play-calendar';
import { adviserOf, boardMember, headOfService, teamLeader } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';

const FORMED = '2022-09-12';
const MEMBERS = 15;
/** A meeting at which not enough members were: the half-term after that of the storm. */
const WITHOUT_QUORUM = { academicYear: '2023/24', halfTerm: 4 } as const;
/** A meeting whose attendance was entered wrongly at first. */
const CORRECTED = { academicYear: '2024/25', halfTerm: 2 } as const;
const is = (term: HalfTerm, that: { readonly academicYear: string; readonly halfTerm: number }) =>
  term.academicYear === that.academicYear && term.halfTerm === that.halfTerm;

/** The liaison groups, the Board and the consultations of all the years. */
export function playGovernance(stage: Stage, summers: readonly number[]): void {
  const { days } = stage;
  days.begin(async () => {
    await days.until(officeDay(FORMED));
    for (const name of stage.county.liaisonGroups)
      days.begin(() => playGroup(stage, name, summers));
  });
  days.begin(async () => {
    for (const term of summers.flatMap(halfTermsOf)) await meetAsBoard(stage, term);
  });
  for (const summer of summers) days.begin(() => consult(stage, summer));
}

/** Every half-term with most of its heads; now and then a school that has closed leaves, or a new one comes in. */
async function playGroup(stage: Stage, name: string, summers: readonly number[]): Promise<void> {
  const { days } = stage;
  const groupId = stage.id(`group ${name}`);
  const random = stage.chance(`group ${name}`);
  const own = () =>
    stage
      .inOrder()
      .filter((school) => school.model.liaisonGroup === name && isOpen(school, days.today));
  let members = own();
  const authority = members[0] === undefined ? teamLeader : adviserOf(members[0].model);
  const idsOf = (schools: readonly PlayedSchool[]) => schools.map(({ schoolId }) => schoolId);
  await stage.give(teamLeader, name, 'FormLiaisonGroup', {
    ...{ groupId, name, schoolIds: idsOf(members) },
  });
  for (const term of summers.flatMap(halfTermsOf)) {
    await days.until(schoolEntryDay(daysAfter(term.opens, 10 + random.between(0, 16))));
    const now = own();
    for (const { schoolId, model } of [...members, ...now]) {
      const [was, stays] = [members, now].map((of) => idsOf(of).includes(schoolId));
      if (was === stays) continue;
      const change = stays === true ? 'join' : 'leave';
      await stage.give(teamLeader, `${name} ${model.id} ${change}`, 'ChangeLiaisonMembership', {
        ...{ groupId, schoolId, change },
      });
    }
    members = now;
    const there = members.filter(() => random.chance(0.8));
    await stage.give(teamLeader, `${name} ${days.today}`, 'HoldLiaisonMeeting', {
      ...{
        groupId,
        heldOn: days.today,
        halfTerm: term.halfTerm,
        schoolIds: idsOf(there.length > 0 ? there : members),
      },
      authorityId: authority.id,
    });
  }
}

const TITLES = [
  'Support and what it came to, this half-term',
  'The budget and what is committed',
  'How the quality of visits is judged',
  'Champions: who comes and who goes',
] as const;

const DECISIONS = [
  'The report is noted; the next is to say what changed for pupils (invented example).',
  'The plan for the coming half-term is agreed as tabled (invented example).',
  'Advisers are to bring late records of visits to the next meeting (invented example).',
] as const;

/** One meeting of the Board: papers a week before, who was there, what was decided. */
async function meetAsBoard(stage: Stage, term: HalfTerm): Promise<void> {
  const { days } = stage;
  const { academicYear, halfTerm, opens } = term;
  const matter = `Board ${academicYear} ${halfTerm}`;
  const random = stage.chance(matter);
  await days.until(officeDay(daysAfter(opens, 12)));
  const papers = random.shuffled(TITLES).slice(0, 2);
  for (const [n, title] of papers.entries())
    await stage.give(teamLeader, `${matter} ${n}`, 'TablePaper', {
      ...{ paperId: stage.id(`${matter} ${n}`), title: `${title} (invented example)` },
      ...{
        publishable: random.chance(0.6),
        docRef: `example-paper-${academicYear}-${halfTerm}-${n}`,
      },
    });
  await days.until(schoolEntryDay(daysAfter(days.today, 7)));
  const members = random.shuffled(Array.from({ length: MEMBERS }, (_, n) => boardMember(n + 1)));
  const few = is(term, WITHOUT_QUORUM);
  const there = few ? 6 : random.between(9, 13);
  const meetingId = stage.id(matter);
  const attended = { present: members.slice(0, there), apologies: members.slice(there, there + 2) };
  await stage.give(teamLeader, matter, 'HoldBoardMeeting', {
    ...{ meetingId, heldOn: days.today, halfTerm, ...attended },
  });
  if (is(term, CORRECTED))
    await stage.give(teamLeader, matter, 'CorrectBoardRecord', {
      ...{ meetingId, ...attended, present: members.slice(0, there - 1) },
      reason: 'One member had left their name and gone (invented example).',
    });
  if (few) return;
  for (let n = 0; n < random.between(1, 2); n += 1)
    await stage.give(teamLeader, `${matter} ${n}`, 'RecordBoardDecision', {
      ...{ decisionId: stage.id(`decision ${matter} ${n}`), meetingId },
      paperIds: [stage.id(`${matter} ${n}`)],
      ...{ decision: random.pick(DECISIONS), publishable: random.chance(0.6) },
    });
}

const BODIES = [
  'Schools Forum',
  'Association of governors (invented)',
  'Primary Executive Board (invented)',
];

/** Before an offer is agreed, bodies and some schools are asked; most answer, some late. */
async function consult(stage: Stage, summer: number): Promise<void> {
  const { days } = stage;
  await days.until(officeDay(`${summer + 1}-02-05`));
  const matter = `consultation ${summer}`;
  const random = stage.chance(matter);
  const consultationId = stage.id(matter);
  const open = stage.inOrder().filter((school) => isOpen(school, '2026-12-31'));
  const schools = random.shuffled(open).slice(0, 24);
  const until = daysAfter(days.today, 35);
  await stage.give(headOfService, matter, 'OpenConsultation', {
    ...{
      consultationId,
      schoolIds: schools.map(({ schoolId }) => schoolId),
      bodies: BODIES,
      until,
    },
    about: `The offer for the school year from September ${summer + 1} (invented example)`,
    docRef: `example-consultation-${summer + 1}`,
  });
  const view = () => random.pick(['supports', 'supports', 'supports', 'comments', 'objects']);
  // By groups: soon, when reminded, and when it is late. Some never say anything.
  for (const [n, late] of [-21, -7, 4].entries()) {
    await days.until(officeDay(daysAfter(until, late)));
    for (const school of schools.slice(n * 7, n * 7 + 7))
      await stage.give(
        stage.headOf(school),
        `${matter} ${school.model.id}`,
        'RecordConsultationAnswer',
        {
          ...{ consultationId, schoolId: school.schoolId, view: view() },
          docRef: `example-answer-${summer + 1}-${school.model.id}`,
        },
      );
  }
  for (const body of BODIES)
    await stage.give(teamLeader, `${matter} ${body}`, 'RecordConsultationAnswer', {
      ...{ consultationId, body, view: view(), docRef: `example-answer-${summer + 1}` },
      answererId: 'demo-body-secretary',
    });
  await days.until(officeDay(daysAfter(until, 14)));
  await stage.give(headOfService, matter, 'CloseConsultation', {
    consultationId,
    outcome:
      'The offer goes to the Board as it was put, with one more visit for new heads (invented example).',
  });
}
