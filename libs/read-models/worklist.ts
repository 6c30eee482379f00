import type { ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { AssessmentWaived, Category, CategoryEvent, RiskEvent } from '#domain';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import { reasonInWords } from './sentences/words';
import type { Task } from './task';

/** How far an assessment has come. */
export type AssessmentStage = 'started' | 'scored' | 'judged' | 'moderated' | 'returned';
export type ProposalStage = 'proposed' | 'letter-issued' | 'tried-to-reach' | 'discussed';

/** What is open at one school, and how its rounds went. Bounded: one entry a year, and what is open. */
export type Work = {
  readonly schoolId: string;
  readonly assessment?: {
    readonly assessmentId: string;
    readonly cycle?: string;
    readonly triggerId?: string;
    readonly stage: AssessmentStage;
    readonly since: string;
  };
  readonly finalised?: {
    readonly assessmentId: string;
    readonly recommended: Category;
    readonly since: string;
  };
  readonly proposal?: {
    readonly proposalId: string;
    readonly cycle?: string;
    readonly to: Category;
    readonly stage: ProposalStage;
    readonly since: string;
  };
  readonly review?: { readonly reviewId: string; readonly decideBy: string };
  /** The way out of support that was agreed. */
  readonly pathway?: { readonly since: string; readonly endsOn: string };
  readonly triggers: readonly {
    readonly triggerId: string;
    readonly triggerType: string;
    readonly since: string;
  }[];
  readonly rounds: Readonly<
    Record<
      string,
      { readonly assessedOn?: string; readonly decidedOn?: string; readonly waivedOn?: string }
    >
  >;
};

type Event = RiskEvent | CategoryEvent | AssessmentWaived;
type Data<T extends Event['type']> = Extract<Event, { readonly type: T }>['data'];
type On<T extends Event['type']> = Touch<Work, Extract<Event, { readonly type: T }>>;

/** What an event changes of a school's open work; a field set to undefined is taken away. */
function work<T extends Event['type']>(
  to: (
    data: Data<T>,
    before: Work,
    day: string,
  ) => { readonly [K in keyof Work]?: Work[K] | undefined },
): On<T> {
  return {
    keys: (event) => [(event as Recorded<Event>).data.schoolId],
    on: (before, event) => {
      const { data, effectiveOn } = event as Recorded<Event>;
      const now = before ?? { schoolId: data.schoolId, triggers: [], rounds: {} };
      const changed = { ...now, ...to(data as Data<T>, now, effectiveOn) };
      return Object.fromEntries(
        Object.entries(changed).filter(([, value]) => value !== undefined),
      ) as Work;
    },
  };
}

const stage = <T extends Event['type']>(is: AssessmentStage): On<T> =>
  work<T>((_, { assessment }, day) =>
    assessment === undefined ? {} : { assessment: { ...assessment, stage: is, since: day } },
  );

const proposalStage = <T extends Event['type']>(is: ProposalStage): On<T> =>
  work<T>((_, { proposal }, day) =>
    proposal === undefined ? {} : { proposal: { ...proposal, stage: is, since: day } },
  );

const round = (
  rounds: Work['rounds'],
  cycle: string | undefined,
  what: Work['rounds'][string],
): Work['rounds'] =>
  cycle === undefined ? rounds : { ...rounds, [cycle]: { ...rounds[cycle], ...what } };

const occasion = ({
  cycle,
  triggerId,
}: {
  readonly cycle?: string;
  readonly triggerId?: string;
}) => ({
  ...(cycle === undefined ? {} : { cycle }),
  ...(triggerId === undefined ? {} : { triggerId }),
});

function decided(
  data: Data<'CategoryConfirmed'> | Data<'CategoryChanged'>,
  { triggers, rounds }: Work,
  day: string,
) {
  return {
    proposal: undefined,
    pathway: undefined,
    finalised: undefined,
    triggers: triggers.filter(({ triggerId }) => triggerId !== data.triggerId),
    rounds: round(rounds, data.cycle, { decidedOn: day }),
  };
}

export const worklist: ReadModel<Work, Event> = {
  name: 'worklist',
  says: 'What is open at each school: assessments, proposals, reviews and triggers; and how far each round has come.',
  fixed: [],
  touches: {
    RiskAssessmentStarted: work((data, _, since) => ({
      assessment: { assessmentId: data.assessmentId, ...occasion(data), stage: 'started', since },
    })),
    RiskScoreCalculated: stage('scored'),
    ProfessionalJudgementRecorded: stage('judged'),
    AssessmentModerated: work(({ outcome }, { assessment }, since) =>
      assessment === undefined
        ? {}
        : {
            assessment: {
              ...assessment,
              stage: outcome === 'return' ? 'returned' : 'moderated',
              since,
            },
          },
    ),
    RiskAssessmentFinalised: work(({ assessmentId, recommended, cycle }, { rounds }, since) => ({
      assessment: undefined,
      finalised: { assessmentId, recommended, since },
      rounds: round(rounds, cycle, { assessedOn: since }),
    })),
    RiskAssessmentAbandoned: work(() => ({ assessment: undefined })),
    AssessmentWaived: work(({ academicYear }, { rounds }, day) => ({
      rounds: round(rounds, academicYear, { waivedOn: day }),
    })),
    CategoryProposed: work(({ proposalId, to, cycle }, _, since) => ({
      finalised: undefined,
      proposal: {
        proposalId,
        ...occasion(cycle === undefined ? {} : { cycle }),
        to,
        stage: 'proposed',
        since,
      },
    })),
    ProposalLetterIssued: proposalStage('letter-issued'),
    ProposalDiscussed: proposalStage('discussed'),
    DiscussionDeclined: proposalStage('tried-to-reach'),
    SchoolUnreachable: proposalStage('tried-to-reach'),
    TransitionPathwayAgreed: work(({ endsOn }, _, since) => ({ pathway: { since, endsOn } })),
    CategoryReviewRequested: work(({ reviewId, decideBy }) => ({ review: { reviewId, decideBy } })),
    CategoryReviewDecided: work(() => ({ review: undefined })),
    CategoryConfirmed: work(decided),
    CategoryChanged: work(decided),
    ProposalWithdrawn: work(() => ({ proposal: undefined })),
    OutOfCycleReviewTriggered: work(({ triggerId, triggerType }, { triggers }, since) => ({
      triggers: [...triggers, { triggerId, triggerType, since }],
    })),
    OutOfCycleReviewDismissed: work(({ triggerId: dismissed }, { triggers }) => ({
      triggers: triggers.filter(({ triggerId }) => triggerId !== dismissed),
    })),
  },
};

const afterStage: Readonly<Record<AssessmentStage, string>> = {
  started: 'Load the readings and calculate the score',
  scored: 'Record the judgement',
  judged: 'Moderate or finalise the assessment',
  moderated: 'Finalise the assessment',
  returned: 'Judge again: moderation returned the assessment',
};
const afterProposal: Readonly<Record<ProposalStage, string>> = {
  proposed: 'Issue the letter',
  'letter-issued': 'Discuss the proposal, or decide it where no discussion is needed',
  'tried-to-reach': 'Try again to discuss the proposal, or decide it after two attempts',
  discussed: 'Decide the category',
};

/** A school with what is open there. */
type Named = { readonly work: Work; readonly card: SchoolCard };

/** Schools that are open, by name, each with what is open there. */
export async function openSchools(snapshot: Snapshot): Promise<readonly Named[]> {
  const cards = await snapshot.list<SchoolCard>(schools, {
    filter: { open: true },
    sort: { name: 1 },
  });
  const all = await snapshot.list<Work>(worklist);
  const bySchool = new Map(all.map(({ body }) => [body.schoolId, body]));
  return cards.map(({ body: card }) => ({
    card,
    work: bySchool.get(card.schoolId) ?? { schoolId: card.schoolId, triggers: [], rounds: {} },
  }));
}

/** What is open at a school of its assessment, proposal, review and triggers. */
export function tasksOf({
  card: { schoolId, urn, name },
  work: { assessment, finalised, proposal, review, pathway, triggers },
}: Named): readonly Task[] {
  const school = { schoolId, urn, name };
  return [
    ...(review === undefined
      ? []
      : [
          {
            ...{ school, kind: 'review' as const },
            task: 'Decide the review the school asked for',
            since: review.decideBy,
            by: review.decideBy,
          },
        ]),
    ...(pathway === undefined
      ? []
      : [
          {
            ...{
              school,
              kind: 'proposal' as const,
              task: 'See the pathway to Enhancement to its end',
            },
            ...{ since: pathway.since, by: pathway.endsOn },
          },
        ]),
    ...(proposal === undefined
      ? []
      : [
          {
            ...{ school, kind: 'proposal' as const },
            ...{ task: afterProposal[proposal.stage], since: proposal.since },
          },
        ]),
    ...(finalised === undefined
      ? []
      : [
          {
            ...{ school, kind: 'proposal' as const },
            ...{ task: `Propose ${finalised.recommended}`, since: finalised.since },
          },
        ]),
    ...(assessment === undefined
      ? []
      : [
          {
            ...{ school, kind: 'assessment' as const },
            ...{ task: afterStage[assessment.stage], since: assessment.since },
          },
        ]),
    ...triggers
      .filter(({ triggerId }) => triggerId !== assessment?.triggerId)
      .map(({ since, triggerType }) => ({
        ...{ school, kind: 'trigger' as const, since },
        task: `Look at the trigger: ${reasonInWords(triggerType)}`,
      })),
  ];
}

/** What is open at one school; undefined when nothing was ever to be done there. */
export const workOf = async (
  snapshot: Snapshot,
  { schoolId }: { readonly schoolId: string },
): Promise<Work | undefined> => (await snapshot.get<Work>(worklist, schoolId))?.body;

/** For a decision: ids of open schools without a finalised assessment or waiver in a year's round. */
export async function schoolsWithoutAssessment(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const year = about['year'] ?? '';
  return (await openSchools(snapshot))
    .filter(
      ({ work: { rounds } }) =>
        rounds[year]?.assessedOn === undefined && rounds[year]?.waivedOn === undefined,
    )
    .map(({ card }) => card.schoolId);
}

/** How far a year's round has come, school by school. */
export type RoundProgress = {
  readonly year: string;
  readonly schools: number;
  readonly assessed: number;
  readonly waived: number;
  readonly decided: number;
  readonly open: readonly Task[];
};

export async function roundProgress(
  snapshot: Snapshot,
  { year }: { year: string },
): Promise<RoundProgress> {
  const all = await openSchools(snapshot);
  const has = (field: 'assessedOn' | 'waivedOn' | 'decidedOn'): number =>
    all.filter(({ work: { rounds } }) => rounds[year]?.[field] !== undefined).length;
  const inRound = all.filter(
    ({ work: { assessment, proposal } }) => assessment?.cycle === year || proposal?.cycle === year,
  );
  return {
    year,
    schools: all.length,
    assessed: has('assessedOn'),
    waived: has('waivedOn'),
    decided: has('decidedOn'),
    open: inRound.flatMap(tasksOf),
  };
}
