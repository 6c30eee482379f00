import { dirname, join } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';
import {
  absencesInWords,
  bandsInWords,
  categoriesInWords,
  championRolesInWords,
  championStatusesInWords,
  counted,
  dayInWords,
  dayOfInstant,
  instantInWords,
  interestNaturesInWords,
  interestOutcomesInWords,
  kindsInWords,
  phasesInWords,
  roleInWords,
  statusesInWords,
  typeInWords,
} from './words';

/** Folder of a package's files, wherever npm put it. */
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/**
 * Nunjucks over our own views and govuk-frontend's macros. Everything is escaped unless a template says otherwise, and
 * ours say so only of markup they made themselves.
 */
export function viewEngine(): Environment {
  const loader = new FileSystemLoader([
    join(__dirname, 'views'),
    join(folderOf('govuk-frontend'), 'dist'),
  ]);
  const engine = new Environment(loader, {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const filters = {
    day: dayInWords,
    dayOfInstant,
    instant: instantInWords,
    role: roleInWords,
    typeInWords,
    counted,
  };
  for (const [name, filter] of Object.entries(filters)) engine.addFilter(name, filter);
  const tables = {
    categoriesInWords,
    bandsInWords,
    absencesInWords,
    phasesInWords,
    kindsInWords,
    statusesInWords,
    championRolesInWords,
    championStatusesInWords,
    interestNaturesInWords,
    interestOutcomesInWords,
  };
  for (const [name, table] of Object.entries(tables)) engine.addGlobal(name, table);
  return engine;
}
