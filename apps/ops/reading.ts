import type { Api } from './api';
import { journeyPage, schoolsPage, whyAnswer } from './answers';
import type { School } from './answers';
import { journeyInWords, schoolsInWords, whyInWords } from './plain';
import type { Report } from './report';

/** The largest page the API gives. */
const PAGE = '200';

export async function why(
  api: Api,
  school: string,
  query: { at?: string; change?: string; asOf?: string },
): Promise<Report> {
  const { body } = await api.get(`/api/v1/schools/${encodeURIComponent(school)}/why`, query);
  return { ok: true, report: body, plain: whyInWords(whyAnswer.parse(body)) };
}

export async function journey(
  api: Api,
  school: string,
  query: { types?: string; asOf?: string },
): Promise<Report> {
  const entries = [];
  for await (const page of api.pages(`/api/v1/schools/${encodeURIComponent(school)}/journey`, {
    ...query,
    limit: PAGE,
  })) {
    entries.push(...journeyPage.parse(page).entries);
  }
  return { ok: true, report: { total: entries.length, entries }, plain: journeyInWords(entries) };
}

export async function schools(
  api: Api,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Report> {
  const found = await allSchools(api, query);
  return {
    ok: true,
    report: { total: found.length, schools: found },
    plain: schoolsInWords(found),
  };
}

/** Every school that fits, all read as of one moment. */
export async function allSchools(
  api: Api,
  query: Readonly<Record<string, string | undefined>>,
): Promise<School[]> {
  const found: School[] = [];
  for await (const page of api.pages('/api/v1/schools', { ...query, limit: PAGE })) {
    found.push(...schoolsPage.parse(page).schools);
  }
  return found;
}
