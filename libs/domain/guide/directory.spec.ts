import { asDeclared, given } from '#kernel';
import { commandFrom } from '../shared/decorators';
import { uuidInSpecs } from '../shared/playing-in-specs';
import { EnterResponsibility } from './commands';
import { decider as bare, guideDirectory } from './directory';
import type { DirectoryEvent } from './events';
import { directoryEvents } from './events';
import { exampleGuide } from './example';
import { responsibility } from './history-in-specs';

const decider = asDeclared(directoryEvents, bare);
const entered: DirectoryEvent = { type: 'ResponsibilityEntered', data: responsibility };
const { responsibilityId } = responsibility;
const removed: DirectoryEvent = { type: 'ResponsibilityRemoved', data: { responsibilityId } };

it('enters a role once for each phase and area', () => {
  given(decider, []).when('EnterResponsibility', responsibility).then([entered]).again().silent();
  const other = { ...responsibility, responsibilityId: uuidInSpecs(7202) };
  given(decider, [entered])
    .when('EnterResponsibility', other)
    .refused('ResponsibilityInDirectory', responsibilityId);
  const north = { ...other, area: 'North' };
  given(decider, [entered])
    .when('EnterResponsibility', north)
    .then([{ type: 'ResponsibilityEntered', data: north }])
    .when('ChangeResponsibility', other)
    .refused('ResponsibilityInDirectory', responsibilityId);
  given(decider, [entered])
    .when('EnterResponsibility', { ...responsibility, area: 'North' })
    .refused('ResponsibilityIdTaken');
  expect(guideDirectory.stream({})).toBe('guide-directory');
});

it('gives an entry its identity', () => {
  const { responsibilityId: _, ...fresh } = responsibility;
  const data = { ...fresh, responsibilityId: '00000000-0000-4000-8000-000000000000' };
  given(decider, [])
    .when('EnterResponsibility', fresh)
    .then([{ type: 'ResponsibilityEntered', data }]);
});

it('changes an entry to how it is to read, and takes it out', () => {
  const { mailbox: _, ...rest } = responsibility;
  const data = { ...rest, phone: '01632 960100' };
  given(decider, [entered])
    .when('ChangeResponsibility', data)
    .then([{ type: 'ResponsibilityChanged', data }])
    .again()
    .silent();
  given(decider, [entered])
    .when('RemoveResponsibility', { responsibilityId })
    .then([removed])
    .again()
    .silent();
});

it('does nothing with an entry that is not there', () => {
  given(decider, []).when('ChangeResponsibility', responsibility).refused('ResponsibilityUnknown');
  given(decider, [entered, removed])
    .when('ChangeResponsibility', responsibility)
    .refused('ResponsibilityUnknown');
  given(decider, [])
    .when('RemoveResponsibility', { responsibilityId })
    .refused('ResponsibilityUnknown');
  given(decider, [entered, removed])
    .when('EnterResponsibility', responsibility)
    .refused('ResponsibilityIdTaken');
  const again = { ...responsibility, responsibilityId: uuidInSpecs(7203) };
  given(decider, [entered, removed])
    .when('EnterResponsibility', again)
    .then([{ type: 'ResponsibilityEntered', data: again }]);
});

it('says how the office is reached', () => {
  const { mailbox: _, ...unreachable } = responsibility;
  given(decider, []).when('EnterResponsibility', unreachable).refused('NobodyToReach', 'mailbox');
  given(decider, [entered]).when('ChangeResponsibility', unreachable).refused('NobodyToReach');
});

it('publishes a name only of a person on record', () => {
  const named = { ...responsibility, publishedName: 'An Invented Name', personRef: 'person-a' };
  given(decider, [])
    .when('EnterResponsibility', named)
    .then([{ type: 'ResponsibilityEntered', data: named }]);
  for (const half of [{ publishedName: 'An Invented Name' }, { personRef: 'person-a' }])
    given(decider, [])
      .when('EnterResponsibility', { ...responsibility, ...half })
      .refused('NameOfNobody', 'both');
});

it.each([
  { mailbox: 'nobody' },
  { mailbox: 'a@b@council.example' },
  { mailbox: 'a <b>@council.example' },
  { phone: '12345' },
  { phone: 'call us' },
  { phase: 'university' },
])('has no %j', (wrong) => {
  expect(commandFrom(EnterResponsibility, { ...responsibility, ...wrong })).toMatchObject({
    faults: [{ pointer: `/${Object.keys(wrong)[0]}` }],
  });
});

it('takes the example: roles of an invented office, and nobody’s name', () => {
  let history = given(decider, []);
  for (const data of exampleGuide.directory) {
    const read = commandFrom(EnterResponsibility, data);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    history = history
      .when('EnterResponsibility', { ...read.command })
      .then([{ type: 'ResponsibilityEntered', data }]);
    expect([data.example, data.publishedName, data.mailbox]).toEqual([
      true,
      undefined,
      expect.stringMatching(/\.example$/),
    ]);
  }
});
