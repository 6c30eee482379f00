import { monthsAfter } from '../shared/working-days';

/*
 * What the law says of warning notices, in England: Part 4 of the Education and Inspections Act 2006 ("the Act"). It is
 * the same for every authority, so it stands in code, each rule with its section and the day from which it applies.
 * Not here, because it is no more: the duty to make an academy order for a school in a category of concern, repealed
 * from 29 June 2026 (Children's Wellbeing and Schools Act 2026, s.58).
 */

/**
 * Section 60: standards, management and safety. Section 60A: teachers' pay and conditions (inserted by the
 * Apprenticeships, Skills, Children and Learning Act 2009, Sch. 13, from 12 January 2010).
 */
export const noticeSections = ['60', '60A'] as const;
export type NoticeSection = (typeof noticeSections)[number];

/** s.60(2)(a) to (c), and s.60A(2). */
export const noticeGrounds = [
  'standards',
  'management-or-governance',
  'safety',
  'pay-and-conditions',
] as const;
export type NoticeGround = (typeof noticeGrounds)[number];

export const groundsOf: Readonly<Record<NoticeSection, readonly NoticeGround[]>> = {
  '60': ['standards', 'management-or-governance', 'safety'],
  '60A': ['pay-and-conditions'],
};

/** The authority's powers once a school is eligible for intervention: ss.63, 64, 65 and 66. */
export const interventionPowers = [
  'require-arrangements',
  'additional-governors',
  'interim-executive-board',
  'suspend-delegated-budget',
] as const;
export type InterventionPower = (typeof interventionPowers)[number];

/** s.63(1): arrangements cannot be required of a school that is eligible by virtue of section 60A only. */
export const isPowerFor = (power: InterventionPower, section: NoticeSection): boolean =>
  power !== 'require-arrangements' || section === '60';

/**
 * The day from which a notice is as here: the compliance period stands in the notice, the Secretary of State gets a copy
 * at the same time, and there is no appeal to Ofsted (Education and Adoption Act 2016 s.2, in force 18 April 2016).
 */
export const LAW_FROM = '2016-04-18';

/** s.63(3) and s.64(2): only within two months following the end of the compliance period. s.65 sets no time. */
const WITHIN_MONTHS: Readonly<Partial<Record<InterventionPower, number>>> = {
  'require-arrangements': 2,
  'additional-governors': 2,
};

/** The last day on which a power may be exercised, where the law sets one. */
export function lastDayFor(power: InterventionPower, complianceTo: string): string | undefined {
  const months = WITHIN_MONTHS[power];
  return months === undefined ? undefined : monthsAfter(complianceTo, months);
}
