import { IsInt, IsString, getMetadataStorage, validateSync } from 'class-validator';
import { rememberRules } from './remembered-rules';

class Visit {
  @IsInt() days: number;
}
class NotedVisit extends Visit {
  @IsString() note: string;
}
const faultsIn = (visit: Visit, fields: object): readonly string[] =>
  validateSync(Object.assign(visit, fields)).flatMap(({ constraints }) =>
    Object.keys(constraints ?? {}),
  );

describe('rules of a command, gathered once', () => {
  it('are the same, inherited ones included, the first time and after', () => {
    rememberRules();
    rememberRules();
    for (let time = 0; time < 2; time++) {
      expect(faultsIn(new Visit(), { days: 1 })).toEqual([]);
      expect(faultsIn(new Visit(), { days: 'two' })).toEqual(['isInt']);
      expect(faultsIn(new NotedVisit(), { days: 1 })).toEqual(['isString']);
      expect(faultsIn(new NotedVisit(), { days: 'two' })).toEqual(['isString', 'isInt']);
      expect(faultsIn(new NotedVisit(), { days: 2, note: 'calm' })).toEqual([]);
    }
  });

  it('are gathered once for each class', () => {
    rememberRules();
    const gather = () =>
      getMetadataStorage().getTargetValidationMetadatas(NotedVisit, '', false, false);
    expect(gather()).toHaveLength(2);
    expect(gather()).toBe(gather());
  });
});
