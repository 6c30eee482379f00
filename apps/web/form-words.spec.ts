import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hintOfDay, labelOf, titleOf, wordInWords } from './form-words';

const DOMAIN = join(__dirname, '../../libs/domain');

/** Days that may be left out of a command, with what is written above them where they are declared. */
const optionalDays = readdirSync(DOMAIN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: context }) =>
    readdirSync(join(DOMAIN, context))
      .filter((file) => file.endsWith('commands.ts'))
      .flatMap((file) => {
        const source = readFileSync(join(DOMAIN, context, file), 'utf8');
        const days = source.matchAll(/(?:\/\*\* (.*) \*\/\n)? *@Optional\(\) @IsDay\(\) (\w+)\?/g);
        return [...days].map(([, says = '', name = '']) => ({ context, name, says }));
      }),
  );

describe('the words of a form', () => {
  it('there are days that may be left out', () => {
    expect(optionalDays.length).toBeGreaterThan(30);
  });

  it.each(optionalDays)(
    'says of $context $name that it is today only where it is ($says)',
    (day) => {
      const { context, name, says } = day;
      expect(hintOfDay(name, true, context).includes('today')).toBe(/Left out: today\./.test(says));
    },
  );

  it('calls fields, commands and words what people call them', () => {
    expect(['heldOn', 'deploymentId', 'claimIds', 'notesRef', 'urn'].map(labelOf)).toEqual([
      ...['Held on', 'Deployment', 'Claims', 'Where the notes are kept', 'URN'],
    ]);
    expect(titleOf('HoldTasMeeting')).toBe('Hold TAS meeting');
    expect(
      ['OFSTED_OUTCOME', 'met', 'half-termly', 'SM', '60A', 'typeName'].map((word) =>
        wordInWords(word, [word]),
      ),
    ).toEqual([...['Ofsted outcome', 'Met', 'Half‑termly', 'SM', '60A', 'Type of establishment']]);
    expect(wordInWords('pru-ap', ['primary', 'pru-ap'])).toBe(
      'Pupil referral unit or alternative provision',
    );
  });
});
