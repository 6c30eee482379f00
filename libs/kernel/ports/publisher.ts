import type { Message } from '../message';

/** Tells the outside. A message is published when `publish` resolves; messages of one key keep their order. */
export interface Publisher {
  publish(messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}
