import { BadRequestException, ServiceUnavailableException } from '@nestjs/common';
import type { Asking, PureQuery, When } from '#application';

/** All questions of one page, asked of one moment: the position of the first answer holds for the rest. */
export class Sitting {
  constructor(
    private readonly asking: Asking,
    private when: When,
  ) {}

  /** The position of the answers so far; undefined before the first. */
  get position(): string | undefined {
    return this.when.asOf;
  }

  async ask<P, T>(query: PureQuery<P, T>, about: P): Promise<T> {
    const answer = await this.asking.ask(query, about, this.when);
    if (!answer.answered) {
      throw answer.because === 'behind'
        ? new ServiceUnavailableException(answer.detail)
        : new BadRequestException(answer.detail);
    }
    this.when = { asOf: String(answer.position) };
    return answer.value;
  }
}
