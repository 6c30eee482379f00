import { z } from 'zod';

/** The parts of the API's answers that the command line puts into sentences; everything else goes through to `--json`. */

const fact = {
  eventId: z.string(),
  type: z.string(),
  position: z.number(),
  recordedAt: z.string(),
  effectiveOn: z.string(),
  by: z.looseObject({ role: z.string() }),
  says: z.string(),
};
const change = z.object({
  eventId: z.string(),
  from: z.string().optional(),
  to: z.string(),
  effectiveFrom: z.string(),
});
const step = z.looseObject({ how: z.string() });

export const journeyPage = z.object({ total: z.number(), entries: z.array(z.looseObject(fact)) });
export type JourneyLine = z.infer<typeof journeyPage>['entries'][number];

export const whyAnswer = z.looseObject({
  school: z.looseObject({ urn: z.string(), name: z.string() }),
  change: z.looseObject({ ...change.shape, recordedAt: z.string(), position: z.number() }),
  stages: z.array(
    z.looseObject({
      stage: z.string(),
      lines: z.array(
        z.looseObject({ ...fact, data: z.looseObject({ steps: z.array(step).optional() }) }),
      ),
      absent: z.string().optional(),
    }),
  ),
  others: z.array(change),
});
export type Why = z.infer<typeof whyAnswer>;

export const schoolsPage = z.object({
  total: z.number(),
  schools: z.array(
    z.looseObject({
      schoolId: z.string(),
      urn: z.string(),
      urns: z.array(z.looseObject({ urn: z.string() })),
      name: z.string(),
      phase: z.string(),
      status: z.string(),
      open: z.boolean(),
      category: z.looseObject({ is: z.string(), effectiveFrom: z.string() }).optional(),
    }),
  ),
});
export type School = z.infer<typeof schoolsPage>['schools'][number];

export const importAnswer = z.looseObject({
  kind: z.string(),
  fileDate: z.string().optional(),
  dryRun: z.boolean().optional(),
  rowsRead: z.number(),
  rowsOfAuthority: z.number(),
  schoolsChanged: z.number(),
  eventsAppended: z.number(),
  warnings: z.array(z.string()),
  leftOut: z.record(z.string(), z.number()).optional(),
  faults: z.array(
    z.object({
      line: z.number(),
      column: z.string().optional(),
      value: z.string().optional(),
      reason: z.string(),
    }),
  ),
});
export type Imported = z.infer<typeof importAnswer>;

export const health = z.looseObject({
  status: z.string(),
  followers: z.array(
    z.looseObject({
      name: z.string(),
      position: z.number(),
      behindEvents: z.number(),
      behindSeconds: z.number(),
      fault: z.string().optional(),
    }),
  ),
});
export type Health = z.infer<typeof health>;

export const paceLine = z.object({ position: z.number(), end: z.number() });
export const comparing = z.object({ comparing: z.number() });
export const rebuilt = z.object({
  done: z.literal(true),
  events: z.number(),
  generation: z.string(),
  switched: z.boolean(),
  kept: z.string().optional(),
});
export const switched = z.object({ generation: z.string(), kept: z.string() });
export const dropped = z.object({ dropped: z.array(z.string()) });
export const refusedLine = z.object({ refused: z.string(), code: z.string() });
export const difference = z.object({
  difference: z.object({
    position: z.number(),
    compared: z.number(),
    collections: z.record(
      z.string(),
      z.object({
        compared: z.number(),
        added: z.number(),
        removed: z.number(),
        changed: z.number(),
        inThePast: z.number(),
      }),
    ),
    documents: z.array(
      z.object({
        collection: z.string(),
        key: z.string(),
        change: z.string(),
        school: z
          .object({
            schoolId: z.string(),
            urn: z.string().optional(),
            name: z.string().optional(),
          })
          .optional(),
        fields: z.array(
          z.object({
            field: z.string(),
            before: z.string().optional(),
            after: z.string().optional(),
          }),
        ),
        moreFields: z.number(),
        at: z.number(),
        declared: z.boolean(),
      }),
    ),
    more: z.number(),
    undeclared: z.number(),
  }),
});
export type Difference = z.infer<typeof difference>['difference'];
export const failed = z.object({ failed: z.string() });

export const accepted = z.object({
  position: z.number(),
  repeated: z.boolean(),
  recorded: z.array(z.looseObject({ type: z.string() })),
});
export const signedIn = z.looseObject({ token: z.string() });
