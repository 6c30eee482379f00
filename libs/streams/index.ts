export * from './asyncapi';
export * from './catalog';
export * from './compatible';
export * from './envelope';
export * from './json-schema';
export * from './messages';
export * from './snapshot';
export type { MessageDeclaration } from './declaring';
export type { Part, PartKind, Parts } from './fields';
