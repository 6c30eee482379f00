import { schoolsConcerned } from '#domain';
import type { MessageType, messageDeclarations } from '../catalog';
import type { Filled } from '../declaring';

/** A message to be made, with what its declared fields are filled from; what is not declared stays behind. */
export interface Telling {
  readonly type: MessageType;
  readonly values: object;
}

/** The event is told in this message, filled from these values. */
export const tell = <T extends MessageType>(
  type: T,
  values: Filled<(typeof messageDeclarations)[T]['data']>,
): readonly Telling[] => [{ type, values }];

/** As `tell`, where the event's own fields have the message's names. */
export const as =
  <T extends MessageType>(type: T) =>
  (values: Filled<(typeof messageDeclarations)[T]['data']>): readonly Telling[] =>
    tell(type, values);

/** The same to each of these schools, which act together. */
export const tellEach = <T extends MessageType>(
  type: T,
  schoolIds: readonly string[],
  values: Omit<Filled<(typeof messageDeclarations)[T]['data']>, 'schoolId'>,
): readonly Telling[] => schoolIds.map((schoolId) => ({ type, values: { ...values, schoolId } }));

/** No message of its own: that something changed is all that is told. */
export const untold = (): readonly Telling[] => [];

/** No message of its own, and that something changed is told in confidence: a category could be guessed from how often it does. */
export const confided = (data: object): readonly Telling[] =>
  tellEach('school.support-changed.v1', schoolsConcerned(data), {});

/** How each event of a union is told. */
export type TellingsOf<E extends { readonly type: string; readonly data: unknown }> = {
  readonly [T in E['type']]: (data: Extract<E, { readonly type: T }>['data']) => readonly Telling[];
};
