import { aggregates } from '#domain';
import type { JsonObject } from '#kernel';
import { IsIn, IsOptional, Length, MaxDate } from 'class-validator';
import { schemaOf } from './json-schema';

class Search {
  @IsOptional() @Length(1, 100, { message: '$property must be part of a name' }) q?: string;
  @IsIn(['a', 'b'], { each: true }) kinds: readonly string[];
}

describe('a JSON schema from the decorators of a class', () => {
  it('says what each field must be and which may be left out', () => {
    expect(schemaOf(Search)).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: {
        q: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description: 'q must be part of a name',
        },
        kinds: { type: 'array', items: { enum: ['a', 'b'] } },
      },
      required: ['kinds'],
    });
  });

  it('refuses a rule it has no schema for, rather than leaving it out', () => {
    class Dated {
      @MaxDate(new Date(0)) at: string;
    }
    expect(() => schemaOf(Dated)).toThrow(/Dated\.at.*maxDate/);
  });

  it('has a schema for every command there is', () => {
    const commands = aggregates.flatMap((one) => Object.values(one.commands));
    expect(commands.length).toBeGreaterThan(20);
    for (const { takes } of commands) {
      const { properties } = schemaOf(takes) as { properties: JsonObject };
      expect(Object.keys(properties).length).toBeGreaterThan(0);
    }
  });

  it('describes a record inside a command by its own fields', () => {
    const command = aggregates
      .flatMap((one) => Object.entries(one.commands))
      .find(([name]) => name === 'RegisterSchool');
    const { properties, required } = schemaOf(command![1].takes) as {
      properties: JsonObject;
      required: string[];
    };
    expect(properties['trust']).toMatchObject({ type: 'object', required: ['name', 'uid'] });
    expect(properties['urn']).toEqual({ type: 'string', pattern: '^[1-9]\\d{5}$' });
    expect(required).toContain('urn');
    expect(required).not.toContain('trust');
  });
});
