export * from './config';
export * from './log';
export * from './clock';
export * from './identity';
export * from './running';
export * from './signing-key';
export * from './finding';
