import { AtMost } from './at-most';

it('lets so many through in a while, and none of them counts twice', () => {
  const gate = new AtMost([
    { most: 2, within: 60 },
    { most: 3, within: 1000 },
  ]);
  const came = [0, 1, 2, 60, 61, 200, 1000, 1001].map((now) => [now, gate.takes(now)]);
  expect(came).toEqual([
    [0, true],
    [1, true],
    // Two in a minute.
    [2, false],
    [60, true],
    // Three in a day, whatever the minute says.
    [61, false],
    [200, false],
    [1000, true],
    [1001, true],
  ]);
});
