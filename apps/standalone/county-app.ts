import type {
  INestApplication,
  NestApplicationOptions,
  OnApplicationShutdown,
} from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import type { Outside } from '#application';
import { AccessGuard, ApplicationModule } from '#application';
import { aggregates, policies } from '#domain';
import { questions, readModels } from '#read-models';
import { ApiModule } from '../api/api.module';
import { removeServiceFile } from './service-file';
import { WebModule } from '../web/web.module';
import { WorkerModule } from '../worker/worker.module';

/** Everything in one process, over the stores handed in; not listening yet. */
export async function countyApp(outside: Outside): Promise<NestExpressApplication> {
  @Module({
    imports: [
      ApplicationModule.over(outside, { aggregates, policies, readModels, questions }),
      WorkerModule,
      ApiModule,
      // Last: it answers whatever nobody else does.
      WebModule,
    ],
    providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
  })
  class StandaloneModule implements OnApplicationShutdown {
    /** Last of all, when nobody asks any more and the followers of the log stand still. */
    async onApplicationShutdown(): Promise<void> {
      removeServiceFile(outside.config.DATA_DIR);
      await outside.readStore.close();
      await outside.eventStore.close();
    }
  }

  const options: NestApplicationOptions = {
    logger: ['error', 'warn'],
    // A fault at the start ends the start, with its own message.
    abortOnError: false,
    bodyParser: false,
    // Live listeners would keep the process for ever; they come back by themselves.
    forceCloseConnections: true,
  };
  const app = await NestFactory.create<NestExpressApplication>(StandaloneModule, options);
  app.disable('x-powered-by');
  app.use(cookieParser());
  app.useBodyParser('json', { limit: '1mb', type: ['application/json', 'application/*+json'] });
  app.useBodyParser('urlencoded', { limit: '100kb', extended: false });
  app.enableShutdownHooks();
  return app;
}

/** Where the app listens, e.g. `http://127.0.0.1:3000`. */
export async function listen(app: INestApplication, port: number, host: string): Promise<string> {
  await app.listen(port, host);
  return (await app.getUrl()).replace('[::1]', '127.0.0.1');
}
