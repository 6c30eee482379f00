import { type Metadata, status } from '@grpc/grpc-js';
import { accessDenied, refusal } from './refusals';
import { metastreamOf, type Store } from './store';

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

export type Right = '$r' | '$w' | '$d' | '$mr' | '$mw';

/** Users of a server with authentication; undefined stands for one that lets everybody do everything. */
export type Users = ReadonlyMap<string, { readonly password: string } & User> | undefined;

/** Who may do what: basic authentication, and the access lists in the metadata of streams. */
export class Access {
  constructor(
    private readonly users: Users,
    private readonly store: Store,
  ) {}

  /** Throws UNAUTHENTICATED for credentials that are wrong. undefined: nobody in particular. */
  userOf(metadata: Metadata): User | undefined {
    const [given] = metadata.get('authorization');
    if (this.users === undefined || given === undefined) return undefined;
    const basic = Buffer.from(given.toString().replace(/^Basic /, ''), 'base64').toString('utf8');
    const [name = '', ...rest] = basic.split(':');
    const user = this.users.get(name);
    if (user?.password !== rest.join(':')) {
      throw refusal(status.UNAUTHENTICATED, 'Bad credentials');
    }
    return user;
  }

  /** Throws where this caller has not this right on this stream. */
  check(metadata: Metadata, right: Right, stream: string): void {
    if (this.users === undefined) return;
    const user = this.userOf(metadata);
    if (user === undefined || !this.#may(user, right, stream)) throw accessDenied();
  }

  #may({ name, groups }: User, right: Right, stream: string): boolean {
    if (groups.includes('$admins')) return true;
    if (stream.startsWith('$$')) {
      const metadata = right === '$r' ? '$mr' : '$mw';
      return this.#may({ name, groups }, metadata, stream.slice(metastreamOf('').length));
    }
    // Streams of the system, and `$all` is one, are the administrators' own unless their list says otherwise.
    const usual = stream.startsWith('$') ? [] : ['$all'];
    const listed = this.store.metadataOf(stream).$acl?.[right] ?? usual;
    const allowed = new Set(typeof listed === 'string' ? [listed] : listed);
    return [name, '$all', ...groups].some((one) => allowed.has(one));
  }
}
