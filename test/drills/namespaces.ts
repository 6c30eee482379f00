import { execFileSync } from 'node:child_process';

/*
 * Hosts of our own on this machine: a network namespace for each process of the product, joined by a bridge on which each
 * engine has an address of its own. Cutting a pair is a route into a black hole: nothing is refused, nothing arrives,
 * and connections that stood stay open and silent, as when a cable is pulled. Needs root and iproute2.
 */

const ip = (...words: readonly string[]): void => {
  execFileSync('ip', [...words], { stdio: ['ignore', 'ignore', 'pipe'] });
};

export class Namespaces {
  readonly #bridge: string;
  readonly #hosts: string[] = [];
  readonly #links: string[] = [];
  #last = 100;

  /** `subnet`: the first three numbers of the addresses, e.g. `10.77.3`; `engines`: the last number of each engine's. */
  constructor(
    private readonly subnet: string,
    engines: readonly number[],
  ) {
    this.#bridge = `sbs${subnet.split('.').at(-1) ?? ''}`;
    ip('link', 'add', this.#bridge, 'type', 'bridge');
    ip('link', 'set', this.#bridge, 'up');
    for (const last of [1, ...engines])
      ip('address', 'add', `${subnet}.${last}/24`, 'dev', this.#bridge);
  }

  static possible(): boolean {
    try {
      ip('netns', 'add', 'sbs-possible');
      ip('netns', 'delete', 'sbs-possible');
      return true;
    } catch {
      return false;
    }
  }

  engine(last: number): string {
    return `${this.subnet}.${last}`;
  }

  /** A new host; its name, its address, and what a command has to begin with to run there. */
  add(name: string): { host: string; address: string; within: readonly string[] } {
    const host = `${this.#bridge}-${name}`;
    const link = `${this.#bridge}v${++this.#last}`;
    const address = `${this.subnet}.${this.#last}`;
    ip('netns', 'add', host);
    this.#hosts.push(host);
    ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'e0', 'netns', host);
    this.#links.push(link);
    ip('link', 'set', link, 'master', this.#bridge, 'up');
    ip('-n', host, 'address', 'add', `${address}/24`, 'dev', 'e0');
    ip('-n', host, 'link', 'set', 'e0', 'up');
    ip('-n', host, 'link', 'set', 'lo', 'up');
    return { host, address, within: ['ip', 'netns', 'exec', host] };
  }

  /** From now on nothing passes between a host and an engine. */
  cut(host: string, engine: string): void {
    ip('-n', host, 'route', 'add', 'blackhole', `${engine}/32`);
  }

  heal(host: string, engine: string): void {
    ip('-n', host, 'route', 'delete', 'blackhole', `${engine}/32`);
  }

  dispose(): void {
    for (const link of this.#links) ip('link', 'delete', link);
    for (const host of this.#hosts) ip('netns', 'delete', host);
    ip('link', 'delete', this.#bridge);
  }
}
