import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Outside } from '#application';
import { hostedApp } from '#application';
import { aggregates, policies } from '#domain';
import { questions, readModels } from '#read-models';
import { ApiModule } from '../api/api.module';
import { WebModule } from '../web/web.module';
import { WorkerModule } from '../worker/worker.module';

/** Everything in one process, over the stores handed in; not listening yet. */
export const countyApp = (outside: Outside): Promise<NestExpressApplication> =>
  hostedApp({
    outside,
    inside: { aggregates, policies, readModels, questions },
    // The pages last: they answer whatever nobody else does.
    rooms: [WorkerModule, ApiModule, WebModule],
    follows: true,
  });
