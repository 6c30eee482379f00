import { statusOf } from '#application';
import type { Aggregate } from '#kernel';

/** A kind of problem, as the page at its address explains it. */
export interface ProblemKind {
  readonly status: number;
  readonly says: string;
  /** Which aggregates refuse with it; empty for what any request can meet. */
  readonly from: readonly string[];
}

/** What any request can meet, by code; the refusals of the catalogue come on top. */
const general: Readonly<Record<string, readonly [status: number, says: string]>> = {
  BadRequest: [400, 'The request could not be read at all, e.g. because its JSON is broken.'],
  Malformed: [400, 'Fields or parameters cannot be used; errors names each with a pointer.'],
  NotAMoment: [
    400,
    'asOf, atLeast or after is no position this log knows, and no day or instant where one may be given.',
  ],
  NotComeYet: [400, 'The position lies beyond the end of the log, or the moment in the future.'],
  UploadUnusable: [
    400,
    'The upload broke off, or holds no file. Send the fields and then the file.',
  ],
  NotSignedIn: [401, 'There is no token, or it is not valid any more. Sign in again.'],
  NotForYou: [403, 'Your role may not see or do this.'],
  NotYourRole: [403, 'This command is for other roles; the problem names them.'],
  NotYourSchool: [403, 'You speak for one school and asked about another.'],
  NotYours: [403, 'The record belongs to another school or person than the one you speak for.'],
  NotFound: [404, 'Nothing is at this address.'],
  NoSuchCommand: [404, 'There is no command of this name; the list of them is at /api.'],
  NoSuchSchool: [404, 'No school has this id, or has or had this URN.'],
  NoSuchChange: [404, 'The school has no such decision on record.'],
  NoSuchChampion: [404, 'No champion is registered under this id.'],
  NoFramework: [404, 'No framework is in force on the day asked about. Publish one first.'],
  NoSuchCycle: [404, 'There is no round of this year. Rounds are named like 2026-27.'],
  NoSuchDeployment: [404, 'No deployment has this id, or it is none that you may see.'],
  NoOpenProposal: [404, 'No proposal is open for the school, so there is no letter to draft.'],
  NoDemoSignIn: [404, 'The demo sign-in is off; whoever runs the service issues tokens.'],
  TooManyAtOnce: [409, 'Others kept changing the same record. Nothing was recorded; try again.'],
  RebuildUnderWay: [409, 'The read models are being rebuilt already, or changed over.'],
  NothingToUndo: [409, 'No read models are kept to go back to.'],
  NothingToResume: [409, 'No rebuild broke off that could be gone on with.'],
  DifferenceNotDeclared: [409, 'Rebuilt read models differ in a way that was not declared.'],
  TakenOver: [409, 'Another rebuild began, and this one was given up.'],
  Stopping: [409, 'The service is being stopped; ask again when it runs.'],
  NotCaughtUp: [409, 'The read models to switch to did not come up with those people see.'],
  BackupRefused: [409, 'The backup could not be written to this file.'],
  NoLetterTemplate: [409, 'No letter template is in force on the day the letter is dated.'],
  NothingOffered: [
    409,
    'The offer the proposal was made on says nothing of that category for schools of this status.',
  ],
  TooLarge: [413, 'The request is larger than it may be.'],
  UnsupportedMediaType: [415, 'Send JSON, with its content type.'],
  LetterMisdated: [
    422,
    'A letter is dated from the day of the proposal, and no more than a year ahead.',
  ],
  FileUnusable: [422, 'The file as a whole cannot be read; nothing of it was taken.'],
  FileDateUnknown: [422, 'Neither the name of the file nor asAt says which day it is of.'],
  IdempotencyKeyReused: [422, 'This Idempotency-Key was used before, for another request.'],
  OurFault: [500, 'Something went wrong on our side. Nothing was half recorded.'],
  NotOnThisStore: [501, 'The store behind this service cannot do that.'],
  OutOfReach: [
    503,
    'A store the service needs cannot be used at the moment. Send the same request again under the same Idempotency-Key.',
  ],
  NotThereYet: [
    503,
    'The read models have not reached the position asked for. Ask again in a moment.',
  ],
};

/** Every kind of problem there is, by the code its `type` ends with. */
export function problemKinds(aggregates: readonly Aggregate[]): ReadonlyMap<string, ProblemKind> {
  const kinds = new Map<string, ProblemKind>();
  for (const [code, [status, says]] of Object.entries(general))
    kinds.set(code, { status, says, from: [] });
  for (const { name, refusals } of aggregates) {
    for (const [code, { kind, says }] of Object.entries(refusals)) {
      const from = [...(kinds.get(code)?.from ?? []), name];
      kinds.set(code, { status: statusOf[kind], says, from });
    }
  }
  return kinds;
}
