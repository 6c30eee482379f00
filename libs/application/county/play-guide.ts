import type { Actor } from '#kernel';
import { exampleGuide, guidePages } from '#domain';
import { derivedId } from '../derived-id';
import { thePublic } from '../request';
import { workday } from './play-days';
import { teamLeader } from './play-people';
import type { Stage } from './play-stage';

interface Publication {
  readonly on: string;
  readonly by: Actor;
  readonly matter: string;
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const OPENED = '2022-09-01';
/** Namespace of the ids of forms that were sent. */
const FORMS = '0b2f9d52-7f2e-5a0c-8d0e-9f4b1f2c7a11';

/** The public guide: published when its versions take effect, kept up to date, and found more or less helpful. */
export async function playGuide(stage: Stage): Promise<void> {
  const all = [...published(), ...answers(stage)].toSorted((a, b) => (a.on < b.on ? -1 : 1));
  for (const { on, by, matter, command, data } of all) {
    await stage.days.until(workday(on));
    await stage.give(by, matter, command, data);
  }
}

function published(): readonly Publication[] {
  const { sections, documents, withdrawn, directory } = exampleGuide;
  const by = teamLeader;
  return [
    ...sections.map((data) => ({
      ...{ on: data.effectiveFrom, by, command: 'PublishGuideSection', data: { ...data } },
      matter: `guide ${data.section} ${data.version}`,
    })),
    ...documents.map((data) => ({
      ...{ on: data.effectiveFrom, by, command: 'PublishGuideDocument', data: { ...data } },
      matter: `guide ${data.documentId ?? ''} ${data.version}`,
    })),
    {
      ...{ on: withdrawn.withdrawnFrom, by, command: 'WithdrawGuideDocument' },
      ...{ matter: 'guide', data: withdrawn },
    },
    ...directory.flatMap((entry, n): Publication[] => {
      const { responsibilityId } = entry;
      const matter = `guide directory ${n}`;
      const entered = { on: OPENED, by, matter, command: 'EnterResponsibility' };
      // The office's telephone was changed once, and the last entry was of a team that is no more.
      const before = { ...entry, phone: '01632 960099' };
      return entry === directory.at(-1)
        ? [
            { ...entered, data: { ...entry } },
            {
              ...{ on: '2023-09-04', by, matter, command: 'RemoveResponsibility' },
              data: { responsibilityId },
            },
          ]
        : [
            { ...entered, data: before },
            {
              ...{ on: '2025-01-06', by, matter, command: 'ChangeResponsibility' },
              data: { ...entry },
            },
          ];
    }),
  ];
}

const comments = [
  'The four steps are clear.',
  'I looked for how to ask for a review and found it at once.',
  'Long to read on a phone.',
  'It does not say when the letter comes.',
  'Good to see the older versions of a document.',
] as const;

/** Up to three answers a month, mostly good ones; now and then with a sentence. */
function answers(stage: Stage): readonly Publication[] {
  const random = stage.chance('guide answers');
  const months = Array.from({ length: 50 }, (_, n) => {
    const month = 9 + n - 1;
    return `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
  return months.flatMap((month) =>
    Array.from({ length: random.between(0, 3) }, (_, n) => {
      const matter = `guide answer ${month} ${n}`;
      return {
        on: `${month}-${random.between(10, 28)}`,
        ...{ by: thePublic, matter, command: 'GivePageHelpfulness' },
        data: {
          answerId: derivedId(`${stage.county.seed} ${matter}`, FORMS),
          page: random.pick(guidePages),
          points: random.pick([1, 2, 3, 4, 4, 4, 5, 5]),
          ...(random.chance(0.2) ? { comment: random.pick(comments) } : {}),
        },
      };
    }),
  );
}
