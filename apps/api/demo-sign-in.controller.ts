import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { Asking, CONFIG, Open, SESSION_SECONDS, TOKENS } from '#application';
import { peopleRoles, schoolRoles } from '#domain';
import type { Config, Tokens } from '#platform';
import { schoolByUrn } from '#read-models';
import { malformed, problem, problemOfNotAnswered, ProblemException } from './problem';
import { parameters } from './query-fields';

class DemoSignIn {
  @IsIn(peopleRoles, { message: `role must be one of ${peopleRoles.join(', ')}` })
  role: string;

  @IsOptional()
  @Matches(/^\d{6}$/, {
    message: 'urn must be the six-digit number of the school this person speaks for',
  })
  urn?: string;
}

/** One invented person per role. There is no password, which is why the service listens on loopback only while this is on. */
@Controller('api/v1/demo')
@Open()
export class DemoSignInController {
  constructor(
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(Asking) private readonly asking: Asking,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  async signIn(
    @Body() fields: unknown,
  ): Promise<{ token: string; role: string; validForSeconds: number }> {
    if (this.config.SIGN_IN !== 'demo') {
      const detail =
        'The demo sign-in is off here. Ask whoever runs the service for a token, and send it as "Authorization: Bearer …".';
      throw new ProblemException(problem(404, 'NoDemoSignIn', detail));
    }
    const { role, urn } = parameters(DemoSignIn, fields);
    const needsSchool = (schoolRoles as readonly string[]).includes(role);
    const schoolId = needsSchool ? await this.schoolOf(urn) : undefined;
    const token = await this.tokens.issue(
      { id: `demo-${role}`, role, ...(schoolId === undefined ? {} : { schoolId }) },
      SESSION_SECONDS,
      'side-by-side-demo',
    );
    return { token, role, validForSeconds: SESSION_SECONDS };
  }

  private async schoolOf(urn: string | undefined): Promise<string> {
    if (urn === undefined) {
      const detail = 'A head, chair, champion or home head speaks for one school: give its urn.';
      throw new ProblemException(malformed([{ pointer: '/urn', detail }]));
    }
    const answer = await this.asking.ask(schoolByUrn, { urn });
    if (!answer.answered) throw problemOfNotAnswered(answer);
    if (answer.value === undefined)
      throw new ProblemException(
        problem(404, 'NoSuchSchool', `No school has or had the URN ${urn}.`),
      );
    return answer.value.schoolId;
  }
}
