import { Reactor } from '#application';
import type { RecordedEvent } from '#kernel';
import type { County, newSchool, Person } from './county';
import { problemIn } from './county';

type School = ReturnType<typeof newSchool>;

/** Figures of the school: when the year begins, and when it has become better. */
const figures = {
  ...{ ofsted: [1, 0], 'years-since-inspection': [5, 1], 'ks2-rwm': [41, 66], headship: [1, 0] },
  ...{ 'eyfs-gld': [52, 70], phonics: [61, 84], 'disadvantage-gap': [31, 18], complaints: [4, 0] },
  ...{ 'overall-absence': [8, 5], 'persistent-absence': [24, 11], suspensions: [4, 1] },
  ...{ 'permanent-exclusions': [2, 0], 'governor-vacancies': [50, 0], 'revenue-balance': [-1, 5] },
  ...{ 'surplus-places': [30, 5], 'safeguarding-audit': [0, 0] },
} as const;
export const dashboard = (which: 0 | 1, period: string, asAt: string) =>
  Object.entries(figures).map(([indicator, values]) => ({
    ...{ indicator, period, value: values[which], source: 'Invented', asAt, example: true },
  }));

/** How commands are given and questions asked, of the position the last command came to. */
export function telling(county: () => County) {
  /** Where the log ended after the last command. */
  let end = '0';
  const on = (day: string) => county().at(`${day}T10:00:00.000Z`);
  /** What follows by a policy is recorded before the story goes on. */
  const settled = async (): Promise<void> => {
    for (let before = -1; ;) {
      const position = (await county().recorded()).at(-1)!.position;
      if (position === before) return;
      await county().app.get(Reactor).caughtUp(position);
      before = position;
      end = String(position);
    }
  };
  /** Gives a command that is accepted and recorded. */
  const so = async (who: Person, command: string, fields: object): Promise<void> => {
    const answer = await who.post(`/api/v1/${command}`, { ...fields });
    const { status, text } = answer;
    const accepted = { command, status, text: status === 200 ? '' : text };
    expect(accepted).toEqual({ command, status: 200, text: '' });
    expect((answer.body as { recorded: object[] }).recorded).not.toEqual([]);
    await settled();
  };
  const no = async (
    who: Person,
    command: string,
    fields: object,
    ...[status, code]: [number, string]
  ) => problemIn(await who.post(`/api/v1/${command}`, { ...fields }), status, code);
  const ask = (who: Person, path: string) =>
    who.get(`${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`);
  const read = async (who: Person, path: string): Promise<object> => {
    const { status, text } = await ask(who, path);
    expect({ path, status, text: status === 200 ? '' : text }).toMatchObject({ status: 200 });
    return JSON.parse(text) as object;
  };
  const barred = async (who: Person, path: string, code = 'NotForYou') =>
    problemIn(await ask(who, path), 403, code);
  const recorded = async (type: string): Promise<readonly RecordedEvent[]> =>
    (await county().recorded()).filter((event) => event.type === type);
  return { on, so, no, ask, read, barred, recorded };
}

/** Who stands for people until they are there. */
export const nobody = [] as unknown as readonly [Person, Person, Person, Person];

/** Those of the school, of the one that lends the champion, of a third, of the team, and those who look on. */
export async function peopleOf(
  county: County,
  { supported, home, other }: Readonly<Record<'supported' | 'home' | 'other', School>>,
) {
  const [adviser, leader, headOfService, board, scrutiny, auditor] = await Promise.all([
    county.as('adviser'),
    county.as('team-leader'),
    county.as('head-of-service'),
    county.as('board'),
    county.as('scrutiny'),
    county.as('auditor'),
  ]);
  const reviewer = await county.as('adviser', undefined, 'person-reviewer');
  const head = await county.as('headteacher', supported.schoolId);
  const chair = await county.as('chair', supported.schoolId);
  const homeHead = await county.as('home-head', home.schoolId);
  const lender = await county.as('headteacher', home.schoolId, 'person-home-headteacher');
  const champion = await county.as('champion', home.schoolId);
  const colleague = await county.as('champion', home.schoolId, 'person-other-champion');
  const otherHead = await county.as('headteacher', other.schoolId, 'person-other-headteacher');
  const stranger = await county.as('home-head', other.schoolId, 'person-other-home-head');
  return {
    team: [adviser, reviewer, leader, headOfService],
    leaders: [head, chair],
    lending: [homeHead, champion, colleague, lender],
    others: [otherHead, stranger],
    around: [board, scrutiny, auditor],
  } as const;
}

/** What is on the journey of the school, in the order it was recorded; the figures of its dashboards left out. */
export const STORY: readonly string[] = [
  // The round, and the decision.
  'SchoolRegistered',
  'RiskAssessmentStarted',
  'RiskScoreCalculated',
  'ProfessionalJudgementRecorded',
  'AssessmentModerated',
  'RiskAssessmentFinalised',
  'CategoryProposed',
  'ProposalLetterIssued',
  'ProposalDiscussed',
  'CategoryConfirmed',
  'EntitlementGranted',
  // The support.
  'SupportNeedIdentified',
  'ChampionProposed',
  'HomeSchoolReleaseAgreed',
  'SupportedSchoolAgreed',
  'DeploymentConfirmationBegun',
  'DaysReserved',
  'DeploymentConfirmed',
  'DeploymentStarted',
  'ChampionVisitRecorded',
  'DaysConsumed',
  'ChampionVisitRecorded',
  'DaysConsumed',
  'ChampionVisitRecorded',
  'DaysConsumed',
  'HeadlineVisitScheduled',
  'HeadlineVisitCompleted',
  'TeamAroundSchoolConvened',
  'TasMeetingHeld',
  'TasActionAgreed',
  'QualityReviewBegun',
  'QualityReviewCompleted',
  'TasActionClosed',
  'TasStoodDown',
  'DeploymentCompleted',
  'DaysReleased',
  'ImpactEvaluated',
  'DeploymentClosed',
  // The way out.
  'OutOfCycleReviewTriggered',
  'RiskAssessmentStarted',
  'RiskScoreCalculated',
  'ProfessionalJudgementRecorded',
  'AssessmentModerated',
  'RiskAssessmentFinalised',
  'TransitionMeetingHeld',
  'CategoryProposed',
  'ProposalLetterIssued',
  'ProposalDiscussed',
  'CategoryChanged',
  'EntitlementAdjusted',
];
